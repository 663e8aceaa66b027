"""Claim: one proposition that statements in several articles are about."""

from __future__ import annotations

from dataclasses import dataclass

from index.statements import Statement


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition, and the statements that are about it."""

    text: str
    """The claim in words: the question's topic, or the content of the statement that puts it best."""
    statements: tuple[Statement, ...]
    """Every statement about it, bearing it out or denying it."""
