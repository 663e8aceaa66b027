"""Suites are read as the format says, and whatever departs from it is told by place, finding and expectation."""

from pathlib import Path

import pytest

from assistant.notes import NoteKind
from evals.suite import SUITE_FILE, load_suite, load_suites, select
from index.errors import SuiteError

WHOLE = """
name: lamp
description: One line.
corpus: articles/
cases:
  - id: first-report
    question: Who first reported that the lamp failed?
    expect:
      answer:
        all: [["Skerry Post", "the Post"], ["17", "21:40"]]
        none: [Tide, no]
      cites:
        all: [lamp-1]
        any: [lamp-1, 007]
        none: [fog-2]
      notes:
        has: [single-source, anonymous-source]
        lacks: [denied]
      independent_sources: 1
      first: {source: Skerry Post, date: 2020-02-03}
  - id: follow-up
    turns:
      - Who first reported it?
      - Did anyone deny it?
    expect: {abstain: true}
  - id: nothing-asked
    question: What else?
"""


def write(folder: Path, text: str) -> Path:
    """A suite in the folder, with an empty corpus."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / SUITE_FILE).write_text(text, encoding="utf-8")
    return folder


def test_every_key_is_read(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, WHOLE))
    assert (suite.name, suite.description, suite.corpus) == ("lamp", "One line.", tmp_path / "articles")
    first, follow_up, bare = suite.cases
    expect = first.expect
    assert first.turns == ("Who first reported that the lamp failed?",)
    assert expect.answer_all == (("Skerry Post", "the Post"), ("17", "21:40"))
    assert (expect.cites_all, expect.cites_any, expect.cites_none) == (("lamp-1",), ("lamp-1", "007"), ("fog-2",))
    assert expect.notes_has == (NoteKind.SINGLE_SOURCE, NoteKind.ANONYMOUS_SOURCE)
    assert expect.notes_lacks == (NoteKind.DENIED,)
    assert (expect.independent_sources, expect.first_source, expect.first_date) == (1, "Skerry Post", "2020-02-03")
    assert (expect.abstain, expect.must_answer) == (None, True)
    assert (follow_up.question, len(follow_up.turns)) == ("Did anyone deny it?", 2)
    assert (follow_up.expect.abstain, follow_up.expect.must_answer) == (True, False)
    assert bare.expect.must_answer is False


def test_bare_scalars_stay_as_written(tmp_path: Path) -> None:
    """YAML's own types would make 1300 of 21:40, False of no, 7 of 007, and a date of 2020-02-03."""
    bare = "answer: {all: [[21:40, 007, 4.20, 2020-02-03]], none: [no]}"
    text = f"name: x\ncorpus: articles\ncases:\n  - {{id: 1, question: Q, expect: {{{bare}}}}}"
    case = load_suite(write(tmp_path, text)).cases[0]
    assert (case.id, case.expect.answer_all, case.expect.answer_none) == (
        "1",
        (("21:40", "007", "4.20", "2020-02-03"),),
        ("no",),
    )


@pytest.mark.parametrize(
    ("expect", "must"),
    [
        ("{answer: {all: [[x]]}}", True),
        ("{answer: {none: [x]}}", True),
        ("{answer: {all: [[x]]}, abstain: false}", True),
        ("{answer: {none: [x]}, abstain: true}", False),
        ("{abstain: false}", True),
        ("{abstain: True}", False),
        ("{notes: {has: [denied]}}", False),
        ("{}", False),
    ],
)
def test_when_an_answer_is_due(tmp_path: Path, expect: str, must: bool) -> None:
    text = f"name: x\ncorpus: articles\ncases:\n  - {{id: a, question: Q, expect: {expect}}}"
    assert load_suite(write(tmp_path, text)).cases[0].expect.must_answer is must


def with_case(lines: str) -> str:
    """A suite of one case."""
    return f"name: x\ncorpus: articles\ncases:\n  - id: c1\n{lines}"


