"""Notes: Assessment → typed remarks, each a sentence that names parties and dates. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.assessment import Assessment, Conflict, ConflictKind, ConflictSide, Denial, Report
from assistant.terms import tidy
from index.dates import PartialDate
from index.names import fold
from index.statements import SourceKind

MONTH_NAMES = "January February March April May June July August September October November December".split()


class NoteKind(StrEnum):
    """What a note says; the README tells when each holds."""

    SINGLE_SOURCE = "single-source"
    CORROBORATED = "corroborated"
    CIRCULAR_REPORTING = "circular-reporting"
    REPRINT = "reprint"
    DENIED = "denied"
    RELATED_DENIAL = "related-denial"
    RETRACTED = "retracted"
    CONFLICTING_FIGURES = "conflicting-figures"
    CONFLICTING_DATES = "conflicting-dates"
    CONFLICTING_ACCOUNTS = "conflicting-accounts"
    ANONYMOUS_SOURCE = "anonymous-source"
    UNATTRIBUTED = "unattributed"
    HEDGED = "hedged"
    UNDATED = "undated"
    NO_EVIDENCE = "no-evidence"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark."""

    kind: NoteKind
    """Its type."""
    text: str
    """One or two sentences that name parties and dates, without markers."""
    citations: tuple[int, ...] = ()
    """Numbers of the answer's citations that bear it out; empty for no-evidence alone."""


Cite = Callable[[Report], int]
"""Gives the number of the citation of a report's quote, making one where there is none yet."""


def day_text(when: PartialDate | None) -> str:
    """A date in words, as exactly as it is known: "12 May 2023", "May 2023", "2023"; "undated" where it is not."""
    if when is None:
        return "undated"
    parts = [str(when.day)] if when.day else []
    parts += [MONTH_NAMES[when.month - 1]] if when.month else []
    return " ".join([*parts, str(when.year)])


def carrier(report: Report) -> str:
    """The article as a reader would name it: its publisher, else its headline."""
    return report.article.publisher or (
        f"an article headlined “{tidy(report.article.title)}”"
        if report.article.title
        else "an article of unknown publisher"
    )


def speaker(report: Report) -> str:
    """The innermost party in words, with the body spoken for."""
    source = report.source
    if report.statement.source_span is None and report.statement.cue_span is None:
        return carrier(report)
    if not source.name and not source.speaks_for:
        return f"an unnamed source of {carrier(report)}"
    if source.kind is SourceKind.UNNAMED and source.speaks_for:
        return f"{_lower(source.name)} (for {source.speaks_for})"
    name = _lower(source.name) if source.kind is SourceKind.UNNAMED else source.name
    return (
        f"{name} ({source.speaks_for})" if source.speaks_for and fold(source.speaks_for) != fold(source.name) else name
    )


def _lower(words: str) -> str:
    first = words.split(" ", 1)[0]
    return (
        words[:1].lower() + words[1:]
        if first.lower()
        in {
            "a",
            "an",
            "the",
            "two",
            "three",
            "some",
            "local",
            "several",
            "one",
            "sources",
            "his",
            "her",
            "its",
            "their",
            "many",
            "residents",
            "witnesses",
            "officials",
        }
        else words
    )


def listed(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    unique = list(dict.fromkeys(items))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}" if unique else ""


def notes_of(assessment: Assessment, cite: Cite) -> tuple[Note, ...]:
    """Every note that holds for a claim."""
    found: list[Note] = []
    reports = assessment.reports
    if reports:
        found += _independence(assessment, cite)
        found += _spread(assessment, cite)
        found += _nature(reports, cite)
    found += _denials(assessment.denials, cite)
    found += _retractions(assessment.retractions, cite)
    found += [_conflict(conflict, cite) for conflict in assessment.conflicts]
    return tuple(found)


def no_evidence(text: str) -> Note:
    """The note of an abstention."""
    return Note(NoteKind.NO_EVIDENCE, text)


def _independence(assessment: Assessment, cite: Cite) -> list[Note]:
    reports = assessment.reports
    by_root: dict[str, Report] = {}
    for report in reports:
        by_root.setdefault(report.root, report)
    numbers = tuple(dict.fromkeys(cite(report) for report in by_root.values()))
    if assessment.rivals:
        return _independence_by_side(assessment.rivals, cite)
    if assessment.independent_sources >= 2:
        names = listed([root for root in by_root if root])
        return [
            Note(
                NoteKind.CORROBORATED,
                f"{_count(assessment.independent_sources)} independent sources report this: {names}.",
                numbers,
            )
        ]
    root = next((root for root in by_root if root), "")
    articles = len({report.article.id for report in reports})
    if not root:
        text = "All that the collection holds on this goes back to one source, whose name is not known."
    elif articles == 1:
        text = f"The only source for this in the collection is {root}; no independent confirmation is on record."
    else:
        text = f"{_count(articles)} articles carry this, and all go back to one source: {root}."
    return [Note(NoteKind.SINGLE_SOURCE, text, tuple(dict.fromkeys(cite(report) for report in reports[:4])))]


def _independence_by_side(sides: Sequence[ConflictSide], cite: Cite) -> list[Note]:
    """Where figures or dates are rivals, sources that give different ones do not bear each other out."""
    found = []
    for side in sides:
        by_root = {report.root: report for report in reversed(side.reports) if report.root}
        if len(by_root) >= 2:
            found.append(
                (f"{_count(len(by_root))} independent sources give {side.value}: {listed(sorted(by_root))}.", by_root)
            )
    if not found:
        return []
    numbers = tuple(dict.fromkeys(cite(report) for _, by_root in found for report in by_root.values()))
    return [Note(NoteKind.CORROBORATED, " ".join(text for text, _ in found), numbers)]


