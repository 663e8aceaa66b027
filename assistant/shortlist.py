"""Shortlist: of the many units of the articles found, those that are worth embedding.

Forty passages of long articles bring a thousand units and more, and to embed all of them and their paragraphs takes
seconds. What a passage's stored vector, the shared words and the vectors of word pieces tell needs no network.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.terms import stem, stems_of

if TYPE_CHECKING:
    from assistant.claims import Unit
    from index.corpus import Corpus

ENOUGH = 240
"""Up to so many units all are kept."""
KEPT = 100
"""Units kept of more. Twenty-six questions on 12,537 real articles (some 1,300 units each) were answered with and
without a shortlist. With 100 (80, 120), 16 (12, 16) answers had the same words and 20 (19, 20) the same first sentence;
none abstained that did not without, and .66 (.59, .68) of the citations were the same. A shortlist of 80 by passages
and shared words alone had 7, 18 and .56."""
BESIDE, IN_TITLE, ELSEWHERE = 0.7, 0.6, 0.4
"""What a term counts that stands in the unit's paragraph, its headline or another unit's paragraph in its article."""
WORDS = 0.6
"""What the share of terms found counts, as in a match's score."""
ROUGH, PASSAGE = 0.46, 0.25
"""What the cosines of the unit's word pieces and of its passage count: they were fitted (least squares) to the cosine
of the unit itself, which counts .67 for each 1 in a match's score."""
PASSAGE_ALONE = 0.43
"""The passage's where there are no rough cosines."""


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
    scores = WORDS * _covered(terms, units)
    rough = corpus.rough_cosines([topic], [unit.text for unit in units])
    scores += (PASSAGE_ALONE if rough is None else PASSAGE) * _of_passages(topic, units, corpus)
    if rough is not None:
        scores += ROUGH * rough[:, 0]
    return [units[row] for row in sorted(np.argsort(-scores, kind="stable")[:KEPT])]


def _covered(terms: dict[str, float], units: Sequence[Unit]) -> NDArray[np.float64]:
    """The share (0 to 1) of the terms, by weight, that each unit or what is around it has, by equal stems."""
    stems = [stem(term) for term in terms]
    weights = np.array(list(terms.values())) / (sum(terms.values()) or 1.0)
    texts = [(unit.text, unit.paragraph, unit.article.title) for unit in units]
    rows = {text: row for row, text in enumerate(dict.fromkeys(text for some in texts for text in some))}
    held = np.array([[one in there for one in stems] for there in map(stems_of, rows)], np.float64)
    own, beside, title = (held[[rows[some[part]] for some in texts]] for part in range(3))
    homes = {id: row for row, id in enumerate(dict.fromkeys(unit.article.id for unit in units))}
    home = [homes[unit.article.id] for unit in units]
    anywhere = np.zeros((len(homes), len(stems)))
    np.maximum.at(anywhere, home, beside)
    best = np.maximum.reduce([own, BESIDE * beside, IN_TITLE * title, ELSEWHERE * anywhere[home]])
    found: NDArray[np.float64] = best @ weights
    return found


def _of_passages(topic: str, units: Sequence[Unit], corpus: Corpus) -> NDArray[np.float64]:
    """The cosine of each unit's passage and the topic; 0 where it is not known."""
    near = corpus.cosines(topic, {unit.article.id for unit in units})
    starts = {id: [span.start for span, _ in own] for id, own in near.items()}
    found = np.zeros(len(units))
    for row, unit in enumerate(units):
        own = near.get(unit.article.id)
        if own:
            found[row] = own[max(bisect_right(starts[unit.article.id], unit.span.start) - 1, 0)][1]
    return found
