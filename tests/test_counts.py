"""Questions of number: which figures count, and count what is asked."""

from __future__ import annotations

import pytest

from assistant.counts import Asked, counts, wanted
from assistant.matching import Words
from assistant.question import parse_question
from index.statements import Stance
from tests.story_fakes import Told, person
from tests.test_conflicts import embed

POST, RADIO, COURIER = "Brae Post", "Radio Nordal", "Tarn Courier"
PAID = "How much did Velm Lines pay for the ferry?"


def values(question: str, *told: Told) -> list[float]:
    found = counts(parse_question(question), [one.match for one in told], str, Words(embed))
    return [figure.number.value for figure in found]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How old was the captain?", Asked.AGE),
        ("How long was the strait closed?", Asked.DURATION),
        ("What share of the crew was on board?", Asked.SHARE),
        ("What did the state put into the yard?", Asked.MONEY),
        ("How much did the ferry cost?", Asked.MONEY),
        ("How many boats came?", Asked.COUNT),
        ("What is the latest number of deaths?", Asked.COUNT),
        ("What was the death toll?", Asked.COUNT),
    ],
)
def test_what_kind_of_number_is_asked_for(question: str, kind: Asked) -> None:
    assert wanted(question).kind is kind


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        pytest.param("What share voted?", "It was not 61 percent but 57", [57], id="a figure corrected"),
        pytest.param("What share voted?", "No more than 48 percent voted", [48], id="an upper bound"),
        pytest.param(PAID, "Velm Lines paid 2.9 million for her", [2.9e6], id="a sum without its currency"),
        pytest.param(PAID, "Velm Lines paid forty-two millions for her", [42e6], id="a plural"),
        pytest.param(PAID, "Velm Lines took two million people across", [], id="persons are no money"),
        pytest.param(
            "How many people died?",
            "It killed 900 people, took 70,000 houses and hurt another 530,000",
            [900],
            id="houses",
        ),
        pytest.param(
            "How many people died?", "A nurse died, where fourteen patients are ill", [], id="ill is not dead"
        ),
        pytest.param(
            "How many guards died?", "the number of guards killed at eight at that hour", [8], id="a total put at"
        ),
        pytest.param("How many patients died?", "put the number of vials at nine", [], id="a total of other things"),
        pytest.param(
            "How many people died?", "Twenty-seven are infected, and four of them have died", [4], id="four of them"
        ),
    ],
)
def test_numbers_of_one_sentence(question: str, text: str, found: list[float]) -> None:
    assert values(question, Told("a", POST, source=person("Lena Mott"), text=text)) == found


def test_a_rival_sum_near_in_size_stands_beside_the_best() -> None:
    told = (
        Told("a", POST, text="Velm Lines paid 4.2 billion crowns for the ferry", score=0.9),
        Told("b", RADIO, text="The sum on the table at Velm Lines was 3.8 billion crowns", score=0.35),
        Told("c", COURIER, text="Velm Lines paid 12,000 crowns for a bench", score=0.35),
    )
    assert values(PAID, *told) == [4.2e9, 3.8e9]


def test_an_earlier_event_gives_no_figure() -> None:
    told = (
        Told("a", POST, "2031-05-07", text="Seventeen people died", score=0.9),
        Told("b", RADIO, "2024-05-07", text="Four people died", score=0.8),
    )
    assert values("How many people died?", *told) == [17]


def test_the_latest_number_is_the_newest() -> None:
    told = (
        Told("a", POST, "2031-05-07", text="Two people died", score=0.9),
        Told("b", RADIO, "2031-05-09", text="Four people died", score=0.8),
    )
    assert values("What is the latest number of deaths?", *told) == [4]


def test_what_another_one_gave_is_no_answer() -> None:
    weak = Told("a", POST, text="Orlin pledged 5 million crowns", score=0.9)
    from dataclasses import replace

    match = replace(weak.match, core=0.4)
    found = counts(parse_question("How much money did Velm give for relief?"), [match], str, Words(embed))
    assert found == ()
    of_velm = replace(Told("a", POST, text="Velm pledged 5 million crowns", score=0.9).match, core=0.4)
    found = counts(parse_question("How much money did Velm give for relief?"), [of_velm], str, Words(embed))
    assert [figure.number.value for figure in found] == [5e6]


def test_who_declines_gives_no_figure() -> None:
    told = Told("a", POST, source=person("Lena Mott"), text="Nine people died", known={"stance": Stance.DECLINES})
    assert values("How many people died?", told) == []


def test_of_one_partys_figure_only_that_partys_counts() -> None:
    told = (
        Told("a", POST, source=person("Lena Mott"), text="Nine people died", score=0.7),
        Told("b", RADIO, source=person("Anton Reuss"), text="Eleven people died", score=0.9),
    )
    assert values("How many people did Lena Mott say died?", *told) == [9]
