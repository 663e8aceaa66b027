"""What a statement does to the claim in question, read by the network that comes with the installation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.claims import Match
from assistant.question import parse_question
from assistant.reading import DENIES, NEITHER, REPORTS, Reader, load_reader, read, table_of_signs
from assistant.selection import REPORTS as REPORTED
from index.statements import Stance
from tests.story_fakes import Told, body, person

QUESTION = parse_question("Who says that the ferry Sylvie sank off Velm?")
SAID = Told("a", "Brae Post", source=person("Lena Mott")).match
BERTH = Told("b", "Radio Nordal", source=body("Velm Lines"), text="The Sylvie is tied up at her berth", score=0.4).match
TRAMS = Told("c", "Tarn Courier", source=person("Ivo Osk"), text="Trams ran late in Orlin", score=0.2).match
DENIED = Told("d", "Tarn Courier", source=body("Velm Lines"), known={"stance": Stance.DENIES}).match


def told(match: Match, granted: float, defied: float, **more: float) -> Match:
    return replace(match, granted=granted, defied=defied, nearness=match.score, surroundings=match.score, **more)


FOUND = (
    told(SAID, 0.97, 0.01),
    told(BERTH, 0.01, 0.97, core=0.3),
    told(TRAMS, 0.01, 0.01, core=0.0, at_home=0.2),
    told(DENIED, 0.97, 0.01),
)


def readings(*matches: Match) -> tuple[Match, ...]:
    return read(QUESTION, matches, [True] * len(matches))


def test_a_report_a_denial_an_opposite_and_another_matter_are_told_apart() -> None:
    said, berth, trams, denied = readings(*FOUND)
    assert said.reports >= REPORTED > said.denies
    assert berth.denies > berth.reports
    assert denied.denies > denied.reports
    assert trams.reports < REPORTED / 2
    assert trams.denies < REPORTED / 2


@pytest.mark.parametrize("match", FOUND)
def test_probabilities_leave_room_for_neither(match: Match) -> None:
    (found,) = readings(match)
    assert 0 <= found.reports + found.denies <= 1


def test_what_the_pair_model_reads_moves_the_reading() -> None:
    granted, silent = readings(told(SAID, 0.97, 0.01))[0], readings(told(SAID, 0.01, 0.01))[0]
    assert granted.reports > silent.reports


def test_a_match_that_the_pair_model_did_not_read_is_taken_as_silent() -> None:
    unread = table_of_signs(QUESTION, [SAID], [True])
    silent = table_of_signs(QUESTION, [told(SAID, 0.02, 0.02)], [True])
    names = unread.shape[1]
    assert int((np.abs(unread - silent) > 1e-6).sum()) <= 3 < names  # nearness, surroundings and their like alone


def test_the_signs_are_those_that_the_network_was_trained_on() -> None:
    table = table_of_signs(QUESTION, FOUND, [True] * len(FOUND))
    reader = load_reader()
    assert table.shape == (len(FOUND), len(reader.mean))
    assert reader.probabilities(table).shape == (len(FOUND), 3)


def test_no_matches_no_readings() -> None:
    assert readings() == ()


def test_the_network_is_one_hidden_layer_over_scaled_signs() -> None:
    reader = Reader(
        mean=np.array([1.0], np.float32),
        scale=np.array([2.0], np.float32),
        inner=(np.array([[1.0, -1.0]], np.float32), np.zeros(2, np.float32)),
        outer=(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], np.float32), np.zeros(3, np.float32)),
    )
    high, low = reader.probabilities(np.array([[5.0], [-3.0]], np.float32))
    two = np.exp(2) / (np.exp(2) + 2)
    assert high[REPORTS] == pytest.approx(two)
    assert low[DENIES] == pytest.approx(two)
    assert high[NEITHER] == high[DENIES] == pytest.approx((1 - two) / 2)


def test_weights_that_are_not_there_are_missed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_reader(tmp_path)
