"""The page: its layout, and what happens on each event. The engine is given; the HTML is made in `panels`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.chat.panels import EMPTY, conversation, dossier, latest, masthead
from assistant.chat.session import Session, answered, new_session
from assistant.engine import Engine
from assistant.filters import checked_question, read_filters
from assistant.settings import Settings
from index.errors import CorroborateError, SettingsError

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
ANSWERS = "answers"
"""Events under this name share one limit on how many run at once."""


def build(engine: Engine, settings: Settings, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page over `engine`; `examples` are questions that it offers before the first one is asked."""
    import gradio as gr

    handlers = Handlers(engine, settings, tuple(examples))
    page = gr.Blocks(title="Corroborate", analytics_enabled=False, fill_width=True)
    with page:
        session = gr.State(None)
        head = gr.HTML(elem_id="masthead", apply_default_css=False, js_on_load=None)
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="left", scale=6, min_width=320):
                talk = gr.HTML(elem_id="conversation", apply_default_css=False, js_on_load=_script("conversation.js"))
                with gr.Column(elem_id="composer"):
                    with gr.Row(elem_id="asking"):
                        question = gr.Textbox(
                            elem_id="question",
                            label="Question",
                            placeholder="Ask about a claim",
                            lines=1,
                            max_lines=6,
                            max_length=settings.question_limit,
                            scale=1,
                        )
                        send = gr.Button("Ask", elem_id="send", variant="primary", scale=0, min_width=84)
                    with gr.Row(elem_id="filters"):
                        publishers = gr.Dropdown(
                            label="Only these publishers", multiselect=True, choices=[], scale=3, min_width=180
                        )
                        since = gr.Textbox(label="From", placeholder="2017-09-12", scale=1, min_width=110)
                        until = gr.Textbox(label="Until", placeholder="2017-10", scale=1, min_width=110)
                    fresh = gr.Button("New conversation", elem_id="fresh", size="sm", variant="secondary")
            with gr.Column(elem_id="right", scale=5, min_width=320):
                panel = gr.HTML(elem_id="dossier", apply_default_css=False, js_on_load=_script("dossier.js"))

        shown = [question, talk, panel, session]
        asking: dict[str, Any] = {
            "outputs": shown,
            "show_progress": "hidden",
            "concurrency_limit": settings.answers_at_once,
            "concurrency_id": ANSWERS,
            "api_visibility": "private",
        }
        quick: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}
        page.load(handlers.load, [session], [head, publishers, talk, panel], **quick)
        gr.on([question.submit, send.click], handlers.ask, [question, publishers, since, until, session], **asking)
        talk.example(_example_handler(handlers), [publishers, since, until, session], **asking)
        talk.cite(_cite_handler(handlers), [session], [panel], **quick)
        fresh.click(handlers.fresh, None, shown, **quick)
    return page


def _script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _example_handler(handlers: Handlers) -> Callable[..., Iterator[tuple[Any, ...]]]:
    def ask(
        publishers: list[str], since: str, until: str, session: Session | None, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        yield from handlers.ask(str(event._data.get("question", "")), publishers, since, until, session)

    return _with_event(ask)


def _cite_handler(handlers: Handlers) -> Callable[..., str]:
    def cite(session: Session | None, event: gr.EventData) -> str:
        return handlers.cite(session, event._data.get("turn"), event._data.get("number"))

    return _with_event(cite)


def _with_event(handler: Callable[..., Any]) -> Callable[..., Any]:
    """gradio finds the event's parameter by its type, which it cannot read from a string: gradio is no global here."""
    import gradio as gr

    handler.__annotations__["event"] = gr.EventData
    return handler


class Handlers:
    """What happens on each event; holds nothing of any one conversation."""

    def __init__(self, engine: Engine, settings: Settings, examples: tuple[str, ...]) -> None:
        self.engine = engine
        self.settings = settings
        self.examples = examples
        self.dossier = partial(dossier, articles=engine.article, window=settings.context_window)

    def load(self, session: Session | None) -> tuple[Any, ...]:
        """The head, the publishers to choose from, the conversation and the dossier, as the page opens."""
        import gradio as gr

        try:
            articles, publishers = len(self.engine), tuple(self.engine.publishers())
        except CorroborateError as error:
            return masthead(0, (), str(error)), gr.skip(), self.talk(session), self.dossier(latest(session))
        names = sorted((line.publisher for line in publishers if line.publisher), key=str.casefold)
        head = masthead(articles, publishers)
        return head, gr.update(choices=names), self.talk(session, articles == 0), self.dossier(latest(session))

    def ask(
        self, question: str, publishers: Sequence[str] | None, since: str, until: str, session: Session | None
    ) -> Iterator[tuple[Any, ...]]:
        """Shows the question at once, then the answer or what went wrong: (question box, talk, dossier, session)."""
        import gradio as gr

        question = question.strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        session = session or new_session(self.engine)
        if session.turns and session.turns[-1].waiting:  # its browser went away before the answer came
            session = Session(session.talk, session.turns[:-1])
        try:
            session = session.asked(question, self._filters(question, publishers or (), since, until))
        except CorroborateError as error:
            session = session.refused(question, str(error))
            yield question, self.talk(session), gr.skip(), session
            return
        yield "", self.talk(session), gr.skip(), session
        session = answered(session)
        last = session.turns[-1]
        panel = self.dossier(last) if last.answer else gr.skip()
        yield gr.skip(), self.talk(session), panel, session

    def _filters(self, question: str, publishers: Sequence[str], since: str, until: str) -> Any:
        checked_question(question, self.settings.question_limit)
        if not len(self.engine):
            raise SettingsError("The collection is empty. Add articles with: corroborate ingest PATH --index DIR")
        known = [line.publisher for line in self.engine.publishers()] if publishers else []
        return read_filters(publishers, since, until, known)

    def cite(self, session: Session | None, turn: object, number: object) -> str:
        """The dossier of a turn, opened at a source; what the browser sends is checked, as anyone can send it."""
        wanted = session.turn(turn) if session and isinstance(turn, int) else None
        return self.dossier(wanted or latest(session), opened=number if isinstance(number, int) else 0)

    def fresh(self) -> tuple[Any, ...]:
        """An empty conversation: (question box, talk, dossier, session)."""
        return "", self.talk(None), self.dossier(None), None

    def talk(self, session: Session | None, empty: bool = False) -> str:
        """The conversation as HTML."""
        turns = session.turns[-self.settings.turns_shown :] if session else ()
        return conversation(turns, self.examples, EMPTY if empty else "")
