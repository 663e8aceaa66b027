"""Assessment: what the collection says about a claim. Pure functions over statements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.claims import Claim
from index.article import Article
from index.dates import PartialDate
from index.statements import Source, Statement


@dataclass(frozen=True, slots=True)
class Report:
    """One article's report of the claim on one source's word."""

    statement: Statement
    """The statement that carries it."""
    article: Article
    """The article it stands in."""
    outlet: str
    """The innermost named outlet of the chain, else the publisher; empty when neither is known."""
    root: str
    """The innermost named party of the chain; empty when no link has a name."""
    root_statement_source: Source
    """The innermost party, named or not."""
    anonymous: bool
    """True where the innermost party is unnamed, so that the root stands in for it."""
    date: PartialDate | None
    """When it was reported: the article's date; None when unknown."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement that denies the claim, or something near it."""

    report: Report
    """Who denies, where, when."""
    of_claim: bool
    """True where it denies this very claim; False where it denies a related but different one."""
    denied: str
    """What it denies, in the article's words."""


class ConflictKind(StrEnum):
    """What the sources disagree on."""

    FIGURES = "figures"
    DATES = "dates"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a disagreement."""

    value: str
    """The figure, date or account in the article's words ("at least nine", "12 April")."""
    reports: tuple[Report, ...]
    """Who gives it; never empty."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that cannot all be right, side by side, never averaged."""

    kind: ConflictKind
    """Figures, dates or accounts."""
    about: str
    """What they count, date or tell of ("dead"); may be empty."""
    sides: tuple[ConflictSide, ...]
    """Two or more, each with its reports."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the collection says about one claim."""

    claim: Claim
    """The claim."""
    reports: tuple[Report, ...]
    """Every report that bears it out, in time order; undated ones last."""
    denials: tuple[Denial, ...]
    """Denials of it and of related claims."""
    retractions: tuple[Report, ...]
    """Statements by which a publisher or source withdrew or corrected its report."""
    copies: tuple[tuple[str, ...], ...]
    """Groups of ids of articles among the reports that are copies or near copies of one text."""
    conflicts: tuple[Conflict, ...]
    """Disagreements that bear on the question."""

    @property
    def first(self) -> Report | None:
        """The earliest dated report; of two on one day the cited precedes the citing. None without reports; the
        first of the undated ones where none is dated."""
        return self.reports[0] if self.reports else None

    @property
    def roots(self) -> tuple[str, ...]:
        """The distinct root sources, in order of first report; an unknown root is the empty string."""
        return tuple(dict.fromkeys(report.root for report in self.reports))

    @property
    def independent_sources(self) -> int:
        """How many different root sources report the claim; an unknown root counts only where it is alone."""
        named = [root for root in self.roots if root]
        return len(named) or len(self.roots)
