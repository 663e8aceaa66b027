"""From an article to all that the index stores of it: passages, vectors, statements, signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.embedder import Embedder
from index.errors import ReadError
from index.passages import HEADER_TOKENS, Passage, header, split_passages
from index.statements import Statement
from index.tagger import load_tagger

RULES = "rules"
"""The tagger that needs no model."""


class Finder(Protocol):
    """Finds articles that may be copies of another (see index.copies.CopyFinder)."""

    def candidates(self, signature: bytes) -> tuple[str, ...]:
        """Ids of the articles added that may be copies."""
        ...

    def add(self, article_id: str, signature: bytes) -> None:
        """Makes an article known, or puts its signature in place of its old one."""
        ...


@dataclass(frozen=True, slots=True)
class Stages:
    """The steps between reading and storing that other modules do."""

    statements: Callable[[Article], tuple[Statement, ...]]
    """Reads what an article attributes."""
    signature: Callable[[Article], bytes]
    """Bytes by which copies are found."""
    finder: Callable[[Iterable[tuple[str, bytes]]], Finder]
    """Makes a finder that knows articles by id and signature."""
    is_copy: Callable[[Article, Article], bool]
    """Whether two articles carry one text, by comparing the texts."""


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article with all that is stored of it."""

    article: Article
    """As readers will see it."""
    passages: tuple[Passage, ...]
    """In text order; never empty."""
    vectors: NDArray[np.float32]
    """One of length 1 for each passage, shape (len(passages), dimensions)."""
    statements: tuple[Statement, ...]
    """What it attributes; may be empty."""
    signature: bytes
    """Finds its copies."""
    copies: tuple[str, ...] = ()
    """Ids of articles that are copies or near copies of it, among those stored or stored together with it."""


def default_stages(tagger: str = RULES) -> Stages:
    """The stages of the product, with the tagger of that name.

    Raises:
        SettingsError: there is no such tagger.
    """
    from index.attribution import read_statements
    from index.copies import CopyFinder, is_copy, signature

    used = load_tagger(tagger)
    return Stages(lambda article: read_statements(article, used), signature, CopyFinder, is_copy)


def embedded_text(article: Article, passage: Passage, count_tokens: Callable[[str], int]) -> str:
    """What is embedded of a passage: publisher, date and title in front of its words, cut to their room."""
    words = header(article).split()
    while words and count_tokens(" ".join(words)) >= HEADER_TOKENS:
        words.pop()
    front = " ".join(words)
    return f"{front}\n{passage.text}" if front else passage.text


def split(article: Article, embedder: Embedder) -> tuple[Passage, ...]:
    """An article's passages.

    Raises:
        ReadError: it holds no text.
    """
    passages = split_passages(article, embedder.count_tokens, embedder.max_tokens)
    if not passages:
        raise ReadError(f"{article.id} holds no text")
    return passages


def prepare(articles: Sequence[Article], embedder: Embedder, stages: Stages) -> tuple[PreparedArticle, ...]:
    """Everything but the copies, for some articles at once: their passages are embedded together.

    Raises:
        ReadError: an article holds no text.
    """
    passages = [split(article, embedder) for article in articles]
    texts = [
        embedded_text(article, passage, embedder.count_tokens)
        for article, own in zip(articles, passages, strict=True)
        for passage in own
    ]
    vectors: Any = embedder.encode(texts)
    made, at = [], 0
    for article, own in zip(articles, passages, strict=True):
        part = vectors[at : at + len(own)]
        at += len(own)
        made.append(PreparedArticle(article, own, part, stages.statements(article), stages.signature(article)))
    return tuple(made)
