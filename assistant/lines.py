"""Lines: how well single sentences of a passage meet a question's words.

An article's answer is mostly one sentence. A passage of 200 words that shares many common words with a question beats
the one that says it in a line, unless lines are compared: BM25 over the sentences of the passages found, with the
collection's own word counts, moved the first relevant passage up more than any other step (docs/retrieval.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.spans import sentences

K1, B = 0.8, 0.4
"""BM25's saturation and length correction, for sentences. In a trial, k1 from .4 to 2 and b from .2 to .75 gave MRR@10
of .704 to .716; these gave .716."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The sentences of one passage as the keyword index sees them."""

    texts: tuple[str, ...]
    """As they stand."""
    words: tuple[Counter[str], ...]
    """Analysed words of each, counted."""

    @classmethod
    def of(cls, text: str, analyse: Callable[[str], Sequence[str]]) -> Lines:
        """The sentences of a passage's text; `analyse` gives words as they are indexed."""
        texts = tuple(span.of(text) for span in sentences(text))
        return cls(texts, tuple(Counter(analyse(one)) for one in texts))

    def scores(self, weights: Mapping[str, float], mean_length: float) -> NDArray[np.float32]:
        """BM25 of each sentence for weighted words, shape (sentences,)."""
        return np.array([_bm25(line, weights, mean_length) for line in self.words], dtype=np.float32)


def best_line(
    lines: Lines, whole: Mapping[str, float], parts: Sequence[Mapping[str, float]], mean_length: float
) -> tuple[int, float, float]:
    """The sentence that meets a question best (its place, 0 where there is none), its score, and the best score of any
    sentence for any one part."""
    scores = lines.scores(whole, mean_length)
    if not len(scores):
        return 0, 0.0, 0.0
    best = max((float(lines.scores(part, mean_length).max()) for part in parts), default=0.0)
    return int(scores.argmax()), float(scores.max()), best


def _bm25(line: Counter[str], weights: Mapping[str, float], mean_length: float) -> float:
    norm = K1 * (1 - B + B * sum(line.values()) / mean_length)
    return sum(weight * line[word] * (K1 + 1) / (line[word] + norm) for word, weight in weights.items() if word in line)
