"""The claim that a question names, and what a question takes for granted."""

from __future__ import annotations

import pytest

from assistant.proposition import held, taken_for_granted
from assistant.question import parse_question


@pytest.mark.parametrize(
    ("question", "granted"),
    [
        ("Why did the judge refuse the paper?", "the judge refuse the paper"),
        ("When was the ferry raised?", "the ferry raised"),
        ("On what day did the navy free the crew?", "the navy free the crew"),
        ("How many crates did Velm Lines lose?", "Velm Lines lose crates"),
        ("How many crates were lost?", "lost crates"),
        ("What did the bank pay?", "the bank pay something"),
        ("Who owns the ferry?", "someone owns the ferry"),
        ("Who was blamed for the fire?", "someone was blamed for the fire"),
        ("Which minister signed the order?", "a minister signed the order"),
        ("Why did the bridge close, and who says so?", "the bridge close"),
        ("Why did the bridge close, according to the Orlin Herald?", "the bridge close"),
        ("And how did the trial end?", "the trial end"),
        ("Tell me about the ferry", ""),
    ],
)
def test_what_a_question_takes_for_granted(question: str, granted: str) -> None:
    assert taken_for_granted(question) == granted


@pytest.mark.parametrize(
    ("question", "yes_no", "proposition"),
    [
        ("Who denied that the dam had cracked?", False, "the dam had cracked"),
        ("Who says the ferry was overloaded?", False, "the ferry was overloaded"),
        ("Was the ferry overloaded?", True, "the ferry overloaded"),
        ("Was it overloaded again?", True, ""),
        ("Who owns the ferry?", False, ""),
    ],
)
def test_the_proposition_that_a_question_names(question: str, yes_no: bool, proposition: str) -> None:
    assert held(question, yes_no, False) == proposition


def test_the_premise_is_the_proposition_where_there_is_one() -> None:
    assert parse_question("Who denied that the dam had cracked?").premise == "the dam had cracked"
    assert parse_question("Why did the dam crack?").premise == "the dam crack"
