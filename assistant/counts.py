"""Counts: for a question of number, the figures that the texts give for what is counted, paid or shared.

As with times, a figure stands for what its sentence, or less and less those before it in the paragraph, speak of ("The
dead were counted twice. ... put them at 19; ... has 23").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.assessment import Canonical, Report
from assistant.claims import Match
from assistant.matching import Words
from assistant.moments import dates_of, in_context
from assistant.question import Question
from assistant.reports import report_of
from assistant.selection import dated, on_subject
from assistant.speakers import spoken_by
from assistant.terms import STOP, stem, words_of
from index.names import fold
from index.nouns import PERSON_NOUNS
from index.numbers import Number, find_numbers
from index.statements import Stance

SAME_NOUN = 0.45
"""Likeness of two nouns from which they count the same: "inmates" and "prisoners" have .9, "men" and "barns" 0."""
AMONG = 0.6
"""Share of the best figure's score that another needs."""
RIVAL = 0.3
"""The same for a figure of the same unit and near in size."""
SHARE = 0.45
"""Share of the best sentence's score, figures or not, that the best figure needs."""
SURELY_ON_IT = 0.8
"""Core from which a sentence need not name who acted."""
LONG_BEFORE = 60
"""Days before the best figure's article from which another tells of another event, unless it fits nearly as well."""
PEOPLE = frozenset(
    "people person men man women woman prisoners inmates escapees workers crew sailors seamen seafarers passengers victims dead bodies body "
    "casualties residents students soldiers commanders fighters militants members names persons employees staff children civilians "
    "killed deaths fatalities missing wounded injured hurt detainees hostages villagers demonstrators protesters migrants refugees patients "
    "miners officers troops pupils jobs posts".split()
)
"""Nouns that count persons: in one story they stand for each other."""
_MONEY = re.compile(
    r"\b(?:price|cost|sum|pay|paid|worth|amount|fee|bid|fine|bonus|cash|money|value|dollars?|euros?|pounds?|crowns?|budget|spen[dt]|put into?|invest\w*|earn\w*|charged?|fetch\w*|salary|wages?|aid|grants?|subsid\w+|debts?|loans?|profits?|losses|takings|revenues?|sales)\b",
    re.IGNORECASE,
)
_CURRENCY = frozenset(
    "dollars dollar euros euro pounds pound crowns crown pesos peso francs florins florin roubles rubles yen marks lira kroner money".split()
)
_SHARE = re.compile(
    r"\b(?:percentage|percent|share|rate|how much (?:does|did|do|has|is)[^?]*(?:reduce|cut|raise|rise|fall|grow|drop|increase|decrease|lower|tumble|plunge|plummet|slump|slide|crash|shrink|climb|jump|soar))\b",
    re.IGNORECASE,
)
_UNITS = frozenset(
    "days day weeks week months month years year hours hour minutes minute -year-old year-old old".split()
)


_LATEST = re.compile(r"\b(?:latest|most recent|newest|up to date|current(?:ly)?|as of now|by now)\b", re.IGNORECASE)
_CONTRAST = re.compile(
    r"\b(?:but|not(?: by| of| to)?|rather than|instead of|or|and|to|from)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:not|never)\s+(?:by\s+|at\s+|of\s+|to\s+)?(?:the\s+)?$", re.IGNORECASE)


class Asked(StrEnum):
    """What kind of number a question wants."""

    AGE = "age"
    DURATION = "duration"
    SHARE = "share"
    MONEY = "money"
    COUNT = "count"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that answers a question."""

    number: Number
    """The number, its span in the unit's own text."""
    match: Match
    """The unit that gives it."""
    report: Report
    """Who gives it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question of number asks for."""

    kind: Asked
    """Age, time, share, money or things."""
    noun: tuple[str, ...]
    """What is counted, in folded words; empty where the question does not say."""
    fate: frozenset[str]
    """Words for what befell those counted, one of which the sentence needs; empty for none."""
    money: bool = False
    """True where money is named, so that a percentage is no answer."""


