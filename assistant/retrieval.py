"""Retrieval: dense and keyword search fused, read line by line, as numbered Evidence and as a LangChain retriever.

Which step is worth what: docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.evidence import Evidence
from assistant.hints import Hints, read_hints
from assistant.lines import Lines, best_line
from assistant.question import Filters, Question
from index.article import Article
from index.corpus import Corpus
from index.passages import Passage
from index.search import Found


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much each sign counts, and how the list is spread. Chosen in a trial on the dev half of MultiHop-RAG, of
    which no part was kept out of the choice (docs/retrieval.md); the first four are shares of the best."""

    keyword: float = 0.5
    """BM25 of the passage and its headline."""
    line: float = 1.0
    """BM25 of the passage's best sentence for the whole question."""
    part: float = 0.5
    """BM25 of the passage's best sentence for any one part of the question."""
    dense: float = 0.3
    """Cosine of the passage's vector."""
    published: float = 0.6
    """Added where the article is of a date that the question names."""
    named: float = 2.0
    """Added where the question names the article's publisher."""
    pool: int = 60
    """Passages taken from each search."""
    repeats: int = 4
    """Passages of one article in the list before those of others come first."""
    turns: int = 5
    """Places that a passage falls for each better one of the same publisher, where the question names several."""


RECIPE = Recipe()
"""What `retrieve` uses."""


@dataclass
class _Candidate:
    """One passage in the running."""

    passage: Passage
    """The passage."""
    article: Article
    """Its article."""
    signs: dict[str, float] = field(default_factory=dict)
    """What each search and reading gives it, by the names of the recipe's fields."""
    line: str = ""
    """Its best sentence."""
    score: float = 0.0
    """All together."""


def retrieve(
    corpus: Corpus, question: Question, limit: int = 10, filters: Filters | None = None, recipe: Recipe = RECIPE
) -> tuple[Evidence, ...]:
    """The passages that speak most to a question, best first.

    Outlets that the question names are searched by themselves, beside all, and come first; so do articles of a date
    that it names. Every passage found is then read sentence by sentence, for the whole question and for its parts.

    Args:
        corpus: the open index.
        question: parsed.
        limit: how many passages at most.
        filters: which articles may be used; None for all.
        recipe: how much each sign counts.
    """
    ids: tuple[str, ...] | None = None
    if filters:
        ids = corpus.article_ids(filters.publishers, filters.since, filters.until)
        if not ids:
            return ()
    hints = read_hints(question.search_text, question.dates, corpus.publisher_names(), corpus.words)
    candidates = _found(corpus, question, hints, ids, recipe)
    _read(corpus, hints, candidates)
    _weigh(hints, candidates, recipe)
    ranked = sorted(candidates, key=lambda one: (-one.score, one.passage.id))
    chosen = _spread(ranked, hints.publishers, limit, recipe)
    return tuple(
        evidence(corpus, number, one.passage, one.article, one.score) for number, one in enumerate(chosen, start=1)
    )


def _found(
    corpus: Corpus, question: Question, hints: Hints, ids: Collection[str] | None, recipe: Recipe
) -> list[_Candidate]:
    """What the searches find among all articles and, by itself, among those of the outlets that are named."""
    query = question.search_text
    bare = " ".join(hints.words)
    named = _of_publishers(corpus, hints.publishers, ids) if hints.publishers and recipe.named else None
    searches: list[tuple[str, Sequence[Found]]] = [("keyword", corpus.keyword(bare or query, recipe.pool, ids))]
    if named:
        searches.append(("keyword", corpus.keyword(bare or query, recipe.pool, named)))
    searches.append(("dense", corpus.dense(query, recipe.pool, named or ids)))
    passages = {hit.passage.id: hit.passage for _, hits in searches for hit in hits}
    articles = {one.id: one for one in corpus.articles({passage.article_id for passage in passages.values()})}
    made = {
        id: _Candidate(passage, articles[passage.article_id])
        for id, passage in passages.items()
        if passage.article_id in articles
    }
    for sign, hits in searches:
        for hit in hits:
            if hit.passage.id in made:
                made[hit.passage.id].signs[sign] = hit.score
    return list(made.values())


def _of_publishers(corpus: Corpus, publishers: Sequence[str], ids: Collection[str] | None) -> tuple[str, ...]:
    """Ids of these publishers' articles, among those allowed; empty where there is none."""
    own = corpus.article_ids(publishers)
    allowed = None if ids is None else set(ids)
    return tuple(id for id in own if allowed is None or id in allowed)


def _read(corpus: Corpus, hints: Hints, candidates: Sequence[_Candidate]) -> None:
    """Reads each passage sentence by sentence."""
    rarity = corpus.rarity(hints.words)
    parts = [{word: rarity[word] for word in part if word in rarity} for part in hints.parts]
    lines = [Lines.of(one.passage.text, corpus.words) for one in candidates]
    lengths = [line.total() for some in lines for line in some.words]
    mean = max(1.0, float(np.mean(lengths))) if lengths else 1.0
    for one, some in zip(candidates, lines, strict=True):
        at, whole, part = best_line(some, rarity, parts, mean)
        one.signs["line"], one.signs["part"] = whole, part
        one.line = some.texts[at] if some.texts else one.passage.text


def _weigh(hints: Hints, candidates: Sequence[_Candidate], recipe: Recipe) -> None:
    """Adds up the signs of each passage, each as a share of the best."""
    tops: Mapping[str, float] = {
        sign: max((one.signs.get(sign, 0.0) for one in candidates), default=0.0) or 1.0
        for sign in ("keyword", "line", "part", "dense")
    }
    named = set(hints.publishers)
    for one in candidates:
        one.score = sum(getattr(recipe, sign) * max(0.0, one.signs.get(sign, 0.0)) / top for sign, top in tops.items())
        one.score += recipe.named * (one.article.publisher in named)
        published = one.article.published
        if published and published.month and any(date.agrees(published) for date in hints.dates):
            one.score += recipe.published


def _spread(ranked: Sequence[_Candidate], named: Sequence[str], limit: int, recipe: Recipe) -> list[_Candidate]:
    """The first of a ranked list, with turns for the outlets that are named, few passages of one article, and none
    whose best sentence stands in the list already (reprints) before all others are in."""
    rest = list(ranked)
    later: list[_Candidate] = []
    chosen: list[_Candidate] = []
    taken: dict[str, int] = {}
    turns: dict[str, int] = {}
    told: set[str] = set()
    several = len(named) > 1
    while rest and len(chosen) < limit:
        at = 0
        if several:
            cost = [place + recipe.turns * turns.get(one.article.publisher, 0) for place, one in enumerate(rest)]
            at = int(np.argmin(cost))
        one = rest.pop(at)
        line = " ".join(one.line.split()).casefold()
        if taken.get(one.article.id, 0) >= recipe.repeats or line in told:
            later.append(one)
            continue
        taken[one.article.id] = taken.get(one.article.id, 0) + 1
        turns[one.article.publisher] = turns.get(one.article.publisher, 0) + 1
        told.add(line)
        chosen.append(one)
    return (chosen + later + rest)[:limit]


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