def _count(number: int) -> str:
    words = "No One Two Three Four Five Six Seven Eight Nine Ten".split()
    return words[number] if number < len(words) else str(number)


def _spread(assessment: Assessment, cite: Cite) -> list[Note]:
    found = []
    publishers = assessment.publishers
    carriers = {report.publisher or report.article.publisher or report.article.id for report in assessment.reports}
    if len(carriers) >= 2 and assessment.independent_sources == 1:
        root = next((root for root in assessment.roots if root), "one unnamed source")
        numbers = tuple(dict.fromkeys(cite(report) for report in assessment.reports[:5]))
        names = listed(publishers) if len(publishers) >= 2 else f"{_count(len(carriers))} articles"
        found.append(Note(NoteKind.CIRCULAR_REPORTING, f"{names} carry it, all from {root}.", numbers))
    for group in assessment.copies:
        members = [report for report in assessment.reports if report.article.id in group]
        count = len({report.article.id for report in members})
        if count >= 2:
            carried_by = list(dict.fromkeys(carrier(report) for report in members))
            told = (
                f"{listed(carried_by)} carry"
                if len(carried_by) > 1
                else f"{_count(count)} articles of {carried_by[0]} are"
            )
            found.append(
                Note(
                    NoteKind.REPRINT,
                    f"{told} copies, or near copies, of one text.",
                    tuple(dict.fromkeys(cite(r) for r in members)),
                )
            )
    return found


def _nature(reports: Sequence[Report], cite: Cite) -> list[Note]:
    found = []
    hidden = [report for report in reports if report.anonymous]
    if hidden:
        parties = listed(
            [f"{speaker(report)} (through {carrier(report)}, {day_text(report.date)})" for report in hidden[:3]]
        )
        found.append(
            Note(
                NoteKind.ANONYMOUS_SOURCE,
                f"It rests on a source that is not named: {parties}.",
                _numbers(hidden[:3], cite),
            )
        )
    bare = [
        r
        for r in reports
        if r.statement.source_span is None and r.statement.cue_span is None and not r.statement.own_sight
    ]
    if bare and len(bare) == len(reports):
        parties = listed([carrier(report) for report in bare[:3]])
        found.append(
            Note(NoteKind.UNATTRIBUTED, f"Stated without naming a source: {parties}.", _numbers(bare[:3], cite))
        )
    hedged = [report for report in reports if report.statement.hedged]
    if hedged:
        parties = listed([carrier(report) for report in hedged[:3]])
        found.append(
            Note(
                NoteKind.HEDGED,
                f"Reported as alleged, unconfirmed or not independently verified by {parties}.",
                _numbers(hedged[:3], cite),
            )
        )
    undated = [report for report in reports if report.date is None]
    if undated:
        parties = listed([carrier(report) for report in undated[:3]])
        found.append(
            Note(
                NoteKind.UNDATED,
                f"No date is known for {parties}; its place in the order of reports is uncertain.",
                _numbers(undated[:3], cite),
            )
        )
    return found


def _numbers(reports: Sequence[Report], cite: Cite) -> tuple[int, ...]:
    return tuple(dict.fromkeys(cite(report) for report in reports))


def _denials(denials: Sequence[Denial], cite: Cite) -> list[Note]:
    found = []
    own = [denial for denial in denials if denial.of_claim]
    other = [denial for denial in denials if not denial.of_claim]
    if own:
        parties = listed([f"{speaker(d.report)} ({carrier(d.report)}, {day_text(d.report.date)})" for d in own[:4]])
        found.append(Note(NoteKind.DENIED, f"Denied by {parties}.", _numbers([d.report for d in own[:4]], cite)))
    elif other:
        denial = other[0]
        found.append(
            Note(
                NoteKind.RELATED_DENIAL,
                f"A denial on record is of a related but different claim: {speaker(denial.report)} ({carrier(denial.report)}, "
                f"{day_text(denial.report.date)}) denied “{tidy(denial.denied)}”.",
                _numbers([d.report for d in other[:2]], cite),
            )
        )
    return found


def _retractions(retractions: Sequence[Report], cite: Cite) -> list[Note]:
    if not retractions:
        return []
    parties = listed([f"{speaker(report)} ({day_text(report.date)})" for report in retractions[:3]])
    return [Note(NoteKind.RETRACTED, f"Withdrawn or corrected by {parties}.", _numbers(retractions[:2], cite))]


_CONFLICT_NOTES = {
    ConflictKind.FIGURES: (NoteKind.CONFLICTING_FIGURES, "The figures cannot all be right"),
    ConflictKind.DATES: (NoteKind.CONFLICTING_DATES, "The dates cannot all be right"),
    ConflictKind.ACCOUNTS: (NoteKind.CONFLICTING_ACCOUNTS, "The accounts contradict each other"),
}


def _conflict(conflict: Conflict, cite: Cite) -> Note:
    kind, lead = _CONFLICT_NOTES[conflict.kind]
    if conflict.kind is ConflictKind.ACCOUNTS:
        sides = listed([f"{speaker(side.reports[0])} ({day_text(side.reports[0].date)})" for side in conflict.sides])
        text = f"{lead}: {sides}."
    else:
        text = (
            f"{lead}: "
            + "; ".join(
                f"{side.value} ({speaker(side.reports[0])}, {day_text(side.reports[0].date)})"
                for side in conflict.sides
            )
            + "."
        )
    return Note(kind, text, _numbers([side.reports[0] for side in conflict.sides], cite))
