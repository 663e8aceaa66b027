"""Vectors: passages' vectors in Chroma, by the key that the catalogue gives each passage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_COLLECTION = "passages"
_GRAPH: Any = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}
"""On 19,000 hashed vectors, a hard case, the 50 nearest are found to 95 % (70 % with Chroma's own 16, 100 and 100), at
9 ms a query either way; building takes 0.45 ms a vector in place of 0.25."""
_LOCK = "vectors.lock"
_AT_ONCE = 2000
"""Chroma refuses more than about 5,000 rows a call; the limit depends on how SQLite was built."""


class VectorsBroken(Exception):
    """Chroma cannot read its files. Never leaves this package: the store is made again, or done without."""


class Vectors:
    """One folder of Chroma's.

    Chroma keeps a copy in memory from the moment of opening: what another process writes later is not seen (`Corpus`
    searches that part in the catalogue). It writes its files in place, so that they can be read only while nobody
    writes, for which there is a lock held during opening and each write. A process killed within a write may leave
    them torn: the store is then made again from the catalogue.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the store, makes it where there is none.

        Raises:
            VectorsBroken: the files are there and cannot be read.
        """
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with self._locked(), _translated():
            self._client = _client(folder)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": _GRAPH}
            )
            found = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
            if len(found):  # the first query loads the graph, so it happens here, under the lock
                self._collection.query(query_embeddings=[found[0]], n_results=1, include=[])

    def _locked(self) -> Any:
        from filelock import FileLock

        return FileLock(self.folder / _LOCK)

    def close(self) -> None:
        """Lets the files go."""
        self._client.close()

    def count(self) -> int:
        """How many vectors there are."""
        with _translated():
            return int(self._collection.count())

    def keys(self) -> set[int]:
        """The keys of all vectors."""
        with _translated():
            return {int(key) for key in self._collection.get(include=[])["ids"]}

    def put(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Stores vectors, shape (len(keys), dimensions), in place of those of the same keys."""
        with self._locked(), _translated():
            for at in range(0, len(keys), _AT_ONCE):
                rows = slice(at, at + _AT_ONCE)
                self._collection.upsert(ids=[str(key) for key in keys[rows]], embeddings=vectors[rows])

    def delete(self, keys: Collection[int]) -> None:
        """Takes vectors out; keys that are not there do no harm."""
        names = [str(key) for key in keys]
        with self._locked(), _translated():
            for at in range(0, len(names), _AT_ONCE):
                self._collection.delete(ids=names[at : at + _AT_ONCE])

    def fetch(self, keys: Collection[int]) -> dict[int, NDArray[np.float32]]:
        """Vectors by key, as the graph holds them."""
        names = [str(key) for key in keys]
        found: dict[int, NDArray[np.float32]] = {}
        with _translated():
            for at in range(0, len(names), _AT_ONCE):
                part = self._collection.get(ids=names[at : at + _AT_ONCE], include=["embeddings"])
                for name, vector in zip(part["ids"], part["embeddings"], strict=True):
                    found[int(name)] = np.asarray(vector, dtype=np.float32)
        return found

    def nearest(self, query: NDArray[np.float32], limit: int) -> list[int]:
        """Keys of the vectors nearest to the query, best first."""
        with _translated():
            limit = min(limit, self._collection.count())
            if limit == 0:
                return []
            found = self._collection.query(query_embeddings=[query], n_results=limit, include=[])
            return [int(key) for key in found["ids"][0]]


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    # Chroma shares what it loaded among all clients of a process that give one path: another spelling of the path
    # for each makes a later opening see what was written since, without disturbing the others.
    global _opened
    _opened += 1
    spelling = str(folder.resolve()) + "/." * _opened
    return chromadb.PersistentClient(path=spelling, settings=Settings(anonymized_telemetry=False))


_opened = 0


class _translated:  # noqa: N801 - reads as a verb where it is used
    """Turns whatever Chroma raises into VectorsBroken: its errors have no common base, and a torn file makes the Rust
    part panic, which is not even an Exception."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | VectorsBroken):
            return
        raise VectorsBroken(f"{type(error).__name__}: {str(error)[:200]}") from error