def wanted(question: str) -> Wanted:
    """Reads what a question of number asks for."""
    noun = tuple(counted_noun(question))
    fate = next((group for group in _FATES if group & {*noun, *words_of(question)}), frozenset())
    kind = Asked.OTHER
    if re.search(r"\bhow old\b|\bwhat age\b", question, re.IGNORECASE):
        kind = Asked.AGE
    elif re.search(r"\bhow long\b", question, re.IGNORECASE):
        kind = Asked.DURATION
    elif _SHARE.search(question):
        kind = Asked.SHARE
    elif noun:
        kind = Asked.COUNT
    elif _MONEY.search(question) or re.search(r"\bhow much\b", question, re.IGNORECASE):
        kind = Asked.MONEY
    elif re.search(r"\btoll\b|\bdead\b|\bkilled\b", question, re.IGNORECASE):
        kind, noun = Asked.COUNT, ("dead",)
    return Wanted(kind, noun, fate, bool(_MONEY.search(question)))


def counts(question: Question, matches: Sequence[Match], canonical: Canonical, words: Words) -> tuple[Figure, ...]:
    """The figures for what a question of number asks, those that fit it best first; of the latest figure, the newest."""
    fitting = [
        m
        for m in on_subject(question, matches)
        if m.unit.statement.stance is not Stance.DECLINES and _of_actor(question, m)
    ]
    found = [f for f in figures(question, fitting, canonical, words) if _of_day(question, f.match)]
    if question.speaker:
        found = [f for f in found if spoken_by(f.match, question.speaker)] or found
    if not found:
        return ()
    carried = in_context(fitting)
    found.sort(key=lambda figure: -carried[id(figure.match)])
    top = carried[id(found[0].match)]
    if top < SHARE * max(m.score for m in fitting):
        return ()
    near = [figure for figure in found if carried[id(figure.match)] >= AMONG * top]
    rivals = [f for f in found if f not in near and carried[id(f.match)] >= RIVAL * top and _near_in_size(f, near)]
    near = near + rivals
    of_day = {figure.match.unit.paragraph for figure in near if dated(question, figure.match)}
    on_day = [
        f for f in near if dated(question, f.match) or (f.match.unit.paragraph in of_day and not dates_of(f.match))
    ]
    near = _of_one_event(question, on_day or near, carried)
    return _newest(near) if _LATEST.search(question.text) else tuple(near)


_ACTOR = re.compile(r"\b(?:did|does|do|has|have|had|will)\s+(?:the\s+)?(?=[A-Z])")
_MUCH_OF = re.compile(
    r"\bhow much (?P<noun>[a-z]{4,})\s+(?:[a-z]+\s+)?(?:did|does|do|has|have|had|will|was|were|is|are)\b", re.IGNORECASE
)


def _of_actor(question: Question, match: Match) -> bool:
    """False where a sentence and its paragraph name neither who is asked to have acted, nor what was given, nor whom a
    capitalised noun counts: what Australia pledged answers no question about India."""
    unit = match.unit
    around = f"{unit.text} {unit.paragraph} {unit.statement.source.party} {unit.article.title}"
    words = {stem(word) for word in words_of(around)}
    wanted: list[list[str]] = []
    actor = _ACTOR.search(question.text)
    if actor and match.core < SURELY_ON_IT:
        named = [name for name in question.names if question.text.startswith(name, actor.end())]
        wanted += [words_of(max(named, key=len))] if named else []
    noun = _MUCH_OF.search(question.text)
    if noun and noun["noun"].lower() not in _MONEY_ITSELF and match.terms.get(fold(noun["noun"]), 0.0) < SAME_NOUN:
        wanted.append([fold(noun["noun"])])
    counted = re.search(r"\bhow many ([A-Z]\w+)", question.text)
    if counted:
        wanted.append(words_of(counted.group(1)))
    return all(any(stem(word) in words for word in name) for name in wanted if name)


_MONEY_ITSELF = frozenset("money cash funding higher lower more less time".split())


def _of_day(question: Question, match: Match) -> bool:
    """False for a sentence that dates what it tells of otherwise than the question."""
    mentions = dates_of(match) if question.dates else ()
    return not mentions or any(m.date.agrees(day) for m in mentions for day in question.dates)


def _near_in_size(figure: Figure, others: Sequence[Figure]) -> bool:
    """True for a sum or share between two thirds and one and a half of another: a rival figure for one thing."""
    return any(
        (not other.number.noun or not figure.number.noun or other.number.noun[:1] == figure.number.noun[:1])
        and min(figure.number.value, other.number.value) >= max(figure.number.value, other.number.value) / 1.5
        for other in others
    )


