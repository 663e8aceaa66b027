"""The labelled sets of `evals/labelled/`, read and checked. What each field means is told in its README."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from index.article import Article
from index.errors import SettingsError
from index.spans import Span

FOLDER = Path(__file__).resolve().parent.parent / "labelled"
"""Where the sets lie."""
LABELS = ("same", "denies", "related", "unrelated")
"""What a sentence can be to a claim."""
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


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim and a sentence of an article, with what the one is to the other."""

    id: str
    """Unique in the file."""
    story: str
    """The subject that it belongs to."""
    claim: str
    """A sentence, or a question that holds or asks for a claim."""
    article: Article
    """The paragraph that the sentence stands in, with publisher and date; its id is the row's."""
    span: Span
    """The sentence in the paragraph."""
    label: str
    """One of LABELS."""
    traits: tuple[str, ...]
    """What makes it hard; may be empty."""


@dataclass(frozen=True, slots=True)
class NamedClaim:
    """A claim that an article reports, in short words."""

    sentence: int
    """The number of the sentence that reports it, from 1."""
    text: str
    """The claim."""


@dataclass(frozen=True, slots=True)
class DenialRow:
    """A short article with claims and a denial."""

    id: str
    """Unique in the file."""
    story: str
    """The subject that it belongs to."""
    article: LabelledArticle
    """The article; its id is the row's."""
    claims: tuple[NamedClaim, ...]
    """Two or three."""
    denial: int
    """The number of the sentence that denies, from 1."""
    denied: tuple[int, ...]
    """Places, from 0, of the claims that it denies; empty where it denies none of them."""
    by: tuple[str, ...]
    """Names of the party that denies, any of which is right."""
    how: str
    """How the reader knows what is denied."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The words by which a text names a source, and whom they mean."""

    span: Span
    """The words."""
    party: tuple[str, ...]
    """Names of the party, any of which is right; empty where the text names nobody."""
    kind: str
    """"pronoun", "noun", "possessive" or "name"."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A short article with mentions of parties."""

    id: str
    """Unique in the file."""
    story: str
    """The subject that it belongs to."""
    article: Article
    """The article; its id is the row's."""
    mentions: tuple[Mention, ...]
    """In the order of the text; never empty."""


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


def read_claims(file: Path) -> tuple[ClaimRow, ...]:
    """The rows of `claims.jsonl`; errors as `read_questions`."""
    return tuple(_checked(file, row, _claim) for row in read_rows(file))


def read_denials(file: Path) -> tuple[DenialRow, ...]:
    """The rows of `denials.jsonl`; errors as `read_questions`."""
    return tuple(_checked(file, row, _denial) for row in read_rows(file))


def read_parties(file: Path) -> tuple[PartyRow, ...]:
    """The rows of `parties.jsonl`; errors as `read_questions`."""
    return tuple(_checked(file, row, _party) for row in read_rows(file))


@contextmanager
def indexed(articles: Iterable[Article], tagger: str | None = None) -> Iterator[Path]:
    """The folder of a temporary index of some articles, made with the embedder that ingest uses by default."""
    from index.ingest import ingest_files

    with TemporaryDirectory(prefix="labelled-") as folder:
        file = Path(folder) / "articles.jsonl"
        rows = [
            {"id": a.id, "publisher": a.publisher, "published": str(a.published or ""), "text": a.text}
            for a in articles
        ]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        ingest_files([file], Path(folder) / "index", tagger=tagger)
        yield Path(folder) / "index"


def _question_set(row: dict[str, Any]) -> QuestionSet:
    articles = tuple(_article(article) for article in row["articles"])
    known = {f"{one.article.id}.{at + 1}" for one in articles for at in range(len(one.sentences))}
    questions = tuple(_question(one, known) for one in row["questions"])
    return QuestionSet(row["id"], row["story"], articles, questions)


def _article(row: dict[str, Any]) -> LabelledArticle:
    article = _made(row)
    return LabelledArticle(article, tuple(_span(pair, article.text) for pair in row["sentences"]))


def _claim(row: dict[str, Any]) -> ClaimRow:
    article = _made({**row, "text": row["paragraph"]})
    span = _span((row["start"], row["start"] + len(row["sentence"])), article.text)
    if span.of(article.text) != row["sentence"] or row["label"] not in LABELS:
        raise ValueError(f"the label {row['label']!r}, or a sentence that does not stand at {row['start']}")
    return ClaimRow(row["id"], row["story"], row["claim"], article, span, row["label"], tuple(row["traits"]))


def _denial(row: dict[str, Any]) -> DenialRow:
    article = _article(row)
    claims = tuple(NamedClaim(claim["sentence"], claim["text"]) for claim in row["claims"])
    numbers = [row["denial"], *(claim.sentence for claim in claims)]
    if not all(1 <= number <= len(article.sentences) for number in numbers) or not row["by"]:
        raise ValueError(f"the sentences {numbers} of {len(article.sentences)}")
    if not set(row["denied"]) <= set(range(len(claims))):
        raise ValueError(f"the claims {row['denied']} of {len(claims)}")
    denied, by = tuple(row["denied"]), tuple(row["by"])
    return DenialRow(row["id"], row["story"], article, claims, row["denial"], denied, by, row["how"])


def _party(row: dict[str, Any]) -> PartyRow:
    article = _made(row)
    mentions = tuple(
        Mention(_span((one["start"], one["end"]), article.text), tuple(one["party"]), one["kind"])
        for one in row["mentions"]
    )
    if any(m.span.of(article.text) != one["mention"] for m, one in zip(mentions, row["mentions"], strict=True)):
        raise ValueError("a mention that does not stand at its offsets")
    return PartyRow(row["id"], row["story"], article, mentions)


def _made(row: dict[str, Any]) -> Article:
    return Article.from_text(row["text"], id=row["id"], publisher=row["publisher"], published=row["published"] or None)


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
