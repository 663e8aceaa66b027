"""The extractive writer: plain, attributed sentences around quotations, each cited. The first answers the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Sentence
from assistant.assessment import Assessment, Report
from assistant.claims import Match
from assistant.counts import Figure
from assistant.moments import shown
from assistant.notes import carrier, day_text, listed, no_evidence, notes_of, speaker
from assistant.phrasing import Citations, attributed, capital, content_of, full
from assistant.question import Question, QuestionKind
from assistant.selection import Selection
from assistant.speakers import spoken_by
from assistant.terms import tidy
from index.names import fold

MOST = 6
"""Sentences of an answer at most: what an editor would print of it."""
ENOUGH = 4
"""Sentences from which an answer is not filled up."""
FILL = 8
"""Best units that may fill up a short answer."""
NEXT_BEST = 0.6
"""Share of the best score that they need."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the writer needs."""

    question: Question
    selection: Selection
    assessment: Assessment
    figures: tuple[Figure, ...]
    report_of: Callable[[Match], Report]
    ranked: tuple[Match, ...] = ()
    """Every unit that fits the question's time, best first."""


def write(findings: Findings) -> Answer:
    """The answer in plain sentences; an abstention where nothing answers the question."""
    citations = Citations()
    lines = _LEADS.get(findings.question.kind, _lead_other)(findings, citations)
    lines = _filled(findings, lines, citations)
    if findings.assessment.retractions:
        lines = [*lines, *_sentences(findings.assessment.retractions, citations, 1)]
    made: list[Sentence] = []
    for sentence in lines:
        if all(sentence.text != other.text for other in made):
            made.append(sentence)
    notes = notes_of(findings.assessment, citations.of)
    return Answer(
        question=findings.question.text,
        sentences=tuple(made[: MOST + 1]),
        citations=tuple(citations.made),
        notes=notes,
        assessment=findings.assessment,
        abstained=False,
        made_with="extractive",
        standalone_question=findings.question.standalone if findings.question.context else "",
    )


_TO_THE_POINT = frozenset(
    {
        QuestionKind.FIRST,
        QuestionKind.SOURCE,
        QuestionKind.INDEPENDENT,
        QuestionKind.DENIED,
        QuestionKind.HOW_MANY,
        QuestionKind.WHEN,
        QuestionKind.DISAGREE,
        QuestionKind.CONFIRMED,
    }
)
"""Kinds of question whose answer is complete without more."""


def _filled(findings: Findings, lines: list[Sentence], citations: Citations) -> list[Sentence]:
    """A short answer with the next best that the collection says on the matter, so that a reader can judge."""
    if not lines or not findings.ranked or findings.question.kind in _TO_THE_POINT:
        return lines
    top = findings.ranked[0].score
    told = {fold(line.text) for line in lines}
    for match in findings.ranked[:FILL]:
        if len(lines) >= ENOUGH or match.score < NEXT_BEST * top:
            break
        report = findings.report_of(match)
        text = attributed(report)
        words = fold(content_of(report))
        if match.unit.statement.in_title or any(words in other for other in told):
            continue
        told.add(fold(text))
        lines = [*lines, Sentence(text, (citations.of(report),))]
    return lines


def abstain(question: Question, nearest: Sequence[Match]) -> Answer:
    """A plain "the collection does not say", with what it does hold nearest to the question."""
    text = "The collection does not say."
    held = list(dict.fromkeys(tidy(match.unit.article.title) for match in nearest[:6] if match.unit.article.title))[:3]
    if held:
        text += " On the subject it holds: " + "; ".join(f"“{title}”" for title in held) + "."
    return Answer(
        question=question.text,
        sentences=(Sentence(text, ()),),
        citations=(),
        notes=(no_evidence("Nothing in the collection answers this question."),),
        assessment=None,
        abstained=True,
        made_with="extractive",
        standalone_question=question.standalone if question.context else "",
    )


# --- one lead for each kind of question -------------------------------------------------------------------------------


def _sentences(reports: Sequence[Report], citations: Citations, most: int = MOST) -> list[Sentence]:
    found = []
    for report in reports[:most]:
        found.append(Sentence(attributed(report), (citations.of(report),)))
    return found


def _denial_lines(findings: Findings, citations: Citations, most: int = 3) -> list[Sentence]:
    own = [denial.report for denial in findings.assessment.denials if denial.of_claim]
    return _sentences(own, citations, most)


