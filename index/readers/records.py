"""JSON, JSON Lines and CSV: one record an article, under the usual names for the fields."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from index.errors import ReadError
from index.readers.draft import Draft, Fault
from index.readers.encoding import decode
from index.readers.fields import NAMES, draft_fields, draft_from, has_text
from index.readers.source import LARGEST, Source

_TAGS = re.compile(r"<(?:p|br|div|h[1-6]|li|blockquote|strong|em|a|span)\b[^>]*>", re.IGNORECASE)
_LISTS = ("articles", "items", "data", "results", "documents", "docs", "records", "news", "entries")


def read_json(source: Source) -> Iterator[Draft | Fault]:
    """One object, a list of them, or an object that holds such a list under "articles" or the like."""
    text = decode(source.data(), source.charset)
    try:
        found = json.loads(text)
    except RecursionError:
        raise ReadError("its JSON is nested too deeply") from None
    except ValueError as error:
        if source.suffix == "json" and _is_lines(text):
            yield from _lines(text.splitlines())
            return
        raise ReadError(
            f"it is not sound JSON ({_brief(error)}); mend it, or give one object a line as .jsonl"
        ) from None
    if isinstance(found, Mapping):
        held = _held_list(found)
        if held is None:
            yield _record(found, 0)
            return
        found = held
    if not isinstance(found, list):
        raise ReadError(f"it holds a JSON {type(found).__name__}; expected an object, or a list of objects")
    if not found:
        raise ReadError("its list of articles is empty")
    for number, record in enumerate(found, start=1):
        yield _record(record, number if len(found) > 1 else 0)


def _held_list(found: Mapping[str, Any]) -> list[Any] | None:
    if (
        has_text(found)
        and isinstance(draft_fields(found).get("text"), str)
        and not isinstance(found.get("articles"), list)
    ):
        return None
    for name in _LISTS:
        value = next((value for key, value in found.items() if key.lower() == name), None)
        if isinstance(value, list):
            return value
    return None


def _is_lines(text: str) -> bool:
    first = text.lstrip().split("\n", 1)
    try:
        return len(first) == 2 and isinstance(json.loads(first[0]), dict)
    except (ValueError, RecursionError):
        return False


def read_lines(source: Source) -> Iterator[Draft | Fault]:
    """One JSON object a line, read as a stream: the file may be larger than memory. A bad line is one fault."""
    with source.open() as stream:
        yield from _lines(_decoded(stream, source.charset))


def _lines(lines: Iterator[str] | list[str]) -> Iterator[Draft | Fault]:
    number = 0
    for line_number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        number += 1
        place = f"line {line_number}"
        if len(line) > LARGEST:
            yield Fault(f"the line is longer than {LARGEST // 1_000_000} MB", number, place)
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Fault(f"it is not sound JSON ({_brief(error)}); mend the line and ingest again", number, place)
            continue
        found = _record(record, number)
        yield Fault(found.reason, number, place) if isinstance(found, Fault) else found
    if not number:
        raise ReadError("it is empty")


def _decoded(stream: IO[bytes], charset: str) -> Iterator[str]:
    """Lines as text; one bad line spoils no other, since each is decoded by itself."""
    first = stream.readline(LARGEST + 2)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or first[1:2] == b"\x00":
        yield from decode(first + stream.read(LARGEST), charset).splitlines()
        return
    line = first.removeprefix(codecs.BOM_UTF8)
    while line:
        try:
            yield decode(line, charset)
        except ReadError:
            yield line.decode("utf-8", errors="replace")
        line = stream.readline(LARGEST + 2)


def read_csv(source: Source) -> Iterator[Draft | Fault]:
    """A table with a row of names; comma, semicolon, tab or bar between the columns.

    Raises:
        ReadError: no column has a usual name for the text; the message names those found.
    """
    csv.field_size_limit(LARGEST)
    with source.open() as stream:
        rows = _rows(stream, source)
        head = next(rows, "")
        if not head.strip():
            raise ReadError("it is empty")
        delimiter = max(",;\t|", key=lambda mark: (has_text(_cells(head, mark)), head.count(mark)))
        names = _cells(head, delimiter)
        if not has_text(names):
            raise ReadError(
                f"no column for the text among {', '.join(name.strip() or '(no name)' for name in names)}; name one "
                f"of them {', '.join(NAMES['text'][:4])}"
            )
        table = csv.reader(rows, delimiter=delimiter)
        number = 0
        while True:
            try:
                row = next(table)
            except StopIteration:
                break
            except csv.Error as error:
                number += 1
                yield Fault(f"it is not sound CSV ({error}); mend the row and ingest again", number, f"row {number}")
                continue
            if not any(cell.strip() for cell in row):
                continue
            number += 1
            found = _record(dict(zip(names, row, strict=False)), number)
            yield Fault(found.reason, number, f"row {number}") if isinstance(found, Fault) else found
        if not number:
            raise ReadError("it has a row of names and no other")


def _cells(head: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader(io.StringIO(head), delimiter=delimiter), [])]


def _rows(stream: IO[bytes], source: Source) -> Iterator[str]:
    """Physical lines, with their line ends: a cell may hold some."""
    first = stream.readline(LARGEST + 2)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from decode(first + stream.read(LARGEST), source.charset).splitlines(keepends=True)
        return
    line = first.removeprefix(codecs.BOM_UTF8)
    while line:
        yield decode(line, source.charset)
        line = stream.readline(LARGEST + 2)


def _record(record: Any, number: int) -> Draft | Fault:
    if not isinstance(record, Mapping):
        return Fault(f"it is a JSON {type(record).__name__}; expected an object with a text", number)
    fields = draft_fields(record)
    text = fields.pop("text", "")
    if not text.strip():
        names = ", ".join(str(name) for name in list(record)[:12]) or "none"
        return Fault(f"it has no text: expected one of {', '.join(NAMES['text'][:4])}; its fields are {names}", number)
    # A record may say that what looks like tags in its text are words: "markup": "none".
    markup = "html" if _TAGS.search(text[:5_000]) and record.get("markup") != "none" else ""
    return draft_from({**fields, "text": text}, markup, number)


def _brief(error: Exception) -> str:
    return str(error)[:120]
