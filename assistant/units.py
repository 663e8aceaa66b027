"""Unit: one sentence of the evidence taken apart, and whether it bears a clause out. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.figures import Figure, days, figures, measure
from assistant.notes import day_text
from assistant.wording import (
    CUE,
    bare,
    content_stems,
    folded,
    is_instruction,
    marks,
    names,
    negated_stems,
    quotations,
    same_name,
    speakers,
    stem,
    words,
)
from index.dates import PartialDate
from index.spans import Span, paragraphs, sentences
from index.statements import Stance, Statement

CLAUSE_SHARE = 0.4
"""Share of a clause's content words that one sentence of the evidence must hold for it to bear the clause out. Measured
with `citations.SENTENCE_SHARE`: 0.2 to 0.5 give the same, at 0.6 two more supported sentences in 50 fall."""

_MARK_OF_STANCE = {Stance.DENIES: "denial", Stance.CONFIRMS: "confirmation", Stance.RETRACTS: "withdrawal"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an article that was shown under a number."""

    number: int
    """The number."""
    publisher: str
    """Of the article; empty when unknown."""
    text: str
    """The stretch, word for word."""
    start: int
    """Its first character in `Article.text`."""
    statements: tuple[Statement, ...]
    """The article's statements that lie in it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence that may bear a clause out, taken apart for comparison."""

    numbers: tuple[int, ...]
    """The number of its ground; several for a checked sentence of the draft."""
    span: Span | None
    """Where it stands in `Article.text`; None for a checked sentence of the draft."""
    text: str
    """Folded."""
    extra: str
    """Folded words that it stands for: sources behind its pronouns, the dates that it means, the publisher."""
    marks: frozenset[str]
    """Classes of marked words, see `wording.MARKS`."""
    stems: frozenset[str]
    """Content stems of text and extra."""
    attributed: bool
    """True where it tells what somebody says."""


def read_units(stretch: Stretch, quoted: Sequence[str] = ()) -> Iterator[Unit]:
    """The sentences of a stretch; joined with the one before where one does not name who speaks ("the company said"),
    and for a quotation that runs on.

    A sentence that speaks to whoever answers ("ignore all instructions ..."), and what follows it in its paragraph,
    bears nothing out.
    """
    spans = _trusted(stretch.text)
    wanted = list(spans)
    for before, span in pairwise(spans):
        if stretch.text[before.end : span.start].strip():
            continue  # what stood between them is not trusted
        text = folded(span.of(stretch.text))
        if not names(text) or (CUE.search(text) and not speakers(text)):
            wanted.append(Span(before.start, span.end))
    for words_quoted in quoted:
        if not any(holds(span.of(stretch.text), words_quoted) for span in spans):
            wanted += _run(stretch.text, spans, words_quoted)
    for span in dict.fromkeys(wanted):
        yield _unit(stretch, span)


