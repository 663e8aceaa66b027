"""Headers: what the browser may do with the page, and for which names of this machine it is served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

POLICY = "; ".join(
    (
        "default-src 'self'",
        # gradio's page has scripts and styles of its own in its text, and compiles the templates of its HTML parts.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy: nothing is fetched from, or sent to, another host."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
"""Names under which this machine alone is reached."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Headers:
    """ASGI middleware: sets the headers; refuses requests under other names than `hosts`, where these are given.

    Without the latter a page of the web could reach a server on this machine under a name of its own that it lets
    point here (DNS rebinding), and read the collection.
    """

    def __init__(self, app: App, hosts: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Called by the server."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = host_of(scope)
        if self._hosts and name not in self._hosts:
            await _refuse(send, name)
            return

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in HEADERS}
                kept = [one for one in message.get("headers", ()) if one[0].lower() not in names]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        await self._app(scope, receive, with_headers)


def host_of(scope: Scope) -> str:
    """The name under which the request came, without its port and brackets; empty where it gives none."""
    given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if given.startswith("["):
        return given[1:].partition("]")[0].lower()
    return given.partition(":")[0].lower()


async def _refuse(send: Send, name: str) -> None:
    words = f"This page is not served under the name {name!r}. Give that name to the command with --allow-host NAME.\n"
    body = words.encode("utf-8", "replace")
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": [*headers, *HEADERS]})
    await send({"type": "http.response.body", "body": body})
