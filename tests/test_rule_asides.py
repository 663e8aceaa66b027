"""Attributions beside the main clause: judged in passing, first reported, quoted as saying, put into the middle."""

from __future__ import annotations

import pytest

from tests.statement_rows import rows


@pytest.mark.parametrize(
    ("text", "party", "stance", "content"),
    [
        (
            "“He struck me,” the woman told the court, a claim the police deny.",
            "the police",
            "denies",
            "“He struck me,”",
        ),
        (
            "Guards beat the man, relatives say, an accusation the prison service rejects.",
            "prison service",
            "denies",
            "Guards beat the man",
        ),
        (
            "Mott took bribes, prosecutors said – a charge that the Harbour Board disputes.",
            "Harbour Board",
            "denies",
            "Mott took bribes",
        ),
        (
            "The mill burned for two days, which the owner denies.",
            "the owner",
            "denies",
            "The mill burned for two days",
        ),
        (
            "The mill burned for two days, a claim denied by the Harbour Board.",
            "Harbour Board",
            "denies",
            "The mill burned for two days",
        ),
        (
            "The mill burned for two days, something the Harbour Board has confirmed.",
            "Harbour Board",
            "confirms",
            "The mill burned for two days",
        ),
        (
            "The brakes had failed, Mott said, a version the Harbour Board calls false.",
            "Harbour Board",
            "denies",
            "The brakes had failed",
        ),
    ],
)
def test_who_is_said_in_passing_to_deny(text: str, party: str, stance: str, content: str) -> None:
    assert (party, stance, "", content) in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mill, a building the council bought in 2020, burned down.",
        "Mott sang a song, a ballad the crowd knew.",
        "He bought the house, a ruin that had been denied a roof.",
    ],
)
def test_an_aside_that_judges_nothing_is_no_attribution(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The sale of the stadium, first reported by the Harbour Post, has not been signed.",
            ("Harbour Post", "asserts", "", "The sale of the stadium"),
        ),
        (
            "The talks, which were first reported by Radio Velm on Monday, collapsed.",
            ("Radio Velm", "asserts", "", "The talks"),
        ),
        (
            "As first reported by the Harbour Post, the ferry had no lights.",
            ("Harbour Post", "asserts", "", "the ferry had no lights"),
        ),
    ],
)
def test_who_reported_it_first(text: str, expected: tuple[str, str, str, str]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Tarn Courier quoted Lena Mott as saying the branches would stay open.",
            ("Lena Mott", "asserts", "Tarn Courier", "the branches would stay open"),
        ),
        (
            "The Tarn Courier quoted an unnamed official as saying that the ferry had no lights.",
            ("an unnamed official", "asserts", "Tarn Courier", "the ferry had no lights"),
        ),
        (
            "Lena Mott was quoted by the Tarn Courier as saying that she would appeal.",
            ("Lena Mott", "asserts", "Tarn Courier", "she would appeal"),
        ),
        (
            "Lena Mott was quoted as saying by the Tarn Courier on Tuesday: “I will appeal.”",
            ("Lena Mott", "asserts", "Tarn Courier", "“I will appeal.”"),
        ),
    ],
)
def test_who_is_quoted_as_saying(text: str, expected: tuple[str, str, str, str]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "party", "content"),
    [
        ("The bridge, said Lena Mott, is ours.", "Lena Mott", "The bridge … is ours"),
        ("The storm, forecasters said, would hit by Thursday.", "forecasters", "The storm … would hit by Thursday"),
        (
            "The vaccine, according to the trial's author Ines Calloway, protects four people in five.",
            "Ines Calloway",
            "The vaccine … protects four people in five",
        ),
    ],
)
def test_an_attribution_in_the_middle_leaves_the_content_on_both_sides(text: str, party: str, content: str) -> None:
    assert rows(text) == [(party, "asserts", "", content)]
