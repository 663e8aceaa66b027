"""Wiring: which handler each event of the page calls."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.chat.collecting import Collecting
from assistant.chat.talking import Talking

if TYPE_CHECKING:
    import gradio as gr

RECALL = "() => [window.sessionStorage.getItem('corroborate-talk') || '']"
"""Which conversation this tab showed before it was loaded anew."""
QUICK: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Composer:
    """Where a question is written."""

    question: Any
    send: Any
    publishers: Any
    since: Any
    until: Any
    fresh: Any


@dataclass(frozen=True, slots=True)
class Books:
    """Where the collection is looked through and changed."""

    files: Any
    add_files: Any
    addresses: Any
    add_addresses: Any
    text: Any
    title: Any
    add_text: Any
    publisher: Any
    published: Any
    jobs: Any
    words: Any
    publishers: Any
    since: Any
    until: Any
    listing: Any
    timer: Any


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the conversation."""

    id: Any
    recalled: Any
    ask: Composer
    talk: Any
    live: Any
    panel: Any
    reader: Any
    parcel: Any
    talks: Any


def wire_talking(talking: Talking, at: Parts, page: gr.Blocks) -> None:
    import gradio as gr

    filters = [at.ask.publishers, at.ask.since, at.ask.until, at.id]
    answering: dict[str, Any] = {
        "outputs": [at.ask.question, at.talk, at.live, at.panel, at.id, at.talks],
        "show_progress": "hidden",
        "concurrency_limit": None,  # an answer waits its turn in `Talking`, which says so
        "api_visibility": "private",
    }
    opened = [at.talk, at.live, at.panel, at.id, at.talks]
    gr.on([at.ask.question.submit, at.ask.send.click], told(talking.ask), [at.ask.question, *filters], **answering)

    async def example(publishers: Any, since: Any, until: Any, id: str, request: Any, event: Any) -> Any:
        talk = "" if _sent(event, "alone") else id  # on its own, a question begins another conversation
        async for shown in talking.ask(str(_sent(event, "question")), publishers, since, until, talk, request):
            yield shown

    def cite(id: str, request: Any, event: Any) -> Any:
        return talking.cite(id, event._data if isinstance(event._data, dict) else {}, request)

    def show(id: str, request: Any, event: Any) -> Any:
        return talking.show(id, _sent(event, "turn"), request)

    def mark(id: str, request: Any, event: Any) -> Any:
        return talking.mark(id, _sent(event, "turn"), _sent(event, "right"), _sent(event, "why"), request)

    def export(id: str, request: Any, event: Any) -> Any:
        return talking.export(id, _sent(event, "turn"), _sent(event, "form"), request)

    def reopen(request: Any, event: Any) -> Any:
        return talking.reopen(str(_sent(event, "id")), request)

    def delete(id: str, request: Any, event: Any) -> Any:
        return talking.delete(id, _sent(event, "id"), request)

    at.talk.example(told(example), filters, **answering)
    at.talk.cite(told(cite), [at.id], [at.panel, at.reader], **QUICK)
    at.live.cite(told(cite), [at.id], [at.panel, at.reader], **QUICK)
    at.panel.cite(told(cite), [at.id], [at.panel, at.reader], **QUICK)
    at.talk.show(told(show), [at.id], [at.panel], **QUICK)
    at.talk.mark(told(mark), [at.id], [at.talk], **QUICK)
    at.panel.export(told(export), [at.id], [at.parcel], **QUICK)
    at.live.stop(told(talking.stop), [at.id], None, **QUICK)
    at.talks.reopen(told(reopen), None, opened, **QUICK)
    at.talks.delete(told(delete), [at.id], opened, **QUICK)
    at.ask.fresh.click(
        told(talking.fresh), [at.id], [at.ask.question, at.talk, at.live, at.panel, at.id, at.talks], **QUICK
    )
    page.load(told(talking.reopen), [at.recalled], opened, js=RECALL, **QUICK)


@dataclass(frozen=True, slots=True)
class Outer:
    """What the collection's events need of the rest of the page."""

    reader: Any
    talk: Any
    id: Any
    heads: Any
    greet: Any


def wire_articles(collecting: Collecting, at: Books, page: gr.Blocks, outer: Outer) -> None:
    import gradio as gr

    wanted = [at.words, at.publishers, at.since, at.until]
    unknowns = [at.publisher, at.published]
    doing = [at.jobs, at.timer]
    typed = [at.words, at.since, at.until]

    def turn_page(words: Any, publishers: Any, since: Any, until: Any, event: Any) -> Any:
        return collecting.listing(words, publishers, since, until, _sent(event, "first"))

    def remove(event: Any) -> Any:
        return collecting.remove(_sent(event, "id"))

    def edit(event: Any) -> Any:
        return collecting.edit(_sent(event, "id"), _sent(event, "publisher"), _sent(event, "published"))

    def read(event: Any) -> Any:
        return collecting.read(_sent(event, "id"))

    def stop(event: Any) -> Any:
        return collecting.stop(_sent(event, "number"))

    at.add_files.click(collecting.add_files, [at.files, *unknowns], [at.files, *unknowns, *doing], **QUICK)
    at.add_addresses.click(
        collecting.add_addresses, [at.addresses, *unknowns], [at.addresses, *unknowns, *doing], **QUICK
    )
    at.add_text.click(
        collecting.add_text, [at.text, at.title, *unknowns], [at.text, at.title, *unknowns, *doing], **QUICK
    )
    outer.talk.sample(collecting.add_sample, None, doing, **QUICK)
    at.jobs.halt(told(stop), None, doing, **QUICK)
    gr.on(
        [box.submit for box in typed] + [box.blur for box in typed] + [at.publishers.change],
        collecting.listing,
        wanted,
        at.listing,
        **QUICK,
    )
    at.listing.turn(told(turn_page), wanted, at.listing, **QUICK)
    at.listing.remove(told(remove), None, doing, **QUICK)
    at.listing.edit(told(edit), None, doing, **QUICK)
    at.listing.read(told(read), None, outer.reader, **QUICK)
    at.timer.tick(told(collecting.progress), None, doing, **QUICK)
    # A job that has ended changes what the collection holds: the script in jobs.js sees it and says so.
    at.jobs.ended(told(collecting.head), None, outer.heads, **QUICK)
    at.jobs.ended(collecting.listing, wanted, at.listing, **QUICK)
    at.jobs.ended(told(outer.greet), [outer.id], outer.talk, **QUICK)
    page.load(collecting.listing, wanted, at.listing, **QUICK)
    page.load(told(collecting.progress), None, doing, **QUICK)


def _sent(event: Any, name: str) -> Any:
    """What the page's script sent under that name."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None


def told(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler that is given what its parameters `request` and `event` name. gradio finds those by their types, which
    it cannot read from a string, and gradio is no global of our modules."""
    import gradio as gr

    kinds = {"request": gr.Request, "event": gr.EventData}
    parameters = inspect.signature(handler).parameters
    given = [
        one.replace(annotation=kinds.get(name, inspect.Parameter.empty), default=inspect.Parameter.empty)
        for name, one in parameters.items()
    ]
    found: Any
    if inspect.isasyncgenfunction(handler):

        async def stream(*values: Any) -> Any:
            async for shown in handler(*values):
                yield shown

        found = stream
    else:

        def call(*values: Any) -> Any:
            return handler(*values)

        found = call
    found.__signature__ = inspect.Signature(given)
    found.__annotations__ = {name: kinds[name] for name in parameters if name in kinds}
    return found  # type: ignore[no-any-return]
