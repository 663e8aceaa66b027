"""Reprints and near copies: signatures that find candidates in a large collection, and the check on two texts."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE = 3
"""Words in a shingle."""
HASHES = 128
"""Numbers in a signature, 32 bits each, little-endian."""
BAND = 2
"""Numbers in a band. Two texts of Jaccard similarity J share one of the 64 bands with probability
1 - (1 - J²)^64: 0.99 at J = 0.27, 0.93 at 0.20, 0.47 at 0.10, 0.006 at 0.01 (two unrelated articles)."""
SEED = 20170912
"""Of the permutations. Signatures of another seed cannot be compared: change it only with the index's schema."""
LEAST_LIKENESS = 0.04
"""Share of equal numbers under which a pair that met in one band by chance is dropped."""

COPY = 0.40
"""Share of the shorter text's shingles that stand in the other, once over the whole text and once outside quotation
marks, from which two articles of different publishers are copies.

Measured on 12,537 US news articles (Article-Bias-Prediction, 2012 to 2020) with `python -m evals.benchmarks.copies`,
which finds 55 pairs of different publishers with a share of 0.10 or more. At 0.40 or above, and spread (below), are 12
pairs (the shared text of about nine was read, the others judged by their profile and titles):
11 carry one wire text or one piece published twice, the twelfth shares two tweets that stand without
quotation marks. Below 0.30 are 36 pairs; those read share quotations, a passage quoted at length, a site's template,
or a few sentences of a wire's background. The average Jaccard similarity of the pairs from 0.30 to 0.70 is a third
or less, so that a usual threshold (0.5 and more) would miss most of them."""
CREDITED_COPY = 0.30
"""The same where one of the two texts credits a wire or the other's publisher: the three spread
pairs between 0.30 and 0.40 that credit one are wire copy under a new lead."""
SAME_PUBLISHER_COPY = 0.50
"""Jaccard similarity from which two texts of one publisher are versions of one text. Below it lie what a site prints
under every article: rosters and appeals alone bring unrelated articles of one publisher to a containment of 0.82
and a Jaccard similarity of 0.47."""
SPREAD = 0.15
"""A fifth of the shorter text counts as shared from this share of its shingles; a copy has at least three such
fifths, the first or the last among them. One long quotation, or a block in the middle, has fewer."""
LEAST_SHARED = 20
"""Shingles that two texts must share: the date and place of one event are no copy of another."""

HELD = 400_000
"""Shingles whose texts are kept while copies are looked for, some 100 bytes each: five hundred long articles, four
thousand short ones."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)", re.MULTILINE)
_CREDIT = re.compile(
    r"\((?:AP|AFP|UPI|Reuters|dpa|EFE|ANSA|TASS)\)"
    r"|\b(?:Associated Press|Reuters|Agence France-Presse)\b[^.\n]{0,60}\bcontributed\b"
)


def signature(article: Article) -> bytes:
    """MinHash over the text's word shingles: 512 bytes, the same on every machine."""
    from datasketch import MinHash

    sketch = MinHash(num_perm=HASHES, hashfunc=zlib.crc32, permutations=_first_sketch().permutations, scheme="affine32")
    sketch.update_batch([shingle.encode() for shingle in set(_shingles(article.text))])
    return bytes(np.asarray(sketch.hashvalues, dtype="<u4").tobytes())


@cache
def _first_sketch() -> Any:
    """Holds the permutations, which take longer to draw than an article takes to hash."""
    from datasketch import MinHash

    return MinHash(num_perm=HASHES, seed=SEED, hashfunc=zlib.crc32, scheme="affine32")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of their wording two texts share."""

    shared: int
    """Shingles that stand in both."""
    jaccard: float
    """Shared shingles among all of both, 0 to 1."""
    containment: float
    """Share of the shorter text's shingles that stand in the other, 0 to 1."""
    outside_quotes: float
    """The same with what stands in quotation marks left out of both; the containment where little else is left."""
    fifths: tuple[float, float, float, float, float]
    """The same for each fifth of the shorter text, in order."""

    @property
    def spread(self) -> bool:
        """True where the shared words run through the shorter text instead of standing in one block."""
        shared = [share >= SPREAD for share in self.fifths]
        return sum(shared) >= 3 and (shared[0] or shared[-1])


@dataclass(frozen=True, slots=True)
class _Wording:
    """A text as it is compared with others. Shingles are kept as Python's 64-bit hashes: a number takes a third of the
    memory of its words."""

    shingles: tuple[int, ...]
    """In order."""
    distinct: frozenset[int]
    """Each once."""
    plain: frozenset[int]
    """Those that stand outside quotation marks."""
    credits: bool
    """True where the text says that it is a wire's."""

    @classmethod
    def of(cls, text: str) -> _Wording:
        """Reads a text."""
        found = tuple(map(hash, _shingles(text)))
        distinct = frozenset(found)
        unquoted = _QUOTED.sub(" ", text)
        plain = distinct if unquoted == text else frozenset(map(hash, _shingles(unquoted)))
        return cls(found, distinct, plain, bool(_CREDIT.search(text)))


