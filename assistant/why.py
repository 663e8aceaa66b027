"""How each note came about: which statements, through which chain, back to which root."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer
from assistant.assessment import Assessment, Conflict, ConflictKind, Report
from assistant.layout import Layout
from assistant.notes import Note, NoteKind
from assistant.render import (
    NOTE_WORDS,
    chain,
    date_words,
    heading,
    printable,
    report_dict,
    windowed,
    wrapped,
)
from index.statements import Stance

RULES = {
    NoteKind.SINGLE_SOURCE: "All reports of the claim in this collection go back to one root source.",
    NoteKind.CORROBORATED: "Two or more independent root sources report the claim.",
    NoteKind.CIRCULAR_REPORTING: "Two or more publishers carry the claim, and all go back to the same root source.",
    NoteKind.REPRINT: "Articles that carry the claim are copies, or near copies, of one text.",
    NoteKind.DENIED: "A party denies this very claim, in words or by asserting the opposite.",
    NoteKind.RELATED_DENIAL: "A denial on record is of a related but different claim.",
    NoteKind.RETRACTED: "A publisher or source withdrew or corrected its report of the claim.",
    NoteKind.CONFLICTING_FIGURES: "Sources give numbers for the same thing that cannot both be right.",
    NoteKind.CONFLICTING_DATES: "Sources give dates for the same event that cannot both be right.",
    NoteKind.CONFLICTING_ACCOUNTS: "Sources contradict each other on who, where or what.",
    NoteKind.ANONYMOUS_SOURCE: "A root that the claim rests on stands in for an unnamed party.",
    NoteKind.UNATTRIBUTED: "An article states the claim in its own voice and names no source for it.",
    NoteKind.HEDGED: "The claim is reported as alleged, unconfirmed or not independently verified.",
    NoteKind.UNDATED: "An article that matters for the order of reports has no known date.",
    NoteKind.NO_EVIDENCE: "Nothing in the collection answers the question.",
}
"""When each kind of note holds, in one sentence."""

UNKNOWN_ROOT = "unknown root"
NOTHING = "The assessment holds no statement behind this note."


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that stand together in a reason."""

    label: str
    """What they have in common: a root, a side of a disagreement, a text."""
    reports: tuple[Report, ...]
    """Never empty."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands behind one note."""

    note: Note
    """The note."""
    rule: str
    """When such a note holds."""
    groups: tuple[Group, ...]
    """The statements behind it; empty for no-evidence, and where the answer has no assessment."""


def why(answer: Answer) -> tuple[Reason, ...]:
    """A reason for each note of the answer, in the notes' order."""
    return tuple(
        Reason(note, RULES[note.kind], _GATHER[note.kind](answer.assessment) if answer.assessment else ())
        for note in answer.notes
    )


def why_dict(answer: Answer) -> list[dict[str, Any]]:
    """The reasons as plain data for JSON."""
    return [
        {
            "kind": str(reason.note.kind),
            "rule": reason.rule,
            "groups": [
                {"label": group.label, "reports": [report_dict(report) for report in group.reports]}
                for group in reason.groups
            ],
        }
        for reason in why(answer)
    ]


def why_text(answer: Answer, layout: Layout | None = None) -> str:
    """The reasons for a terminal; ends without a line break."""
    layout = layout or Layout()
    parts = [heading("How each note came about", layout)]
    for reason in why(answer):
        label = NOTE_WORDS[reason.note.kind]
        first = wrapped(f"{label}: {reason.rule}", layout, "  ", "    ")
        lines = [first.replace(f"{label}:", heading(f"{label}:", layout), 1)]
        for group in reason.groups:
            lines.append(wrapped(group.label, layout, "    ", "      "))
            lines += [report_text(report, layout) for report in group.reports]
        if not reason.groups and reason.note.kind is not NoteKind.NO_EVIDENCE:
            lines.append(wrapped(NOTHING, layout, "    "))
        parts.append("\n".join(lines))
    if len(parts) == 1:
        parts.append(wrapped("The answer has no notes.", layout, "  "))
    return "\n\n".join(parts)


def report_text(report: Report, layout: Layout) -> str:
    """One report: its chain, date, root and stance, and the statement's words with its id."""
    marks = [date_words(report.date), f"root: {root_words(report)}", STANCE_WORDS[report.statement.stance]]
    if report.statement.hedged and report.statement.stance is not Stance.HEDGES:
        marks.append("hedged")
    line = f"- {' ← '.join(chain(report))} ({'; '.join(marks)})"
    content = " … ".join(span.of(report.article.text) for span in report.statement.content_spans)
    quote = f"“{windowed(printable(content), layout.quote_window)}” {report.statement.id}"
    return "\n".join((wrapped(line, layout, "      ", "        "), wrapped(quote, layout, "        ")))


