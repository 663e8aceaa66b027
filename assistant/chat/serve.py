"""Serving the page: address, theme, and nothing that reaches out of this machine."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.chat.auth import gate, read_users
from assistant.chat.headers import LOOPBACK, Headers
from assistant.chat.kept import Kept
from assistant.chat.library import Library
from assistant.chat.page import HERE, Backing, build
from assistant.chat.talking import owner_of, tab_of
from assistant.chat.talks import Record
from assistant.engine import Engine
from assistant.feedback import record
from assistant.settings import Settings
from index.errors import CorroborateError, SettingsError

if TYPE_CHECKING:
    import gradio as gr

    from assistant.api import Assistant

SAMPLE = Path(__file__).parent.parent / "sample"
"""The sample collection that comes with the package, and its questions."""
SHEETS = ("page.css", "conversation.css", "dossier.css", "plots.css", "library.css")
"""The style sheets, in their order."""
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "DejaVu Sans", "sans-serif")
MONO = ("ui-monospace", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")
ICON = (
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22'
    "%3E%3Crect width=%2216%22 height=%2216%22 rx=%223%22 fill=%22%231d3b53%22/%3E%3Cpath d=%22M4 8.5l3 3 5-7%22 "
    'fill=%22none%22 stroke=%22%23fff%22 stroke-width=%222%22/%3E%3C/svg%3E">'
)


def check_address(host: str, port: int) -> None:
    """Makes sure that the address can be listened on.

    Raises:
        SettingsError: the port is taken, the host is not this machine's, or the system forbids it.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise SettingsError(f'--host: no machine is called "{host}". Give an address of this machine.') from error
    except OSError as error:
        raise SettingsError(_address_trouble(error, host, port)) from error


