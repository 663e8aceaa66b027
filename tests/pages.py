"""The chat page in headless Chromium, for tests: one browser, tabs that are watched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.api import Assistant
from assistant.chat.serve import launch, setup_for
from assistant.settings import Settings
from index.corpus import Corpus
from tests.ports import free_port

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
PATIENCE = 120_000
"""Milliseconds that a test waits for what it looks for: on a busy machine everything takes long."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS.split(), "--no-first-run"])
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A browser tab, and what it did that it should not."""

    page: Any
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str, turn: int) -> None:
        box = self.page.get_by_label("Question", exact=True)
        box.fill(question)
        box.press("Enter")
        answered = f'#conversation .turn[data-turn="{turn}"] :is(.answer, .failed, .stopped)'
        self.page.wait_for_selector(answered)

    def view(self, name: str) -> None:
        self.page.click(f"#to-{name}")

    def clean(self) -> bool:
        assert self.outside == []
        assert self.errors == []
        return True


RACE = "/gradio_api/upload_progress?"
"""gradio asks how far an upload is; one that is over by then is not found (404), and the browser's console tells so."""


def _of_race(message: Any) -> bool:
    return RACE in message.location.get("url", "") or message.text == "Response"


def watched(context: Any, address: str) -> Watched:
    """A new tab that writes down requests to other hosts, console errors and failed requests."""
    tab = Watched(context.new_page())
    tab.page.set_default_timeout(PATIENCE)
    allowed = (address, "data:", "blob:")
    tab.page.on("request", lambda r: r.url.startswith(allowed) or tab.outside.append(r.url))
    tab.page.on("response", lambda r: r.status < 400 or RACE in r.url or tab.errors.append(f"{r.status} {r.url}"))
    tab.page.on("console", lambda m: m.type != "error" or _of_race(m) or tab.errors.append(m.text))
    tab.page.on("pageerror", lambda e: tab.errors.append(str(e)))
    return tab


DEFAULTS = Settings()


@contextmanager
def serving(folder: Path, auth: str = "", settings: Settings = DEFAULTS) -> Iterator[str]:
    """The address of a page over the index."""
    assistant, settings = Assistant(Corpus.open(folder)), replace(settings, port=free_port())
    page = launch(assistant, settings, setup_for(assistant, settings, auth))
    try:
        yield f"http://127.0.0.1:{settings.port}"
    finally:
        page.close(verbose=False)


def job_done(tab: Watched, number: int) -> None:
    """Waits until so many jobs have ended well."""
    tab.page.wait_for_function("n => document.querySelectorAll('#jobs .job.done').length >= n", arg=number)


def opened(context: Any, address: str) -> Watched:
    """A tab that shows the page."""
    tab = watched(context, address)
    tab.page.goto(address)
    tab.page.wait_for_selector(".masthead .holds")
    return tab
