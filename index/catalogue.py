"""Catalogue: the record of articles, passages, statements and what state each is in (SQLite). It is the truth; the
vectors and the full-text index can be made again from it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.article import Article, fold_name
from index.dates import PartialDate, parse_date
from index.errors import ArticleMissing, IndexMismatch
from index.passages import Passage
from index.prepare import PreparedArticle
from index.records import article_record, read_article, read_statement, statement_record
from index.spans import Span
from index.statements import Statement

MIGRATIONS: tuple[str, ...] = (
    # 1. A row of `articles` is one version of an article. `key` is never used twice, so the other stores can hold an
    # old and a new version at once and a search result that is no longer current is told by its key alone.
    # state: pending (not yet in the other stores), done (readers see it), leaving (still in the other stores).
    """
    CREATE TABLE articles (
        key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'leaving')), hash TEXT NOT NULL,
        publisher TEXT NOT NULL, folded TEXT NOT NULL, published TEXT NOT NULL, first_day INTEGER, last_day INTEGER,
        place TEXT NOT NULL, base TEXT NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL, signature BLOB NOT NULL);
    CREATE UNIQUE INDEX one_done ON articles (id) WHERE state = 'done';
    CREATE INDEX states ON articles (state);
    CREATE INDEX places ON articles (place);
    CREATE INDEX bases ON articles (base);
    CREATE TABLE passages (
        key INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
        number INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL);
    CREATE INDEX passages_of ON passages (article, number);
    CREATE TABLE statements (
        article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE, number INTEGER NOT NULL,
        suffix TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (article, number)) WITHOUT ROWID;
    CREATE TABLE copies (
        one INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
        other INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE, PRIMARY KEY (one, other)) WITHOUT ROWID;
    CREATE INDEX copies_back ON copies (other);
    CREATE TABLE overrides (
        id TEXT NOT NULL, field TEXT NOT NULL, origin TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (id, field, origin)) WITHOUT ROWID;
    CREATE TABLE failures (name TEXT NOT NULL, reason TEXT NOT NULL);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
)
"""Scripts that bring a catalogue from schema n to n + 1."""
SCHEMA = len(MIGRATIONS)
_AMONG = "IN (SELECT value FROM json_each(?))"
# With this, SQLite goes through all articles by their state, 13 ms for 12,537, unless told not to (INDEXED BY, +state).
_STATEMENTS_HELD = 500  # articles: a question asks several times for the statements of each that it finds


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a stored article without its text."""

    key: int
    """Of this version; never used twice."""
    id: str
    """The article's id."""
    hash: str
    """`Article.content_hash`."""
    place: str
    """The file (its full path), address or stream that it was read from: `Article.path`."""
    base: str
    """The id without any folder put in front of it."""
    record: str
    """`article_record` of it."""


def base_of(id: str) -> str:
    """An id without the folders that the readers put in front where two files would bring the same one."""
    return id.rsplit("/", 1)[-1]


