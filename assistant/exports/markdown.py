"""Markdown: answer, standing, notes, reports, disagreements and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answer import Answer
from assistant.dossier import Disagreement, Dossier, Row, dossier
from assistant.exports.words import (
    CAUTION,
    DISAGREEMENT_WORDS,
    chain_words,
    claim_words,
    dates_of,
    quoted,
    role_words,
    root_words,
    stance_words,
)
from assistant.notes import day_text
from assistant.render import NOTE_WORDS, escaped, made_with_words, markdown_source, markers
from index.dates import PartialDate


def to_markdown(answer: Answer, made: date) -> str:
    """The answer with its dossier, quotes whole; text from articles can add no markup and no link."""
    found = dossier(answer)
    lines = [f"# {escaped(answer.question)}", ""]
    if found.question != answer.question:
        lines += [f"Understood as: {escaped(found.question)}", ""]
    lines += [escaped(answer.text or "The collection does not tell."), "", "## How the claim stands", ""]
    if found.claim:
        lines += [f"**Claim:** {escaped(claim_words(found))}", ""]
    lines += [escaped(found.standing), "", *_notes(answer)]
    lines += [*_reports(found), *_disagreements(found.disagreements), *_sources(answer)]
    written = f"Written by {escaped(made_with_words(answer))}; exported on {day_text(PartialDate.of(made))}."
    return "\n".join([*lines, "---", "", f"{written} {CAUTION}", ""])


def _notes(answer: Answer) -> Iterator[str]:
    for note in answer.notes:
        cited = escaped(markers(note.citations))
        yield f"- **{NOTE_WORDS[note.kind]}:** {escaped(note.text)} {cited}".rstrip()
    if answer.notes:
        yield ""


def _reports(found: Dossier) -> Iterator[str]:
    if not found.rows:
        return
    yield from ("## Reports and denials", "", "| | chain, from the publisher inwards | root | dates | stance | quote |")
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in found.rows:
        cells = (role_words(row), chain_words(row), root_words(row), _dates(row), stance_words(row))
        yield _line([*(escaped(cell) for cell in cells), _quote(row)])
    yield ""


def _disagreements(found: Sequence[Disagreement]) -> Iterator[str]:
    if not found:
        return
    yield from ("## Disagreements", "", "| | value | who | dates | quote |", "| --- | --- | --- | --- | --- |")
    for one in found:
        about = f"{DISAGREEMENT_WORDS[one.kind]}" + (f" ({one.about})" if one.about else "")
        for side in one.sides:
            for row in side.rows:
                cells = (about, side.value, row.who, _dates(row))
                yield _line([*(escaped(cell) for cell in cells), _quote(row)])
    yield ""


def _sources(answer: Answer) -> Iterator[str]:
    if not answer.citations:
        return
    yield from ("## Sources", "")
    for citation in answer.citations:
        yield from (markdown_source(citation), "", f"> {escaped(citation.quote)}", "")


def _quote(row: Row) -> str:
    """The number of the source that shows the quote; the quote itself where the answer does not cite it."""
    return escaped(f"[{row.number}]") if row.number else f"{escaped(quoted(row.quote))} ({escaped(row.article_id)})"


def _dates(row: Row) -> str:
    return "; ".join(f"{name.lower()}: {day}" for name, day in dates_of(row))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
