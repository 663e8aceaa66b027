"""Marks on answers: kept whoever writes at once, listed, and made into a suite that loads and runs."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Sentence
from assistant.api import Assistant
from assistant.commands import feedback as command
from assistant.feedback import Context, Mark, Verdict, latest, read, record
from assistant.feedback_suite import article_record, expectation, write_suite
from assistant.notes import Note, NoteKind
from assistant.question import Filters
from evals.run import Bench, Outcome, run_suites
from evals.suite import load_suite, load_suites
from index.article import Article
from index.corpus import Corpus
from index.dates import PartialDate, parse_date
from index.embedder import HashingEmbedder
from index.errors import IndexMissing, SettingsError
from index.ingest import ingest_files
from index.manifest import FEEDBACK
from index.readers import read_inputs
from tests.fake_assistant import COURIER, HERALD, NASTY, FakeAssistant, abstention, ferry_answer, nasty_answer

ROOT = Path(__file__).parent.parent


@pytest.fixture
def index(tmp_path: Path) -> Path:
    with Corpus.writing(tmp_path / "index", HashingEmbedder()):
        pass
    return tmp_path / "index"


def test_a_mark_is_read_back_as_it_was_made(index: Path) -> None:
    context = Context(("Before?",), Filters(("Vardo Herald",), PartialDate(2019, 5), None))
    made = record(index, ferry_answer(), "wrong", "wrong\nfigure\x1b[31m", context)
    assert made.reason == "wrong figure[31m"
    assert read(index) == (made,)
    assert made.answer["sentences"][0]["text"] == ferry_answer().sentences[0].text


def test_nothing_marked_is_no_mark(index: Path) -> None:
    assert read(index) == ()


@pytest.mark.parametrize(
    ("verdict", "reason", "message"),
    [("maybe", "", "not \"maybe\""), ("wrong", " ", "Say in a word what is wrong"), ("right", "x" * 501, "Shorten it")],
)  # fmt: skip
def test_a_mark_needs_a_verdict_and_a_wrong_one_a_reason(index: Path, verdict: str, reason: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        record(index, ferry_answer(), verdict, reason)
    assert read(index) == ()


def test_marks_need_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        record(tmp_path / "none", ferry_answer(), "right")
    assert not (tmp_path / "none").exists()


def test_a_line_cut_short_costs_only_itself(index: Path) -> None:
    one = record(index, ferry_answer(), "right")
    with (index / FEEDBACK).open("ab") as stream:
        stream.write(b'{"at": "2026-11-21T10:00:00+00:00", "verdict": "ri\xc3')
    two = record(index, ferry_answer("Another?"), "right")
    assert read(index) == (one, two)


def test_the_last_mark_of_an_answer_holds(index: Path) -> None:
    record(index, ferry_answer(), "right")
    other = record(index, ferry_answer("Another?"), "right")
    filtered = record(index, ferry_answer(), "right", context=Context(filters=Filters(("Vardo Herald",))))
    last = record(index, ferry_answer(), "wrong", "wrong date")
    assert latest(read(index)) == (last, other, filtered)


WRITER = """
import sys
from assistant.feedback import record
from tests.fake_assistant import ferry_answer
for number in range(25):
    record(sys.argv[1], ferry_answer(f"{sys.argv[2]}-{number}?"), "right", "x" * 400)
