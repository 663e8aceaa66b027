"""Files, folders, feeds and addresses to articles: one small file a format; the table `READERS` picks the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from index.article import Article
from index.dates import PartialDate, parse_date
from index.errors import ReadError
from index.readers.draft import Draft, Fault
from index.readers.names import Named, assign
from index.readers.source import Source, files_under, sniff, standard_input

T = TypeVar("T")

READERS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("txt", "text"), ("text", "read")),
    **dict.fromkeys(("md", "markdown"), ("markdown", "read")),
    **dict.fromkeys(("html", "htm", "xhtml"), ("html", "read")),
    "pdf": ("pdf", "read"),
    "docx": ("docx", "read"),
    "json": ("records", "read_json"),
    **dict.fromkeys(("jsonl", "ndjson"), ("records", "read_lines")),
    **dict.fromkeys(("csv", "tsv"), ("records", "read_csv")),
    **dict.fromkeys(("feed", "rss", "atom", "rdf", "xml"), ("feed", "read")),
}
"""File ending → module of this package and its function; the modules are loaded when first needed."""
_MAY_NAME = frozenset("md markdown json jsonl ndjson csv tsv feed rss atom rdf xml".split())
"""Formats whose articles may have ids of their own, or that hold several."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to set where the file does not tell."""

    publisher: str = ""
    """Who published the articles; empty to set none."""
    published: PartialDate | None = None
    """When they were published; None to set none."""


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """One input, or one record of it, that could not be read."""

    name: str
    """The path or address as given, with the record where only that is bad ("news.jsonl, line 12")."""
    reason: str
    """What was found, what was expected, what to do."""


class Inputs:
    """Articles to read: their number is known, and their ids are fixed, before the first is read."""

    def __init__(
        self,
        paths: Sequence[str | Path],
        options: ReadOptions = ReadOptions(),
        known: Mapping[str, str] | None = None,
        fetch: Callable[[str], Source] | None = None,
    ) -> None:
        """Looks through the inputs for names and ids.

        Args:
            paths: files, folders (with all below them), http(s) addresses, and "-" for standard input.
            options: what to set where a file does not tell.
            known: the articles already in the index, id to path (`Article.path`), so that an article keeps its id and
            no
                other takes it.
            fetch: gets an address; the default fetches public hosts over the network.
        """
        self._options = options
        self._sources = list(_sources(paths, fetch))
        named = [item for source in self._sources for item in _named(source)]
        self._ids = assign(named, known or {})
        self._count = len(named)

    def __len__(self) -> int:
        """How many articles and failures are expected; a file that changes meanwhile may bring more or fewer."""
        return self._count

    def __iter__(self) -> Iterator[Article | ReadFailure]:
        """Reads one input after the other; what cannot be read comes as a failure and the rest goes on."""
        used: dict[str, str] = {}
        for source in self._sources:
            try:
                for found in _drafts(source):
                    yield self._finished(source, found, used)
            except ReadError as error:
                yield ReadFailure(source.name, str(error))
            except (OSError, EOFError) as error:
                yield ReadFailure(source.name, f"it cannot be read to its end: {error}")

    def _finished(self, source: Source, found: Draft | Fault, used: dict[str, str]) -> Article | ReadFailure:
        place = f"{source.name}, record {found.number}" if found.number else source.name
        if isinstance(found, Fault):
            return ReadFailure(f"{source.name}, {found.place}" if found.place else place, found.reason)
        natural = Named(source, found.number, found.id).natural
        id = self._ids.get((source.path, found.number), natural)
        if id in used:
            return ReadFailure(place, f"its id {id!r} is that of {used[id]} too; give each article an id of its own")
        try:
            article = article_of(found, id, source, self._options)
        except ReadError as error:
            return ReadFailure(place, str(error))
        used[id] = place
        return article


def read_inputs(
    paths: Sequence[str | Path], options: ReadOptions = ReadOptions(), known: Mapping[str, str] | None = None
) -> Iterator[Article | ReadFailure]:
    """Articles of files, folders, addresses and standard input ("-"); see `Inputs`, which also tells how many."""
    yield from Inputs(paths, options, known)


