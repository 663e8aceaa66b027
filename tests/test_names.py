"""Names: which are one party's, of what sort it is, and what a text names."""

from __future__ import annotations

import pytest

from index.article import Article
from index.attribution import read_statements
from index.names import find_names, fold, head_noun, kind_of, same_name, short_of, strip_honorifics
from index.parties import parties
from index.rules import RuleTagger
from index.statements import SourceKind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lena Mott", "Mott"),
        ("Dr Lena Mott", "Lena Mott"),
        ("Osterland Mining Company", "Osterland Mining"),
        ("Civil Protection Agency", "CPA"),
        ("Civil Protection Agency", "C.P.A."),
        ("Café Noir", "Cafe Noir"),
        ("the Velm Gazette", "Velm Gazette"),
        ("St. John’s Hospital", "St John's Hospital"),
        ("Harrow Bank", "Harrow"),
    ],
)
def test_forms_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lena Mott", "Anton Mott"),
        ("Velm Police", "Tarn Police"),
        ("North Velm Council", "South Velm Council"),
        ("Civil Protection Agency", "CPB"),
        ("Harrow Bank", "Bank"),
        ("Velm Gazette", "Tarn Gazette"),
        ("Harrow Bank", "Barrow Bank"),
        ("", "Lena Mott"),
    ],
)
def test_likeness_alone_makes_no_two_names_one(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


def test_a_short_form_within_one_text_may_be_its_last_word() -> None:
    assert short_of("the Gazette", "Velm Gazette")
    assert not short_of("the Gazette", "Velm Courier")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Velm Gazette", SourceKind.OUTLET),
        ("Radio Velm", SourceKind.OUTLET),
        ("La Voz de Tarn", SourceKind.OUTLET),
        ("Lena Mott", SourceKind.PERSON),
        ("Dr Calloway", SourceKind.PERSON),
        ("Harrow Bank", SourceKind.ORGANISATION),
        ("Tarn University Hospital", SourceKind.ORGANISATION),
        ("Ministry of Defence", SourceKind.ORGANISATION),
        ("CPA", SourceKind.ORGANISATION),
    ],
)
def test_what_sort_of_party_a_name_is(name: str, kind: SourceKind) -> None:
    assert kind_of(name) is kind


def test_a_known_outlet_is_one_whatever_its_name() -> None:
    assert kind_of("Red Anchor", outlets=("The Red Anchor",)) is SourceKind.OUTLET
    assert kind_of("Red Anchor", context="the Red Anchor newspaper") is SourceKind.OUTLET


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Dr Lena Mott", "Lena Mott"),
        ("Prime Minister Jonas Falk", "Jonas Falk"),
        ("Col. Jan Meier", "Jan Meier"),
        ("Foreign Minister Ada Lorn", "Ada Lorn"),
        ("Interior Ministry", "Interior Ministry"),
        ("Mr Osk", "Osk"),
    ],
)
def test_titles_before_a_person_are_taken_off(name: str, bare: str) -> None:
    assert strip_honorifics(name) == bare


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lena Mott, of Harrow Bank, met Anton Reuss on Monday.", ["Lena Mott", "Harrow Bank", "Anton Reuss"]),
        ("The Ministry of Transport and Dr. Ines Calloway spoke.", ["Ministry of Transport", "Dr. Ines Calloway"]),
        ("“We are done,” said Osk.", ["Osk"]),
        ("However, nobody came. Police waited.", []),
        ("On Tuesday in May it rained.", []),
        ("They met Velm's mayor and Tarn’s.", ["Velm", "Tarn"]),
    ],
)
def test_names_in_running_text_slice_back(text: str, names: list[str]) -> None:
    found = find_names(text)
    assert [name for _, name in found] == names
    assert all(span.of(text) == name for span, name in found)


def test_parties_of_a_text_come_once_with_every_form() -> None:
    text = (
        "Lena Mott, chief executive of Harrow Bank, spoke on Monday. Mott said the bank was safe. The Civil Safety "
        "Board (CSB) disagreed. The CSB said so in a letter to Mr Reuss."
    )
    found = {party.name: party for party in parties(text)}
    assert set(found) == {"Lena Mott", "Harrow Bank", "Civil Safety Board", "Reuss"}
    assert "Mott" in found["Lena Mott"].forms
    assert "CSB" in found["Civil Safety Board"].forms
    assert found["Lena Mott"].kind is SourceKind.PERSON
    assert found["Civil Safety Board"].kind is SourceKind.ORGANISATION
    assert found["Reuss"].kind is SourceKind.PERSON
    assert any("chief executive" in role for role in found["Lena Mott"].roles)


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the head of the port authority", "head"),
        ("a former guard who worked there", "guard"),
        ("night-shift foreman", "foreman"),
        ("", ""),
    ],
)
def test_the_head_of_a_noun_phrase(phrase: str, head: str) -> None:
    assert head_noun(phrase) == head


@pytest.mark.parametrize(
    ("one", "other"),
    [("O’Dell", "o'dell"), ("Café", "CAFE"), ("St. Agnes", "st agnes"), ("Fish & Sons", "fish and sons")],
)
def test_folding_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Secretary of State Ann M. Lee said the talks were over.", "Ann M. Lee"),
        ("Halvian Secretary of State Ann Lee said the talks were over.", "Ann Lee"),
        ("Police Commissioner Ray Kellerman said the talks were over.", "Ray Kellerman"),
        ("Speaker Paul Renner said the talks were over.", "Paul Renner"),
        ("FBI Special Agent Rick Lauriers said the talks were over.", "Rick Lauriers"),
        ("Deputy Chief of Mission Gregor Hix said the talks were over.", "Gregor Hix"),
        ("The ambassador to the Orle Nations League Nina Hale said the talks were over.", "Nina Hale"),
        ("Yet Lena Mott said the talks were over.", "Lena Mott"),
        ("AGENCIES Mott: talks on. On Monday Lena Mott spoke. “They are over,” Mott said.", "Lena Mott"),
        ("CLOSE The Halvian League said the talks were over.", "Halvian League"),
    ],
)
def test_a_name_is_without_office_and_furniture(text: str, name: str) -> None:
    article = Article.from_text(text, publisher="Nordal Observer", published="2031-05-07")
    assert [item.source.name for item in read_statements(article, RuleTagger()) if item.cue_span][-1:] == [name]


@pytest.mark.parametrize(
    "text", ["Foreign Minister. The ferry left Springdale, Fla., at 3 p.m. ET.", "The CEO and the President met."]
)
def test_offices_states_and_time_zones_are_no_parties(text: str) -> None:
    assert not {party.name for party in parties(text)} & {"Foreign Minister", "Fla.", "Fla", "ET", "CEO", "President"}