"""


def test_writers_at_once_lose_no_mark(index: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(index), str(number)], cwd=ROOT) for number in range(4)
    ]
    assert [writer.wait() for writer in writers] == [0] * 4
    asked = [mark.question for mark in read(index)]
    assert sorted(asked) == sorted(f"{writer}-{number}?" for writer in range(4) for number in range(25))


def test_a_backup_takes_the_marks_along(index: Path, tmp_path: Path) -> None:
    made = record(index, ferry_answer(), "right")
    with Corpus.open(index, HashingEmbedder()) as corpus:
        corpus.backup(tmp_path / "copy.tar")
    (tmp_path / "restored").mkdir()
    subprocess.run(["tar", "-xf", tmp_path / "copy.tar", "-C", tmp_path / "restored"], check=True)
    assert read(tmp_path / "restored") == (made,)


# --- the suite


ALONE = Context()


def marked(answer: Answer, verdict: Verdict = Verdict.RIGHT, reason: str = "", context: Context = ALONE) -> Mark:
    from assistant.render import to_dict

    return Mark("2026-11-21T10:00:00+00:00", verdict, reason, context, to_dict(answer))


def noted(*kinds: NoteKind) -> Answer:
    return replace(ferry_answer(), notes=tuple(Note(kind, "It holds.", (1,)) for kind in kinds))


WRONG, RIGHT = Verdict.WRONG, Verdict.RIGHT
FIRST = ferry_answer().sentences[0].text


@pytest.mark.parametrize(
    ("mark", "expect"),
    [
        (
            marked(noted(NoteKind.SINGLE_SOURCE, NoteKind.DENIED)),
            {
                "abstain": False,
                "cites": {"all": ["herald-1", "courier-7"]},
                "notes": {"has": ["single-source", "denied"], "lacks": ["corroborated", "related-denial"]},
            },
        ),
        (marked(noted()), {"abstain": False, "cites": {"all": ["herald-1", "courier-7"]}}),
        (marked(abstention()), {"abstain": True}),
        (marked(abstention(), WRONG, "it is in the Courier"), {"abstain": False}),
        (marked(noted(), WRONG, "no idea"), {"answer": {"none": [FIRST]}}),
        (marked(noted(), WRONG, "Should not answer."), {"abstain": True}),
        (marked(noted(), WRONG, "missed denial"), {"notes": {"has": ["denied"]}}),
        (marked(noted(NoteKind.DENIED), WRONG, "false denial"), {"notes": {"lacks": ["denied"]}}),
        (marked(noted(NoteKind.CORROBORATED), WRONG, "not independent"), {"notes": {"lacks": ["corroborated"]}}),
        (marked(noted(NoteKind.HEDGED), WRONG, "hedged? no"), {"notes": {"lacks": ["hedged"]}}),
        (marked(noted(), WRONG, "Circular reporting!"), {"notes": {"has": ["circular-reporting"]}}),
        (marked(noted(), WRONG, "courier-7 is of another ferry"), {"cites": {"none": ["courier-7"]}}),
    ],
)
def test_what_was_marked_is_what_is_expected(mark: Mark, expect: dict[str, Any]) -> None:
    assert expectation(mark) == expect


def test_a_suite_loads_and_says_what_was_marked(tmp_path: Path) -> None:
    answer = replace(ferry_answer("Did it: «strike» #the pier?"), standalone_question="")
    follow_up = replace(abstention("And then?"), standalone_question="What did the ferry cost?")
    marks = [
        marked(answer),
        marked(answer, WRONG, "no: {it} # is\n - wrong"),
        marked(follow_up, RIGHT, context=Context(("Did the ferry strike?",))),
        marked(replace(follow_up, question="Then?")),
    ]
    written = write_suite(marks, FakeAssistant(), tmp_path / "made")
    assert (written.cases, written.articles, written.gone, written.changed) == (4, 3, (), ())
    suite = load_suite(tmp_path / "made")
    assert [case.id for case in suite.cases] == [
        "1-right-did-it-strike-the-pier", "2-wrong-no-it-is-wrong", "3-right-and-then", "4-right-then",
    ]  # fmt: skip
    assert suite.cases[0].turns == ("Did it: «strike» #the pier?",)
    assert suite.cases[1].expect.answer_none == (FIRST,)
    assert suite.cases[2].turns == ("Did the ferry strike?", "And then?")
    assert suite.cases[3].turns == ("What did the ferry cost?",)
    assert "# marked wrong on 2026-11-21: no: {it} # is - wrong\n" in suite.file.read_text("utf-8")


def test_questions_with_filters_get_suites_of_their_own(tmp_path: Path) -> None:
    only = Context(filters=Filters(("Vardo Herald",), None, PartialDate(2019, 6)))
    engine = FakeAssistant()
    written = write_suite([marked(ferry_answer()), marked(ferry_answer(), context=only)], engine, tmp_path / "made")
    assert [file.parent.name for file in written.files] == ["made", "filtered-1"]
    assert [suite.name for suite in load_suites([tmp_path / "made"])] == ["made-1", "made"]
    asked = [filters for _, filters in engine.calls]
    assert {"publishers": ("Vardo Herald",), "since": None, "until": PartialDate(2019, 6)} in asked


def test_an_article_that_is_gone_is_told(tmp_path: Path) -> None:
    written = write_suite([marked(ferry_answer())], FakeAssistant(articles=(HERALD,)), tmp_path / "made")
    assert (written.gone, written.articles) == (("courier-7",), 1)


def test_a_suite_goes_into_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(SettingsError, match="is not empty"):
        write_suite([marked(ferry_answer())], FakeAssistant(), tmp_path)
    with pytest.raises(SettingsError, match="nothing to write"):
        write_suite([], FakeAssistant(), tmp_path / "new")


@pytest.mark.parametrize(
    "article",
    [
        HERALD,
        COURIER,
        NASTY,
        replace(HERALD, id="folder/herald-1", published=parse_date("2019-05-03T22:10:00+02:00")),
        replace(HERALD, id="no-publisher", publisher="", published=None),
        replace(HERALD, id="tags", text="He wrote <p>one</p> & <a href='x'>two</a>.\n\nNull"),
        replace(HERALD, id="line ends", text="A line\nand another\n\n  indented “quoted”"),
    ],
    ids=lambda article: article.id[:12],
)
def test_an_article_reads_back_as_it_is(tmp_path: Path, article: Article) -> None:
    (tmp_path / "one.json").write_text(json.dumps(article_record(article)), "utf-8")
    (back,) = read_inputs([tmp_path])
    assert isinstance(back, Article)
    fields = ("id", "text", "publisher", "title", "published", "url")
    expected = {name: getattr(article, name) for name in fields}
    expected["url"] = "" if article is NASTY else article.url  # it runs code when clicked
    assert {name: getattr(back, name) for name in fields} == expected
    assert (back.published.clock if back.published else "") == (article.published.clock if article.published else "")


def test_an_article_that_does_not_read_back_is_told(tmp_path: Path) -> None:
    odd = replace(HERALD, text="Share this\n\n" + HERALD.text)  # made in memory: ingest takes such a line off
    engine = FakeAssistant(articles=(odd, COURIER))
    assert write_suite([marked(ferry_answer())], engine, tmp_path / "made").changed == ("herald-1",)


# --- the command

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(index: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers(), lambda arguments: FakeAssistant())

    def run(*argv: Any) -> tuple[int, str, str]:
        arguments = parser.parse_args(["feedback", "--index", str(index), *map(str, argv)])
        return (int(arguments.run(arguments)), *capsys.readouterr())

    return run


def test_the_command_lists_the_marks(run: Run, index: Path) -> None:
    assert run()[1] == "No answer is marked yet.\n"
    record(index, nasty_answer("Who\x1b[31m?"), "wrong", "beside the point")
    code, out, _ = run()
    assert code == 0 and out.endswith("  wrong  Who[31m? (beside the point)\n")
    assert json.loads(run("--json")[1])[0]["reason"] == "beside the point"


def test_the_command_writes_a_suite(run: Run, index: Path, tmp_path: Path) -> None:
    record(index, ferry_answer(), "wrong", "first try")
    record(index, ferry_answer(), "right")
    code, out, err = run("--suite", tmp_path / "made")
    assert (code, err) == (0, "")
    assert out.startswith(f"1 case and 3 articles in {tmp_path / 'made'}. Run: corroborate eval")
    assert load_suite(tmp_path / "made").cases[0].expect.abstain is False
    with pytest.raises(SettingsError, match="is not empty"):
        run("--suite", tmp_path / "made")


@pytest.mark.slow
def test_marks_on_real_answers_hold_and_fail_as_they_were_marked(tmp_path: Path) -> None:
    """The engine that gave the answers passes the right ones again and fails the wrong ones."""
    ingest_files([ROOT / "assistant" / "sample" / "articles"], tmp_path / "index", embedder="hashing")
    assistant = Assistant.open(tmp_path / "index")
    talk = assistant.conversation()
    first, other = "Were hackers behind the Marrowick blackout?", "Who first reported the al-Sayal airlift?"
    only = Filters(("Capital Dispatch",))
    record(tmp_path / "index", talk.ask(first), "right")
    record(tmp_path / "index", talk.ask("Did anyone deny it?"), "right", context=Context((first,)))
    record(tmp_path / "index", assistant.ask(other), "wrong", "beside the point")
    record(tmp_path / "index", assistant.ask(first, publishers=only.publishers), "right", context=Context((), only))
    written = write_suite(read(tmp_path / "index"), assistant, tmp_path / "made")
    assert (written.gone, written.changed) == ((), ())

    def build(corpus: Path, folder: Path) -> tuple[str, ...]:
        return tuple(failure.reason for failure in ingest_files([corpus], folder, embedder="hashing").failed)

    results = run_suites(load_suites([tmp_path / "made"]), Bench(build, Assistant.open))
    outcomes = {f"{one.suite.name}/{case.case.id}": (case.outcome, case.error) for one in results for case in one.cases}
    again = outcomes.pop("made/3-wrong-beside-the-point")[0]
    assert again in {Outcome.WRONG, Outcome.NOT_ANSWERED}
    assert outcomes == {
        "made/1-right-were-hackers-behind-the-marrowick": (Outcome.PASSED, ""),
        "made/2-right-did-anyone-deny-it": (Outcome.PASSED, ""),
        "made-1/1-right-were-hackers-behind-the-marrowick": (Outcome.PASSED, ""),
    }


def test_a_wrong_sentence_is_the_first() -> None:
    two = replace(ferry_answer(), sentences=(Sentence("First.", (1,)), Sentence("Second.", (2,))))
    assert expectation(marked(two, WRONG, "odd")) == {"answer": {"none": ["First."]}}
