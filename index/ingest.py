"""Ingest: files in, an index out. The whole offline flow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.article import Article
from index.catalogue import Held, base_of
from index.corpus import Corpus, Failure
from index.dates import PartialDate
from index.embedder import canonical_name, load_embedder
from index.errors import IndexMissing
from index.manifest import check_embedder, read_manifest
from index.overrides import FILL, checked_date, fills, overridden, record
from index.prepare import RULES, PreparedArticle, Stages, default_stages, prepare
from index.records import article_record

if TYPE_CHECKING:
    from index.readers import ReadFailure

BATCH_CHARACTERS = 128_000
"""Text that is embedded and stored together: about 128 passages, two to three seconds of embedding on two cores, of
which storing takes a tenth. What is lost when the process is killed is at most this."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, by article ids in the order in which they were read."""

    added: tuple[str, ...]
    """New articles."""
    changed: tuple[str, ...]
    """Articles whose text or metadata differ from what was stored."""
    unchanged: tuple[str, ...]
    """Articles that were stored already."""
    removed: tuple[str, ...]
    """Articles that a file held before and holds no more, where their ids came from the file's name."""
    failed: tuple[Failure, ...]
    """Inputs that could not be taken in."""
    warnings: tuple[str, ...]
    """What was taken in and will work less well, one sentence each."""


class Progress(Protocol):
    """Is told how far an ingest has come."""

    def begin(self, total: int) -> None:
        """`total`: articles to deal with, as far as can be known."""
        ...

    def step(self, done: int) -> None:
        """`done`: articles dealt with: stored, found unchanged, or failed."""
        ...


def ingest_files(
    paths: Sequence[str | Path],
    index: str | Path,
    *,
    publisher: str = "",
    published: str | date | PartialDate | None = None,
    embedder: str | None = None,
    tagger: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    stages: Stages | None = None,
) -> IngestReport:
    """Reads files, folders, addresses ("-": standard input) into an index, made where it is missing. May be run again:
    what has not changed costs only the reading. A Ctrl-C (KeyboardInterrupt) keeps what is stored by then.

    Args:
        paths: what to read; a folder is read with all below it.
        index: the index's folder.
        publisher: who published the articles whose files do not tell.
        published: the date of the articles whose files do not tell.
        embedder: name of the embedder; None for the one that built the index, or the default one.
        tagger: name of the tagger that reads statements; None for the one that built the index, or the rules.
        strict: stop at the first input that cannot be read; what came before it is stored.
        progress: is told how far it has come.
        stages: other functions for the steps between reading and storing; for tests and experiments.

    Raises:
        IndexLocked: another process is writing to the index.
        IndexMismatch: the index was built with another embedder or tagger.
        SettingsError: the date is none, or there is no such embedder or tagger.
    """
    from index.readers import Inputs, ReadOptions

    options = ReadOptions(publisher, checked_date(published))
    tagger = tagger or _tagger_of(Path(index))
    stages = stages or default_stages(tagger)
    given = None
    if embedder:
        try:
            check_embedder(read_manifest(Path(index)), canonical_name(embedder))
        except IndexMissing:
            given = load_embedder(embedder)
    with Corpus.writing(index, given, tagger=tagger) as corpus:
        inputs = Inputs(paths, options, corpus.stores.catalogue.places())
        if progress:
            progress.begin(len(inputs))
        return ingest_items(corpus, inputs, stages, progress, (lambda failure: False) if strict else (lambda _: True))


def _tagger_of(index: Path) -> str:
    try:
        return read_manifest(index).tagger
    except IndexMissing:
        return RULES


def ingest_items(
    corpus: Corpus,
    items: Iterable[Article | ReadFailure],
    stages: Stages,
    progress: Progress | None = None,
    go_on: Callable[[Failure], bool] = lambda failure: True,
) -> IngestReport:
    """Takes articles, and what could not be read, into a corpus opened for writing. `go_on` tells after a failure
    whether to read on."""
    run = _Run(corpus, stages)
    own = os.path.abspath(corpus.folder)
    for item in items:
        place = os.path.abspath(item.path if isinstance(item, Article) else item.name)
        if place == own or place.startswith(own + os.sep):
            continue  # the index lies in the folder that is read
        if isinstance(item, Article):
            run.take(item)
        else:
            run.fail(item.name, item.reason)
        if progress:
            progress.step(run.count)
        if run.failed and not go_on(run.failed[-1]):
            run.store()
            return run.report()
    run.store()
    run.remove_stale()
    if progress:
        progress.step(run.count)
    return run.report()


