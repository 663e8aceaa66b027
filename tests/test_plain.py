"""A text made plain keeps every character at its place."""

from __future__ import annotations

import pytest

from index.plain import plain, without_stops
from tests.statement_rows import rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police\u00a0said\u2009so", "Police said so"),
        ("«It is over», said Weiss", "“It is over”, said Weiss"),
        ("„It is over“, said Weiss", "“It is over”, said Weiss"),
        ("‘It’s over,’ said Weiss", "“It’s over,” said Weiss"),
        ("'It's over,' said Weiss", "“It's over,” said Weiss"),
        ("the workers' rights and the miners' pay", "the workers' rights and the miners' pay"),
        ("“the ‘best’ boat”", "“the ‘best’ boat”"),
        ("''It is over,'' he said", ' "It is over,"  he said'),
    ],
)
def test_quotation_marks_and_white_space(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert len(plain(text)) == len(text)


def test_a_title_keeps_no_full_stop() -> None:
    assert (
        without_stops("Mr. Mott and J. P. Sorel left. Then it rained.")
        == "Mr’ Mott and J’ P’ Sorel left. Then it rained."
    )


@pytest.mark.parametrize(
    ("text", "party", "content"),
    [
        ("‘We were lucky,’ said Lena Mott.", "Lena Mott", "‘We were lucky,’"),
        ("«It is over», Karl Weiss said.", "Karl Weiss", "«It is over»"),
        ("“I have nothing to hide”, Mr. J. P. Sorel told me.", "J. P. Sorel", "“I have nothing to hide”"),
        ("Lena\u00a0Mott\u00a0said the\u00a0bridge was closed.", "Lena Mott", "the\u00a0bridge was closed"),
    ],
)
def test_statements_of_odd_texts_slice_the_text_itself(text: str, party: str, content: str) -> None:
    assert rows(text) == [(party, "asserts", "", content)]
