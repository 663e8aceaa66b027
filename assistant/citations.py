"""Citation: a verbatim quote from an article, and the check that it is one."""

from __future__ import annotations

from dataclasses import dataclass

from index.article import Article
from index.dates import PartialDate
from index.spans import Span


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
