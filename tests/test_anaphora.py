"""What a denial points back to: the nearest claim, two where it says so, nothing that its own party said."""

from __future__ import annotations

import pytest

from index.article import Article
from index.attribution import read_statements
from index.rules import RuleTagger
from index.statements import Stance


def pointed_to(text: str) -> list[list[str]]:
    """The words that each denial or withdrawal of a text points back to."""
    article = Article.from_text(text, title="", publisher="Tarn Courier", published="2021-03-04")
    return [
        [span.of(text) for span in item.about_spans]
        for item in read_statements(article, RuleTagger())
        if item.stance in {Stance.DENIES, Stance.RETRACTS}
    ]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The well was dry, the guild said. The pump had been sold, the mayor told us. The firm denied the claims.",
         [["The pump had been sold"]]),
        ("The well was dry, the guild said. The road was shut, the mayor said. The firm dismissed both claims.",
         [["The well was dry", "The road was shut"]]),
        ("The owners had denied the yard would close, and had denied it again in March.",
         [[], ["the yard would close"]]),
        ("The pier is safe, the port said. A paper of 2011 had promised fewer floods. Its author withdrew it.",
         [["A paper of 2011 had promised fewer floods."]]),
    ],
)  # fmt: skip
def test_what_a_denial_points_back_to(text: str, about: list[list[str]]) -> None:
    assert pointed_to(text) == about


def test_a_figure_is_pointed_to_where_one_was_told() -> None:
    text = "The guild said 9 men had drowned. The mayor said the pier was unlit. The port rejected that figure."
    assert pointed_to(text) == [["9 men had drowned"]]
