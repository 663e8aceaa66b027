"""Session and Turn: what one reader of the page has asked and been told. No page in it: this is tested alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.engine import Engine, Talk
from assistant.question import Filters
from assistant.render import date_words


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader thinks of an answer."""

    right: bool
    """True where it was marked right."""
    why: str = ""
    """In the reader's words; may be empty."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it; waiting while there is neither answer nor error."""

    number: int
    """From 1, in the order asked."""
    question: str
    """As asked."""
    filters: Filters
    """Which articles may be used."""
    answer: Answer | None = None
    """The answer; None while it is awaited and where there is an error."""
    error: str = ""
    """What went wrong and what to do; empty where nothing did."""
    stopped: bool = False
    """True where the reader stopped it; then `error` says so."""
    mark: Mark | None = None
    """What the reader thinks of the answer; None until it is marked."""

    @property
    def waiting(self) -> bool:
        """True until the answer or an error is there."""
        return self.answer is None and not self.error

    @property
    def filter_words(self) -> str:
        """The filters in words; empty where there are none."""
        parts = [", ".join(self.filters.publishers)] if self.filters.publishers else []
        parts += [f"from {date_words(self.filters.since)}"] if self.filters.since else []
        parts += [f"until {date_words(self.filters.until)}"] if self.filters.until else []
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Session:
    """One reader's conversation. Each browser tab has its own, so that two never mix."""

    id: str
    """Of the conversation; cannot be guessed."""
    owner: str
    """Who may see it: the user's name where there is a log-in, else empty."""
    talk: Talk
    """The engine's conversation."""
    turns: tuple[Turn, ...] = ()
    """Oldest first."""

    def asked(self, question: str, filters: Filters) -> Session:
        """The session with one more turn, which waits for its answer."""
        number = self.turns[-1].number + 1 if self.turns else 1
        return replace(self, turns=(*self.turns, Turn(number, question, filters)))

    def with_turn(self, turn: Turn) -> Session:
        """The session with the turn of that number replaced."""
        return replace(self, turns=tuple(turn if old.number == turn.number else old for old in self.turns))

    def turn(self, number: int) -> Turn | None:
        """The turn with that number; None where there is none."""
        return next((turn for turn in self.turns if turn.number == number), None)

    @property
    def latest(self) -> Turn | None:
        """The last turn that has an answer; None where there is none."""
        return next((turn for turn in reversed(self.turns) if turn.answer), None)


def new_session(engine: Engine, owner: str = "") -> Session:
    """A session with no turn."""
    return Session(secrets.token_urlsafe(12), owner, engine.conversation())


def resumed(engine: Engine, id: str, owner: str, turns: tuple[Turn, ...]) -> Session:
    """A session that goes on from the turns of a kept conversation."""
    talk = engine.conversation()
    talk.resume([turn.answer for turn in turns if turn.answer])
    return Session(id, owner, talk, turns)
