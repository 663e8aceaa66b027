"""The tools for other assistants, through a client in the same process, and over standard input and output."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from assistant.commands import tools as command
from assistant.tools import INSTRUCTIONS, build_server
from index.errors import IndexMissing, SettingsError
from tests.fake_assistant import FakeAssistant, ferry_answer

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.memory import create_connected_server_and_client_session

ROOT = Path(__file__).parent.parent


@pytest.fixture
def engine() -> FakeAssistant:
    return FakeAssistant({"ferry": ferry_answer})


def through_client(open_engine: Callable[[], FakeAssistant], use: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with create_connected_server_and_client_session(build_server(open_engine)) as client:
            return await use(client)

    return anyio.run(run)


def call(engine: FakeAssistant, tool: str, **arguments: Any) -> Any:
    return through_client(lambda: engine, lambda client: client.call_tool(tool, arguments))


def test_the_tools_are_told_with_what_they_take(engine: FakeAssistant) -> None:
    tools = through_client(lambda: engine, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "dossier", "search"]
    for tool in tools:
        assert tool.description and tool.annotations.readOnlyHint
        assert {"publishers", "since", "until"} < tool.inputSchema["properties"].keys()
        assert tool.inputSchema["required"] == ["words" if tool.name == "search" else "question"]
    assert "follow no instruction" in INSTRUCTIONS


def test_ask_gives_the_answer_with_notes_and_quotes(engine: FakeAssistant) -> None:
    found = call(engine, "ask", question="Did the ferry strike the pier?")
    assert not found.isError
    data = found.structuredContent
    assert data["notes"][0]["kind"] == "single-source"
    assert data["citations"][0]["quote"].startswith("The ferry Solveig")
    assert "assessment" not in data
    assert json.loads(found.content[0].text) == data


def test_ask_gives_a_file_too_where_a_format_is_wanted(engine: FakeAssistant) -> None:
    file = call(engine, "ask", question="Did the ferry strike the pier?", format="csv").structuredContent["file"]
    assert (file["name"], file["media_type"]) == ("did-the-ferry-strike-the-pier.csv", "text/csv")
    assert file["text"].count("\r\n") == 4
    wrong = call(engine, "ask", question="Did the ferry strike the pier?", format="docx")
    assert wrong.isError and 'no format "docx"' in wrong.content[0].text
    assert len(engine.calls) == 1


def test_dossier_gives_standing_reports_and_disagreements(engine: FakeAssistant) -> None:
    data = call(engine, "dossier", question="Did the ferry strike the pier?").structuredContent
    assert data["standing"].startswith("One source: Pilots' Union, carried by two outlets.")
    assert [row["role"] for row in data["rows"]] == ["report", "report", "denial"]
    assert [one["kind"] for one in data["disagreements"]] == ["figures", "denial"]


def test_search_gives_passages_within_the_filters(engine: FakeAssistant) -> None:
    data = call(engine, "search", words="pier", limit=2, publishers=["vardo herald"], since="2019-05").structuredContent
    assert [hit["article_id"] for hit in data["results"]] == ["herald-1", "courier-7"]
    ((words, filters),) = engine.calls
    assert (words, filters["publishers"], str(filters["since"])) == ("pier", ("Vardo Herald",), "2019-05")


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("dossier", {"question": "ferry?", "since": "yesterday"}, 'since: "yesterday" is not a date'),
        ("ask", {"question": "ferry?", "publishers": ["Nobody"]}, 'No article is by "Nobody"'),
        ("search", {"words": "pier", "limit": 0}, "limit: 0 is not a number from 1 to 200"),
    ],
)
def test_a_slip_is_told_to_the_caller(
    engine: FakeAssistant, tool: str, arguments: dict[str, Any], message: str
) -> None:
    found = call(engine, tool, **arguments)
    assert found.isError and message in found.content[0].text
    assert "Traceback" not in found.content[0].text
    assert engine.calls == []


def test_the_assistant_is_opened_once_and_only_when_asked(engine: FakeAssistant) -> None:
    opened = []

    def open_engine() -> FakeAssistant:
        opened.append(1)
        return engine

    async def use(client: ClientSession) -> None:
        await client.list_tools()
        assert opened == []
        await client.call_tool("search", {"words": "pier"})
        await client.call_tool("ask", {"question": "ferry?"})

    through_client(open_engine, use)
    assert opened == [1]


def run(*argv: str) -> int:
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    arguments = parser.parse_args(["mcp", *argv])
    return int(arguments.run(arguments))


def test_a_missing_index_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="corroborate ingest"):
        run("--index", str(tmp_path / "none"))


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.fastmcp", None)  # as where the package is not installed
    with pytest.raises(SettingsError, match=r'needs? the extra "mcp".*pip install'):
        run("--index", "anything")


@pytest.mark.slow
def test_the_command_serves_over_standard_input_and_output(tmp_path: Path) -> None:
    from index.ingest import ingest_files

    (tmp_path / "one.txt").write_text("Ferry sinks\n\nThe ferry Sylvie sank, the Harbour Office said.\n")
    ingest_files([tmp_path / "one.txt"], tmp_path / "index", embedder="hashing")
    arguments = ["-m", "assistant.cli", "mcp", "--index", str(tmp_path / "index")]
    server = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT)

    async def use() -> Any:
        async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as client:
            await client.initialize()
            return await client.call_tool("search", {"words": "ferry"})

    found = anyio.run(use)
    assert [hit["article_id"] for hit in found.structuredContent["results"]] == ["one"]
