"""Who a source is where only a country, an office, a code or what the text says of it tells: resolved in real news."""

from __future__ import annotations

import pytest

from assistant.assessment import canonical_names
from index.article import Article
from index.attribution import read_statements
from index.names import same_name, strip_honorifics
from index.rules import RuleTagger
from index.statements import SourceKind, Stance, Statement


def attributed(text: str, id: str = "a") -> list[Statement]:
    article = Article.from_text(text, publisher="Nordal Observer", published="2031-05-07")
    return [item for item in read_statements(article, RuleTagger()) if item.source_span is not None]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The Halvian government denied any role in the killing.", "Halvian government"),
        ("The Halvian foreign minister said on Monday that no missile had hit the plane.", ""),
        ("The U.S. military said the strike had killed nobody.", "U.S. military"),
        ("Halvian President Lena Mott said the plane was found.", "Lena Mott"),
        ("U.S. military spokesman Col. Jan Meier said in a message that the strike was lawful.", "U.S. military"),
        ("House Majority Leader Jan Meier said the bill was dead.", "Jan Meier"),
        ("Democratic Sen. Lena Mott of Orle said the plane was found.", "Lena Mott"),
        ("Prime Minister Lena May said the plane was found.", "Lena May"),
        ("Chairman Ahmed Reuss said that the plane had been spotted.", "Ahmed Reuss"),
        ("Crown Prince Mohammed bin Reuss denied any role in the killing.", "Mohammed bin Reuss"),
        ("Private Oto Lund told his guards that he had followed a trout.", "Oto Lund"),
        (
            "Halvia's armed forces took the town, their spokesman, Colonel Jan Meier, said.",
            "Halvia's armed forces",
        ),
        ("St Ivo's Hospital put the number of patients at 19.", "St Ivo's Hospital"),
        (
            "St Ivo's Hospital in Orle put the number of patients at 19. The University of Orle is near.",
            "St Ivo's Hospital",
        ),
    ],
)  # fmt: skip
def test_the_party_is_the_body_or_the_person_not_the_country(text: str, party: str) -> None:
    source = attributed(text)[0].source
    assert (source.party if source.kind is not SourceKind.UNNAMED else "") == party


def test_a_company_is_told_by_what_is_said_of_it() -> None:
    text = (
        "Traces of soap were found, the National Office for Medicines said. Ostvik Biologics said that it was "
        "cooperating. “There was no soap,” said Caspar Wynn, the company's head of safety."
    )
    first, second, third = attributed(text)
    assert second.source.kind is SourceKind.ORGANISATION
    assert third.source.speaks_for == "Ostvik Biologics"
    assert first.source.party == "National Office for Medicines"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("A nurse on the ward said all were ill. “You know the batch. TX-417,” she said.", "A nurse on the ward"),
        ("“It was the jab,” said our informant.", "our informant"),
        ("The Orle army denied that he had been fishing. He had, it said, been inspecting the bank.", "Orle army"),
        ("What we wrote about Mr Lund's model of the trams was correct.", None),
    ],
)
def test_what_is_no_name_and_no_publisher(text: str, party: str | None) -> None:
    found = [item.source for item in attributed(text)]
    assert (found[-1].name.lower() if found else None) == (party.lower() if party else None)


def test_they_whom_a_quotation_mentions_are_not_its_speaker() -> None:
    text = (
        "The notice on the door says so. The ministry was asked.\n\nColonel Jan Meier, reached by telephone, spoke of "
        "the truce. “It began on Friday, whatever they tell you in Orle,” he said."
    )
    assert [item.source.name for item in attributed(text)][-1] == "Jan Meier"


def test_a_licence_that_is_withdrawn_is_no_report() -> None:
    text = "The office denied that it had withdrawn the licence of Ostvik."
    assert Stance.RETRACTS not in {item.stance for item in attributed(text)}


@pytest.mark.parametrize(
    ("long", "short", "same"),
    [
        ("University of Orle", "Orle", False),
        ("Bank of Orle", "Orle", False),
        ("Republic of Halvia", "Halvia", True),
        ("Green Cross of Tarn", "Green Cross", True),
    ],
)
def test_a_town_is_no_short_form_of_what_stands_in_it(long: str, short: str, same: bool) -> None:
    assert same_name(long, short) is same


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("National Security Adviser Jan Meier", "Jan Meier"),
        ("Senator Lena Mott of Orle", "Lena Mott"),
        ("White House Counselor Lena Mott", "Lena Mott"),
        ("Speaker of the House", "Speaker of the House"),
    ],
)
def test_titles_of_several_words(name: str, bare: str) -> None:
    assert strip_honorifics(name) == bare


def test_who_speaks_for_a_body_in_one_article_is_that_body_in_the_next() -> None:
    one = attributed("Major Sanne Lund, a spokeswoman for the Orle Army, said that two guards had died.")
    other = attributed("Major Sanne Lund said that five guards had died.")
    canonical = canonical_names([], [*one, *other])
    assert canonical(other[0].source.party) == canonical("Orle Army")


@pytest.mark.parametrize("section", ["Orle Echo (Online)", "Orle Echo - News", "Orle Echo newspaper", "The Orle Echo"])
def test_the_sections_of_an_outlet_are_one_publisher(section: str) -> None:
    articles = [Article.from_text("Rain fell.", publisher=name) for name in ("Orle Echo", section)]
    canonical = canonical_names(articles, [])
    assert canonical("Orle Echo") == canonical(section)
