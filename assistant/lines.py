"""Lines: how well single sentences of a passage meet a question's words, and which words tell passages apart.

An article's answer is mostly one sentence. A passage of 200 words that shares many common words with a question beats
the one that says it in a line, unless lines are compared: BM25 over the sentences of the passages found
(docs/retrieval.md has what each step is worth).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.spans import sentences

K1, B = 0.8, 0.4
"""BM25's saturation and length correction, for sentences. In a trial, k1 from .4 to 2 and b from .2 to .75 gave MRR@10
of .704 to .716; these gave .716."""
HELD = 2000
"""Passages whose sentences a `Reader` keeps, about 12 kB each."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The sentences of one passage as the keyword index sees them."""

    texts: tuple[str, ...]
    """As they stand."""
    words: tuple[Counter[str], ...]
    """Analysed words of each, counted."""
    lengths: tuple[int, ...]
    """How many words each has."""
    held: frozenset[str]
    """The words of the passage."""

    @classmethod
    def of(cls, text: str, analyse: Callable[[str], Sequence[str]]) -> Lines:
        """The sentences of a passage's text; `analyse` gives words as they are indexed."""
        texts = tuple(span.of(text) for span in sentences(text))
        words = tuple(Counter(analyse(one)) for one in texts)
        return cls(texts, words, tuple(one.total() for one in words), frozenset().union(*words))

    def scores(self, weights: Mapping[str, float], mean_length: float) -> NDArray[np.float32]:
        """BM25 of each sentence for weighted words, shape (sentences,)."""
        met = [(word, weight) for word, weight in weights.items() if word in self.held]
        found = np.zeros(len(self.texts), dtype=np.float32)
        for row, (line, length) in enumerate(zip(self.words, self.lengths, strict=True)):
            norm = K1 * (1 - B + B * length / mean_length)
            found[row] = sum(
                weight * line[word] * (K1 + 1) / (line[word] + norm) for word, weight in met if word in line
            )
        return found


@dataclass(frozen=True, slots=True)
class Read:
    """How the sentences of a passage meet a question."""

    scores: NDArray[np.float32]
    """Of each sentence for the whole question, shape (sentences,)."""
    part: float
    """The best score of any sentence for any one part of the question; 0 where there is none."""

    @property
    def whole(self) -> float:
        """The best score for the whole question; 0 where there is no sentence."""
        return float(self.scores.max(initial=0.0))

    def best(self, count: int) -> list[int]:
        """The places of the sentences that score highest, best first."""
        return [int(row) for row in np.argsort(-self.scores, kind="stable")[:count]]


def read_lines(
    lines: Lines, whole: Mapping[str, float], parts: Sequence[Mapping[str, float]], mean_length: float
) -> Read:
    """Scores a passage's sentences for a question's weighted words and for those of each of its parts."""
    best = max((float(lines.scores(part, mean_length).max(initial=0.0)) for part in parts), default=0.0)
    return Read(lines.scores(whole, mean_length), best)


def telling(rarity: Mapping[str, float], passages: Sequence[Lines]) -> dict[str, float]:
    """How much each word tells the passages that were found apart: BM25's weight over these alone, and at most its
    weight over the collection.

    What a search finds is all about one thing, and the words for that thing are rare in the collection and in every
    passage found; they say nothing of which passage is the better one. This moved MRR@10 more than any other step
    (docs/retrieval.md).
    """
    count = len(passages)
    many = {word: sum(word in one.held for one in passages) for word in rarity}
    return {
        word: min(weight, math.log(1 + (count - many[word] + 0.5) / (many[word] + 0.5)))
        for word, weight in rarity.items()
    }


class Reader:
    """Keeps the sentences of passages read lately for the next question. For several threads: at worst two of them do
    one thing twice."""

    def __init__(self) -> None:
        self._lines: dict[str, Lines] = {}

    def lines(self, text: str, analyse: Callable[[str], Sequence[str]]) -> Lines:
        """The sentences of a passage's text."""
        found = self._lines.get(text)
        if found is None:
            found = Lines.of(text, analyse)
            if len(self._lines) >= HELD:
                self._lines = {}
            self._lines[text] = found
        return found
