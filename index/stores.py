"""Stores: catalogue, vectors and keywords of one generation, written in an order that survives a crash.

A version of an article passes through three states in the catalogue. *Pending*: its row, passages, vectors and
statements are there, readers do not see it. Then its vectors go to Chroma and its words to tantivy. One transaction
makes it *done*, and what it replaces *leaving*. Then the old one is taken out of the two stores, and its row goes. A
process that ends anywhere in between leaves rows pending or leaving: the next writer finds them and does the rest.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.errors import CorroborateError, IndexMismatch, IndexUnusable
from index.flat import FlatFile, Part
from index.keywords import KeywordEntry, Keywords, KeywordsBroken
from index.lock import interrupts_held
from index.prepare import PreparedArticle
from index.vectors import Vectors, VectorsBroken

_FLAT = "rows.f32"
_SPARE = 4096
"""Rows of articles that are gone which the flat file may always hold; beyond, as many as are current."""
_DONE = "FROM passages p JOIN articles a ON a.key = p.article WHERE a.state = 'done'"


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turns a failure to write (a full disk, a store that was damaged) into an error that says what to do."""
    try:
        yield
    except CorroborateError:
        raise
    except Exception as error:
        raise IndexUnusable(
            f"{folder} could not be written to ({type(error).__name__}: {str(error)[:200]}). What was stored before is "
            "safe: see that there is room on the disk, run corroborate repair, and then the same command again."
        ) from error


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What `repair` found and mended; nothing of it needs the embedder."""

    completed: int = 0
    """Articles whose storing was cut short, finished now."""
    vectors: int = 0
    """Vectors that were missing, wrong or left over."""
    keywords: int = 0
    """Passages that were missing from the full-text index or left over there."""
    renewed: tuple[str, ...] = ()
    """Stores that were missing or could not be read, and were made again: "vectors", "keywords"."""

    @property
    def sound(self) -> bool:
        """True where there was nothing to mend."""
        return self == RepairReport()

    def __add__(self, other: RepairReport) -> RepairReport:
        """Both as one."""
        return RepairReport(
            self.completed + other.completed,
            self.vectors + other.vectors,
            self.keywords + other.keywords,
            tuple(dict.fromkeys(self.renewed + other.renewed)),
        )


class Stores:
    """The three stores. Only the holder of the writer's lock calls what writes."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Opens the catalogue, or makes it in an empty folder; the others open when first used."""
        self.folder = folder
        self.catalogue = Catalogue(folder / "catalogue.sqlite")
        self.dimensions = dimensions
        self._vectors: Vectors | None = None
        self._keywords: Keywords | None = None

    def close(self) -> None:
        """Lets all files go."""
        if self._vectors:
            self._vectors.close()
        if self._keywords:
            self._keywords.close()
        self.catalogue.close()

    def path_of(self, store: str) -> Path:
        """The folder in force of "vectors" or "keywords"."""
        return self.folder / self.catalogue.setting(store, f"{store}-1")

    @property
    def complete(self) -> bool:
        """True where both other stores have their files."""
        if not self.catalogue.number("SELECT count(*) FROM passages"):
            return True
        return (self.path_of("vectors") / "chroma.sqlite3").exists() and (
            self.path_of("keywords") / "meta.json"
        ).exists()

    @property
    def vectors(self) -> Vectors:
        """The vectors, for the writer. Raises VectorsBroken."""
        if self._vectors is None:
            self._vectors = Vectors(self.path_of("vectors"))
        return self._vectors

    @property
    def flat(self) -> FlatFile:
        """The same vectors in one file, beside Chroma's own: what is searched one by one."""
        return FlatFile(self.path_of("vectors") / _FLAT, self.dimensions)

    @property
    def keywords(self) -> Keywords:
        """The full-text index. Raises KeywordsBroken."""
        if self._keywords is None:
            self._keywords = Keywords(self.path_of("keywords"))
        return self._keywords

    # Writing

    def put(self, prepared: Sequence[PreparedArticle]) -> None:
        """Stores articles in place of those of the same ids. When it returns they are there to stay; a Ctrl-C that
        comes meanwhile waits for that."""
        with interrupts_held(), _told(self.folder):
            with self.catalogue.transaction():
                for one in prepared:
                    if one.vectors.shape != (len(one.passages), self.dimensions):
                        raise IndexMismatch(
                            f"The vectors of {one.article.id} have shape {one.vectors.shape}; the index needs "
                            f"({len(one.passages)}, {self.dimensions}). Ingest again with --rebuild."
                        )
                    key = self.catalogue.insert_pending(one)
                    self.catalogue.link_copies(key, one.copies)
            self._finish()

    def remove(self, ids: Collection[str]) -> None:
        """Takes articles out, with what the user set for them. Raises ArticleMissing before anything is done."""
        keys = [self.catalogue.key(id) for id in ids]
        with interrupts_held(), _told(self.folder):
            with self.catalogue.transaction():
                for key, id in zip(keys, ids, strict=True):
                    self.catalogue.execute("UPDATE articles SET state = 'leaving' WHERE key = ?", key)
                    self.catalogue.execute("DELETE FROM overrides WHERE id = ?", id)
                self._count_commit()
            self._finish()

    def make_ready(self) -> RepairReport:
        """What a writer does first: finishes what an earlier one could not, and makes missing stores again."""
        if not self.complete:
            return self.mend()
        try:
            self.keywords.count()  # opens it: better found out now than after the embedding
            completed = self.recover()
            if self._flat_lacks():  # an index of before there was this file
                self.flat.rewrite(self._stored_vectors("a.state = 'done'"))
            return RepairReport(completed)
        except (VectorsBroken, KeywordsBroken):
            return self.mend()

    def recover(self) -> int:
        """Finishes what an earlier writer could not, and returns how many articles that were."""
        unfinished = self.catalogue.number("SELECT count(*) FROM articles WHERE state IN ('pending', 'leaving')")
        if unfinished:
            # Chroma may have been killed while it wrote its files in place: they are not read again.
            self._renew_vectors()
            with interrupts_held():
                self._finish()
        for store in ("vectors", "keywords"):
            for folder in self.folder.glob(f"{store}-*"):
                if folder != self.path_of(store):
                    shutil.rmtree(folder, ignore_errors=True)
        return unfinished

    def _finish(self) -> None:
        catalogue = self.catalogue
        pending = self._keys("pending")
        if pending:
            for part in self._stored_vectors("a.state = 'pending'"):
                self.vectors.put(part[0], part[2])
                self.flat.append(part)
            self.keywords.replace(pending, self._entries("a.state = 'pending'"))
            with catalogue.transaction():
                catalogue.execute(
                    "UPDATE articles SET state = 'leaving' WHERE state = 'done' AND id IN "
                    "(SELECT id FROM articles WHERE state = 'pending')"
                )
                catalogue.execute("UPDATE articles SET state = 'done' WHERE state = 'pending'")
                self._count_commit()
        leaving = self._keys("leaving")
        if leaving:
            self.vectors.delete(leaving)
            self.keywords.replace(leaving, ())
            if len(self.flat) > 2 * catalogue.number(f"SELECT count(*) {_DONE}") + _SPARE:
                self.flat.rewrite(self._stored_vectors("a.state = 'done'"))
        catalogue.execute("DELETE FROM articles WHERE state = 'leaving'")

    def _count_commit(self) -> None:
        self.catalogue.set("commits", str(int(self.catalogue.setting("commits", "0")) + 1))

    def _keys(self, state: str) -> list[int]:
        query = "SELECT p.key FROM passages p JOIN articles a ON a.key = p.article WHERE a.state = ? ORDER BY p.key"
        return [row[0] for row in self.catalogue.rows(query, state)]

    def _flat_lacks(self) -> bool:
        """True where the flat file has fewer rows than there are passages."""
        return len(self.flat) < self.catalogue.number(f"SELECT count(*) {_DONE}")

    def _stored_vectors(self, condition: str) -> Iterator[Part]:
        after = 0
        while True:
            found = self.catalogue.rows(
                "SELECT p.key, p.article, p.vector FROM passages p JOIN articles a ON a.key = p.article "
                f"WHERE p.key > ? AND {condition} ORDER BY p.key LIMIT 2000",
                after,
            )
            if not found:
                return
            after = found[-1][0]
            matrix = np.frombuffer(b"".join(row[2] for row in found), dtype=np.float32)
            yield [row[0] for row in found], [row[1] for row in found], matrix.reshape(len(found), self.dimensions)

    def _entries(self, condition: str) -> Iterator[KeywordEntry]:
        rows = self.catalogue.rows(f"SELECT a.key FROM articles a WHERE {condition} ORDER BY a.key")
        for (article,) in rows:
            values = "publisher, text, json_extract(record, '$.title')"
            publisher, text, title = self.catalogue.rows(f"SELECT {values} FROM articles WHERE key = ?", article)[0]
            spans = self.catalogue.rows("SELECT key, start, end FROM passages WHERE article = ?", article)
            for key, start, end in spans:
                yield KeywordEntry(key, article, title, publisher, text[start:end])

    # Mending

    def mend(self) -> RepairReport:
        """Checks that the three stores agree and puts the other two right by the catalogue.

        Raises:
            IndexMismatch: the catalogue itself is damaged.
        """
        damage = [row[0] for row in self.catalogue.rows("PRAGMA integrity_check")]
        wrong = self.catalogue.number("SELECT count(*) FROM passages WHERE length(vector) != ?", 4 * self.dimensions)
        if damage != ["ok"] or wrong:
            found = f"{wrong} vectors of another length" if wrong else "; ".join(damage[:3])
            raise IndexMismatch(
                f"The catalogue {self.catalogue.file} is damaged ({found}). Put a backup in its place, or ingest "
                "again into a new folder."
            )
        renewed, vectors, keywords = [], 0, 0
        try:
            if not (self.path_of("keywords") / "meta.json").exists():
                raise KeywordsBroken("missing")
            keywords = self._mend_keywords()
        except KeywordsBroken:
            self._renew_keywords()
            renewed.append("keywords")
        completed = self.recover()
        try:
            if not (self.path_of("vectors") / "chroma.sqlite3").exists():
                raise VectorsBroken("missing")
            vectors = self._mend_vectors()
        except VectorsBroken:
            self._renew_vectors()
            renewed.append("vectors")
        return RepairReport(completed, vectors, keywords, tuple(renewed))

    def _mend_vectors(self) -> int:
        known, mended, flat, flat_wrong = self.vectors.keys(), 0, self.flat.rows(), 0
        for keys, _articles, vectors in self._stored_vectors("a.state = 'done'"):
            there = self.vectors.fetch(keys)
            # Chroma scales to length 1 what has it already: the last bit may differ.
            rows = [
                row
                for row, key in enumerate(keys)
                if key not in there or not np.allclose(there[key], vectors[row], atol=1e-5)
            ]
            if rows:
                self.vectors.put([keys[row] for row in rows], vectors[rows])
            mended += len(rows)
            known.difference_update(keys)
            flat_wrong += flat.differing(keys, vectors)
        self.vectors.delete(known)
        if flat_wrong or not self.flat.exists:
            self.flat.rewrite(self._stored_vectors("a.state = 'done'"))
        return max(mended + len(known), flat_wrong)

    def _mend_keywords(self) -> int:
        done = set(self._keys("done"))
        there = self.keywords.keys()
        missing, extra = done - there, there - done
        if missing or extra:
            self.keywords.replace(extra, (one for one in self._entries("a.state = 'done'") if one.key in missing))
        return len(missing) + len(extra)

    def _renew_vectors(self) -> None:
        """Makes the vectors again in a new folder, which comes into force when it is whole."""
        if self._vectors:
            self._vectors.close()
            self._vectors = None
        old, new = self._next_folder("vectors")
        fresh = Vectors(new)
        flat = FlatFile(new / _FLAT, self.dimensions)
        flat.rewrite(self._stored_vectors("a.state IN ('done', 'pending')"))
        for keys, _articles, vectors in self._stored_vectors("a.state IN ('done', 'pending')"):
            fresh.put(keys, vectors)
        self.catalogue.set("vectors", new.name)
        self._vectors = fresh
        shutil.rmtree(old, ignore_errors=True)

    def _renew_keywords(self) -> None:
        if self._keywords:
            self._keywords.close()
            self._keywords = None
        old, new = self._next_folder("keywords")
        fresh = Keywords(new)
        fresh.replace((), self._entries("a.state = 'done'"))
        self.catalogue.set("keywords", new.name)
        self._keywords = fresh
        shutil.rmtree(old, ignore_errors=True)

    def _next_folder(self, store: str) -> tuple[Path, Path]:
        old = self.path_of(store)
        new = old.with_name(f"{store}-{int(old.name.rsplit('-', 1)[1]) + 1}")
        shutil.rmtree(new, ignore_errors=True)  # a renewal that was cut short
        return old, new
