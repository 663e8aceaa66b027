"""Question: what is asked, about what, of which sources and dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.dates import PartialDate


class QuestionKind(StrEnum):
    """What a question wants to know."""

    FIRST = "first"  # who reported it first, and where
    SOURCE = "source"  # who reported it, who says so, whose figure it is
    SAID = "said"  # what did X say (about Y)
    HOW_MANY = "how-many"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    WHY = "why"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    INDEPENDENT = "independent"  # how many independent sources
    DISAGREE = "disagree"
    TIMELINE = "timeline"
    YES_NO = "yes-no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be used."""

    publishers: tuple[str, ...] = ()
    """Names as `corroborate sources` prints them, case and accents aside; empty for all."""
    since: PartialDate | None = None
    """Published on this day or later; undated articles are left out where either bound is set."""
    until: PartialDate | None = None
    """Published on this day or earlier."""

    def __bool__(self) -> bool:
        return bool(self.publishers or self.since or self.until)
