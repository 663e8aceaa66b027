"""Note: one typed remark on an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note says; the README tells when each holds."""

    SINGLE_SOURCE = "single-source"
    CORROBORATED = "corroborated"
    CIRCULAR_REPORTING = "circular-reporting"
    REPRINT = "reprint"
    DENIED = "denied"
    RELATED_DENIAL = "related-denial"
    RETRACTED = "retracted"
    CONFLICTING_FIGURES = "conflicting-figures"
    CONFLICTING_DATES = "conflicting-dates"
    CONFLICTING_ACCOUNTS = "conflicting-accounts"
    ANONYMOUS_SOURCE = "anonymous-source"
    UNATTRIBUTED = "unattributed"
    HEDGED = "hedged"
    UNDATED = "undated"
    NO_EVIDENCE = "no-evidence"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark."""

    kind: NoteKind
    """Its type."""
    text: str
    """One or two sentences that name parties and dates, without markers."""
    citations: tuple[int, ...] = ()
    """Numbers of the answer's citations that bear it out; empty for no-evidence alone."""