_ASKS_MANNER = re.compile(
    r"^(?:and |but |so )?(?:how (?:did|do|does|was|were|is|are|had|has|have|could|can)\b|by what (?:route|means|way|method)\b|in what way\b|which way\b)",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:through|via|using|by means of|by (?:\w+ing|an?|the)|with (?:an?|the help of)|hidden|aboard|on foot|along|across|(?:in|on|under) an? )\b",
    re.IGNORECASE,
)
MANNER = 0.5
"""Share of the best score from which a sentence that tells how goes before those that tell that it happened."""


WAY_CORE = 0.2
"""Core that one beside the best needs for it."""


def _by_manner(findings: Findings) -> Sequence[Match]:
    """The bearing matches; where the question asks how, those that tell a way come first."""
    bearing = findings.selection.bearing
    if not bearing or not _ASKS_MANNER.search(findings.question.text):
        return bearing
    near = [match for match in findings.selection.nearby if match.core >= WAY_CORE]
    least = MANNER * bearing[0].score
    telling = [m for m in (*bearing, *near) if m.score >= least and _MANNER.search(m.unit.own_text)]
    return [*telling, *(match for match in bearing if match not in telling)]


def _focus(findings: Findings, most: int = 3) -> list[Report]:
    """The reports of the best matches, one an article and source."""
    seen: dict[str, int] = {}
    found: list[Report] = []
    for match in _by_manner(findings):
        report = findings.report_of(match)
        if (
            any(fold(content_of(report)) == fold(content_of(other)) for other in found)
            or seen.get(report.article.id, 0) >= 2
        ):
            continue
        seen[report.article.id] = seen.get(report.article.id, 0) + 1
        found.append(report)
        if len(found) == most:
            break
    return found


def _lead_first(findings: Findings, citations: Citations) -> list[Sentence]:
    first = findings.assessment.first
    if first is None:
        return _lead_other(findings, citations)
    outlet = first.outlet or carrier(first)
    when = f", {day_text(first.date)}" if first.date is not None else ", which bears no date"
    said = "" if fold(speaker(first)) in {fold(outlet), fold(carrier(first))} else f", which cites {speaker(first)}"
    through = "" if fold(outlet) == fold(carrier(first)) else f", as carried by {carrier(first)}"
    lead = Sentence(
        full(f"The earliest report in this collection is by {outlet}{through}{when}{said}"), (citations.of(first),)
    )
    later = [report for report in findings.assessment.reports[1:] if report.root != first.root][:2]
    return [
        lead,
        *_sentences([first], citations),
        *_sentences(later, citations),
        *_denial_lines(findings, citations, 2),
    ]


def _lead_source(findings: Findings, citations: Citations) -> list[Sentence]:
    reports = findings.assessment.reports
    if not reports:
        return _lead_other(findings, citations)
    lines = _sentences(_best_first(findings, reports), citations, 5)
    return [*lines, *_denial_lines(findings, citations, 2)]


def _best_first(findings: Findings, reports: Sequence[Report]) -> list[Report]:
    """One report of each root first, then the other carriers."""
    seen: set[str] = set()
    firsts = [report for report in reports if not (report.root in seen or seen.add(report.root))]  # type: ignore[func-returns-value]
    return [*firsts, *(report for report in reports if report not in firsts)]


def _lead_independent(findings: Findings, citations: Citations) -> list[Sentence]:
    assessment = findings.assessment
    if not assessment.reports:
        return _lead_other(findings, citations)
    count = assessment.independent_sources
    roots = [root for root in assessment.roots if root]
    firsts = [next(report for report in assessment.reports if report.root == root) for root in (roots or [""])]
    names = listed(
        [
            capital(speaker(report))
            if not report.anonymous
            else f"{report.root} (whose source is unnamed: {speaker(report)})"
            for report in firsts
        ]
    )
    noun = "source stands" if count == 1 else "sources stand"
    lead = Sentence(
        full(f"{_number(count)} independent {noun} behind this in the collection: {names}"),
        tuple(dict.fromkeys(citations.of(r) for r in firsts)),
    )
    return [
        lead,
        *_sentences(_best_first(findings, assessment.reports), citations, 4),
        *_denial_lines(findings, citations, 2),
    ]


def _number(count: int) -> str:
    words = "No One Two Three Four Five Six Seven Eight Nine Ten".split()
    return words[count] if count < len(words) else str(count)


