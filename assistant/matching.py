"""How well a stretch of text speaks of a topic: words alike in form or in meaning, and whole sentences alike.

Word by word, each term of the topic takes its best match in the text (late interaction, as in ColBERT, with one vector
a word); rare terms weigh more. Beside it stands the cosine of the whole. Both come from the index's own embedder.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.terms import content_words, stem
from index.names import fold
from index.numbers import find_numbers

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

WORD_FLOOR = 0.42
"""Cosine of two single words below which they share no meaning: the 190 pairs of twenty
unrelated English nouns had a median of .24, nine in ten lay between .10 and .37, the highest was .52."""
WORD_SPAN = 0.38
"""Cosine above the floor at which two words count as one: "inmates" and "prisoners" have .85, "injured" and "hurt"
.66; "siren" and "horn" (.48) and "talks" and "negotiations" (.50) are hardly joined."""
SPELLING = 87
"""Similarity (0 to 100) from which two rare words are one misspelt: "haverton" and "halverton" have 94."""


@lru_cache(maxsize=10_000)
def as_digits(word: str) -> str:
    """A worded number in digits ("thirty" gives "30"); any other word as it is."""
    found = find_numbers(word)
    return str(int(found[0].value)) if found and found[0].value == int(found[0].value) else word


@dataclass
class Words:
    """Vectors of single words, each computed once."""

    embed: Embed
    vectors: dict[str, Vectors] = field(default_factory=dict)
    _known: dict[tuple[str, str], float] = field(default_factory=dict)

    def load(self, words: Iterable[str]) -> None:
        """Computes the vectors of words that are not known yet, in one batch."""
        missing = sorted({word for word in words if word not in self.vectors and not word.isdigit()})
        if missing:
            for word, vector in zip(missing, self.embed(missing), strict=True):
                self.vectors[word] = vector

    def alike(self, one: str, other: str) -> float:
        """0 to 1: one for the same stem, or the same number; less for a spelling or a meaning nearby."""
        held = self._known.get((one, other))
        if held is not None:
            return held
        if len(self._known) > 500_000:
            self._known.clear()
        found = self._compared(one, other)
        if found is None:  # nothing to keep: the words may be loaded later
            return 0.0
        self._known[one, other] = found
        return found

    def _compared(self, one: str, other: str) -> float | None:
        """As `alike`; None where a word's vector is not known."""
        if one == other or stem(one) == stem(other):
            return 1.0
        if one.isdigit() or other.isdigit():
            return float(as_digits(one) == as_digits(other))
        if len(one) > 3 and len(other) > 3 and one[0] == other[0] and _misspelt(one, other):
            return 0.95
        a, b = self.vectors.get(one), self.vectors.get(other)
        if a is None or b is None:
            return None
        return min(1.0, max(0.0, (float(a @ b) - WORD_FLOOR) / WORD_SPAN)) * 0.9


def _misspelt(one: str, other: str) -> bool:
    return bool(
        fuzz.ratio(one, other) >= SPELLING or (min(len(one), len(other)) > 4 and Levenshtein.distance(one, other) == 1)
    )


def tokens(text: str) -> tuple[str, ...]:
    """Content words of a text, with worded numbers as digits too ("thirty" gives 30)."""
    words = list(content_words(text))
    for number in find_numbers(text):
        words.append(
            str(int(number.value)) if number.value == int(number.value) else str(number.value).replace(".", " ")
        )
    return tuple(dict.fromkeys(words))


def weights(terms: Sequence[str], documents: Sequence[Set[str]]) -> dict[str, float]:
    """Inverse document frequency of each term's stem over the documents, from about 0.3 up."""
    wanted = frozenset(map(stem, terms))
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(wanted & document)
    total = max(1, len(documents))
    return {term: 0.35 + math.log((total + 1) / (counts[stem(term)] + 0.7)) for term in terms}


class Likeness:
    """How like each of some terms is to each word of a vocabulary, computed in one go."""

    def __init__(self, terms: Sequence[str], words: Words, vocabulary: Collection[str]) -> None:
        self._terms = tuple(terms)
        self._stems = [stem(term) for term in terms]
        self._words = words
        self._columns: dict[str, int] = {}
        self._table: NDArray[np.float32] = np.zeros((len(terms), 0), np.float32)
        self._spelt: dict[str, NDArray[np.float32] | None] = {}
        self._numbers = any(term.isdigit() for term in terms)
        self._letters = {term[:1] for term in terms}
        known = [word for word in dict.fromkeys(vocabulary) if word in words.vectors or word.isdigit()]
        self._columns = {word: column for column, word in enumerate(known)}
        self._table = self._compared(known)

    def _compared(self, known: Sequence[str]) -> NDArray[np.float32]:
        rows = [term for term in self._terms if term in self._words.vectors]
        columns = [word for word in known if word in self._words.vectors]
        table = np.zeros((len(self._terms), len(known)), np.float32)
        if rows and columns:
            left = np.stack([self._words.vectors[term] for term in rows])
            right = np.stack([self._words.vectors[word] for word in columns])
            near = np.clip((left @ right.T - WORD_FLOOR) / WORD_SPAN, 0.0, 1.0) * 0.9
            at = [self._columns[word] for word in columns]
            for row, term in enumerate(self._terms):
                if term in self._words.vectors:
                    table[row, at] = near[rows.index(term)]
        for word, column in self._columns.items():
            form = self._by_form(word)
            if form is not None:
                table[:, column] = np.maximum(table[:, column], form)
        return table

    def _by_form(self, word: str) -> NDArray[np.float32] | None:
        """Likeness by stem, number or spelling alone; None where there is none, as for most words."""
        if word not in self._spelt:
            self._spelt[word] = self._form(word) if self._may_be_like(word) else None
        return self._spelt[word]

    def _may_be_like(self, word: str) -> bool:
        """False for most words, without a look at each term: no stem or first letter is equal, none is a number."""
        return self._numbers or word[:1] in self._letters or word.isdigit() or stem(word) in self._stems

    def _form(self, word: str) -> NDArray[np.float32] | None:
        root, number = stem(word), as_digits(word) if word.isdigit() or self._numbers else ""
        row = [
            1.0
            if term == word or term_stem == root
            else float(as_digits(term) == number)
            if term.isdigit() or word.isdigit()
            else 0.95
            if len(term) > 3 and len(word) > 3 and term[0] == word[0] and _misspelt(term, word)
            else 0.0
            for term, term_stem in zip(self._terms, self._stems, strict=True)
        ]
        return np.array(row, np.float32) if any(row) else None

    def best(self, text_words: Sequence[str]) -> dict[str, float]:
        """Each term's best match (0 to 1) among some words; words outside the vocabulary match by form alone."""
        if not text_words or not self._terms:
            return dict.fromkeys(self._terms, 0.0)
        inside = [column for column in map(self._columns.get, text_words) if column is not None]
        best = np.zeros(len(self._terms), np.float32)
        if inside:
            best = np.maximum(best, self._table[:, inside].max(axis=1))
        for word in text_words:
            form = None if word in self._columns else self._by_form(word)
            if form is not None:
                best = np.maximum(best, form)
        return dict(zip(self._terms, best.tolist(), strict=True))


def mentions(text: str, name: str) -> bool:
    """True where a folded name stands in a folded text as whole words."""
    return f" {fold(name)} " in f" {fold(text)} "
