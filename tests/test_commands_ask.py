"""The commands ask and search, over a scripted assistant."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.commands import ask
from assistant.commands.options import layout_for, open_assistant
from assistant.commands.output import EXPORTS
from assistant.export import FORMATS
from assistant.layout import COLOUR, PLAIN
from assistant.settings import index_folder
from index.errors import CorroborateError, IndexMissing, SettingsError
from tests.fake_assistant import FakeAssistant, ferry_answer

Run = Callable[..., int]


@pytest.fixture
def engine() -> FakeAssistant:
    return FakeAssistant({"ferry": ferry_answer})


@pytest.fixture
def run(engine: FakeAssistant) -> Run:
    parser = argparse.ArgumentParser()
    ask.register(parser.add_subparsers(), lambda arguments: engine)

    def run(*argv: str) -> int:
        arguments = parser.parse_args(argv)
        return int(arguments.run(arguments))

    return run


def test_ask_prints_answer_notes_and_sources(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "Did the ferry strike the pier?") == 0
    out = capsys.readouterr().out
    assert out.index("[1][2]") < out.index("Notes") < out.index("Sources")
    assert "\x1b" not in out
    assert "How each note" not in out


def test_why_comes_after_the_answer(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "the ferry?", "--why") == 0
    out = capsys.readouterr().out
    assert out.index("Sources") < out.index("How each note came about")


def test_json_is_one_document_and_why_is_part_of_it(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "the ferry?", "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["assessment"]["independent_sources"] == 1 and "why" not in plain
    assert run("ask", "the ferry?", "--json", "--why") == 0
    assert json.loads(capsys.readouterr().out)["why"][0]["kind"] == "single-source"


def test_an_abstention_is_a_result_and_no_failure(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "What did it cost?") == 0
    assert "does not say what it cost" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["ask", "search"])
def test_filters_reach_the_engine_as_the_collection_spells_them(run: Run, engine: FakeAssistant, command: str) -> None:
    given = (
        "--publisher",
        "vardo herald",
        "--publisher",
        "COASTAL courier",
        "--since",
        "2019",
        "--until",
        "2019-05-04",
    )
    assert run(command, "the ferry?", *given) == 0
    filters = engine.calls[-1][1]
    assert filters["publishers"] == ("Vardo Herald", "Coastal Courier")
    assert (str(filters["since"]), str(filters["until"])) == ("2019", "2019-05-04")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("ask", "q", "--since", "soon"), 'since: "soon" is not a date'),
        (("search", "q", "--until", "soon"), 'until: "soon" is not a date'),
        (("ask", "q", "--since", "2019", "--until", "2018"), "leave no day"),
        (("ask", "q", "--publisher", "Vardo Harald"), 'Did you mean "Vardo Herald"'),
        (("ask", "   "), "question is empty"),
        (("ask", "x" * 1001), "at most 1000"),
        (("search", "q", "--limit", "0"), "not a number from 1 to 200"),
        (("search", "q", "--limit", "many"), "not a number from 1 to 200"),
    ],
)
def test_a_wrong_option_says_what_is_wrong(run: Run, argv: tuple[str, ...], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        run(*argv)
    assert message in str(caught.value)


def test_a_bad_date_is_told_before_anything_is_opened() -> None:
    def never(arguments: argparse.Namespace) -> FakeAssistant:
        raise AssertionError("opened")

    parser = argparse.ArgumentParser()
    ask.register(parser.add_subparsers(), never)
    arguments = parser.parse_args(["ask", "q", "--since", "soon"])
    with pytest.raises(SettingsError):
        arguments.run(arguments)


def test_search_prints_passages_best_first(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "pier", "--limit", "2") == 0
    out = capsys.readouterr().out
    assert out.index("1. Vardo Herald") < out.index("2. Coastal Courier")
    assert run("search", "pier", "--limit", "1", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["query"] == "pier" and [hit["article_id"] for hit in found["results"]] == ["herald-1"]


def test_search_that_finds_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    ask.register(parser.add_subparsers(), lambda arguments: FakeAssistant(articles=()))
    arguments = parser.parse_args(["search", "pier"])
    assert arguments.run(arguments) == 0
    assert capsys.readouterr().out == "No passage found.\n"


def test_the_index_is_the_option_else_the_variable_else_the_default() -> None:
    assert index_folder("a", {"CORROBORATE_INDEX": "b"}) == Path("a")
    assert index_folder(None, {"CORROBORATE_INDEX": "b"}) == Path("b")
    assert index_folder(None, {}) == Path("news.index")


def test_a_base_url_needs_a_model() -> None:
    arguments = argparse.Namespace(index="nowhere", model=None, base_url="http://127.0.0.1:1")
    with pytest.raises(SettingsError, match="--base-url needs --model"):
        open_assistant(arguments)


def test_a_missing_index_is_told_by_its_folder(tmp_path: Path) -> None:
    arguments = argparse.Namespace(index=str(tmp_path / "none.index"), model=None, base_url=None)
    with pytest.raises(IndexMissing, match=r"none\.index") as caught:
        open_assistant(arguments)
    assert isinstance(caught.value, CorroborateError)


class Terminal:
    """A stream that is a terminal or is not."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environ", "colour"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(terminal: bool, environ: dict[str, str], colour: bool) -> None:
    layout = layout_for(Terminal(terminal), environ)  # type: ignore[arg-type]
    assert layout.style == (COLOUR if colour else PLAIN)


