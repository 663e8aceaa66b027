"""What a reporter does with articles on the page: upload, paste, fetch, search, edit, remove; over the real engine."""

from __future__ import annotations

import json
import random
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from index.corpus import Corpus
from index.embedder import HashingEmbedder
from tests.pages import Watched, browser, job_done, opened, serving

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
SMALL = replace(Settings(), upload_size=2_000_000, uploads_most=2, text_limit=5_000, articles_listed=10)
"""Limits that a test can go beyond."""
FERRY = "The ferry Solveig struck the north pier of Vardo on 2 May 2019, the Pilots' Union said."
BRIDGE = "The bridge at Lenna was closed on 17 January 2020 after a lorry had hit a pillar, the town council said."
PUBLIC = "93.184.216.34"


class Site(BaseHTTPRequestHandler):
    """One page of the web."""

    def do_GET(self) -> None:
        page = f"<html><head><title>Ferry strikes pier | Vardo Herald</title></head><body><article><p>{FERRY} "
        body = f"{page}{'The harbour was calm, a fisherman said. ' * 8}</p></article></body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a page on a public host that this machine's network leads to."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found, connect = socket.getaddrinfo, socket.create_connection

    def getaddrinfo(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        return found(PUBLIC if host == "herald.example" else host, port, *more, **named)

    def create_connection(address: tuple[str, int], *more: Any, **named: Any) -> socket.socket:
        return connect(server.server_address if address[0] == PUBLIC else address, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    yield "http://herald.example/ferry.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tab(browser: Any, tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "news.index"
    with Corpus.writing(folder, HashingEmbedder()):
        pass
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    with serving(folder, settings=SMALL) as address:
        tab = opened(context, address)
        tab.view("articles")
        yield tab
        context.close()


def paste(tab: Watched, text: str, title: str, publisher: str = "", published: str = "") -> None:
    tab.page.get_by_role("tab", name="Text", exact=True).click()
    tab.page.get_by_label("Headline").fill(title)
    tab.page.get_by_label("Text of the article").fill(text)
    tab.page.get_by_label("Publisher, where they do not tell").fill(publisher)
    tab.page.get_by_label("Date, where they do not tell").fill(published)
    tab.page.click("#add-text")


def titles(tab: Watched, number: int) -> list[str]:
    """The titles listed, once there are so many."""
    tab.page.wait_for_function("n => document.querySelectorAll('#listing .read').length === n", arg=number)
    return list(tab.page.locator("#listing .read").all_inner_texts())


def failure(tab: Watched, words: str) -> None:
    """Waits for an error that says this."""
    tab.page.locator("#jobs .failed", has_text=words).first.wait_for()


def test_a_text_is_pasted_searched_for_edited_read_and_removed(tab: Watched) -> None:
    page = tab.page
    paste(tab, BRIDGE, "Bridge", "Orlin Courier", "2020-02-30")
    failure(tab, '"2020-02-30" is not a date')
    assert page.get_by_label("Text of the article").input_value() == BRIDGE  # what was typed is still there
    page.get_by_label("Date, where they do not tell").fill("2020-01-18")
    page.click("#add-text")
    job_done(tab, 1)
    for label in ("Text of the article", "Headline", "Publisher, where they do not tell"):
        assert page.get_by_label(label).input_value() == ""
    paste(tab, FERRY, "Ferry")
    job_done(tab, 2)
    assert titles(tab, 2) == ["Bridge", "Ferry"]
    look_through(tab)
    row = page.locator("#listing li", has_text="Ferry")
    row.get_by_text("Edit").click()
    row.locator("[name=publisher]").fill("Vardo <i>Herald</i>")
    row.locator("[name=published]").fill("2019-05-03")
    row.get_by_role("button", name="Save").click()
    page.locator("#listing li", has_text="Vardo <i>Herald</i>, 3 May 2019").wait_for()
    page.get_by_role("button", name="Ferry", exact=True).click()
    page.wait_for_selector(".reader")
    assert FERRY in page.inner_text(".reader .text")
    page.click(".reader .back")
    assert page.locator("#listing").is_visible()
    row.locator(".delete").click()
    row.locator(".delete[data-sure]").click()
    assert titles(tab, 1) == ["Bridge"]
    assert tab.clean()


def look_through(tab: Watched) -> None:
    """Filters the list by words, publisher and dates."""
    page = tab.page
    words, since = page.get_by_label("Words", exact=True), page.get_by_label("Since", exact=True)
    words.fill("pier")
    words.press("Enter")
    assert titles(tab, 1) == ["Ferry"]
    words.fill("")
    words.press("Enter")
    assert len(titles(tab, 2)) == 2
    page.get_by_label("By", exact=True).click()
    page.get_by_role("option", name="(unknown)").click()
    assert titles(tab, 1) == ["Ferry"]
    page.keyboard.press("Escape")
    page.get_by_label("By", exact=True).press("Backspace")
    assert len(titles(tab, 2)) == 2
    since.fill("soon")
    since.press("Enter")
    page.get_by_text('Since: "soon" is not a date').wait_for()
    since.fill("2020-01")
    since.press("Enter")
    assert titles(tab, 1) == ["Bridge"]
    since.fill("")
    since.press("Enter")
    assert len(titles(tab, 2)) == 2


def test_a_page_of_the_web_is_fetched_and_what_cannot_be_is_told(tab: Watched, web: str) -> None:
    page = tab.page
    page.get_by_role("tab", name="Addresses").click()
    box = page.get_by_label("Web addresses, one a line")
    for typed, told in (
        ("", "There is no address to read"),
        ("ftp://herald.example/a", "is not a web address"),
        (f"{web}\n{web}2\n{web}3", "at most 2 are read at once"),
        ("http://127.0.0.1:9/", "127.0.0.1, which is not a public address"),
    ):
        box.fill(typed)
        page.click("#add-addresses")
        failure(tab, told)
    box.fill(web)
    page.click("#add-addresses")
    job_done(tab, 1)
    assert titles(tab, 1) == ["Ferry strikes pier"]
    assert page.get_by_role("link", name="source").get_attribute("href") == web
    tab.ask("Who said that the ferry Solveig struck the pier?", 1)
    assert "Union" in page.inner_text("#conversation .answer")
    assert tab.clean()


def many(folder: Path, number: int) -> str:
    """A file of so many articles, no two alike."""
    file, chance = folder / "many.jsonl", random.Random(7)
    words = ["".join(chance.choices("aeioubdfgklmnprst", k=6)) for _ in range(3000)]
    with file.open("w") as lines:
        for place in range(number):
            text = ". ".join(" ".join(chance.choices(words, k=12)).capitalize() for _ in range(5))
            record = {"id": f"m{place}", "title": f"Meeting {place}", "publisher": "Vardo Herald", "text": f"{text}."}
            lines.write(json.dumps(record) + "\n")
    return str(file)


def test_questions_are_answered_while_files_are_added_and_adding_can_be_stopped(tab: Watched, tmp_path: Path) -> None:
    page = tab.page
    paste(tab, FERRY, "Ferry", "Vardo Herald", "2019-05-03")
    job_done(tab, 1)
    page.get_by_role("tab", name="Files").click()
    page.set_input_files("#files input[type=file]", many(tmp_path, 2000))
    page.locator('#files [aria-label="many.jsonl"]').wait_for()
    page.click("#add-files")
    page.locator("#jobs .job.running", has_text="of 2000 articles").wait_for()
    tab.ask("Who said that the ferry Solveig struck the pier?", 1)
    assert "Union" in page.inner_text("#conversation .answer")
    tab.view("articles")
    assert page.locator("#jobs .job.running").count() == 1  # it went on all the while
    page.locator("#jobs").get_by_role("button", name="Stop").click()
    page.locator("#jobs .job.stopped").wait_for()
    held = int(page.inner_text("#listing [role=status]").split(" of ")[-1].split()[0]) - 1
    assert held < 2000
    told = page.inner_text("#jobs .job.stopped")
    assert f"{held} dealt with by then stay" in told if held else "Stopped." in told
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Newer").wait_for()
    assert tab.clean()


def test_what_is_too_much_is_refused_with_the_limit(tab: Watched, tmp_path: Path) -> None:
    page = tab.page
    page.click("#add-files")
    failure(tab, "There is no file to add")
    names = [tmp_path / f"{letter}.txt" for letter in "abc"]
    for name in names:
        name.write_text(FERRY)
    page.set_input_files("#files input[type=file]", [str(name) for name in names])
    page.locator('#files [aria-label="c.txt"]').wait_for()
    page.click("#add-files")
    failure(tab, "These are 3 files; at most 2 are taken at once")
    paste(tab, FERRY * 100, "Long")
    failure(tab, "at most 5,000 are taken here")
    assert tab.clean()
    page.get_by_role("tab", name="Files").click()
    large = tmp_path / "large.txt"
    large.write_text("x " * 1_500_000)
    page.set_input_files("#files input[type=file]", str(large))
    page.get_by_text("exceed the maximum allowed size").wait_for()
    tab.errors.clear()  # the browser tells of the refused upload in its console
    paste(tab, FERRY, "Ferry")  # and the page goes on
    job_done(tab, 1)
    assert tab.clean()
