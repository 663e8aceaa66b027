"""The page: its layout, and which handler each event calls. The HTML is made in the panels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chat.collecting import Collecting
from assistant.chat.dossier_panel import empty_dossier
from assistant.chat.endpoints import add_endpoints
from assistant.chat.kept import Kept
from assistant.chat.library import Library
from assistant.chat.talking import Owner, Talking, owner_of
from assistant.chat.talks import Record, Talks
from assistant.chat.wiring import QUICK, Books, Composer, Outer, Parts, told, wire_articles, wire_talking
from assistant.engine import Engine
from assistant.settings import Settings

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
POLL = 0.7
"""Seconds between two looks at what is being added or removed."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What the page stands on beside the engine."""

    kept: Kept
    """Where conversations are kept."""
    record: Record | None = None
    """Keeps the marks that answers are given; None where only the conversation does."""
    owner: Owner = owner_of
    """From a request to whose conversations it may see."""
    library: Library | None = None
    """The collection to look through and to change; None where the page is for asking alone."""
    sample: tuple[str, ...] = ()
    """Paths of the sample collection."""
    examples: Callable[[], tuple[str, ...]] = tuple
    """Questions that the page offers before the first one is asked; they depend on what the collection holds."""


def build(engine: Engine, settings: Settings, backing: Backing) -> gr.Blocks:
    """The page over `engine`."""
    import gradio as gr

    talking = Talking(engine, settings, backing.examples, Talks(engine, backing.kept, backing.record), backing.owner)
    talking.fillable = ("articles", "sample") if backing.library else ()
    collecting = Collecting(engine, settings, backing.library, backing.sample)
    page = gr.Blocks(title="Corroborate", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with page:
        id = gr.State("")
        recalled = gr.Textbox(visible=False)
        head = _html("masthead")
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="left", scale=6, min_width=320):
                talk, live = _html("conversation", "conversation.js"), _html("live", "live.js")
                ask = _composer(settings)
            with gr.Column(elem_id="right", scale=6, min_width=320):
                _html("views", "views.js", value=_views(backing))
                with gr.Column(elem_id="view-dossier"):
                    panel, reader = _html("dossier", "dossier.js", value=empty_dossier()), _html("reader", "reader.js")
                    parcel = _html("parcel", "parcel.js")
                with gr.Column(elem_id="view-articles"):
                    books = _articles(settings) if backing.library else None
                with gr.Column(elem_id="view-talks"):
                    talks = _html("talks", "talks.js")
        wire_talking(talking, Parts(id, recalled, ask, talk, live, panel, reader, parcel, talks), page)
        if books is None:
            page.load(told(lambda request: collecting.head(request)[:2]), None, [head, ask.publishers], **QUICK)
        else:
            heads = [head, ask.publishers, books.publishers]
            page.load(told(collecting.head), None, heads, **QUICK)
            wire_articles(collecting, books, page, Outer(reader, talk, id, heads, talking.greet))
        add_endpoints(engine, settings)
    return page


def _html(id: str, script: str = "", value: str = "") -> gr.HTML:
    import gradio as gr

    js = (HERE / script).read_text(encoding="utf-8") if script else None
    return gr.HTML(value, elem_id=id, apply_default_css=False, js_on_load=js)


def _views(backing: Backing) -> str:
    """The tabs above the right column."""
    views = [
        ("dossier", "Dossier"),
        *([("articles", "Articles")] if backing.library else []),
        ("talks", "Conversations"),
    ]
    tabs = "".join(
        f'<button type="button" role="tab" id="to-{name}" data-view="{name}" aria-controls="view-{name}" '
        f'aria-selected="{"true" if name == "dossier" else "false"}" tabindex="{0 if name == "dossier" else -1}">'
        f"{words}</button>"
        for name, words in views
    )
    return f'<div class="views" role="tablist" aria-label="What stands beside the conversation">{tabs}</div>'


# --- the composer and the collection -----------------------------------------------------------------------------


def _composer(settings: Settings) -> Composer:
    import gradio as gr

    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="asking"):
            question = gr.Textbox(
                elem_id="question",
                label="Question",
                placeholder="Ask about a claim",
                lines=1,
                max_lines=6,
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
    return Composer(question, send, publishers, since, until, fresh)


def _articles(settings: Settings) -> Books:
    import gradio as gr

    from index.readers import READERS

    with gr.Column(elem_id="adding"):
        gr.HTML('<h2 class="heading">Add articles</h2>', apply_default_css=False, js_on_load=None)
        with gr.Tabs():
            with gr.Tab("Files"):
                kinds = [f".{name}" for name in (*READERS, "gz")]
                files = gr.File(
                    label="Text, Markdown, HTML, PDF, Word, JSON, CSV, feeds",
                    file_count="multiple",
                    file_types=kinds,
                    height=160,
                    elem_id="files",
                )
                add_files = gr.Button("Add the files", elem_id="add-files", variant="primary")
            with gr.Tab("Addresses"):
                addresses = gr.Textbox(
                    label="Web addresses, one a line", lines=3, max_lines=8, placeholder="https://example.org/article"
                )
                add_addresses = gr.Button("Fetch and add", elem_id="add-addresses", variant="primary")
            with gr.Tab("Text"):
                title = gr.Textbox(label="Headline", max_length=500)
                text = gr.Textbox(label="Text of the article", lines=5, max_lines=12)
                add_text = gr.Button("Add the text", elem_id="add-text", variant="primary")
        with gr.Row(elem_id="unknowns"):
            publisher = gr.Textbox(label="Publisher, where they do not tell", max_length=200, min_width=160)
            published = gr.Textbox(label="Date, where they do not tell", placeholder="2017-09-12", min_width=120)
    jobs = _html("jobs", "jobs.js")
    with gr.Column(elem_id="looking"):
        gr.HTML('<h2 class="heading">In the collection</h2>', apply_default_css=False, js_on_load=None)
        with gr.Row(elem_id="looking-for"):
            words = gr.Textbox(label="Words", placeholder="Search the articles", scale=2, min_width=140)
            publishers = gr.Dropdown(label="By", multiselect=True, choices=[], scale=2, min_width=140)
            since = gr.Textbox(label="Since", placeholder="2017-09", scale=1, min_width=90)
            until = gr.Textbox(label="To", placeholder="2017-10", scale=1, min_width=90)
        listing = _html("listing", "listing.js")
    timer = gr.Timer(POLL, active=False)
    return Books(
        files, add_files, addresses, add_addresses, text, title, add_text, publisher, published, jobs, words,
        publishers, since, until, listing, timer,
    )  # fmt: skip
