"""Moments: for a question of time, the statements that give a day or an hour for what is asked.

A text names a matter once and dates it sentences later ("Nor is it clear when the hearing will go on. ... gave the day as
4 November. ... maintains that it is the 11th"). So a dated sentence has its own likeness to the question, or, less with
every step, that of the sentences before it in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.assessment import Canonical, Conflict, ConflictKind, ConflictSide, Report
from assistant.claims import Match, Moment
from assistant.question import Question, QuestionKind
from assistant.reports import report_of
from assistant.selection import Selection, on_subject
from assistant.terms import stem, tidy, words_of
from index.dates import DateMention, PartialDate, find_dates, in_dateline, text_anchor
from index.names import fold
from index.spans import Span
from index.statements import Stance

CARRIED = 0.88
"""What a sentence's score counts for the next one in its paragraph."""
FAR = 320
"""Characters after which it counts for nothing."""
AMONG = 0.72
"""Share of the best dated sentence's score that another needs."""
LEAST = 0.3
"""Least score of a dated sentence that may answer."""
SHARE = 0.35
"""Share of the best sentence's score, dated or not, that the best dated one needs."""
DEFIED = 0.9
"""Probability of contradiction from which a sentence denies what a question takes for granted."""
MOST = 6
"""Moments of a question at most."""
_CLOCK = re.compile(
    r"\b\d{1,2}[.:]\d\d\b(?!\s*(?:percent|per cent|%|million|billion|metres|points))|\b\d{1,2}\s?(?:a\.?m|p\.?m)\b"
    r"|\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o[’']clock\b"
    r"|\b(?:half|a quarter|(?:ten|twenty|five) (?:minutes )?)\s?(?:past|to) \w+\b|\b(?:noon|midnight|dawn|dusk|sunrise|sunset)\b",
    re.IGNORECASE,
)
_ASKS_CLOCK = re.compile(r"\b(?:what|which) (?:hour|time)\b(?! of (?:the )?year)", re.IGNORECASE)
_ASKS_AHEAD = re.compile(
    r"\b(?:will|shall|going to|(?:is|are) (?:\w+ ){0,6}?(?:due|meant|supposed|set|scheduled|planned|expected|likely|to be)|"
    r"(?:does|do) (?:the |a |an )?(?:[\w’'-]+ ){1,6}?(?:continue|resume|start|begin|open|close|end|return|leave|take effect|come into force|go on))\b",
    re.IGNORECASE,
)


def clock_of(text: str) -> str:
    """The first time of day in a text ("21:40", "half past two"); empty where there is none."""
    match = _CLOCK.search(text)
    return match.group() if match else ""


def dates_of(match: Match) -> tuple[DateMention, ...]:
    """Dates in a unit's own text, those with a month first choice; clock times and datelines are not dates."""
    article = match.unit.article
    inside = find_dates(
        article.text[match.unit.span.start : match.unit.span.end], text_anchor(article.text, article.published)
    )
    told = [
        m
        for m in inside
        if not in_dateline(article.text, Span(m.span.start + match.unit.span.start, m.span.end + match.unit.span.start))
    ]
    return tuple(m for m in told if m.date.month is not None) or tuple(told)


def moments(question: Question, matches: Sequence[Match]) -> tuple[Moment, ...]:
    """The dated statements among some matches that speak of what is asked, best first."""
    fitting = on_subject(question, matches)
    carried = in_context(fitting)
    asks_clock = bool(_ASKS_CLOCK.search(question.text))
    found = []
    for match in fitting:
        if match.unit.statement.stance not in {Stance.ASSERTS, Stance.CONFIRMS, Stance.HEDGES}:
            continue
        mentions = tuple(m for m in dates_of(match) if _of_time(question, m) and _of_clause(question, match, m))
        if clock_of(match.unit.own_text) if asks_clock else mentions or _by_clock(match):
            found.append(Moment(match, mentions, carried[id(match)]))
    if _ASKS_AHEAD.search(question.text):
        found = [moment for moment in found if _ahead(moment)] or found
    if not found:
        return ()
    found.sort(key=lambda moment: -moment.score)
    top = found[0].score
    overall = max(m.score for m in fitting)
    if top < max(LEAST, SHARE * overall):
        return ()
    return tuple(moment for moment in found if moment.score >= AMONG * top)[:MOST]


