"""Ingest: files in, an index out. The whole offline flow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.article import Article
from index.catalogue import Held
from index.corpus import Corpus, Failure
from index.dates import PartialDate
from index.embedder import canonical_name, load_embedder
from index.errors import IndexMissing
from index.identity import base_of, from_name, place_of, settle
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
        """`total`: bytes to read; 0 where that cannot be known."""
        ...

    def step(self, done: int, articles: int) -> None:
        """`done`: bytes read so far, never more than the total; `articles`: articles stored or found unchanged."""
        ...



def ingest_files(
    paths: Sequence[str | Path],
    index: str | Path,
    *,
    publisher: str = "",
    published: str | date | PartialDate | None = None,
    embedder: str | None = None,
    tagger: str = RULES,
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
        tagger: name of the tagger that reads statements.
        strict: stop at the first input that cannot be read; what came before it is stored.
        progress: is told how far it has come.
        stages: other functions for the steps between reading and storing; for tests and experiments.

    Raises:
        IndexLocked: another process is writing to the index.
        IndexMismatch: the index was built with another embedder or tagger.
        SettingsError: the date is none, or there is no such embedder or tagger.
    """
    from index.readers import ReadOptions, read_inputs

    options = ReadOptions(publisher, checked_date(published))
    stages = stages or default_stages(tagger)
    given = None
    if embedder:
        try:
            check_embedder(read_manifest(Path(index)), canonical_name(embedder))
        except IndexMissing:
            given = load_embedder(embedder)
    with Corpus.writing(index, given, tagger=tagger) as corpus:
        meter = _Meter(progress, total_size(paths, Path(index)))
        return ingest_items(corpus, read_inputs(paths, options), stages, meter.read, _stop_at_first if strict else _go_on)


def ingest_items(
    corpus: Corpus,
    items: Iterable[Article | ReadFailure],
    stages: Stages,
    watch: Callable[[str, int, int], None] = lambda place, length, articles: None,
    go_on: Callable[[Failure], bool] = lambda failure: True,
) -> IngestReport:
    """Takes articles, and what could not be read, into a corpus opened for writing.

    `watch` is told the place and length of each item and how many articles are dealt with; `go_on` tells after a
    failure whether to read on.
    """
    run = _Run(corpus, stages)
    own = place_of(str(corpus.folder))
    for item in items:
        place = place_of(item.path if isinstance(item, Article) else item.name)
        if place == own or place.startswith(own + os.sep):
            continue  # the index lies in the folder that is read
        if isinstance(item, Article):
            run.take(item)
            watch(place, len(item.text), run.count)
        else:
            run.fail(item.name, item.reason)
        if run.failed and not go_on(run.failed[-1]):
            run.store()
            return run.report()
    run.store()
    run.remove_stale()
    return run.report()


def _go_on(failure: Failure) -> bool:
    return True


def _stop_at_first(failure: Failure) -> bool:
    return False