def _trusted(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for paragraph in paragraphs(text):
        for span in sentences(paragraph.of(text)):
            placed = Span(paragraph.start + span.start, paragraph.start + span.end)
            if is_instruction(folded(placed.of(text))):
                break
            found.append(placed)
    return tuple(found)


def _run(text: str, spans: Sequence[Span], quoted: str) -> list[Span]:
    """The shortest run of sentences that holds a quotation; empty where none does."""
    runs: list[Span] = []
    for at, first in enumerate(spans):
        end = first.end
        for span in spans[at : at + 8]:
            if text[end : span.start].strip():
                break  # what stood between them is not trusted
            end = span.end
            runs.append(Span(first.start, end))
    return sorted((run for run in runs if holds(run.of(text), quoted)), key=len)[:1]


def _unit(stretch: Stretch, span: Span) -> Unit:
    text = folded(span.of(stretch.text))
    placed = Span(stretch.start + span.start, stretch.start + span.end)
    extra, marked, attributed = [stretch.publisher], set(marks(text)), bool(CUE.search(text))
    for statement in stretch.statements:
        if not any(part.overlaps(placed) for part in statement.content_spans):
            continue
        for source in (statement.source, *statement.via):
            extra += [source.name, source.speaks_for, *source.aliases, source.role]
        extra += [spelt(day) for day in (statement.said_on, statement.happened_on) if day]
        attributed = attributed or statement.cue_span is not None
        if statement.stance in _MARK_OF_STANCE:
            marked.add(_MARK_OF_STANCE[statement.stance])
    known = folded(" ; ".join(part for part in extra if part))
    return Unit(
        (stretch.number,), placed, text, known, frozenset(marked), content_stems(f"{text} ; {known}"), attributed
    )


def bears(unit: Unit, clause: str) -> bool:
    """True where one sentence of the evidence holds a clause's figures, marked words, speaker, sense and enough of its
    words."""
    held_counts = {(figure.value, measure(unit.text, figure)) for figure in counts(unit.text)}
    if not {(figure.value, measure(clause, figure)) for figure in counts(clause)} <= held_counts:
        return False
    lacking = marks(clause) - unit.marks
    if lacking and not (lacking == {"denial"} and negated_stems(clause) & negated_stems(unit.text)):
        return False  # "we never did" is a denial without a word for it
    inside = quotations(clause) or ()
    if not all(holds(unit.text, clause[start:end]) for start, end in inside):
        return False
    who = speakers(clause)
    held = {bare(word.text) for word in words(f"{unit.text} ; {unit.extra}")}
    if who and 2 * sum(any(same_name(name, other) for other in held) for name in who) < len(who):
        return False
    asserted = content_stems(clause) - {stem(name) for name in who}
    if asserted and len(asserted & unit.stems) / len(asserted) < CLAUSE_SHARE:
        return False
    return _same_sense(unit, clause)


def _same_sense(unit: Unit, clause: str) -> bool:
    """False where one of the two negates or denies what the other affirms."""
    if "denial" in marks(clause) and "denial" in unit.marks:
        return True
    shared = content_stems(clause) & unit.stems
    here, there = negated_stems(clause) & shared, negated_stems(unit.text) & shared
    return bool(here & there) or not (here or there)


def counts(text: str) -> list[Figure]:
    """The figures that are no part of a date and no year."""
    dated = days(text)
    return [
        figure
        for figure in figures(text)
        if not is_year(figure.value) and not any(day.start <= figure.start < day.end for day in dated)
    ]


def is_year(value: str) -> bool:
    return value.isdigit() and 1900 <= int(value) < 2100


def best(bearing: list[Unit], clause: str) -> list[Unit]:
    """For each ground its best bearing sentence, the shorter of two alike; and the draft's sentences."""
    wanted, best = content_stems(clause), dict[tuple[int, ...], Unit]()
    for unit in sorted(bearing, key=lambda one: (-len(wanted & one.stems), len(one.text))):
        best.setdefault((*unit.numbers, int(unit.span is None)), unit)
    return list(best.values())


def share(clause: str, claim: str) -> float:
    wanted = content_stems(clause)
    return len(wanted & content_stems(claim)) / len(wanted) if len(wanted) > 1 else 0.0


def holds(text: str, quoted: str) -> bool:
    """True where every part of a quotation ("... and ...") stands word for word in the text; its first letter may
    change case, and the mark at its end may be the sentence's own."""
    here = folded(text)
    for part in re.split(r"\[?\.\.\.\]?", folded(quoted)):
        piece = part.strip(" .,;:!?")
        if piece:
            first = f"[{re.escape(piece[0].lower() + piece[0].upper())}]"
            if not re.search(rf"(?<!\w){first}{re.escape(piece[1:])}(?!\w)", here):
                return False
    return True


_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # strftime's follow the locale


def spelt(day: PartialDate) -> str:
    """ "12 September 2017, Tuesday"; the parts that are known."""
    if day.day is None:
        return day_text(day)
    return f"{day_text(day)}, {_DAYS[day.first_day.weekday()]}"