def in_context(matches: Sequence[Match]) -> dict[int, float]:
    """For each match (by `id`), its score or what is left of those before it in its paragraph, whichever is more."""
    carried: dict[int, float] = {}
    last: dict[tuple[str, str], tuple[int, float]] = {}
    for match in sorted(matches, key=lambda m: (m.unit.article.id, m.unit.span.start, m.unit.span.end)):
        key = (match.unit.article.id, match.unit.paragraph)
        end, before = last.get(key, (-FAR, 0.0))
        score = match.score
        if match.unit.span.start - end < FAR:
            score = max(score, before * (CARRIED if match.unit.span.start >= end else 1.0))
        carried[id(match)] = score
        last[key] = (match.unit.span.end, score)
    return carried


_SUBORDINATE = re.compile(r"\b(?:after|before|following)\b", re.IGNORECASE)


def _of_clause(question: Question, match: Match, mention: DateMention) -> bool:
    """False for a date in a clause that has none of the question's main words, where another clause of the sentence has:
    "Protests grew on Sunday after the jet was shot down" dates the protests."""
    text = match.unit.article.text[match.unit.span.start : match.unit.span.end]
    named = {word for name in question.names for word in words_of(name)}
    main = {stem(term) for term in question.terms if term not in named}
    cuts = [0, *(found.start() for found in _SUBORDINATE.finditer(text)), len(text)]
    own, others = set[str](), set[str]()
    for start, end in pairwise(cuts):
        stems = {stem(word) for word in words_of(text[start:end])}
        if start <= mention.span.start < end:
            own |= stems
        else:
            others |= stems
    return bool(main & own) or not main & others


def _by_clock(match: Match) -> bool:
    """True where a sentence has a time of day and speaks of what is asked by itself."""
    return match.score >= LEAST and bool(clock_of(match.unit.own_text))


def _of_time(question: Question, mention: DateMention) -> bool:
    return not question.dates or any(mention.date.agrees(wanted) for wanted in question.dates)


def _ahead(moment: Moment) -> bool:
    """True where a statement tells of a day after its article came out."""
    published = moment.match.unit.article.published
    return published is None or any(m.date.last_day > published.last_day for m in moment.mentions)


def with_moments(question: Question, selection: Selection, matches: Sequence[Match]) -> Selection:
    """For a question of time: with the statements that give one, which come first."""
    if question.kind is not QuestionKind.WHEN:
        return selection
    found = moments(question, matches)
    if not found or _denied(found[0], selection):
        return selection
    dated = [moment.match for moment in found]
    others = [match for match in selection.bearing if match not in dated]
    return replace(selection, bearing=(*dated, *others), moments=found)


def _denied(moment: Moment, selection: Selection) -> bool:
    """True where what the question takes for granted is denied by a sentence that speaks of it more than the dated one."""
    best = max((m for m in selection.bearing), key=lambda m: m.score, default=None)
    return best is not None and best.defied >= DEFIED and best.score > moment.score


def date_conflict(question: Question, matches: Sequence[Match], canonical: Canonical) -> Conflict | None:
    """Dates for one event, equally exact, that cannot both be right."""
    sides: dict[str, tuple[PartialDate, str, list[Report]]] = {}
    for match in matches:
        mentions = [m for m in dates_of(match) if m.date.day is not None] or [
            m for m in dates_of(match) if m.date.month is not None
        ]
        if mentions:
            mention = mentions[0]
            text = match.unit.article.text[
                match.unit.span.start + mention.span.start : match.unit.span.start + mention.span.end
            ]
            key = str(mention.date)
            sides.setdefault(key, (mention.date, text, []))[2].append(report_of(match, canonical))
    values = list(sides.values())
    roots = {fold(report.root) for _, _, reports in values for report in reports}
    if len(values) < 2 or len(roots) < 2:
        return None
    clashing = [side for side in values if any(_clash(side, other) for other in values)]
    if len(clashing) < 2:
        return None
    return Conflict(ConflictKind.DATES, "", tuple(ConflictSide(text, tuple(reports)) for _, text, reports in clashing))


def _clash(one: tuple[PartialDate, str, list[Report]], other: tuple[PartialDate, str, list[Report]]) -> bool:
    return (
        one[0].precision == other[0].precision
        and not one[0].agrees(other[0])
        and {fold(r.root) for r in one[2]} != {fold(r.root) for r in other[2]}
    )


def shown(match: Match, mention: DateMention) -> str:
    """A date as the article has it."""
    start = match.unit.span.start
    return tidy(match.unit.article.text[start + mention.span.start : start + mention.span.end])
