"""The chat page in headless Chromium, for tests: one browser, tabs that are watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

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


def watched(context: Any, address: str) -> Watched:
    """A new tab that writes down requests to other hosts, console errors and failed requests."""
    tab = Watched(context.new_page())
    tab.page.set_default_timeout(PATIENCE)
    allowed = (address, "data:", "blob:")
    tab.page.on("request", lambda r: r.url.startswith(allowed) or tab.outside.append(r.url))
    tab.page.on("response", lambda r: r.status < 400 or tab.errors.append(f"{r.status} {r.url}"))
    tab.page.on("console", lambda m: m.type != "error" or tab.errors.append(m.text))
    tab.page.on("pageerror", lambda e: tab.errors.append(str(e)))
    return tab


def opened(context: Any, address: str) -> Watched:
    """A tab that shows the page."""
    tab = watched(context, address)
    tab.page.goto(address)
    tab.page.wait_for_selector(".masthead .holds")
    return tab
