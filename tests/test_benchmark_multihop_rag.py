"""MultiHop-RAG is scored as its authors score it."""

import gzip
import json
from pathlib import Path

import pytest

from evals.benchmarks.multihop_answers import Said, abstentions, answer_table
from evals.benchmarks.multihop_rag import (
    MAX_TOKENS,
    Query,
    figure_table,
    figures,
    first_relevant,
    main,
    measure,
    read_queries,
    token_counter,
)
from evals.benchmarks.tutorial import tutorial_pipeline
from index.errors import SettingsError

FACT = "The lamp failed  at nine."


@pytest.mark.parametrize(
    ("passages", "facts", "rank"),
    [
        (["x", f"Then: {FACT} So."], [FACT], 2),
        (["x", "The lamp\nfailed at nine."], [FACT], 2),
        (["the lamp failed at nine."], [FACT], 0),  # case counts
        (["The lamp failed at", "nine."], [FACT], 0),  # in one passage
        (["fog", "x"], [FACT, "fog"], 1),  # any of the facts
        ([], [FACT], 0),
        (["x"], [], 0),
        (["x"], ["", " "], 0),  # an empty fact is in no passage
    ],
)
def test_a_passage_is_relevant_when_it_holds_a_fact(passages: list[str], facts: list[str], rank: int) -> None:
    assert first_relevant(passages, facts) == rank


def query(kind: str, *facts: str) -> Query:
    """A question whose text is its first fact, or its type."""
    return Query(facts[0] if facts else kind, kind, facts)


def test_the_figures() -> None:
    lists = {
        "at 1": ["at 1"],
        "at 4": ["x"] * 3 + ["at 4"],
        "at 5": ["x"] * 4 + ["at 5"],
        "at 10": ["x"] * 9 + ["at 10"],
        "at 11": ["x"] * 10 + ["at 11"],
        "none": [],
    }
    asked: list[str] = []

    def retrieve(question: str) -> list[str]:
        asked.append(question)
        return lists[question]

    queries = [query("inference", name) for name in lists]
    found = measure([*queries, query("null")], retrieve)
    assert asked == list(lists)  # null questions are left out
    assert [one.rank for one in found] == [1, 4, 5, 10, 0, 0]
    shares = figures(found)
    assert shares.questions == 6
    assert (shares.hits_at_10, shares.hits_at_4) == (4 / 6, 2 / 6)
    assert shares.mrr_at_10 == pytest.approx((1 + 1 / 4 + 1 / 5 + 1 / 10) / 6)
    assert figures([]).hits_at_10 == 0


def test_the_published_figures_stand_beside() -> None:
    found = measure([query("temporal", "a")], lambda question: ["a"])
    shown = figure_table([("ours", figures(found))]).splitlines()
    assert shown[-1].split() == ["ours", "1", "1.0000", "1.0000", "1.0000"]
    assert shown[-2].split()[-3:] == [".9042", ".7920", ".6748"]


def test_abstention_and_exact_answers() -> None:
    said = [
        Said(Query("a", "null", (), "Insufficient information."), True),
        Said(Query("b", "null", (), "Insufficient information."), False, "The lamp failed."),
        Said(Query("c", "inference", ("f",), "Ann Lee"), True),
        Said(Query("d", "inference", ("f",), "Ann Lee"), False, "ann Lee."),
        Said(Query("e", "inference", ("f",), "Ann Lee"), False, "The lamp failed, says Ann Lee."),
        Said(Query("f", "comparison", ("f",), "no"), False, "Nobody saw the lamp."),
    ]
    result = abstentions(said)
    assert (result.asked, result.null, result.abstained, result.right) == (6, 2, 2, 1)
    assert (result.precision, result.recall) == (0.5, 0.5)
    assert [one.exact for one in said] == [False, False, False, True, False, False]
    assert [one.held for one in said] == [False, False, False, True, True, False]
    lines = answer_table(said).splitlines()
    assert lines[-1].split() == ["null", "2", "0.500"]
    assert lines[-2].split() == ["inference", "3", "0.667", "0.333", "0.667"]
    assert (abstentions([]).precision, abstentions([]).recall) == (0.0, 0.0)


def write(file: Path, records: list[dict[str, object]]) -> Path:
    """Gzipped JSON Lines."""
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    return file


def test_a_limit_spreads_over_the_file(tmp_path: Path) -> None:
    file = write(
        tmp_path / "queries-dev.jsonl.gz",
        [{"query": f"Q{n}", "type": "null", "evidence": [{"fact": "f"}]} for n in range(10)],
    )
    assert [query.text for query in read_queries(file, 3)] == ["Q0", "Q3", "Q6"]
    assert len(read_queries(file, 30)) == len(read_queries(file)) == 10
    assert read_queries(file)[0] == Query("Q0", "null", ("f",))
    with pytest.raises(SettingsError, match="no question"):
        read_queries(file, 0)


def test_missing_data_ends_with_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--index", str(tmp_path / "x.index")]) == 2
    assert "queries-dev.jsonl.gz: found no such file" in capsys.readouterr().err
    assert not (tmp_path / "x.index").exists()


def test_tokens_are_counted_without_a_cut() -> None:
    assert token_counter()("lamp " * 2 * MAX_TOKENS) == 2 * MAX_TOKENS + 2


def test_the_baseline_says_what_it_lacks(tmp_path: Path) -> None:
    try:
        import langchain_text_splitters  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
    except ImportError:
        with pytest.raises(SettingsError, match="pip install langchain-text-splitters"):
            tutorial_pipeline(tmp_path / "corpus.jsonl.gz", 10)
    else:
        file = write(
            tmp_path / "corpus.jsonl.gz", [{"text": "The lamp failed at nine."}, {"text": "Fog hid the rock."}]
        )
        retrieve, meta = tutorial_pipeline(file, 1)
        assert list(retrieve("What did the fog hide?")) == ["Fog hid the rock."]
        assert meta["articles"] == meta["passages"] == 2
