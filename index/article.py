"""Article: one published text with what is known about where it came from."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from index.dates import PartialDate, parse_date


def fold_name(name: str) -> str:
    """A name without case, accents and doubled white space: how publishers are compared."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


@dataclass(frozen=True, slots=True)
class Article:
    """One published text."""

    id: str
    """Unique in an index; never empty."""
    publisher: str
    """Who published it; empty when unknown, never guessed."""
    title: str
    """Headline; empty when unknown."""
    author: str
    """Byline as printed, without "By"; empty when unknown."""
    published: PartialDate | None
    """Publication date with its precision, in the outlet's own zone; None when unknown."""
    language: str
    """ISO 639-1 code, "en" for English; empty when it could not be told."""
    url: str
    """http(s) address; empty when unknown."""
    text: str
    """What every offset indexes: the text of the file without markup and boilerplate, words unchanged."""
    publisher_from: str = ""
    """Where the publisher came from: "file", "text" (a credit, title or line that names it), "set" (by the
    user); empty when unknown."""
    date_from: str = ""
    """Where the date came from, in the same words."""
    path: str = ""
    """The file, address or stream that it was read from; empty when made in memory."""
    credit: str = ""
    """The wire or paper that a credit line names as the text's origin ("(AP)"); empty when there is none."""

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) over everything that the index stores of the article, save where it was read from."""
        parts: tuple[str, ...] = (
            self.id,
            self.publisher,
            self.title,
            self.author,
            str(self.published or ""),
            self.language,
        )
        parts += (self.published.clock if self.published else "", self.url, self.text, self.credit)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str = "",
        publisher: str = "",
        title: str = "",
        author: str = "",
        published: str | date | datetime | PartialDate | None = None,
        language: str = "en",
        url: str = "",
    ) -> Article:
        """An article made in memory; the text is kept as it is.

        Raises:
            ValueError: the text is empty, or `published` is a string that is no date.
        """
        if not text.strip():
            raise ValueError("an article needs a text; got only white space")
        when = parse_date(published) if published else None
        if published and when is None:
            raise ValueError(f"not a date: {published!r}; give ISO 8601, as 2017-09-12 or 2017-09")
        return cls(
            id=id or hashlib.sha256(text.encode()).hexdigest()[:16],
            publisher=publisher,
            title=title,
            author=author,
            published=when,
            language=language,
            url=url,
            text=text,
            publisher_from="set" if publisher else "",
            date_from="set" if when else "",
        )
