"""The chat page over a scripted assistant, in headless Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.chat.serve import Setup, launch
from assistant.settings import Settings
from index.errors import ModelError
from tests.fake_assistant import COURIER, HERALD, NASTY, FakeAssistant, failing, ferry_answer, nasty_answer
from tests.pages import Watched, browser, opened
from tests.ports import free_port

__all__ = ["browser"]
MODEL_DOWN = "The model at 127.0.0.1:9 did not answer. Start it, or ask without --model."
pytestmark = pytest.mark.browser


@dataclass
class Served:
    """A page that is being served, and the assistant behind it."""

    address: str
    engine: FakeAssistant


def leaning(question: str) -> Answer:
    return replace(ferry_answer(question), standalone_question=f"{question} (about: the ferry)")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    script = {"ferry": ferry_answer, "markup": nasty_answer, "model": failing(ModelError(MODEL_DOWN))}
    engine = FakeAssistant(script | {"follow-up": leaning})
    port = free_port()
    page = launch(engine, Settings(port=port))
    yield Served(f"http://127.0.0.1:{port}", engine)
    page.close(verbose=False)


@pytest.fixture
def tab(browser: Any, served: Served) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 600}, reduced_motion="reduce")
    yield opened(context, served.address)
    context.close()


def test_a_question_brings_an_answer_and_the_dossier_of_its_claim(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    assert "The Pilots' Union said" in tab.page.inner_text(".answer")
    assert tab.page.locator("#dossier .note").count() == 4
    assert tab.page.locator("#panel-sources .source").count() == 4
    assert "One source: Pilots' Union" in tab.page.inner_text("#dossier .standing")
    assert "Denied by Nordline" in tab.page.inner_text("#dossier .standing")
    assert tab.page.get_by_label("Question", exact=True).input_value() == ""
    assert tab.page.locator("#live .turn").count() == 0
    assert tab.clean()


def test_a_citation_opens_its_quote_in_the_article_and_leads_back(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.locator('#conversation button.cite[data-number="3"]').focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".reader")
    assert (
        tab.page.inner_text(".reader mark.quote") == "The operator, Nordline, denied that the ferry touched the pier."
    )
    assert "Coastal Courier" in tab.page.inner_text(".reader .where")
    assert "4 May 2019" in tab.page.inner_text(".reader .where")
    assert tab.page.locator("#dossier").is_hidden()
    assert tab.page.evaluate("document.activeElement.tagName") == "H2"
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#dossier .claim").is_visible()
    assert tab.page.evaluate("document.activeElement.dataset.number") == "3"
    assert tab.clean()


def test_a_citation_of_an_earlier_answer_brings_its_dossier_too(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.ask("Is there markup?", 2)
    tab.page.wait_for_selector(".dossier[data-turn='2']")
    tab.page.locator('.turn[data-turn="1"] button.cite[data-number="1"]').click()
    tab.page.wait_for_selector(".reader[data-turn='1']")
    assert tab.page.get_by_role("link", name="Ferry struck the north pier").get_attribute("href") == HERALD.url
    tab.page.click(".reader .back")
    tab.page.wait_for_selector(".dossier[data-turn='1']", state="visible")
    tab.page.locator('.turn[data-turn="2"] button.show').click()
    tab.page.wait_for_selector(".dossier[data-turn='2']")
    assert tab.clean()


def test_the_tabs_of_the_dossier_go_by_mouse_and_by_arrow_keys(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.click("#tab-sources")
    for wanted in ("timeline", "who", "against", "sources"):
        tab.page.keyboard.press("ArrowRight")
        assert tab.page.locator(f"#panel-{wanted}").is_visible()
        assert tab.page.get_attribute(f"#tab-{wanted}", "aria-selected") == "true"
    assert tab.page.locator("#dossier [role=tabpanel]:visible").count() == 1
    assert tab.clean()


def test_the_timeline_tells_reports_from_denials_and_shows_the_quote(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.click("#tab-timeline")
    assert tab.page.locator(".plot .line").count() == 3
    assert tab.page.locator(".plot .point.publication.report").count() == 2
    assert tab.page.locator(".plot .point.publication.denial").count() == 1
    point = tab.page.locator(".plot .point.denial").first
    assert point.get_attribute("aria-label").startswith("Published: 4 May 2019. Coastal Courier, Nordline: “")
    tab.page.locator(".plot .point").first.focus()
    tab.page.keyboard.press("Tab")  # so that the focus is one of the keyboard
    assert "May 2019" in tab.page.inner_text("#card")
    point.click()
    tab.page.wait_for_selector(".reader")
    marked = " ".join(tab.page.locator(".reader mark.quote").all_inner_texts())
    assert "denied that the ferry touched the pier" in marked
    assert tab.clean()


def test_the_graph_draws_denials_in_another_line_and_tells_them_in_words(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.click("#tab-who")
    assert tab.page.locator(".graph .node.root").count() == 2
    assert tab.page.locator(".graph .edge.denies").count() == 2
    styles = "selector => getComputedStyle(document.querySelector(selector)).strokeDasharray"
    assert tab.page.evaluate(styles, ".graph .edge.denies") != tab.page.evaluate(styles, ".graph .edge.says")
    tab.page.get_by_text("The same in words").click()
    assert "Nordline denies it in" in " ".join(tab.page.inner_text("#panel-who .words").split())
    assert tab.clean()


def test_disagreements_stand_side_by_side(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.click("#tab-against")
    assert "Figures for “hurt”" in tab.page.inner_text("#panel-against")
    assert [one.strip() for one in tab.page.locator("#panel-against tbody th").all_inner_texts()][:2] == [
        "Three",
        "Five",
    ]
    assert tab.clean()


def test_a_note_opens_on_why_it_is_given(tab: Watched) -> None:
    tab.ask("Did the ferry strike the pier?", 1)
    tab.page.locator(".note summary", has_text="Denied").click()
    body = tab.page.inner_text(".note[open] .body")
    assert "Why this note?" in body and "Denies the claim" in body and "Coastal Courier ← Nordline" in body
    assert tab.clean()


def test_an_article_full_of_markup_is_shown_as_text(tab: Watched) -> None:
    tab.ask("Is there <b>markup</b> & ${1+1}?", 1)
    tab.page.locator("#conversation button.cite").first.click()
    tab.page.wait_for_selector(".reader")
    assert tab.page.inner_text(".reader mark.quote") == NASTY.text[: NASTY.text.index("\n\n")].replace("  ", " ")
    assert tab.page.inner_text(".asked") == "Is there <b>markup</b> & ${1+1}?"
    assert "${1+1} {{this}} [a](http://b)" in tab.page.inner_text(".answer")
    assert tab.page.evaluate("window.pwned") is None
    parts = ":is(#conversation, #dossier, #reader)"
    assert tab.page.locator(f"{parts} :is(script, img, iframe, a)").count() == 0
    assert tab.clean()


def test_an_error_is_shown_and_the_conversation_goes_on(tab: Watched) -> None:
    tab.ask("Ask the model", 1)
    assert MODEL_DOWN in tab.page.inner_text(".failed")
    tab.ask("the ferry?", 2)
    assert "The Pilots' Union" in tab.page.inner_text('.turn[data-turn="2"] .answer')
    assert tab.clean()


def test_filters_reach_the_engine_and_a_bad_date_is_told(tab: Watched, served: Served) -> None:
    tab.page.get_by_label("From", exact=True).fill("soon")
    box = tab.page.get_by_label("Question", exact=True)
    box.fill("the ferry?")
    box.press("Enter")
    tab.page.wait_for_selector("#live .failed")
    assert '"soon" is not a date' in tab.page.inner_text("#live .failed")
    assert box.input_value() == "the ferry?"
    tab.page.get_by_label("From", exact=True).fill("2019-05")
    tab.page.get_by_label("Only these publishers").click()
    tab.page.get_by_role("option", name="Vardo Herald").click()
    tab.page.keyboard.press("Escape")
    tab.ask("the ferry?", 1)
    question, filters = served.engine.calls[-1]
    assert question == "the ferry?"
    assert filters["publishers"] == ("Vardo Herald",) and str(filters["since"]) == "2019-05"
    assert "Only: Vardo Herald; from May 2019" in tab.page.inner_text('.turn[data-turn="1"]')
    assert tab.clean()


def test_an_answer_below_others_comes_into_view_with_its_question(tab: Watched) -> None:
    for turn in (1, 2, 3):
        tab.ask("the ferry?", turn)
    tab.page.wait_for_function(
        """() => { const turn = document.querySelector('#conversation .turn[data-turn="3"]').getBoundingClientRect();
        return turn.top >= -1 && turn.top < window.innerHeight / 3; }"""
    )
    assert tab.clean()


def test_two_tabs_do_not_mix_and_a_new_conversation_is_empty(tab: Watched, served: Served) -> None:
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


def test_a_tab_that_is_loaded_anew_shows_its_conversation_and_an_old_one_can_be_deleted(tab: Watched) -> None:
    tab.ask("What of the ferry, once more?", 1)
    tab.page.reload()
    tab.page.wait_for_selector("#conversation .turn .answer")
    tab.ask("and the ferry again?", 2)
    tab.view("talks")
    kept = tab.page.locator("#talks li", has_text="What of the ferry, once more?")
    assert "2 questions" in kept.inner_text()
    kept.get_by_role("button", name="Delete").click()
    kept.get_by_role("button", name="Delete for good?").or_(kept.locator("[data-sure]")).first.click()
    tab.page.wait_for_selector(".greeting")
    assert tab.page.locator("#talks li", has_text="What of the ferry, once more?").count() == 0
    assert tab.clean()


def test_a_question_that_was_taken_together_with_others_can_be_asked_on_its_own(tab: Watched) -> None:
    tab.ask("the ferry?", 1)
    tab.ask("And a follow-up?", 2)
    page = tab.page
    assert "Understood as: And a follow-up? (about: the ferry)" in page.inner_text('.turn[data-turn="2"]')
    page.get_by_role("button", name="Ask it on its own").click()
    page.wait_for_function("document.querySelectorAll('#conversation .turn').length === 1")
    page.wait_for_selector('#conversation .turn[data-turn="1"] .answer')
    assert page.inner_text(".asked") == "And a follow-up?"
    assert page.locator("#talks li").count() >= 2  # the conversation before is kept
    assert tab.clean()


@dataclass
class Held:
    """A page whose answers wait."""

    address: str
    engine: FakeAssistant
    gate: threading.Event


@pytest.fixture
def held() -> Iterator[Held]:
    gate, port = threading.Event(), free_port()
    engine = FakeAssistant({"ferry": ferry_answer}, gate=gate)
    page = launch(engine, Settings(port=port))
    yield Held(f"http://127.0.0.1:{port}", engine, gate)
    gate.set()
    page.close(verbose=False)


def test_two_questions_are_answered_at_the_same_time_and_progress_is_shown(browser: Any, held: Held) -> None:
    context = browser.new_context()
    tabs = [opened(context, held.address) for _ in range(2)]
    for one in tabs:
        box = one.page.get_by_label("Question", exact=True)
        box.fill("the ferry?")
        box.press("Enter")
        one.page.wait_for_selector("#live progress")
    tabs[0].page.get_by_text("Writing…").wait_for()
    assert [question for question, _ in held.engine.calls].count("the ferry?") == 2
    held.gate.set()
    for one in tabs:
        one.page.wait_for_selector("#conversation .answer")
        assert one.clean()
    context.close()


def test_an_answer_can_be_stopped_and_the_conversation_goes_on(browser: Any, held: Held) -> None:
    context = browser.new_context()
    tab = opened(context, held.address)
    box = tab.page.get_by_label("Question", exact=True)
    box.fill("the ferry?")
    box.press("Enter")
    tab.page.get_by_role("button", name="Stop").click()
    tab.page.get_by_text("Stopping…").wait_for()
    held.gate.set()
    tab.page.wait_for_selector("#conversation .stopped")
    assert tab.page.locator("#conversation .answer").count() == 0
    tab.ask("the ferry?", 2)
    assert tab.page.locator("#conversation .answer").count() == 1
    assert tab.clean()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling_and_text_stands_out(browser: Any, served: Served, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    tab = opened(context, served.address)
    tab.ask("the ferry?", 1)
    tab.page.wait_for_selector(".dossier[data-turn='1']")
    assert tab.page.evaluate(BELOW)
    for name in ("sources", "timeline", "who", "against"):
        tab.page.click(f"#tab-{name}")
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert tab.page.evaluate(MOVED) == 0, name
        if name == "who":
            outline = " ".join(tab.page.inner_text("#panel-who .tree").split())
            assert "Pilots' Union is cited by Vardo Herald" in outline
            assert "Nordline × its denial is cited by Coastal Courier" in outline
    for place in (".answer", ".standing", ".badge", ".about", ".holds", "button.cite", "#panel-against th"):
        assert contrast(tab.page, place) >= 4.5, place
    assert tab.clean()
    context.close()


MOVED = """[...document.querySelectorAll('#dossier .scroller')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1).length"""
BELOW = """document.querySelector('#right').getBoundingClientRect().top
  >= document.querySelector('#composer').getBoundingClientRect().bottom"""
CONTRAST = """(selector) => {
  const node = document.querySelector(selector);
  if (!node) return 0;
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
    """WCAG contrast of the first such element's text against what lies behind it, 1 to 21; 0 where there is none."""
    return float(page.evaluate(CONTRAST, selector))


def test_the_focus_can_be_seen(tab: Watched) -> None:
    tab.ask("the ferry?", 1)
    tab.page.locator("button.cite").first.focus()
    tab.page.keyboard.press("Tab")
    outline = tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    width = tab.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (outline, width) == ("solid", "3px")


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


def test_an_example_is_asked_when_it_is_clicked(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("What of the ferry & pier?\n", encoding="utf-8")
    ours = replace(HERALD, path=str(tmp_path / "a.txt"))
    port = free_port()
    engine = FakeAssistant({"ferry": ferry_answer}, articles=(ours, COURIER))
    page = launch(engine, Settings(port=port), Setup(sample=tmp_path))
    context = browser.new_context()
    try:
        tab = opened(context, f"http://127.0.0.1:{port}")
        tab.page.get_by_role("button", name="What of the ferry & pier?").click()
        tab.page.wait_for_selector("#conversation .answer")
        assert tab.page.inner_text(".asked") == "What of the ferry & pier?"
        assert tab.clean()
    finally:
        context.close()
        page.close(verbose=False)
