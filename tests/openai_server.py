"""A server on this machine that speaks OpenAI's chat-completions protocol and misbehaves on purpose."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def completion(content: str | None, finish_reason: str = "stop") -> bytes:
    """The body of a proper reply."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    body = {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
        "usage": usage,
    }
    return json.dumps(body).encode()


@dataclass(frozen=True)
class Reply:
    """What the server does with every request."""

    body: bytes = b""
    """Sent as it is."""
    status: int = 200
    """The HTTP status."""
    missing: int = 0
    """Bytes that are announced and never sent: the connection breaks off."""
    hangs: bool = False
    """True where it never answers, until the server is closed."""


@dataclass
class OpenAIServer:
    """A running server."""

    reply: Reply
    """What it does."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the requests so far."""
    paths: list[str] = field(default_factory=list)
    """Their paths."""
    keys: list[str] = field(default_factory=list)
    """Their Authorization headers."""
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when the server closes, so that what hangs lets go."""
    base_url: str = ""
    """Its address, for `base_url`."""

    @property
    def prompt(self) -> str:
        """The messages of the last request, joined."""
        return "\n".join(message["content"] for message in self.requests[-1]["messages"])


@contextmanager
def openai_server(reply: Reply) -> Iterator[OpenAIServer]:
    """Serves one reply on a free port of 127.0.0.1 until the block ends."""
    state = OpenAIServer(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            state.requests.append(json.loads(self.rfile.read(length) or b"{}"))
            state.paths.append(self.path)
            state.keys.append(self.headers.get("Authorization", ""))
            if state.reply.hangs:
                state.closing.wait()
                return
            self.send_response(state.reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(state.reply.body) + state.reply.missing))
            self.end_headers()
            self.wfile.write(state.reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.base_url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            state.closing.set()
            server.shutdown()
            thread.join()
