"""Scores of attribution on spans that are easy to check by hand."""

import gzip
import json
from pathlib import Path

import pytest

from evals.benchmarks.attribution import (
    Counts,
    added,
    from_record,
    from_statements,
    main,
    matched,
    run,
    score_table,
    score_text,
    unit,
)
from evals.benchmarks.records import read_records
from index.errors import SettingsError
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement
from index.tagger import Attribution

TEXT = 'The mayor said the bridge was closed. "It is safe," an engineer added, "for now."'
DATA = Path(__file__).parents[2] / "shared" / "data" / "polnear"


def spans(*words: str) -> tuple[Span, ...]:
    """Where the words stand in TEXT."""
    return tuple(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


MAYOR = Attribution(spans("The mayor"), spans("said"), spans("the bridge was closed"))
ENGINEER = Attribution(spans("an engineer"), spans("added"), spans('"It is safe,"', '"for now."'))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (("the bridge",), ("the bridge ",), True),
        (("closed",), ("closed.",), True),
        (('"It is safe,"', '"for now."'), ("It is safe", "for now"), True),
        (("It is safe", "for now"), ("for now", "It is safe"), True),
        (("It is safe",), ("It is safe", "for now"), False),
        (("The mayor",), ("mayor",), False),
    ],
)
def test_marks_at_the_ends_do_not_count(left: tuple[str, ...], right: tuple[str, ...], same: bool) -> None:
    assert (unit(TEXT, spans(*left)) == unit(TEXT, spans(*right))) is same


def test_marks_alone_are_a_unit() -> None:
    assert unit(TEXT, spans('"')) == {TEXT.index('"')}
    assert unit(TEXT, ()) == frozenset()


@pytest.mark.parametrize(
    ("gold", "found", "pairs"),
    [
        ([{1, 2}], [{2, 3}], 1),
        ([{1, 2}], [{3}], 0),
        ([{1, 2, 3, 4}], [{1}, {2}], 1),  # one to one
        ([{1}, {2}], [{1, 2, 3}], 1),
        ([{1, 2, 3}, {4}], [{3, 4}, {1, 2}], 2),  # the largest share first
        ([], [{1}], 0),
    ],
)
def test_one_to_one(gold: list[set[int]], found: list[set[int]], pairs: int) -> None:
    assert matched([frozenset(one) for one in gold], [frozenset(one) for one in found]) == pairs


def test_gold_against_itself_is_right_throughout() -> None:
    scores = score_text(TEXT, [MAYOR, ENGINEER], [ENGINEER, MAYOR])
    assert {counts.f1 for counts in scores.values()} == {1.0}
    assert scores["content", "token"].gold == 9


def test_what_is_missed_and_what_is_wrong() -> None:
    half = Attribution(spans("mayor"), spans("said"), spans("the bridge was"))
    scores = score_text(TEXT, [MAYOR, ENGINEER], [half])
    assert scores["source", "exact"] == Counts(2, 1, 0)
    assert scores["source", "overlap"] == Counts(2, 1, 1)
    assert scores["source", "token"] == Counts(4, 1, 1)
    assert scores["cue", "exact"] == Counts(2, 1, 1)
    assert scores["content", "token"] == Counts(9, 3, 3)
    assert scores["whole", "exact"] == Counts(2, 1, 0)
    cue = scores["cue", "exact"]
    assert (cue.precision, cue.recall, round(cue.f1, 3)) == (1.0, 0.5, 0.667)


def test_a_role_that_is_missing_on_both_sides_does_not_count() -> None:
    nobody = Attribution((), spans("said"), spans("the bridge was closed"))
    scores = score_text(TEXT, [nobody], [nobody])
    assert scores["source", "exact"] == Counts(0, 0, 0)
    assert scores["whole", "exact"] == Counts(1, 1, 1)
    assert score_text(TEXT, [nobody], [MAYOR])["whole", "exact"] == Counts(1, 1, 0)


def test_a_source_with_two_cues_is_one_unit() -> None:
    again = Attribution(spans("The mayor"), spans("added"), spans('"for now."'))
    scores = score_text(TEXT, [MAYOR, again], [MAYOR, again])
    assert scores["source", "exact"] == Counts(1, 1, 1)
    assert scores["whole", "exact"] == Counts(2, 2, 2)


def test_texts_are_added_up() -> None:
    one = score_text(TEXT, [MAYOR], [MAYOR])
    other = score_text(TEXT, [ENGINEER], [])
    total = added([one, other])
    assert total["cue", "exact"] == Counts(2, 1, 1)
    rows = [line.split() for line in score_table(total).splitlines()]
    assert ["cue", "exact", "100.0", "50.0", "66.7", "2", "1"] in rows


def statement(source: Span | None, cue: Span | None) -> Statement:
    """A statement with those spans."""
    who = Source("mayor", SourceKind.PERSON)
    return Statement("a@0", "a", source, cue, spans("the bridge"), who, Stance.ASSERTS, (), None, None)


def test_the_articles_own_voice_is_left_out() -> None:
    (mayor,), (said,) = spans("The mayor"), spans("said")
    kept = from_statements(
        [statement(mayor, said), statement(None, said), statement(mayor, None), statement(None, None)]
    )
    assert [(one.source, one.cue) for one in kept] == [((mayor,), (said,)), ((), (said,)), ((mayor,), ())]


def test_a_run_over_records() -> None:
    record = {
        "id": "a",
        "text": TEXT,
        "attributions": [{"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 36]]}],
    }
    assert from_record(record) == (MAYOR,)
    (mayor,), (said,) = spans("The mayor"), spans("said")
    scores, meta = run([record, record], lambda article: [statement(mayor, said), statement(None, None)])
    assert scores["source", "exact"] == Counts(2, 2, 2)
    assert scores["content", "exact"] == Counts(2, 2, 0)
    assert (meta["articles"], meta["characters"]) == (2, 2 * len(TEXT))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no such file"),
        (b"no gzip", "line 0"),
        (gzip.compress(b'{"a": 1}\n[1]\n'), "line 2.*a list"),
        (gzip.compress(b'{"a": 1}\n{"a"\n'), "line 2"),
        (gzip.compress(b'{"a": 1}\n' * 99)[:-12], "gzipped JSON"),
    ],
)
def test_data_that_cannot_be_read(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "dev.jsonl.gz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=told):
        list(read_records(file))


def test_missing_data_ends_with_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--polnear", str(tmp_path)]) == 2
    assert "dev.jsonl.gz: found no such file" in capsys.readouterr().err


def test_the_table_of_a_few_real_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("index.attribution", reason="the engine that it measures is not there")
    if not DATA.is_dir():
        pytest.skip("the data set is not beside the checkout")
    file = tmp_path / "out.json"
    assert main(["--polnear", str(DATA), "--tagger", "rules", "--limit", "3", "--json", str(file)]) == 0
    assert "whole exact" in capsys.readouterr().out
    record = json.loads(file.read_text())
    assert record["articles"] == 3
    assert record["scores"]["cue overlap"]["right"] > 0
