"""Cases are put to the assistant as they are written; what goes wrong in one is that one's error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from eval_fakes import ScriptedAssistant, abstention, answer

from assistant.notes import NoteKind
from evals.run import Bench, Outcome, corpus_key, run_case, run_suite, run_suites
from evals.suite import Case, Expectation, Suite
from index.errors import IndexLocked

RIGHT = answer(("The lamp failed at nine.", (1,)))
BARE = answer(("The lamp failed at nine.", ()))
SILENT = abstention(NoteKind.NO_EVIDENCE)
LAMP = Expectation(answer_given=True, answer_all=(("lamp",),))
FOG = Expectation(answer_given=True, answer_all=(("fog",),))
NOTHING = Expectation(abstain=True)


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    """A suite of three cases over one small file."""
    corpus = tmp_path / "suite" / "articles"
    corpus.mkdir(parents=True)
    (corpus / "one.txt").write_text("The lamp failed.")
    cases = (
        Case("single", ("Q1",), LAMP),
        Case("broken", ("Q2",), LAMP),
        Case("talk", ("Q1", "Q3"), Expectation(cites_none=("lamp-1", "lamb-1"))),
    )
    return Suite("lamp", "", corpus.parent / "suite.yaml", corpus, cases)


class Builder:
    """Counts how often an index was built; each is one file."""

    def __init__(self, *warnings: str, error: Exception | None = None) -> None:
        self.built: list[Path] = []
        self.warnings = warnings
        self.error = error

    def __call__(self, corpus: Path, folder: Path) -> tuple[str, ...]:
        self.built.append(folder)
        assert not folder.exists()
        folder.mkdir(parents=True)
        if self.error:
            raise self.error
        return self.warnings


def opened(assistant: ScriptedAssistant) -> Callable[[Path], ScriptedAssistant]:
    """Opens the assistant, and insists that its index is there."""

    def open_assistant(folder: Path) -> ScriptedAssistant:
        assert folder.is_dir()
        return assistant

    return open_assistant


def script() -> ScriptedAssistant:
    return ScriptedAssistant({"Q1": RIGHT, "Q2": RuntimeError("no more lamps"), "Q3": SILENT})


def test_a_suite_is_run_to_its_end(suite: Suite) -> None:
    assistant = script()
    seen: list[str] = []
    bench = Bench(Builder("two.pdf: no text"), opened(assistant), on_case=lambda _, result: seen.append(result.case.id))
    result = run_suite(suite, bench)
    assert [case.outcome for case in result.cases] == [Outcome.PASSED, Outcome.ERROR, Outcome.PASSED]
    assert seen == ["single", "broken", "talk"]
    assert assistant.asked == [("alone", "Q1"), ("alone", "Q2"), ("1", "Q1"), ("1", "Q3")]
    assert "no more lamps" in result.cases[1].error
    assert "test_run" not in result.cases[0].error
    assert [len(case.answers) for case in result.cases] == [1, 0, 2]
    assert result.cases[2].answers == (RIGHT, SILENT)
    assert result.warnings == (
        "two.pdf: no text",
        "case 'talk' speaks of the article 'lamb-1', which the index does not hold",
    )
    assert (result.count(Outcome.PASSED), round(result.share, 3)) == (2, 0.667)


@pytest.mark.parametrize(
    ("expect", "given", "outcome"),
    [
        (LAMP, RIGHT, Outcome.PASSED),
        (LAMP, BARE, Outcome.WRONG),
        (FOG, RIGHT, Outcome.WRONG),
        (LAMP, SILENT, Outcome.NOT_ANSWERED),
        (NOTHING, SILENT, Outcome.PASSED),
        (NOTHING, RIGHT, Outcome.WRONG),
        (NOTHING, abstention(), Outcome.WRONG),
        (Expectation(abstain=False), SILENT, Outcome.NOT_ANSWERED),
        (Expectation(notes_has=(NoteKind.DENIED,)), SILENT, Outcome.NOT_ANSWERED),
        (Expectation(), SILENT, Outcome.PASSED),
        (LAMP, ValueError("x"), Outcome.ERROR),
    ],
)
def test_not_answered_is_kept_apart_from_wrong(expect: Expectation, given: object, outcome: Outcome) -> None:
    assistant = ScriptedAssistant({"Q": given})  # type: ignore[dict-item]
    assert run_case(Case("c", ("Q",), expect), assistant).outcome is outcome


def test_an_error_in_a_later_turn_keeps_the_answers_before(suite: Suite) -> None:
    result = run_case(Case("c", ("Q1", "Q2"), LAMP), script())
    assert (result.answers, result.outcome, result.checks) == ((RIGHT,), Outcome.ERROR, ())


@pytest.mark.parametrize("error", [IndexLocked("another process is writing"), ZeroDivisionError("oops")])
def test_an_index_that_cannot_be_built_ends_its_suite_alone(suite: Suite, error: Exception) -> None:
    builder = Builder(error=error)
    results = run_suites([suite, suite], Bench(builder, opened(script())))
    assert len(results) == len(builder.built) == 2
    for result in results:
        assert str(error) in result.error
        assert (result.cases, result.share) == ((), 0.0)
        assert [result.count(outcome) for outcome in Outcome] == [0, 0, 0, 3]


def test_without_a_cache_the_index_is_gone_afterwards(suite: Suite) -> None:
    builder = Builder()
    run_suite(suite, Bench(builder, opened(script())))
    run_suite(suite, Bench(builder, opened(script())))
    assert len(set(builder.built)) == 2
    assert not any(folder.parent.exists() for folder in builder.built)


def test_the_cache_keeps_an_index_while_its_corpus_stays(suite: Suite, tmp_path: Path) -> None:
    builder = Builder("two.pdf: no text")
    bench = Bench(builder, opened(script()), cache=tmp_path / "cache")
    assert run_suite(suite, bench).warnings == run_suite(suite, bench).warnings
    assert len(builder.built) == 1
    (suite.corpus / "one.txt").write_text("The lamp was lit.")
    run_suite(suite, bench)
    assert len(set(builder.built)) == 2


def test_an_index_that_was_never_finished_is_built_again(suite: Suite, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    broken = run_suite(suite, Bench(Builder(error=OSError("disk full")), opened(script()), cache))
    assert "disk full" in broken.error
    builder = Builder()
    assert run_suite(suite, Bench(builder, opened(script()), cache)).error == ""
    assert len(builder.built) == 1


def test_the_key_of_a_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    first = corpus_key(folder)
    assert corpus_key(folder) == first
    assert len(first) == 16
    (folder / "a.txt").rename(folder / "b.txt")
    second = corpus_key(folder)
    (folder / "b.txt").write_text("y")
    assert len({first, second, corpus_key(folder), corpus_key(folder / "b.txt")}) == 4