class _Kept:
    """Wordings read lately: of six hundred short texts that are all alike, each is compared with every other, which
    took .43 ms a pair where both were read each time, .03 ms now. For several threads: at worst two of them read one
    text twice."""

    def __init__(self) -> None:
        self._known: dict[str, _Wording] = {}
        self._shingles = 0

    def of(self, text: str) -> _Wording:
        """The wording of a text."""
        found = self._known.get(text)
        if found is None:
            found = _Wording.of(text)
            if self._shingles + len(found.shingles) > HELD:
                self._known, self._shingles = {}, 0
            self._known[text] = found
            self._shingles += len(found.shingles)
        return found


_KEPT = _Kept()


def overlap(first: str, second: str) -> Overlap:
    """Compares two texts by their shingles."""
    short, long = sorted((_KEPT.of(first), _KEPT.of(second)), key=lambda one: len(one.distinct))
    shared = len(short.distinct & long.distinct)
    if not shared:
        return Overlap(0, 0.0, 0.0, 0.0, (0.0,) * 5)
    containment = shared / len(short.distinct)
    fewest = min(len(short.plain), len(long.plain))
    outside = len(short.plain & long.plain) / fewest if fewest >= LEAST_SHARED else containment
    cuts = [len(short.shingles) * number // 5 for number in range(6)]
    parts = [short.shingles[start:end] for start, end in itertools.pairwise(cuts)]
    held = long.distinct.__contains__
    one, two, three, four, five = (sum(map(held, part)) / max(len(part), 1) for part in parts)
    every = len(short.distinct) + len(long.distinct) - shared
    return Overlap(shared, shared / every, containment, outside, (one, two, three, four, five))


def is_copy(a: Article, b: Article) -> bool:
    """True where one text is a reprint, a cut-down reprint or a near copy of the other.

    Two reports of one event, and two articles that share a long quotation, are none.
    """
    found = overlap(a.text, b.text)
    fewest = min(len(_KEPT.of(one.text).distinct) for one in (a, b))
    if found.shared < min(LEAST_SHARED, fewest) or not found.shared:
        return False
    if a.publisher and a.publisher.casefold() == b.publisher.casefold():
        return found.jaccard >= SAME_PUBLISHER_COPY
    least = CREDITED_COPY if _credited(a, b) or _credited(b, a) else COPY
    return found.spread and min(found.containment, found.outside_quotes) >= least


def _credited(a: Article, b: Article) -> bool:
    """True where `a` says that its text is another's: a wire's, or the publisher's of `b`."""
    if a.credit or _KEPT.of(a.text).credits:
        return True
    return bool(b.publisher) and b.publisher.casefold() in a.author.casefold()


def _shingles(text: str) -> Iterator[str]:
    found = _WORD.findall(text.casefold())
    if len(found) < SHINGLE:
        return iter([" ".join(found)] if found else [])
    return map(" ".join, zip(*(found[at:] for at in range(SHINGLE)), strict=False))


class CopyFinder:
    """Finds the few articles of a collection that may be copies of a text, by bands of their signatures.

    Takes about 6 kB of memory for an article; looking up and adding take time that does not grow with the collection.
    """

    def __init__(self, known: Iterable[tuple[str, bytes]] = ()) -> None:
        self._ids: list[str] = []
        self._sketches: list[NDArray[np.uint32]] = []
        self._places: dict[str, int] = {}
        self._bands: dict[int, int | list[int]] = {}
        for article_id, sketch in known:
            self.add(article_id, sketch)

    def add(self, article_id: str, signature: bytes) -> None:
        """Adds an article, or puts a new signature in place of its old one.

        Raises:
            ValueError: the signature is not of this version's length.
        """
        values = _values(signature)
        place = len(self._ids)
        self._ids.append(article_id)
        self._sketches.append(values)
        self._places[article_id] = place
        for key in _keys(values):
            held = self._bands.setdefault(key, place)
            if isinstance(held, list):
                held.append(place)
            elif held != place:
                self._bands[key] = [held, place]

    def candidates(self, signature: bytes) -> tuple[str, ...]:
        """Ids of the articles that may be copies, most alike first; `is_copy` decides."""
        values = _values(signature)
        found: set[int] = set()
        for key in _keys(values):
            held = self._bands.get(key)
            if isinstance(held, list):
                found.update(held)
            elif held is not None:
                found.add(held)
        # An article that was added again stands in the bands of its old signature too.
        rows = [place for place in sorted(found) if self._places[self._ids[place]] == place]
        if not rows:
            return ()
        likeness = (np.stack([self._sketches[row] for row in rows]) == values).mean(axis=1)
        ranked = sorted(zip(likeness.tolist(), rows, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return tuple(self._ids[row] for like, row in ranked if like >= LEAST_LIKENESS)


def _values(signature: bytes) -> NDArray[np.uint32]:
    if len(signature) != 4 * HASHES:
        raise ValueError(f"a signature has {4 * HASHES} bytes; got {len(signature)}: the index is of another version")
    return np.frombuffer(signature, "<u4")


def _keys(values: NDArray[np.uint32]) -> list[int]:
    """One 64-bit key a band: its two numbers, mixed, with the band's place added."""
    pairs = values.astype(np.uint64).reshape(-1, BAND)
    mixed = (pairs[:, 0] << np.uint64(32) | pairs[:, 1]) * np.uint64(0x9E3779B97F4A7C15)
    keys: list[int] = (mixed + np.arange(len(pairs), dtype=np.uint64)).tolist()
    return keys