def _lead_denied(findings: Findings, citations: Citations) -> list[Sentence]:
    denials = _denial_lines(findings, citations, 4)
    withdrawn = _sentences(findings.assessment.retractions, citations, 1)
    if denials:
        return [*denials, *withdrawn, *_sentences(_focus(findings, 1), citations)]
    who = f" by {findings.question.speaker}" if findings.question.speaker else ""
    base = _focus(findings, 3)
    declined = [
        findings.report_of(match) for match in findings.selection.declining[:2] if _declines_this(findings, match)
    ]
    numbers = tuple(dict.fromkeys(citations.of(report) for report in (base or declined)[:2]))
    if not numbers:
        return _sentences([denial.report for denial in findings.assessment.denials], citations, 2)
    lead = Sentence(f"No denial of this claim{who} is on record in the collection.", numbers)
    other = [denial.report for denial in findings.assessment.denials if not denial.of_claim]
    return [
        lead,
        *_sentences(declined, citations),
        *_sentences(base, citations),
        *_sentences(other, citations, 1),
        *withdrawn,
    ]


def _declines_this(findings: Findings, match: Match) -> bool:
    """A refusal to answer belongs to the claim where it shares words with it or stands in an article that reports it."""
    carriers = {m.unit.article.id for m in findings.selection.bearing[:4]}
    return match.unit.article.id in carriers or match.score >= 0.4


def _lead_how_many(findings: Findings, citations: Citations) -> list[Sentence]:
    if not findings.figures:
        return _lead_other(findings, citations)
    lines, seen = [], set()
    for figure in findings.figures:
        key = (figure.number.value, fold(figure.report.root))
        if key in seen:
            continue
        seen.add(key)
        lines.append(Sentence(attributed(figure.report), (citations.of(figure.report),)))
    return lines[:5] + _sentences(findings.assessment.retractions, citations, 1)


def _lead_when(findings: Findings, citations: Citations) -> list[Sentence]:
    lines = []
    for moment in findings.selection.moments:
        report = findings.report_of(moment.match)
        text = attributed(report)
        exact = [m for m in moment.mentions if m.date.day is not None] or list(moment.mentions)
        if exact:
            text = text.rstrip(".") + f"; “{shown(moment.match, exact[0])}” is {day_text(exact[0].date)}."
        lines.append(Sentence(text, (citations.of(report),)))
    return lines[:4] or _lead_other(findings, citations)


def _lead_other(findings: Findings, citations: Citations) -> list[Sentence]:
    withdrawn = _sentences(findings.assessment.retractions, citations, 2)
    denials = _denial_lines(findings, citations, 2)
    return [*withdrawn, *_sentences(_focus(findings, 3), citations), *denials]


def _lead_said(findings: Findings, citations: Citations) -> list[Sentence]:
    speaker_ = findings.question.speaker
    selection = findings.selection
    pool = sorted(
        [*selection.bearing, *selection.denying, *selection.related, *selection.retracting], key=lambda m: -m.score
    )
    own = [match for match in pool if not speaker_ or spoken_by(match, speaker_)]
    reports = list(dict.fromkeys(findings.report_of(match) for match in own))
    return _sentences(reports, citations, 4) or _lead_other(findings, citations)


def _lead_disagree(findings: Findings, citations: Citations) -> list[Sentence]:
    sides = [side.reports[0] for conflict in findings.assessment.conflicts for side in conflict.sides]
    related = [denial.report for denial in findings.assessment.denials]
    return [
        *_sentences(sides, citations, 4),
        *_sentences(_focus(findings, 4), citations),
        *_sentences(related, citations, 2),
    ]


_LEADS: dict[QuestionKind, Callable[[Findings, Citations], list[Sentence]]] = {
    QuestionKind.FIRST: _lead_first,
    QuestionKind.SOURCE: _lead_source,
    QuestionKind.INDEPENDENT: _lead_independent,
    QuestionKind.CONFIRMED: _lead_source,
    QuestionKind.DENIED: _lead_denied,
    QuestionKind.HOW_MANY: _lead_how_many,
    QuestionKind.WHEN: _lead_when,
    QuestionKind.SAID: _lead_said,
    QuestionKind.DISAGREE: _lead_disagree,
    QuestionKind.TIMELINE: _lead_source,
}
