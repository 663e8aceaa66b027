"""Citation: a verbatim quote from an article; and the check that what a sentence says stands in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.figures import days, figures
from assistant.units import Stretch, Unit, bears, best, counts, is_year, read_units, share, spelt
from assistant.wording import (
    CUE,
    bare,
    clauses,
    content_stems,
    folded,
    is_verdict,
    marks,
    names,
    quotations,
    same_name,
    stem,
    words,
)
from index.article import Article
from index.dates import PartialDate
from index.spans import Span
from index.statements import Statement


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

SENTENCE_SHARE = 0.65
"""Share of a sentence's content words, names aside, that the sentences which bear it out must hold together. Of 50
supported and 57 unsupported sentences on three stories 41 and none stand at 0.65, 41 and 2 at 0.5, 35 and none at
0.8 (without the tagger's statements, which resolve "he" and "the company"). The rules were tuned on these
sentences.
"""
CONTESTED_SHARE = 0.5
"""Share of a clause's content words within a contested claim from which the clause counts as asserting it."""


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
    drafted: bool = True
    """True where the draft cites it; otherwise what bears a sentence out becomes the quote."""

    @property
    def stretch(self) -> Stretch:
        """The same, as it is taken apart."""
        return Stretch(self.citation.number, self.citation.publisher, self.text, self.start, self.statements)


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
        if not content_stems(text):
            return Verdict("says nothing that could be held against its citations")
        quoted = quotations(text)
        if quoted is None:
            return Verdict("holds a quotation mark without its partner")
        units = self._units(known, tuple(text[start:end] for start, end in quoted))
        borne: list[Unit] = []
        governed = text.lower().startswith(("according to", "in the words of"))
        for clause in clauses(text):
            attributed = governed or bool(CUE.search(clause))
            if not attributed and any(share(clause, folded(claim)) >= CONTESTED_SHARE for claim in self.contested):
                return Verdict(f"asserts a contested claim without attribution: {clause}")
            bearing = [unit for unit in units if (attributed or not unit.attributed) and bears(unit, clause)]
            if not bearing:
                return Verdict(f"not borne out by what it cites: {clause}")
            borne += best(bearing, clause)
        cited = tuple(n for n in known if any(n in unit.numbers for unit in borne))
        reason = self._missing(text, borne, cited)
        return Verdict(reason) if reason else Verdict("", tuple(self._quotes(text, cited, borne)))

    def _units(self, known: tuple[int, ...], quoted: tuple[str, ...]) -> tuple[Unit, ...]:
        found = [unit for number in known for unit in read_units(self.grounds[number].stretch, quoted)]
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
        dated, years = days(everything), {figure.value for figure in figures(everything)}
        for day in days(text):
            if not any(day.agrees(other) for other in dated):
                return f"gives a date that its citations do not: {text[day.start : day.end]}"
        unknown = _unknown_name(text, everything, [folded(self.grounds[number].text) for number in cited])
        if unknown:
            return f"names what its citations do not: {unknown}"
        for figure in figures(text):
            if is_year(figure.value) and figure.value not in years:
                return f"gives a year that its citations do not: {figure.value}"
        wanted = content_stems(text) - {stem(name.text) for name in names(text)}
        lacking = wanted - content_stems(everything)
        if wanted and 1 - len(lacking) / len(wanted) < SENTENCE_SHARE:
            return f"says more than its citations do: {', '.join(sorted(lacking))}"
        return ""

    def _quotes(self, sentence: str, cited: tuple[int, ...], borne: list[Unit]) -> Iterator[Citation]:
        """For each number the draft's quote where it says as much as the bearing sentence does, else that sentence."""
        for number in cited:
            ground = self.grounds[number]
            own = ground.citation
            found: dict[tuple[int, int], Citation] = {}
            for unit in borne:
                if number not in unit.numbers:
                    continue
                quote = own
                if unit.span and not (ground.drafted and _says_as_much(own, unit, sentence)):
                    text = Span(unit.span.start - ground.start, unit.span.end - ground.start).of(ground.text)
                    quote = replace(own, quote=text, start=unit.span.start, end=unit.span.end)
                found[quote.start, quote.end] = quote
            yield from found.values()


_LINK = re.compile(r"https?:|www\.|\]\(|<[/a-z!]|!\[", re.IGNORECASE)


def _says_as_much(own: Citation, unit: Unit, sentence: str) -> bool:
    """True where the draft's quote, which lies in or around the unit, lacks nothing of what the sentence takes from
    the unit; whose words they are may stand beside the quote."""
    if not unit.span or not unit.span.overlaps(Span(own.start, own.end)):
        return unit.span is None
    quote, said = folded(own.quote), content_stems(unit.text)
    who = content_stems(unit.extra) | {stem(word.text) for word in names(unit.text)}
    taken = (content_stems(sentence) & said) - who
    numbers = {figure.value for figure in counts(sentence)} & {figure.value for figure in figures(unit.text)}
    return taken <= content_stems(quote) and numbers <= {figure.value for figure in figures(quote)}


def _unknown_name(sentence: str, evidence: str, shown: Sequence[str]) -> str:
    """The first name of a sentence that the evidence lacks, empty for none. "Ann" of "Ann Lee" is known where the
    evidence has "Lee" and the text shown around it has "Ann Lee"."""
    held, initials = {bare(word.text) for word in words(evidence)}, _initials(evidence)
    found = names(sentence)
    known = [any(same_name(bare(name.text), other) for other in held) or name.text in initials for name in found]
    for at, name in enumerate(found):
        if known[at]:
            continue
        full = [
            sentence[found[first].start : found[first + 1].start] + found[first + 1].text.removesuffix("'s")
            for first in (at - 1, at)
            if 0 <= first < len(found) - 1 and (known[first] or known[first + 1])
        ]
        if not any(pair in text for pair in full if len(pair.split()) == 2 for text in shown):
            return name.text
    return ""


def _initials(text: str) -> set[str]:
    """Acronyms that runs of capitalised words in the text would make."""
    runs = re.findall(r"(?:[A-Z][\w'-]+(?:\s+(?:of|for|the|and|de|del)\s+|\s+)?){2,}", text)
    return {"".join(word[0] for word in re.findall(r"[A-Z][\w'-]+", run)) for run in runs}


def _metadata(citation: Citation) -> str:
    day = spelt(citation.published) if citation.published else ""
    return folded(" ; ".join(part for part in (citation.publisher, citation.title, day) if part))