class Catalogue:
    """One connection; may be used from several threads."""

    def __init__(self, file: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
        """Opens the file, makes it where it is missing, and brings it to the newest schema (which writes).

        Raises:
            IndexMismatch: a newer version of the program made it, or it is no catalogue.
        """
        self.file = file
        self._guard = threading.RLock()
        self._statements: dict[int, tuple[Statement, ...]] = {}
        self._list: tuple[tuple[int, int], list[Any]] | None = None
        self._db = sqlite3.connect(file, timeout=60.0, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._migrate(migrations)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise IndexMismatch(
                f"{file} is not a catalogue that can be read ({error}). Put a backup in its place, or ingest again "
                "into a new folder."
            ) from error
        except BaseException:
            self._db.close()
            raise

    def _migrate(self, migrations: Sequence[str]) -> None:
        if self.schema > len(migrations):
            raise IndexMismatch(
                f"{self.file} has schema {self.schema}; this version of corroborate knows schemas up to "
                f"{len(migrations)}. Use the version that made it, or a newer one."
            )
        if self.schema == len(migrations):
            return
        with self.transaction():  # the version is read again: another process may have been faster
            for number in range(self.schema, len(migrations)):
                for command in migrations[number].split(";"):
                    if command.strip():
                        self._db.execute(command)
                self._db.execute(f"PRAGMA user_version = {number + 1}")

    @property
    def schema(self) -> int:
        """The schema's version; 0 for an empty file."""
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Lets the file go."""
        with self._guard:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing of it. May be nested; the outermost one counts."""
        with self._guard:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, query: str, *values: Any) -> list[Any]:
        """All rows that a query gives."""
        with self._guard:
            return self._db.execute(query, values).fetchall()

    def number(self, query: str, *values: Any) -> int:
        """The single number that a query gives; 0 for NULL."""
        return int(self.rows(query, *values)[0][0] or 0)

    def backup(self, file: Path) -> None:
        """Writes a consistent copy, whatever others write meanwhile."""
        with self._guard:
            copy = sqlite3.connect(file)
            try:
                self._db.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()

    # Settings

    def setting(self, name: str, default: str = "") -> str:
        """A value kept under a name."""
        found = self.rows("SELECT value FROM settings WHERE name = ?", name)
        return str(found[0][0]) if found else default

    def set(self, name: str, value: str) -> None:
        """Keeps a value under a name."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    # Reading what is done

    def held(self, condition: str = "1", *values: Any) -> list[Held]:
        """Articles done that meet an SQL condition, in the order of their ids."""
        query = (
            f"SELECT key, id, hash, place, base, record FROM articles WHERE state = 'done' AND {condition} ORDER BY id"
        )
        return [Held(*row) for row in self.rows(query, *values)]

    def held_as(self, id: str) -> Held | None:
        """The article of that id, None where there is none."""
        return next(iter(self.held("id = ?", id)), None)

    def places(self) -> dict[str, str]:
        """Where each article was read from, by id."""
        return dict(self.rows("SELECT id, place FROM articles WHERE state = 'done'"))

    def signatures(self) -> list[tuple[str, bytes]]:
        """Ids and the signatures by which copies are found."""
        return self.rows("SELECT id, signature FROM articles WHERE state = 'done' ORDER BY key")

    def key(self, id: str) -> int:
        """The key of an article's current version.

        Raises:
            ArticleMissing: no article has the id.
        """
        found = self.rows("SELECT key FROM articles WHERE id = ? AND state = 'done'", id)
        if not found:
            raise ArticleMissing(f"No article has the id {id!r}. The ids are those that `corroborate search` prints.")
        return int(found[0][0])

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Articles by id; ids that no article has are left out."""
        query = f"SELECT id, record, text FROM articles INDEXED BY one_done WHERE state = 'done' AND id {_AMONG}"
        return {row[0]: read_article(*row) for row in self.rows(query, json.dumps(list(ids)))}

    def article_ids(
        self, publishers: Sequence[str] = (), since: PartialDate | None = None, until: PartialDate | None = None
    ) -> tuple[str, ...]:
        """Ids in their own order. An article dated only to the month or year is in where it can be in the range;
        undated ones are out where a bound is set."""
        names = {fold_name(name) for name in publishers}
        first = since.first_day.toordinal() if since else None
        last = until.last_day.toordinal() if until else None
        return tuple(
            id
            for id, folded, first_day, last_day in self._listed()
            if (not names or folded in names)
            and (first is None or (last_day is not None and last_day >= first))
            and (last is None or (first_day is not None and first_day <= last))
        )

    def newest_ids(
        self, publishers: Sequence[str] = (), since: PartialDate | None = None, until: PartialDate | None = None
    ) -> tuple[str, ...]:
        """The same ids, the latest dated first and the undated ones last."""
        wanted = set(self.article_ids(publishers, since, until))
        dated = sorted(self._listed(), key=lambda row: (-(row[3] if row[3] is not None else -1), row[0]))
        return tuple(row[0] for row in dated if row[0] in wanted)

    def _listed(self) -> list[Any]:
        """Id, folded publisher, first and last day of every article done, in the ids' order: kept until something is
        written, here or by another process. To read them took half a second of processor at 12,537 articles."""
        with self._guard:
            stamp = (self.number("PRAGMA data_version"), self._db.total_changes)
            if self._list is None or self._list[0] != stamp:
                query = "SELECT id, folded, first_day, last_day FROM articles WHERE state = 'done' ORDER BY id"
                self._list = (stamp, self.rows(query))
            return self._list[1]

    def passages(self, id: str) -> tuple[Passage, ...]:
        """An article's passages in text order. Raises ArticleMissing."""
        key = self.key(id)
        found = self.rows("SELECT key FROM passages WHERE article = ? ORDER BY number", key)
        by_key = self.passages_by_key([row[0] for row in found])
        return tuple(by_key[row[0]] for row in found if row[0] in by_key)

    def passages_by_key(self, keys: Collection[int]) -> dict[int, Passage]:
        """Passages of articles that are done; keys of others are left out."""
        query = (
            "SELECT p.key, p.article, a.id, p.number, p.start, p.end FROM passages p JOIN articles a "
            f"ON a.key = p.article WHERE +a.state = 'done' AND p.key {_AMONG}"
        )
        found = self.rows(query, json.dumps(list(keys)))
        wanted = json.dumps(list({row[1] for row in found}))  # each text once: an article may be long
        texts = dict(self.rows(f"SELECT key, text FROM articles WHERE key {_AMONG}", wanted))
        made = {}
        for key, article, id, number, start, end in found:
            if article in texts:  # it may have been replaced between the two queries
                made[int(key)] = Passage(f"{id}#{number}", id, Span(start, end), texts[article][start:end])
        return made

    def statements(self, id: str) -> tuple[Statement, ...]:
        """An article's statements in the order in which they were read. Raises ArticleMissing."""
        key = self.key(id)
        held = self._statements.get(key)
        if held is None:
            found = self.rows("SELECT suffix, record FROM statements WHERE article = ? ORDER BY number", key)
            held = tuple(read_statement(id + suffix, id, record) for suffix, record in found)
            if len(self._statements) >= _STATEMENTS_HELD:
                self._statements.clear()
            self._statements[key] = held  # a version's statements never change
        return held

    def copies(self, id: str) -> tuple[str, ...]:
        """Ids of an article's copies and near copies, in their order. Raises ArticleMissing."""
        key = self.key(id)
        query = (
            "SELECT id FROM articles WHERE state = 'done' AND key IN (SELECT other FROM copies WHERE one = ?1 "
            "UNION SELECT one FROM copies WHERE other = ?1) ORDER BY id"
        )
        return tuple(row[0] for row in self.rows(query, key))

    def publishers(self) -> list[tuple[str, int, PartialDate | None, PartialDate | None]]:
        """Publisher, articles, earliest and latest date; the one with most articles first."""
        # In SQLite a bare column beside min() or max() comes from the row that has the extreme.
        ends = [
            {
                row[0]: parse_date(row[1])
                for row in self.rows(
                    f"SELECT publisher, published, {extreme} FROM articles WHERE state = 'done' AND published != '' "
                    "GROUP BY publisher"
                )
            }
            for extreme in ("min(first_day)", "max(last_day)")
        ]
        counts = self.rows(
            "SELECT publisher, count(*) FROM articles WHERE state = 'done' GROUP BY publisher ORDER BY 2 DESC, 1"
        )
        return [(name, count, ends[0].get(name), ends[1].get(name)) for name, count in counts]

    # Vectors

    def passage_spans(self, ids: Collection[str]) -> list[tuple[str, int, int, int]]:
        """Article id, key, start and end of every passage of some articles, in text order."""
        query = (
            "SELECT a.id, p.key, p.start, p.end FROM articles a INDEXED BY one_done JOIN passages p "
            f"ON a.key = p.article WHERE a.state = 'done' AND a.id {_AMONG} ORDER BY p.key"
        )
        return self.rows(query, json.dumps(list(ids)))

    def vectors(self, condition: str, *values: Any) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Keys and vectors (n, dimensions) of passages of articles done that meet an SQL condition (`a` articles,
        `p` passages), some thousands at a time."""
        after = 0
        while True:
            query = (
                "SELECT p.key, p.vector FROM passages p JOIN articles a ON a.key = p.article "
                f"WHERE a.state = 'done' AND p.key > ? AND ({condition}) ORDER BY p.key LIMIT 4096"
            )
            found = self.rows(query, after, *values)
            if not found:
                return
            after = found[-1][0]
            matrix = np.frombuffer(b"".join(row[1] for row in found), dtype=np.float32)
            yield [row[0] for row in found], matrix.reshape(len(found), -1)

    # Writing: see Corpus.add for the order

    def insert_pending(self, prepared: PreparedArticle) -> int:
        """Adds a version that readers do not see yet, and returns its key."""
        article = prepared.article
        when = article.published
        with self.transaction():
            cursor = self._db.execute(
                "INSERT INTO articles (id, state, hash, publisher, folded, published, first_day, last_day, place, base,"
                " record, text, signature) VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.id,
                    article.content_hash,
                    article.publisher,
                    fold_name(article.publisher),
                    str(when or ""),
                    when.first_day.toordinal() if when else None,
                    when.last_day.toordinal() if when else None,
                    article.path,
                    base_of(article.id),
                    article_record(article),
                    article.text,
                    prepared.signature,
                ),
            )
            key = int(cursor.lastrowid or 0)
            self._db.executemany(
                "INSERT INTO passages (article, number, start, end, vector) VALUES (?, ?, ?, ?, ?)",
                [
                    (key, number, passage.span.start, passage.span.end, vector.astype(np.float32).tobytes())
                    for number, (passage, vector) in enumerate(zip(prepared.passages, prepared.vectors, strict=True))
                ],
            )
            self._db.executemany(
                "INSERT INTO statements VALUES (?, ?, ?, ?)",
                [
                    (key, number, statement.id.removeprefix(article.id), statement_record(statement))
                    for number, statement in enumerate(prepared.statements)
                ],
            )
        return key

    def link_copies(self, key: int, ids: Sequence[str]) -> None:
        """Links a version to the newest versions of other articles."""
        with self.transaction():
            self._db.execute(
                "INSERT OR IGNORE INTO copies SELECT ?, max(key) FROM articles "
                f"WHERE state != 'leaving' AND key != ? AND id {_AMONG} GROUP BY id",
                (key, key, json.dumps(list(ids))),
            )

    def execute(self, command: str, *values: Any) -> None:
        """One writing command, in a transaction."""
        with self.transaction():
            self._db.execute(command, values)
