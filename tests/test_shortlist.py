"""Which of many units are worth embedding."""

from __future__ import annotations

from collections.abc import Collection

from assistant.claims import Unit
from assistant.shortlist import ENOUGH, KEPT, shortlist
from index.spans import Span
from tests.story_fakes import Told, person


class Cosines:
    """Stands for the corpus: every passage is as near as is said for its article."""

    def __init__(self, near: dict[str, float]) -> None:
        self._near = near

    def cosines(self, text: str, ids: Collection[str]) -> dict[str, tuple[tuple[Span, float], ...]]:
        return {id: ((Span(0, 10_000), self._near.get(id, 0.0)),) for id in ids}


def units(many: int) -> list[Unit]:
    texts = ["The trams ran late"] * (many - 2) + ["The ferry sank", "The harbour was calm"]
    return [
        Told(f"a{i}", "Brae Post", source=person("Lena Mott"), text=text).match.unit for i, text in enumerate(texts)
    ]


def test_few_units_are_all_kept() -> None:
    all_of_them = units(ENOUGH)
    assert shortlist("the ferry sank", {"ferry": 1.0}, all_of_them, Cosines({})) == all_of_them  # type: ignore[arg-type]


def test_of_many_those_that_share_words_or_stand_in_a_near_passage_stay_in_their_order() -> None:
    many = units(ENOUGH + 10)
    near = many[-1].article.id
    kept = shortlist("the ferry sank", {"ferry": 1.0, "sank": 1.0}, many, Cosines({near: 0.6}))  # type: ignore[arg-type]
    assert len(kept) == KEPT
    assert kept[-2:] == many[-2:]
    assert [many.index(unit) for unit in kept] == sorted(many.index(unit) for unit in kept)