def with_expect(expect: str) -> str:
    """A suite of one case that expects that."""
    return with_case(f"    question: Q\n    expect: {expect}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: x\ncorpus: articles\n", ["no key 'cases'"]),
        ("corpus: articles\ncases: [{id: a, question: Q}]", ["no key 'name'"]),
        ("name: x\ncases: [{id: a, question: Q}]", ["no key 'corpus'"]),
        ("name: x\ncorpus: articles\ncases: []", ["cases", "a list of 0", "at least one"]),
        ("name: x\ncorpus: articles\ncase: []", ["unknown key 'case'", "nearest known key is 'cases'"]),
        ("name: x\ncorpus: elsewhere\ncases: [{id: a, question: Q}]", ["corpus", "'elsewhere'", "does not exist"]),
        ("name: [x]\ncorpus: articles\ncases: [{id: a, question: Q}]", ["name", "a list of 1", "a text"]),
        ("just words", ["'just words'", "name, corpus, cases"]),
        ("", ["nothing", "name, corpus, cases"]),
        ("name: x\ncases: [", ["line 2", "no valid YAML"]),
        ("name: x\nname: y", ["line 2", "'name' twice"]),
        ("name: x\ncorpus: articles\ncases:\n  - question: Q", ["case number 1", "no key 'id'"]),
        (with_case(""), ["case 'c1'", "neither 'question' nor 'turns'"]),
        (with_case("    question: Q\n    turns: [A, B]"), ["both 'question' and 'turns'"]),
        (with_case("    turns: []"), ["turns", "at least one"]),
        (with_case("    question: ''"), ["question", "nothing", "a text"]),
        (with_case("    question: Q\n    expects: {}"), ["'expects'", "'expect'"]),
        (with_case("    question: Q\n  - id: c1\n    question: R"), ["'c1' twice"]),
        (with_expect("{answers: {all: [[a]]}}"), ["case 'c1'", "'answers'", "'answer'"]),
        (with_expect("{answer: {all: [a]}}"), ["expect.answer.all", "'a'", "a list"]),
        (with_expect("{answer: {all: [[]]}}"), ["expect.answer.all", "a list of 0"]),
        (with_expect("{answer: {any: [a]}}"), ["'any'", "all, none"]),
        (with_expect("{answer: {none: a}}"), ["expect.answer.none", "'a'"]),
        (with_expect("{cites: {al: [a]}}"), ["'al'", "nearest known key is 'all'"]),
        (with_expect("{cites: [a]}"), ["expect.cites", "a list of 1"]),
        (with_expect("{notes: {has: [single-sauce]}}"), ["'single-sauce'", "nearest known kind is 'single-source'"]),
        (with_expect("{notes: {has: [denied], lacks: [denied]}}"), ["expect.notes", "'denied' under both"]),
        (with_expect("{independent_sources: two}"), ["independent_sources", "'two'", "whole number"]),
        (with_expect("{independent_sources: -1}"), ["'-1'", "whole number"]),
        (with_expect("{first: {sauce: x}}"), ["'sauce'", "'source'"]),
        (with_expect("{first: {date: 3 May 2020}}"), ["expect.first.date", "'3 May 2020'", "2024-03-02"]),
        (with_expect("{first: {date: 2020-02-31}}"), ["expect.first.date", "'2020-02-31'"]),
        (with_expect("{abstain: maybe}"), ["expect.abstain", "'maybe'", "true or false"]),
    ],
)  # fmt: skip
def test_what_departs_from_the_format_is_told(tmp_path: Path, text: str, told: list[str]) -> None:
    folder = write(tmp_path, text)
    with pytest.raises(SuiteError) as caught:
        load_suite(folder)
    message = str(caught.value)
    assert message.startswith(str(folder / SUITE_FILE))
    assert "found" in message
    for part in told:
        assert part in message


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    folder = write(tmp_path, "")
    (folder / SUITE_FILE).write_bytes(b"name: \xff")
    with pytest.raises(SuiteError, match="no UTF-8"):
        load_suite(folder)


def test_tags_make_no_objects(tmp_path: Path) -> None:
    made = tmp_path / "made"
    folder = write(tmp_path, f"name: !!python/object/apply:pathlib.Path.touch ['{made}']\ncorpus: articles\ncases: []")
    with pytest.raises(SuiteError):
        load_suite(folder)
    assert not made.exists()


def small(name: str, *ids: str) -> str:
    """A suite of cases that expect nothing."""
    return f"name: {name}\ncorpus: articles\ncases:\n" + "".join(f"  - {{id: {id}, question: Q}}\n" for id in ids)


def test_a_folder_of_suites_is_read_in_order_and_each_once(tmp_path: Path) -> None:
    write(tmp_path / "b", small("two", "x"))
    write(tmp_path / "a", small("one", "x", "y"))
    suites = load_suites([tmp_path, tmp_path / "a", tmp_path / "b" / SUITE_FILE])
    assert [suite.name for suite in suites] == ["one", "two"]


def test_two_suites_of_one_name(tmp_path: Path) -> None:
    write(tmp_path / "a", small("one", "x"))
    write(tmp_path / "b", small("one", "x"))
    with pytest.raises(SuiteError, match=r"b/suite\.yaml: found the name 'one'.*a/suite\.yaml"):
        load_suites([tmp_path])


@pytest.mark.parametrize(("name", "told"), [("missing", "no such folder"), ("", "found no suite.yaml")])
def test_no_suite_there(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(SuiteError, match=told):
        load_suites([tmp_path / name])


def test_cases_are_selected_by_id(tmp_path: Path) -> None:
    write(tmp_path / "a", small("one", "x", "y"))
    write(tmp_path / "b", small("two", "x"))
    suites = load_suites([tmp_path])

    def chosen(*ids: str) -> list[tuple[str, str]]:
        return [(suite.name, case.id) for suite in select(suites, ids) for case in suite.cases]

    assert chosen("x") == [("one", "x"), ("two", "x")]
    assert chosen("two/x", "y") == [("one", "y"), ("two", "x")]
    assert len(chosen()) == 3
    with pytest.raises(SuiteError, match=r"no case 'one/z'.*nearest is 'one/"):
        select(suites, ["one/z"])


def test_the_example_of_the_documentation_is_a_suite(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n", 1)[1].split("```", 1)[0]
    suite = load_suite(write(tmp_path, example))
    assert [case.id for case in suite.cases] == ["first-report", "denied", "cost"]