class _Run:
    """One ingest as it goes: what waits to be stored, and what is to be reported."""

    def __init__(self, corpus: Corpus, stages: Stages) -> None:
        self._corpus, self._stages = corpus, stages
        self._catalogue = corpus.stores.catalogue
        self._waiting: dict[str, Article] = {}
        self._bases: set[str] = set()
        self._length = 0
        self._met: dict[str, set[str]] = {}
        self._outcome: dict[str, str] = {}
        self._removed: list[str] = []
        self._foreign: list[str] = []
        self._unnamed: list[str] = []
        self.failed: list[Failure] = []
        rows = self._catalogue.rows("SELECT id, signature FROM articles WHERE state = 'done' ORDER BY key")
        # The finder keeps a version of an article for good, so each version has a name of its own there.
        self._versions = {str(number): row[0] for number, row in enumerate(rows)}
        self._finder = stages.finder((str(number), row[1]) for number, row in enumerate(rows))
        with self._catalogue.transaction():
            self._catalogue.execute("DELETE FROM failures")
            self._catalogue.set("updated", datetime.now(UTC).isoformat(timespec="seconds"))

    @property
    def count(self) -> int:
        """Articles stored or found unchanged."""
        return len(self._outcome) - len(self._waiting)

    def fail(self, name: str, reason: str) -> None:
        """Notes an input that cannot be taken in."""
        self.failed.append(Failure(name, reason))
        self._catalogue.execute("INSERT INTO failures VALUES (?, ?)", name, reason)

    def take(self, article: Article) -> None:
        """Stores an article, soon, unless it is there already."""
        try:
            article.text.encode()
        except UnicodeEncodeError:
            self.fail(article.path or article.id, "its text holds half a surrogate pair, which no encoding has")
            return
        if base_of(article.id) in self._bases:
            self.store()  # the article's place is found among what is stored
        settled = settle(article, self._catalogue, self._says_the_same)
        for old, new in settled.renamed:
            self._rename(old, new)
        article, held = settled.article, settled.held
        self._met.setdefault(place_of(article.path), set()).add(article.id)
        record(self._catalogue, article.id, fills(article), FILL)
        article = overridden(self._catalogue, article)
        self._note(article)
        held = self._catalogue.held_as(held.id) if held else None
        if held and held.hash == article.content_hash:
            self._outcome.setdefault(article.id, "unchanged")
            if held.record != article_record(article):
                self._catalogue.execute(
                    "UPDATE articles SET record = ?, place = ? WHERE key = ?",
                    article_record(article), place_of(article.path), held.key,
                )  # fmt: skip
            return
        if self._outcome.get(article.id) != "added":
            self._outcome[article.id] = "changed" if held else "added"
        self._waiting[article.id] = article
        self._bases.add(base_of(article.id))
        self._length += len(article.text)
        if self._length >= BATCH_CHARACTERS:
            self.store()

    def _says_the_same(self, article: Article, held: Held) -> bool:
        return overridden(self._catalogue, article).content_hash == held.hash

    def _rename(self, old: str, new: str) -> None:
        self._corpus.stores.rename(old, new)
        self._versions = {version: new if id == old else id for version, id in self._versions.items()}
        self._outcome = {new if id == old else id: outcome for id, outcome in self._outcome.items()}
        for ids in self._met.values():
            if old in ids:
                ids.symmetric_difference_update({old, new})

    def _note(self, article: Article) -> None:
        if article.language not in ("", "en"):
            self._foreign.append(article.id)
        if not article.publisher:
            self._unnamed.append(article.id)

    def store(self) -> None:
        """Stores what waits. An article that cannot be prepared fails alone."""
        waiting = list(self._waiting.values())
        try:
            prepared = list(prepare(waiting, self._corpus.embedder, self._stages)) if waiting else []
        except Exception:  # whatever a single odd text may provoke: found again below, one by one
            prepared = [one for article in waiting for one in self._prepared_alone(article)]
        linked: list[PreparedArticle] = []
        for one in prepared:
            linked.append(replace(one, copies=self._copies(one)))
            version = str(len(self._versions))
            self._versions[version] = one.article.id
            self._finder.add(version, one.signature)
        if linked:
            self._corpus.add(linked)
        self._waiting, self._bases, self._length = {}, set(), 0

    def _prepared_alone(self, article: Article) -> Iterator[PreparedArticle]:
        try:
            yield from prepare([article], self._corpus.embedder, self._stages)
        except Exception as error:
            self._outcome.pop(article.id, None)
            self.fail(article.path or article.id, f"{type(error).__name__}: {error}")

    def _copies(self, one: PreparedArticle) -> tuple[str, ...]:
        article = one.article
        candidates = self._finder.matches("", one.signature, article.text)
        ids = dict.fromkeys(self._versions[version] for version in candidates)
        ids.pop(article.id, None)
        there = self._catalogue.articles(list(ids)) | {id: self._waiting[id] for id in ids if id in self._waiting}
        return tuple(id for id in ids if id in there and self._stages.is_copy(article, there[id]))

    def remove_stale(self) -> None:
        """Removes what a file that was read whole held before and holds no more. An id that the record itself gave is
        kept: a feed or an export shows only its newest entries."""
        failed = {place_of(failure.name) for failure in self.failed}
        for place, ids in self._met.items():
            broken = any(name == place or name.startswith(place) for name in failed)
            if broken or place in ("", "-") or "://" in place:
                continue
            held = self._catalogue.held("place = ?", place)
            self._removed.extend(one.id for one in held if one.id not in ids and from_name(one.id, place))
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
                f"{_some(self._foreign)} not in English: who says what is read by rules for English, and search finds "
                "less."
            )
        if self._unnamed:
            warnings.append(
                f"{_some(self._unnamed)} without a known publisher: counts of sources rest on it. Set it with "
                "--publisher, or with corroborate edit ID --publisher NAME."
            )
        return IngestReport(
            **by_outcome, removed=tuple(self._removed), failed=tuple(self.failed), warnings=tuple(warnings)
        )


def _some(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:3]) + (", ..." if len(ids) > 3 else "")
    return f"{len(ids)} {'article is' if len(ids) == 1 else 'articles are'} ({shown})"


def total_size(paths: Sequence[str | Path], index: Path) -> int:
    """Bytes of the files to read; addresses and standard input count as none."""
    total, own = 0, index.absolute()
    for path in paths:
        for parent, folders, names in os.walk(path):
            folders[:] = [name for name in folders if Path(parent, name).absolute() != own]
            total += sum(_size(os.path.join(parent, name)) for name in names)
        total += 0 if os.path.isdir(path) else _size(str(path))
    return total


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


class _Meter:
    """Bytes read so far, told from the articles that come: a file counts as read when the next one begins, and within
    a file of many records their texts count."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total = progress, total
        self._place, self._before, self._within = "", 0, 0
        if progress:
            progress.begin(total)

    def read(self, place: str, length: int, articles: int) -> None:
        """An article of so many characters came from the place."""
        if place != self._place:
            self._before += _size(self._place) if self._place else 0
            self._place, self._within = place, 0
        self._within = min(self._within + length, _size(place))
        if self._progress:
            self._progress.step(min(self._before + self._within, self._total), articles)
