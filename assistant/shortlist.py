"""Shortlist: of the many units of the articles found, those that are worth embedding.

Forty passages of long articles bring a thousand units and more, and to embed all of them and their paragraphs takes
seconds. What a passage's stored vector and the shared words tell needs no embedding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.terms import stem, stems_of

if TYPE_CHECKING:
    from assistant.claims import Unit
    from index.corpus import Corpus

ENOUGH = 240
"""Up to so many units all are kept."""
KEPT = 80
"""Units kept of more. The four figures here are first choices; no other was tried."""
OWN_WORD = 0.12
"""What a term that the unit shares adds to its passage's cosine."""
NEAR_WORD = 0.05
"""The same for a term that its paragraph has."""


def shortlist(topic: str, terms: dict[str, float], units: Sequence[Unit], corpus: Corpus) -> list[Unit]:
    """The units that may be about a topic, in the order given.

    Args:
        topic: its words.
        terms: its terms with their weights.
        units: of all articles found.
        corpus: knows how near each passage is to the topic.
    """
    if len(units) <= ENOUGH:
        return list(units)
    near = corpus.cosines(topic, {unit.article.id for unit in units})
    starts = {id: [span.start for span, _ in own] for id, own in near.items()}
    mean = sum(terms.values()) / max(1, len(terms)) or 1.0
    stems = {stem(term): weight / mean for term, weight in terms.items()}
    paragraphs = {unit.paragraph for unit in units}
    beside = {text: _shared(stems, text) for text in paragraphs}
    scores = np.zeros(len(units))
    for row, unit in enumerate(units):
        own = near.get(unit.article.id)
        at = bisect_right(starts[unit.article.id], unit.span.start) - 1 if own else 0
        passage = own[max(at, 0)][1] if own else 0.0
        scores[row] = passage + OWN_WORD * _shared(stems, unit.text) + NEAR_WORD * beside[unit.paragraph]
    return [units[row] for row in sorted(np.argsort(-scores, kind="stable")[:KEPT])]


def _shared(stems: dict[str, float], text: str) -> float:
    """The weight of the stems that a text has."""
    there = stems_of(text)
    return sum(weight for one, weight in stems.items() if one in there)