def _of_one_event(question: Question, found: list[Figure], carried: dict[int, float]) -> list[Figure]:
    """Without the figures of articles that came out long before the best one's: they tell of an earlier event."""
    when = found[0].report.date
    if when is None or question.dates:
        return found
    top = carried[id(found[0].match)]
    kept = []
    for figure in found:
        told = [m.date for m in dates_of(figure.match) if not m.relative and m.date.year]
        known = [figure.report.date] if figure.report.date is not None else told
        earlier = bool(known) and (when.first_day - max(day.last_day for day in known)).days > LONG_BEFORE
        if not earlier or carried[id(figure.match)] >= 0.95 * top:
            kept.append(figure)
    return kept


def _newest(found: list[Figure]) -> tuple[Figure, ...]:
    known = [figure for figure in found if figure.report.date is not None]
    if not known:
        return tuple(found)
    last = max(figure.report.date.last_day for figure in known if figure.report.date is not None)
    return tuple(figure for figure in known if figure.report.date is not None and figure.report.date.last_day == last)


def figures(question: Question, matches: Sequence[Match], canonical: Canonical, words: Words) -> tuple[Figure, ...]:
    """The numbers that count what a question asks for, in the order of the matches."""
    asked = wanted(question.text)
    read = [(match, _numbers(match.unit.own_text)) for match in matches]
    totals = [total["of"] or "" for match, _ in read for total in _TOTAL_AT.finditer(match.unit.own_text)]
    nouns = [word for _, numbers in read for number in numbers for word in number.noun]
    words.load([*nouns, *asked.noun, *(word for of in totals for word in words_of(of))])
    found = []
    for match, numbers in read:
        for number in numbers:
            if asked.fate and not _of_fate(asked.fate, number, match.unit.own_text):
                continue
            if not number.ordinal and _fits(asked, number, match.unit.own_text, words):
                found.append(Figure(number, match, report_of(match, canonical)))
    return tuple(found)


def _of_fate(fate: frozenset[str], number: Number, text: str) -> bool:
    """True where a sentence has the fate in the number's own clause, or before it and counts no other persons there."""
    if fate & set(words_of(_clause(text, number))):
        return True
    return bool(fate & set(words_of(text[: number.span.start]))) and not set(number.noun[:2]) & PEOPLE


_CLAUSE = re.compile(r"[,;:–—]\s|\b(?:where|while|whereas|though|although|but)\b")


