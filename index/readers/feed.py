"""RSS and Atom feeds: each entry an article, the feed's title its publisher."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers.draft import Draft, Fault
from index.readers.encoding import decode
from index.readers.html import plain_text
from index.readers.source import Source

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def read(source: Source) -> Iterator[Draft | Fault]:
    """The entries as drafts, in the feed's order; an entry's guid is its id.

    Raises:
        ReadError: it is no feed, declares entities of its own, or has no entries.
    """
    import feedparser

    data = source.data()
    text = decode(data, source.charset)
    if _ENTITY.search(text):
        # Entities that a file defines itself can grow without bound or read other files; feeds need none.
        raise ReadError("it defines XML entities of its own, which is not safe to read; save the feed without them")
    if not re.search(r"<(?:\w+:)?(?:rss|feed|rdf)\b", text, re.IGNORECASE):
        raise ReadError("its XML is neither RSS nor Atom; expected <rss>, <feed> or <rdf:RDF>")
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    entries = found.entries
    if not entries:
        raise ReadError(
            "the feed has no entries" if not found.bozo else f"its XML is broken ({found.bozo_exception})"[:160]
        )
    publisher = _text(found.feed.get("title", ""))
    rss = not str(found.version).startswith("atom")
    several = len(entries) > 1
    for number, entry in enumerate(entries, start=1):
        yield _draft(entry, publisher, rss, number if several else 0)
    if not re.search(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", text, re.IGNORECASE | re.DOTALL):
        yield Fault("the feed breaks off before its end; fetch it again", len(entries), f"after entry {len(entries)}")


def _draft(entry: Any, publisher: str, rss: bool, number: int) -> Draft | Fault:
    contents = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    text = max((plain_text(part) for part in contents if part), key=len, default="")
    title = _text(entry.get("title", ""))
    if not text:
        return Fault(f"it has neither content nor summary (title: {title[:60] or 'none'})", number, f"entry {number}")
    # Atom's <updated> is when it last changed; in RSS feedparser puts dc:date there, which is the publication.
    published = dict(entry).get("published") or (dict(entry).get("updated", "") if rss else "")
    own = entry.get("source", {}).get("title", "") if isinstance(entry.get("source"), dict) else ""
    link = entry.get("link", "")
    return Draft(
        text,
        id=str(entry.get("id") or link or ""),
        title=title,
        publisher=_text(own) or publisher,
        author=_text(entry.get("author", "")),
        published=str(published or ""),
        url=link if re.match(r"https?://", link) else "",
        number=number,
    )


def _text(markup: str) -> str:
    return plain_text(markup).replace("\n", " ").strip() if "<" in markup or "&" in markup else str(markup).strip()
