"""The command `sources`: the publishers, and what the user set to be one party or two."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.rulings import Rulings


def add_sources(parser: argparse.ArgumentParser) -> None:
    """`--same`, `--apart`, `--forget` and `--parties`."""
    choice = parser.add_mutually_exclusive_group()
    two = ("NAME", "OTHER")
    choice.add_argument(
        "--same", nargs=2, metavar=two, help="count two sources as one party; it goes by the first name"
    )
    choice.add_argument("--apart", nargs=2, metavar=two, help="count two sources as two parties, however alike")
    choice.add_argument("--forget", nargs=2, metavar=two, help="take back what was set for two names")
    choice.add_argument("--parties", action="store_true", help="list only what was set")


def run_sources(arguments: argparse.Namespace) -> int:
    """Lists, or sets and lists.

    Raises:
        CorroborateError: the index cannot be used, or the names cannot be set so.
    """
    pair = arguments.same or arguments.apart or arguments.forget
    if pair:
        rulings = _set(arguments, *pair)
    else:
        from index.corpus import Corpus

        with Corpus.open(arguments.index) as corpus:
            rulings = corpus.rulings()
            publishers = [
                (one.publisher, one.articles, str(one.first or ""), str(one.last or "")) for one in corpus.publishers()
            ]
        if not arguments.parties:
            _print_publishers(publishers, arguments.json)
            if rulings and not arguments.json:
                print("\nset with --same and --apart")
                _print_rulings(rulings)
            return 0
    if arguments.json:
        print(json.dumps({"same": rulings.same, "apart": rulings.apart}, indent=2, ensure_ascii=False))
    else:
        _print_rulings(rulings)
    return 0


def tagger_of(index: Path) -> str:
    """The tagger of an index that is there already: to edit and remove, no other is asked for."""
    from index.manifest import read_manifest

    return read_manifest(index).tagger


def _set(arguments: argparse.Namespace, one: str, other: str) -> Rulings:
    from index.corpus import Corpus
    from index.rulings import APART, SAME, forget, is_named, rule

    with Corpus.writing(arguments.index, tagger=tagger_of(arguments.index)) as corpus:
        catalogue = corpus.stores.catalogue
        if arguments.forget:
            return forget(catalogue, one, other)
        rulings = rule(catalogue, SAME if arguments.same else APART, one, other)
        for name in (one, other):
            if not is_named(catalogue, name):
                print(f'corroborate: no article names "{name}" so far; it counts as soon as one does.', file=sys.stderr)
        return rulings


def _print_rulings(rulings: Rulings) -> None:
    for one, other in rulings.same:
        print(f"one party    {one} = {other}")
    for one, other in rulings.apart:
        print(f"two parties  {one} | {other}")
    if not rulings:
        print("No sources are set to be one party or two.")


def _print_publishers(rows: list[tuple[str, int, str, str]], as_json: bool) -> None:
    if as_json:
        names = ("publisher", "articles", "first", "last")
        known = [(publisher, count, first or None, last or None) for publisher, count, first, last in rows]
        print(json.dumps([dict(zip(names, row, strict=True)) for row in known], indent=2))
        return
    width = max([len(row[0]) for row in rows] + [len("(unknown)"), len("publisher")])
    print(f"{'publisher':{width}}  articles  dates")
    for publisher, count, first, last in rows:
        dates = first if first == last else f"{first} to {last}"
        print(f"{publisher or '(unknown)':{width}}  {count:8}  {dates or 'undated'}")
