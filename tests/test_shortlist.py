"""Which of many units are worth embedding."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.api import Assistant
from assistant.claims import Unit, units_of
from assistant.matcher import Matcher
from assistant.question import parse_question
from assistant.shortlist import ENOUGH, KEPT, shortlist
from index.ingest import ingest_files
from index.spans import Span
from tests.story_fakes import Told, person


class Cosines:
    """Stands for the corpus: every passage is as near as is said for its article."""

    def __init__(self, near: dict[str, float], rough: float | None = None) -> None:
        self._near = near
        self._rough = rough

    def cosines(self, text: str, ids: Collection[str]) -> dict[str, tuple[tuple[Span, float], ...]]:
        return {id: ((Span(0, 10_000), self._near.get(id, 0.0)),) for id in ids}

    def rough_cosines(self, queries: Sequence[str], texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Of the text "The harbour was calm", 0 of others."""
        if self._rough is None:
            return None
        return np.array([[self._rough if text == "The harbour was calm" else 0.0] for text in texts], np.float32)


def units(many: int) -> list[Unit]:
    texts = ["The trams ran late"] * (many - 2) + ["The ferry sank", "The harbour was calm"]
    return [
        Told(f"a{i}", "Brae Post", source=person("Lena Mott"), text=text).match.unit for i, text in enumerate(texts)
    ]


def test_few_units_are_all_kept() -> None:
    all_of_them = units(ENOUGH)
    assert shortlist("the ferry sank", {"ferry": 1.0}, all_of_them, Cosines({})) == all_of_them  # type: ignore[arg-type]


@pytest.mark.parametrize(("passage", "rough"), [(0.6, None), (0.6, 0.0), (0.0, 0.6)])
def test_of_many_those_stay_in_their_order_that_share_words_or_are_near(passage: float, rough: float | None) -> None:
    many = units(ENOUGH + 10)
    corpus = Cosines({many[-1].article.id: passage}, rough)
    kept = shortlist("the ferry sank", {"ferry": 1.0, "sank": 1.0}, many, corpus)  # type: ignore[arg-type]
    assert len(kept) == KEPT
    assert kept[-2:] == many[-2:]
    assert [many.index(unit) for unit in kept] == sorted(many.index(unit) for unit in kept)


def test_what_is_not_near_goes_first() -> None:
    many = units(ENOUGH + 10)
    kept = shortlist("the ferry sank", {"ferry": 1.0, "sank": 1.0}, many, Cosines({}))  # type: ignore[arg-type]
    assert many[-2] in kept and many[-1] not in kept


def test_a_question_over_many_units_finds_the_one_that_answers_it(tmp_path: Path) -> None:
    said = "“The {0} {1} was repaired in {2},” said Lena {3}."
    things, places = ("red", "old", "long", "north", "iron"), ("bridge", "school", "chapel", "market", "tower")
    articles = [
        " ".join(said.format(thing, places[at % 5], 1950 + at, f"Mott{at}") for thing in things) for at in range(60)
    ]
    articles[41] += " “The ferry sank off the cape within an hour,” said the harbour master, Bram Oduya."
    file = tmp_path / "news.jsonl"
    file.write_text("".join(json.dumps({"id": f"a{n}", "text": text}) + "\n" for n, text in enumerate(articles)))
    ingest_files([file], tmp_path / "i")
    assistant = Assistant.open(tmp_path / "i")
    found = units_of(list(assistant.corpus.articles()), assistant.corpus)
    assert len(found) > ENOUGH
    matcher = Matcher(assistant.corpus)
    matches = matcher.match(parse_question("Who said that the ferry sank?"), found)
    assert len(matches) == KEPT
    assert "ferry" in matches[0].unit.text and matches[0].score > 2 * matches[1].score
    again = Matcher(assistant.corpus)
    again.match(parse_question("Which tower was repaired?"), found)  # what it has met before changes nothing
    later = again.match(parse_question("Who said that the ferry sank?"), found)
    assert [match.unit for match in later] == [match.unit for match in matches]
    assert [match.score for match in later] == pytest.approx([match.score for match in matches], abs=0.01)
