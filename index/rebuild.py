"""Rebuild: an index made again from the articles that it holds, with another embedder or tagger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index.article import Article
from index.embedder import Embedder, load_embedder
from index.ingest import BATCH_CHARACTERS, Progress
from index.lock import write_whole, writer_lock
from index.manifest import Manifest, installed_versions, read_manifest, write_manifest
from index.prepare import Stages, default_stages, prepare
from index.stores import Stores

_PLAN = "plan.json"


def rebuild_index(
    index: str | Path,
    *,
    embedder: str | None = None,
    tagger: str | None = None,
    progress: Progress | None = None,
    stages: Stages | None = None,
) -> int:
    """Splits, embeds and reads all articles of an index anew, keeping what the user set, and returns how many they
    are. Until it is whole, readers have the old one; a rebuild that was cut short goes on from there when it is asked
    for again.

    Args:
        index: the index's folder.
        embedder: name of the embedder; None for the one that built the index.
        tagger: name of the tagger that reads statements; None for the one that built the index.
        progress: is told how far it has come.
        stages: other functions for the steps between reading and storing; for tests and experiments.

    Raises:
        IndexMissing: there is no index in the folder.
        IndexLocked: another process is writing to it.
        SettingsError: there is no such embedder or tagger.
    """
    folder = Path(index)
    before = read_manifest(folder)
    used = load_embedder(embedder or before.embedder)
    tagger = tagger or before.tagger
    stages = stages or default_stages(tagger)
    with writer_lock(folder):
        before = read_manifest(folder)
        after = Manifest(
            generation=before.generation + 1,
            embedder=used.name,
            dimensions=used.dimensions,
            tagger=tagger,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            versions=installed_versions(),
        )
        old = Stores(before.folder(folder), before.dimensions)
        new = _begun(folder, after)
        try:
            old.recover()
            new.recover()
            count = _carry(old, new, used, stages, progress)
        finally:
            old.close()
            new.close()
        write_manifest(folder, after)
        shutil.rmtree(before.folder(folder), ignore_errors=True)
    return count


def _begun(folder: Path, plan: Manifest) -> Stores:
    """The stores of the new generation: those of a rebuild to the same end that was cut short, or empty ones."""
    target = plan.folder(folder)
    wanted = json.dumps([plan.embedder, plan.dimensions, plan.tagger, plan.versions])
    try:
        same = (target / _PLAN).read_text("utf-8") == wanted
    except OSError:
        same = False
    if not same:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        write_whole(target / _PLAN, wanted)
    return Stores(target, plan.dimensions)


def _carry(old: Stores, new: Stores, embedder: Embedder, stages: Stages, progress: Progress | None) -> int:
    source, target = old.catalogue, new.catalogue
    with target.transaction():
        for table, columns in (("overrides", 4), ("failures", 2)):
            target.execute(f"DELETE FROM {table}")
            for row in source.rows(f"SELECT * FROM {table}"):
                target.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", *row)
        target.set("updated", source.setting("updated"))
    ids = source.article_ids()
    hashes = {held.id: held.hash for held in target.held()}
    if gone := sorted(hashes.keys() - set(ids)):
        new.remove(gone)
    if progress:
        progress.begin(len(ids))
    count = 0
    for batch in _batches(source.articles([id])[id] for id in ids):
        fresh = [article for article in batch if hashes.get(article.id) != article.content_hash]
        if fresh:
            prepared = prepare(fresh, embedder, stages)
            new.put([replace(one, copies=source.copies(one.article.id)) for one in prepared])
        count += len(batch)
        if progress:
            progress.step(count)
    return count


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    length = 0
    for article in articles:
        batch.append(article)
        length += len(article.text)
        if length >= BATCH_CHARACTERS:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
