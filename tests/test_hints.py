"""Hints: outlets, dates and parts read off a question."""

from __future__ import annotations

import pytest

from assistant.hints import named_publishers, read_hints, short_forms
from index.dates import PartialDate

PUBLISHERS = (
    "Velm Gazette",
    "Velm Gazette - Sport",
    "The Orlin Herald",
    "The Tide",
    "kresta.com",
    "Ríonach Post: The Best of the Isles",
)


def words(text: str) -> list[str]:
    return [word.strip(".,;:?'¦").lower() for word in text.split() if word.strip(".,;:?'¦")]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Velm Gazette - Sport", {"Velm Gazette - Sport", "Velm Gazette"}),
        ("The Orlin Herald", {"The Orlin Herald", "Orlin Herald"}),
        ("The Tide", {"The Tide"}),
        ("Kresta.com", {"Kresta.com", "Kresta"}),
        ("Kresta | Business of the Coast", {"Kresta | Business of the Coast", "Kresta"}),
    ],
)
def test_short_forms(name: str, forms: set[str]) -> None:
    assert short_forms(name) == forms


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What does the Orlin Herald say?", ["The Orlin Herald"]),
        ("Did 'Rionach Post' report it?", ["Ríonach Post: The Best of the Isles"]),
        ("Does the Velm Gazette - Sport article agree?", ["Velm Gazette - Sport"]),
        ("Does the Velm Gazette's article agree?", ["Velm Gazette", "Velm Gazette - Sport"]),
        ("Did the tide come in at Kresta?", ["kresta.com"]),
        ("Did The Tide say so?", ["The Tide"]),
        ("what did the orlin herald say", ["The Orlin Herald"]),
        ("What did the Herald say?", []),
    ],
)
def test_publishers_named(text: str, named: list[str]) -> None:
    assert [name for _, _, names in named_publishers(text, PUBLISHERS) for name in names] == named


def test_places_of_the_names() -> None:
    text = "While Kresta denies it, The Tide does not."
    assert [text[start:end] for start, end, _ in named_publishers(text, PUBLISHERS)] == ["Kresta", "The Tide"]


def test_parts_and_words_are_without_the_outlets_and_the_framing() -> None:
    text = "Does the Velm Gazette claim that grain ships left Orlin harbour, while The Tide reports low water levels?"
    hints = read_hints(text, (), PUBLISHERS, words)
    assert hints.publishers == ("Velm Gazette", "Velm Gazette - Sport", "The Tide")
    assert hints.parts == (("grain", "ships", "left", "orlin", "harbour"), ("low", "water", "levels"))
    assert {"velm", "gazette", "tide"}.isdisjoint(hints.words)
    assert {"claim", "grain", "levels"} <= set(hints.words)


def test_a_short_part_joins_the_next_and_the_last_the_one_before() -> None:
    hints = read_hints("Grain ships, the harbour pilots boarded, and then sank", (), (), words)
    assert hints.parts == (("grain", "ships", "harbour", "pilots", "boarded", "sank"),)


def test_days_and_months_are_kept_and_years_not() -> None:
    dates = (PartialDate(2031, 5, 2), PartialDate(2031), PartialDate(2031, 6), PartialDate(2031, 5, 2))
    assert read_hints("What happened?", dates, (), words).dates == (PartialDate(2031, 5, 2), PartialDate(2031, 6))


def test_a_question_of_framing_words_alone_has_one_part() -> None:
    assert len(read_hints("Who said that?", (), (), words).parts) == 1


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "Does the Velm Gazette - Sport article say that pilots struck, while The Tide reports calm seas?",
            [("pilots struck", ("Velm Gazette - Sport",)), ("calm seas", ("The Tide",))],
        ),
        (
            "Which ship lost cargo off Velm, as reported by The Tide and The Orlin Herald?",
            [("lost cargo", ("The Tide", "The Orlin Herald"))],
        ),
        (
            "Did The Tide, on 2 May 2031, say that pilots struck?",
            [("pilots struck", ("The Tide",))],
        ),
        ("Which ship lost cargo?", [("lost cargo", ())]),
        ("Who said that?", []),
    ],
)
def test_clauses_by_the_outlet_that_they_describe(text: str, clauses: list[tuple[str, tuple[str, ...]]]) -> None:
    found = read_hints(text, (), PUBLISHERS, words).clauses
    assert [clause.publishers for clause in found] == [publishers for _, publishers in clauses]
    for clause, (held, _) in zip(found, clauses, strict=True):
        assert held in clause.text
        assert "2031" not in clause.text


def test_a_date_is_searched_for_and_is_no_word_of_a_sentence() -> None:
    hints = read_hints("Did ships leave on 2 May 2031, or at 2031-05-03T10:00:00+00:00, as in 2030?", (), (), words)
    assert {"may", "2031", "2030"} <= set(hints.words)
    assert {"may", "2031", "2", "2031-05-03t10:00:00+00:00"}.isdisjoint(hints.undated)
    assert {"ships", "leave", "2030"} <= set(hints.undated)
    assert read_hints("on 2 May 2031", (), (), words).undated
