"""The benchmark of ingests and questions runs to its end, on a handful of articles."""

from __future__ import annotations

import cProfile
import gzip
import json

import pytest

from assistant.api import Assistant
from evals.benchmarks import throughput
from index.corpus import Corpus
from index.errors import SettingsError
from index.ingest import ingest_files
from tests.index_fakes import CountingEmbedder, make, take

TEXT = "The harbour burned on Monday, police said. The mayor denied that anybody was hurt.\n\nNobody knows why."


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    file = tmp_path_factory.mktemp("news") / "news.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for number in range(4):
            lines.write(json.dumps({"id": f"a{number}", "text": f"{TEXT} Report {number}."}) + "\n")
    return file


def test_ingests_are_timed_each_in_a_process_of_its_own(news, tmp_path, capsys):
    record = tmp_path / "ingest.json"
    command = ["--news", str(news), "--articles", "3", "--ways", "tagging off", "--json", str(record)]
    assert throughput.main(command) == 0
    whole, third = json.loads(record.read_text("utf-8"))["ingest"]
    assert (whole["articles"], whole["passages"]) == (3, 3) and (third["articles"], third["passages"]) == (1, 1)
    assert whole["way"] == "tagging off" and whole["peak_mb"] > 50
    assert 0 < whole["again_seconds"] < whole["seconds"]
    assert whole["articles_per_second"] == pytest.approx(3 / whole["seconds"], rel=0.01)
    assert "tagging off" in capsys.readouterr().out


def test_a_child_that_fails_says_why(news, tmp_path):
    (tmp_path / "letter.txt").write_text("no index")
    file = throughput.subset(news, 1, tmp_path)
    with pytest.raises(SettingsError, match=r"--child rules --news .* failed: .*IndexUnusable"):
        throughput.in_a_process("--child", "rules", "--news", str(file), "--index", str(tmp_path))


def test_without_tagging_there_are_no_statements(news, tmp_path):
    file = throughput.subset(news, 2, tmp_path)
    assert [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()] == ["a0", "a1"]
    for way, statements in (("tagging off", False), ("rules", True)):
        index = tmp_path / way
        assert throughput.own_ingest(way, file, index)() == 2
        with Corpus.open(index) as corpus:
            assert bool(corpus.status().statements) is statements


def test_the_tutorial_ingests_the_same_articles(news, tmp_path):
    pytest.importorskip("langchain_text_splitters")
    found = throughput.ingest("tutorial", throughput.subset(news, 2, tmp_path), tmp_path / "unused")
    assert found["passages"] == 2 and found["seconds"] > 0 and "again_seconds" not in found


def test_every_step_of_a_question_is_in_the_profile(news, tmp_path):
    ingest_files([throughput.subset(news, 4, tmp_path)], tmp_path / "i")
    assistant = Assistant.open(tmp_path / "i")
    profiler = cProfile.Profile()
    profiler.runcall(lambda: [assistant.ask("Who said that the harbour burned?"), assistant.ask("Did anybody die?")])
    shares = throughput.profile_of(profiler)
    # So few statements need no shortlist.
    assert {step for step, share in shares.items() if not share} <= {"  the shortlist"}
    assert all(share <= 1 for share in shares.values())


def test_the_tutorials_retrieval_searches_the_indexs_own_vectors(tmp_path):
    with Corpus.writing(tmp_path / "i", WideEmbedder()) as corpus:
        take(corpus, make("a"), make("b"))
    found = throughput.tutorial_retrieval(tmp_path / "i")("Who spoke of a?")
    assert len(found["ids"][0]) == 2  # type: ignore[index]


class WideEmbedder(CountingEmbedder):
    """Of as many dimensions as the tutorial's."""

    dimensions = 384


def test_the_tables_show_what_is_there():
    one = {"way": "rules", "articles": 9, "passages": 70, "seconds": 2.0, "processor": 3.0, "peak_mb": 400}
    record = {
        "ingest": [{**one, "articles_per_second": 4.5}],
        "questions": {
            "articles": 9,
            "median_ms": {"ask": {"clock": 12.5, "processor": 20.0}},
            "profile": {"write: sentences": 0.25},
        },
        "cold": {"corroborate ask": 2.75},
    }
    text = "\n".join(throughput.lines_of(record))
    for shown in ("rules", "4.5", "12.5", "25%", "corroborate ask: 2.75 s"):
        assert shown in text