class _Run:
    """One ingest as it goes: what waits to be stored, and what is to be reported."""

    def __init__(self, corpus: Corpus, stages: Stages) -> None:
        self._corpus, self._stages = corpus, stages
        self._catalogue = corpus.stores.catalogue
        self._finder = stages.finder(self._catalogue.signatures())
        self._waiting: dict[str, Article] = {}
        self._length = 0
        self._outcome: dict[str, str] = {}
        self._met: dict[str, set[str]] = {}
        self._removed: list[str] = []
        self._foreign: list[str] = []
        self._unnamed: list[str] = []
        self.failed: list[Failure] = []
        with self._catalogue.transaction():
            self._catalogue.execute("DELETE FROM failures")
            self._catalogue.set("updated", datetime.now(UTC).isoformat(timespec="seconds"))

    @property
    def count(self) -> int:
        """Articles dealt with."""
        return len(self._outcome) - len(self._waiting) + len(self.failed)

    def fail(self, name: str, reason: str) -> None:
        """Notes an input that cannot be taken in."""
        self.failed.append(Failure(name, reason))
        self._catalogue.execute("INSERT INTO failures VALUES (?, ?)", name, reason)

    def take(self, article: Article) -> None:
        """Stores an article, soon, unless it is there already."""
        try:
            article.text.encode()
        except UnicodeEncodeError:
            self.fail(article.path or article.id, "its text holds half of a surrogate pair, which is no character")
            return
        if article.id in self._waiting:
            self.store()
        held = self._catalogue.held_as(article.id) or self._moved(article)
        if held:
            article = replace(article, id=held.id)
        self._met.setdefault(article.path, set()).add(article.id)
        record(self._catalogue, article.id, fills(article), FILL)
        article = overridden(self._catalogue, article)
        if held and held.hash == article.content_hash:
            self._outcome.setdefault(article.id, "unchanged")
            if held.record != article_record(article):  # where it was read from, or how its date came to be known
                self._catalogue.execute(
                    "UPDATE articles SET record = ?, place = ? WHERE key = ?",
                    article_record(article), article.path, held.key,
                )  # fmt: skip
            return
        self._note(article)
        if self._outcome.get(article.id) != "added":
            self._outcome[article.id] = "changed" if held else "added"
        self._waiting[article.id] = article
        self._length += len(article.text)
        if self._length >= BATCH_CHARACTERS:
            self.store()

    def _moved(self, article: Article) -> Held | None:
        """The stored article that this one is, where its file was moved and says the same."""
        for held in self._catalogue.held("base = ?", base_of(article.id)):
            gone = os.path.isabs(held.place) and not os.path.exists(held.place)
            if gone and overridden(self._catalogue, replace(article, id=held.id)).content_hash == held.hash:
                return held
        return None

    def _note(self, article: Article) -> None:
        if article.language not in ("", "en"):
            self._foreign.append(article.id)
        if not article.publisher:
            self._unnamed.append(article.id)

    def store(self) -> None:
        """Stores what waits. An article that cannot be prepared fails alone."""
        waiting = list(self._waiting.values())
        if not waiting:
            return
        embedder = self._corpus.embedder  # loaded first: where that fails, no article is to blame
        try:
            prepared = list(prepare(waiting, embedder, self._stages))
        except Exception:  # whatever one odd text may provoke: found again below, one by one
            prepared = [one for article in waiting for one in self._prepared_alone(article)]
        linked: list[PreparedArticle] = []
        for one in prepared:
            linked.append(replace(one, copies=self._corpus.find_copies(one, self._finder, self._stages, self._waiting)))
            self._finder.add(one.article.id, one.signature)
        if linked:
            self._corpus.add(linked)
        self._waiting, self._length = {}, 0

    def _prepared_alone(self, article: Article) -> Iterator[PreparedArticle]:
        try:
            yield from prepare([article], self._corpus.embedder, self._stages)
        except Exception as error:
            del self._waiting[article.id]
            del self._outcome[article.id]
            self.fail(article.path or article.id, f"{type(error).__name__}: {error}")

    def remove_stale(self) -> None:
        """Removes what a file that was read whole held before and holds no more. An id that the record itself gave is
        kept: a feed or an export shows only its newest entries."""
        failed = [os.path.abspath(failure.name) for failure in self.failed]
        for place, ids in self._met.items():
            if not os.path.isabs(place) or any(name.startswith(place) for name in failed):
                continue
            held = self._catalogue.held("place = ?", place)
            self._removed.extend(one.id for one in held if one.id not in ids and _from_name(one.id, place))
        if self._removed:
            self._corpus.remove(*self._removed)

    def report(self) -> IngestReport:
        """What was done."""
        by_outcome = {
            wanted: tuple(id for id, outcome in self._outcome.items() if outcome == wanted)
            for wanted in ("added", "changed", "unchanged")
        }
        warnings = []
        if self._foreign:
            warnings.append(
                f"{_some(self._foreign, 'is', 'are')} not in English: who says what is read by "
                "rules for English, and search finds less."
            )
        if self._unnamed:
            warnings.append(
                f"{_some(self._unnamed, 'has', 'have')} no known publisher, on which counts of sources "
                "rest. Set it with --publisher, or with corroborate edit ID --publisher NAME."
            )
        return IngestReport(
            **by_outcome, removed=tuple(self._removed), failed=tuple(self.failed), warnings=tuple(warnings)
        )


def _from_name(id: str, place: str) -> bool:
    """True where the id comes from the file's name: its stem, or "stem-N" in a file of several."""
    name, base = Path(place).name, base_of(id)
    stems = {Path(name).stem, Path(Path(name).stem).stem}
    head, _, number = base.rpartition("-")
    return base in stems or (number.isdigit() and head in stems)


def _some(ids: Sequence[str], one: str, several: str) -> str:
    shown = ", ".join(ids[:3]) + (", ..." if len(ids) > 3 else "")
    return f"1 article ({shown}) {one}" if len(ids) == 1 else f"{len(ids)} articles ({shown}) {several}"
