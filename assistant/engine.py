"""Engine and Talk: what the command line and the chat page need of an assistant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from assistant.answer import Answer
from assistant.evidence import Evidence
from assistant.progress import OnStep
from index.article import Article
from index.dates import PartialDate

When = str | date | PartialDate | None
"""A bound on publication dates; None for none."""


class PublisherLine(Protocol):
    """One publisher of the collection."""

    @property
    def publisher(self) -> str:
        """Its name; empty for articles whose publisher is unknown."""
        ...

    @property
    def articles(self) -> int:
        """How many articles it has, at least 1."""
        ...

    @property
    def first(self) -> PartialDate | None:
        """The earliest date among them; None where none is dated."""
        ...

    @property
    def last(self) -> PartialDate | None:
        """The latest date among them; None where none is dated."""
        ...


class Talk(Protocol):
    """One conversation; it keeps its own turns."""

    def ask(
        self,
        question: str,
        *,
        publishers: Sequence[str] = (),
        since: When = None,
        until: When = None,
        on_step: OnStep | None = None,
    ) -> Answer:
        """The answer to a question that may lean on the turns before it; `on_step` is told of each step."""
        ...

    def resume(self, turns: Sequence[Answer]) -> None:
        """Goes on from answers given before."""
        ...


class Engine(Protocol):
    """An open assistant. Its methods may be called from several threads at once."""

    def __len__(self) -> int:
        """Number of articles in the collection."""
        ...

    def ask(self, question: str, *, publishers: Sequence[str] = (), since: When = None, until: When = None) -> Answer:
        """The answer to a question that stands on its own."""
        ...

    def conversation(self) -> Talk:
        """A new conversation, apart from every other."""
        ...

    def retrieve(
        self,
        question: str,
        limit: int = 10,
        *,
        publishers: Sequence[str] = (),
        since: When = None,
        until: When = None,
    ) -> tuple[Evidence, ...]:
        """Passages for a question, best first."""
        ...

    def article(self, id: str) -> Article:
        """The article with that id; ArticleMissing where there is none."""
        ...

    def publishers(self) -> Sequence[PublisherLine]:
        """The collection's publishers."""
        ...
