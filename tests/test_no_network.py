"""Nothing looks up an outside host: not ingest, not ask, not the chat page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parent.parent
CLI = ROOT / "assistant" / "cli.py"
ARTICLE = (
    "---\ntitle: Ferry struck the north pier\npublisher: Vardo Herald\ndate: 2019-05-03\n---\n\n"
    "The ferry Solveig struck the north pier on Thursday, the pilots' union said. Nordline denied it.\n"
)


def command(log: Path, script: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "tests" / "offline.py"), str(log), str(script), *arguments]


def environment() -> dict[str, str]:
    """Without a proxy and without anything that turns telemetry off beforehand: the product does that itself."""
    dropped = ("proxy", "telemetry", "analytics", "offline", "do_not_track")
    kept = {name: value for name, value in os.environ.items() if not any(word in name.lower() for word in dropped)}
    return kept | {"PYTHONPATH": str(ROOT)}


def run(log: Path, script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(log, script, *arguments), env=environment(), capture_output=True, text=True, timeout=300
    )


def attempts(log: Path) -> list[str]:
    return log.read_text().splitlines()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "attempts"
    path.touch()
    return path


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.getaddrinfo('outside.invalid', 80)",
        "import socket; socket.gethostbyname('outside.invalid')",
        "import urllib.request; urllib.request.urlopen('http://outside.invalid/')",
        "import httpx; httpx.get('http://outside.invalid/')",
        "import socket; socket.create_connection(('192.0.2.1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import threading, socket\nt = threading.Thread(target=socket.getaddrinfo, args=('outside.invalid', 80))\n"
        "t.start(); t.join()",
        "import socket\ntry: socket.getaddrinfo('outside.invalid', 80)\nexcept OSError: pass",
    ],
)
def test_the_guard_sees_every_attempt_also_one_that_is_hushed_up(attempt: str, log: Path, tmp_path: Path) -> None:
    script = tmp_path / "attempt.py"
    script.write_text(attempt)
    run(log, script)
    assert len(attempts(log)) == 1


def test_the_guard_lets_this_machine_talk_to_itself(log: Path, tmp_path: Path) -> None:
    script = tmp_path / "local.py"
    script.write_text(
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(('localhost', server.getsockname()[1])); print('talked')"
    )
    assert run(log, script).stdout == "talked\n"
    assert attempts(log) == []


COMMANDS = (
    ("ingest", "articles"),
    ("ask", "Who denied that the ferry struck the pier?", "--json", "--why"),
    ("search", "ferry"),
    ("status",),
    ("sources",),
    ("edit", "ferry", "--publisher", "Vardo Herald"),
    ("backup", "kept.tar"),
    ("repair",),
)
# All in one process: loading torch and chromadb takes most of each command's time.
SESSION = """
import sys
from assistant.cli import main
for argv in {commands!r}:
    assert main([*argv, "--index", "news.index"]) == 0, argv
"""


@dataclass(frozen=True)
class Ran:
    """The commands, run once under the guard."""

    folder: Path
    """Where they ran; the index is `news.index` in it."""
    done: subprocess.CompletedProcess[str]
    """How it ended."""
    attempts: list[str]
    """What was refused."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("session")
    (folder / "articles").mkdir()
    (folder / "articles" / "ferry.md").write_text(ARTICLE)
    script, log = folder / "session.py", folder / "attempts"
    script.write_text(SESSION.format(commands=COMMANDS))
    log.touch()
    done = subprocess.run(
        command(log, script), env=environment(), capture_output=True, text=True, timeout=300, cwd=folder
    )
    return Ran(folder, done, attempts(log))


def test_ingest_ask_and_the_other_commands_look_up_nobody(ran: Ran) -> None:
    assert ran.done.returncode == 0, f"{ran.done.stdout}\n{ran.done.stderr}"
    assert '"made_with": "extractive"' in ran.done.stdout
    assert ran.attempts == []


@contextmanager
def serving(arguments: list[str], log: Path) -> Iterator[str]:
    """The address that a serving process prints."""
    with subprocess.Popen(arguments, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("Corroborate is at http://"), (line, attempts(log))
            yield line.split()[3]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def test_the_chat_page_looks_up_nobody_and_names_no_outside_file(log: Path) -> None:
    port = free_port()
    with serving(command(log, ROOT / "tests" / "serve_fake.py", str(port)), log) as address:
        assert address == f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(address) as page:
            html = page.read().decode()
        with urllib.request.urlopen(f"{address}/theme.css") as sheet:
            styles = sheet.read().decode()
    assert "Corroborate" in html
    assert "fonts.googleapis" not in html + styles and "@import" not in styles and "url(http" not in styles
    assert attempts(log) == []


def test_the_chat_command_over_a_real_index_looks_up_nobody(log: Path, ran: Ran) -> None:
    port = free_port()
    arguments = command(log, CLI, "chat", "--index", str(ran.folder / "news.index"), "--port", str(port))
    with serving(arguments, log) as address, urllib.request.urlopen(address) as page:
        assert page.status == 200
    assert attempts(log) == []
