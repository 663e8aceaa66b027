"""Disagreements: figures, dates and accounts that cannot all be right, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.assessment import Canonical, Conflict, ConflictKind, ConflictSide, Report, report_of
from assistant.claims import Match
from assistant.matching import Words
from assistant.moments import date_conflict
from assistant.question import Question, QuestionKind
from assistant.selection import Selection, beside, dated
from assistant.terms import STOP, words_of
from index.names import fold
from index.numbers import Number, find_numbers

SAME_NOUN = 0.3
"""Likeness of two nouns from which they count the same: "inmates" and "prisoners" have .9, "men" and "barns" 0."""
SAME_TIME = 4
"""Days within which two figures are of one time; a toll that rises later is a series."""
PEOPLE = frozenset(
    "people person men man women woman prisoners inmates escapees workers crew sailors seamen seafarers passengers victims dead bodies body "
    "casualties residents students soldiers commanders fighters militants members names persons employees staff children civilians "
    "killed deaths fatalities missing wounded injured hurt detainees hostages villagers demonstrators protesters migrants refugees patients "
    "miners officers troops pupils jobs posts".split()
)
"""Nouns that count persons: in one story they stand for each other."""
_MONEY = re.compile(
    r"\b(?:price|cost|sum|pay|paid|worth|amount|fee|bid|fine|bonus|cash|money|value|dollars?|euros?|pounds?|crowns?|budget|spend|put in|salary|wage)\b",
    re.IGNORECASE,
)
_CURRENCY = frozenset(
    "dollars dollar euros euro pounds pound crowns crown pesos peso francs florins florin roubles rubles yen marks lira kroner money".split()
)
_SHARE = re.compile(
    r"\b(?:percentage|percent|share|rate|how much (?:does|did|do|has|is)[^?]*(?:reduce|cut|raise|rise|fall|grow|drop|increase|decrease|lower|tumble|plunge|plummet|slump|slide|crash|shrink|climb|jump|soar))\b",
    re.IGNORECASE,
)
_DURATION = re.compile(r"\bhow long\b|\bhow old\b", re.IGNORECASE)
_UNITS = frozenset(
    "days day weeks week months month years year hours hour minutes minute -year-old year-old old".split()
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that answers a question."""

    number: Number
    """The number, its span in the unit's own text."""
    match: Match
    """The unit that gives it."""
    report: Report
    """Who gives it."""


def figures(question: Question, matches: Sequence[Match], canonical: Canonical, words: Words) -> tuple[Figure, ...]:
    """The numbers that count what a question asks for, in the order of the matches."""
    noun = counted_noun(question.text)
    group = next((group for group in _FATES if group & {*noun, *words_of(question.text)}), frozenset())
    words.load(
        [word for match in matches for number in find_numbers(match.unit.own_text) for word in number.noun] + noun
    )
    found = []
    for match in matches:
        for number in find_numbers(match.unit.own_text):
            if group and not group & set(words_of(match.unit.own_text)):
                continue
            if not number.ordinal and _counts(question, noun, number, match.unit.own_text, words):
                found.append(Figure(number, match, report_of(match, canonical)))
    return tuple(found)


_FATES = (
    frozenset(
        "dead died die dies killed kill death deaths toll bodies body corpses fatalities mortuary perished drowned victims lives".split()
    ),
    frozenset("injured injuries hurt wounded wounds hospital hospitalised treated".split()),
    frozenset("missing unaccounted vanished disappeared".split()),
)
"""Words for what befell people; a number of one fate is no number of another."""


def counted_noun(question: str) -> list[str]:
    """The words after "how many" that say what is counted."""
    match = re.search(r"\bhow many\s+((?:[\w’'-]+\s*){1,5})", question, re.IGNORECASE)
    if not match:
        return []
    noun: list[str] = []
    for word in words_of(match.group(1)):
        if word in {
            "were",
            "are",
            "was",
            "is",
            "did",
            "do",
            "does",
            "have",
            "has",
            "had",
            "got",
            "on",
            "in",
            "of",
            "at",
            "to",
            "from",
            "with",
            "for",
            "died",
            "could",
        }:
            if word == "died":
                noun.append("dead")
            break
        if word not in STOP or word in {"people", "names"}:
            noun.append(word)
    return noun


