"""Which of many units are worth embedding."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.claims import Unit
from assistant.shortlist import ENOUGH, KEPT, shortlist
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
