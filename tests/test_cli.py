"""The command line as a whole: help, errors, exit codes, and what it does not load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main

ROOT = Path(__file__).parent.parent
COMMANDS = ("ingest", "ask", "search", "chat", "status", "sources", "edit", "remove", "backup", "repair")
HEAVY = (
    "torch", "transformers", "sentence_transformers", "tokenizers", "numpy", "pandas", "gradio", "chromadb",
    "langchain", "langchain_core", "trafilatura", "tantivy", "pypdf", "docx", "datasketch", "ftfy",
    "rapidfuzz", "rich", "httpx",
)  # fmt: skip


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert [command for command in COMMANDS if f"\n    {command} " not in out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith(f"usage: corroborate {command}")
    assert "--index" in out


def test_help_loads_nothing_heavy() -> None:
    code = f"""
import json, sys
from assistant.cli import main
for argv in ([], *([command] for command in {COMMANDS!r})):
    try:
        main([*argv, "--help"])
    except SystemExit:
        pass
print(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == []


@pytest.mark.parametrize(
    "argv",
    [
        ("ask", "Who said it?"),
        ("search", "who said it"),
        ("status",),
        ("sources",),
        ("remove", "some-id"),
        ("edit", "some-id", "--publisher", "The Post"),
    ],
)
def test_a_missing_index_is_a_clear_error(
    argv: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*argv, "--index", str(tmp_path / "none.index")]) == 2
    err = capsys.readouterr().err
    assert err.startswith("corroborate: ") and "none.index" in err and "ingest" in err
    assert "Traceback" not in err
    assert not (tmp_path / "none.index").exists()


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("ask", "q", "--since", "soon"), '"soon" is not a date'),
        (("ask", " "), "The question is empty"),
        (("ask", "q", "--base-url", "http://127.0.0.1:1"), "--base-url needs --model"),
        (("search", "q", "--limit", "-1"), "not a number from 1 to 200"),
        (("chat", "--port", "70000"), "not a number from 1 to 65535"),
        (("chat", "--port", "high"), "not a number from 1 to 65535"),
    ],
)
def test_a_wrong_option_is_told_and_ends_with_2(
    argv: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("argv", [(), ("nonsense",), ("ask",), ("ask", "q", "--nonsense")])
def test_what_is_no_command_ends_with_2(argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2
    assert "usage: corroborate" in capsys.readouterr().err
