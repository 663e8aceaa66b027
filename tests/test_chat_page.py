"""The chat page itself, in headless Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.chat.serve import launch
from assistant.settings import Settings
from index.errors import ModelError
from tests.fake_assistant import (
    COURIER,
    HERALD,
    NASTY,
    FakeAssistant,
    failing,
    ferry_answer,
    nasty_answer,
)
from tests.ports import free_port

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
MODEL_DOWN = "The model at 127.0.0.1:9 did not answer. Start it, or ask without --model."


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
class Served:
    """A page that is being served, and the assistant behind it."""

    address: str
    engine: FakeAssistant


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    engine = FakeAssistant({"ferry": ferry_answer, "markup": nasty_answer, "model": failing(ModelError(MODEL_DOWN))})
    port = free_port()
    page = launch(engine, Settings(port=port))
    yield Served(f"http://127.0.0.1:{port}", engine)
    page.close(verbose=False)


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
        self.page.wait_for_selector(f'.turn[data-turn="{turn}"] :is(.answer, .failed)')

    def clean(self) -> bool:
        assert self.outside == []
        assert self.errors == []
        return True


@pytest.fixture
def tab(browser: Any, served: Served) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 600}, reduced_motion="reduce")
    yield opened(context, served.address)
    context.close()


def opened(context: Any, address: str) -> Watched:
    watched = Watched(context.new_page())
    allowed = (address, "data:", "blob:")
    watched.page.on("request", lambda r: r.url.startswith(allowed) or watched.outside.append(r.url))
    watched.page.on("response", lambda r: r.status < 400 or watched.errors.append(f"{r.status} {r.url}"))
    watched.page.on("console", lambda m: m.type != "error" or watched.errors.append(m.text))
    watched.page.on("pageerror", lambda e: watched.errors.append(str(e)))
    watched.page.goto(address)
    watched.page.wait_for_selector(".masthead .holds")
    return watched


@pytest.mark.browser
def test_a_question_brings_an_answer_with_notes_and_sources(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    assert "The Pilots' Union said" in tab.page.inner_text(".answer")
    assert tab.page.locator(".notes .note").count() == 4
    assert tab.page.locator(".sources .source").count() == 4
    assert tab.page.inner_text(".source[data-number='1'] mark").startswith("The ferry Solveig struck")
    assert tab.page.get_by_label("Question", exact=True).input_value() == ""
    assert tab.clean()


@pytest.mark.browser
def test_a_citation_opens_its_source_also_of_an_earlier_answer_and_by_keyboard(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.evaluate("document.querySelectorAll('details').forEach(node => node.open = false)")
    tab.page.locator('.turn[data-turn="1"] button.cite[data-number="3"]').focus()
    tab.page.evaluate("window.scrollTo(0, 0)")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector("details[data-number='3'][open].found")
    assert tab.page.evaluate("window.scrollY") == 0  # the answer stays where it is read
    assert tab.page.evaluate("document.activeElement.closest('details').dataset.number") == "3"
    tab.ask("Is there markup?", 2)
    tab.page.wait_for_selector(".dossier[data-turn='2']")
    tab.page.locator('.turn[data-turn="1"] button.cite[data-number="2"]').click()
    tab.page.wait_for_selector(".dossier[data-turn='1'] details[data-number='2'].found")
    tab.page.locator('.turn[data-turn="2"] button.show').click()
    tab.page.wait_for_selector(".dossier[data-turn='2']")
    assert tab.clean()


@pytest.mark.browser
def test_an_article_full_of_markup_is_shown_as_text(tab: Watched) -> None:
    tab.ask("Is there <b>markup</b> & ${1+1}?", 1)
    tab.page.wait_for_selector(".dossier[data-turn='1']")
    shown = tab.page.inner_text(".source mark")
    assert shown == NASTY.text[: NASTY.text.index("\n\n")].replace("  ", " ")
    assert tab.page.inner_text(".asked") == "Is there <b>markup</b> & ${1+1}?"
    assert "${1+1} {{this}} [a](http://b)" in tab.page.inner_text(".answer")
    assert tab.page.evaluate("window.pwned") is None
    assert tab.page.locator(":is(#conversation, #dossier) :is(script, img, iframe, a)").count() == 0
    assert tab.clean()


@pytest.mark.browser
def test_an_error_is_shown_and_the_conversation_goes_on(tab: Watched) -> None:
    tab.ask("Ask the model", 1)
    assert MODEL_DOWN in tab.page.inner_text(".failed")
    tab.ask("the ferry?", 2)
    assert "The Pilots' Union" in tab.page.inner_text('.turn[data-turn="2"] .answer')
    assert tab.clean()


@pytest.mark.browser
def test_filters_reach_the_engine_and_a_bad_date_is_told(tab: Watched, served: Served) -> None:
    tab.page.get_by_label("From", exact=True).fill("soon")
    tab.ask("the ferry?", 1)
    assert '"soon" is not a date' in tab.page.inner_text(".failed")
    tab.page.get_by_label("From", exact=True).fill("2019-05")
    tab.page.get_by_label("Only these publishers").click()
    tab.page.get_by_role("option", name="Vardo Herald").click()
    tab.page.keyboard.press("Escape")
    tab.ask("the ferry?", 2)
    question, filters = served.engine.calls[-1]
    assert question == "the ferry?"
    assert filters["publishers"] == ("Vardo Herald",) and str(filters["since"]) == "2019-05"
    assert "Only: Vardo Herald; from May 2019" in tab.page.inner_text('.turn[data-turn="2"]')
    assert tab.clean()


@pytest.mark.browser
def test_two_tabs_do_not_mix_and_a_new_conversation_is_empty(browser: Any, tab: Watched, served: Served) -> None:
    other = opened(tab.page.context, served.address)
    before = len(served.engine.talks)
    tab.ask("the ferry?", 1)
    other.ask("What did it cost?", 1)
    tab.ask("and the ferry again?", 2)
    assert [talk.asked for talk in served.engine.talks[before:]] == [
        ["the ferry?", "and the ferry again?"],
        ["What did it cost?"],
    ]
    assert other.page.locator(".turn").count() == 1
    tab.page.get_by_role("button", name="New conversation").click()
    tab.page.wait_for_selector(".greeting")
    assert tab.page.locator(".turn").count() == 0
    tab.ask("the ferry?", 1)
    assert served.engine.talks[-1].asked == ["the ferry?"]
    assert tab.clean() and other.clean()


@pytest.mark.browser
def test_two_questions_are_answered_at_the_same_time(browser: Any) -> None:
    gate, port = threading.Event(), free_port()
    engine = FakeAssistant({"ferry": ferry_answer}, gate=gate)
    page = launch(engine, Settings(port=port))
    context = browser.new_context()
    try:
        tabs = [opened(context, f"http://127.0.0.1:{port}") for _ in range(2)]
        for watched in tabs:
            box = watched.page.get_by_label("Question", exact=True)
            box.fill("the ferry?")
            box.press("Enter")
            watched.page.wait_for_selector(".waiting")
        tabs[0].page.wait_for_timeout(300)
        assert [question for question, _ in engine.calls].count("the ferry?") == 2
        gate.set()
        for watched in tabs:
            watched.page.wait_for_selector(".answer")
            assert watched.clean()
    finally:
        gate.set()
        context.close()
        page.close(verbose=False)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling_and_text_stands_out(browser: Any, served: Served, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    try:
        tab = opened(context, served.address)
        tab.ask("the ferry?", 1)
        tab.ask("Is there markup?", 2)
        tab.page.wait_for_selector(".dossier[data-turn='2']")
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert tab.page.evaluate(BELOW)
        for place in (".answer", ".around", ".badge", "mark", ".only, .about", ".holds", "button.cite"):
            assert contrast(tab.page, place) >= 4.5, place
        assert tab.clean()
    finally:
        context.close()


BELOW = """document.querySelector('#right').getBoundingClientRect().top
  >= document.querySelector('#composer').getBoundingClientRect().bottom"""
CONTRAST = """(selector) => {
  const node = document.querySelector(selector);
  if (!node) return 99;
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  let back = node;
  while (back && (rgb(getComputedStyle(back).backgroundColor)[3] ?? 1) === 0) back = back.parentElement;
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pair = [light(rgb(getComputedStyle(node).color)), light(rgb(getComputedStyle(back).backgroundColor))];
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""


def contrast(page: Any, selector: str) -> float:
    """WCAG contrast of the first such element's text against what lies behind it, 1 to 21."""
    return float(page.evaluate(CONTRAST, selector))


@pytest.mark.browser
def test_the_focus_can_be_seen(tab: Watched) -> None:
    tab.ask("the ferry?", 1)
    tab.page.locator("button.cite").first.focus()
    tab.page.keyboard.press("Tab")
    outline = tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    width = tab.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (outline, width) == ("solid", "3px")


@pytest.mark.browser
def test_an_empty_collection_says_how_to_fill_it(browser: Any) -> None:
    port = free_port()
    page = launch(FakeAssistant(articles=()), Settings(port=port))
    context = browser.new_context()
    try:
        tab = opened(context, f"http://127.0.0.1:{port}")
        tab.page.wait_for_selector(".greeting")
        assert "corroborate ingest PATH --index DIR" in tab.page.inner_text(".greeting")
        assert "The collection is empty." in tab.page.inner_text(".masthead")
        assert tab.clean()
    finally:
        context.close()
        page.close(verbose=False)


@pytest.mark.browser
def test_an_example_is_asked_when_it_is_clicked(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("What of the ferry & pier?\n", encoding="utf-8")
    ours = replace(HERALD, path=str(tmp_path / "a.txt"))
    port = free_port()
    page = launch(FakeAssistant({"ferry": ferry_answer}, articles=(ours, COURIER)), Settings(port=port), tmp_path)
    context = browser.new_context()
    try:
        tab = opened(context, f"http://127.0.0.1:{port}")
        tab.page.get_by_role("button", name="What of the ferry & pier?").click()
        tab.page.wait_for_selector(".answer")
        assert tab.page.inner_text(".asked") == "What of the ferry & pier?"
        assert tab.clean()
    finally:
        context.close()
        page.close(verbose=False)
