"""Plain text: the whole file is one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.readers.draft import Draft, Fault
from index.readers.encoding import decode
from index.readers.source import Source


def read(source: Source) -> Iterator[Draft | Fault]:
    """The file as one draft; what it says of itself is found later, in the text."""
    yield Draft(decode(source.data(), source.charset))


def part_paragraphs(text: str) -> str:
    """The text with a blank line between paragraphs where it has single line ends; only white space changes.

    Text wrapped at a fixed width has its line ends inside the paragraphs, and stays as it is.
    """
    lines = text.split("\n")
    if len(lines) < 2:
        return text
    if "" not in (line.strip() for line in lines):
        return "\n\n".join(line.strip() for line in lines) if not _wrapped(lines) else _part_headline(lines)
    return _part_headline(lines)


def _part_headline(lines: list[str]) -> str:
    """A headline that stands right on the text is parted from it; a wrapped first paragraph is not a headline."""
    first, second = lines[0].strip(), lines[1].strip()
    headline = first and second and not re.search(r"[.,;:—–-]$", first) and len(second) > len(first) + 40
    return "\n".join([lines[0], "", *lines[1:]]) if headline else "\n".join(lines)


def _wrapped(lines: list[str]) -> bool:
    """True where most lines are about equally long and end in the middle of a sentence."""
    body = [line.strip() for line in lines[1:-1] if line.strip()] or [lines[0].strip()]
    longest = max(len(line) for line in body)
    broken = sum(not re.search(r"[.!?…:][\"”'’)]*$", line) for line in body)
    return longest <= 100 and broken > 0.5 * len(body)
