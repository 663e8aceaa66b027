"""The command `feedback`: answers that readers marked, listed or written as an evaluation suite."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from typing import TYPE_CHECKING

from assistant.commands.options import Commands, Opener, add_index, emit, emit_json, layout_for, open_assistant
from assistant.settings import index_folder

if TYPE_CHECKING:
    from assistant.feedback import Mark


def register(commands: Commands, opener: Opener = open_assistant) -> None:
    """Adds the command; `opener` opens the assistant whose articles a suite takes."""
    parser = commands.add_parser(
        "feedback",
        help="list the answers marked right or wrong, or write them as an evaluation suite",
        description="Lists the answers that readers marked right or wrong. With --suite it writes an evaluation suite "
        "of them, with the articles that they rest on, for `corroborate eval`.",
    )
    add_index(parser)
    parser.add_argument("--suite", metavar="DIR", help="write a suite into this folder, which must be new or empty")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=partial(run_feedback, opener=opener))


def run_feedback(arguments: argparse.Namespace, opener: Opener) -> int:
    """Lists the marks, or writes a suite of the last mark of each answer.

    Raises:
        CorroborateError: the index cannot be used, nothing is marked, or the folder of the suite is not empty.
    """
    from assistant.feedback import latest, mark_dict, read

    folder = index_folder(arguments.index)
    marks = read(folder)
    if arguments.suite:
        return _write(arguments, latest(marks), opener)
    if arguments.json:
        emit_json([mark_dict(mark) for mark in marks])
    else:
        emit("\n".join(_line(mark) for mark in marks) or "No answer is marked yet.")
    return 0


def _line(mark: Mark) -> str:
    from assistant.render import wrapped

    reason = f" ({mark.reason})" if mark.reason else ""
    head = f"{mark.at[:16].replace('T', ' ')}  {mark.verdict:5}  "
    return wrapped(f"{mark.question}{reason}", layout_for(sys.stdout), head, " " * len(head))


def _write(arguments: argparse.Namespace, marks: tuple[Mark, ...], opener: Opener) -> int:
    from assistant.feedback_suite import check_folder, write_suite
    from index.corpus import Corpus

    check_folder(marks, arguments.suite)  # before the models load: a slip is told at once
    written = write_suite(marks, opener(arguments), arguments.suite)
    with Corpus.open(index_folder(arguments.index)) as corpus:
        ruled = bool(corpus.rulings())
    warnings = [
        (written.gone, "no longer in the index, and so missing from the suite"),
        (written.changed, "of another text, publisher or date when read back: look at them before you trust the suite"),
    ]
    for ids, what in warnings:
        if ids:
            print(f"corroborate: {what}: {', '.join(ids)}", file=sys.stderr)
    if ruled:
        print("corroborate: what is set with `sources --same` and `--apart` is no part of a suite", file=sys.stderr)
    if arguments.json:
        files = [str(file) for file in written.files]
        print(json.dumps({"files": files, "cases": written.cases, "articles": written.articles}, indent=2))
    else:
        cases = f"{written.cases} {'case' if written.cases == 1 else 'cases'}"
        emit(f"{cases} and {written.articles} articles in {arguments.suite}. Run: corroborate eval {arguments.suite}")
    return 0
