"""`corroborate eval`: runs suites and prints how they went."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evals.gate import Floors
    from evals.run import Bench, CaseResult, SuiteResult
    from evals.suite import Suite


def register(commands: argparse._SubParsersAction[Any]) -> None:
    """Adds the command to the parser's."""
    parser = commands.add_parser(
        "eval",
        help="run evaluation suites and print a table",
        description="Runs evaluation suites: each in an index of its own. Exit code: 0 done and every floor reached, "
        "1 below a floor, 2 a suite could not be run. docs/evaluation.md has the format of a suite.",
    )
    parser.add_argument("folders", nargs="+", metavar="DIR", help="a suite, or a folder of suites")
    parser.add_argument("--case", action="append", default=[], metavar="ID", help="only this case; may be repeated")
    parser.add_argument("--json", metavar="FILE", help="write every case, its answer and what failed")
    parser.add_argument("--floor", metavar="SHARE", help="least share of passed cases over all suites, 0 to 1")
    parser.add_argument("--floors", metavar="FILE", help="least share of each suite, as evals/floors.json has it")
    parser.add_argument("--raise-floors", action="store_true", help="raise the floors of that file to what was reached")
    parser.add_argument("--cache", metavar="DIR", help="keep the indexes there; unchanged ones are used again")
    parser.add_argument("--model", metavar="PROVIDER:NAME", help="a chat model that writes the answers")
    parser.add_argument("--verbose", action="store_true", help="print each case with its answer and its checks")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command with the product's own assistant."""
    from evals.run import product_bench

    cache = Path(arguments.cache) if arguments.cache else None
    return run_with(arguments, product_bench(arguments.model, cache))


def run_with(arguments: argparse.Namespace, bench: Bench) -> int:
    """Runs the command on a bench; returns the exit code.

    Raises:
        SuiteError: a suite is malformed.
        SettingsError: an option cannot be used.
    """
    from evals.benchmarks.records import write_record
    from evals.gate import breaches, raised, read_floors, write_floors
    from evals.report import failures, render, to_record, total_share
    from evals.run import run_suites
    from evals.suite import load_suites, select

    floors = _floors(arguments)
    suites = select(load_suites(arguments.folders), arguments.case)
    if arguments.json:
        _check_writable(Path(arguments.json))
    results = run_suites(suites, replace(bench, on_case=_announcer(suites, arguments)))
    print(render(results))
    if told := failures(results):
        print(f"\n{told}")
    if arguments.json:
        write_record(Path(arguments.json), to_record(results, arguments.model))
    if any(result.error for result in results):
        print("corroborate: not every suite could be run", file=sys.stderr)
        return 2
    below = breaches(floors, results)
    for breach in below:
        print(f"corroborate: below the floor: {breach}", file=sys.stderr)
    if arguments.raise_floors and not below:
        write_floors(Path(arguments.floors), raised(read_floors(Path(arguments.floors)), results))
    print(f"\n{100 * total_share(results):.1f} % of {_counted(results)} passed")
    return 1 if below else 0


def _floors(arguments: argparse.Namespace) -> Floors:
    from evals.gate import Floors, parse_floor, read_floors
    from index.errors import SettingsError

    if arguments.raise_floors and not arguments.floors:
        raise SettingsError("found --raise-floors alone; expected --floors FILE with it, the file to be raised")
    if arguments.floors and arguments.case:
        raise SettingsError("found --case with --floors; expected one of them: a floor is of a whole suite")
    floors = read_floors(Path(arguments.floors)) if arguments.floors else Floors()
    if arguments.floor is None:
        return floors
    return replace(floors, overall=max(floors.overall, parse_floor(arguments.floor)))


def _check_writable(file: Path) -> None:
    """Found out before the run, which may take minutes."""
    from index.errors import SettingsError

    if not file.parent.is_dir() or file.is_dir():
        raise SettingsError(f"cannot write {file}; expected a file in a folder that exists")


def _announcer(suites: tuple[Suite, ...], arguments: argparse.Namespace) -> Any:
    """What is said after each case: with --verbose the whole case, on a terminal how far the run is, else nothing."""
    from evals.report import transcript

    total = sum(len(suite.cases) for suite in suites)
    done = 0

    def announce(suite: Suite, result: CaseResult) -> None:
        nonlocal done
        done += 1
        if arguments.verbose:
            print(transcript(suite.name, result) + "\n", flush=True)
        elif sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r\x1b[K{done}/{total} {suite.name}", end=end, file=sys.stderr, flush=True)

    return announce


def _counted(results: tuple[SuiteResult, ...]) -> str:
    cases = sum(len(result.suite.cases) for result in results)
    return f"{cases} case{'s' if cases != 1 else ''}"
