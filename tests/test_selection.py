"""What bears on a claim, what denies it, and what belongs to another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.claims import Match
from assistant.matcher import told_in
from assistant.opposition import leans_against, negated, opposes, surely_denies
from assistant.question import parse_question
from assistant.selection import dated, in_time, select, support
from assistant.speakers import spoken_by
from index.statements import Stance
from tests.story_fakes import Told, body, outlet, person, unnamed

POST, RADIO, COURIER = "Brae Post", "Radio Nordal", "Tarn Courier"
DENIES = {"stance": Stance.DENIES}
CLAIM = "Did the ferry Sylvie sink off Velm?"


def chosen(question: str, *told: Told) -> dict[str, set[str]]:
    found = select(parse_question(question), [one.match for one in told], None)  # type: ignore[arg-type]
    names = ("bearing", "denying", "related", "retracting", "declining")
    return {name: {match.unit.article.id for match in getattr(found, name)} for name in names}


def test_reports_bear_and_denials_deny() -> None:
    found = chosen(
        "Who reported that the ferry Sylvie sank?",
        Told("a", POST, source=person("Lena Mott")),
        Told("b", RADIO, source=body("Velm Lines"), known=DENIES),
        Told("c", COURIER, known={"stance": Stance.RETRACTS}),
        Told("d", "Orlin Herald", source=person("Ivo Osk"), known={"stance": Stance.DECLINES}),
    )
    assert found == {
        "bearing": {"a"}, "denying": {"b"}, "related": set(), "retracting": {"c"}, "declining": {"d"},
    }  # fmt: skip


def test_what_scores_far_below_the_best_is_another_event() -> None:
    found = chosen(
        "Who reported that the ferry Sylvie sank?",
        Told("a", POST, source=person("Lena Mott"), score=0.9),
        Told("b", RADIO, source=person("Ivo Osk"), text="Trams ran late in Orlin", score=0.2),
    )
    assert found["bearing"] == {"a"}


def test_a_weak_denial_is_of_something_near_and_none_of_the_claim() -> None:
    found = chosen(
        "Who reported that the ferry Sylvie sank?",
        Told("a", POST, source=person("Lena Mott"), score=0.9),
        Told("b", RADIO, source=body("Velm Lines"), text="the doors had been open", known=DENIES, score=0.3),
    )
    assert (found["denying"], found["related"]) == (set(), {"b"})


def test_only_statements_with_the_number_of_the_claim_report_it() -> None:
    found = chosen(
        "Who says that 40 people died?",
        Told("a", POST, source=person("Lena Mott"), text="Forty people died"),
        Told("b", RADIO, source=person("Ivo Osk"), text="Nine people died"),
    )
    assert found["bearing"] == {"a"}


def test_a_denial_of_another_number_is_of_another_claim() -> None:
    found = chosen(
        "Who says that 40 people died?",
        Told("a", POST, source=person("Lena Mott"), text="Forty people died"),
        Told("b", RADIO, source=body("Velm Lines"), text="90 people died", known=DENIES),
    )
    assert found["denying"] == set()


def test_one_partys_words_are_asked_for() -> None:
    found = chosen(
        "What did Lena Mott say about the ferry?",
        Told("a", POST, source=person("Lena Mott")),
        Told("b", RADIO, source=person("Ivo Osk")),
    )
    assert found["bearing"] == {"a"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry did not sink", True),
        ("Nobody died", True),
        ("The claim is false", True),
        ("The ferry didn’t sink", True),
        ("The ferry sank", False),
        ("No doubt the ferry sank", False),
        ("The ferry sank off No. 4 buoy", False),
    ],
)
def test_clauses_that_negate(text: str, expected: bool) -> None:
    assert negated(text) is expected


@pytest.mark.parametrize(
    ("question", "published", "text", "expected"),
    [
        ("What happened on 5 May 2031?", "2031-05-07", "The ferry sank", True),
        ("What happened on 5 May 2031?", "2031-05-04", "The ferry sailed", False),
        ("What happened on 5 May 2031?", "2031-05", "The ferry sank", True),
        ("What happened on 5 May 2031?", "", "The ferry sank", True),
        ("What happened in 2029?", "2031-05-07", "The ferry sank", False),
        ("What happened in 2029?", "2031-05-07", "The ferry sank in 2029", True),
        ("What happened?", "2031-05-07", "The ferry sank", True),
    ],
)
def test_an_article_can_tell_of_a_day_only_after_it(question: str, published: str, text: str, expected: bool) -> None:
    article = Told("a", POST, published, text=text).match.unit.article
    assert in_time(parse_question(question), article) is expected


@pytest.mark.parametrize(
    ("told", "name", "expected"),
    [
        (Told("a", POST, source=person("Lena Mott")), "Lena Mott", True),
        (Told("a", POST, source=person("Lena Mott")), "Mott", True),
        (Told("a", POST, source=person("Lena Mott", "Velm Lines")), "Velm Lines", True),
        (Told("a", POST, source=body("Civil Safety Board", "CSB")), "the CSB", True),
        (Told("a", POST, source=outlet(COURIER)), "the Tarn Courier", True),
        (Told("a", POST), "the Brae Post", True),
        (Told("a", POST, source=unnamed("a guard")), "the guard", True),
        (Told("a", POST, source=person("Lena Mott")), "Anton Reuss", False),
        (Told("a", POST, source=person("Lena Mott")), "Anton Mott", False),
    ],
)
def test_by_whom_it_is_spoken(told: Told, name: str, expected: bool) -> None:
    assert spoken_by(told.match, name) is expected


def test_a_unit_is_of_the_day_that_the_question_names() -> None:
    match = Told("a", POST, "2031-05-07").match
    assert dated(parse_question("Who died on 7 May 2031?"), match)
    assert not dated(parse_question("Who died on 2 May 2031?"), match)
    assert dated(parse_question("Who died?"), match)


def test_nothing_found_supports_nothing() -> None:
    found = select(parse_question(CLAIM), [], None)  # type: ignore[arg-type]
    assert (found.bearing, found.denying, found.support, found.closeness) == ((), (), 0.0, 0.0)
    assert support(parse_question(CLAIM), []) == (0.0,)


def test_a_flat_negation_on_the_subject_denies_the_claim_in_words_of_its_own() -> None:
    found = chosen(
        CLAIM,
        Told("a", POST, source=person("Lena Mott"), score=0.9),
        Told("b", RADIO, source=body("Velm Lines"), text="Not one of our ferries was lost", score=0.4),
        Told("c", COURIER, source=body("Harbour Office"), text="The harbour was calm", score=0.4),
    )
    assert found["denying"] == {"b"}


def test_what_was_told_long_before_the_best_report_is_of_another_event() -> None:
    question = "Who reported that the ferry Sylvie sank?"
    old = {"published": "2030-11-01", "source": person("Ivo Osk")}
    best = Told("a", POST, source=person("Lena Mott"), score=0.9)
    assert chosen(question, best, Told("b", RADIO, score=0.6, **old))["bearing"] == {"a"}
    assert chosen(question, best, Told("b", RADIO, score=0.85, **old))["bearing"] == {"a", "b"}


@pytest.mark.parametrize(
    ("question", "found_there"),
    [
        ("Does the Post still stand by its report on the ferry?", {"b"}),
        ("What became of the report on the ferry?", {"b"}),
        ("Who owned the ferry?", set()),
    ],
)
def test_who_asks_whether_a_report_stands_is_told_of_its_withdrawal(question: str, found_there: set[str]) -> None:
    found = chosen(
        question,
        Told("a", POST, source=person("Lena Mott"), score=0.9),
        Told("b", POST, text="The ferry Sylvie was said to have sunk", score=0.7),
        Told("b", POST, text="We take it all back", known={"stance": Stance.RETRACTS}, score=0.1),
    )
    assert found["retracting"] == found_there


def test_another_government_does_not_speak_for_the_one_asked_about() -> None:
    told = Told("a", POST, source=body("Velm government"))
    assert spoken_by(told.match, "the Velm government")
    assert not spoken_by(told.match, "the Orlin government")


def judged(told: Told, entailed: float, contradicted: float, **more: float) -> Match:
    return replace(told.match, entailed=entailed, contradicted=contradicted, **more)


BERTH = Told("b", RADIO, source=body("Velm Lines"), text="The Sylvie is tied up at her berth", score=0.3)
NOT_RAISED = Told("c", POST, source=body("Velm Lines"), text="The ferry Sylvie sank and was not raised")


@pytest.mark.parametrize(
    ("match", "denies"),
    [
        pytest.param(judged(BERTH, 0.0, 0.95, core=0.3), True, id="an opposite without a negating word"),
        pytest.param(judged(BERTH, 0.0, 0.5, core=0.3), False, id="not sure"),
        pytest.param(judged(BERTH, 0.0, 0.95, core=0.3, at_home=0.3), False, id="an article that names neither"),
        pytest.param(judged(BERTH, 0.0, 0.95, core=0.3, score=0.1), False, id="hardly on the subject"),
        pytest.param(judged(NOT_RAISED, 0.0, 0.95, core=1.0), False, id="the claim's words with a second clause"),
        pytest.param(judged(replace(BERTH, source=None), 0.0, 0.95, core=0.3), False, id="an article's own voice"),
    ],
)
def test_what_the_pair_model_surely_reads_as_a_denial_is_one(match: Match, denies: bool) -> None:
    assert surely_denies(parse_question(CLAIM), match) is denies


def test_in_the_claims_own_words_its_negation_decides_whatever_the_model_reads() -> None:
    question = parse_question("Who says that ballots were put into the box?")
    told = Told("a", POST, source=person("Lena Mott"), text="Not one of the ballots was put into the box")
    assert opposes(question, judged(told, 0.6, 0.1, core=0.9))
    assert not opposes(question, judged(replace(told, text="Ballots were put into the box"), 0.1, 0.95, core=0.9))


def test_the_model_reads_a_report_with_its_source_and_a_denial_without() -> None:
    said = Told("a", POST, source=person("Lena Mott"), text="The ferry sank")
    assert told_in(said.match.unit) == "The ferry sank, Lena Mott said."
    assert told_in(replace(said, known=DENIES).match.unit) == "The ferry sank"


def test_a_withdrawal_of_another_report_of_the_story_is_none_of_this_one() -> None:
    question = parse_question("Who first reported that the ferry Sylvie sank?")
    report = Told("a", POST, source=person("Lena Mott"), score=0.9).match
    other = Told("b", RADIO, text="The bus was never hit", known={"stance": Stance.RETRACTS}, score=0.5).match
    assert select(question, [report, replace(other, core=0.0)], None).retracting == ()  # type: ignore[arg-type]
    assert select(question, [report, replace(other, core=0.9)], None).retracting != ()  # type: ignore[arg-type]


def test_what_rather_denies_the_claim_does_not_bear_it_out() -> None:
    assert leans_against(judged(BERTH, 0.04, 0.7, core=0.5))
    assert not leans_against(judged(BERTH, 0.04, 0.3, core=0.5))
    assert not leans_against(judged(BERTH, 0.04, 0.7, core=0.9))  # in the claim's own words its negation decides
