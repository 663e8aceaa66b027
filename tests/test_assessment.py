"""Roots, independence, copies and the order of reports, a row a rule of the suites' format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from assistant.assessment import Assessment, canonical_names, copy_groups, own_cause, reports_of
from assistant.claims import Claim, Match
from tests.story_fakes import LEAD, Told, body, no_copies, outlet, person, unnamed

COURIER, POST, RADIO, OWNER = "Tarn Courier", "Brae Post", "Radio Nordal", "Velm Lines"


def assess(
    told: Sequence[Told], copies: Callable[[str], tuple[str, ...]] = no_copies, nearby: Sequence[Match] = ()
) -> Assessment:
    matches = [one.match for one in told]
    articles = list({match.unit.article.id: match.unit.article for match in matches}.values())
    names = canonical_names(articles, [match.unit.statement for match in matches])
    reports = reports_of(matches, nearby, names, copies)
    return Assessment(Claim(LEAD, ()), reports, (), (), copy_groups(reports, copies), ())


@pytest.mark.parametrize(
    ("told", "root", "outlet_named", "anonymous"),
    [
        (Told("a", POST), POST, POST, False),
        (Told("a", POST, source=person("Dmitri Mott")), "Dmitri Mott", POST, False),
        (Told("a", POST, source=person("Dmitri Mott", "Velm Lines")), OWNER, POST, False),
        (Told("a", POST, source=person("Dmitri Mott"), via=(outlet(COURIER),)), "Dmitri Mott", COURIER, False),
        (Told("a", POST, source=outlet(COURIER)), COURIER, COURIER, False),
        (Told("a", POST, source=outlet(COURIER), via=(outlet(RADIO),)), COURIER, COURIER, False),
        (Told("a", POST, source=unnamed("local sources")), POST, POST, True),
        (Told("a", POST, source=unnamed("local sources"), via=(outlet(COURIER),)), COURIER, COURIER, True),
        (Told("a", "", source=unnamed("local sources")), "", "", True),
        (Told("a", "", source=person("Dmitri Mott")), "Dmitri Mott", "", False),
        (Told("a", ""), "", "", False),
    ],
)
def test_the_root_is_the_innermost_named_party(told: Told, root: str, outlet_named: str, anonymous: bool) -> None:
    (report,) = assess([told]).reports
    assert (report.root, report.outlet, report.anonymous) == (root, outlet_named, anonymous)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ([Told("a", POST), Told("b", COURIER)], 2),
        ([Told("a", POST, source=outlet(COURIER)), Told("b", COURIER)], 1),
        ([Told("a", POST, source=outlet(COURIER)), Told("b", RADIO, source=outlet(COURIER)), Told("c", COURIER)], 1),
        ([Told("a", POST, source=person("Dmitri Mott")), Told("b", COURIER, source=person("Dmitri Mott"))], 1),
        ([Told("a", POST, source=person("Dmitri Mott")), Told("b", COURIER, source=person("Anton Reuss"))], 2),
        ([Told("a", POST, source=person("Dmitri Mott", OWNER)), Told("b", COURIER, source=body(OWNER))], 1),
        ([Told("a", POST, source=person("Dmitri Mott", OWNER)), Told("b", RADIO, source=person("Ivo Osk", OWNER))], 1),
        ([Told("a", POST, source=unnamed("sources")), Told("b", COURIER, source=unnamed("sources"))], 2),
        ([Told("a", POST, source=unnamed("sources")), Told("b", POST, source=unnamed("an official"))], 1),
        ([Told("a", "", source=unnamed("sources"))], 1),
        ([Told("a", ""), Told("b", "")], 1),
        ([Told("a", ""), Told("b", COURIER)], 1),
        ([Told("a", "", source=person("Dmitri Mott")), Told("b", COURIER)], 2),
        ([Told("a", POST, source=person("Dmitri Mott")), Told("b", RADIO, source=person("Mott"))], 1),
        (
            [
                Told("a", POST, source=body("Civil Safety Board", "CSB")),
                Told("b", RADIO, source=body("CSB")),
            ],
            1,
        ),
        ([Told("a", POST, source=body("Civil Safety Board")), Told("b", RADIO, source=body("CSB"))], 1),
        ([Told("a", POST, source=body("Civil Safety Board")), Told("b", RADIO, source=body("CPB"))], 2),
        ([Told("a", POST, source=body("Velm Police")), Told("b", RADIO, source=body("Tarn Police"))], 2),
        ([Told("a", POST, source=person("Dmitri Mott")), Told("b", RADIO, source=person("Dmitry Mott"))], 1),
    ],
)
def test_independent_sources_are_different_parties(told: list[Told], count: int) -> None:
    assert assess(told).independent_sources == count


def test_an_article_may_stand_on_two_sources_of_its_own() -> None:
    found = assess([Told("a", POST, source=person("Dmitri Mott")), Told("a", POST, source=person("Anton Reuss"))])
    assert found.independent_sources == 2
    assert found.roots == ("Dmitri Mott", "Anton Reuss")


def test_an_article_counts_once_for_a_source() -> None:
    found = assess([Told("a", POST, source=person("Dmitri Mott")), Told("a", POST, source=person("Dmitri Mott"))])
    assert len(found.reports) == 1


@pytest.mark.parametrize("known", [{}, {"in_title": True}])
def test_headline_and_own_voice_add_nothing_to_what_an_article_attributes(known: dict[str, object]) -> None:
    found = assess([Told("a", POST, source=person("Dmitri Mott")), Told("a", POST, known=known)])
    assert found.roots == ("Dmitri Mott",)


def test_nor_does_a_headline_where_the_attributed_sentence_lies_only_beside_what_matched() -> None:
    beside = Told("a", POST, source=person("Dmitri Mott")).match
    assert assess([Told("a", POST, known={"in_title": True})], nearby=[beside]).reports == ()


def test_what_the_reporter_saw_is_the_publishers_own() -> None:
    found = assess([Told("a", POST, source=person("Dmitri Mott")), Told("a", POST, known={"own_sight": True})])
    assert set(found.roots) == {"Dmitri Mott", POST}
    assert found.independent_sources == 2


# --- copies


def test_copies_are_kept_as_a_group_and_stand_on_one_root() -> None:
    def twins(id: str) -> tuple[str, ...]:
        return {"a": ("b",), "b": ("a",)}.get(id, ())

    found = assess([Told("a", POST, "2031-05-06"), Told("b", COURIER, "2031-05-07"), Told("c", RADIO)], twins)
    assert [set(group) for group in found.copies] == [{"a", "b"}]
    assert found.independent_sources == 2
    assert set(found.roots) == {POST, RADIO}
    assert len(found.reports) == 3


def test_copies_that_do_not_carry_the_claim_make_no_group() -> None:
    assert assess([Told("a", POST), Told("c", RADIO)], lambda id: ("z",) if id == "a" else ()).copies == ()


def test_copies_of_copies_are_one_group() -> None:
    links = {"a": ("b",), "b": ("a", "c"), "c": ("b",)}
    found = assess([Told("a", POST), Told("b", COURIER), Told("c", RADIO)], lambda id: links[id])
    assert [set(group) for group in found.copies] == [{"a", "b", "c"}]


def test_three_copies_stand_on_the_one_that_came_first() -> None:
    days = {"a": ("2031-05-07", POST), "b": ("2031-05-06", COURIER), "c": ("2031-05-08", RADIO)}
    told = [Told(id, publisher, day) for id, (day, publisher) in days.items()]
    found = assess(told, lambda id: tuple(other for other in days if other != id))
    assert found.roots == (COURIER,)
    assert found.independent_sources == 1


# --- order


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ([Told("a", POST, "2031-05-07"), Told("b", COURIER, "2031-05-06")], "b"),
        ([Told("a", POST, ""), Told("b", COURIER, "2031-05-09")], "b"),
        ([Told("a", POST, "2031-05"), Told("b", COURIER, "2031-05-09")], "b"),
        ([Told("a", POST, "2031-05-07", source=outlet(COURIER)), Told("b", COURIER, "2031-05-07")], "b"),
        ([Told("a", POST, "2031-05-07T18:00:00Z"), Told("b", COURIER, "2031-05-07T06:00:00Z")], "b"),
        ([Told("a", POST, "2031-05-07T23:30:00+02:00"), Told("b", COURIER, "2031-05-08T00:10:00+02:00")], "a"),
        (
            [
                Told("a", POST, "2031-05-07", more=f"The {COURIER} told of it first."),
                Told("b", COURIER, "2031-05-07"),
            ],
            "b",
        ),
    ],
)
def test_the_first_report(told: list[Told], first: str) -> None:
    for order in (told, told[::-1]):
        found = assess(order)
        assert found.first is not None and found.first.article.id == first


def test_undated_reports_come_last_and_are_kept() -> None:
    found = assess([Told("a", POST, ""), Told("b", COURIER, "2031-05-09"), Told("c", RADIO, "2031-05-08")])
    assert [report.article.id for report in found.reports] == ["c", "b", "a"]
    assert found.publishers == (RADIO, COURIER, POST)


def test_without_reports_nothing_is_first() -> None:
    found = assess([])
    assert found.first is None
    assert (found.independent_sources, found.roots, found.publishers) == (0, (), ())


# --- names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dmitri Mott", "Mott", True),
        ("Velm Lines", "velm lines", True),
        ("Harowmere Council", "Harrowmere Council", True),
        ("Dmitri Mott", "Anton Mott", False),
        ("Velm Police", "Tarn Police", False),
        ("CSB", "CPB", False),
    ],
)
def test_one_name_for_each_party(one: str, other: str, same: bool) -> None:
    told = [Told("a", POST, source=body(one)).match, Told("b", RADIO, source=body(other)).match]
    names = canonical_names([match.unit.article for match in told], [match.unit.statement for match in told])
    assert (names(one) == names(other)) is same


def test_a_party_in_its_own_cause_is_told() -> None:
    assert own_cause(Told("a", POST, source=body(OWNER)).report, "Velm Lines knew of the leak")
    assert not own_cause(Told("a", POST, source=body(OWNER)).report, "The ferry sank")
