"""`corroborate eval` from its arguments to its exit code, over a scripted assistant."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest
from eval_fakes import ScriptedAssistant, abstention, answer

from assistant.notes import NoteKind
from evals.command import register, run_with
from evals.run import Bench
from index.errors import SettingsError, SuiteError

SUITE = """
name: lamp
corpus: articles
cases:
  - {id: right, question: Q1, expect: {answer: {all: [[lamp]]}}}
  - {id: silent, question: Q2, expect: {answer: {all: [[lamp]]}}}
"""
BENCH = Bench(
    lambda corpus, folder: (),
    lambda folder: ScriptedAssistant(
        {"Q1": answer(("The lamp failed at nine.", (1,))), "Q2": abstention(NoteKind.NO_EVIDENCE)}
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one suite."""
    (tmp_path / "suites" / "lamp" / "articles").mkdir(parents=True)
    (tmp_path / "suites" / "lamp" / "suite.yaml").write_text(SUITE)
    return tmp_path / "suites"


def call(*words: object, bench: Bench = BENCH) -> int:
    """Runs `eval` with those arguments."""
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers(dest="command"))
    return run_with(parser.parse_args(["eval", *map(str, words)]), bench)


def test_the_table_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(folder) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[2].split() == ["lamp", "2", "1", "50.0", "%", "0", "1", "0"]
    assert "lamp/silent: not answered: Q2" in shown
    assert "50.0 % of 2 cases passed" in shown
    assert "The lamp failed" not in shown


def test_verbose_shows_each_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(folder, "--verbose", "--case", "right")
    shown = capsys.readouterr().out
    assert "A: The lamp failed at nine. [1]" in shown
    assert "100.0 % of 1 case passed" in shown


@pytest.mark.parametrize(("floor", "code"), [("0.5", 0), ("0.51", 1), ("0", 0), ("1", 1)])
def test_the_floor_sets_the_exit_code(folder: Path, floor: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(folder, "--floor", floor) == code
    assert ("below the floor" in capsys.readouterr().err) is bool(code)


def test_a_suite_that_cannot_be_run_is_not_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(corpus: Path, index: Path) -> tuple[str, ...]:
        raise OSError("disk full")

    assert call(folder, bench=Bench(build, BENCH.open_assistant)) == 2
    told = capsys.readouterr()
    assert "disk full" in told.out
    assert "not every suite could be run" in told.err


def test_floors_of_a_file_are_held_and_raised(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text('{"overall": 0.1, "suites": {"lamp": 0.4}}')
    assert call(folder, "--floors", file, "--floor", "0.3") == 0
    assert json.loads(file.read_text())["suites"] == {"lamp": 0.4}
    assert call(folder, "--floors", file, "--floor", "0.3", "--raise-floors") == 0
    assert json.loads(file.read_text()) == {"overall": 0.1, "suites": {"lamp": 0.5}}
    file.write_text('{"suites": {"lamp": 0.6}}')
    assert call(folder, "--floors", file, "--raise-floors") == 1
    assert json.loads(file.read_text()) == {"suites": {"lamp": 0.6}}


def test_the_record_is_written(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    call(folder, "--json", file)
    record = json.loads(file.read_text(encoding="utf-8"))
    assert [case["outcome"] for case in record["suites"][0]["results"]] == ["passed", "not answered"]


@pytest.mark.parametrize(
    ("words", "error", "told"),
    [
        (["--floor", "50"], SettingsError, "share from 0 to 1"),
        (["--raise-floors"], SettingsError, "--floors FILE"),
        (["--floors", "nowhere.json"], SettingsError, "no floors"),
        (["--floors", "x.json", "--case", "right"], SettingsError, "whole suite"),
        (["--json", "nowhere/report.json"], SettingsError, "cannot write"),
        (["--case", "rihgt"], SuiteError, "nearest is 'right'"),
    ],
)
def test_what_cannot_be_used_is_told_before_the_run(
    folder: Path, words: list[str], error: type[Exception], told: str
) -> None:
    def build(corpus: Path, index: Path) -> tuple[str, ...]:
        raise AssertionError("the run has begun")

    with pytest.raises(error, match=told):
        call(folder, *words, bench=Bench(build, BENCH.open_assistant))


def test_registering_loads_nothing_heavy() -> None:
    """`corroborate --help` registers this command; reading suites and the product's models wait until it is run."""
    code = (
        "import sys, argparse, evals.command as c; c.register(argparse.ArgumentParser().add_subparsers());"
        "print(sorted({'yaml', 'torch', 'evals.run', 'evals.suite', 'assistant.api'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
