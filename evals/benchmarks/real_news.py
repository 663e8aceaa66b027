"""Questions about real articles of many outlets: `python -m evals.benchmarks.real_news DATA [--json FILE]`.

DATA is the folder with `articles.jsonl.gz`: the articles of Article-Bias-Prediction (Baly et al., EMNLP 2020), an
object a line with `id`, `title`, `publisher`, `author`, `published`, `url` and `text`. The questions, and the ids of
the articles that make up the collection, are in `real_news.yaml` beside this file. The articles themselves are the
publishers': they are written to a temporary folder, or to the one named with `--folder`, which `corroborate eval` runs
as well.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from evals.benchmarks.records import read_records, write_record
from evals.report import failures, render, to_record
from evals.run import Bench, CaseResult, SuiteResult, product_bench, run_suite
from evals.suite import SUITE_FILE, Suite, load_suite
from index.errors import SettingsError, SuiteError

QUESTIONS = Path(__file__).with_name("real_news.yaml")
ARTICLES_FILE = "articles.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Questions:
    """One file of questions."""

    name: str
    """The name of the suite that is made of it."""
    description: str
    """One line."""
    ids: tuple[str, ...]
    """Ids of the articles that make up the collection, each once."""
    cases: tuple[Any, ...]
    """As the file has them; `evals.suite` checks them."""


def read_questions(file: Path) -> Questions:
    """Reads a file of questions, with the collection that it names or has.

    Raises:
        SuiteError: the file is missing, is no YAML, or lacks a key.
    """
    entries = _mapping(file)
    collection = _mapping(file.with_name(entries["collection"])) if "collection" in entries else entries
    try:
        ids = tuple(id for story in collection["articles"].values() for id in story)
        found = Questions(entries["name"], entries["description"], ids, tuple(entries["cases"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise SuiteError(
            f"{file}: found no usable {error}; expected name, description, cases, and articles (stories, each with a "
            "list of ids) or collection (a file that has them)"
        ) from error
    doubled = sorted({id for id in ids if ids.count(id) > 1})
    if doubled:
        raise SuiteError(f"{file}: found {', '.join(doubled)} twice among the articles; expected each once")
    return found


def write_suite(questions: Questions, data: Path, folder: Path) -> Path:
    """Writes a suite's folder: its articles, fetched by their ids, and its `suite.yaml`. Returns the latter's path.

    Raises:
        SettingsError: the data is missing or broken, or lacks an article.
    """
    wanted = set(questions.ids)
    rows = {row["id"]: row for row in read_records(data / ARTICLES_FILE) if row.get("id") in wanted}
    if missing := sorted(wanted - rows.keys()):
        raise SettingsError(
            f"{data / ARTICLES_FILE}: found no article {', '.join(missing[:5])}; expected all {len(wanted)} that the "
            "questions name. Is it another version of the data set?"
        )
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(rows[id], ensure_ascii=False) + "\n" for id in questions.ids)
    (articles / "news.jsonl").write_text("".join(lines), encoding="utf-8")
    suite = {
        "name": questions.name,
        "description": questions.description,
        "corpus": "articles/",
        "cases": list(questions.cases),
    }
    file = folder / SUITE_FILE
    file.write_text(yaml.safe_dump(suite, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
    return file


def run(questions: Questions, data: Path, folder: Path, bench: Bench) -> SuiteResult:
    """Writes the suite into a folder and runs it.

    Raises:
        SettingsError: the data cannot be used.
        SuiteError: the questions depart from the format.
    """
    return run_suite(load_suite(write_suite(questions, data, folder)), bench)


def _mapping(file: Path) -> dict[str, Any]:
    try:
        entries = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # every scalar stays as it was written
    except (OSError, yaml.YAMLError) as error:
        raise SuiteError(f"{file}: found {error}; expected a file of questions in YAML") from error
    if not isinstance(entries, dict):
        raise SuiteError(f"{file}: found a {type(entries).__name__}; expected a mapping")
    return entries


def _announce(suite: Suite, result: CaseResult) -> None:
    """Tells on a terminal how a case went: a run takes some minutes."""
    if sys.stderr.isatty():
        print(f"{suite.name}/{result.case.id}: {result.outcome} ({result.seconds:.1f} s)", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark; 0 when it has run, 2 when it could not be run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help=f"the folder with {ARTICLES_FILE}")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="another file of questions")
    parser.add_argument("--folder", type=Path, help="where the suite is written and kept (default: a temporary folder)")
    parser.add_argument("--cache", type=Path, help="keep the index there; an unchanged one is used again")
    parser.add_argument("--json", type=Path, help="write every case, its answer and what failed")
    arguments = parser.parse_args(argv)
    questions = read_questions(arguments.questions)
    bench = replace(product_bench(cache=arguments.cache), on_case=_announce)
    with tempfile.TemporaryDirectory(prefix="corroborate-real-news-", ignore_cleanup_errors=True) as made:
        results = (run(questions, arguments.data, arguments.folder or Path(made), bench),)
        print(render(results))
        if told := failures(results):
            print(f"\n{told}")
    if arguments.json:
        write_record(arguments.json, to_record(results, None))
    return 2 if results[0].error else 0


if __name__ == "__main__":
    raise SystemExit(main())
