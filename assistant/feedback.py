"""Feedback: answers marked right or wrong with a word why, kept in a file of the index's folder, one mark a line.

    record(folder, answer, Verdict.WRONG, "missed denial") -> Mark
    read(folder) -> every mark, oldest first

Several processes may write at once: each waits for a lock, adds its line in one piece and flushes it to the disk. A
line that a crash cut short is skipped when the file is read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.question import Filters
from index.dates import parse_date
from index.errors import IndexUnusable, SettingsError
from index.manifest import FEEDBACK, read_manifest

LOCK = "feedback.lock"
WAIT = 30.0
"""Seconds that a writer waits for the others before it gives up."""
LONGEST_REASON = 500
"""Most characters of a reason."""

REASONS = {
    "missed denial": "somebody denies it, and the answer does not say so",
    "false denial": "what it calls a denial is none, or of something else",
    "not independent": "it counts sources as independent that are not",
    "should not answer": "the collection does not tell this",
    "should answer": "the collection does tell this",
    "wrong source": "it names the wrong party",
    "wrong figure": "it gives the wrong number",
    "wrong date": "it gives the wrong date",
    "beside the point": "what it says does not answer the question",
}
"""Words offered for "wrong", each with what it means; any other words may be given."""

NO_FILTERS = Filters()


class Verdict(StrEnum):
    """What a reader said of an answer."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Context:
    """What a question was asked with."""

    turns: tuple[str, ...] = ()
    """The questions before it in the conversation, oldest first; empty for one that stands alone."""
    filters: Filters = NO_FILTERS
    """Which articles might be used."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer marked."""

    at: str
    """When, ISO 8601 with zone."""
    verdict: Verdict
    """Right or wrong."""
    reason: str
    """Why, in the reader's words; may be empty."""
    context: Context
    """What the question was asked with."""
    answer: dict[str, Any]
    """The answer as plain data, as `assistant.render.to_dict` gives it."""

    @property
    def question(self) -> str:
        """As asked."""
        return str(self.answer["question"])

    @property
    def key(self) -> str:
        """Alike for two marks of one answer to one question asked in the same way."""
        filters = self.context.filters
        asked = [self.question, *self.context.turns, *filters.publishers, str(filters.since), str(filters.until)]
        return hashlib.sha256("\x1f".join([*asked, str(self.answer["text"])]).encode()).hexdigest()


def record(
    folder: str | Path, answer: Answer, verdict: Verdict | str, reason: str = "", context: Context = Context()
) -> Mark:
    """Keeps a mark. To mark an answer again adds a line; the last one holds.

    Args:
        folder: the index's folder.
        answer: the answer marked.
        verdict: "right" or "wrong".
        reason: a word why, or a sentence; "wrong" needs one. `REASONS` has words that the suite writer understands.
        context: the turns before it and the filters.

    Raises:
        IndexMissing: there is no index in the folder.
        SettingsError: the verdict is neither, a wrong answer has no reason, or the reason is too long.
        IndexUnusable: the file cannot be written.
    """
    from assistant.render import printable, to_dict

    read_manifest(Path(folder))
    if verdict not in list(Verdict):
        raise SettingsError(f'An answer is marked "right" or "wrong", not "{verdict}".')
    reason = printable(reason)
    if verdict == Verdict.WRONG and not reason:
        raise SettingsError(f"Say in a word what is wrong, as: {', '.join(REASONS)}.")
    if len(reason) > LONGEST_REASON:
        raise SettingsError(f"The reason has {len(reason)} characters; at most {LONGEST_REASON} are kept. Shorten it.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    mark = Mark(at, Verdict(verdict), reason, context, to_dict(answer))
    _append(Path(folder), json.dumps(_plain(mark), ensure_ascii=False))
    return mark


def read(folder: str | Path) -> tuple[Mark, ...]:
    """Every mark, oldest first; none where nothing was marked. Lines that cannot be read are left out.

    Raises:
        IndexMissing: there is no index in the folder.
    """
    read_manifest(Path(folder))
    try:
        lines = (Path(folder) / FEEDBACK).read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise IndexUnusable(f"{Path(folder) / FEEDBACK} cannot be read: {error.strerror or error}.") from error
    return tuple(mark for mark in map(_mark, lines) if mark is not None)


def latest(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The last mark of each answer, in the order in which the answers were first marked."""
    found: dict[str, Mark] = {}
    for mark in marks:
        found[mark.key] = mark
    return tuple(found.values())


def mark_dict(mark: Mark) -> dict[str, Any]:
    """A mark as plain data for JSON."""
    return _plain(mark)


def _append(folder: Path, line: str) -> None:
    from filelock import FileLock, Timeout

    file = folder / FEEDBACK
    try:
        with FileLock(folder / LOCK, timeout=WAIT), file.open("a+b") as stream:
            if stream.tell() and _last_byte(stream) != b"\n":
                line = "\n" + line  # a crash cut the line before short
            stream.write(f"{line}\n".encode())
            stream.flush()
            os.fsync(stream.fileno())
    except Timeout as error:
        raise IndexUnusable(
            f"Others have held {folder / LOCK} for {WAIT:.0f} seconds. Mark the answer again."
        ) from error
    except OSError as error:
        raise IndexUnusable(f"{file} cannot be written: {error.strerror or error}. The mark is not kept.") from error


def _last_byte(stream: Any) -> bytes:
    stream.seek(-1, os.SEEK_END)
    found: bytes = stream.read(1)
    return found


def _plain(mark: Mark) -> dict[str, Any]:
    filters = mark.context.filters
    return {
        "at": mark.at,
        "verdict": str(mark.verdict),
        "reason": mark.reason,
        "turns": list(mark.context.turns),
        "publishers": list(filters.publishers),
        "since": str(filters.since or ""),
        "until": str(filters.until or ""),
        "answer": mark.answer,
    }


def _mark(line: str) -> Mark | None:
    try:
        data = json.loads(line)
        filters = Filters(tuple(data["publishers"]), parse_date(data["since"]), parse_date(data["until"]))
        context = Context(tuple(data["turns"]), filters)
        mark = Mark(data["at"], Verdict(data["verdict"]), data["reason"], context, data["answer"])
        return mark if mark.key else None
    except (ValueError, KeyError, TypeError):
        return None
