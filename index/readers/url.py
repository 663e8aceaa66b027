"""Addresses: a page fetched over http(s) from public hosts only, bounded in size, time and redirects."""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from index.errors import ReadError
from index.readers.source import Source, sniff

if TYPE_CHECKING:
    import httpx

LARGEST_PAGE = 10_000_000
"""Bytes of an answer, unpacked."""
LONGEST_FETCH = 20.0
"""Seconds for everything: names, redirects, the answer itself."""
MOST_REDIRECTS = 5
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SUFFIXES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt", "text/markdown": "md",
    "application/pdf": "pdf", "application/json": "json", "application/ld+json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "text/csv": "csv", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed", "text/xml": "feed", "application/xml": "feed", "application/feed+json": "json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to the addresses that it has, as text."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The host's addresses from the system's resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How pages are fetched; tests give a resolver and a transport of their own."""

    resolver: Resolver = resolve
    """Finds a host's addresses."""
    transport: httpx.BaseTransport | None = None
    """Carries a request to the address that was checked; None for the network."""
    longest: float = LONGEST_FETCH
    """Seconds for everything."""

    def fetch(self, url: str) -> Source:
        """The page as a source; where it cannot be had, one with the reason as its fault."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return Source(url, url, "", "", fault=f"not a sound address: {url}")
        last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
        stem = re.sub(r"\.(?:html?|php|aspx?|pdf|txt|md|json|jsonl|csv|xml|rss)$", "", last, flags=re.I) or host
        folders = (host,) if stem != host else ()
        try:
            data, kind, charset, final = self._in_time(url)
        except ReadError as error:
            return Source(url, url, "", stem, folders, fault=str(error))
        suffix = _SUFFIXES.get(kind, "")
        if suffix in ("", "txt", "feed") or not kind:
            sniffed = sniff(data)
            suffix = sniffed if suffix != "feed" or sniffed in ("feed", "html") else suffix
        if kind.startswith(("image/", "audio/", "video/", "font/")):
            return Source(url, url, "", stem, folders, fault=f"it is {kind}; expected a page, a document or a feed")
        return Source(url, url, suffix, stem, folders, held=data, charset=charset, address=final)

    def _in_time(self, url: str) -> tuple[bytes, str, str, str]:
        """Runs in a thread that is left behind when time is up: neither a name server nor a host that sends its
        headers a
        byte at a time can then hold up the rest."""
        answer: queue.Queue[tuple[bytes, str, str, str] | Exception] = queue.Queue(maxsize=1)

        def work() -> None:
            try:
                answer.put(self._follow(url, time.monotonic() + self.longest))
            except Exception as error:  # handed over to the caller, whatever it is
                answer.put(error)

        threading.Thread(target=work, daemon=True, name="fetch").start()
        try:
            found = answer.get(timeout=self.longest)
        except queue.Empty:
            raise ReadError(
                f"no full answer within {self.longest:g} seconds; try again, or save the page to a file"
            ) from None
        if isinstance(found, Exception):
            raise found
        return found

    def _follow(self, url: str, deadline: float) -> tuple[bytes, str, str, str]:
        for _ in range(MOST_REDIRECTS + 1):
            address = self._checked(url)
            data, kind, charset, moved = self._one(url, address, deadline)
            if not moved:
                return data, kind, charset, url
            url = urljoin(url, moved)
        raise ReadError(f"more than {MOST_REDIRECTS} redirects")

    def _checked(self, url: str) -> str:
        """The address to connect to: one that was looked at, so that a second look-up cannot change it."""
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise ReadError(f"not a sound address: {url}") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ReadError(f"only http and https addresses are fetched; got {url}")
        if parts.username or parts.password:
            raise ReadError("addresses with a user name or password are not fetched")
        try:
            found = list(self.resolver(parts.hostname, port))
        except (OSError, UnicodeError) as error:
            raise ReadError(f"the host {parts.hostname} cannot be found ({error})") from None
        for text in found:
            if not public(text):
                raise ReadError(
                    f"{parts.hostname} is at {text}, which is not a public address; only public hosts are fetched"
                )
        if not found:
            raise ReadError(f"the host {parts.hostname} has no address")
        return found[0]

    def _one(self, url: str, address: str, deadline: float) -> tuple[bytes, str, str, str]:
        """One request, to the address given: bytes, content type, charset, and where it has moved (empty if not)."""
        import httpx

        target = httpx.URL(url)
        host = target.host
        name = target.netloc.decode("ascii")
        headers = {"Host": name, "User-Agent": "corroborate", "Accept-Encoding": "gzip, identity", "Accept": "*/*"}
        left = max(deadline - time.monotonic(), 0.1)
        # No proxy from the environment: it would connect to where it pleases, and the check would be for nothing.
        with httpx.Client(transport=self.transport, timeout=left, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                "GET", target.copy_with(host=address), headers=headers, extensions={"sni_hostname": host}
            )
            try:
                response = client.send(request, stream=True)
                try:
                    return _answer(response, deadline)
                finally:
                    response.close()
            except httpx.HTTPError as error:
                raise ReadError(f"the page cannot be fetched ({type(error).__name__}: {str(error)[:100]})") from None


def _answer(response: httpx.Response, deadline: float) -> tuple[bytes, str, str, str]:
    if response.is_redirect:
        return b"", "", "", response.headers["location"]
    if response.status_code != 200:
        raise ReadError(f"the server answered {response.status_code} {response.reason_phrase}")
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise ReadError(f"the server sent {packing} data though plain or gzip was asked for")
    unpack = zlib.decompressobj(31) if "gzip" in packing else None
    found = bytearray()
    for chunk in response.iter_raw():
        try:
            found += unpack.decompress(chunk, LARGEST_PAGE + 1 - len(found)) if unpack else chunk
        except zlib.error:
            raise ReadError("the server sent broken gzip data") from None
        if len(found) > LARGEST_PAGE:
            raise ReadError(f"it is larger than {LARGEST_PAGE // 1_000_000} MB; save it to a file and ingest that")
        if time.monotonic() > deadline:
            raise ReadError("it was not complete when time was up; try again, or save the page to a file")
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", rest, re.IGNORECASE)
    return bytes(found), kind.strip().lower(), charset[1] if charset else "", ""


def public(address: str) -> bool:
    """True for an address of the public internet: no loopback, private, link-local, reserved or multicast one, also not
    as an IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64)."""
    try:
        found = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _NAT64:
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        held = [part for part in inner if part is not None]
        if held:
            return all(public(str(part)) for part in held)
        if found.is_site_local or int(found) >> 32 == 0:  # the last: the old form ::a.b.c.d
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved and not found.is_unspecified
