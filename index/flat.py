"""Flat: passages' vectors in one file, which readers map into memory and compare with a query one by one.

That is exact, needs neither the 0.7 s of importing Chroma nor its memory, and any filter is a mask over the rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Part = tuple[Sequence[int], Sequence[int], NDArray[np.float32]]
"""Keys of passages, keys of their articles' versions, and vectors of shape (passages, dimensions)."""

_KEYS = 4
"""Places of a row before its vector, in numbers of 32 bits: the passage's key and its article's."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The whole rows of a file."""

    keys: Keys
    """Passages' keys, rising."""
    articles: Keys
    """Keys of their articles' versions."""
    vectors: NDArray[np.float32]
    """Of length 1, shape (rows, dimensions); mapped, not read."""

    def differing(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> int:
        """How many of these keys (rising) are missing here or have another vector."""
        if not len(self.keys):
            return len(keys)
        wanted = np.asarray(keys, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        same = (self.keys[at] == wanted) & (self.vectors[at] == vectors).all(axis=1)
        return int((~same).sum())

    def nearest(
        self, query: NDArray[np.float32], limit: int, among: NDArray[np.intp] | None = None
    ) -> list[tuple[int, float]]:
        """Keys and cosines of the vectors nearest to a unit vector, best first, equal ones by key. `among`: the rows
        to keep to, None for all."""
        if among is None:
            scores, keys = self.vectors @ query, self.keys
        elif 4 * len(among) < len(self.keys):
            scores, keys = self.vectors[among] @ query, self.keys[among]
        else:  # reading in order is faster than fetching a fourth of the rows
            scores, keys = (self.vectors @ query)[among], self.keys[among]
        if limit < len(scores):
            last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            best = np.flatnonzero(scores >= last)
            scores, keys = scores[best], keys[best]
        order = np.lexsort((keys, -scores))[:limit]
        return [(int(keys[row]), float(scores[row])) for row in order]


class FlatFile:
    """One file of rows: passage key, article key, vector. Only added to at the end, by one writer.

    A writer that is killed leaves at most one row cut off, which is not read and which the next addition overwrites.
    """

    def __init__(self, file: Path, dimensions: int) -> None:
        self.file = file
        self._dimensions = dimensions
        self._bytes = 4 * (_KEYS + dimensions)

    @property
    def exists(self) -> bool:
        """True where the file is there; it may be empty."""
        return self.file.exists()

    def __len__(self) -> int:
        return self.file.stat().st_size // self._bytes if self.exists else 0

    def rows(self) -> Rows:
        """The rows that are there now."""
        if not self.exists:
            return self.empty(self._dimensions)
        with self.file.open("rb") as stream:  # opened once: another process may put a new file in its place
            count = os.fstat(stream.fileno()).st_size // self._bytes
            if not count:
                return self.empty(self._dimensions)
            flat = np.memmap(stream, dtype=np.float32, mode="r", shape=(count, _KEYS + self._dimensions))
        keys = np.ascontiguousarray(flat[:, :_KEYS]).view(np.int64)
        return Rows(keys[:, 0].copy(), keys[:, 1].copy(), flat[:, _KEYS:])

    @staticmethod
    def empty(dimensions: int) -> Rows:
        """No rows."""
        none = np.zeros(0, dtype=np.int64)
        return Rows(none, none, np.zeros((0, dimensions), dtype=np.float32))

    def append(self, part: Part) -> None:
        """Adds rows whose keys are beyond those in the file; the others are there already and are left out. On return
        they are on the disk."""
        count = len(self)
        with self.file.open("r+b" if self.exists else "w+b") as stream:
            last = 0
            if count:
                stream.seek((count - 1) * self._bytes)
                last = int(np.frombuffer(stream.read(8), dtype=np.int64)[0])
            stream.truncate(count * self._bytes)
            stream.seek(count * self._bytes)
            _write(stream.fileno(), part, last)
            os.fsync(stream.fileno())

    def rewrite(self, parts: Iterable[Part]) -> None:
        """Puts these rows, in the order of their keys, in place of all. Readers keep what they have mapped."""
        fresh = self.file.with_suffix(".new")
        with fresh.open("wb") as stream:
            for part in parts:
                _write(stream.fileno(), part, 0)
            os.fsync(stream.fileno())
        os.replace(fresh, self.file)


def _write(descriptor: int, part: Part, after: int) -> None:
    """Writes the rows whose passages' keys are beyond `after`."""
    keys = np.asarray(part[0], dtype=np.int64)
    wanted = keys > after
    both = np.stack([keys, np.asarray(part[1], dtype=np.int64)], axis=1)[wanted]
    rows = np.concatenate([both.view(np.float32), part[2][wanted].astype(np.float32)], axis=1)
    left = memoryview(rows.tobytes())
    while left:
        left = left[os.write(descriptor, left) :]
