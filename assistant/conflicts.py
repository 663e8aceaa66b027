"""Disagreements: figures, dates and accounts that cannot all be right, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.assessment import Canonical, Conflict, ConflictKind, ConflictSide, Report
from assistant.counts import Figure, counted_noun
from assistant.moments import date_conflict
from assistant.question import Question, QuestionKind
from assistant.reports import report_of
from assistant.selection import Selection
from index.names import fold

SAME_TIME = 4
"""Days within which two figures are of one time; a toll that rises later is a series."""


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
    if question.kind in {QuestionKind.YES_NO, QuestionKind.CONFIRMED} and question.proposition:
        return None  # who bears out one and the same claim contradicts nobody who does
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
    question: Question, selection: Selection, figures: Sequence[Figure], canonical: Canonical
) -> tuple[Conflict, ...]:
    """The disagreements that bear on a question, whose `figures` are those that answer it."""
    found: list[Conflict] = []
    if question.kind is QuestionKind.HOW_MANY:
        conflict = figure_conflict(figures, question)
        found += [conflict] if conflict else []
    if question.kind is QuestionKind.WHEN:
        told = [moment.match for moment in selection.moments]
        conflict = date_conflict(question, told, canonical)
        found += [conflict] if conflict else []
    accounts = account_conflict(question, selection, canonical)
    return tuple([*found, accounts] if accounts else found)
