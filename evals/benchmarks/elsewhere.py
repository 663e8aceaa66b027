"""Whether the assistant says that a collection does not hold a story: `python -m evals.benchmarks.elsewhere DATA`.

Puts the labelled questions of each of four collections of real news (`evals/labelled/readings.jsonl`) to another one of
the four. Some stories stand in two of them, so that not every answer is wrong: what counts is how two versions compare.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.api import Assistant
from evals.training.labelled_readings import LabelledQuestion, articles_of, read_labelled
from index.ingest import ingest_files

COLLECTIONS = ("news-a", "news-b", "news-c", "news-d")
FURTHER = 2
"""Places further on in COLLECTIONS where a collection's questions are put."""
NEWS = Path("news") / "articles.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Put:
    """One question put to another collection."""

    question: str
    """As asked."""
    answer: str
    """The first sentence of the answer; empty for an abstention."""
    notes: tuple[str, ...]
    """Kinds of the notes that were given."""


def put_elsewhere(questions: Sequence[LabelledQuestion], news: Path) -> list[Put]:
    """Asks them.

    Args:
        questions: those of COLLECTIONS are asked.
        news: `articles.jsonl.gz`.
    """
    found: list[Put] = []
    for place, name in enumerate(COLLECTIONS):
        other = COLLECTIONS[(place + FURTHER) % len(COLLECTIONS)]
        with tempfile.TemporaryDirectory(prefix="corroborate-elsewhere-", ignore_cleanup_errors=True) as made:
            folder = Path(made)
            ingest_files([str(articles_of(other, news, folder))], str(folder / "index"))
            assistant = Assistant.open(folder / "index")
            for one in questions:
                if one.collection == name:
                    answer = assistant.ask(one.turns[-1])
                    said = "" if answer.abstained else answer.sentences[0].text
                    found.append(Put(one.turns[-1], said, tuple(str(note.kind) for note in answer.notes)))
    return found


def main() -> None:
    """Reads the command line and prints how many were abstained from, and the answers to the others."""
    parser = argparse.ArgumentParser(description="Questions put to collections that mostly do not hold their story.")
    parser.add_argument("data", type=Path, help=f"folder that holds {NEWS}")
    options = parser.parse_args()
    found = put_elsewhere(read_labelled(), options.data / NEWS)
    abstained = sum(not one.answer for one in found)
    print(f"abstained from {abstained} of {len(found)} questions\n")
    for one in found:
        if one.answer:
            print(f"{one.question}\n  {one.answer}\n  {', '.join(one.notes)}")


if __name__ == "__main__":
    main()
