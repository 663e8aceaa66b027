"""Session and Turn: what one reader of the page has asked and been told. No page in it: this is tested alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.engine import Engine, Talk
from assistant.question import Filters
from assistant.render import date_words
from index.errors import CorroborateError

_log = logging.getLogger(__name__)


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

    talk: Talk
    """The engine's conversation."""
    turns: tuple[Turn, ...] = ()
    """Oldest first."""

    def asked(self, question: str, filters: Filters) -> Session:
        """The session with one more turn, which waits for its answer."""
        number = self.turns[-1].number + 1 if self.turns else 1
        return replace(self, turns=(*self.turns, Turn(number, question, filters)))

    def refused(self, question: str, error: str) -> Session:
        """The session with one more turn that was never put to the engine."""
        after = self.asked(question, Filters())
        return after.with_last(replace(after.turns[-1], error=error))

    def with_last(self, turn: Turn) -> Session:
        """The session with its last turn replaced."""
        return replace(self, turns=(*self.turns[:-1], turn))

    def turn(self, number: int) -> Turn | None:
        """The turn with that number; None where there is none."""
        return next((turn for turn in self.turns if turn.number == number), None)


def answered(session: Session) -> Session:
    """The session with its last turn put to the engine: an answer, or an error that says what happened.

    Nothing is raised: whatever fails, the conversation goes on.
    """
    turn = session.turns[-1]
    filters = turn.filters
    try:
        answer = session.talk.ask(
            turn.question, publishers=filters.publishers, since=filters.since, until=filters.until
        )
    except CorroborateError as error:
        return session.with_last(replace(turn, error=str(error)))
    except Exception as error:  # the page outlives any fault of the engine; the log has the traceback
        _log.exception("the question failed: %s", turn.question)
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = f"The question could not be answered ({what}). The log of the server has the details. Ask again, "
        return session.with_last(replace(turn, error=message + "or put it in other words."))
    return session.with_last(replace(turn, answer=answer))


def new_session(engine: Engine) -> Session:
    """A session with no turn."""
    return Session(engine.conversation())
