"""Context: the paragraph around a quote, as much of it as the page shows."""

from __future__ import annotations

from dataclasses import dataclass

from index.spans import Span, paragraphs

CUT = "… "


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before and after a quote in its paragraph."""

    before: str
    """Starts with "…" where the paragraph was cut."""
    after: str
    """Ends with "…" where the paragraph was cut."""


def in_context(text: str, span: Span, quote: str, window: int) -> Context | None:
    """The rest of the paragraphs that the quote stands in; None where the text no longer has the quote at its place.

    `window` is the most characters shown, quote included; where the quote alone is longer nothing stands around it.
    """
    if span.of(text) != quote:
        return None
    around = [paragraph for paragraph in paragraphs(text) if paragraph.overlaps(span)]
    start = min([paragraph.start for paragraph in around] + [span.start])
    end = max([paragraph.end for paragraph in around] + [span.end])
    room = max(0, window - len(span))
    before, after = text[start : span.start], text[span.end : end]
    left = min(len(before), max(room // 2, room - len(after)))
    right = min(len(after), room - left)
    return Context(_last(before, left), _first(after, right))


def _first(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] + " …"


def _last(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return CUT + text[len(text) - most :].partition(" ")[2]
