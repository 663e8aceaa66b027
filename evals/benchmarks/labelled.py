"""The labelled sets of `evals/labelled/`, read and checked. What each field means is told in its README."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from index.article import Article
from index.errors import SettingsError
from index.spans import Span

FOLDER = Path(__file__).resolve().parent.parent / "labelled"
"""Where the sets lie."""
Made = TypeVar("Made")

HELD_OUT = "-held-out"
"""Ends the name of a file that is only for final measurement."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """A short article with the places of its sentences."""

    article: Article
    """Its text, publisher and date; the id is unique in the set's file."""
    sentences: tuple[Span, ...]
    """Every sentence, in order; sentence n of article "x" has the id "x.n", counted from 1."""

    def sentence_ids(self, span: Span) -> tuple[str, ...]:
        """Ids of the sentences that share at least half of themselves, or of the span, with the span."""
        found = []
        for number, sentence in enumerate(self.sentences, start=1):
            shared = min(span.end, sentence.end) - max(span.start, sentence.start)
            if shared > 0 and 2 * shared >= min(len(sentence), len(span)):
                found.append(f"{self.article.id}.{number}")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with the sentences that answer it."""

    id: str
    """Unique in the file."""
    question: str
    """As a user would ask it."""
    kind: str
    """Its question word: "who", "how-many", "yes-no" ..."""
    traits: tuple[str, ...]
    """What makes it hard; may be empty."""
    answers: tuple[tuple[str, ...], ...]
    """Parts of the answer, each the ids of the sentences any of which gives it; empty where nothing answers."""
    also: tuple[str, ...]
    """Sentences that bear on it without answering it."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Some articles and what is asked of them."""

    id: str
    """Unique in the file."""
    story: str
    """The subject that it belongs to; stories are never split between the two files."""
    articles: tuple[LabelledArticle, ...]
    """Two to four, as a rule."""
    questions: tuple[LabelledQuestion, ...]
    """At least one."""


def set_file(name: str, held_out: str = "", folder: Path = FOLDER) -> Path:
    """The file of a set; `held_out` is "" or HELD_OUT."""
    return folder / f"{name}{held_out}.jsonl"


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line.

    Raises:
        SettingsError: the file cannot be read, or a line is no JSON object.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: found {error}; expected a file of JSON objects, one a line") from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SettingsError(f"{file}: found, at line {number}, {error}; expected a JSON object") from error
        if not isinstance(row, dict):
            raise SettingsError(f"{file}: found, at line {number}, a {type(row).__name__}; expected a JSON object")
        yield row


def read_questions(file: Path) -> tuple[QuestionSet, ...]:
    """The sets of `answers.jsonl`.

    Raises:
        SettingsError: the file cannot be read, or a row does not have the fields that its README tells of.
    """
    return tuple(_checked(file, row, _question_set) for row in read_rows(file))


def _question_set(row: dict[str, Any]) -> QuestionSet:
    articles = tuple(_article(article) for article in row["articles"])
    known = {f"{one.article.id}.{at + 1}" for one in articles for at in range(len(one.sentences))}
    questions = tuple(_question(one, known) for one in row["questions"])
    return QuestionSet(row["id"], row["story"], articles, questions)


def _article(row: dict[str, Any]) -> LabelledArticle:
    article = Article.from_text(
        row["text"], id=row["id"], publisher=row["publisher"], published=row["published"] or None
    )
    spans = tuple(_span(pair, article.text) for pair in row["sentences"])
    return LabelledArticle(article, spans)


def _span(pair: Sequence[int], text: str) -> Span:
    start, end = pair
    if not 0 <= start < end <= len(text) or text[start:end] != text[start:end].strip():
        raise ValueError(f"the span {start}-{end} in a text of {len(text)} characters")
    return Span(start, end)


def _question(row: dict[str, Any], known: set[str]) -> LabelledQuestion:
    answers = tuple(tuple(part) for part in row["answers"])
    named = {*row["also"], *(id for part in answers for id in part)}
    if named - known or not all(answers):
        raise ValueError(f"the sentences {sorted(named - known)} in {row['id']}")
    return LabelledQuestion(row["id"], row["question"], row["kind"], tuple(row["traits"]), answers, tuple(row["also"]))


def _checked(file: Path, row: dict[str, Any], make: Callable[[dict[str, Any]], Made]) -> Made:
    try:
        return make(row)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"{file}: found, in row {row.get('id')!r}, {type(error).__name__}: {error}; "
            f"expected the fields that {file.parent / 'README.md'} describes"
        ) from error
