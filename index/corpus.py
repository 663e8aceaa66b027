"""Corpus: one door to the three stores. Readers open it and search; one writer at a time adds and removes."""

from __future__ import annotations

import math
import os
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.catalogue import Catalogue
from index.dates import PartialDate
from index.embedder import DEFAULT_EMBEDDER, Embedder, load_embedder
from index.errors import ArticleMissing, IndexMismatch, IndexMissing, IndexUnusable
from index.kept_vectors import KeptVectors
from index.lock import writer_lock
from index.manifest import (
    FEEDBACK,
    MANIFEST,
    Manifest,
    check_embedder,
    check_usable,
    installed_versions,
    manifest_stamp,
    read_manifest,
    write_manifest,
)
from index.overrides import EDIT, overridden, record
from index.passages import Passage
from index.prepare import RULES, Finder, PreparedArticle, Stages, default_stages, prepare
from index.rough import Rough
from index.rulings import Rulings, read_rulings
from index.search import Found, Search
from index.spans import Span
from index.statements import Statement
from index.stores import RepairReport, Stores


@dataclass(frozen=True, slots=True)
class PublisherCount:
    """What the index holds of one publisher."""

    publisher: str
    """Its name; empty for articles whose publisher is unknown."""
    articles: int
    """How many articles."""
    first: PartialDate | None
    """Date of the earliest; None where none is dated."""
    last: PartialDate | None
    """Date of the latest; None where none is dated."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that could not be taken in."""

    name: str
    """The file, address or record."""
    reason: str
    """Why, in a few words."""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index."""

    folder: str
    """Where it is."""
    articles: int
    """Articles that readers see."""
    passages: int
    """Their passages."""
    statements: int
    """Their statements."""
    copies: int
    """Pairs of articles linked as copies."""
    publishers: int
    """Different publishers, the unknown one left out."""
    undated: int
    """Articles without a date."""
    pending: int
    """Articles whose storing was cut short; the next ingest or repair finishes it."""
    failed: tuple[Failure, ...]
    """What the last ingest could not take in."""
    updated: str
    """When the last ingest began, ISO 8601 with zone; empty where there was none."""
    manifest: Manifest
    """What built the index."""
    schema: int
    """Version of the catalogue's schema."""


