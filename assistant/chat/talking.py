"""What happens when somebody asks, stops, opens a source, marks an answer, or goes to another conversation."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import TYPE_CHECKING, Any

from assistant.chat.conversation_panel import (
    Progress,
    conversation,
    empty_greeting,
    greeting,
    live,
    refusal,
    writing,
)
from assistant.chat.dossier_panel import dossier_panel
from assistant.chat.reader_panel import of_citation, of_row, reader
from assistant.chat.session import Mark, Session, Turn
from assistant.chat.takeaway import parcel
from assistant.chat.talks import Talks
from assistant.chat.talks_panel import talks_list
from assistant.engine import Engine
from assistant.filters import checked_question, read_date, read_filters
from assistant.progress import WAIT
from assistant.question import Filters
from assistant.settings import Settings
from index.errors import CorroborateError, SettingsError

if TYPE_CHECKING:
    import gradio as gr

TICK = 0.1
"""Seconds after which the page looks anew how far an answer is."""
SENTENCE_PAUSE = 0.03
"""Seconds between two sentences: each is to be its own message to the browser."""


Owner = Callable[[Any], str]
"""From a request to whose conversations it may see."""


class Talking:
    """Handles the events of the conversation; holds nothing of any one conversation but through `talks`."""

    def __init__(
        self, engine: Engine, settings: Settings, examples: Callable[[], tuple[str, ...]], talks: Talks, owner: Owner
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.examples = examples
        self.talks = talks
        self.owner = owner
        self.fillable: tuple[str, ...] = ()
        """What an empty page offers to fill the collection with."""
        self._examples: tuple[int, tuple[str, ...]] = (0, ())
        if len(engine):
            self._hello()  # looked up before the first reader comes: it loads the models
        self._pool = ThreadPoolExecutor(settings.answers_at_once, thread_name_prefix="answer")
        self._tickets = itertools.count()
        self._waiting: set[int] = set()

    # Asking

    async def ask(
        self, question: str, publishers: Sequence[str] | None, since: str, until: str, id: str, request: gr.Request
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Shows the question at once, then how far it is, then the answer sentence by sentence, or what went wrong:
        (question box, conversation, turn in the making, dossier, id, list of conversations)."""
        import gradio as gr

        skip = gr.skip()
        question, owner = question.strip(), self.owner(request)
        if not question:
            yield skip, skip, skip, skip, skip, skip
            return
        session = self.talks.find(owner, id) or self.talks.begin(owner)
        try:
            filters = self._filters(question, publishers or (), since, until)
            turn = self.talks.ask(session, question, filters)
            if turn is None:
                raise SettingsError("The question before is still being answered. Wait for it, or stop it.")
        except CorroborateError as error:
            yield question, self.talk(session), refusal(question, str(error)), skip, session.id, skip
            return
        yield "", self.talk(session), live(turn, Progress()), skip, session.id, skip
        done = turn
        async for part in self._answer(session, turn):
            if isinstance(part, Turn):
                done = part
            else:
                yield skip, skip, live(turn, part), skip, skip, skip
        if done.answer:
            for shown in range(1, len(done.answer.sentences)):
                yield skip, skip, writing(turn, done.answer, shown), skip, skip, skip
                await asyncio.sleep(SENTENCE_PAUSE)
        found = self.talks.find(owner, session.id)
        panel = self.dossier(done) if done.answer else skip
        yield skip, self.talk(found), "", panel, skip, self.listed(owner, session.id)

    async def _answer(self, session: Session, turn: Turn) -> AsyncIterator[Progress | Turn]:
        """How far the answer is, again and again; at last the turn."""
        ticket, begun = next(self._tickets), time.monotonic()
        self._waiting.add(ticket)
        steps = [""]

        def on_step(step: str) -> None:
            if step != WAIT:
                steps.append(step)

        def work() -> Turn:
            try:
                return self.talks.answer(session, turn, on_step)
            finally:
                self._waiting.discard(ticket)

        future = asyncio.get_running_loop().run_in_executor(self._pool, work)
        shown: Progress | None = None
        while not future.done():
            before = 0 if steps[-1] else sum(other < ticket for other in self._waiting)
            stopping = "stopping" if self.talks.stopping(session.id) else ""
            progress = Progress(steps[-1], before, int(time.monotonic() - begun), stopping)
            if progress != shown:
                shown = progress
                yield progress
            await asyncio.wait([future], timeout=TICK)
        yield await future

    def _filters(self, question: str, publishers: Sequence[str], since: str, until: str) -> Filters:
        checked_question(question, self.settings.question_limit)
        if not len(self.engine):
            way = (
                "Add articles under “Articles”, or load the sample there."
                if self.fillable
                else "Add articles with: corroborate ingest PATH --index DIR"
            )
            raise SettingsError(f"The collection is empty. {way}")
        read_date(since, "From")  # a slip is told by the name that the page gives the box
        read_date(until, "Until")
        known = [line.publisher for line in self.engine.publishers()] if publishers else []
        return read_filters(publishers, since, until, known)

    def stop(self, id: str, request: gr.Request) -> None:
        """Stops the answer that the conversation waits for."""
        if self.talks.find(self.owner(request), id):
            self.talks.stop(id)

    # Looking into an answer

    def cite(self, id: str, sent: Mapping[str, object], request: gr.Request) -> tuple[Any, ...]:
        """An article in the reader: (dossier, reader). What the browser sends is checked: anyone can send it."""
        import gradio as gr

        found = self._turn(id, sent.get("turn"), request)
        if found is None or found.answer is None:
            return gr.skip(), gr.skip()
        number, row, shown = sent.get("number"), sent.get("row"), None
        if isinstance(number, int):
            shown = of_citation(found.answer, found.number, number)
        elif isinstance(row, int):
            shown = of_row(found.answer, found.number, row)
        if shown is None:
            return gr.skip(), gr.skip()
        panel = gr.skip() if sent.get("shown") == found.number else self.dossier(found)
        return panel, reader(shown, self.engine.article, found.answer)

    def show(self, id: str, turn: object, request: gr.Request) -> Any:
        """The dossier of a turn."""
        import gradio as gr

        found = self._turn(id, turn, request)
        return self.dossier(found) if found and found.answer else gr.skip()

    def export(self, id: str, turn: object, form: object, request: gr.Request) -> Any:
        """A dossier as a file for the browser to save."""
        import gradio as gr

        found = self._turn(id, turn, request)
        if found is None or found.answer is None or not isinstance(form, str):
            return gr.skip()
        return parcel(found.answer, form)

    def mark(self, id: str, turn: object, right: object, why: object, request: gr.Request) -> Any:
        """Marks an answer right or wrong: the conversation."""
        import gradio as gr

        owner = self.owner(request)
        if not isinstance(turn, int) or not isinstance(right, bool) or not isinstance(why, str):
            return gr.skip()
        try:
            self.talks.mark(owner, id, turn, Mark(right, why.strip()[:500]))
        except CorroborateError as error:
            gr.Warning(escape(str(error)))
            return gr.skip()
        return self.talk(self.talks.find(owner, id))

    def _turn(self, id: str, turn: object, request: gr.Request) -> Turn | None:
        session = self.talks.find(self.owner(request), id)
        return session.turn(turn) if session and isinstance(turn, int) else None

    # Conversations

    def fresh(self, id: str, request: gr.Request) -> tuple[Any, ...]:
        """An empty conversation: (question box, conversation, turn in the making, dossier, id, list)."""
        return "", self.talk(None), "", self.dossier(None), "", self.listed(self.owner(request), "")

    def greet(self, id: str, request: gr.Request) -> Any:
        """The conversation anew where it is empty: what it greets with depends on what the collection holds."""
        import gradio as gr

        session = self.talks.find(self.owner(request), id)
        return gr.skip() if session and session.turns else self.talk(session)

    def reopen(self, id: str, request: gr.Request) -> tuple[Any, ...]:
        """A kept conversation: (conversation, turn in the making, dossier, id, list)."""
        owner = self.owner(request)
        session = self.talks.find(owner, id if isinstance(id, str) else "")
        shown = session.id if session else ""
        latest = session.latest if session else None
        return self.talk(session), "", self.dossier(latest), shown, self.listed(owner, shown)

    def delete(self, id: str, wanted: object, request: gr.Request) -> tuple[Any, ...]:
        """Deletes a kept conversation, and empties the page where it is the one on display: as `reopen`."""
        owner = self.owner(request)
        if isinstance(wanted, str):
            self.talks.delete(owner, wanted)
        return self.reopen("" if wanted == id else id, request)

    def talk(self, session: Session | None) -> str:
        """The conversation as HTML; a turn in the making is shown elsewhere."""
        turns = [turn for turn in session.turns if not turn.waiting] if session else []
        hello = "" if session and session.turns else self._hello()
        return conversation(session.id if session else "", turns[-self.settings.turns_shown :], hello)

    def _hello(self) -> str:
        held = len(self.engine)
        if not held:
            return empty_greeting(self.fillable)
        if self._examples[0] != held:  # they are looked up in the collection: once for as long as it stays the same
            self._examples = held, self.examples()
        return greeting(self._examples[1])

    def dossier(self, turn: Turn | None) -> str:
        """The dossier as HTML."""
        return dossier_panel(turn, self.engine.article, self.settings.context_window)

    def listed(self, owner: str, shown: str) -> str:
        """The conversations as HTML; `shown` is the one on display."""
        return talks_list(self.talks.listed(owner), shown)


def owner_of(request: gr.Request | None) -> str:
    """The user who makes a request; empty where nobody logs in."""
    return (getattr(request, "username", None) or "") if request else ""


def tab_of(request: gr.Request | None) -> str:
    """The browser tab that makes a request: whose a conversation is where strangers share a page without a log-in."""
    return f"tab {getattr(request, 'session_hash', None) or ''}"
