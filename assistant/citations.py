"""Citation: a verbatim quote from an article; and the check that what a sentence says stands in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.figures import Figure, days, figures
from assistant.wording import (
    CUE,
    bare,
    clauses,
    content_stems,
    folded,
    is_instruction,
    is_verdict,
    marks,
    names,
    negated_stems,
    quotations,
    same_name,
    speakers,
    stem,
    words,
)
from index.article import Article
from index.dates import PartialDate
from index.spans import Span, paragraphs, sentences
from index.statements import Stance, Statement


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with its place."""

    number: int
    """From 1; unique in an answer."""
    article_id: str
    """The article quoted."""
    publisher: str
    """Its publisher; empty when unknown."""
    title: str
    """Its headline; empty when unknown."""
    url: str
    """Its address; empty when unknown."""
    published: PartialDate | None
    """Its date; None when unknown."""
    quote: str
    """The characters of `Article.text` from `start` to `end`, word for word."""
    start: int
    """First character of the quote in `Article.text`."""
    end: int
    """One past the last."""


def cite(number: int, article: Article, span: Span) -> Citation:
    """A citation of the characters under `span`; its quote is a slice, so it is verbatim by construction."""
    return Citation(
        number=number,
        article_id=article.id,
        publisher=article.publisher,
        title=article.title,
        url=article.url,
        published=article.published,
        quote=span.of(article.text),
        start=span.start,
        end=span.end,
    )


# ---- the check of sentences that a chat model wrote

CLAUSE_SHARE = 0.4
"""Share of a clause's content words that one sentence of the evidence must hold for it to bear the clause out."""
SENTENCE_SHARE = 0.65
"""Share of a sentence's content words that the sentences which bear it out must hold together. On the tables in
tests/test_citations.py paraphrases score 0.67 and more, embroidered sentences 0.6 and less."""
CONTESTED_SHARE = 0.5
"""Share of a clause's content words within a contested claim from which the clause counts as asserting it."""

