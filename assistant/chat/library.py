"""Library: the collection as the page shows it, and the one thread that adds and removes articles in the background."""

from __future__ import annotations

import json
import logging
import queue
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from pathlib import Path

from index.article import Article
from index.corpus import Corpus
from index.dates import PartialDate
from index.errors import CorroborateError, IndexLocked, SettingsError
from index.ingest import IngestReport, ingest_files

_log = logging.getLogger(__name__)

RETRY = 1.0
"""Seconds after which an index that another process writes to is tried again."""
JOBS_KEPT = 20
"""Finished jobs that the page goes on showing."""
FOUND = 400
"""Passages that a search of the list looks through."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do to the collection, and how far it is."""

    number: int
    """From 1, in the order asked for."""
    label: str
    """What it does, in words."""
    state: JobState = JobState.WAITING
    """How far it is."""
    done: int = 0
    """Articles dealt with."""
    total: int = 0
    """Articles to deal with, as far as is known; 0 while it is not."""
    told: str = ""
    """What came of it, or why it waits."""
    problems: tuple[str, ...] = ()
    """What could not be taken in, and what will work less well; a sentence each."""
    begun: float = 0.0
    """When it began to run, as `time.monotonic` has it; 0 before."""

    @property
    def seconds(self) -> int:
        """For how long it runs; 0 before it does."""
        return int(time.monotonic() - self.begun) if self.begun else 0

    @property
    def active(self) -> bool:
        """True until it has ended."""
        return self.state in (JobState.WAITING, JobState.RUNNING, JobState.STOPPING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles of the collection a list shows."""

    words: str = ""
    """Words to search for; empty for all."""
    publishers: tuple[str, ...] = ()
    """By whom; "" stands for the unknown publisher. Empty for all."""
    since: PartialDate | None = None
    """Published on this day or later."""
    until: PartialDate | None = None
    """Published on this day or earlier."""


@dataclass(frozen=True, slots=True)
class Added:
    """Articles to add."""

    label: str
    """What they are, in words."""
    paths: tuple[str, ...]
    """Files and addresses."""
    publisher: str = ""
    """Publisher of what does not name its own."""
    published: str = ""
    """Date of what has none."""
    staged: Path | None = None
    """The folder in which they lie, from `stage_files` or `stage_text`; it is deleted afterwards. None for others."""


class _Stopped(Exception):
    """The reader stopped the job."""


@dataclass
class _Work:
    """A job with what it takes to run it. Its own lock guards `job`."""

    job: Job
    run: Callable[[_Work], Job]
    staged: Path | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def change(self, **values: object) -> None:
        with self.guard:
            self.job = replace(self.job, **values)  # type: ignore[arg-type]

    def begin(self, total: int) -> None:
        """Called by ingest."""
        self._check()
        self.change(total=total)

    def step(self, done: int) -> None:
        """Called by ingest."""
        self.change(done=done, total=max(done, self.job.total))
        self._check()

    def _check(self) -> None:
        if self.stop.is_set():
            raise _Stopped


class Library:
    """The collection behind the page. Adding and removing happen one after the other in a thread of their own."""

    def __init__(self, corpus: Corpus) -> None:
        """`corpus`: the index, open for reading; writing opens it anew, for as long as it takes."""
        self._corpus = corpus
        self._folder = corpus.folder
        self._works: list[_Work] = []
        self._queue: queue.Queue[_Work] = queue.Queue()
        self._guard = threading.Lock()
        self._numbers = count(1)
        self._thread: threading.Thread | None = None

    # Looking

    def ids(self, wanted: Wanted) -> tuple[str, ...]:
        """Ids of the articles wanted: the best match first where words are given, else the newest first."""
        ids = self._corpus.newest_ids(wanted.publishers, wanted.since, wanted.until)
        if not wanted.words.strip():
            return ids
        found = self._corpus.keyword(wanted.words, FOUND, ids)
        return tuple(dict.fromkeys(hit.passage.article_id for hit in found))

    def articles(self, ids: Sequence[str]) -> tuple[Article, ...]:
        """The articles of these ids; those that have gone meanwhile are left out."""
        return tuple(self._corpus.articles(ids))

    def jobs(self) -> tuple[Job, ...]:
        """Every job not yet ended, and the last ones that have; the newest first."""
        with self._guard:
            return tuple(work.job for work in reversed(self._works))

    # Changing

    def add(self, wanted: Added) -> Job:
        """Adds articles in the background; the page goes on meanwhile."""
        return self._submit(wanted.label, lambda work: self._add(work, wanted), wanted.staged)

    def remove(self, id: str) -> Job:
        """Takes one article out in the background.

        Raises:
            ArticleMissing: no article has the id.
        """
        article = self._corpus.article(id)
        return self._submit(f"Remove “{article.title or article.id}”", lambda work: self._remove(work, id))

    def edit(self, id: str, publisher: str, published: str) -> Job:
        """Sets an article's publisher and date in the background; empty for unknown. It stays when the same file is
        read again.

        Raises:
            ArticleMissing: no article has the id.
        """
        article = self._corpus.article(id)
        label = f"Set publisher and date of “{article.title or article.id}”"
        return self._submit(label, lambda work: self._edit(work, id, publisher, published))

    def stop(self, number: int) -> None:
        """Stops a job; what it has stored by then stays."""
        with self._guard:
            for work in self._works:
                if work.job.number == number and work.job.active:
                    work.change(state=JobState.STOPPING, told="What is in hand is stored first.")
                    work.stop.set()

    def _submit(self, label: str, run: Callable[[_Work], Job], staged: Path | None = None) -> Job:
        with self._guard:
            work = _Work(Job(next(self._numbers), label), run, staged)
            ended = [old for old in self._works if not old.job.active]
            self._works = [old for old in self._works if old not in ended[:-JOBS_KEPT]] + [work]
            self._queue.put(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="library", daemon=True)
                self._thread.start()
            return work.job

    def _serve(self) -> None:
        while True:
            work = self._queue.get()
            try:
                job = self._with_patience(work)
            except _Stopped:
                done = work.job.done
                told = f"Stopped. {done} dealt with by then stay." if done else "Stopped."
                job = replace(work.job, state=JobState.STOPPED, told=told)
            except CorroborateError as error:
                job = replace(work.job, state=JobState.FAILED, told=str(error))
            except Exception as error:  # the thread outlives any fault; the log has the traceback
                _log.exception("the job failed: %s", work.job.label)
                told = f"It failed ({type(error).__name__}: {error}). The log of the server has the details."
                job = replace(work.job, state=JobState.FAILED, told=told)
            finally:
                if work.staged:
                    shutil.rmtree(work.staged.parent, ignore_errors=True)
            work.change(state=job.state, told=job.told, problems=job.problems, done=job.done)

    def _with_patience(self, work: _Work) -> Job:
        """Runs the job; while another process writes to the index, it waits."""
        while True:
            if work.stop.is_set():
                raise _Stopped
            work.change(state=JobState.RUNNING, told="", begun=time.monotonic())
            try:
                return work.run(work)
            except IndexLocked:
                told = "Another process is writing to the collection. This goes on when it has finished."
                work.change(state=JobState.WAITING, told=told)
                work.stop.wait(RETRY)

    def _add(self, work: _Work, wanted: Added) -> Job:
        report = ingest_files(
            wanted.paths, self._folder, publisher=wanted.publisher, published=wanted.published or None, progress=work
        )
        self._corpus.refresh()
        state = JobState.DONE if report.added or report.changed or report.unchanged else JobState.FAILED
        return replace(work.job, state=state, told=_told(report), problems=_problems(report, wanted.staged))

    def _remove(self, work: _Work, id: str) -> Job:
        with Corpus.writing(self._folder, tagger=self._corpus.manifest.tagger) as corpus:
            corpus.remove(id)
        self._corpus.refresh()
        return replace(work.job, state=JobState.DONE, told="Removed.", done=1)

    def _edit(self, work: _Work, id: str, publisher: str, published: str) -> Job:
        with Corpus.writing(self._folder, tagger=self._corpus.manifest.tagger) as corpus:
            article = corpus.edit(id, publisher=publisher, published=published)
        self._corpus.refresh()
        told = f"Now by {article.publisher or 'an unknown publisher'}, {article.published or 'without a date'}."
        return replace(work.job, state=JobState.DONE, told=told, done=1)


def _told(report: IngestReport) -> str:
    parts = [(len(getattr(report, name)), name) for name in ("added", "changed", "unchanged", "removed", "failed")]
    words = [f"{number} {'there already' if name == 'unchanged' else name}" for number, name in parts if number]
    return ", ".join(words).capitalize() + "." if words else "Nothing was found in it."


_COMMANDS = re.compile(r"Set it with --publisher[^.]*\.")
"""Where a warning tells of commands, the page has a place for it."""


def _problems(report: IngestReport, staged: Path | None) -> tuple[str, ...]:
    """Failures and warnings; a path of the server's own means nothing to the reader, so files are told by name."""
    failures = [f"{failure.name}: {failure.reason}" for failure in report.failed]
    found = [*failures, *(_COMMANDS.sub("Set it below, under “In the collection”.", one) for one in report.warnings)]
    return tuple(text.replace(f"{staged}/", "") for text in found) if staged else tuple(found)


# --- what comes from the page, as files that ingest reads


def stage_files(files: Sequence[str]) -> tuple[Path, tuple[str, ...]]:
    """Moves uploaded files into a folder of their own under their own names: (folder, paths)."""
    folder = _stage()
    paths = []
    for number, file in enumerate(files, start=1):
        source = Path(file)
        target = folder / source.name
        if target.exists():
            target = folder / str(number) / source.name
            target.parent.mkdir()
        shutil.move(source, target)
        paths.append(str(target))
    return folder, tuple(paths)


@dataclass(frozen=True, slots=True)
class Pasted:
    """An article that was typed or pasted; every field but the text may be empty."""

    text: str
    """The article."""
    title: str = ""
    """Its headline."""
    publisher: str = ""
    """Who published it."""
    published: str = ""
    """When, as typed."""
    url: str = ""
    """Where."""


def stage_text(pasted: Pasted) -> tuple[Path, tuple[str, ...]]:
    """Writes a pasted article as a JSON record, which keeps its text as it is: (folder, paths).

    Raises:
        SettingsError: there is no text.
    """
    if not any(mark.isalnum() for mark in pasted.text):
        raise SettingsError("There is no text to add. Paste the article's text.")
    folder = _stage()
    name = re.sub(r"[^a-z0-9]+", "-", (pasted.title or pasted.text).casefold()[:60]).strip("-") or "pasted"
    record = {
        "title": pasted.title,
        "publisher": pasted.publisher,
        "published": pasted.published,
        "url": pasted.url,
        "text": pasted.text,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps({field: value for field, value in record.items() if value.strip()}), encoding="utf-8")
    return folder, (str(path),)


def _stage() -> Path:
    """A new folder; its name stands before an article's id where another article has the same."""
    moment = datetime.now(UTC).strftime("added-%Y-%m-%d-%H%M%S")
    folder = Path(tempfile.mkdtemp(prefix="corroborate-")) / moment
    folder.mkdir()
    return folder


_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)


def addresses(text: str, most: int) -> tuple[str, ...]:
    """The web addresses typed, one a line.

    Raises:
        SettingsError: there is none, there are too many, or a line is no http(s) address.
    """
    lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not lines:
        raise SettingsError("There is no address to read. Give one a line, as: https://example.org/article")
    if len(lines) > most:
        raise SettingsError(f"These are {len(lines)} addresses; at most {most} are read at once. Give fewer.")
    wrong = next((line for line in lines if not _ADDRESS.match(line)), "")
    if wrong:
        raise SettingsError(f'"{wrong}" is not a web address. It has to begin with http:// or https://')
    return lines
