"""Through whom a source came."""

from __future__ import annotations

import pytest

from tests.statement_rows import rows


@pytest.mark.parametrize(
    ("text", "party", "via"),
    [
        ("In an interview with the Tarn Courier, Lena Mott said the bank would close.", "Lena Mott", "Tarn Courier"),
        ("“I never saw it,” Lena Mott said in an interview with Radio Velm.", "Lena Mott", "Radio Velm"),
        ("Lena Mott, quoted by the Tarn Courier, said the pit had flooded before.", "Lena Mott", "Tarn Courier"),
        ("Anton Reuss, cited by the state news agency Velmpress, said nine were hurt.", "Anton Reuss", "Velmpress"),
        ("Speaking to Radio Velm, Lena Mott denied she had taken money.", "Lena Mott", "Radio Velm"),
        ("In comments published by the Velm Star on Sunday, Lena Mott said she had known.", "Lena Mott", "Velm Star"),
        (
            "Writing in the Tarn Courier, economist Mira Sand argued that the tax would fail.",
            "Mira Sand",
            "Tarn Courier",
        ),
        (
            "The Harbour Board said in a statement carried by the Velm Star that the pier was safe.",
            "Harbour Board",
            "Velm Star",
        ),
        ("The Tarn Courier, citing the Velm Star, said the mill would close.", "Velm Star", "Tarn Courier"),
        (
            "The Harbour Post reported, citing the Fishermen's Union, that the dam had cracked.",
            "Fishermen's Union",
            "Harbour Post",
        ),
        (
            "Kavra state media said the plane had been shot down, the Tarn Courier reported.",
            "Kavra state media",
            "Tarn Courier",
        ),
        ("Two sources told Borsa on Friday that a deal was near. Borsa could not verify it.", "Two sources", "Borsa"),
        (
            "The Tarn Courier wrote that the mayor had resigned. The paper cited two councillors.",
            "two councillors",
            "Tarn Courier",
        ),
        (
            "The Velm Star reports that Brandt has fled. It cites an unnamed neighbour.",
            "an unnamed neighbour",
            "Velm Star",
        ),
    ],
)
def test_the_outlet_between(text: str, party: str, via: str) -> None:
    assert (party, via) in [(row[0], row[2]) for row in rows(text)]


def test_what_cites_belongs_to_the_attribution_nearest_to_it() -> None:
    text = "Orle officials said the bridge was gone, the outlet Kavra Today reports, citing the Harbour Board."
    assert ("Harbour Board", "Kavra Today") in [(row[0], row[2]) for row in rows(text)]
    assert "Orle officials" in [row[0] for row in rows(text)]


def test_a_neighbour_told_something_is_no_outlet() -> None:
    text = "A neighbour told Finn that the lights were on. Finn did not believe it."
    assert [row[2] for row in rows(text)] == [""]
