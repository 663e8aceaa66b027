"""What a reporter does on the chat page, from an empty collection on, over the real engine in headless Chromium."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.chat.auth import hash_password
from assistant.feedback import read
from index.corpus import Corpus
from index.embedder import HashingEmbedder
from tests import axe
from tests.pages import Watched, browser, job_done, opened, serving, watched

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
FERRY = (
    "The ferry Solveig struck the north pier of Vardo on 2 May 2019, the Pilots' Union said. The shipping company "
    "Nordline denied that the ferry had struck the pier.\n\n"
    "<script>window.pwned = 1</script><img src=x onerror=alert(1)>"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reporter") / "news.index"
    with Corpus.writing(folder, HashingEmbedder()):  # answers come sooner; the page does not depend on the embedder
        pass
    return folder


def test_from_an_empty_collection_to_a_report_taken_away(browser: Any, index: Path, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    with serving(index) as address:
        tab = opened(context, address)
        page = tab.page
        load_the_sample(tab)
        ask_and_follow_up(tab)
        read_the_evidence(tab)
        mark_it(tab, index)
        take_it_away(tab)
        add_a_file_and_ask_about_it(tab, tmp_path)
        remove_it(tab)
        assert page.evaluate("window.pwned") is None
        assert tab.clean()
        page.reload()
        page.wait_for_selector('#conversation .turn[data-turn="3"]')
    with serving(index) as address:  # the program was restarted
        tab = opened(context, address)
        tab.view("talks")
        page = tab.page
        page.locator("#talks .reopen").first.click()
        page.wait_for_selector('#conversation .turn[data-turn="3"]')
        assert tab.clean()
    context.close()


def load_the_sample(tab: Watched) -> None:
    tab.page.get_by_role("button", name="Load the sample collection").click()
    job_done(tab, 1)
    tab.page.locator(".masthead .holds", has_text="12 articles").wait_for()
    tab.page.locator("#conversation .example").first.wait_for()
    assert tab.page.locator("#listing .read").count() == 12


def ask_and_follow_up(tab: Watched) -> None:
    tab.view("dossier")
    tab.ask("Were hackers behind the Marrowick blackout?", 1)
    tab.ask("Did anyone deny it?", 2)
    assert "Understood as" in tab.page.inner_text('.turn[data-turn="2"]')
    tab.page.locator('.turn[data-turn="1"] button.show').click()
    tab.page.wait_for_selector(".dossier[data-turn='1'] .standing")


def read_the_evidence(tab: Watched) -> None:
    page = tab.page
    page.locator('.turn[data-turn="1"] button.cite').first.click()
    page.wait_for_selector(".reader mark.quote")
    assert len(page.inner_text(".reader .text")) > len(page.inner_text(".reader mark.quote"))
    page.click(".reader .back")
    page.click("#tab-timeline")
    assert page.locator(".plot .line").count() >= 2 and page.locator(".plot .point").count() >= 2
    page.click("#tab-who")
    assert page.locator(".graph .node.root").count() >= 1 and page.locator(".graph .node.article").count() >= 2
    page.click("#tab-sources")


def mark_it(tab: Watched, index: Path) -> None:
    turn = tab.page.locator('.turn[data-turn="1"]')
    turn.get_by_text("Is it right?").click()
    turn.get_by_role("button", name="× Wrong").click()  # it needs a word, and says so
    turn.locator(".marking input").fill("missed denial")
    turn.get_by_role("button", name="× Wrong").click()
    tab.page.get_by_text("You marked this wrong: “missed denial”").wait_for()
    (mark,) = read(index)
    assert (mark.verdict, mark.reason) == ("wrong", "missed denial")


def take_it_away(tab: Watched) -> None:
    texts = {}
    for form in ("markdown", "html", "json", "csv", "claimreview"):
        with tab.page.expect_download() as saved:
            tab.page.click(f'[data-export="{form}"]')
        texts[form] = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert "Marrowick" in texts["markdown"] and "<!doctype html>" in texts["html"].lower()
    assert json.loads(texts["json"]) and json.loads(texts["claimreview"])["@type"] == "ClaimReview"
    assert len(list(csv.reader(io.StringIO(texts["csv"])))) > 2


def add_a_file_and_ask_about_it(tab: Watched, tmp_path: Path) -> None:
    page, file = tab.page, tmp_path / "ferry.txt"
    file.write_text(FERRY)
    tab.view("articles")
    page.set_input_files("#files input[type=file]", str(file))
    page.get_by_text("ferry.txt").first.wait_for()
    page.get_by_label("Publisher, where they do not tell").fill("Vardo <b>Herald</b>")
    page.get_by_label("Date, where they do not tell").fill("2019-05-03")
    page.click("#add-files")
    job_done(tab, 2)
    page.locator(".masthead .holds", has_text="13 articles").wait_for()
    tab.ask("Who denied that the ferry Solveig struck the pier?", 3)
    assert "Nordline" in page.inner_text('.turn[data-turn="3"] .answer')
    page.locator('.turn[data-turn="3"] button.cite').first.click()
    page.wait_for_selector(".reader mark.quote")
    assert "Vardo <b>Herald</b>" in page.inner_text(".reader .where")
    assert "<script>window.pwned = 1</script>" in page.inner_text(".reader .text")


def remove_it(tab: Watched) -> None:
    tab.view("articles")
    line = tab.page.locator("#listing li", has_text="Vardo <b>Herald</b>")
    line.locator(".delete").click()
    line.locator(".delete[data-sure]").click()
    tab.page.locator(".masthead .holds", has_text="12 articles").wait_for()
    assert tab.page.locator("#listing li", has_text="Vardo").count() == 0


def test_who_does_not_log_in_sees_nothing_and_users_do_not_see_each_other(
    browser: Any, index: Path, tmp_path: Path
) -> None:
    users = tmp_path / "users"
    users.write_text(f"ada:{hash_password('correct horse')}\nbob:{hash_password('battery staple')}\n")
    with serving(index, str(users)) as address:
        context = browser.new_context()
        tab = watched(context, address)
        assert tab.page.request.get(f"{address}/config").status == 401
        assert tab.page.request.post(f"{address}/gradio_api/upload", multipart={"files": "x"}).status == 401
        log_in(tab, address, "ada", "correct horse")
        tab.ask("Were hackers behind the Marrowick blackout?", 1)
        assert "ada" in tab.page.inner_text(".masthead .user")
        context.close()
        other = watched(browser.new_context(), address)
        log_in(other, address, "bob", "battery staple")
        other.view("talks")
        assert "No conversation is kept yet" in other.page.inner_text("#talks")
        other.page.get_by_role("link", name="Log out").click()
        other.page.get_by_label("password").wait_for()
        assert other.outside == []
        other.page.context.close()


def log_in(tab: Watched, address: str, name: str, password: str) -> None:
    tab.page.goto(address)
    tab.page.get_by_label("username").fill(name)
    tab.page.get_by_label("password").fill(password)
    tab.page.get_by_role("button", name="Login").click()
    tab.page.wait_for_selector(".masthead .holds")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(browser: Any, index: Path, scheme: str) -> None:
    script = axe.script()
    with serving(index) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme, bypass_csp=True)
        tab = opened(context, address)
        found = axe.faults(tab.page, script)
        tab.ask("Were hackers behind the Marrowick blackout?", 1)
        tab.page.locator(".note summary").first.click()
        for name in ("timeline", "who", "against", "sources"):
            tab.page.click(f"#tab-{name}")
            found += axe.faults(tab.page, script)
        tab.page.locator("button.cite").first.click()
        tab.page.wait_for_selector(".reader")
        found += axe.faults(tab.page, script)
        for name in ("articles", "talks"):
            tab.view(name)
            found += axe.faults(tab.page, script)
        context.close()
    assert sorted(set(found)) == []
