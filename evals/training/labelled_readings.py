"""What readers labelled in `evals/labelled/readings.jsonl`, joined with the statements that the product finds."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.chain import POOL
from assistant.claims import Match, Unit, units_of
from assistant.matcher import Matcher, told_in
from assistant.question import Question, parse_question
from assistant.reading import DENIES, NEITHER, REPORTS, table_of_signs
from assistant.retrieval import retrieve
from assistant.selection import in_question
from evals.benchmarks.real_news import read_questions
from evals.benchmarks.records import read_records
from evals.training.made_pairs import CONTRADICTION, ENTAILMENT, NEUTRAL, Pair
from index.corpus import Corpus
from index.embedder import load_embedder
from index.ingest import ingest_files
from index.statements import Stance

ROOT = Path(__file__).parent.parent
LABELLED = ROOT / "labelled" / "readings.jsonl"
"""A line a question."""
NEWS_ARTICLES = ROOT / "labelled" / "readings-articles.json"
"""Ids of the real articles of four of its collections."""
SAMPLE = ROOT.parent / "assistant" / "sample" / "articles"
PARTS = 4
"""Into which the collections are parted: a story is in one of them only."""
WITHDRAWS = "withdraws"
"""Not trained on: that a statement withdraws is known from its words."""
CLASSES = {"reports": REPORTS, "denies": DENIES, "denies-other": NEITHER, "neither": NEITHER}
"""A reader's label to the column of `assistant.reading`."""
CONTEXT = "context"
"""Origin of the pairs."""

Place = tuple[str, int, int]
"""Of a statement: its article's id, and the span of the unit in its text."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """What readers said of the statements found for one question."""

    collection: str
    """Of which articles it was asked."""
    part: int
    """0 to 3; questions of one collection are in one part."""
    turns: tuple[str, ...]
    """The conversation; the last one is the question."""
    readings: dict[Place, str]
    """Each statement's label."""

    def parsed(self) -> Question:
        """The last turn, understood from those before."""
        asked: list[Question] = []
        for turn in self.turns:
            asked.append(parse_question(turn, asked))
        return asked[-1]


def read_labelled() -> tuple[LabelledQuestion, ...]:
    """All questions, in the order of the file."""
    found = []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        readings = {(article, start, end): label for article, start, end, label in row["readings"]}
        found.append(LabelledQuestion(row["collection"], row["part"], tuple(row["turns"]), readings))
    return tuple(found)


def context_pairs(questions: Sequence[LabelledQuestion], news: Path) -> list[Pair]:
    """For the pair model: what it reads of each labelled statement, beside what it reads of the question.

    Of a denial it reads what is denied: a denial of the claim is, without the denying word, the claim itself.

    Args:
        questions: the labelled questions.
        news: `articles.jsonl.gz`, for the collections of real articles.
    """
    pairs: list[Pair] = []
    for corpus, asked in _by_collection(questions, news):
        units: dict[Place, Unit] = {}
        for id in {place[0] for one in asked for place in one.readings}:
            for unit in units_of(list(corpus.articles([id])), corpus):
                units.setdefault((id, unit.span.start, unit.span.end), unit)
        for one in asked:
            hypothesis = one.parsed().hypothesis
            for place, label in one.readings.items():
                meant = _meant(units[place], label) if place in units else None
                if meant is not None:
                    pairs.append(Pair(told_in(units[place]), hypothesis, meant, CONTEXT))
    return pairs


def _meant(unit: Unit, label: str) -> str | None:
    stance = unit.statement.stance
    if label == WITHDRAWS or stance in {Stance.RETRACTS, Stance.DECLINES}:
        return None
    flipped = stance is Stance.DENIES
    if label == "reports":
        return CONTRADICTION if flipped else ENTAILMENT
    if label == "denies":
        return ENTAILMENT if flipped else CONTRADICTION
    return NEUTRAL


@dataclass(frozen=True, slots=True)
class Table:
    """Signs and labels of the statements that the product finds again."""

    signs: NDArray[np.float32]
    """Shape (rows, signs)."""
    labels: NDArray[np.int64]
    """Columns of `assistant.reading`, shape (rows,)."""
    parts: NDArray[np.int64]
    """Shape (rows,)."""
    real: NDArray[np.bool_]
    """True for real articles."""
    lost: int
    """Labelled statements that are cut otherwise now, or no longer found."""


def table_of(questions: Sequence[LabelledQuestion], news: Path, pairs: Callable[[int], Path]) -> Table:
    """Asks every question of its collection.

    Args:
        questions: the labelled questions.
        news: `articles.jsonl.gz`.
        pairs: the folder of the pair model for a part; one that learnt from that part would be too sure there.
    """
    rows, labels, parts, real, lost = [], [], [], [], 0
    for corpus, asked in _by_collection(questions, news):
        for one in asked:
            matcher = Matcher(corpus, pairs(one.part))
            question = one.parsed()
            ids = list(dict.fromkeys(item.article.id for item in retrieve(corpus, question, POOL)))
            found = matcher.match(question, units_of(list(corpus.articles(ids)), corpus))
            signs = _signs(question, found)
            for place, label in one.readings.items():
                if label == WITHDRAWS:
                    continue
                if place not in signs:
                    lost += 1
                    continue
                rows.append(signs[place])
                labels.append(CLASSES[label])
                parts.append(one.part)
                real.append("news" in one.collection)
    return Table(np.stack(rows), np.array(labels), np.array(parts), np.array(real), lost)


def _signs(question: Question, found: Sequence[Match]) -> dict[Place, NDArray[np.float32]]:
    fitting = {id(match) for match in in_question(question, found)}
    table = table_of_signs(question, found, [id(match) in fitting for match in found])
    signs: dict[Place, NDArray[np.float32]] = {}
    for match, row in zip(found, table, strict=True):
        signs.setdefault((match.unit.article.id, match.unit.span.start, match.unit.span.end), row)
    return signs


def _by_collection(
    questions: Sequence[LabelledQuestion], news: Path
) -> Iterator[tuple[Corpus, list[LabelledQuestion]]]:
    """Each collection, indexed for the while, with its questions."""
    groups: dict[str, list[LabelledQuestion]] = defaultdict(list)
    for one in questions:
        groups[one.collection].append(one)
    for name, asked in groups.items():
        with tempfile.TemporaryDirectory(prefix="corroborate-readings-", ignore_cleanup_errors=True) as made:
            folder = Path(made)
            ingest_files([str(articles_of(name, news, folder))], str(folder / "index"))
            with Corpus.open(folder / "index", load_embedder()) as corpus:
                yield corpus, asked


def articles_of(collection: str, news: Path, folder: Path) -> Path:
    """Where a collection's articles are; real ones are written there."""
    if collection == "sample":
        return SAMPLE
    suite = ROOT / "suites" / collection / "articles"
    if suite.is_dir():
        return suite
    wanted = json.loads(NEWS_ARTICLES.read_text(encoding="utf-8")).get(collection)
    wanted = wanted or read_questions(ROOT / "benchmarks" / f"{collection}.yaml").ids
    rows = {row["id"]: row for row in read_records(news) if row["id"] in set(wanted)}
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(rows[id], ensure_ascii=False) + "\n" for id in wanted), encoding="utf-8")
    return file
