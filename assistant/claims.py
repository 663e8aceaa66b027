"""Claim: one proposition that statements in several articles are about; and which statements those are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.terms import tidy
from index.article import Article
from index.corpus import Corpus
from index.dates import DateMention
from index.names import fold, short_of
from index.spans import Span, paragraphs, sentences
from index.statements import Statement


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition, and the statements that are about it."""

    text: str
    """The claim in words: the question's topic, or the content of the statement that puts it best."""
    statements: tuple[Statement, ...]
    """Every statement about it, bearing it out or denying it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a statement's content: what is compared with a question."""

    statement: Statement
    """The statement it is of."""
    article: Article
    """The article it stands in."""
    span: Span
    """The sentence's part that is content."""
    text: str
    """Its words, and those that it points back to."""
    own_text: str
    """Its words alone."""
    paragraph: str
    """The paragraph that it stands in: what its "it" and "they" mean is mostly told there."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit with how well it speaks of a question's topic."""

    unit: Unit
    """The unit."""
    score: float
    """0 to 1, coverage and cosine together."""
    coverage: float
    """0 to 1: the share of the topic's terms, by weight, that the unit or its article has."""
    cosine: float
    """Cosine of unit and topic."""
    terms: dict[str, float]
    """Each term's best match in the unit itself, 0 to 1."""
    core: float
    """0 to 1: how much of the topic's main words, names and circumstances aside, the unit itself has."""
    at_home: float = 1.0
    """0 to 1: the share of the question's names, by weight, that the article has."""
    nearness: float = 0.0
    """Cosine of the unit and the whole question, framing words and all."""
    surroundings: float = 0.0
    """Cosine of the unit's paragraph and the whole question."""
    granted: float = 0.0
    """Probability that the unit bears out what the question names or takes for granted."""
    defied: float = 0.0
    """Probability that it denies that."""
    reports: float = 0.0
    """Probability, all signs weighed, that it reports the claim in question or answers the question."""
    denies: float = 0.0
    """Probability, all signs weighed, that it denies the claim."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A unit with the time that it gives."""

    match: Match
    """The unit."""
    mentions: tuple[DateMention, ...]
    """Its dates, spans in the unit's own text; empty where it has a time of day alone."""
    score: float
    """0 to 1: how well it, or what stands before it, speaks of what is asked."""


def units_of(articles: Sequence[Article], corpus: Corpus) -> tuple[Unit, ...]:
    """Every statement of some articles, a unit a sentence of its content."""
    return tuple(unit for article in articles for unit in _of_article(article, corpus.statements(article.id)))


def _of_article(article: Article, statements: Sequence[Statement]) -> Iterator[Unit]:
    blocks = paragraphs(article.text)
    starts = [block.start for block in blocks]
    told: dict[Span, str] = {}  # each paragraph's words, made once for all its units
    for statement in statements:
        about = " ".join(span.of(article.text) for span in statement.about_spans)
        for span in statement.content_spans:
            for inner in sentences(span.of(article.text)) or (Span(0, len(span)),):
                part = Span(span.start + inner.start, span.start + inner.end)
                own = tidy(part.of(article.text))
                if not own or _DATELINE.match(own):
                    continue
                at = bisect_right(starts, part.start) - 1
                block = blocks[at] if at >= 0 and part.start < blocks[at].end else part
                if block not in told:
                    told[block] = tidy(block.of(article.text))
                yield Unit(statement, article, part, _meant(own, about), own, told[block])


_DATELINE = re.compile(r"^[A-Z][A-Z'’. -]{2,30},?\s\w{3,9}\.?\s\d{1,2}\W*$")
"""A line such as "TOLMA, November 17.", which states nothing."""
_POINTER = re.compile(r"^\W*(?:it|this|that|them|these|those|both|all)\b", re.IGNORECASE)


def _meant(own: str, about: str) -> str:
    """A content with what it points back to; where it is no more than a pointer ("it on Wednesday"), that alone."""
    if not about:
        return own
    return tidy(about) if _POINTER.match(own) else tidy(f"{own} {about}")


def same_party(one: str, other: str) -> bool:
    """True where two names, in articles on one story, stand for one party."""
    return fold(one) == fold(other) or short_of(one, other) or short_of(other, one)
