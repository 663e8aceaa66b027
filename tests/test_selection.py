"""What bears on a claim, what denies it, and what belongs to another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.matcher import told_in
from assistant.opposition import negated
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


@pytest.mark.parametrize(
    ("best", "other", "both"),
    [
        pytest.param(0.9, 0.35, True, id="both report it"),
        pytest.param(0.9, 0.25, False, id="another event"),
        pytest.param(0.28, 0.2, True, id="nothing surely reports it: those near the best"),
        pytest.param(0.28, 0.15, False, id="not near it"),
    ],
)
def test_what_is_read_as_a_report_bears_on_the_claim(best: float, other: float, both: bool) -> None:
    found = chosen(
        "Who reported that the ferry Sylvie sank?",
        Told("a", POST, source=person("Lena Mott"), reports=best),
        Told("b", RADIO, source=person("Ivo Osk"), reports=other),
    )
    assert found["bearing"] == ({"a", "b"} if both else {"a"})


def test_where_nothing_is_read_as_a_report_nothing_bears_on_the_claim() -> None:
    assert chosen("Who reported that the ferry Sylvie sank?", Told("a", POST, reports=0.1))["bearing"] == set()


@pytest.mark.parametrize(("denies", "of_it"), [(0.3, True), (0.2, False)])
def test_a_denial_is_of_the_claim_or_of_something_near(denies: float, of_it: bool) -> None:
    found = chosen(
        "Who reported that the ferry Sylvie sank?",
        Told("a", POST, source=person("Lena Mott"), score=0.9),
        Told("b", RADIO, source=body("Velm Lines"), text="the doors had been open", known=DENIES, denies=denies),
    )
    assert (found["denying"], found["related"]) == (({"b"}, set()) if of_it else (set(), {"b"}))


@pytest.mark.parametrize(("reports", "denies", "where"), [(0.1, 0.6, "denying"), (0.5, 0.4, "bearing")])
def test_what_asserts_the_opposite_denies_the_claim_and_does_not_bear_it_out(
    reports: float, denies: float, where: str
) -> None:
    berth = Told("b", RADIO, source=body("Velm Lines"), text="She is at her berth", reports=reports, denies=denies)
    found = chosen(CLAIM, Told("a", POST, source=person("Lena Mott"), score=0.9), berth)
    assert {name for name in ("bearing", "denying") if "b" in found[name]} == {where}


@pytest.mark.parametrize(
    ("at_home", "score", "reports", "bears"),
    [
        (1.0, 0.5, 0.5, True),
        (0.3, 0.5, 0.5, False),
        (1.0, 0.2, 0.5, False),
        (1.0, 0.35, 0.25, False),
        (1.0, 0.5, 0.25, True),
    ],
)
def test_what_names_little_of_what_is_asked_or_is_far_from_it_does_not_bear_on_it(
    at_home: float, score: float, reports: float, bears: bool
) -> None:
    match = replace(Told("b", RADIO, source=person("Ivo Osk"), score=score, reports=reports).match, at_home=at_home)
    assert bool(select(parse_question(CLAIM), [match], None).bearing) is bears  # type: ignore[arg-type]


@pytest.mark.parametrize(("reports", "bears"), [(0.4, False), (0.9, True)])
def test_a_party_that_surely_denies_the_claim_is_no_source_for_it(reports: float, bears: bool) -> None:
    lines = body("Velm Lines")
    found = chosen(
        CLAIM,
        Told("a", POST, source=person("Lena Mott"), reports=0.9),
        Told("b", RADIO, source=lines, text="No ship of ours was in trouble off Velm", reports=0.1, denies=0.7),
        Told("c", COURIER, source=lines, text="A log and no ferry sank off Velm", reports=reports),
    )
    assert ("c" in found["bearing"]) is bears


def test_a_headline_that_asks_reports_nothing() -> None:
    found = chosen(CLAIM, Told("a", POST), Told("b", RADIO, text="Did the ferry Sylvie sink?"))
    assert found["bearing"] == {"a"}


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
