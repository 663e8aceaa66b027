"""Run: each suite's corpus into an index of its own, each case put to the assistant, each answer scored.

    run_suites(suites, Bench(build_index, open_assistant)) -> SuiteResults, each with its CaseResults

What goes wrong in one case is that case's error, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer
from evals.scorers import Check, score
from evals.suite import Case, Suite
from index.article import Article
from index.errors import ArticleMissing, CorroborateError


class Talker(Protocol):
    """A conversation: each question may lean on the ones before it."""

    def ask(self, question: str, /) -> Answer:
        """The answer to one turn."""
        ...


class Answerer(Protocol):
    """The part of the assistant that a suite needs."""

    def ask(self, question: str, /) -> Answer:
        """The answer to a question that stands alone."""
        ...

    def conversation(self) -> Talker:
        """A new conversation."""
        ...

    def article(self, id: str, /) -> Article:
        """The article as the index holds it; raises ArticleMissing."""
        ...


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run is done with; tests put their own functions here."""

    build_index: Callable[[Path, Path], tuple[str, ...]]
    """Ingests a corpus (first) into an index folder (second); gives warnings, one for each file that failed."""
    open_assistant: Callable[[Path], Answerer]
    """Opens the index in a folder."""
    cache: Path | None = None
    """Where indexes are kept between runs; None for a temporary folder that is gone afterwards."""
    on_case: Callable[[Suite, CaseResult], None] = lambda suite, result: None
    """Called after each case, to show progress."""


class Outcome(StrEnum):
    """How a case ended; not answered is kept apart from wrong."""

    PASSED = "passed"
    WRONG = "wrong"
    NOT_ANSWERED = "not answered"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case with its answer and what was held against it."""

    case: Case
    """What was asked and expected."""
    answers: tuple[Answer, ...]
    """One for each turn that was answered, the scored one last; empty where the first turn raised an error."""
    checks: tuple[Check, ...]
    """Every check of the last answer; empty where there was an error."""
    error: str
    """The traceback of what the case raised; empty where it raised nothing."""
    seconds: float
    """Wall time of all turns together, scoring left out."""

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.passed)

    @property
    def outcome(self) -> Outcome:
        """Passed where every check holds; not answered where an abstention stands in for an answer that was due."""
        if self.error:
            return Outcome.ERROR
        if not self.failed:
            return Outcome.PASSED
        if self.answers[-1].abstained and not self.case.expect.abstain:
            return Outcome.NOT_ANSWERED
        return Outcome.WRONG


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """One suite with the results of its cases."""

    suite: Suite
    """The suite that was run."""
    cases: tuple[CaseResult, ...]
    """In the order of the suite; empty where its index could not be built."""
    warnings: tuple[str, ...] = ()
    """Files that could not be read, ids that the index does not hold."""
    error: str = ""
    """Why the suite could not be run at all; empty where it was."""

    def count(self, outcome: Outcome) -> int:
        """How many cases ended so; where the suite could not be run, all of them count as errors."""
        if self.error:
            return len(self.suite.cases) if outcome is Outcome.ERROR else 0
        return sum(result.outcome is outcome for result in self.cases)

    @property
    def share(self) -> float:
        """Passed cases out of all, 0 to 1."""
        return self.count(Outcome.PASSED) / len(self.suite.cases)


def product_bench(model: str | None = None, cache: Path | None = None) -> Bench:
    """The product itself: its ingest and its assistant, with a chat model where one is named."""

    def build(corpus: Path, folder: Path) -> tuple[str, ...]:
        from index.ingest import ingest_files

        report = ingest_files([str(corpus)], str(folder))
        failures = (f"{failure.name}: {failure.reason}" for failure in report.failed)
        return (*failures, *map(str, report.warnings))

    def open_assistant(folder: Path) -> Answerer:
        from assistant.api import Assistant

        return Assistant.open(str(folder), model=model)

    return Bench(build, open_assistant, cache)


def run_suites(suites: Iterable[Suite], bench: Bench) -> tuple[SuiteResult, ...]:
    """Runs the suites one after the other."""
    return tuple(run_suite(suite, bench) for suite in suites)


def run_suite(suite: Suite, bench: Bench) -> SuiteResult:
    """Runs one suite. An index that cannot be built or opened is the suite's error, and is not raised."""
    with _index_folder(suite, bench.cache) as folder:
        try:
            warnings = _built(suite, folder, bench)
            assistant = bench.open_assistant(folder)
            warnings += tuple(_unknown_articles(suite, assistant))
        except CorroborateError as error:
            return SuiteResult(suite, (), error=str(error))
        except Exception:  # a fault of the product in one suite may not hide the results of the others
            return SuiteResult(suite, (), error=traceback.format_exc())
        results = []
        for case in suite.cases:
            results.append(run_case(case, assistant))
            bench.on_case(suite, results[-1])
        return SuiteResult(suite, tuple(results), warnings)


