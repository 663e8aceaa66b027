"""Export: an answer with its dossier as a file to take away. The formats are in `assistant/exports/`, one file each.

    export(answer, "html") -> str, the whole file

Every text that comes from an article, a question or a model is escaped as the format asks; links are http(s) only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import Answer
from assistant.exports.claimreview import to_claimreview
from assistant.exports.html import to_html
from assistant.exports.markdown import to_markdown
from assistant.exports.plain import to_json
from assistant.exports.table import to_csv
from index.errors import SettingsError


class Format(StrEnum):
    """What an answer can be exported as."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    CLAIMREVIEW = "claimreview"


FORMATS = tuple(str(one) for one in Format)
"""Their names, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a format is written and kept."""

    make: Callable[[Answer, date], str]
    """From an answer and the day of the export to the file's text."""
    ending: str
    """Of a file's name, with its dot."""
    media_type: str
    """For a download."""
    encoding: str = "utf-8"
    """Of a file."""


_KINDS = {
    Format.MARKDOWN: _Kind(to_markdown, ".md", "text/markdown"),
    Format.HTML: _Kind(to_html, ".html", "text/html"),
    Format.JSON: _Kind(to_json, ".json", "application/json"),
    # Spreadsheet programs take a CSV file without this mark for one in the machine's old code page.
    Format.CSV: _Kind(to_csv, ".csv", "text/csv", "utf-8-sig"),
    Format.CLAIMREVIEW: _Kind(to_claimreview, ".claimreview.json", "application/ld+json"),
}


def export(answer: Answer, format: str, *, made: date | None = None) -> str:
    """An answer with its notes, reports, disagreements and sources, in one of `FORMATS`.

    Args:
        answer: any answer; one that abstains has no claim, so it has no ClaimReview.
        format: "markdown", "html", "json", "csv" or "claimreview".
        made: the day of the export, which HTML, Markdown and ClaimReview bear; None for today.

    Raises:
        SettingsError: there is no such format, or the answer has no claim to review.
    """
    return _KINDS[_format(format)].make(answer, made or date.today())


def export_bytes(answer: Answer, format: str, *, made: date | None = None) -> bytes:
    """The same as the bytes of a file: UTF-8, for CSV with the mark by which spreadsheet programs know it.

    Raises:
        SettingsError: as `export`.
    """
    return export(answer, format, made=made).encode(_KINDS[_format(format)].encoding)


def file_name(answer: Answer, format: str) -> str:
    """A name for the file, from the question: "who-first-reported-the-fire.html"; ASCII letters, digits, hyphens.

    Raises:
        SettingsError: there is no such format.
    """
    question = unicodedata.normalize("NFKD", answer.standalone_question or answer.question)
    words = re.findall(r"[a-z0-9]+", question.encode("ascii", "ignore").decode().lower().replace("'", ""))
    name = ""
    for word in words:
        if len(name) + len(word) > 60:
            break
        name += f"-{word}" if name else word
    return (name or "answer") + _KINDS[_format(format)].ending


def media_type(format: str) -> str:
    """The media type of a format: "text/html".

    Raises:
        SettingsError: there is no such format.
    """
    return _KINDS[_format(format)].media_type


def _format(name: str) -> Format:
    try:
        return Format(name)
    except ValueError as error:
        raise SettingsError(f'There is no format "{name}". Choose one of: {", ".join(FORMATS)}.') from error
