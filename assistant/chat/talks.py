"""Talks: the conversations that are open on the page, each under its id, and kept as they grow."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer
from assistant.chat.kept import Kept, KeptTalk
from assistant.chat.session import Mark, Session, Turn, new_session, resumed
from assistant.engine import Engine
from assistant.feedback import Context, Verdict
from assistant.progress import OnStep
from assistant.question import Filters
from index.errors import CorroborateError

_log = logging.getLogger(__name__)

OPEN = 1000
"""Conversations held in memory; one that nobody has used for longest makes room, and is read from disk when needed."""


Record = Callable[[Answer, Verdict, str, Context], object]
"""Keeps a mark."""


class Stopped(BaseException):
    """The reader stopped the answer. No `Exception`, so that nothing on its way up takes it for a fault."""


class Talks:
    """Open conversations. Its methods may be called from several threads."""

    def __init__(self, engine: Engine, kept: Kept, record: Record | None = None) -> None:
        """`record` keeps marks beyond the conversation, as `assistant.feedback` does; None where nobody does."""
        self._engine = engine
        self._kept = kept
        self._record = record
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._stops: dict[str, threading.Event] = {}
        self._guard = threading.RLock()

    def begin(self, owner: str) -> Session:
        """A new conversation."""
        return self._put(new_session(self._engine, owner))

    def find(self, owner: str, id: str) -> Session | None:
        """The owner's conversation with that id, from memory or disk; None where there is none."""
        with self._guard:
            session = self._open.get(id)
            if session is not None:
                self._open.move_to_end(id)
                return session if session.owner == owner else None
        turns = self._kept.turns(owner, id) if id else ()
        return self._put(resumed(self._engine, id, owner, turns)) if turns else None

    def listed(self, owner: str) -> tuple[KeptTalk, ...]:
        """The owner's conversations, the one changed last first."""
        return self._kept.talks(owner)

    def ask(self, session: Session, question: str, filters: Filters) -> Turn | None:
        """The conversation's next turn, which waits; None where the one before still does."""
        with self._guard:
            if session.id in self._stops:
                return None
            self._stops[session.id] = threading.Event()
            asked = self._open.get(session.id, session).asked(question, filters)
            self._put(asked)
            return asked.turns[-1]

    def answer(self, session: Session, turn: Turn, on_step: OnStep) -> Turn:
        """Puts a turn of `ask` to the engine: an answer, or an error that says what happened. It is kept.

        Nothing is raised: whatever fails, the conversation goes on.
        """
        stop = self._stops.get(session.id) or threading.Event()

        def told(step: str) -> None:
            if stop.is_set():
                raise Stopped
            on_step(step)

        try:
            turn = replace(turn, answer=self._asked(session, turn, told))
        except Stopped:
            turn = replace(turn, stopped=True, error="You stopped this. Ask again when you like.")
        except CorroborateError as error:
            turn = replace(turn, error=str(error))
        except Exception as error:  # the page outlives any fault of the engine; the log has the traceback
            _log.exception("the question failed: %s", turn.question)
            what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            message = f"The question could not be answered ({what}). The log of the server has the details. Ask again, "
            turn = replace(turn, error=message + "or put it in other words.")
        self.change(session.id, lambda found: found.with_turn(turn))
        with self._guard:
            self._stops.pop(session.id, None)
        return turn

    def _asked(self, session: Session, turn: Turn, on_step: OnStep) -> Answer:
        on_step("")
        filters = turn.filters
        return session.talk.ask(
            turn.question, publishers=filters.publishers, since=filters.since, until=filters.until, on_step=on_step
        )

    def stop(self, id: str) -> None:
        """Stops the answer that a conversation waits for, if it does."""
        with self._guard:
            if id in self._stops:
                self._stops[id].set()

    def stopping(self, id: str) -> bool:
        """True from `stop` until the answer has ended."""
        with self._guard:
            return id in self._stops and self._stops[id].is_set()

    def mark(self, owner: str, id: str, number: int, mark: Mark) -> Turn | None:
        """Marks an answer; None where the owner has no such turn.

        Raises:
            SettingsError: a wrong answer has no reason.
            IndexUnusable: the mark cannot be kept.
        """
        session = self.find(owner, id)
        turn = session.turn(number) if session else None
        if session is None or turn is None or turn.answer is None:
            return None
        if self._record:
            before = tuple(one.question for one in session.turns if one.number < number and one.answer)
            verdict = Verdict.RIGHT if mark.right else Verdict.WRONG
            self._record(turn.answer, verdict, mark.why, Context(before, turn.filters))
        marked = replace(turn, mark=mark)
        self.change(id, lambda found: found.with_turn(marked))
        return marked

    def change(self, id: str, change: Callable[[Session], Session]) -> None:
        """Changes a conversation, and keeps the turns that differ; one that was deleted meanwhile stays deleted."""
        with self._guard:
            before = self._open.get(id)
            if before is None:
                return
            after = self._put(change(before))
        for turn in after.turns:
            if not turn.waiting and turn is not before.turn(turn.number):
                try:
                    self._kept.save(after.owner, id, turn)
                except Exception:  # a full disk: the conversation goes on, and is lost at the end
                    _log.exception("a turn could not be kept")

    def delete(self, owner: str, id: str) -> bool:
        """Deletes a conversation for good; False where the owner has none with that id."""
        session = self.find(owner, id)
        if session is None:
            return False
        self.stop(id)
        with self._guard:
            self._open.pop(id, None)
            self._kept.delete(owner, id)
        return True

    def _put(self, session: Session) -> Session:
        with self._guard:
            self._open[session.id] = session
            self._open.move_to_end(session.id)
            idle = [id for id in self._open if id not in self._stops]
            for id in idle[: max(0, len(self._open) - OPEN)]:
                del self._open[id]
        return session