def _counts(question: Question, noun: list[str], number: Number, text: str, words: Words) -> bool:
    """True where a number in a text counts what the question asks for."""
    asked = question.text
    money = "money" in number.noun or any(word in _CURRENCY for word in number.noun[:4])
    if re.search(r"\bhow old\b", asked, re.IGNORECASE):
        return any(word.endswith("year-old") or word == "old" for word in number.noun[:3]) or bool(
            (
                re.search(r"\w,\s*$|\baged?\s*$", text[: number.span.start])
                and re.match(r"\s*[,.)]", text[number.span.end :])
            )
            or re.search(r"\bage\b[^.;]{0,40}$", text[: number.span.start], re.IGNORECASE)
        )
    if _DURATION.search(asked):
        return any(word in _UNITS or word.endswith("year-old") for word in number.noun[:2]) or bool(
            re.search(r",\s*$|\baged?\s*$", text[: number.span.start])
        )
    if _SHARE.search(asked):
        return "percent" in number.noun or "per" in number.noun[:1] or "points" in number.noun
    if not noun:
        if _MONEY.search(asked) or re.search(r"\bhow much\b", asked, re.IGNORECASE):
            bare = number.value >= 1000 and (not number.noun or number.noun[0] in {"each", "altogether", "overall"})
            return money or bare or number.value >= 1e5 or "percent" in number.noun
        if re.search(r"\btoll\b|\bdead\b|\bkilled\b", asked, re.IGNORECASE):
            noun = ["dead"]
        else:
            return not money
    if money or number.noun[:1] == ("percent",):
        return False
    if (
        not number.noun
        and set(noun) & PEOPLE
        and re.match(r"\s+(?:had|have|has|were|was|are)\b", text[number.span.end :])
    ):
        return True
    if not number.noun:
        return (
            bool(set(noun) & PEOPLE)
            and not re.search(
                r"\b(?:of|from|to|at|page|aged?)\s*$", text[max(0, number.span.start - 8) : number.span.start]
            )
            and number.span.end >= len(text.rstrip(".”\"’' ")) - 1
        )
    if set(noun) & PEOPLE and set(number.noun[:3]) & PEOPLE:
        return True
    return any(words.alike(a, b) >= SAME_NOUN + 0.15 for a in noun for b in number.noun[:3])


def figure_conflict(found: Sequence[Figure], question: Question) -> Conflict | None:
    """The figures side by side where two parties' cannot both be right at one time."""
    sides: dict[float, list[Figure]] = {}
    for figure in found:
        sides.setdefault(figure.number.value, []).append(figure)
    values = list(sides)
    clashing = {
        value
        for i, value in enumerate(values)
        for other in values[i + 1 :]
        if any(_clash(a, b) for a in sides[value] for b in sides[other])
        for value in (value, other)
    }
    if len(clashing) < 2:
        return None
    noun = " ".join(counted_noun(question.text))
    return Conflict(
        ConflictKind.FIGURES,
        noun,
        tuple(
            ConflictSide(_shown(sides[value]), tuple(f.report for f in sides[value]))
            for value in values
            if value in clashing
        ),
    )


def _shown(side: Sequence[Figure]) -> str:
    return side[0].number.text


def _clash(a: Figure, b: Figure) -> bool:
    """True where two figures cannot both be right: another value of the same thing at about the same time."""
    low, high = (a, b) if a.number.value < b.number.value else (b, a)
    if low.number.bound == "least" or high.number.bound == "most":
        return False
    if "about" in (a.number.bound, b.number.bound) and high.number.value <= 1.1 * low.number.value:
        return False
    if fold(a.report.root) == fold(b.report.root) and a.report.article.id == b.report.article.id:
        return False
    first, second = a.report.date, b.report.date
    if first is None or second is None or first.day is None or second.day is None:
        return True
    apart = abs((first.first_day - second.first_day).days)
    same_party = fold(a.report.root) == fold(b.report.root)
    return apart <= SAME_TIME and not same_party


def account_conflict(question: Question, selection: Selection, canonical: Canonical) -> Conflict | None:
    """Accounts that contradict each other: parties that answer the question differently, of whom one denies the other's."""
    if question.kind in {QuestionKind.HOW_MANY, QuestionKind.WHEN}:
        return None
    sides: dict[str, list[Report]] = {}
    for match in selection.bearing:
        if match.unit.statement.source_span is None:
            continue
        report = report_of(match, canonical)
        if report.root:
            sides.setdefault(report.root, []).append(report)
    rejecting = {canonical(m.unit.statement.source.party) for m in (*selection.denying, *selection.related)}
    if len(sides) < 2 or not rejecting & set(sides):
        return None
    return Conflict(
        ConflictKind.ACCOUNTS,
        question.topic,
        tuple(ConflictSide(_content(reports[0]), tuple(reports)) for reports in sides.values()),
    )


def _content(report: Report) -> str:
    return " ".join(span.of(report.article.text) for span in report.statement.content_spans)


def conflicts_of(
    question: Question, selection: Selection, canonical: Canonical, words: Words
) -> tuple[tuple[Conflict, ...], tuple[Figure, ...]]:
    """The disagreements that bear on a question, and the figures that answer it."""
    found: list[Conflict] = []
    numbers: tuple[Figure, ...] = ()
    if question.kind is QuestionKind.HOW_MANY:
        pool = [
            *selection.bearing,
            *selection.nearby,
            *selection.counted,
            *(m for m in selection.retracting),
            *selection.denying,
        ]
        if not figures(question, selection.bearing, canonical, words):
            # "The commanders were moved ...": how many, the sentence beside it tells
            next_to = [m for m in selection.nearby if beside(m, selection.bearing[:3])]
            pool = next_to if figures(question, next_to, canonical, words) else pool
        numbers = figures(question, [m for m in pool if dated(question, m)], canonical, words) or figures(
            question, pool, canonical, words
        )
        conflict = figure_conflict(numbers, question)
        found += [conflict] if conflict else []
    if question.kind is QuestionKind.WHEN:
        told = [moment.match for moment in selection.moments]
        conflict = date_conflict(question, told, canonical)
        found += [conflict] if conflict else []
    accounts = account_conflict(question, selection, canonical)
    return tuple([*found, accounts] if accounts else found), numbers
