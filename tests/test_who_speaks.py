"""Who goes on speaking: unnamed officials, quotations that go on in the next paragraph, accounts, namesakes."""

from __future__ import annotations

import pytest

from index.article import Article
from index.attribution import read_statements
from index.rules import RuleTagger
from index.statements import SourceKind, Statement


def last(text: str) -> Statement:
    """The last statement of a text."""
    article = Article.from_text(text, publisher="Nordal Observer", published="2031-05-07")
    return read_statements(article, RuleTagger())[-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Omar Madsen called the station and said he had done it. The two went to one school, the official said.",
            "the official",
        ),
        (
            "Lena Mott, the deputy minister, said it was late. The bridge had cracked, the official said.",
            "Lena Mott",
        ),
        (
            "Ann Lee said it was dark. Omar Madsen said he had done it. A senior official said it was late. "
            "Lee said no. The bridge had cracked, the official said.",
            "A senior official",
        ),
        (
            "A harbour source said it was late. The bridge had cracked, the police source said.",
            "the police source",
        ),
        ("Lena Mott, an engineer, said it was late. The lawyer said it had cracked.", "The lawyer"),
        ("Lena Mott, a lawyer, said it was late. The lawyer said it had cracked.", "Lena Mott"),
    ],
)
def test_an_official_without_a_name_is_not_the_person_nearby(text: str, name: str) -> None:
    assert last(text).source.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We saw it all,” said Lena Mott.\n\n“It went on for an hour, and nobody came.”", "Lena Mott"),
        ("“We saw it all,” Lena Mott said. “It was dark.\n\n“Then it was over, and we went home.”", "Lena Mott"),
        ("Lena Mott said the ferry was late.\n\n“The road was closed for the night” read a sign.", "Nordal Observer"),
        ("The ferry was late.\n\n“The road was closed for the night.”", "Nordal Observer"),
    ],
)
def test_a_quotation_goes_on_in_the_next_paragraph(text: str, name: str) -> None:
    assert last(text).source.name == name


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        (
            "Lena Mott of the election board said all was counted. By that count the mayor got 48 percent.",
            "Lena Mott",
            "the mayor got 48 percent.",
        ),
        (
            "Anton Reuss told the court that it was dark. Ann Lee said it was not. "
            "By Reuss's account, a boat left at nine.",
            "Anton Reuss",
            "a boat left at nine.",
        ),
        ("The ferry was late. By some account a boat left at nine.", "Nordal Observer", None),
    ],
)
def test_an_account_is_its_givers(text: str, name: str, content: str | None) -> None:
    item = last(text)
    assert item.source.name == name
    if content:
        assert item.content_spans[0].of(text) == content


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Halvian Front attacked. The governor of New Orle said the suspect was one of it.",
            "governor of New Orle",
        ),
        ("The governor of New Orle, Lena Mott, said the suspect was ill.", "Lena Mott"),
    ],
)
def test_who_rules_a_place_is_not_the_place(text: str, name: str) -> None:
    assert last(text).source.name.endswith(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Senator John Brandt was ill, said John Brandt. John Brandt resigned.\n\n"
            "Ian Brandt, his nephew, said it was late.\n\nLater Brandt said he would run himself.",
            "Ian Brandt",
        ),
        (
            "John Brandt said he was ill. John Brandt resigned.\n\nIan Brandt, his nephew, said it was late.\n\n"
            "The town was quiet.\n\nNobody came.\n\nOn Monday Brandt said he would not run.",
            "John Brandt",
        ),
        (
            "John Brandt was shot. The town of John Brandt wept.\n\nIan Brandt, a neighbour, said it was late.\n\n"
            "The town was quiet.\n\nNobody came.\n\nOn Monday Brandt said he would not run.",
            "Ian Brandt",
        ),
    ],
)
def test_a_surname_of_two_is_of_the_fitting_one(text: str, name: str) -> None:
    assert last(text).source.name == name


@pytest.mark.parametrize("who", ["The clerk who sold the ticket", "The suspect's father"])
def test_who_is_told_apart_is_none_of_those_named(who: str) -> None:
    assert last(f"Omar Madsen said he was ill. {who} said it was late.").source.name == who.split(" who ")[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Radio Velm said that the ferry sank. According to these reports, nine people died.", "Radio Velm"),
        (
            "The Velm Wire reported that a boat sank. Nordal Lines denied it. According to that claim, nine died.",
            "Velm Wire",
        ),
    ],
)
def test_a_report_just_told_is_of_whoever_told_it_and_not_of_who_denied_it(text: str, name: str) -> None:
    assert last(text).source.name.removeprefix("The ") == name


@pytest.mark.parametrize("words", ["Report", "Sources", "Study"])
def test_the_end_of_a_headline_that_tells_nobody_by_name_is_no_party(words: str) -> None:
    headline = f"Ferry Sylvie Sank off Velm – {words}"
    article = Article.from_text(f"{headline}\n\nNordal Lines has not been reached.", title=headline)
    found = read_statements(article, RuleTagger())[0]
    assert (found.source.name, found.source.kind) == (words, SourceKind.UNNAMED)
