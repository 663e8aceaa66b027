"""The commands `ask` and `search`."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING

from assistant.commands.options import (
    Commands,
    Opener,
    add_filters,
    add_index,
    add_model,
    emit,
    emit_json,
    layout_for,
    open_assistant,
)
from assistant.commands.output import add_output, checked_format, checked_target, put
from assistant.settings import Settings
from index.errors import SettingsError

if TYPE_CHECKING:
    from assistant.engine import Engine
    from assistant.question import Filters


def register(commands: Commands, opener: Opener = open_assistant) -> None:
    """Adds both commands; `opener` opens the assistant that they ask."""
    asking = commands.add_parser(
        "ask",
        help="answer a question, with notes and sources",
        description="Answers a question from the collection: cited sentences, notes on how well the claim stands, "
        "and each source with its quote.",
    )
    asking.add_argument("question", metavar="QUESTION", help="a question or a claim, in quotation marks")
    add_index(asking)
    add_filters(asking)
    add_model(asking)
    add_output(asking)
    asking.add_argument("--why", action="store_true", help="show how each note came about: statements, chain, root")
    asking.set_defaults(run=partial(run_ask, opener=opener))

    searching = commands.add_parser(
        "search",
        help="show the passages that a question finds, without an answer",
        description="Prints the passages that retrieval finds for a question, best first.",
    )
    searching.add_argument("question", metavar="WORDS", help="a question or words, in quotation marks")
    add_index(searching)
    add_filters(searching)
    limit = Settings().search_limit
    searching.add_argument("--limit", metavar="N", default=str(limit), help=f"how many passages (default: {limit})")
    searching.add_argument("--json", action="store_true", help="print the passages as JSON")
    searching.set_defaults(run=partial(run_search, opener=opener))


def run_ask(arguments: argparse.Namespace, opener: Opener) -> int:
    """Prints or writes the answer; 0 whether or not the collection tells.

    Raises:
        CorroborateError: the index or the model cannot be used, or an option is wrong.
    """
    from assistant.filters import checked_question, read_dates

    # Before the models load: a slip is told at once.
    question, format = checked_question(arguments.question), checked_format(arguments)
    target = checked_target(arguments.output)
    read_dates(arguments.since, arguments.until)
    engine = opener(arguments)
    filters = filters_of(arguments, engine)
    answer = engine.ask(question, publishers=filters.publishers, since=filters.since, until=filters.until)
    put(answer, format, arguments.why, target)
    return 0


def run_search(arguments: argparse.Namespace, opener: Opener) -> int:
    """Prints passages, best first; 0 even where none is found.

    Raises:
        CorroborateError: the index cannot be used, or an option is wrong.
    """
    from assistant.filters import checked_question, read_dates
    from assistant.render import hits_list, hits_text

    question, limit = checked_question(arguments.question), checked_limit(arguments.limit)
    read_dates(arguments.since, arguments.until)
    engine = opener(arguments)
    filters = filters_of(arguments, engine)
    hits = engine.retrieve(question, limit, publishers=filters.publishers, since=filters.since, until=filters.until)
    if arguments.json:
        emit_json({"query": question, "results": hits_list(hits)})
    else:
        emit(hits_text(hits, layout_for(sys.stdout)) or "No passage found.")
    return 0


def checked_limit(text: str) -> int:
    """How many passages to print.

    Raises:
        SettingsError: it is no number from 1 to the most that `search` prints.
    """
    most = Settings().search_limit_most
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise SettingsError(f'--limit: "{text}" is not a number from 1 to {most}.')
    return int(text)


def filters_of(arguments: argparse.Namespace, engine: Engine) -> Filters:
    """The filters that the arguments ask for, checked against the collection.

    Raises:
        SettingsError: a date is no date, or a publisher is not in the collection.
    """
    from assistant.filters import read_filters

    known = [line.publisher for line in engine.publishers()] if arguments.publisher else []
    return read_filters(arguments.publisher, arguments.since, arguments.until, known)
