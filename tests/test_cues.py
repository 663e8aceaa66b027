"""Cue words and the stance that they give."""

from __future__ import annotations

import pytest

from index.cues import LEMMAS, declines, denies, hedges, negates, retracts, stance_of, unverified
from index.statements import Stance


@pytest.mark.parametrize(
    ("cue", "sentence", "stance"),
    [
        ("said", "the mayor said", Stance.ASSERTS),
        ("told", "the mayor told Radio Velm", Stance.ASSERTS),
        ("announced", "the port announced", Stance.ASSERTS),
        ("claims", "the group claims", Stance.ASSERTS),
        ("confirmed", "the ministry confirmed", Stance.CONFIRMS),
        ("acknowledged", "the ministry acknowledged", Stance.CONFIRMS),
        ("admitted", "the driver admitted", Stance.CONFIRMS),
        ("denied", "the ministry denied", Stance.DENIES),
        ("denies", "the ministry denies", Stance.DENIES),
        ("has denied", "the ministry has denied", Stance.DENIES),
        ("rejected", "the ministry rejected", Stance.DENIES),
        ("dismissed", "the ministry dismissed", Stance.DENIES),
        ("disputed", "the union disputed", Stance.DENIES),
        ("refuted", "the union refuted", Stance.DENIES),
        ("retracted", "the Courier retracted its report", Stance.RETRACTS),
        ("withdrew", "the Courier withdrew its report", Stance.RETRACTS),
        ("said", "the mayor would not say", Stance.DECLINES),
        ("said", "the mayor declined to comment", Stance.DECLINES),
        ("did not deny", "the mayor did not deny", Stance.CONFIRMS),
        ("denied", "the mayor has not denied", Stance.CONFIRMS),
    ],
)
def test_a_cue_gives_its_stance(cue: str, sentence: str, stance: Stance) -> None:
    assert stance_of(cue, sentence) is stance


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("says", "say"), ("told", "tell"), ("denies", "deny"), ("denied", "deny"), ("announcing", "announce"),
     ("withdrew", "withdraw"), ("wrote", "write"), ("stresses", "stress"), ("published", "publish")],
)  # fmt: skip
def test_every_form_of_a_verb_leads_to_its_lemma(form: str, lemma: str) -> None:
    assert LEMMAS[form] == lemma


@pytest.mark.parametrize(
    "words",
    [
        "denied",
        "called the report baseless",
        "branded the story a lie",
        "described the figures as invented",
        "dismissed",
        "said the allegations were false",
        "insisted that the reports are untrue",
        "hit back",
    ],
)
def test_words_that_deny(words: str) -> None:
    assert denies(words)


@pytest.mark.parametrize(
    "words",
    [
        "said the harbour was closed",
        "did not deny",
        "has not disputed",
        "called for an inquiry",
        "confirmed",
        "called it a triumph",
    ],
)
def test_words_that_do_not_deny(words: str) -> None:
    assert not denies(words)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("There is no truth in this.", True),
        ("That is not true.", True),
        ("It never happened.", True),
        ("The figure is simply wrong.", True),
        ("Nothing of the kind.", True),
        ("The harbour is closed.", False),
        ("We are proud of the crew.", False),
    ],
)
def test_quotations_that_reject(quote: str, expected: bool) -> None:
    assert negates(quote) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("has retracted its report", True),
        ("withdrew the claim", True),
        ("corrected its earlier figure", True),
        ("we were wrong", True),
        ("apologise for the error", True),
        ("has taken the story down", True),
        ("withdrew its troops from the valley", False),
        ("reported that the bridge was closed", False),
    ],
)
def test_words_that_take_back(words: str, expected: bool) -> None:
    assert retracts(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("declined to comment", True),
        ("refused to say how many", True),
        ("would not comment", True),
        ("had no comment", True),
        ("could not be reached", True),
        ("did not respond", True),
        ("has not replied", True),
        ("commented at length", False),
        ("refused to leave the building", False),
        ("said", False),
    ],
)
def test_words_that_decline(words: str, expected: bool) -> None:
    assert declines(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("allegedly sold the shares", True),
        ("the alleged buyer", True),
        ("reportedly left on Monday", True),
        ("are said to have left", True),
        ("rumoured", True),
        ("unconfirmed accounts", True),
        ("left on Monday", False),
        ("said that they left", False),
    ],
)
def test_words_that_hedge(words: str, expected: bool) -> None:
    assert hedges(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The figure could not be independently verified.", True),
        ("The claims could not be verified.", True),
        ("The Post was not able to confirm the report.", True),
        ("There was no independent confirmation.", True),
        ("The footage has not been independently verified.", True),
        ("The figure was verified by two engineers.", False),
        ("The bridge was closed.", False),
    ],
)
def test_an_article_says_that_it_could_not_check(words: str, expected: bool) -> None:
    assert unverified(words) is expected
