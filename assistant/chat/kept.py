"""Kept: conversations on disk, so that they outlive a restart, and can be deleted."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.session import Turn
from index.article import Article
from index.errors import IndexUnusable

FILE = "conversations.sqlite"
"""The file's name in the index's folder."""
TITLE = 200
"""Most characters of a conversation's first question that its title keeps."""
_TABLES = """
CREATE TABLE IF NOT EXISTS talks (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    talk TEXT NOT NULL REFERENCES talks (id) ON DELETE CASCADE, number INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (talk, number)
);
"""


@dataclass(frozen=True, slots=True)
class KeptTalk:
    """One conversation, as a list of them shows it."""

    id: str
    """Of the conversation."""
    title: str
    """Its first question."""
    changed: str
    """When its last turn was kept, ISO 8601 in UTC."""
    turns: int
    """How many turns it has, at least 1."""


class Kept:
    """The conversations beside an index. Each belongs to its owner, and is shown to nobody else."""

    def __init__(self, folder: Path | None) -> None:
        """Opens or makes the file in `folder`; None keeps conversations in memory, until the program ends.

        Raises:
            IndexUnusable: the file cannot be written.
        """
        self._guard = threading.Lock()
        place = str(folder / FILE) if folder else ":memory:"
        try:
            self._base = sqlite3.connect(place, check_same_thread=False, isolation_level=None)
            self._base.executescript("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;" + _TABLES)
        except sqlite3.Error as error:
            raise IndexUnusable(
                f"Conversations cannot be kept in {place} ({error}). Make the folder writable, or take the file away."
            ) from error

    def close(self) -> None:
        """Lets the file go."""
        with self._guard:
            self._base.close()

    def save(self, owner: str, talk: str, turn: Turn) -> None:
        """Keeps a turn, in place of the one with its number; the first one begins the conversation."""
        now, record = datetime.now(UTC).isoformat(timespec="seconds"), packed(turn)
        with self._guard, self._base:
            self._base.execute("BEGIN")
            self._base.execute(
                "INSERT INTO talks VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET changed = excluded.changed "
                "WHERE owner = excluded.owner",
                (talk, owner, turn.question[:TITLE], now),
            )
            self._base.execute(
                "INSERT OR REPLACE INTO turns SELECT id, ?, ? FROM talks WHERE id = ? AND owner = ?",
                (turn.number, record, talk, owner),
            )

    def talks(self, owner: str) -> tuple[KeptTalk, ...]:
        """The owner's conversations, the one changed last first."""
        rows = self._rows(
            "SELECT id, title, changed, count(*) FROM talks JOIN turns ON talk = id WHERE owner = ? "
            "GROUP BY id ORDER BY changed DESC, talks.rowid DESC",
            owner,
        )
        return tuple(KeptTalk(*row) for row in rows)

    def turns(self, owner: str, talk: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; empty where the owner has no such conversation. A turn that an
        older version kept, and this one cannot read, is left out."""
        rows = self._rows(
            "SELECT record FROM turns JOIN talks ON talk = id WHERE id = ? AND owner = ? ORDER BY number", talk, owner
        )
        found = (unpacked(row[0]) for row in rows)
        return tuple(turn for turn in found if turn is not None)

    def delete(self, owner: str, talk: str) -> bool:
        """Deletes a conversation for good; False where the owner has no such conversation."""
        with self._guard, self._base:
            return self._base.execute("DELETE FROM talks WHERE id = ? AND owner = ?", (talk, owner)).rowcount > 0

    def _rows(self, query: str, *values: str) -> list[Any]:
        with self._guard:
            return self._base.execute(query, values).fetchall()


# --- a turn as bytes: JSON, in which each article stands once

_ARTICLE_FIELDS = frozenset(field.name for field in fields(Article))


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Turn)


def packed(turn: Turn) -> bytes:
    """The turn as compressed JSON."""
    articles: dict[str, Any] = {}
    record = _without_articles(_adapter().dump_python(turn, mode="json"), articles)
    return zlib.compress(json.dumps({"turn": record, "articles": articles}).encode())


def unpacked(record: bytes) -> Turn | None:
    """The turn of a record made by `packed`; None where it is of another version and cannot be read."""
    try:
        found = json.loads(zlib.decompress(record))
        turn: Turn = _adapter().validate_python(_with_articles(found["turn"], found["articles"]))
    except (ValueError, KeyError, TypeError, zlib.error):  # pydantic's errors are ValueErrors
        return None
    return turn


def _without_articles(value: Any, articles: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        if value.keys() == _ARTICLE_FIELDS:
            articles[value["id"]] = value
            return {"article": value["id"]}
        return {name: _without_articles(part, articles) for name, part in value.items()}
    return [_without_articles(part, articles) for part in value] if isinstance(value, list) else value


def _with_articles(value: Any, articles: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"article"} and isinstance(value["article"], str):
            return articles[value["article"]]
        return {name: _with_articles(part, articles) for name, part in value.items()}
    return [_with_articles(part, articles) for part in value] if isinstance(value, list) else value
