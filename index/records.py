"""Articles, statements and dates as JSON and back, exactly: how the catalogue keeps them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from index.article import Article
from index.dates import PartialDate
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

_PLAIN = ("publisher", "title", "author", "language", "url", "publisher_from", "date_from", "path", "credit")


def article_record(article: Article) -> str:
    """What is known of an article as a JSON object, without its id and text."""
    record: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    record["published"] = date_value(article.published)
    return json.dumps(record)


def read_article(id: str, record: str, text: str) -> Article:
    """The article of a record made by `article_record`."""
    values = json.loads(record)
    published = read_date(values.pop("published"))
    return Article(id=id, published=published, text=text, **values)


def statement_record(statement: Statement) -> str:
    """A statement as a JSON object, without its ids."""
    return json.dumps(
        {
            "source_span": _span_value(statement.source_span),
            "cue_span": _span_value(statement.cue_span),
            "content_spans": [_span_value(span) for span in statement.content_spans],
            "source": _source_value(statement.source),
            "stance": statement.stance.value,
            "via": [_source_value(source) for source in statement.via],
            "said_on": date_value(statement.said_on),
            "happened_on": date_value(statement.happened_on),
            "hedged": statement.hedged,
            "in_title": statement.in_title,
            "own_sight": statement.own_sight,
        }
    )


def read_statement(id: str, article_id: str, record: str) -> Statement:
    """The statement of a record made by `statement_record`."""
    values = json.loads(record)
    return Statement(
        id=id,
        article_id=article_id,
        source_span=_read_span(values["source_span"]),
        cue_span=_read_span(values["cue_span"]),
        content_spans=tuple(Span(*pair) for pair in values["content_spans"]),
        source=_read_source(values["source"]),
        stance=Stance(values["stance"]),
        via=tuple(_read_source(source) for source in values["via"]),
        said_on=read_date(values["said_on"]),
        happened_on=read_date(values["happened_on"]),
        hedged=values["hedged"],
        in_title=values["in_title"],
        own_sight=values["own_sight"],
    )


def date_value(value: PartialDate | None) -> list[Any] | None:
    """A date as [year, month, day, moment in ISO 8601], None where unknown."""
    return None if value is None else [value.year, value.month, value.day, value.clock or None]


def read_date(value: list[Any] | None) -> PartialDate | None:
    """The date of a value made by `date_value`."""
    if value is None:
        return None
    year, month, day, moment = value
    return PartialDate(year, month, day, datetime.fromisoformat(moment) if moment else None)


def _span_value(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _read_span(value: list[int] | None) -> Span | None:
    return None if value is None else Span(*value)


def _source_value(source: Source) -> list[Any]:
    return [source.name, source.kind.value, source.speaks_for, list(source.aliases), source.role]


def _read_source(value: list[Any]) -> Source:
    name, kind, speaks_for, aliases, role = value
    return Source(name, SourceKind(kind), speaks_for, tuple(aliases), role)