class Corpus:
    """An index. Searches may run in several threads."""

    def __init__(self, folder: Path, embedder: Embedder | None) -> None:
        """Use `open` or `writing`."""
        self._at_opening = RepairReport()
        self.folder = folder
        self._given = embedder
        self._embedder: Embedder | None = None
        self._vectors: KeptVectors | None = None
        self._guard = threading.RLock()
        self._names: tuple[object, tuple[str, ...]] | None = None
        self._load()

    def _load(self) -> None:
        self._stamp = manifest_stamp(self.folder)
        self.manifest = read_manifest(self.folder)
        if self._given:
            check_embedder(self.manifest, self._given.name, self._given.dimensions)
        folder = self.manifest.folder(self.folder)
        if not (folder / "catalogue.sqlite").exists():
            raise IndexMissing(f"{self.folder} has lost its catalogue, {folder}. Put a backup in its place.")
        self._stores = Stores(folder, self.manifest.dimensions)
        self._search = Search(self._stores)
        self._rough = Rough(self._catalogue)
        self._commits = self._catalogue.setting("commits")

    # Opening

    @classmethod
    def open(cls, folder: str | Path, embedder: Embedder | None = None) -> Corpus:
        """Opens an index for reading. `embedder`: the one it was built with; left out, it is loaded when needed.

        A store that is missing (an unpacked backup has the catalogue alone) is made again first.

        Raises:
            IndexMissing: there is no index in the folder.
            IndexMismatch: it was built with another embedder or a newer version.
            IndexLocked: a store is missing and another process is writing.
        """
        corpus = cls(Path(folder), embedder)
        if not corpus._stores.complete:
            try:
                with writer_lock(corpus.folder):
                    corpus._stores.mend()
            except BaseException:
                corpus.close()
                raise
        return corpus

    @classmethod
    @contextmanager
    def writing(cls, folder: str | Path, embedder: Embedder | None = None, *, tagger: str = RULES) -> Iterator[Corpus]:
        """Opens an index for writing, makes it where there is none, and finishes what an earlier writer could not.

        Raises:
            IndexLocked: another process is writing; the message says which.
            IndexMismatch: the index was built with another embedder or tagger, or by a newer version.
            IndexUnusable: the folder holds other files and no index.
        """
        where = Path(folder)
        check_usable(where)
        where.mkdir(parents=True, exist_ok=True)
        with writer_lock(where):
            try:
                manifest = read_manifest(where)
            except IndexMissing:
                _create(where, embedder or load_embedder(DEFAULT_EMBEDDER), tagger)
                manifest = read_manifest(where)
            if manifest.tagger != tagger:
                raise IndexMismatch(
                    f"The statements of the index were read by the tagger {manifest.tagger!r}; the settings ask for "
                    f"{tagger!r}. Ingest again with --rebuild."
                )
            corpus = cls(where, embedder)
            try:
                for number in range(1, manifest.generation):
                    shutil.rmtree(where / f"generation-{number}", ignore_errors=True)
                corpus._at_opening = corpus._stores.make_ready()
                yield corpus
            finally:
                corpus.close()

    def close(self) -> None:
        """Lets all files go."""
        with self._guard:
            self._search.close()
            self._stores.close()

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self) -> None:
        """Sees what was committed since. Searches do it by themselves."""
        with self._guard:
            if manifest_stamp(self.folder) != self._stamp:  # built again, as a new generation
                self.close()
                self._embedder = self._vectors = None
                self._load()
            commits = self._catalogue.setting("commits")
            if commits != self._commits:
                self._commits = commits
                self._stores.keywords.refresh()

    @property
    def _catalogue(self) -> Catalogue:
        return self._stores.catalogue

    @property
    def embedder(self) -> Embedder:
        """The embedder that the index was built with, loaded when first used."""
        with self._guard:
            if self._embedder is None:
                self._embedder = self._given or load_embedder(self.manifest.embedder)
                check_embedder(self.manifest, self._embedder.name, self._embedder.dimensions)
            return self._embedder

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions); those of texts embedded lately are kept."""
        with self._guard:
            vectors = self._vectors = self._vectors or KeptVectors(self.embedder)
        return vectors.encode(texts)

    # Reading

    def __len__(self) -> int:
        return self._catalogue.number("SELECT count(*) FROM articles WHERE state = 'done'")

    def article(self, id: str) -> Article:
        """The article of that id. Raises ArticleMissing."""
        found = self._catalogue.articles([id])
        if id not in found:
            self._catalogue.key(id)  # raises, with the message that says what to do
            raise ArticleMissing(f"The article {id!r} was replaced at this moment. Try again.")
        return found[id]

    def article_ids(
        self, publishers: Sequence[str] = (), since: PartialDate | None = None, until: PartialDate | None = None
    ) -> tuple[str, ...]:
        """Ids of the articles of these publishers (case and accents aside) and dates, bounds included, in the ids'
        order. An article dated only to the month or year is in where it can be in the range; undated ones are out
        where a bound is set."""
        return self._catalogue.article_ids(publishers, since, until)

    def newest_ids(
        self, publishers: Sequence[str] = (), since: PartialDate | None = None, until: PartialDate | None = None
    ) -> tuple[str, ...]:
        """The same ids as `article_ids`, the latest dated first and the undated ones last."""
        return self._catalogue.newest_ids(publishers, since, until)

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        """Articles in the order of the ids given, or all in the order of their ids; some at a time, so that memory
        stays flat. Ids that no article has are left out."""
        wanted = list(self.article_ids() if ids is None else ids)
        for at in range(0, len(wanted), 100):
            part = self._catalogue.articles(wanted[at : at + 100])
            yield from (part[id] for id in wanted[at : at + 100] if id in part)

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        """An article's passages in text order. Raises ArticleMissing."""
        return self._catalogue.passages(article_id)

    def statements(self, article_id: str) -> tuple[Statement, ...]:
        """What an article attributes, in the order in which it was read, under the user's rulings on parties. Raises
        ArticleMissing."""
        found, rulings = self._catalogue.statements(article_id), self.rulings()
        return tuple(rulings.applied(statement) for statement in found) if rulings.apart else found

    def rulings(self) -> Rulings:
        """Which names the user set to be one party, or two."""
        return read_rulings(self._catalogue)

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Ids of the article's copies and near copies, without itself. Raises ArticleMissing."""
        return self._catalogue.copies(article_id)

    def publishers(self) -> tuple[PublisherCount, ...]:
        """Publishers with their articles and dates, the one with most articles first."""
        return tuple(PublisherCount(*row) for row in self._catalogue.publishers())

    def dense(self, query: str, limit: int, ids: Collection[str] | None = None) -> tuple[Found, ...]:
        """The passages nearest in meaning, best first. `ids`: articles to keep to; None for all."""
        self.refresh()
        if limit < 1 or not len(self):
            return ()
        return self._search.nearest(self.embed([query])[0], limit, ids)

    def keyword(self, query: str, limit: int, ids: Collection[str] | None = None) -> tuple[Found, ...]:
        """The passages that hold the query's words, best first (BM25; title and publisher count too). Any marks may
        stand in the query. `ids`: articles to keep to; None for all."""
        self.refresh()
        return self._search.matching(query, limit, ids) if limit > 0 else ()

    def words(self, text: str) -> list[str]:
        """The words of a text as the keyword index has them."""
        return self._stores.keywords.analyse(text)

    def rarity(self, words: Collection[str]) -> dict[str, float]:
        """BM25's weight of each word (as `words` gives them), from how many passages hold it."""
        self.refresh()
        total = self._stores.keywords.count()
        return {
            word: math.log(1 + (total - many + 0.5) / (many + 0.5))
            for word, many in self._stores.keywords.frequencies(words).items()
        }

    def publisher_names(self) -> tuple[str, ...]:
        """The known publishers' names; read once for each state of the index, for every question asks for them."""
        self.refresh()
        with self._guard:
            state = (self._stamp, self._commits)
            if self._names is None or self._names[0] != state:
                self._names = (state, tuple(one.publisher for one in self.publishers() if one.publisher))
            return self._names[1]

    def cosines(self, text: str, ids: Collection[str]) -> dict[str, tuple[tuple[Span, float], ...]]:
        """How near in meaning each passage of some articles is to a text: its span and cosine, by article id."""
        return self._search.cosines(self.embed([text])[0], ids) if ids else {}

    def rough_cosines(self, queries: Sequence[str], texts: Sequence[str]) -> NDArray[np.float32] | None:
        """How near texts are to queries by their word pieces alone, shape (len(texts), len(queries)): see
        `index.rough`. None where the index's embedder cannot tell."""
        return self._rough.cosines(self.embedder, queries, texts)

    def status(self) -> Status:
        """The state of the index."""
        catalogue = self._catalogue
        publishers = [one for one in self.publishers() if one.publisher]
        joined = "JOIN articles a ON a.key = article WHERE a.state = 'done'"
        failed = catalogue.rows("SELECT name, reason FROM failures ORDER BY rowid")
        return Status(
            folder=str(self.folder),
            articles=len(self),
            passages=catalogue.number(f"SELECT count(*) FROM passages {joined}"),
            statements=catalogue.number(f"SELECT count(*) FROM statements {joined}"),
            copies=catalogue.number(
                "SELECT count(*) FROM copies JOIN articles a ON a.key = one JOIN articles b ON b.key = other "
                "WHERE a.state = 'done' AND b.state = 'done'"
            ),
            publishers=len(publishers),
            undated=catalogue.number("SELECT count(*) FROM articles WHERE state = 'done' AND first_day IS NULL"),
            pending=catalogue.number("SELECT count(*) FROM articles WHERE state = 'pending'"),
            failed=tuple(Failure(*row) for row in failed),
            updated=catalogue.setting("updated"),
            manifest=self.manifest,
            schema=catalogue.schema,
        )

    def backup(self, file: str | Path) -> None:
        """Writes one tar file (gzipped where its name ends in gz) with the manifest, the feedback and a consistent copy
        of the catalogue, whoever writes meanwhile; a file of that name is replaced. Unpack it into an empty folder and
        open that: the other stores are made again from the catalogue.

        Raises:
            IndexUnusable: the file cannot be written.
        """
        target = Path(file)
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
                copy, packed = Path(scratch, "catalogue.sqlite"), Path(scratch, "backup.tar")
                self._catalogue.backup(copy)
                with tarfile.open(packed, "w:gz" if target.name.endswith("gz") else "w") as tar:
                    for name in (MANIFEST, FEEDBACK):
                        if (self.folder / name).exists():
                            tar.add(self.folder / name, name)
                    tar.add(copy, f"{self.manifest.folder(self.folder).name}/catalogue.sqlite")
                os.replace(packed, target)
        except OSError as error:
            raise IndexUnusable(f"The backup {target} cannot be written: {error.strerror or error}.") from error

    # Writing: only on a corpus from `writing`

    @property
    def stores(self) -> Stores:
        """The stores, for ingest."""
        return self._stores

    def add(self, articles: Sequence[PreparedArticle]) -> None:
        """Stores articles, in place of those of the same ids; when it returns they are there to stay."""
        self._stores.put(articles)

    def find_copies(
        self, one: PreparedArticle, finder: Finder, stages: Stages, waiting: Mapping[str, Article]
    ) -> tuple[str, ...]:
        """Ids of the article's copies among those that the finder knows. `waiting`: articles about to be stored."""
        ids = [id for id in finder.candidates(one.signature) if id != one.article.id]
        there = {id: waiting[id] for id in ids if id in waiting}
        there |= self._catalogue.articles([id for id in ids if id not in there])
        return tuple(id for id in ids if id in there and stages.is_copy(one.article, there[id]))

    def remove(self, *ids: str) -> None:
        """Takes articles out, with what the user set for them. Raises ArticleMissing, and then removes none."""
        self._stores.remove(tuple(dict.fromkeys(ids)))

    def edit(
        self,
        id: str,
        *,
        publisher: str | None = None,
        published: PartialDate | str | None = None,
        title: str | None = None,
        author: str | None = None,
        stages: Stages | None = None,
    ) -> Article:
        """Sets what the file does not tell, or tells wrongly; it stays when the same file is ingested again. None
        leaves a field as it is; "" makes it unknown. Returns the article as it is now.

        Raises:
            ArticleMissing: no article has the id.
            SettingsError: the date is none.
        """
        article = self.article(id)
        given = {"publisher": publisher, "published": published, "title": title, "author": author}
        record(self._catalogue, id, {name: value for name, value in given.items() if value is not None}, EDIT)
        changed = overridden(self._catalogue, article)
        if changed.content_hash != article.content_hash:
            stages = stages or default_stages(self.manifest.tagger)
            (prepared,) = prepare([changed], self.embedder, stages)
            copies = self.find_copies(prepared, stages.finder(self._catalogue.signatures()), stages, {})
            self.add([replace(prepared, copies=copies)])
        return changed

    def repair(self) -> RepairReport:
        """Checks the stores against each other and mends what differs; the report includes what opening mended.
        Raises IndexMismatch where the catalogue itself is damaged."""
        return self._at_opening + self._stores.mend()


def _create(folder: Path, embedder: Embedder, tagger: str) -> None:
    """Makes an empty index. The manifest comes last: without it, the next try begins anew."""
    manifest = Manifest(
        generation=1,
        embedder=embedder.name,
        dimensions=embedder.dimensions,
        tagger=tagger,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=installed_versions(),
    )
    shutil.rmtree(manifest.folder(folder), ignore_errors=True)
    manifest.folder(folder).mkdir()
    Stores(manifest.folder(folder), embedder.dimensions).close()
    write_manifest(folder, manifest)
