"""How well the assistant's answers to the questions of MultiHop-RAG do: abstention, and the answer to the word.

The authors' own score of answers counts one shared word as right, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.benchmarks.multihop_rag import NULL, Query
from evals.report import Row, table

if TYPE_CHECKING:
    from assistant.api import Assistant


@dataclass(frozen=True, slots=True)
class Abstentions:
    """How well the assistant tells that the articles do not answer."""

    asked: int
    """Questions asked, null ones among them."""
    null: int
    """Null questions among them."""
    abstained: int
    """Questions that the assistant abstained from."""
    right: int
    """Null questions that it abstained from."""

    @property
    def precision(self) -> float:
        """Of the abstentions, the share that was right; 0 where there was none."""
        return self.right / self.abstained if self.abstained else 0.0

    @property
    def recall(self) -> float:
        """Of the null questions, the share abstained from; 0 where there is none."""
        return self.right / self.null if self.null else 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """What the assistant made of one question."""

    query: Query
    """The question."""
    abstained: bool
    """True where it said that the articles do not tell."""
    text: str = ""
    """Its sentences."""

    @property
    def exact(self) -> bool:
        """True where it says the data set's answer and nothing else, case and marks aside."""
        return not self.abstained and _plain(self.text) == _plain(self.query.answer)

    @property
    def held(self) -> bool:
        """True where the data set's answer stands somewhere in what it says, as whole words."""
        return not self.abstained and f" {_plain(self.query.answer)} " in f" {_plain(self.text)} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def abstentions(said: Sequence[Said]) -> Abstentions:
    """How far the abstentions fall on null questions."""
    return Abstentions(
        asked=len(said),
        null=sum(one.query.kind == NULL for one in said),
        abstained=sum(one.abstained for one in said),
        right=sum(one.abstained and one.query.kind == NULL for one in said),
    )


def answer_table(said: Sequence[Said]) -> str:
    """By type of question: how many were asked and answered, how many answers are the data set's to the word, and how
    many hold it."""
    rows: list[Row] = []
    for kind in sorted({one.query.kind for one in said}):
        own = [one for one in said if one.query.kind == kind]
        shares = [sum(wanted) / len(own) for wanted in _wanted(own)]
        rows.append(
            (kind, len(own), *("" if kind == NULL and at else f"{share:.3f}" for at, share in enumerate(shares)))
        )
    return table(("type", "asked", "answered", "exact match", "answer held"), rows)


def _wanted(said: Sequence[Said]) -> tuple[list[bool], ...]:
    return [not one.abstained for one in said], [one.exact for one in said], [one.held for one in said]


def answered(queries: Sequence[Query], assistant: Assistant) -> dict[str, Any]:
    """Answers every question, null ones too, and prints how well."""
    said = []
    for query in queries:
        answer = assistant.ask(query.text)
        said.append(Said(query, answer.abstained, " ".join(sentence.text for sentence in answer.sentences)))
    result = abstentions(said)
    print(
        f"\nabstention: precision {result.precision:.3f}, recall {result.recall:.3f}; abstained from "
        f"{result.abstained} of {result.asked} questions, {result.right} of them among the {result.null} null ones"
    )
    print(answer_table(said))
    kinds = sorted({one.query.kind for one in said} - {NULL})
    counts = {kind: [sum(some) for some in _wanted([one for one in said if one.query.kind == kind])] for kind in kinds}
    return {
        "abstention": {
            "asked": result.asked,
            "null": result.null,
            "abstained": result.abstained,
            "right": result.right,
            "precision": round(result.precision, 4),
            "recall": round(result.recall, 4),
        },
        "answers": {
            kind: {"answered": answered, "exact": exact, "held": held}
            for kind, (answered, exact, held) in counts.items()
        },
    }