def root_words(report: Report) -> str:
    """The root by name; says so where it stands in for an unnamed party."""
    name = report.root or UNKNOWN_ROOT
    return f"{name}, for an unnamed party" if report.anonymous else name


STANCE_WORDS = {
    Stance.ASSERTS: "asserts",
    Stance.CONFIRMS: "confirms",
    Stance.DENIES: "denies",
    Stance.HEDGES: "hedges",
    Stance.RETRACTS: "retracts",
    Stance.DECLINES: "declines to comment",
}


def _by_root(reports: Iterable[Report]) -> tuple[Group, ...]:
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.root, []).append(report)
    return tuple(Group(f"Root source: {root or UNKNOWN_ROOT}", tuple(group)) for root, group in found.items())


def _roots(assessment: Assessment) -> tuple[Group, ...]:
    return _by_root(assessment.reports)


def _copies(assessment: Assessment) -> tuple[Group, ...]:
    groups = []
    for ids in assessment.copies:
        reports = tuple(report for report in assessment.reports if report.article.id in ids)
        if reports:
            groups.append(Group(f"Copies of one text: {', '.join(ids)}", reports))
    return tuple(groups)


def _denials(of_claim: bool) -> Callable[[Assessment], tuple[Group, ...]]:
    words = "Denies the claim" if of_claim else "Denies something else"

    def gather(assessment: Assessment) -> tuple[Group, ...]:
        return tuple(
            Group(f"{words}: “{printable(denial.denied)}”", (denial.report,))
            for denial in assessment.denials
            if denial.of_claim is of_claim
        )

    return gather


def _retractions(assessment: Assessment) -> tuple[Group, ...]:
    return (Group("Withdrawn or corrected by", assessment.retractions),) if assessment.retractions else ()


def _conflicts(kind: ConflictKind) -> Callable[[Assessment], tuple[Group, ...]]:
    def sides(conflict: Conflict) -> tuple[Group, ...]:
        about = f" ({conflict.about})" if conflict.about else ""
        return tuple(Group(f"“{side.value}”{about}", side.reports) for side in conflict.sides)

    def gather(assessment: Assessment) -> tuple[Group, ...]:
        return tuple(group for conflict in assessment.conflicts if conflict.kind is kind for group in sides(conflict))

    return gather


def _reports(label: str, holds: Callable[[Report], bool]) -> Callable[[Assessment], tuple[Group, ...]]:
    def gather(assessment: Assessment) -> tuple[Group, ...]:
        found = tuple(report for report in assessment.reports if holds(report))
        return (Group(label, found),) if found else ()

    return gather


def _in_own_voice(report: Report) -> bool:
    made = report.statement
    return made.source_span is None and not made.own_sight and not made.via


def _nothing(assessment: Assessment) -> tuple[Group, ...]:
    return ()


_GATHER: dict[NoteKind, Callable[[Assessment], tuple[Group, ...]]] = {
    NoteKind.SINGLE_SOURCE: _roots,
    NoteKind.CORROBORATED: _roots,
    NoteKind.CIRCULAR_REPORTING: _roots,
    NoteKind.REPRINT: _copies,
    NoteKind.DENIED: _denials(True),
    NoteKind.RELATED_DENIAL: _denials(False),
    NoteKind.RETRACTED: _retractions,
    NoteKind.CONFLICTING_FIGURES: _conflicts(ConflictKind.FIGURES),
    NoteKind.CONFLICTING_DATES: _conflicts(ConflictKind.DATES),
    NoteKind.CONFLICTING_ACCOUNTS: _conflicts(ConflictKind.ACCOUNTS),
    NoteKind.ANONYMOUS_SOURCE: _reports("Rests on an unnamed party", lambda report: report.anonymous),
    NoteKind.UNATTRIBUTED: _reports("Stated in the article's own voice", _in_own_voice),
    NoteKind.HEDGED: _reports(
        "Reported with a reservation",
        lambda report: report.statement.hedged or report.statement.stance is Stance.HEDGES,
    ),
    NoteKind.UNDATED: _reports("Without a date", lambda report: report.date is None),
    NoteKind.NO_EVIDENCE: _nothing,
}
