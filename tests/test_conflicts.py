"""Disagreements: figures and dates side by side, and what is none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.assessment import Conflict
from assistant.conflicts import figure_conflict
from assistant.counts import counted_noun, figures
from assistant.matching import Words
from assistant.moments import date_conflict, dates_of
from assistant.question import parse_question
from index.statements import Source
from tests.story_fakes import Told, body, person

POST, RADIO, COURIER = "Brae Post", "Radio Nordal", "Tarn Courier"
MOTT, REUSS = person("Lena Mott"), person("Anton Reuss")


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Every word has a meaning of its own."""
    rows = np.zeros((len(texts), 64), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[sum(text.encode()) % 64] = 1.0
    return rows


def numbers(question: str, *told: Told) -> list[float]:
    found = figures(parse_question(question), [one.match for one in told], str, Words(embed))
    return [figure.number.value for figure in found]


def conflict(question: str, *told: Told) -> Conflict | None:
    asked = parse_question(question)
    return figure_conflict(figures(asked, [one.match for one in told], str, Words(embed)), asked)


DEAD = "How many people died when the ferry sank?"


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many people died?", ["people"]),
        ("How many houses burned?", ["houses"]),
        ("How many fishing boats were lost?", ["fishing", "boats"]),
        ("How many died?", ["dead"]),
        ("When did it burn?", []),
    ],
)
def test_what_a_question_counts(question: str, noun: list[str]) -> None:
    found = counted_noun(question)
    assert found[: len(noun)] == noun


@pytest.mark.parametrize(
    ("question", "text", "values"),
    [
        (DEAD, "At least nine people died", [9]),
        (DEAD, "The ferry cost 40 million crowns", []),
        (DEAD, "The ferry sank at 9:30 on 5 May 2031", []),
        ("How many houses burned?", "Fire took 14 houses", [14]),
        ("How many houses burned?", "Some 300 sheep were driven off", []),
        ("How much did the ferry cost?", "The ferry cost 40 million crowns", [40e6]),
        ("What percentage of voters stayed at home?", "Some 42 percent of voters stayed at home", [42]),
        ("How long was the bridge closed?", "The bridge was closed for nine days", [9]),
    ],
)
def test_numbers_that_answer(question: str, text: str, values: list[float]) -> None:
    assert numbers(question, Told("a", POST, source=MOTT, text=text)) == values


@pytest.mark.parametrize(
    ("one", "other", "day"),
    [
        ("Nine people died", "Eleven people died", "2031-05-07"),
        ("Nine people died", "17 people died", "2031-05-09"),
        ("Nine people died", "17 people died", ""),
        ("At least 17 people died", "9 people died", "2031-05-07"),
    ],
)
def test_figures_that_cannot_both_be_right(one: str, other: str, day: str) -> None:
    found = conflict(
        DEAD,
        Told("a", POST, "2031-05-07", source=MOTT, text=one),
        Told("b", RADIO, day, source=REUSS, text=other),
    )
    assert found is not None
    assert len(found.sides) == 2
    assert {report.root for side in found.sides for report in side.reports} == {"Lena Mott", "Anton Reuss"}


@pytest.mark.parametrize(
    ("one", "other", "by", "day"),
    [
        pytest.param("Nine people died", "9 people died", REUSS, "2031-05-07", id="one value"),
        pytest.param("At least nine people died", "11 people died", REUSS, "2031-05-07", id="a lower bound"),
        pytest.param("Nine people died", "Up to 11 people died", REUSS, "2031-05-07", id="an upper bound"),
        pytest.param("Nine people died", "Eleven people died", MOTT, "2031-05-09", id="one party counts again"),
        pytest.param("Nine people died", "Eleven people died", REUSS, "2031-06-30", id="a toll rises with time"),
        pytest.param("About 100 people died", "104 people died", REUSS, "2031-05-07", id="a round figure"),
    ],
)
def test_figures_that_can_both_be_right(one: str, other: str, by: Source, day: str) -> None:
    told = [
        Told("a", POST, "2031-05-07", source=MOTT, text=one),
        Told("b", RADIO, day, source=by, text=other),
    ]
    assert conflict(DEAD, *told) is None


def test_figures_stand_side_by_side_and_are_never_averaged() -> None:
    found = conflict(
        DEAD,
        Told("a", POST, source=MOTT, text="Nine people died"),
        Told("b", RADIO, source=REUSS, text="Eleven people died"),
        Told("c", COURIER, source=body("Velm Lines"), text="Seventeen people died"),
    )
    assert found is not None
    assert {side.value for side in found.sides} == {"Nine", "Eleven", "Seventeen"}


WHEN = "When did the ferry sink?"


def dates(*told: Told) -> Conflict | None:
    return date_conflict(parse_question(WHEN), [one.match for one in told], str)


def test_dates_that_cannot_both_be_right() -> None:
    found = dates(
        Told("a", POST, source=MOTT, text="The ferry sank on Monday"),
        Told("b", RADIO, source=REUSS, text="The ferry sank on 2 May at noon"),
    )
    assert found is not None
    assert {side.value for side in found.sides} == {"Monday", "2 May"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry sank on Monday", "The ferry sank on 5 May at noon"),
        ("The ferry sank on Monday", "The ferry sank in May"),
        ("The ferry sank on Monday", "The ferry sank off Velm"),
    ],
)
def test_dates_that_agree_in_other_words(one: str, other: str) -> None:
    assert dates(Told("a", POST, source=MOTT, text=one), Told("b", RADIO, source=REUSS, text=other)) is None


def test_one_party_does_not_conflict_with_itself() -> None:
    told = [
        Told("a", POST, source=MOTT, text="The ferry sank on Monday"),
        Told("b", RADIO, source=MOTT, text="The ferry sank on Tuesday"),
    ]
    assert dates(*told) is None


def test_the_date_of_a_dateline_is_not_the_events() -> None:
    told = Told("a", POST, text="VELM, May 6 (BW) — The ferry sank on May 5")
    assert [str(mention.date) for mention in dates_of(told.match)] == ["2031-05-05"]