def _sources(paths: Sequence[str | Path], fetch: Callable[[str], Source] | None) -> Iterator[Source]:
    seen: set[str] = set()
    for given in paths:
        for source in _of_path(str(given), fetch):
            if source.path not in seen:
                seen.add(source.path)
                yield source


def _of_path(given: str, fetch: Callable[[str], Source] | None) -> Iterator[Source]:
    if given == "-":
        yield standard_input()
    elif "://" in given:
        if fetch is None:
            from index.readers.url import Fetcher

            fetch = Fetcher().fetch
        yield fetch(given)
    elif Path(given).is_dir():
        empty = True
        for source in files_under(given):
            empty = False
            unread = not source.fault and source.suffix not in READERS
            reason = f"no reader for {'.' + source.suffix if source.suffix else 'a file without an ending'} in a folder"
            yield replace(source, fault=f"{reason}; readable are .{', .'.join(sorted(READERS))}") if unread else source
        if empty:
            yield Source(given, given, "", Path(given).name, fault="the folder holds no file to read")
    else:
        source = Source.of_file(given)
        yield source if source.suffix in READERS else replace(source, suffix="")


def _named(source: Source) -> list[Named]:
    if source.fault or (source.suffix and source.suffix not in _MAY_NAME):
        return [Named(source, 0, "")]
    try:
        return [
            Named(source, found.number, found.id.strip() if isinstance(found, Draft) else "")
            for found in _drafts(source)
        ]
    except (ReadError, OSError, EOFError):
        return [Named(source, 0, "")]  # reading it again will tell what is wrong


def _drafts(source: Source) -> Iterator[Draft | Fault]:
    if source.fault:
        raise ReadError(source.fault)
    suffix = source.suffix or sniff(source.data())
    module, function = READERS[suffix]
    read = getattr(import_module(f"index.readers.{module}"), function)
    last: Draft | Fault | None = None
    for found in read(source if source.suffix else replace(source, suffix=suffix)):
        if last is not None:
            yield last
        last = found
    if last is not None:
        # Readers that stream cannot know at the first record whether there is a second.
        yield replace(last, number=0) if last.number == 1 and isinstance(last, Draft) else last


def article_of(draft: Draft, id: str, source: Source, options: ReadOptions) -> Article:
    """The article that a draft becomes: text mended, what the file does not tell taken from the text, else as set.

    Raises:
        ReadError: nothing but markup, boilerplate or white space is there.
    """
    from index.metadata import language_of, told_by
    from index.readers.boilerplate import strip_boilerplate
    from index.readers.encoding import mend
    from index.readers.text import part_paragraphs

    if draft.markup == "html":
        from index.readers.html import plain_text

        draft = replace(draft, text=plain_text(draft.text))
    text = strip_boilerplate(part_paragraphs(mend(draft.text).strip()))
    if not any(character.isalnum() for character in text):
        raise ReadError("it holds no text")
    clean = partial(_one_line, mend)
    told = told_by(text, clean(draft.title))
    publisher, publisher_from = _first(
        (clean(draft.publisher), "file"), (told.publisher, "text"), (options.publisher, "set")
    )
    published, date_from = _first(
        (parse_date(draft.published), "file"), (told.published, "text"), (options.published, "set")
    )
    return Article(
        id=id,
        publisher=publisher or "",
        title=told.title,
        author=_without_by(clean(draft.author)) or told.author,
        published=published,
        language=_language(draft.language, language_of(text)),
        url=draft.url if draft.url.startswith(("http://", "https://")) else source.address,
        text=text,
        publisher_from=publisher_from,
        date_from=date_from,
        path=source.path,
        credit=told.credit,
    )


def _first(*choices: tuple[T, str]) -> tuple[T | None, str]:
    return next(((value, origin) for value, origin in choices if value), (None, ""))


def _language(declared: str, detected: str) -> str:
    """What the file says, unless the text is plainly English or the file says what templates say by default."""
    code = declared.strip().lower().replace("_", "-").split("-")[0]
    if detected == "en" or not (len(code) == 2 and code.isalpha()):
        return detected
    return detected or code if code == "en" else code


def _one_line(mend: Callable[[str], str], words: str) -> str:
    return " ".join(mend(words).split())


def _without_by(author: str) -> str:
    return author[3:].strip() if author[:3].lower() == "by " else author
