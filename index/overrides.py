"""What the user set for an article: kept apart from what its file says, so that it outlives another ingest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from index.article import Article
from index.catalogue import Catalogue
from index.dates import PartialDate, parse_date
from index.errors import SettingsError
from index.records import date_value, read_date

EDIT = "edit"
"""Set for this article; goes before what the file says."""
FILL = "fill"
"""Set for a whole ingest; holds where the file says nothing."""


def record(catalogue: Catalogue, id: str, values: Mapping[str, Any], origin: str) -> None:
    """Keeps values of fields ("publisher", "published", "title", "author") for an article; "" says unknown.

    Raises:
        SettingsError: the date is none.
    """
    with catalogue.transaction():
        for field, value in values.items():
            kept = date_value(checked_date(value)) if field == "published" else str(value)
            catalogue.execute(
                "INSERT OR REPLACE INTO overrides VALUES (?, ?, ?, ?)", id, field, origin, json.dumps(kept)
            )


def overridden(catalogue: Catalogue, article: Article) -> Article:
    """The article with what the user set for its id."""
    rows = catalogue.rows("SELECT field, origin, value FROM overrides WHERE id = ?", article.id)
    for field, origin, value in sorted(rows, key=lambda row: row[1] == EDIT):
        kept: Any = read_date(json.loads(value)) if field == "published" else json.loads(value)
        if origin == FILL and getattr(article, field):
            continue
        article = replace(article, **{field: kept})
        if field == "publisher":
            article = replace(article, publisher_from="set" if kept else "")
        if field == "published":
            article = replace(article, date_from="set" if kept else "")
    return article


def fills(article: Article) -> dict[str, Any]:
    """What was set for the whole ingest that brought this article."""
    found: dict[str, Any] = {}
    if article.publisher_from == "set":
        found["publisher"] = article.publisher
    if article.date_from == "set" and article.published:
        found["published"] = article.published
    return found


def checked_date(value: str | date | PartialDate | None) -> PartialDate | None:
    """A date that a user gave; None for "" and None.

    Raises:
        SettingsError: it is no date.
    """
    found = parse_date(value) if value else None
    if value and found is None:
        raise SettingsError(f"{value!r} is not a date. Give ISO 8601: 2017-09-12, 2017-09 or 2017.")
    return found