def _address_trouble(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return (
            f"Port {port} on {host} is in use, perhaps by a chat page that already runs: look at http://{host}:{port}. "
            f"Else stop what uses it, or choose another port: corroborate chat --port {other}"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host: {host} is no address of this machine. The default, 127.0.0.1, is one."
    if error.errno == errno.EACCES:
        return f"--port: this user may not listen on port {port}. Choose one above 1023."
    return f"The page cannot listen on {host}:{port}: {error.strerror or error}. Choose another --host or --port."


@dataclass(frozen=True, slots=True)
class Setup:
    """What the page is served with, beside the engine and the settings."""

    kept: Kept | None = None
    """Where conversations are kept; None for memory alone."""
    record: Record | None = None
    """Keeps the marks that answers are given; None where only the conversation does."""
    library: Library | None = None
    """The collection to look through and change; None where the page is for asking alone."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Who may log in, name to hashed password; empty where nobody has to."""
    hosts: tuple[str, ...] = ()
    """Names under which the page is served beside those of this machine."""
    sample: Path = SAMPLE
    """The sample collection: its articles can be loaded, its questions are offered where it is loaded."""


def setup_for(engine: Assistant, settings: Settings, auth: str = "", hosts: Sequence[str] = ()) -> Setup:
    """The setup for an index. Conversations are kept beside it where it is known whose they are: where users log in,
    or where this machine alone reaches the page.

    Raises:
        SettingsError: the file of users cannot be used.
        IndexUnusable: conversations cannot be kept in the index's folder.
    """
    users = read_users(auth) if auth else {}
    known = bool(users) or settings.host in LOOPBACK
    kept = Kept(engine.folder if known else None)
    return Setup(kept, partial(record, engine.folder), Library(engine.corpus), users, tuple(hosts))


def serve(engine: Engine, settings: Settings, setup: Setup | None = None) -> int:
    """Serves the page and prints its address; returns 0 when Ctrl-C stops it."""
    setup = setup or Setup()
    page = launch(engine, settings, setup)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Corroborate is at http://{shown}:{settings.port}   (Ctrl-C stops it)", flush=True)
    if not len(engine):
        way = "Add articles on the page, or" if setup.library else "Add articles"
        print(f"The collection is empty. {way} with: corroborate ingest PATH --index DIR", flush=True)
    if settings.host not in LOOPBACK and not setup.users:
        print(
            "Whoever can reach this address can read and change the collection: there is no log-in (--auth). "
            "Conversations are not kept.",
            flush=True,
        )
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()
    finally:
        page.close(verbose=False)
    return 0


def launch(engine: Engine, settings: Settings, setup: Setup | None = None) -> gr.Blocks:
    """The page, served in the background at the settings' host and port; `close()` stops it.

    Raises:
        SettingsError: the address cannot be listened on.
    """
    setup = setup or Setup()
    check_address(settings.host, settings.port)
    _keep_to_this_machine()
    from starlette.middleware import Middleware

    sample = tuple(str(path) for path in sorted((setup.sample / "articles").glob("*")))
    owner = owner_of if setup.users or settings.host in LOOPBACK else tab_of
    questions = partial(examples, engine, setup.sample)
    backing = Backing(setup.kept or Kept(None), setup.record, owner, setup.library, sample, questions)
    page = build(engine, settings, backing)
    hosts = LOOPBACK | {name.lower() for name in setup.hosts} if settings.host in LOOPBACK else frozenset()
    page.launch(
        server_name=settings.host,
        server_port=settings.port,
        share=False,
        inbrowser=False,
        inline=False,
        quiet=True,
        prevent_thread_lock=True,
        show_error=True,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        theme=theme(),
        css="\n".join((HERE / name).read_text(encoding="utf-8") for name in SHEETS),
        head=f"{ICON}<script>{(HERE / 'page.js').read_text(encoding='utf-8')}</script>",
        auth=gate(setup.users) if setup.users else None,  # type: ignore[arg-type]  # it may be a coroutine function
        auth_message="Log in to ask about this collection." if setup.users else None,
        max_file_size=settings.upload_size,
        app_kwargs={"middleware": [Middleware(Headers, hosts=hosts)]},
    )
    return page


def _keep_to_this_machine() -> None:
    """Turns telemetry off, before gradio is imported, and keeps its check of its own address off any proxy."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "localhost", "127.0.0.1", "::1"]))


def examples(engine: Engine, sample: Path = SAMPLE, most: int = 6) -> tuple[str, ...]:
    """Up to `most` of the sample's questions; none for another collection.

    A question is offered only where the best passage for it is from one of the sample's own files.
    """
    listed, home = sample / "questions.txt", sample.resolve()
    if not listed.is_file() or not len(engine):
        return ()
    lines = (line.strip() for line in listed.read_text(encoding="utf-8").splitlines())
    questions = [line for line in lines if line and not line.startswith("#")][:most]
    return tuple(question for question in questions if _answered_from(engine, question, home))


def _answered_from(engine: Engine, question: str, folder: Path) -> bool:
    try:
        hits = engine.retrieve(question, 1)
    except CorroborateError:
        return False  # the page tells of it when somebody asks
    path = hits[0].article.path if hits else ""
    return bool(path) and folder in Path(path).resolve().parents


def theme() -> Any:
    """Colours and fonts; the fonts are the reader's own, so that none is fetched."""
    import gradio as gr
    from gradio.themes.utils.fonts import Font

    chosen = gr.themes.Base(
        primary_hue=gr.themes.colors.slate,
        neutral_hue=gr.themes.colors.stone,
        font=[Font(name) for name in SANS],
        font_mono=[Font(name) for name in MONO],
        radius_size=gr.themes.sizes.radius_sm,
    )
    return chosen.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        background_fill_primary="var(--sheet)",
        background_fill_primary_dark="var(--sheet)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        border_color_primary="var(--rule-strong)",
        border_color_primary_dark="var(--rule-strong)",
        input_border_width="1px",
        input_background_fill="var(--sheet)",
        input_background_fill_dark="var(--sheet)",
        input_border_color="var(--rule-strong)",
        input_border_color_dark="var(--rule-strong)",
        input_border_color_focus="var(--accent)",
        input_border_color_focus_dark="var(--accent)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
    )
