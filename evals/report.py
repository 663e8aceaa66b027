"""Report: results as tables for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.answer import Answer
from assistant.assessment import Assessment, Report
from assistant.notes import NoteKind
from evals.run import CaseResult, Outcome, SuiteResult
from evals.scorers import CHECK_KINDS, note_kinds

Row = Sequence[str | int]


def table(headers: Sequence[str], rows: Sequence[Row]) -> str:
    """Columns in line: the first to the left, the others to the right; a rule under the headers."""
    cells = [[str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headers))]

    def line(row: Sequence[str]) -> str:
        first, *others = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return "  ".join((first, *others)).rstrip()

    return "\n".join((line(cells[0]), "  ".join("-" * width for width in widths), *map(line, cells[1:])))


def total_share(results: Sequence[SuiteResult]) -> float:
    """Passed cases out of all cases of all suites, 0 to 1; 0 where there are none."""
    cases = sum(len(result.suite.cases) for result in results)
    return sum(result.count(Outcome.PASSED) for result in results) / cases if cases else 0.0


def render(results: Sequence[SuiteResult]) -> str:
    """The three tables: per suite, per kind of check, per kind of note."""
    return "\n\n".join(part for part in (suite_table(results), check_table(results), note_table(results)) if part)


def suite_table(results: Sequence[SuiteResult]) -> str:
    """Cases of each suite: how many passed, and how the others ended."""
    headers = ("suite", "cases", "passed", "share", "wrong", "not answered", "error")
    others = (Outcome.WRONG, Outcome.NOT_ANSWERED, Outcome.ERROR)
    rows: list[Row] = [
        (
            result.suite.name,
            len(result.suite.cases),
            result.count(Outcome.PASSED),
            _percent(result.share),
            *(result.count(outcome) for outcome in others),
        )
        for result in results
    ]
    if len(rows) > 1:
        sums = {outcome: sum(result.count(outcome) for result in results) for outcome in Outcome}
        rows.append(
            (
                "all",
                sum(sums.values()),
                sums[Outcome.PASSED],
                _percent(total_share(results)),
                *(sums[outcome] for outcome in others),
            )
        )
    return table(headers, rows)


def check_counts(results: Iterable[SuiteResult]) -> dict[str, dict[str, int]]:
    """For each kind of check that was made: how many were made, passed, failed with an answer that is wrong, and
    failed because none was given."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in CHECK_KINDS}
    for case in _cases(results):
        missing = "not answered" if case.outcome is Outcome.NOT_ANSWERED else "wrong"
        for check in case.checks:
            counts[check.kind].update(("made", "passed" if check.passed else missing))
    return {
        kind: {key: count[key] for key in ("made", "passed", "wrong", "not answered")}
        for kind, count in counts.items()
        if count["made"]
    }


def check_table(results: Sequence[SuiteResult]) -> str:
    """Checks by kind; empty where no check was made."""
    rows: list[Row] = []
    for kind, count in check_counts(results).items():
        passed, made = count["passed"], count["made"]
        rows.append((kind, f"{passed}/{made}", _percent(passed / made), count["wrong"], count["not answered"]))
    return table(("check", "passed", "share", "wrong", "not answered"), rows) if rows else ""


def note_counts(results: Iterable[SuiteResult]) -> dict[str, dict[str, int]]:
    """For each kind of note that a suite speaks of: how often it was expected and given ("has"), expected and not
    given ("missed"), given where it may not be ("wrong"), and rightly left out ("lacks")."""
    counts: dict[NoteKind, Counter[str]] = {kind: Counter() for kind in NoteKind}
    for case in _cases(results):
        if case.error:
            continue
        given = note_kinds(case.answers[-1])
        for kind in case.case.expect.notes_has:
            counts[kind]["has" if kind in given else "missed"] += 1
        for kind in case.case.expect.notes_lacks:
            counts[kind]["wrong" if kind in given else "lacks"] += 1
    return {
        kind.value: {key: count[key] for key in ("has", "missed", "wrong", "lacks")}
        for kind, count in counts.items()
        if count.total()
    }


def note_table(results: Sequence[SuiteResult]) -> str:
    """Notes by kind; empty where no suite speaks of any."""
    rows: list[Row] = [(kind, *count.values()) for kind, count in note_counts(results).items()]
    return table(("note", "has", "missed", "wrong", "lacks"), rows) if rows else ""


