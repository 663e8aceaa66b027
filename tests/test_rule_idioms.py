"""Verbs of saying that tell of no saying, and what stands between such a verb and its clause."""

from __future__ import annotations

import pytest

from index.rules import RuleTagger

TAGGER = RuleTagger()


def contents(text: str) -> list[str]:
    """The content of each attribution, its parts joined by " / "."""
    return [" / ".join(span.of(text) for span in found.content) for found in TAGGER.tag(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The conductor wrote down the number of the carriage.",
        "The woman beside the door wrote it on her sleeve.",
        "The apprentice has written down eleven lorries since March.",
        "The headmaster wrote a cookery book after the war.",
        "The incumbent conceded defeat in the election of the mayor.",
        "The flood has claimed its first life.",
        "The greens claimed victory on Sunday in the vote.",
        "The minister spoke with two members of the harbour guard who were hurt.",
        "Her telephone is answered by a machine.",
        "The archive had not been asked by either side.",
        "The economy added 304,000 jobs in January, a strong month.",
        "The lawyer argued eight cases in the capital.",
        "The porter answered the phone at the villa.",
        "Just hours before Ms. Roth wrote the email, the gates of the plant closed.",
    ],
)
def test_a_deed_is_no_attribution(text: str) -> None:
    assert contents(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The plant denied for three days that its kitchen was to blame.", "its kitchen was to blame"),
        ("The lawyer wrote back in a single line that her client has paid.", "her client has paid"),
        ("The clinic said only that it had closed a ward.", "it had closed a ward"),
        ("The lawyer added moreover that his client took nothing.", "his client took nothing"),
        ("The firm warned the hospital in writing that the water was foul.", "the water was foul"),
        ("The skipper contradicts him flatly: “I never saw it.”", "“I never saw it.”"),
        ("The chemist wrote down that the flask was empty.", "the flask was empty"),
        ("The radio said at least 40 people had drowned and more than 90 were missing.",
         "at least 40 people had drowned and more than 90 were missing"),

        ("The mayor wrote a letter to the guild saying that the well was dry.", "the well was dry"),
        ("The council was accused by the mayor of hiding the loan.", "The council / of hiding the loan"),
    ],
)  # fmt: skip
def test_what_is_told_begins_at_its_clause(text: str, content: str) -> None:
    assert content in contents(text)
