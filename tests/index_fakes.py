"""Fakes at the seams of the index: articles, stages that need no other module, an embedder that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.corpus import Corpus
from index.embedder import HashingEmbedder
from index.ingest import IngestReport, ingest_items
from index.prepare import Stages
from index.spans import sentences
from index.statements import Source, SourceKind, Stance, Statement


def make(id: str, text: str = "", path: str = "", **known: str) -> Article:
    """An article with some words of its own."""
    from dataclasses import replace

    article = Article.from_text(text or f"The harbour master spoke of {id}. Nobody else did.", id=id, **known)
    return replace(article, path=path or f"/nowhere/{id}.txt")


class CountingEmbedder(HashingEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        return super().encode(texts)


def one_statement_a_sentence(article: Article) -> tuple[Statement, ...]:
    """Each sentence, said by the publisher."""
    if "unreadable" in article.text:
        raise ValueError("no statements here")
    source = Source(article.publisher, SourceKind.OUTLET)
    return tuple(
        Statement(
            f"{article.id}@{span.start}", article.id, None, None, (span,), source, Stance.ASSERTS, (),
            article.published, None,
        )
        for span in sentences(article.text)
    )  # fmt: skip


class EveryArticle:
    """A finder to which all articles are candidates."""

    def __init__(self, known: Iterable[tuple[str, bytes]]) -> None:
        self.known = dict(known)

    def candidates(self, signature: bytes) -> tuple[str, ...]:
        return tuple(self.known)

    def add(self, article_id: str, signature: bytes) -> None:
        self.known[article_id] = signature


STAGES = Stages(
    statements=one_statement_a_sentence,
    signature=lambda article: article.text.encode()[:8],
    finder=EveryArticle,
    is_copy=lambda one, other: one.text == other.text,
)


def take(corpus: Corpus, *items: object) -> IngestReport:
    """Ingests articles (and failures) with the fake stages."""
    return ingest_items(corpus, items, STAGES)  # type: ignore[arg-type]