def failures(results: Sequence[SuiteResult]) -> str:
    """What failed, a line a check, under the case's name; warnings and errors too. Empty where nothing did."""
    lines = []
    for result in results:
        name = result.suite.name
        lines += [f"{name}: warning: {warning}" for warning in result.warnings]
        if result.error:
            lines.append(f"{name}: error: the suite could not be run: {result.error.strip()}")
        for case in result.cases:
            if case.outcome is Outcome.PASSED:
                continue
            lines.append(f"{name}/{case.case.id}: {case.outcome}: {case.case.question}")
            if case.error:
                lines.append("    " + case.error.strip().splitlines()[-1])
            lines += [f"    {check.kind}: expected {check.expected}; found: {check.found}" for check in case.failed]
    return "\n".join(lines)


def transcript(suite: str, case: CaseResult) -> str:
    """One case as it went: each question, its answer with its notes, and each check."""
    lines = [f"{suite}/{case.case.id}: {case.outcome} ({case.seconds:.2f} s)"]
    for question, answer in zip(case.case.turns, case.answers, strict=False):
        lines += [f"  Q: {question}", f"  A: {answer.text or '(no sentence)'}"]
        lines += [f"     [{note.kind}] {note.text}" for note in answer.notes]
    lines += [
        f"  {'ok  ' if check.passed else 'FAIL'} {check.kind}: expected {check.expected}; found: {check.found}"
        for check in case.checks
    ]
    lines += [f"  {line}" for line in case.error.strip().splitlines()]
    return "\n".join(lines)


def to_record(results: Sequence[SuiteResult], model: str | None = None) -> dict[str, Any]:
    """All of a run as JSON values: totals, and every case with its answers, its checks and what failed."""
    return {
        "model": model or "extractive",
        "cases": sum(len(result.suite.cases) for result in results),
        "passed": sum(result.count(Outcome.PASSED) for result in results),
        "share": round(total_share(results), 4),
        "checks": check_counts(results),
        "notes": note_counts(results),
        "suites": [_suite_record(result) for result in results],
    }


def _suite_record(result: SuiteResult) -> dict[str, Any]:
    return {
        "name": result.suite.name,
        "description": result.suite.description,
        "cases": len(result.suite.cases),
        **{outcome.value.replace(" ", "_"): result.count(outcome) for outcome in Outcome},
        "share": round(result.share, 4),
        "warnings": list(result.warnings),
        "could_not_run": result.error,
        "results": [_case_record(case) for case in result.cases],
    }


def _case_record(case: CaseResult) -> dict[str, Any]:
    return {
        "id": case.case.id,
        "turns": list(case.case.turns),
        "outcome": case.outcome.value,
        "seconds": round(case.seconds, 3),
        "error": case.error,
        "failed": [check.kind for check in case.failed],
        "checks": [
            {"kind": check.kind, "expected": check.expected, "found": check.found, "passed": check.passed}
            for check in case.checks
        ],
        "answers": [answer_record(answer) for answer in case.answers],
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": answer.text,
        "abstained": answer.abstained,
        "made_with": answer.made_with,
        "sentences": [{"text": sentence.text, "citations": list(sentence.citations)} for sentence in answer.sentences],
        "notes": [
            {"kind": note.kind.value, "text": note.text, "citations": list(note.citations)} for note in answer.notes
        ],
        "citations": [
            {
                "number": citation.number,
                "article_id": citation.article_id,
                "publisher": citation.publisher,
                "published": str(citation.published or ""),
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "assessment": _assessment_record(answer.assessment) if answer.assessment else None,
    }


def _assessment_record(assessment: Assessment) -> dict[str, Any]:
    return {
        "claim": assessment.claim.text,
        "independent_sources": assessment.independent_sources,
        "roots": list(assessment.roots),
        "first": _report_record(assessment.first) if assessment.first else None,
        "reports": [_report_record(report) for report in assessment.reports],
    }


def _report_record(report: Report) -> dict[str, Any]:
    return {
        "article_id": report.article.id,
        "root": report.root,
        "outlet": report.outlet,
        "anonymous": report.anonymous,
        "date": str(report.date or ""),
    }


def _cases(results: Iterable[SuiteResult]) -> Iterable[CaseResult]:
    return (case for result in results for case in result.cases)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
