"""How well provenance is told, on the labelled sets: `python -m evals.benchmarks.provenance [--held-out]`.

The sets lie in `evals/labelled/`, whose README says what is labelled and how. `--rows` prints what went wrong, row by
row; not with `--held-out`, which is only for final measurement.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.benchmarks.labelled import HELD_OUT, read_claims, read_denials, read_parties, read_questions, set_file
from evals.benchmarks.labelled_answers import answer_figures, answer_rows, answer_table, ask_all, ask_together
from evals.benchmarks.labelled_claims import (
    claim_errors,
    claim_figures,
    claim_table,
    judge_by_assistant,
    judge_by_pairs,
)
from evals.benchmarks.labelled_parties import (
    denial_errors,
    denial_figures,
    denial_table,
    judge_denials,
    party_errors,
    party_figures,
    party_table,
    resolve,
)
from evals.benchmarks.records import write_record
from index.article import Article
from index.errors import CorroborateError
from index.statements import Statement

INGEST_TAGGER = "rules"
"""The tagger that ingest takes by itself for a new index."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The result of one set."""

    table: str
    """To print."""
    figures: dict[str, Any]
    """The same as numbers."""
    wrong: list[dict[str, Any]]
    """A record for each row that went wrong."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the sets are measured."""

    held_out: str
    """"" for the development part, HELD_OUT for the other."""
    tagger: str | None
    """Name of the tagger; None for the one that ingest uses by default."""
    together: bool
    """True for one index of all articles where questions are asked."""


def measure_answers(options: Options) -> Measured:
    """Asks the questions of `answers.jsonl`."""
    sets = read_questions(set_file("answers", options.held_out))
    found = (ask_together if options.together else ask_all)(sets, options.tagger)
    return Measured(answer_table(found), answer_figures(found), answer_rows(found))


def measure_claims(options: Options) -> Measured:
    """Judges the rows of `claims.jsonl`, by the assistant and by the pair model alone."""
    rows = read_claims(set_file("claims", options.held_out))
    asked, paired = judge_by_assistant(rows, options.tagger), judge_by_pairs(rows)
    tables = [f"by the assistant\n\n{claim_table(asked)}"]
    tables += [f"by the pair model alone\n\n{claim_table(paired)}"] if paired else []
    figures = {"assistant": claim_figures(asked), "pair model": claim_figures(paired)}
    wrong = [{"by": "assistant", **one} for one in claim_errors(asked)]
    wrong += [{"by": "pair model", **one} for one in claim_errors(paired)]
    return Measured("\n\n".join(tables), figures, wrong)


def measure_denials(options: Options) -> Measured:
    """Asks for every claim of `denials.jsonl`, and takes note of what its denial is held to deny."""
    rows = read_denials(set_file("denials", options.held_out))
    found = judge_denials(rows, _reader(options), options.tagger)
    return Measured(denial_table(found), denial_figures(found), denial_errors(found))


def measure_parties(options: Options) -> Measured:
    """Reads the articles of `parties.jsonl`, and compares the sources of their statements."""
    found = resolve(read_parties(set_file("parties", options.held_out)), _reader(options))
    return Measured(party_table(found), party_figures(found), party_errors(found))


def _reader(options: Options) -> Callable[[Article], Sequence[Statement]]:
    from index.attribution import read_statements
    from index.tagger import load_tagger

    tagger = load_tagger(options.tagger or INGEST_TAGGER)
    return lambda article: read_statements(article, tagger)


SETS: dict[str, Callable[[Options], Measured]] = {
    "answers": measure_answers,
    "claims": measure_claims,
    "denials": measure_denials,
    "parties": measure_parties,
}
"""Name of a set to what measures the product on it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a table for each set; exit code 0, or 2 where a set cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.provenance", description=__doc__.split("\n")[0])
    parser.add_argument("--set", action="append", choices=tuple(SETS), help="this set alone; may be repeated")
    parser.add_argument("--held-out", action="store_true", help="the part that is only for final measurement")
    parser.add_argument("--tagger", choices=("rules", "model"), help="default: what `ingest` uses")
    parser.add_argument("--together", action="store_true", help="ask the questions of one index of all articles")
    parser.add_argument("--rows", action="store_true", help="print what went wrong, a JSON object a row")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures as JSON")
    arguments = parser.parse_args(argv)
    if arguments.rows and arguments.held_out:
        parser.error("--rows shows rows; those that are held out are not to be looked at")
    try:
        return _main(arguments)
    except CorroborateError as error:
        print(f"provenance: {error}", file=sys.stderr)
        return 2


def _main(arguments: argparse.Namespace) -> int:
    options = Options(HELD_OUT if arguments.held_out else "", arguments.tagger, arguments.together)
    record: dict[str, Any] = {"benchmark": "provenance", "held_out": arguments.held_out, "sets": {}}
    for name in arguments.set or SETS:
        started = time.perf_counter()
        measured = SETS[name](options)
        seconds = round(time.perf_counter() - started, 1)
        print(f"{name}{options.held_out}\n\n{measured.table}\n\n{seconds} s\n", flush=True)
        if arguments.rows:
            print("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in measured.wrong))
        record["sets"][name] = {**measured.figures, "seconds": seconds}
    if arguments.json:
        write_record(arguments.json, record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
