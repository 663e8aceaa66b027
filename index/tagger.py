"""Attribution and Tagger: who is quoted, by which words, and what is attributed, as spans of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from index.spans import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as it stands in the text, before names are resolved (the scheme of PolNeAR and PARC)."""

    source: tuple[Span, ...]
    """The words that name who is quoted; empty where nobody is ("it was reported that")."""
    cue: tuple[Span, ...]
    """The words that attribute, in text order; empty where quotation marks alone do."""
    content: tuple[Span, ...]
    """What is attributed, in text order; several where it is broken. Never empty."""


class Tagger(Protocol):
    """Finds the attributions of a text."""

    name: str
    """Recorded in the index's manifest: statements of two taggers are not mixed."""

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """Attributions in the order of their content; they may nest."""
        ...
