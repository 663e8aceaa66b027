"""Evidence: a passage that retrieval brought, numbered, with its article and its statements."""

from __future__ import annotations

from dataclasses import dataclass

from index.article import Article
from index.passages import Passage
from index.statements import Statement


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage, ranked."""

    number: int
    """Rank, from 1."""
    passage: Passage
    """The passage found."""
    article: Article
    """The article it is of."""
    statements: tuple[Statement, ...]
    """The article's statements whose content lies in the passage."""
    score: float
    """Higher is better; comparable within one result list only."""