def _clause(text: str, number: Number) -> str:
    """The clause of a text that a number stands in."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    start = max(cut for cut in cuts if cut <= number.span.start)
    return text[start : min(cut for cut in cuts if cut >= number.span.end)]


def _numbers(text: str) -> list[Number]:
    """The numbers that a text gives as its own: "not 61 percent but 57" gives 57, and percent."""
    found = list(find_numbers(text))
    units = [number for number in found if number.noun[:1] == ("percent",) or "money" in number.noun]
    kept: list[Number] = []
    for number in found:
        before = text[: number.span.start]
        if _NEGATED.search(before):
            continue
        if not number.noun and units and _CONTRAST.search(before):
            number = replace(number, noun=units[0].noun)
        if number.noun[:1] in {("them",), ("those",), ("us",)}:
            number = replace(number, noun=())  # "four of them"
        elif not number.noun and kept and kept[-1].noun and not _CONTRAST.search(before):
            number = replace(number, noun=kept[-1].noun)  # "destroyed 70,000 houses and damaged another 530,000"
        kept.append(number)
    return kept


_FATES = (
    frozenset(
        "dead died die dies killed kill death deaths toll bodies body corpses fatalities mortuary perished drowned victims lives".split()
    ),
    frozenset("injured injuries hurt wounded wounds hospital hospitalised treated".split()),
    frozenset("missing unaccounted vanished disappeared".split()),
)
"""Words for what befell people; a number of one fate is no number of another."""


def counted_noun(question: str) -> list[str]:
    """The words that say what is counted: those after "how many", or "the number of"; folded, empty where there are none."""
    match = re.search(
        r"\b(?:how many|(?:number|total|count|tally|figure)s? of(?: the)?)\s+((?:[\w’'-]+\s*){1,5})",
        question,
        re.IGNORECASE,
    )
    if not match:
        return []
    noun: list[str] = []
    for word in words_of(match.group(1)):
        if word in _AFTER_NOUN:
            if word == "died":
                noun.append("dead")
            break
        if word not in STOP or word in {"people", "names"}:
            noun.append(word)
    return noun


_AFTER_NOUN = frozenset(
    "were are was is did do does have has had got on in of at to from with for died could can will would".split()
)


def _fits(asked: Wanted, number: Number, text: str, words: Words) -> bool:
    """True where a number in a text is of the kind that is asked for, and counts the same."""
    before, after = text[: number.span.start], text[number.span.end :]
    money = "money" in number.noun or any(word in _CURRENCY for word in number.noun[:4])
    match asked.kind:
        case Asked.AGE:
            return (
                any(word.endswith("year-old") or word == "old" for word in number.noun[:3])
                or bool(re.search(r"\w,\s*$|\baged?\s*$", before) and re.match(r"\s*[,.)]", after))
                or bool(re.search(r"\bage\b[^.;]{0,40}$", before, re.IGNORECASE))
            )
        case Asked.DURATION:
            return any(word in _UNITS or word.endswith("year-old") for word in number.noun[:2])
        case Asked.SHARE:
            return "percent" in number.noun or "per" in number.noun[:1] or "points" in number.noun
        case Asked.MONEY:
            large = bool(re.search(r"(?:million|billion|thousand|\dm|bn|k)s?$", number.text, re.IGNORECASE))
            bare = number.value >= 1000 and (not number.noun or number.noun[0] in {"each", "altogether", "overall"})
            share = "percent" in number.noun and not asked.money
            return money or bare or (large and not _counts_things(number)) or share
        case Asked.OTHER:
            return not money
        case Asked.COUNT:
            return not money and number.noun[:1] != ("percent",) and _counts(asked.noun, number, before, after, words)


def _counts_things(number: Number) -> bool:
    """True for "two million people": a large number of something other than money."""
    return bool(number.noun) and number.noun[0] in PEOPLE | {"tonnes", "tons", "votes", "homes", "litres", "barrels"}


_TOTAL_AT = re.compile(
    r"\b(?:number|toll|count|total|tally|figure)s?\b(?: of (?:the )?(?P<of>[^.;:]{3,80}?))?\s+(?:stood |stands )?(?:at|to|as|was|is|reached)\s+(?:about |some |nearly )?$",
    re.IGNORECASE,
)
"""Before a bare number that sums up: "put the number of patients at 19"."""


def _persons(words: Sequence[str]) -> bool:
    """True where a word counts persons."""
    return any(word in PEOPLE or word.removesuffix("s") in PERSON_NOUNS for word in words)


def _counts(noun: Sequence[str], number: Number, before: str, after: str, words: Words) -> bool:
    """True where a number counts a thing like the one asked for; of persons, any persons."""
    persons = _persons(noun)
    if not number.noun:
        total = _TOTAL_AT.search(before)
        if total:
            of = words_of(total["of"] or "")
            return (persons and _persons(of)) or any(words.alike(a, b) >= SAME_NOUN for a in noun for b in of[:4])
        if not persons:
            return False
        if re.match(
            r"\s+(?:of (?:them|those|the)\b[^.;]*\b)?(?:had|have|has|were|was|are)\b|\s+of (?:them|those)\b", after
        ):
            return True
        if re.search(r"\bput(?:s|ting)?\b[^.;]*\bat\s*$", before, re.IGNORECASE):
            return True
        if re.search(r"\b(?:spoke|spoken|speaks?|talk(?:s|ed)?|count(?:s|ed)) of\s*$", before, re.IGNORECASE):
            return True
        labelled = re.search(r"\b(?:of|from|to|at|page|aged?|ward|block|room|no\.?)\s*$", before[-8:], re.IGNORECASE)
        return not labelled and len(after.strip(".”\"’' ")) == 0
    if persons and _persons(number.noun[:3]):
        return True
    return any(words.alike(a, b) >= SAME_NOUN for a in noun for b in number.noun[:3])
