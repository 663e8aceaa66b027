"""Likeness of words and texts, with an embedder of four dimensions whose meanings are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.matching import Likeness, Words, mentions, tokens, weights
from assistant.terms import stem

MEANINGS = {
    "ship": (1.0, 0.0, 0.0, 0.0),
    "vessel": (0.9, 0.1, 0.0, 0.0),
    "bank": (0.0, 1.0, 0.0, 0.0),
    "river": (0.4, 0.0, 1.0, 0.0),
}


class Fake:
    """Known words have their meaning, others one of their own; counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        rows = np.array([MEANINGS.get(text, (0.0, 0.0, 0.0, 1.0)) for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def words() -> Words:
    made = Words(Fake())
    made.load(MEANINGS)
    return made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sink", "sinks"),
        ("sank", "sink"),
        ("died", "dead"),
        ("ship", "ship"),
        ("30", "thirty"),
        ("seventeen", "17"),
        ("arrested", "arrest"),
    ],
)
def test_forms_of_one_word_are_alike(one: str, other: str) -> None:
    assert words().alike(one, other) == 1.0


def test_likeness_lies_between_none_and_one() -> None:
    known = words()
    assert 0.6 < known.alike("ship", "vessel") < 1.0
    assert known.alike("ship", "bank") == 0.0
    assert known.alike("ship", "unheard") == 0.0
    assert known.alike("harrowmere", "harowmere") > 0.9
    assert known.alike("17", "18") == 0.0
    assert known.alike("17", "1700") == 0.0


def test_each_word_is_embedded_once() -> None:
    fake = Fake()
    known = Words(fake)
    known.load(["ship", "bank", "ship", "17"])
    known.load(["bank", "river"])
    assert sorted(fake.asked) == ["bank", "river", "ship"]


def test_content_words_keep_numbers_in_both_spellings() -> None:
    found = tokens("The thirty sailors were told of a 4.5 m wave")
    assert {"thirty", "30", "sailors", "wave"} <= set(found)
    assert "the" not in found and "were" not in found


def test_rare_terms_weigh_more() -> None:
    documents = [{stem("ship"), stem("bank")}, {stem("ship")}, {stem("ship")}]
    found = weights(["ship", "bank", "river"], documents)
    assert 0 < found["ship"] < found["bank"] < found["river"]


def test_each_term_takes_its_best_match() -> None:
    likeness = Likeness(("ship", "bank"), words(), ["ships", "river"])
    assert likeness.best(["ships", "river"]) == {"ship": 1.0, "bank": 0.0}
    assert likeness.best([]) == {"ship": 0.0, "bank": 0.0}
    assert Likeness((), words(), ["ship"]).best(["ship"]) == {}


def test_words_outside_the_vocabulary_match_by_form_alone() -> None:
    assert Likeness(("ship",), words(), []).best(["ships"]) == {"ship": 1.0}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("What does the Velm Gazette say?", "Velm Gazette", True),
        ("What does the velm gazette say?", "Velm Gazette", True),
        ("What does Le Café say?", "Cafe", True),
        ("What does the Gazetteer say?", "Gazette", False),
        ("What does the Gazette say?", "Velm Gazette", False),
    ],
)
def test_a_name_is_mentioned_as_whole_words(text: str, name: str, expected: bool) -> None:
    assert mentions(text, name) is expected
