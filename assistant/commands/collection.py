"""The commands that fill and keep a collection: ingest, edit, remove, sources, status, backup, repair."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.options import add_index
from assistant.commands.sources import add_sources, run_sources, tagger_of
from assistant.settings import index_folder

if TYPE_CHECKING:
    from index.ingest import IngestReport

Command = Callable[[argparse.Namespace], int]
"""Runs with the arguments, whose `index` is the folder; returns the exit code."""


def register(commands: argparse._SubParsersAction[Any]) -> None:
    """Adds the commands to the parser."""
    _add_ingest(commands)
    edit = _command(commands, "edit", _edit, "set what the file of an article does not tell")
    edit.add_argument("id", metavar="ID", help="the article's id, as `corroborate search` prints it")
    edit.add_argument("--publisher", metavar="NAME", help='who published it; "" for unknown')
    edit.add_argument("--date", metavar="DATE", help='when: 2017-09-12, 2017-09 or 2017; "" for unknown')
    edit.add_argument("--title", metavar="TEXT", help="its headline")
    edit.add_argument("--author", metavar="NAME", help="its byline")
    remove = _command(commands, "remove", _remove, "take articles out of the index")
    remove.add_argument("ids", metavar="ID", nargs="+", help="ids of articles")
    add_sources(
        _command(commands, "sources", run_sources, "list the publishers, or set two sources as one party or two")
    )
    _command(commands, "status", _status, "show what the index holds, what failed and what built it")
    backup = _command(commands, "backup", _backup, "write one file from which the index can be made again")
    backup.add_argument("file", metavar="FILE", help="a tar file (.tar.gz to pack it); replaced if it is there")
    backup.epilog = (
        "To restore: mkdir news.index && tar -xf FILE -C news.index && corroborate repair --index news.index"
    )
    _command(commands, "repair", _repair, "check that the stores of the index agree, and mend what differs")


def _command(commands: Any, name: str, run: Command, summary: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
    add_index(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=partial(_run, run=run))
    return parser


def _run(arguments: argparse.Namespace, run: Command) -> int:
    arguments.index = index_folder(arguments.index)
    return run(arguments)


def _add_ingest(commands: Any) -> None:
    parser = _command(commands, "ingest", _ingest, "read articles into an index; may be run again")
    parser.add_argument("paths", metavar="PATH", nargs="*", help='files, folders, http(s) addresses, or "-"')
    parser.add_argument("--publisher", metavar="NAME", default="", help="publisher of what does not name its own")
    parser.add_argument("--date", metavar="DATE", help="date of what has none: 2017-09-12, 2017-09 or 2017")
    parser.add_argument(
        "--embedder",
        metavar="NAME",
        help="a sentence-transformers model by name or folder, or hashing (needs no weights); default: the one that "
        "built the index, or all-MiniLM-L6-v2 for a new one",
    )
    parser.add_argument(
        "--tagger",
        metavar="NAME",
        choices=("rules", "model", "both"),
        help="what reads who says what: the rules, the trained model, or both joined; default: what built the index, "
        "or the rules for a new one",
    )
    parser.add_argument("--strict", action="store_true", help="stop at the first input that cannot be read")
    parser.add_argument("--rebuild", action="store_true", help="first make the index anew from the articles it holds")
    parser.add_argument("--sample", action="store_true", help="read the sample collection that comes with the program")


# Exit codes: 0 done, 1 done in part, 2 not done, 130 stopped by Ctrl-C


def _ingest(arguments: argparse.Namespace) -> int:
    from index.errors import SettingsError

    if not (arguments.paths or arguments.sample or arguments.rebuild):
        raise SettingsError("Nothing to read. Give files, folders or addresses, or --sample.")
    progress = _progress()
    try:
        with progress:
            rebuilt = _rebuild(arguments, progress) if arguments.rebuild else None
            report = _read(arguments, progress)
    except KeyboardInterrupt:
        print(
            f"corroborate: stopped. What was stored by then is in {arguments.index}; the same command goes on from "
            "there.",
            file=sys.stderr,
        )
        return 130
    if arguments.json:
        print(json.dumps({**asdict(report), "rebuilt": rebuilt}, indent=2))
    else:
        _print_report(report, rebuilt)
    if not report.failed:
        return 0
    return 1 if report.added or report.changed or report.unchanged else 2


def _rebuild(arguments: argparse.Namespace, progress: Any) -> int | None:
    from index.manifest import MANIFEST
    from index.rebuild import rebuild_index

    if not Path(arguments.index, MANIFEST).exists() and (arguments.paths or arguments.sample):
        return None  # nothing to make anew: an ordinary ingest makes it
    return rebuild_index(arguments.index, embedder=arguments.embedder, tagger=arguments.tagger, progress=progress)


def _read(arguments: argparse.Namespace, progress: Any) -> IngestReport:
    from index.ingest import IngestReport, ingest_files

    paths = list(arguments.paths)
    if not (paths or arguments.sample):
        return IngestReport((), (), (), (), (), ())
    with as_file(files("assistant") / "sample" / "articles") as sample:
        return ingest_files(
            [*paths, sample] if arguments.sample else paths,
            arguments.index,
            publisher=arguments.publisher,
            published=arguments.date,
            embedder=arguments.embedder,
            tagger=arguments.tagger,
            strict=arguments.strict,
            progress=progress,
        )


def _progress() -> Any:
    from assistant.commands.progress import ProgressBar, Silence

    return ProgressBar() if sys.stderr.isatty() else Silence()


def _print_report(report: IngestReport, rebuilt: int | None) -> None:
    parts = [] if rebuilt is None else [f"{rebuilt} rebuilt"]
    for name in ("added", "changed", "unchanged", "removed"):
        ids = getattr(report, name)
        if ids or (name == "added" and rebuilt is None):
            parts.append(f"{len(ids)} {name}")
    if report.failed:
        parts.append(f"{len(report.failed)} failed:")
    print(", ".join(parts))
    for failure in report.failed:
        print(f"  {failure.name}: {failure.reason}")
    for warning in report.warnings:
        print(f"corroborate: {warning}", file=sys.stderr)


def _edit(arguments: argparse.Namespace) -> int:
    from index.corpus import Corpus
    from index.errors import SettingsError

    given = {"publisher": arguments.publisher, "published": arguments.date}
    given |= {"title": arguments.title, "author": arguments.author}
    if all(value is None for value in given.values()):
        raise SettingsError("Nothing to set. Give --publisher, --date, --title or --author.")
    with Corpus.writing(arguments.index, tagger=tagger_of(arguments.index)) as corpus:
        article = corpus.edit(arguments.id, **given)
    shown = {"id": article.id, "publisher": article.publisher, "published": str(article.published or "")}
    shown |= {"title": article.title, "author": article.author}
    if arguments.json:
        print(json.dumps(shown | {"published": shown["published"] or None}, indent=2))
    else:
        print("\n".join(f"{name}: {value or 'unknown'}" for name, value in shown.items()))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    from index.corpus import Corpus

    with Corpus.writing(arguments.index, tagger=tagger_of(arguments.index)) as corpus:
        corpus.remove(*arguments.ids)
        left = len(corpus)
    removed = list(dict.fromkeys(arguments.ids))
    print(json.dumps({"removed": removed, "left": left}) if arguments.json else f"{len(removed)} removed, {left} left")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from index.corpus import Corpus

    with Corpus.open(arguments.index) as corpus:
        status = corpus.status()
    if arguments.json:
        print(json.dumps(asdict(status), indent=2))
        return 0
    built, versions = status.manifest, status.manifest.versions
    print(f"index        {status.folder}")
    print(f"articles     {status.articles}, {status.undated} of them without a date")
    print(f"publishers   {status.publishers} known")
    print(f"passages     {status.passages}")
    print(f"statements   {status.statements}")
    print(f"copies       {status.copies} pairs")
    print(f"pending      {status.pending}" + ("; `corroborate repair` finishes them" if status.pending else ""))
    print(f"failed       {len(status.failed)} in the last ingest ({status.updated or 'there was none'})")
    for failure in status.failed:
        print(f"             {failure.name}: {failure.reason}")
    print(f"embedder     {built.embedder} ({built.dimensions} dimensions)")
    print(f"tagger       {built.tagger}")
    print(f"built        {built.created}, schema {status.schema}")
    print(f"with         {', '.join(f'{name} {number}' for name, number in versions.items() if number)}")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from index.corpus import Corpus

    with Corpus.open(arguments.index) as corpus:
        corpus.backup(arguments.file)
        count = len(corpus)
    size = Path(arguments.file).stat().st_size
    if arguments.json:
        print(json.dumps({"file": arguments.file, "articles": count, "bytes": size}))
    else:
        print(f"{arguments.file}: {count} articles, {size / 1e6:.1f} MB")
    return 0


def _repair(arguments: argparse.Namespace) -> int:
    from index.corpus import Corpus

    with Corpus.writing(arguments.index, tagger=tagger_of(arguments.index)) as corpus:
        report = corpus.repair()
    if arguments.json:
        print(json.dumps({**asdict(report), "sound": report.sound}, indent=2))
    elif report.sound:
        print("The stores agree; there was nothing to mend.")
    else:
        mended = (
            (report.completed, "articles finished"),
            (report.vectors, "vectors mended"),
            (report.keywords, "passages of the full-text index mended"),
        )
        for count, what in mended:
            if count:
                print(f"{count} {what}")
        for store in report.renewed:
            print(f"The {store} were made again from the catalogue.")
    return 0