_MARK_OF_STANCE = {Stance.DENIES: "denial", Stance.CONFIRMS: "confirmation", Stance.RETRACTS: "withdrawal"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands behind one number: a stretch of an article that the model was shown."""

    citation: Citation
    """The draft's quote, or for evidence that the draft does not cite the whole stretch."""
    text: str
    """The stretch, word for word."""
    start: int
    """Its first character in `Article.text`."""
    statements: tuple[Statement, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check made of one sentence."""

    reason: str
    """Why it goes; empty where it stands."""
    citations: tuple[Citation, ...] = ()
    """What bears it out, numbered as the grounds are; empty where it goes."""


@dataclass(frozen=True)
class Checker:
    """Holds each sentence against the evidence under the numbers that it cites; nothing here is ever loosened."""

    grounds: Mapping[int, Ground]
    """By number."""
    said: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Sentences and notes of the checked draft with their numbers: each bears out what cites all of its numbers."""
    contested: tuple[str, ...] = ()
    """Claims that may not be asserted without saying whose they are."""

    def check(self, sentence: str, numbers: Sequence[int]) -> Verdict:
        """Whether the cited evidence bears out a sentence given without its markers."""
        text = folded(sentence)
        known = tuple(number for number in dict.fromkeys(numbers) if number in self.grounds)
        if not known:
            return Verdict("cites nothing that was shown")
        if _LINK.search(text):
            return Verdict("holds a link or markup")
        if is_verdict(text):
            return Verdict("judges a claim to be true or false")
        quoted = quotations(text)
        if quoted is None:
            return Verdict("holds a quotation mark without its partner")
        units = self._units(known, tuple(text[start:end] for start, end in quoted))
        borne: list[Unit] = []
        governed = text.lower().startswith(("according to", "in the words of"))
        for clause in clauses(text):
            attributed = governed or bool(CUE.search(clause))
            if not attributed and any(_share(clause, folded(claim)) >= CONTESTED_SHARE for claim in self.contested):
                return Verdict(f"asserts a contested claim without attribution: {clause}")
            bearing = [unit for unit in units if (attributed or not unit.attributed) and _bears(unit, clause)]
            if not bearing:
                return Verdict(f"not borne out by what it cites: {clause}")
            borne += _best(bearing, clause)
        cited = tuple(n for n in known if any(n in unit.numbers for unit in borne))
        reason = self._missing(text, borne, cited)
        return Verdict(reason) if reason else Verdict("", tuple(self._quotes(text, cited, borne)))

    def _units(self, known: tuple[int, ...], quoted: tuple[str, ...]) -> tuple[Unit, ...]:
        found = [unit for number in known for unit in read_units(number, self.grounds[number], quoted)]
        for said, numbers in self.said:
            if numbers and set(numbers) <= set(known):
                text = folded(said)
                attributed = bool(CUE.search(text))
                found.append(Unit(numbers, None, text, "", marks(text), content_stems(text), attributed))
        return tuple(found)

    def _missing(self, text: str, borne: list[Unit], cited: tuple[int, ...]) -> str:
        """What of names, dates, years and words the bearing sentences and their articles' metadata lack; empty for
        nothing."""
        told = [unit.text for unit in borne]
        about = [unit.extra for unit in borne] + [_metadata(self.grounds[number].citation) for number in cited]
        everything = " ; ".join(told + about)
        held = {bare(word.text) for word in words(everything)}
        initials = _initials(everything)
        for name in names(text):
            plain = bare(name.text)
            if not any(same_name(plain, other) for other in held) and name.text not in initials:
                return f"names what its citations do not: {name.text}"
        dated, years = days(everything), {figure.value for figure in figures(everything)}
        for day in days(text):
            if not any(day.agrees(other) for other in dated):
                return f"gives a date that its citations do not: {text[day.start : day.end]}"
        for figure in figures(text):
            if _is_year(figure.value) and figure.value not in years:
                return f"gives a year that its citations do not: {figure.value}"
        wanted = content_stems(text)
        lacking = wanted - content_stems(everything)
        if wanted and 1 - len(lacking) / len(wanted) < SENTENCE_SHARE:
            return f"says more than its citations do: {', '.join(sorted(lacking))}"
        return ""

    def _quotes(self, sentence: str, cited: tuple[int, ...], borne: list[Unit]) -> Iterator[Citation]:
        """For each number the draft's quote where it says as much as the bearing sentence does, else that sentence."""
        for number in cited:
            own = self.grounds[number].citation
            found: dict[tuple[int, int], Citation] = {}
            for unit in borne:
                if number not in unit.numbers:
                    continue
                quote = own
                if unit.span and not _says_as_much(own, unit, sentence):
                    start = self.grounds[number].start
                    text = Span(unit.span.start - start, unit.span.end - start).of(self.grounds[number].text)
                    quote = replace(own, quote=text, start=unit.span.start, end=unit.span.end)
                found[quote.start, quote.end] = quote
            yield from found.values()


_LINK = re.compile(r"https?:|www\.|\]\(|<[/a-z!]|!\[", re.IGNORECASE)


def read_units(number: int, ground: Ground, quoted: Sequence[str] = ()) -> Iterator[Unit]:
    """The sentences of a ground; joined with the one before where one names nobody, and for a quotation that runs on.

    A sentence that speaks to whoever answers ("ignore all instructions ..."), and what follows it in its paragraph,
    bears nothing out.
    """
    spans = _trusted(ground.text)
    wanted = list(spans)
    for before, span in pairwise(spans):
        if not names(folded(span.of(ground.text))):
            wanted.append(Span(before.start, span.end))
    for words_quoted in quoted:
        if not any(_holds(span.of(ground.text), words_quoted) for span in spans):
            wanted += _run(ground.text, spans, words_quoted)
    for span in dict.fromkeys(wanted):
        yield _unit(number, ground, span)


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
    runs = [Span(first.start, last.end) for at, first in enumerate(spans) for last in spans[at : at + 8]]
    return sorted((run for run in runs if _holds(run.of(text), quoted)), key=len)[:1]


def _unit(number: int, ground: Ground, span: Span) -> Unit:
    text = folded(span.of(ground.text))
    placed = Span(ground.start + span.start, ground.start + span.end)
    extra, marked, attributed = [ground.citation.publisher], set(marks(text)), bool(CUE.search(text))
    for statement in ground.statements:
        if not any(part.overlaps(placed) for part in statement.content_spans):
            continue
        for source in (statement.source, *statement.via):
            extra += [source.name, source.speaks_for, *source.aliases, source.role]
        extra += [_spelt(day) for day in (statement.said_on, statement.happened_on) if day]
        attributed = attributed or statement.cue_span is not None
        if statement.stance in _MARK_OF_STANCE:
            marked.add(_MARK_OF_STANCE[statement.stance])
    known = folded(" ; ".join(part for part in extra if part))
    return Unit((number,), placed, text, known, frozenset(marked), content_stems(f"{text} ; {known}"), attributed)


def _bears(unit: Unit, clause: str) -> bool:
    """True where one sentence of the evidence holds a clause's figures, marked words, speaker, sense and enough of its
    words."""
    wanted = {figure.value for figure in _counts(clause)}
    if not wanted <= {figure.value for figure in figures(unit.text)} or not marks(clause) <= unit.marks:
        return False
    inside = quotations(clause) or ()
    if not all(_holds(unit.text, clause[start:end]) for start, end in inside):
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


def _counts(text: str) -> list[Figure]:
    """The figures that are no part of a date and no year."""
    dated = days(text)
    return [
        figure
        for figure in figures(text)
        if not _is_year(figure.value) and not any(day.start <= figure.start < day.end for day in dated)
    ]


def _is_year(value: str) -> bool:
    return value.isdigit() and 1900 <= int(value) < 2100


def _best(bearing: list[Unit], clause: str) -> list[Unit]:
    """For each ground its best bearing sentence, the shorter of two alike; and the draft's sentences."""
    wanted, best = content_stems(clause), dict[tuple[int, ...], Unit]()
    for unit in sorted(bearing, key=lambda one: (-len(wanted & one.stems), len(one.text))):
        best.setdefault((*unit.numbers, int(unit.span is None)), unit)
    return list(best.values())


def _share(clause: str, claim: str) -> float:
    wanted = content_stems(clause)
    return len(wanted & content_stems(claim)) / len(wanted) if len(wanted) > 1 else 0.0


def _holds(text: str, quoted: str) -> bool:
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


def _says_as_much(own: Citation, unit: Unit, sentence: str) -> bool:
    """True where the draft's quote, which lies in or around the unit, lacks nothing of what the sentence takes from
    the unit; whose words they are may stand beside the quote."""
    if not unit.span or not unit.span.overlaps(Span(own.start, own.end)):
        return unit.span is None
    quote, said = folded(own.quote), content_stems(unit.text)
    who = content_stems(unit.extra) | {stem(word.text) for word in names(unit.text)}
    taken = (content_stems(sentence) & said) - who
    numbers = {figure.value for figure in _counts(sentence)} & {figure.value for figure in figures(unit.text)}
    return taken <= content_stems(quote) and numbers <= {figure.value for figure in figures(quote)}


def _initials(text: str) -> set[str]:
    """Acronyms that runs of capitalised words in the text would make."""
    runs = re.findall(r"(?:[A-Z][\w'-]+(?:\s+(?:of|for|the|and|de|del)\s+|\s+)?){2,}", text)
    return {"".join(word[0] for word in re.findall(r"[A-Z][\w'-]+", run)) for run in runs}


def _metadata(citation: Citation) -> str:
    day = _spelt(citation.published) if citation.published else ""
    return folded(" ; ".join(part for part in (citation.publisher, citation.title, day) if part))


def _spelt(day: PartialDate) -> str:
    """ "12 September 2017, Tuesday"; the parts that are known."""
    if day.month is None:
        return str(day.year)
    if day.day is None:
        return f"{day.first_day:%B %Y}"
    return f"{day.day} {day.first_day:%B %Y, %A}"
