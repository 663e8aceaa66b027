"""Floors: what is below one is told, and no floor falls."""

import json
from pathlib import Path

import pytest
from eval_fakes import ScriptedAssistant, answer

from evals.gate import FLOORS_FILE, Floors, breaches, parse_floor, raised, read_floors, write_floors
from evals.run import SuiteResult, run_case
from evals.suite import Case, Expectation, Suite
from index.errors import SettingsError

ASSISTANT = ScriptedAssistant({"Q": answer(("The lamp failed at nine.", (1,)))})


def result(name: str, passed: int, cases: int) -> SuiteResult:
    """A suite of which so many cases pass."""
    made = tuple(
        Case(str(number), ("Q",), Expectation(True, (("lamp" if number < passed else "fog",),)))
        for number in range(cases)
    )
    return SuiteResult(Suite(name, "", Path(name), Path(name), made), tuple(run_case(case, ASSISTANT) for case in made))


TWO_OF_THREE = result("lamp", 2, 3)
ONE_OF_ONE = result("fog", 1, 1)


@pytest.mark.parametrize(
    ("floors", "below"),
    [
        (Floors(), []),
        (Floors(0.75), []),
        (Floors(0.76), ["all suites"]),
        (Floors(0, {"lamp": 2 / 3}), []),
        (Floors(0, {"lamp": 0.667}), ["lamp"]),
        (Floors(1.0, {"lamp": 1.0, "fog": 1.0}), ["all suites", "lamp"]),
        (Floors(0, {"not-run": 1.0}), []),
    ],
)
def test_what_is_below(floors: Floors, below: list[str]) -> None:
    assert [breach.name for breach in breaches(floors, [TWO_OF_THREE, ONE_OF_ONE])] == below


def test_a_suite_that_could_not_be_run_is_below_its_floor() -> None:
    unrun = SuiteResult(TWO_OF_THREE.suite, (), error="no lock")
    assert str(breaches(Floors(0, {"lamp": 0.1}), [unrun])[0]) == (
        "lamp: 0.0 % of the cases passed; the floor is 10.0 %"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"lamp": 0.6666, "fog": 1.0}),
        ({"lamp": 0.5}, {"lamp": 0.6666, "fog": 1.0}),
        ({"lamp": 0.9, "other": 0.3}, {"lamp": 0.9, "fog": 1.0, "other": 0.3}),
    ],
)
def test_floors_only_rise(before: dict[str, float], after: dict[str, float]) -> None:
    floors = raised(Floors(0.4, before), [TWO_OF_THREE, ONE_OF_ONE])
    assert floors == Floors(0.4, after)


def test_what_was_reached_is_no_breach_of_the_floor_made_of_it() -> None:
    for cases in range(1, 40):
        for passed in range(cases + 1):
            reached = result("lamp", passed, cases)
            assert breaches(raised(Floors(), [reached]), [reached]) == ()


def test_floors_are_written_and_read(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    write_floors(file, Floors(0.5, {"b": 0.25, "a": 1.0}))
    assert read_floors(file) == Floors(0.5, {"a": 1.0, "b": 0.25})
    assert file.read_text().index('"a"') < file.read_text().index('"b"')
    assert [path.name for path in tmp_path.iterdir()] == ["floors.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"suite": {}}',
        '{"suites": []}',
        '{"overall": 2}',
        '{"suites": {"a": "x"}}',
        '{"suites": {"a": true}}',
    ],
)
def test_floors_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "floors.json"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"floors\.json: found .*expected"):
        read_floors(file)


def test_floors_that_are_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="found no floors"):
        read_floors(tmp_path / "floors.json")


def test_the_floors_that_ship_are_readable() -> None:
    assert json.loads(FLOORS_FILE.read_text())
    assert 0 <= read_floors(FLOORS_FILE).overall <= 1


@pytest.mark.parametrize(("text", "floor"), [("0.5", 0.5), ("0", 0.0), ("1", 1.0)])
def test_a_floor_of_the_command_line(text: str, floor: float) -> None:
    assert parse_floor(text) == floor


@pytest.mark.parametrize("text", ["50", "-0.1", "half", "nan", "50%"])
def test_a_floor_that_is_none(text: str) -> None:
    with pytest.raises(SettingsError, match="share from 0 to 1"):
        parse_floor(text)
