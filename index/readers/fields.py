"""The usual names of fields, and a record under them as a draft's fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from index.readers.draft import Draft

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "guid", "uuid"),
    "title": ("title", "headline", "name"),
    "text": (
        "text", "body", "content", "article", "articlebody", "fulltext", "maintext", "contenttext", "contenthtml",
        "bodytext", "articletext",
    ),
    "publisher": ("publisher", "source", "outlet", "sitename", "site", "newspaper", "publication", "sourcename"),
    "published": (
        "published", "date", "publishedat", "publishdate", "datepublished", "pubdate", "publicationdate",
        "publishedon", "publishedtime", "publishtime", "dateposted",
    ),
    "url": ("url", "link", "permalink", "canonicalurl"),
    "author": ("author", "byline", "authors", "creator", "writer"),
    "language": ("language", "lang", "inlanguage"),
}  # fmt: skip
"""Draft field → names in files, in the order in which they are tried, folded by `fold`."""


def fold(name: str) -> str:
    """A field's name as it is compared: lower-case, letters and digits alone ("Publish_Date" is "publishdate")."""
    return re.sub(r"[\W_]", "", str(name).lower())


def has_text(names: Iterable[str]) -> bool:
    """True where one of the names is a usual one for the text."""
    folded = {fold(name) for name in names}
    return any(name in folded for name in NAMES["text"])


def draft_fields(record: Mapping[str, Any]) -> dict[str, str]:
    """What a record says, under the draft's names; a field that it does not have is missing."""
    folded: dict[str, Any] = {}
    for key, value in record.items():
        folded.setdefault(fold(key), value)
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        for name in names:
            value = words_of(folded.get(name))
            if field == "publisher" and re.match(r"https?://", value):
                found.setdefault("url", value)  # some collections put the address under "source"
                value = ""
            if value:
                found[field] = value
                break
    return found


def draft_from(fields: Mapping[str, str], markup: str = "", number: int = 0) -> Draft:
    """A draft of the fields that `draft_fields` finds, the text among them."""
    return Draft(
        fields["text"],
        id=fields.get("id", ""),
        title=fields.get("title", ""),
        publisher=fields.get("publisher", ""),
        author=fields.get("author", ""),
        published=fields.get("published", ""),
        url=fields.get("url", ""),
        language=fields.get("language", ""),
        markup=markup,
        number=number,
    )


def words_of(value: Any) -> str:
    """A value as text: of an object its name, of a list its parts."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return "" if value.strip().lower() in ("null", "nan", "none", "n/a") else value.strip()
    if isinstance(value, Mapping):
        for key in ("name", "title", "rendered", "#text", "value"):
            if value.get(key):
                return words_of(value[key])
        return ""
    if isinstance(value, list | tuple):
        parts = [part for part in (words_of(part) for part in value) if part]
        long = any(len(part) > 100 for part in parts)
        return ("\n\n" if long else ", ").join(parts)
    return str(value)
