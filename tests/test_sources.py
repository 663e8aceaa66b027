"""Who is meant: short forms, pronouns, definite nouns, those who speak for a body, and those without a name."""

from __future__ import annotations

import pytest

from index.article import Article
from index.attribution import read_statements
from index.rules import RuleTagger
from index.statements import SourceKind, Statement


def attributed(text: str) -> list[Statement]:
    """The statements with a source, in order of the text; the publisher is one that no text names."""
    article = Article.from_text(text, publisher="Nordal Observer", published="2031-05-07")
    return [item for item in read_statements(article, RuleTagger()) if item.source_span is not None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Lena Mott, an engineer, said the dam would hold. Mott said it had been tested.",
            ["Lena Mott", "Lena Mott"],
        ),
        (
            "“It will hold,” said Lena Mott, an engineer. “It always has,” she added.",
            ["Lena Mott", "Lena Mott"],
        ),
        (
            "Lena Mott said the dam would hold. Anton Reuss said that he doubted it. He said it had cracks.",
            ["Lena Mott", "Anton Reuss", "Anton Reuss"],
        ),
        (
            "The Osterland Mining Company said the pit was safe. The company said it had been inspected.",
            ["Osterland Mining Company", "Osterland Mining Company"],
        ),
        (
            "The Civil Safety Board (CSB) said the brakes had failed. The CSB said the operator had known.",
            ["Civil Safety Board", "Civil Safety Board"],
        ),
        (
            "Petra Lund is the head of the dam authority. She said the dam would hold.",
            ["Petra Lund"],
        ),
        ("Dr. Ines Calloway, a surgeon, said two had died.", ["Ines Calloway"]),
        ("Col. Jan Meier said the road was open. “It is safe,” Meier said.", ["Jan Meier", "Jan Meier"]),
    ],
)
def test_short_forms_and_pronouns_lead_to_the_fullest_name(text: str, names: list[str]) -> None:
    assert [item.source.name for item in attributed(text)] == names


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        (
            "Greta Haas, a spokeswoman for the Osterland Mining Company, said the pit was safe.",
            "Greta Haas",
            "Osterland Mining Company",
        ),
        (
            "A spokeswoman for the Osterland Mining Company, Greta Haas, said the pit was safe.",
            "Greta Haas",
            "Osterland Mining Company",
        ),
        ("Harrow Bank spokesman Karl Weiss said the branches would stay open.", "Karl Weiss", "Harrow Bank"),
        ("Harrow Bank's spokesman Karl Weiss said the branches would stay open.", "Karl Weiss", "Harrow Bank"),
        (
            "Lena Mott, chief executive of Harrow Bank, said that the branches would stay open.",
            "Lena Mott",
            "Harrow Bank",
        ),
    ],
)
def test_who_speaks_for_a_body_counts_for_it(text: str, name: str, body: str) -> None:
    (item,) = attributed(text)
    assert (item.source.name, item.source.speaks_for, item.source.party) == (name, body, body)


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for Harrow Bank said the branches would stay open.",
        "A lawyer for Harrow Bank said the branches would stay open.",
    ],
)
def test_a_spokesman_without_a_name_counts_for_the_body(text: str) -> None:
    (item,) = attributed(text)
    assert item.source.party == "Harrow Bank"


def test_an_employee_who_tells_what_he_saw_is_a_party_of_his_own() -> None:
    (item,) = attributed("Ivo Brandt, a night guard at Harrow Bank, said he heard three shots.")
    assert item.source.party == "Ivo Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "Residents said the soldiers came at night.",
        "A witness said the soldiers came at night.",
        "Two officials said the soldiers came at night.",
        "Local sources said the soldiers came at night.",
        "“They came at night,” said one resident, who asked not to be identified.",
        "The soldiers came at night, according to a person familiar with the matter.",
    ],
)
def test_a_party_without_a_name_is_unnamed(text: str) -> None:
    (item,) = attributed(text)
    assert item.source.kind is SourceKind.UNNAMED
    assert item.source.name and not item.source.speaks_for


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lena Mott said the dam would hold.", SourceKind.PERSON),
        ("Harrow Bank said the dam would hold.", SourceKind.ORGANISATION),
        ("The Tarn Courier said the dam would hold.", SourceKind.OUTLET),
        ("Radio Velm said the dam would hold.", SourceKind.OUTLET),
        ("Residents said the dam would hold.", SourceKind.UNNAMED),
    ],
)
def test_what_sort_of_party_the_source_is(text: str, kind: SourceKind) -> None:
    (item,) = attributed(text)
    assert item.source.kind is kind


@pytest.mark.parametrize("words", ["We", "The Nordal Observer", "This newspaper"])
def test_the_article_speaking_of_itself_is_its_publisher(words: str) -> None:
    (item,) = attributed(f"{words} reported on Monday that the bridge was closed.")
    assert item.source.name == "Nordal Observer"
    assert item.source.kind is SourceKind.OUTLET