def run_case(case: Case, assistant: Answerer) -> CaseResult:
    """Asks the turns of one case and scores the last answer. Whatever it raises is kept as the case's error."""
    answers: list[Answer] = []
    started = time.perf_counter()
    seconds = 0.0
    try:
        if len(case.turns) == 1:
            answers.append(assistant.ask(case.question))
        else:
            talk = assistant.conversation()
            for turn in case.turns:
                answers.append(talk.ask(turn))
        seconds = time.perf_counter() - started
        checks = score(case.expect, answers[-1], lambda id: assistant.article(id).text)
    except Exception:  # one case may not end the run
        seconds = seconds or time.perf_counter() - started
        return CaseResult(case, tuple(answers), (), traceback.format_exc(), seconds)
    return CaseResult(case, tuple(answers), checks, "", seconds)


def _unknown_articles(suite: Suite, assistant: Answerer) -> Iterator[str]:
    """A misspelt id under `none` would pass for ever, so each id that the index does not hold is told."""
    for case in suite.cases:
        for id in (*case.expect.cites_all, *case.expect.cites_any, *case.expect.cites_none):
            try:
                assistant.article(id)
            except (ArticleMissing, KeyError):
                yield f"case {case.id!r} speaks of the article {id!r}, which the index does not hold"


@contextmanager
def _index_folder(suite: Suite, cache: Path | None) -> Iterator[Path]:
    if cache is not None:
        folder = cache / f"{suite.file.parent.name}-{corpus_key(suite.corpus)}"
        folder.mkdir(parents=True, exist_ok=True)
        yield folder / "index"
        return
    with tempfile.TemporaryDirectory(prefix="corroborate-eval-", ignore_cleanup_errors=True) as made:
        yield Path(made) / "index"


def _built(suite: Suite, folder: Path, bench: Bench) -> tuple[str, ...]:
    """Builds the index, unless a finished one is there. The warnings are kept beside it: they hold as long as it."""
    done = folder.parent / "warnings.txt"
    if done.exists():
        return tuple(done.read_text(encoding="utf-8").splitlines())
    shutil.rmtree(folder, ignore_errors=True)  # what a run that was killed left behind
    warnings = tuple(" ".join(warning.split()) for warning in bench.build_index(suite.corpus, folder))
    part = done.with_suffix(".part")
    part.write_text("".join(f"{warning}\n" for warning in warnings), encoding="utf-8")
    part.replace(done)
    return warnings


def corpus_key(corpus: Path) -> str:
    """16 hex digits over the names and bytes of the corpus, and over the code and data that make an index of it: an
    index that other code built is not used again."""
    import index

    digest = hashlib.sha256()
    for root in (corpus, Path(index.__file__).parent):
        files = sorted(file for file in root.rglob("*") if file.is_file()) if root.is_dir() else [root]
        for file in files:
            if "__pycache__" in file.parts:
                continue
            digest.update(str(file.relative_to(root)).encode() + b"\0")
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]
