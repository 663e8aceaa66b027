"""Retrieval: dense and keyword search fused, as numbered Evidence and as a LangChain retriever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.evidence import Evidence
from assistant.matching import mentions
from assistant.question import Filters, Question
from index.article import Article
from index.corpus import Corpus
from index.passages import Passage

POOL = 60
"""Passages taken from each of the two searches before they are fused."""
DENSE_WEIGHT = 0.35
"""Share of the dense score; keywords have the rest. No other share was tried."""
NAMED_PUBLISHER = 0.25
"""Added to the score of passages whose publisher the question names."""
REPEATS = 3
"""Passages of one article in the list before those of others come first."""


def retrieve(
    corpus: Corpus, question: Question, limit: int = 10, filters: Filters | None = None
) -> tuple[Evidence, ...]:
    """The passages that speak most to a question, best first.

    Args:
        corpus: the open index.
        question: parsed.
        limit: how many passages at most.
        filters: which articles may be used; None for all.
    """
    ids: tuple[str, ...] | None = None
    if filters:
        ids = corpus.article_ids(filters.publishers, filters.since, filters.until)
        if not ids:
            return ()
    query = question.search_text
    scores: dict[str, float] = {}
    passages: dict[str, Passage] = {}
    for found, share in (
        (corpus.dense(query, POOL, ids), DENSE_WEIGHT),
        (corpus.keyword(query, POOL, ids), 1 - DENSE_WEIGHT),
    ):
        top = max((hit.score for hit in found), default=0.0) or 1.0
        for hit in found:
            passages[hit.passage.id] = hit.passage
            scores[hit.passage.id] = scores.get(hit.passage.id, 0.0) + share * max(0.0, hit.score) / top
    articles = {
        article.id: article for article in corpus.articles({passage.article_id for passage in passages.values()})
    }
    for id, passage in passages.items():
        publisher = articles[passage.article_id].publisher
        if publisher and mentions(question.text, publisher):
            scores[id] += NAMED_PUBLISHER
    ranked = _spread(sorted(passages.values(), key=lambda passage: (-scores[passage.id], passage.id)))[:limit]
    return tuple(
        evidence(corpus, number, passage, articles[passage.article_id], scores[passage.id])
        for number, passage in enumerate(ranked, start=1)
    )


def _spread(ranked: Sequence[Passage]) -> list[Passage]:
    """Keeps the order, but holds back an article's fourth and later passages."""
    counts: dict[str, int] = {}
    first: list[Passage] = []
    later: list[Passage] = []
    for passage in ranked:
        counts[passage.article_id] = counts.get(passage.article_id, 0) + 1
        (first if counts[passage.article_id] <= REPEATS else later).append(passage)
    return first + later


def evidence(corpus: Corpus, number: int, passage: Passage, article: Article, score: float) -> Evidence:
    """One passage with the statements whose content begins in it."""
    statements = tuple(
        statement
        for statement in corpus.statements(article.id)
        if passage.span.start <= statement.content_spans[0].start < passage.span.end
    )
    return Evidence(number, passage, article, statements, score)


class CorpusRetriever(BaseRetriever):
    """The retrieval as LangChain knows it: a question in, documents out; their metadata has article, offsets, score."""

    corpus: Any
    """The open Corpus."""
    limit: int = 10
    """How many documents at most."""

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        from assistant.question import parse_question

        return [
            Document(
                page_content=item.passage.text,
                metadata={
                    "article_id": item.article.id,
                    "publisher": item.article.publisher,
                    "title": item.article.title,
                    "published": str(item.article.published or ""),
                    "url": item.article.url,
                    "start": item.passage.span.start,
                    "end": item.passage.span.end,
                    "score": item.score,
                },
            )
            for item in retrieve(self.corpus, parse_question(query), self.limit)
        ]
