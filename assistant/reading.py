"""Reading: what each statement does to the claim or matter that a question is about: reports it, denies it, or neither.

No one sign tells it well enough. Shared words find the event and miss what is said of it; the pair model reads what a
sentence says and does not know the article; a negation may be the claim's own. A small network weighs all of them
together. It was trained on statements that the matcher itself brought up for some 350 questions, labelled by readers
with the articles at hand (`evals/labelled/readings.jsonl`, `evals/training/readings.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.claims import Match
from assistant.opposition import gives_own_number, negated
from assistant.question import Question, QuestionKind
from assistant.speakers import spoken_by
from assistant.terms import number_values
from index.statements import SourceKind, Stance

MODEL_FOLDER = Path(__file__).parent / "models" / "readings"
"""Where the installation keeps the weights."""
NEITHER, REPORTS, DENIES = 0, 1, 2
"""Columns of what the network gives."""
UNREAD = 0.02
"""What the pair model is taken to say of a statement that it did not read, by far the most of which do neither."""
SHORT = 3
"""Words of a stretch too short to tell much."""

_KINDS: dict[str, frozenset[QuestionKind]] = {
    "of reports": frozenset(
        {
            QuestionKind.FIRST,
            QuestionKind.SOURCE,
            QuestionKind.INDEPENDENT,
            QuestionKind.DENIED,
            QuestionKind.CONFIRMED,
        }
    ),
    "yes or no": frozenset({QuestionKind.YES_NO}),
    "number": frozenset({QuestionKind.HOW_MANY}),
    "time": frozenset({QuestionKind.WHEN}),
    "who or where": frozenset({QuestionKind.WHO, QuestionKind.WHERE}),
    "why": frozenset({QuestionKind.WHY}),
    "said": frozenset({QuestionKind.SAID}),
    "other": frozenset({QuestionKind.OTHER, QuestionKind.DISAGREE, QuestionKind.TIMELINE}),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a match stands among all: its rank from 0, whether its time can be the question's, and the best of each."""

    rank: int
    in_time: bool
    score: float
    core: float
    cosine: float
    nearness: float


def signs(question: Question, match: Match, place: _Place) -> dict[str, float]:
    """The signs that the network weighs, by name."""
    unit, statement = match.unit, match.unit.statement
    told = number_values(unit.own_text)
    read = match.granted + match.defied > 0
    granted, defied = _odds(match.granted if read else UNREAD), _odds(match.defied if read else UNREAD)
    turned = negated(unit.own_text) != negated(question.premise or question.topic)
    denial = statement.stance is Stance.DENIES
    own_voice = statement.source_span is None
    gives = bool(told & set(question.numbers))
    spoken = bool(question.speaker) and spoken_by(match, question.speaker)
    words = len(unit.own_text.split())
    found: dict[str, float] = {
        "score": match.score,
        "score of best": match.score / max(place.score, 0.2),
        "core": match.core,
        "core of best": match.core / max(place.core, 0.2),
        "cosine": match.cosine,
        "cosine below best": match.cosine - place.cosine,
        "coverage": match.coverage,
        "at home": match.at_home,
        "nearness": match.nearness,
        "nearness below best": match.nearness - place.nearness,
        "surroundings": match.surroundings,
        "granted": granted,
        "defied": defied,
        "title": statement.in_title,
        "own voice": own_voice,
        "unnamed": statement.source.kind is SourceKind.UNNAMED,
        "denial": denial,
        "hedge": statement.stance is Stance.HEDGES,
        "retraction": statement.stance is Stance.RETRACTS,
        "no comment": statement.stance is Stance.DECLINES,
        "negated": negated(unit.own_text),
        "turned": turned,
        "core, turned": match.core * turned,
        "gives the number": gives,
        "gives another number": bool(question.numbers) and bool(told) and not gives,
        "has a number": bool(told),
        "own number": gives_own_number(question, match),
        "rank": float(np.log1p(place.rank)),
        "words": float(np.log(max(1, words))),
        "short": words <= SHORT,
        "points back": bool(statement.about_spans),
        "in time": place.in_time,
        "speaker asked": bool(question.speaker),
        "by the speaker": spoken,
        "by another": bool(question.speaker) and not spoken,
        "quoted": unit.own_text[:1] in '"“',
        "names a claim": question.names_claim,
        "granted, denial": granted * denial,
        "defied, denial": defied * denial,
    }
    for name, kinds in _KINDS.items():
        found[f"asks: {name}"] = question.kind in kinds
    found["number for a number"] = bool(told) and question.kind in _KINDS["number"]
    found["own voice, of reports"] = own_voice and question.kind in _KINDS["of reports"]
    return {name: float(value) for name, value in found.items()}


def table_of_signs(question: Question, matches: Sequence[Match], in_time: Sequence[bool]) -> NDArray[np.float32]:
    """The signs of all matches, best first, shape (matches, signs)."""
    best = [max((getattr(m, name) for m in matches), default=0.0) for name in ("score", "cosine", "nearness")]
    core = max((m.core for m in matches[:8]), default=0.0)
    rows = [
        list(signs(question, match, _Place(rank, fits, best[0], core, best[1], best[2])).values())
        for rank, (match, fits) in enumerate(zip(matches, in_time, strict=True))
    ]
    return np.array(rows, np.float32)


@dataclass(frozen=True, slots=True)
class Reader:
    """One hidden layer over the signs."""

    mean: NDArray[np.float32]
    """Of each sign over the training rows."""
    scale: NDArray[np.float32]
    """Its standard deviation there."""
    inner: tuple[NDArray[np.float32], NDArray[np.float32]]
    """Weights (signs, hidden) and biases of the hidden layer."""
    outer: tuple[NDArray[np.float32], NDArray[np.float32]]
    """Weights (hidden, 3) and biases of what it gives."""

    def probabilities(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of neither, reports and denies, shape (rows, 3)."""
        hidden = np.maximum((table - self.mean) / self.scale @ self.inner[0] + self.inner[1], 0.0)
        logits = hidden @ self.outer[0] + self.outer[1]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: NDArray[np.float32] = (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)
        return found


@cache
def load_reader(folder: Path = MODEL_FOLDER) -> Reader:
    """The network that comes with the installation, loaded once."""
    from safetensors.numpy import load_file

    held = load_file(folder / "model.safetensors")
    inner, outer = (held["inner.weight"], held["inner.bias"]), (held["outer.weight"], held["outer.bias"])
    return Reader(held["mean"], held["scale"], inner, outer)


def read(question: Question, matches: Sequence[Match], in_time: Sequence[bool]) -> tuple[Match, ...]:
    """The matches with the probabilities that they report the claim in question or deny it.

    Args:
        question: what is asked.
        matches: best first.
        in_time: for each match, whether its time can be the question's.
    """
    if not matches:
        return ()
    rows = load_reader().probabilities(table_of_signs(question, matches, in_time))
    return tuple(
        replace(match, reports=float(row[REPORTS]), denies=float(row[DENIES]))
        for match, row in zip(matches, rows, strict=True)
    )


def _odds(probability: float) -> float:
    kept = min(max(probability, 0.003), 0.997)
    return float(np.log(kept / (1 - kept)))
