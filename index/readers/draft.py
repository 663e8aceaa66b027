"""Draft and Fault: what a format says of one article, before ids are given and the text is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says of one article; every field as it stands there, empty where it says nothing."""

    text: str
    """The article's text; HTML where `markup` says so."""
    id: str = ""
    """The article's own id."""
    title: str = ""
    """Headline."""
    publisher: str = ""
    """Who published it."""
    author: str = ""
    """Byline."""
    published: str = ""
    """Publication date in any form that `parse_date` reads."""
    url: str = ""
    """Address of the article."""
    language: str = ""
    """Language tag ("en", "en-GB")."""
    markup: str = ""
    """ "html" where the text may hold HTML tags; empty for plain text."""
    number: int = 0
    """Which of the file's records it is, counted from 1; 0 where the file is one article."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that cannot be read, while others of the file can."""

    reason: str
    """What was found, what was expected, what to do."""
    number: int
    """Which record, counted from 1."""
    place: str = ""
    """How messages name the record where a line number helps more ("line 12"); empty for "record N"."""
