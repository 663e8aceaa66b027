"""Search: passages by vector and by words, kept to what the catalogue says is current."""

from __future__ import annotations

import json
import logging
import math
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexUnusable
from index.exact import Exact
from index.keywords import KeywordsBroken
from index.passages import Passage
from index.spans import Span
from index.stores import Stores
from index.vectors import Vectors, VectorsBroken

_DONE = "FROM passages p JOIN articles a ON a.key = p.article WHERE a.state = 'done'"
_AMONG = "IN (SELECT value FROM json_each(?))"
_MOST = 2000
"""Neighbours asked of Chroma at most; where a filter leaves too few of them, all vectors are compared."""
_FEW = 5000
"""Vectors that are fetched from the catalogue and compared with the query in about 50 ms."""


@dataclass(frozen=True, slots=True)
class Found:
    """One passage that a search found."""

    passage: Passage
    """The passage."""
    score: float
    """Cosine (-1 to 1) of a dense search, BM25 (0 and up) of a keyword search; higher is better."""


class Search:
    """Both searches over one index's stores. Sees what is committed at the moment of asking."""

    exact_up_to = 300_000
    """Where no more passages than this are in question, the query is compared with each, over the flat file. Beyond,
    Chroma's graph answers. Without the flat file, the graph answers from _FEW on."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._guard = threading.RLock()
        self._exact = Exact(stores)
        self._graph: Vectors | None = None
        self._covered = 0

    def close(self) -> None:
        """Lets the graph go."""
        if self._graph:
            self._graph.close()
            self._graph = None

    def nearest(self, query: NDArray[np.float32], limit: int, ids: Collection[str] | None) -> tuple[Found, ...]:
        """Passages nearest to a unit vector, of the articles with these ids or (None) of all, best first."""
        among = self._exact.among(ids)
        if among and among.count <= self.exact_up_to:
            return self._made(among.rows.nearest(query, limit, among.chosen))
        most = self.exact_up_to if among else min(self.exact_up_to, _FEW)
        catalogue = self._stores.catalogue
        total = catalogue.number(f"SELECT count(*) {_DONE}")
        condition, values = ("1", []) if ids is None else (f"a.id {_AMONG}", [json.dumps(list(ids))])
        allowed = total if ids is None else catalogue.number(f"SELECT count(*) {_DONE} AND {condition}", *values)
        if allowed > most:
            asked = math.ceil(limit * 2 * total / allowed) + 20
            keys = self._neighbours(query, min(asked, _MOST))
            found = self._ranked(query, limit, f"p.key {_AMONG} AND {condition}", json.dumps(keys), *values)
            if len(found) == limit:
                return found
        return self._ranked(query, limit, condition, *values)

    def cosines(self, query: NDArray[np.float32], ids: Collection[str]) -> dict[str, tuple[tuple[Span, float], ...]]:
        """Every passage's span and cosine with a unit vector, by the ids of these articles."""
        among = self._exact.among(ids)
        if among:
            scores = dict(among.rows.nearest(query, among.count, among.chosen))
        else:
            condition, values = f"a.id {_AMONG}", json.dumps(list(ids))
            scores = {
                key: float(score)
                for keys, vectors in self._stores.catalogue.vectors(condition, values)
                for key, score in zip(keys, vectors @ query, strict=True)
            }
        found: dict[str, list[tuple[Span, float]]] = {}
        for id, key, start, end in self._stores.catalogue.passage_spans(ids):
            if key in scores:  # it may have been replaced between the two queries
                found.setdefault(id, []).append((Span(start, end), scores[key]))
        return {id: tuple(own) for id, own in found.items()}

    def _ranked(self, query: NDArray[np.float32], limit: int, condition: str, *values: str) -> tuple[Found, ...]:
        """The best among the passages that meet an SQL condition, each compared with the query."""
        keys: list[int] = []
        scores: list[NDArray[np.float32]] = []
        for some, vectors in self._stores.catalogue.vectors(condition, *values):
            keys.extend(some)
            scores.append(vectors @ query)
        if not keys:
            return ()
        every = np.concatenate(scores)
        order = np.lexsort((np.array(keys), -every))[:limit]
        return self._made((keys[row], float(every[row])) for row in order)

    def _made(self, hits: Iterable[tuple[int, float]]) -> tuple[Found, ...]:
        scored = list(hits)
        passages = self._stores.catalogue.passages_by_key([key for key, _ in scored])
        return tuple(Found(passages[key], score) for key, score in scored if key in passages)

    def _neighbours(self, query: NDArray[np.float32], limit: int) -> list[int]:
        """Keys of near passages by Chroma, and of all that came after it was opened; none where it cannot be read."""
        try:
            graph = self._opened()
            near = graph.nearest(query, limit)
        except VectorsBroken as error:
            logging.getLogger(__name__).warning(
                "The vectors cannot be read (%s): searching is slower. Run: corroborate repair", error
            )
            with self._guard:
                self._graph = None
            return []
        later = self._stores.catalogue.rows("SELECT key FROM passages WHERE key > ?", self._covered)
        return near + [row[0] for row in later]

    def _opened(self) -> Vectors:
        catalogue = self._stores.catalogue
        with self._guard:
            folder = self._stores.path_of("vectors")
            later = catalogue.number("SELECT count(*) FROM passages WHERE key > ?", self._covered)
            if self._graph and self._graph.folder == folder and later <= min(self.exact_up_to, _FEW):
                return self._graph
            self.close()
            if not (folder / "chroma.sqlite3").exists():
                raise VectorsBroken("missing")
            # Keys rise, and a batch is done before the next is pending: all up to here are in Chroma by now.
            covered = catalogue.number(
                "SELECT coalesce((SELECT min(p.key) - 1 FROM passages p JOIN articles a ON a.key = p.article "
                "WHERE a.state = 'pending'), (SELECT max(key) FROM passages))"
            )
            expected = catalogue.number(f"SELECT count(*) {_DONE} AND p.key <= ?", covered)
            graph = Vectors(folder)
            if graph.count() < expected:
                graph.close()
                raise VectorsBroken(f"{graph.count()} of {expected} vectors")
            self._graph, self._covered = graph, covered
            return graph

    def matching(self, query: str, limit: int, ids: Collection[str] | None) -> tuple[Found, ...]:
        """Passages that hold words of the query, of the articles with these ids or (None) of all, best first."""
        articles = None
        if ids is not None:
            articles = self._exact.keys_of(ids)
        asked = limit + 10
        while True:
            try:
                hits = self._stores.keywords.search(query, asked, articles)
            except KeywordsBroken as error:
                raise IndexUnusable(
                    f"The full-text index in {self._stores.folder} cannot be read ({str(error)[:200]}). "
                    "Run: corroborate repair"
                ) from error
            found = self._made(hits)
            if len(found) >= limit or len(hits) < asked:
                return found[:limit]
            asked *= 4  # passages of a batch that is being stored, or of articles just replaced, stood in front
