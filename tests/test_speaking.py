"""Which words of a tagged source can be a party, and who is meant where the words before a verb are none."""

from __future__ import annotations

import pytest

from index.article import Article
from index.attribution import read_statements
from index.rules import RuleTagger
from index.spans import Span
from index.speaking import can_speak, goes_on, speaker_span
from index.statements import Statement


def attributed(text: str) -> list[Statement]:
    """The statements with a cue, in order of the text."""
    article = Article.from_text(text, publisher="Nordal Observer", published="2031-05-07")
    return [item for item in read_statements(article, RuleTagger()) if item.cue_span is not None]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("On Saturday the ferry line", "the ferry line"),
        ("Late Tuesday, the harbour board", "the harbour board"),
        ("Friday morning, several pilots", "several pilots"),
        ("Two days before he", "he"),
        ("A day after port officials", "port officials"),
        ("Roughly four weeks after the fire, Mott", "Mott"),
        ("Though she", "she"),
        ("he continues to", "he"),
        ("he still", "he"),
        ("she'd", "she"),
        ("noting that Brandt", "Brandt"),
        ("saying the harbour board", "the harbour board"),
        ("Opening the hearing on the fire, Ms. Mott", "Ms. Mott"),
        ("After the vote, a clerk of the court", "a clerk of the court"),
        ("Aside from the drones, a senior officer", "a senior officer"),
        ("sheds, the quay and the crane, officials", "officials"),
        ("shots fired at their boats, the navy", "the navy"),
        ("Update at 3:10 p.m. ET: Dockers", "Dockers"),
        ("(The ferry line", "The ferry line"),
        ("the ministry meanwhile", "the ministry"),
        ("the board has so far", "the board"),
        ("Officials have cited a safety rule in", "Officials"),
        ("a statement from the", "a statement"),
        ("the fire chief", "the fire chief"),
        ("a report released last year", "a report released last year"),
        ("a number of tax experts", "a number of tax experts"),
        ("the harbour board last week", "the harbour board last week"),
        ("two would-be buyers", "two would-be buyers"),
        ("a longtime adviser who said the ships", "a longtime adviser who said the ships"),
    ],
)
def test_a_source_is_cut_to_what_can_speak(words: str, who: str) -> None:
    found = speaker_span(words, Span(0, len(words)))
    assert found is not None
    assert found.of(words) == who


@pytest.mark.parametrize(
    "words",
    [
        "adamantly",
        "conspicuously",
        "Despite",
        "Following last week's",
        "Thursday",
        "September 14, 2012",
        "earlier this week",
        "released Thursday",
        "asked about",
        "In an interview",
        "Under the heading of the talk",
        "the United",
        "coming to the United",
        "Fla.",
        "ET",
        "three of",
        "one of",
        "This",
        "the so",
        "you",
        "today's",
        "the massacre",
        "The emergency meeting",
        "The fighting",
        "responsibility for the assault",
        "his interactions with the board",
        "potentially opening the door to a stand-off",
    ],
)
def test_what_nobody_is_has_no_speaker(words: str) -> None:
    assert speaker_span(words, Span(0, len(words))) is None


@pytest.mark.parametrize(
    "words",
    [
        "the Harbour administration",
        "a parliamentary commission",
        "state television",
        "the opposition",
        "family members",
        "a butcher",
        "Emily Lindstrom",
        "Kelly",
        "Beijing",
        "The twins",
        "two people with knowledge of the talks",
        "the audit",
        "A document",
        "prosecutors",
        "63 percent",
        "most of the residents",
        "those who were on board",
    ],
)
def test_persons_bodies_and_documents_can_speak(words: str) -> None:
    assert can_speak(words)


@pytest.mark.parametrize(("words", "expected"), [("but adamantly", True), ("then", True), ("the board", False)])
def test_an_adverb_goes_on_with_the_subject(words: str, expected: bool) -> None:
    assert goes_on(words) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Lena Mott said the ferry was late but adamantly denied that it had struck the pier.",
            ["Lena Mott", "Lena Mott"],
        ),
        ("Late on Thursday the Tarn Harbour Board said it would be sold.", ["Tarn Harbour Board"]),
    ],
)
def test_the_clause_gives_the_real_subject(text: str, names: list[str]) -> None:
    assert [item.source.name for item in attributed(text)] == names
