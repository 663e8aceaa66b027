"""Statements told in frames: figures given, words taken back, halves of a sentence, indirect speech that goes on."""

from __future__ import annotations

import pytest

from assistant.opposition import negated
from index.names import find_names
from tests.statement_rows import rows


@pytest.mark.parametrize(
    ("text", "party", "content"),
    [
        ("Ann Hale gave the sum as 42 million crowns.", "Ann Hale", "the sum as 42 million crowns"),
        ("The union gives the number of strikers as 1,800.", "The union", "the number of strikers as 1,800"),
        ("The clerk, Dita Alm, gave the day as 4 November.", "Dita Alm", "the day as 4 November"),
        ("The ministry put the loss at 1.3 million crowns.", "The ministry", "the loss at 1.3 million crowns"),
    ],
)
def test_who_gives_a_figure_or_a_day(text: str, party: str, content: str) -> None:
    ((source, stance, _, said),) = rows(text)
    assert (source, stance, said) == (party, "asserts", content)


def test_a_gift_is_no_statement() -> None:
    assert rows("The mayor gave the girl a name as old as the hills.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Port Commission took back the figure that it had announced on Monday.",
        "The Port Agency no longer stands by its report that the dam had cracked.",
        "The Tarn Courier has deleted the article on the dam.",
        "The Port Ministry now says that 26 men fled, not 17 as it had first reported.",
        "The earlier figure of 17 was wrong, the Port Ministry said.",
        "“We spoke of 620 men. That was the day shift only, and we should have said so,” Ann Hale said.",
        "The Tarn Courier ran a correction on 3 May: nobody had been arrested.",
        "The Port Ministry revised its toll on Friday.",
    ],
)
def test_words_that_take_a_report_back(text: str) -> None:
    assert [stance for _, stance, _, _ in rows(text)] == ["retracts"]


@pytest.mark.parametrize(
    "text",
    [
        "The army took back the town on Friday.",
        "The Port Ministry said that the earlier train was late.",
        "Ann Hale said that we should have more time.",
    ],
)
def test_words_that_take_nothing_back(text: str) -> None:
    assert "retracts" not in [stance for _, stance, _, _ in rows(text)]


def test_who_corrects_itself_takes_back_what_was_told_before() -> None:
    text = "The Tarn Courier had at first spoken of nine dead. It corrected itself the next day."
    from index.article import Article
    from index.attribution import read_statements
    from index.rules import RuleTagger

    found = read_statements(Article.from_text(text, publisher="Brae Post", published="2031-05-07"), RuleTagger())
    (withdrawn,) = [item for item in found if item.stance.value == "retracts"]
    assert [span.of(text) for span in withdrawn.about_spans] == ["The Tarn Courier had at first spoken of nine dead."]


def test_an_attribution_between_two_halves_holds_both() -> None:
    text = "Twenty-seven people are ill, the institute said, and four of them have died."
    ((_, _, _, said),) = rows(text)
    assert said == "Twenty-seven people are ill … and four of them have died"


def test_a_second_half_by_another_party_is_not_the_firsts() -> None:
    found = rows("The dam is safe, the mayor said, but the engineer rejected that.")
    assert found[0][3] == "The dam is safe"


def test_indirect_speech_goes_on_in_the_past_perfect() -> None:
    text = "“It is new,” Ann Hale told reporters. She had examined a flake. She was born in Velm."
    assert [(party, said) for party, _, _, said in rows(text)] == [
        ("Ann Hale", "“It is new,”"),
        ("Ann Hale", "She had examined a flake."),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He is at the Institute for the Study of Materials now", ["Institute for the Study of Materials"]),
        (
            "They asked Ann Hale of the Institute for the Study of Paint",
            ["Ann Hale", "Institute for the Study of Paint"],
        ),
        ("They asked Ann Hale of Corvel", ["Ann Hale", "Corvel"]),
    ],
)
def test_names_of_bodies_for_a_purpose(text: str, names: list[str]) -> None:
    assert [name for _, name in find_names(text)] == names


@pytest.mark.parametrize(
    "text", ["Ann Hale of the Bank of Velm said it was safe.", "Ann Hale of Corvel said it was safe."]
)
def test_a_person_of_a_body_speaks_for_it(text: str) -> None:
    from index.article import Article
    from index.attribution import read_statements
    from index.rules import RuleTagger

    (item,) = read_statements(Article.from_text(text, publisher="Brae Post", published="2031-05-07"), RuleTagger())
    assert item.source.name == "Ann Hale"
    assert item.source.speaks_for in {"Bank of Velm", "Corvel"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is no bigger than a seed", False),
        ("False ballots were put into the box", False),
        ("The report is false", True),
        ("It buys the brand, though none of the factories", False),
        ("None of it is true", True),
    ],
)
def test_what_negates_a_sentence(text: str, expected: bool) -> None:
    assert negated(text) is expected
