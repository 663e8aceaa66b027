"""Who is he and who is she, and whom the pronoun means then."""

from __future__ import annotations

import pytest

from index.gender import gender_of
from tests.statement_rows import rows


@pytest.mark.parametrize(
    ("text", "forms", "role", "expected"),
    [
        ("Mr Finn left.", ("Finn",), "", "he"),
        ("Mrs Finn left.", ("Finn",), "", "she"),
        ("Finn left.", ("Finn",), "a spokeswoman for the port", "she"),
        ("Finn left.", ("Finn",), "chairman", "he"),
        ("Finn said he would leave.", ("Finn",), "", "he"),
        ("Finn said Mott lost her hat.", ("Finn",), "", ""),
        ("Finn, her lawyer, left.", ("Finn",), "", ""),
        ("Finn left.", ("Finn",), "", ""),
    ],
)
def test_what_the_text_tells(text: str, forms: tuple[str, ...], role: str, expected: str) -> None:
    assert gender_of(text, forms, ("Mott",), role) == expected


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Mr Ivo Finn's wife, Carla, was at home. She said he came back at nine.", ["Carla"]),
        (
            "Mr Ivo Finn said the boat was old. Mrs Lena Mott said it was new. He said it leaked.",
            ["Ivo Finn", "Lena Mott", "Ivo Finn"],
        ),
        (
            "A spokesman for Harrow Bank said the vaults were safe. He added that no money was missing.",
            ["Harrow Bank", "Harrow Bank"],
        ),
        ("Brandt insisted that the bridge was empty. “I was there all night,” he added.", ["Brandt", "Brandt"]),
    ],
)
def test_a_pronoun_goes_to_the_nearest_person_that_it_fits(text: str, parties: list[str]) -> None:
    assert [row[0] for row in rows(text)] == parties
