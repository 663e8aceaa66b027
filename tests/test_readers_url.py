# ruff: noqa: E501  (pages and articles stand here as they come)
"""Addresses: only public hosts, at the very address that was checked, bounded in size, time and redirects."""

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from index.article import Article
from index.readers import Inputs, ReadFailure
from index.readers.url import LARGEST_PAGE, Fetcher, public

STORY = (
    "The ferry Morning Tern ran aground off Cape Hollin on Tuesday night, and nobody was hurt, the coastguard said. "
    * 3
)
PAGE = f"<html><head><title>Ferry aground off Hollin | Hollin Courier</title></head><body><article><p>{STORY}</p></article></body></html>"
PUBLIC = "93.184.216.34"


class Site(BaseHTTPRequestHandler):
    """A small site with pages that behave and pages that do not."""

    seen: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.seen.append((self.headers["Host"], self.path))
        name = self.path.strip("/")
        if name.startswith("hop"):
            count = int(name[3:])
            return self.answer(302, b"", location=f"/hop{count - 1}" if count else "/story.html")
        if name == "inside":
            return self.answer(302, b"", location="http://inner.example/admin")
        if name == "numeric":
            return self.answer(301, b"", location="http://169.254.169.254/latest/meta-data")
        if name == "file":
            return self.answer(302, b"", location="file:///etc/passwd")
        if name == "slow":
            return self.drip()
        if name == "big":
            return self.answer(200, b"x" * (LARGEST_PAGE + 10), "text/plain")
        if name == "bomb":
            return self.answer(200, gzip.compress(b"x" * (LARGEST_PAGE + 10)), "text/plain", encoding="gzip")
        if name == "packed":
            return self.answer(200, gzip.compress(PAGE.encode()), "text/html; charset=utf-8", encoding="gzip")
        if name == "latin":
            return self.answer(200, f"Café Róża. {STORY}".encode("iso-8859-2"), "text/plain; charset=iso-8859-2")
        if name == "picture":
            return self.answer(200, b"\x89PNG", "image/png")
        if name == "story.html":
            return self.answer(200, PAGE.encode(), "text/html; charset=utf-8")
        if name == "feed":
            item = f"<item><guid>g1</guid><title>Ferry</title><description>{STORY}</description></item>"
            return self.answer(
                200, f"<rss version='2.0'><channel><title>C</title>{item}</channel></rss>".encode(), "text/xml"
            )
        return self.answer(404, b"nothing here")

    def answer(
        self, status: int, body: bytes, kind: str = "text/plain", *, location: str = "", encoding: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the reader hangs up on what is too large
            self.wfile.write(body)

    def drip(self) -> None:
        """Sends the head of an answer a byte at a time: no single wait is long."""
        for byte in b"HTTP/1.1 200 OK\r\nX-Filler: " + b"y" * 100:
            try:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                return
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class ToSite(httpx.BaseTransport):
    """Carries requests for the public test address to the site in this process, and no others."""

    def __init__(self, port: int) -> None:
        self.inner = httpx.HTTPTransport()
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC, f"connected to {request.url.host}"
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return self.inner.handle_request(request)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def resolver(host: str, port: int) -> list[str]:
    if host == "gone.example":
        raise OSError("no such host")
    return {"inner.example": ["10.0.0.5"], "mixed.example": [PUBLIC, "127.0.0.1"]}.get(
        host, [host] if host[0].isdigit() else [PUBLIC]
    )


def fetch(url: str, port: int, longest: float = 20.0) -> Article | ReadFailure:
    fetcher = Fetcher(resolver, ToSite(port), longest)
    (found,) = list(Inputs([url], fetch=fetcher.fetch))
    return found


@pytest.mark.parametrize("path", ["story.html", "packed", "hop0", "hop4"])
def test_a_page(port: int, path: str) -> None:
    found = fetch(f"https://courier.example/{path}", port)
    assert isinstance(found, Article), found
    assert (found.title, found.publisher) == ("Ferry aground off Hollin", "Hollin Courier")
    assert found.text == STORY.strip()
    assert found.path == f"https://courier.example/{path}"
    assert found.url == f"https://courier.example/{path if path == 'packed' else 'story.html'}"
    assert found.id == ("story" if path == "story.html" else path)
    assert ("courier.example", "/story.html" if path != "packed" else "/packed") in Site.seen


def test_the_encoding_that_the_server_names(port: int) -> None:
    found = fetch("http://courier.example/latin", port)
    assert isinstance(found, Article) and found.text.startswith("Café Róża.")


def test_a_feed_at_an_address(port: int) -> None:
    found = fetch("http://courier.example/feed", port)
    assert isinstance(found, Article) and (found.id, found.publisher) == ("g1", "C")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://inner.example/", "not a public address"),
        ("http://mixed.example/", "not a public address"),
        ("http://courier.example/inside", "10.0.0.5"),
        ("http://courier.example/numeric", "169.254.169.254"),
        ("http://courier.example/file", "only http and https"),
        ("http://courier.example/hop9", "redirects"),
        ("http://courier.example/big", "larger than 10 MB"),
        ("http://courier.example/bomb", "larger than 10 MB"),
        ("http://courier.example/picture", "image/png"),
        ("http://courier.example/none", "404"),
        ("http://gone.example/", "cannot be found"),
        ("ftp://courier.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://user:secret@courier.example/", "user name or password"),
        ("http://[::1/", "not a sound address"),
        ("http:///path", "only http and https"),
    ],
)
def test_what_is_not_fetched(port: int, url: str, reason: str) -> None:
    found = fetch(url, port)
    assert isinstance(found, ReadFailure), found
    assert found.name == url
    assert reason in found.reason


def test_time_is_bounded_even_where_each_byte_comes_soon(port: int) -> None:
    found = fetch("http://courier.example/slow", port, longest=0.5)
    assert isinstance(found, ReadFailure) and "within 0.5 seconds" in found.reason


def test_loopback_is_refused_with_the_real_resolver(port: int) -> None:
    before = len(Site.seen)
    for host in ("127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"):
        (found,) = list(Inputs([f"http://{host}:{port}/story.html"]))
        assert isinstance(found, ReadFailure), host
        assert "public" in found.reason or "cannot be found" in found.reason
    assert len(Site.seen) == before


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255
    ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1:: 2002:a00:1::
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe ::127.0.0.1 fec0::1 2001:db8::1 not-an-address""".split(),
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert public(address)
