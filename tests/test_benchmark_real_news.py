"""The benchmark of real articles: its files of questions, and the suite that it makes of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evals.benchmarks.real_news import QUESTIONS, read_questions, write_suite
from evals.suite import load_suite
from index.errors import SettingsError, SuiteError

HELD_OUT = QUESTIONS.with_name("real_news_held_out.yaml")
SMALL = """
name: small
description: One story.
articles:
  fire: [a1, a2]
cases:
  - id: first
    question: Who first reported the fire?
    expect: {cites: {all: [a1]}, first: {source: Gazette, date: 2024-03-02}}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number in (1, 2, 3):
            row = {"id": f"a{number}", "title": f"Fire {number}", "publisher": "Gazette", "text": f"It burnt {number}."}
            lines.write(json.dumps(row) + "\n")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_the_suite_holds_the_articles_named_and_the_cases(data: Path, questions: Path, tmp_path: Path) -> None:
    suite = load_suite(write_suite(read_questions(questions), data, tmp_path / "suite"))
    assert [case.id for case in suite.cases] == ["first"]
    assert suite.cases[0].expect.first_date == "2024-03-02"
    lines = (suite.corpus / "news.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a1", "a2"]


def test_an_article_that_the_data_lacks_is_told(data: Path, questions: Path, tmp_path: Path) -> None:
    questions.write_text(SMALL.replace("a2]", "a2, a9]"), encoding="utf-8")
    with pytest.raises(SettingsError, match="a9"):
        write_suite(read_questions(questions), data, tmp_path / "suite")


def test_a_missing_data_set_is_told(questions: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"articles\.jsonl\.gz"):
        write_suite(read_questions(questions), tmp_path / "nowhere", tmp_path / "suite")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a list", "mapping"),
        (SMALL.replace("name: small", "title: small"), "name"),
        (SMALL.replace("[a1, a2]", "[a1, a1]"), "twice"),
        (SMALL.replace("articles:\n  fire: [a1, a2]", ""), "articles"),
    ],
)
def test_what_departs_from_the_format_is_told(questions: Path, text: str, told: str) -> None:
    questions.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=told):
        read_questions(questions)


@pytest.mark.parametrize("file", [QUESTIONS, HELD_OUT], ids=["open", "held out"])
def test_each_case_of_the_shipped_files_is_in_the_format_and_names_articles_of_the_collection(
    file: Path, tmp_path: Path
) -> None:
    questions = read_questions(file)
    (tmp_path / "data").mkdir()
    with gzip.open(tmp_path / "data" / "articles.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": id, "text": "Text."}) + "\n" for id in questions.ids)
    suite = load_suite(write_suite(questions, tmp_path / "data", tmp_path / "suite"))
    named = {
        id for case in suite.cases for id in (*case.expect.cites_all, *case.expect.cites_any, *case.expect.cites_none)
    }
    assert len(questions.ids) == 300
    assert named <= set(questions.ids)
