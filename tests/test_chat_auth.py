"""Log-in, and the headers under which the page is served."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import auth
from assistant.chat.auth import gate, hash_password, matches, read_users
from assistant.chat.headers import LOOPBACK, POLICY, Headers, host_of
from assistant.cli import main
from index.errors import SettingsError


def test_a_password_matches_its_hash_alone() -> None:
    stored = hash_password("correct horse")
    assert matches("correct horse", stored) and not matches("correct horsf", stored)
    assert "correct" not in stored
    assert hash_password("correct horse") != stored  # salted


def test_a_short_password_is_refused() -> None:
    with pytest.raises(SettingsError, match="needs at least 8"):
        hash_password("1234567")


def test_a_file_of_users_is_read(tmp_path: Path) -> None:
    stored = hash_password("correct horse")
    file = tmp_path / "users"
    file.write_text(f"# who\n\nada:{stored}\nbob:{stored}\n")
    assert read_users(file) == {"ada": stored, "bob": stored}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names no user"),
        ("ada:secret\n", "line 1 .* is not of the form"),
        ("ada\n", "is not of the form"),
        (":scrypt:2:8:1:AA==:AA==\n", "is not of the form"),
        ("ada:scrypt:2:8:1:!:!\n", "is not of the form"),
        ("ada:scrypt:2:8:1:AA==:AA==\nada:scrypt:2:8:1:AA==:AA==\n", "gives ada a second time"),
    ],
)
def test_a_bad_file_of_users_is_told_by_its_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(text)
    with pytest.raises(SettingsError, match=said):
        read_users(file)


def test_a_missing_file_of_users_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_users(tmp_path / "absent")


def test_the_gate_lets_in_who_knows_the_password() -> None:
    check = gate({"ada": hash_password("correct horse")})

    async def tries() -> list[bool]:
        return [
            await check("ada", "correct horse"),
            await check("ada", "wrong horse"),
            await check("eve", "correct horse"),
        ]

    assert asyncio.run(tries()) == [True, False, False]


def test_who_tries_many_passwords_waits_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(auth.asyncio, "sleep", sleep)
    check = gate({"ada": hash_password("correct horse")})

    async def tries() -> None:
        for _ in range(6):
            await check("ada", "wrong horse")

    asyncio.run(tries())
    assert waited == [0, 0, 0, 0, 2.0, 4.0]


def test_the_command_makes_a_line_for_the_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert main(["chat", "--hash-password", "ada"]) == 0
    name, _, stored = capsys.readouterr().out.strip().partition(":")
    assert name == "ada" and matches("correct horse", stored)


@pytest.mark.parametrize("name", ["a:b", " ada", "#ada", ""])
def test_a_name_that_the_file_cannot_hold_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name:
        assert main(["chat", "--hash-password", name]) == 2
        assert "cannot be a user's name" in capsys.readouterr().err


# --- headers


def scope(host: str) -> dict[str, Any]:
    return {"type": "http", "headers": [(b"host", host.encode())]}


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:7860", "localhost"),
        ("[::1]:7860", "::1"),
        ("News.Example", "news.example"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_the_name_of_a_request_is_read_without_its_port(host: str, name: str) -> None:
    assert host_of(scope(host)) == name


def answered(host: str, hosts: frozenset[str]) -> tuple[int, dict[bytes, bytes]]:
    """Status and headers of a request through the middleware."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"ALLOW")]})

    async def receive() -> Any:
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Headers(app, hosts)(scope(host), receive, send))
    return sent[0]["status"], dict(sent[0]["headers"])


def test_every_answer_forbids_other_hosts() -> None:
    status, headers = answered("localhost:7860", LOOPBACK)
    assert status == 200
    assert headers[b"content-security-policy"] == POLICY.encode()
    assert headers[b"x-frame-options"] == b"DENY"
    assert "http:" not in POLICY and "https:" not in POLICY and "*" not in POLICY


def test_a_page_of_this_machine_answers_under_no_other_name() -> None:
    assert answered("evil.example", LOOPBACK)[0] == 421
    assert answered("evil.example", frozenset())[0] == 200
    assert answered("news.example", LOOPBACK | {"news.example"})[0] == 200
