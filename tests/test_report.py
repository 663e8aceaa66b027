"""Tables and JSON: the counts, row by row."""

import json
from dataclasses import replace
from pathlib import Path

from eval_fakes import KEEPER, LAMP, ScriptedAssistant, abstention, answer, assessment, note, report

from assistant.notes import NoteKind
from evals.report import (
    check_counts,
    failures,
    note_counts,
    render,
    suite_table,
    table,
    to_record,
    total_share,
    transcript,
)
from evals.run import SuiteResult, run_case
from evals.suite import Case, Expectation, Suite

GOOD = answer(
    ("The lamp failed at nine.", (1,)),
    notes=(note(NoteKind.SINGLE_SOURCE, 2), note(NoteKind.DENIED, 1)),
    assessment=assessment(report(LAMP, "Lighthouse Service", "Skerry Post", KEEPER)),
)
ASSISTANT = ScriptedAssistant(
    {"good": GOOD, "silent": abstention(NoteKind.NO_EVIDENCE), "broken": RuntimeError("no more lamps")}
)
CASES = (
    Case("right", ("good",), Expectation(True, (("lamp",),), notes_has=(NoteKind.SINGLE_SOURCE,))),
    Case(
        "wrong",
        ("silent", "good"),
        Expectation(True, (("lamp",), ("fog",)), notes_lacks=(NoteKind.DENIED, NoteKind.HEDGED)),
    ),
    Case("silent", ("silent",), Expectation(True, (("lamp",),), notes_has=(NoteKind.SINGLE_SOURCE,))),
    Case("broken", ("broken",), Expectation(True, (("lamp",),), notes_has=(NoteKind.REPRINT,))),
)


def result_of(name: str, cases: tuple[Case, ...], error: str = "") -> SuiteResult:
    """The suite's result with the scripted assistant."""
    suite = Suite(name, "One line.", Path(name) / "suite.yaml", Path(name), cases)
    return SuiteResult(suite, () if error else tuple(run_case(case, ASSISTANT) for case in cases), ("w",), error)


LONG = result_of("lamp", CASES)
UNRUN = result_of("never-run", CASES[:1], error="no lock")


def test_a_table_is_in_line() -> None:
    assert table(("name", "n"), [("a", 1), ("longer", 10)]) == "name     n\n------  --\na        1\nlonger  10"


def test_the_suites() -> None:
    lines = suite_table([LONG, UNRUN]).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["lamp", "4", "1", "25.0", "%", "1", "1", "1"],
        ["never-run", "1", "0", "0.0", "%", "0", "0", "1"],
        ["all", "5", "1", "20.0", "%", "1", "1", "2"],
    ]
    assert len(suite_table([LONG]).splitlines()) == 3
    assert total_share([LONG, UNRUN]) == 0.2


def test_the_checks() -> None:
    counts = check_counts([LONG, UNRUN])
    assert counts["answer.all"] == {"made": 4, "passed": 2, "wrong": 1, "not answered": 1}
    assert counts["notes.has"] == {"made": 2, "passed": 1, "wrong": 0, "not answered": 1}
    assert counts["notes.lacks"] == {"made": 2, "passed": 1, "wrong": 1, "not answered": 0}
    assert counts["abstain"] == {"made": 3, "passed": 2, "wrong": 0, "not answered": 1}
    assert counts["verbatim"]["made"] == 3
    assert "first.source" not in counts


def test_the_notes() -> None:
    assert note_counts([LONG, UNRUN]) == {
        "single-source": {"has": 1, "missed": 1, "wrong": 0, "lacks": 0},
        "denied": {"has": 0, "missed": 0, "wrong": 1, "lacks": 0},
        "hedged": {"has": 0, "missed": 0, "wrong": 0, "lacks": 1},
    }


def test_all_three_tables_are_shown() -> None:
    shown = render([LONG])
    assert [block.split()[0] for block in shown.split("\n\n")] == ["suite", "check", "note"]
    assert render([UNRUN]) == suite_table([UNRUN])


def test_what_failed_is_told() -> None:
    told = failures([LONG, UNRUN]).splitlines()
    assert "lamp/wrong: wrong: good" in told
    assert "    answer.all: expected one of 'fog'; found: none of them" in told
    assert "lamp/silent: not answered: silent" in told
    assert "    RuntimeError: no more lamps" in told
    assert "never-run: error: the suite could not be run: no lock" in told
    assert "lamp: warning: w" in told
    assert not any("lamp/right" in line for line in told)
    assert failures([replace(LONG, cases=LONG.cases[:1], warnings=())]) == ""


def test_a_case_as_it_went() -> None:
    shown = transcript("lamp", LONG.cases[1])
    assert shown.startswith("lamp/wrong: wrong (")
    assert shown.index("Q: silent") < shown.index("Q: good") < shown.index("The lamp failed at nine. [1]")
    assert "FAIL answer.all: expected one of 'fog'" in shown
    assert "[denied] A remark." in shown
    assert "no more lamps" in transcript("lamp", LONG.cases[3])


def test_the_record_holds_every_case_with_its_answer_and_what_failed() -> None:
    record = json.loads(json.dumps(to_record([LONG, UNRUN], "openai:x")))
    assert (record["model"], record["cases"], record["passed"], record["share"]) == ("openai:x", 5, 1, 0.2)
    lamp, unrun = record["suites"]
    assert (lamp["not_answered"], lamp["error"], unrun["could_not_run"]) == (1, 1, "no lock")
    right, wrong, _, broken = lamp["results"]
    assert (right["outcome"], right["failed"]) == ("passed", [])
    assert wrong["failed"] == ["answer.all", "notes.lacks"]
    assert [answer["abstained"] for answer in wrong["answers"]] == [True, False]
    assert broken["answers"] == []
    assert "no more lamps" in broken["error"]
    shown = right["answers"][0]
    assert shown["text"] == "The lamp failed at nine. [1]"
    assert shown["citations"][0] == {
        "number": 1,
        "article_id": "lamp-1",
        "publisher": "Skerry Post",
        "published": "2020-02-03",
        "start": 0,
        "end": 23,
        "quote": "The lamp failed at nine",
    }
    assert shown["notes"][1] == {"kind": "denied", "text": "A remark.", "citations": [1]}
    assert shown["assessment"]["independent_sources"] == 1
    assert shown["assessment"]["first"]["root"] == "Lighthouse Service"
    assert to_record([LONG])["model"] == "extractive"
