"""Articles, statements and dates as JSON and back, exactly: how the catalogue keeps them.

The fields' types say how each is written, so a field that is added to a type needs no line here; records written
before it was added get its default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from index.article import Article
from index.dates import PartialDate
from index.statements import Statement


def article_record(article: Article) -> str:
    """What is known of an article as a JSON object, without its id and text."""
    return _record(article, ("id", "text"))


def read_article(id: str, record: str, text: str) -> Article:
    """The article of a record made by `article_record`."""
    return Article(id=id, text=text, **_values(Article, json.loads(record)))


def statement_record(statement: Statement) -> str:
    """A statement as a JSON object, without its ids."""
    return _record(statement, ("id", "article_id"))


def read_statement(id: str, article_id: str, record: str) -> Statement:
    """The statement of a record made by `statement_record`."""
    return Statement(id=id, article_id=article_id, **_values(Statement, json.loads(record)))


def date_value(value: PartialDate | None) -> Any:
    """A date as a JSON value, null where unknown."""
    return _plain(value)


def read_date(value: Any) -> PartialDate | None:
    """The date of a value made by `date_value`."""
    found: PartialDate | None = _reader(PartialDate | None)(value)
    return found


def _record(made: Any, without: tuple[str, ...]) -> str:
    values = {field.name: _plain(getattr(made, field.name)) for field in fields(made) if field.name not in without}
    return json.dumps(values)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


@cache
def _readers(kind: type) -> dict[str, Callable[[Any], Any] | None]:
    """What makes each field's value, by the field's name; None where it is the JSON value itself."""
    return {name: None if one in _AS_THEY_ARE else _reader(one) for name, one in get_type_hints(kind).items()}


def _values(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    readers = _readers(kind)
    if not values.keys() <= readers.keys():
        values = {name: value for name, value in values.items() if name in readers}
    for name, read in readers.items():
        if read is not None and name in values:
            values[name] = read(values[name])
    return values


_AS_THEY_ARE = (str, bool, int, float)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from a JSON value; worked out once, since a question reads hundreds."""
    if get_origin(kind) is UnionType:  # X | None is the only union there is
        inner = _reader(next(one for one in get_args(kind) if one is not NoneType))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        if get_args(kind)[0] in _AS_THEY_ARE:
            return tuple
        part = _reader(get_args(kind)[0])
        return lambda value: tuple([part(one) for one in value]) if value else ()
    if is_dataclass(kind):
        readers = _readers(kind)  # type: ignore[arg-type]
        parts = [(at, read) for at, field in enumerate(fields(kind)) if (read := readers[field.name])]
        return _maker(kind, parts) if parts else lambda value: kind(*value)  # type: ignore[operator]
    if kind is datetime:
        return datetime.fromisoformat
    made: Callable[[Any], Any] = kind
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {one.value: one for one in kind}
        return lambda value: members[value] if value in members else made(value)
    return made


def _maker(kind: Any, parts: Sequence[tuple[int, Callable[[Any], Any]]]) -> Callable[[list[Any]], Any]:
    """What makes a dataclass of a list with its fields' JSON values, those at some places read first."""

    def make(value: list[Any]) -> Any:
        read = list(value)
        for at, reader in parts:
            if at < len(read):
                read[at] = reader(read[at])
        return kind(*read)

    return make