# --- formats and files


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_can_be_printed_and_written(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    assert run("ask", "the ferry?", "--format", format) == 0
    printed = capsys.readouterr().out
    assert run("ask", "the ferry?", "--format", format, "-o", str(tmp_path / "file")) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"Written to {tmp_path / 'file'}\n")
    assert (tmp_path / "file").read_text("utf-8-sig").split() == printed.split()


def test_the_command_knows_the_formats_of_the_export() -> None:
    assert EXPORTS == FORMATS


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.md", "# the ferry?"),
        ("a.HTML", "<!doctype html>"),
        ("a.json", '{\n  "question"'),
        ("a.csv", '"kind","publisher"'),
        ("a.claimreview.json", '{\n  "@context"'),
        ("a.txt", "The Pilots' Union said"),
        ("a", "The Pilots' Union said"),
    ],
)
def test_the_ending_of_the_file_chooses_the_format(run: Run, tmp_path: Path, name: str, start: str) -> None:
    assert run("ask", "the ferry?", "-o", str(tmp_path / name)) == 0
    assert (tmp_path / name).read_text("utf-8-sig").startswith(start)


def test_json_as_ever_can_be_written(run: Run, tmp_path: Path) -> None:
    assert run("ask", "the ferry?", "--json", "--why", "-o", str(tmp_path / "a.html")) == 0
    data = json.loads((tmp_path / "a.html").read_text("utf-8"))
    assert data["why"] and "dossier" not in data


def test_a_file_of_text_has_no_colour_and_takes_the_reasons(run: Run, tmp_path: Path) -> None:
    assert run("ask", "the ferry?", "--why", "-o", str(tmp_path / "a.txt")) == 0
    text = (tmp_path / "a.txt").read_text("utf-8")
    assert "\x1b" not in text and text.endswith("\n") and "How each note came about" in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--format", "docx"), 'no format "docx"'),
        (("--json", "--format", "html"), "give one of them"),
        (("--why", "--format", "html"), "--why goes with text"),
        (("--why", "-o", "a.html"), "--why goes with text"),
        (("-o", "/"), "is a folder"),
        (("-o", "/nowhere/at/all.html"), "there is no folder /nowhere/at"),
    ],
)
def test_wrong_options_are_told_before_anything_is_asked(
    run: Run, engine: FakeAssistant, options: tuple[str, ...], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        run("ask", "the ferry?", *options)
    assert engine.calls == []


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written: File name too long"):
        run("ask", "the ferry?", "-o", str(tmp_path / ("x" * 300)))


def test_an_abstention_makes_no_claimreview(run: Run, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no claim to review"):
        run("ask", "What did it cost?", "-o", str(tmp_path / "a.jsonld"))
    assert not (tmp_path / "a.jsonld").exists()
