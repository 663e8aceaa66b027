"""The standing of a claim in words: every count is one of the assessment's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.assessment import Assessment, Conflict, ConflictKind, ConflictSide, Denial, canonical_names
from assistant.claims import Claim
from assistant.reports import reports_of
from assistant.standing import NOTHING, deniers, rating, standing
from index.rulings import Rulings
from tests.fake_assistant import abstention, ferry_answer
from tests.story_fakes import Told, body, no_copies, outlet, person, unnamed

UNION = body("Seamen's Union")
LINE = body("Nordline")
COURT = body("Velm Court")
A = Told("a", "Velm Gazette", source=UNION)
B = Told("b", "Coast Post", "2031-05-08", source=UNION, via=(outlet("Velm Gazette"),))
C = Told("c", "Harbour News", "2031-05-09", source=COURT)
NO_NAME = Told("d", "Velm Gazette", source=unnamed("an official"))
UNKNOWN = Told("e", "", "", source=UNION)
NOBODY = Told("f", "", "", source=unnamed("local sources"))
OWN = Told("g", "Velm Gazette")
CLAIM = "No denial of this claim on record."
ALONE = "No independent confirmation in this collection."


def assessed(*told: Told, **more: object) -> Assessment:
    given = {"denials": (), "retractions": (), "copies": (), "conflicts": ()} | more
    reports = tuple(one.report for one in told)
    return Assessment(Claim("The ferry sank", tuple(r.statement for r in reports)), reports, **given)  # type: ignore[arg-type]


def denial(told: Told, of_claim: bool = True) -> Denial:
    return Denial(told.report, of_claim, "The ferry sank")


NO = Told("h", "Coast Post", "2031-05-10", source=LINE)
NO_EARLIER = Told("i", "Harbour News", "2031-05-09", source=LINE)
NO_MINISTER = Told("j", "Coast Post", "2031-05-11", source=person("Ida Holm", "Transport Ministry"))


@pytest.mark.parametrize(
    ("assessment", "words"),
    [
        (assessed(OWN), f"One source: Velm Gazette. {ALONE} {CLAIM}"),
        (assessed(A), f"One source: Seamen's Union, carried by one outlet. {ALONE} {CLAIM}"),
        (assessed(A, B), f"One source: Seamen's Union, carried by two outlets. {ALONE} {CLAIM}"),
        (
            assessed(A, UNKNOWN),
            f"One source: Seamen's Union, carried by one outlet and one article of unknown publisher. {ALONE} {CLAIM}",
        ),
        (
            assessed(A, B, C),
            f"Two independent sources: Seamen's Union and Velm Court, carried by three outlets. {CLAIM}",
        ),
        (assessed(NO_NAME), f"One source: Velm Gazette. Velm Gazette does not name its source. {ALONE} {CLAIM}"),
        (
            assessed(NOBODY),
            "One source, whose name is not known, carried by one article of unknown publisher. " + f"{ALONE} {CLAIM}",
        ),
        (
            assessed(A, B, copies=(("a", "b"),)),
            "One source: Seamen's Union, carried by two outlets. Two of the articles are copies, or near copies, of "
            f"one text. {ALONE} {CLAIM}",
        ),
        (
            assessed(A, denials=(denial(NO), denial(NO_EARLIER))),
            f"One source: Seamen's Union, carried by one outlet. {ALONE} Denied by Nordline (9 May 2031).",
        ),
        (
            assessed(A, denials=(denial(NO), denial(NO_MINISTER))),
            f"One source: Seamen's Union, carried by one outlet. {ALONE} Denied by two parties: Nordline and Transport "
            "Ministry.",
        ),
        (
            assessed(A, denials=(denial(NO, of_claim=False),)),
            f"One source: Seamen's Union, carried by one outlet. {ALONE} {CLAIM} A related claim is denied by "
            "Nordline.",
        ),
        (
            assessed(denials=(denial(NO),)),
            "No report of this claim in this collection. Denied by Nordline (10 May 2031).",
        ),
        (
            assessed(OWN, retractions=(OWN.report, OWN.report)),
            f"One source: Velm Gazette. {ALONE} {CLAIM} Withdrawn or corrected by Velm Gazette.",
        ),
        (
            assessed(
                OWN,
                conflicts=(
                    Conflict(
                        ConflictKind.FIGURES,
                        "dead",
                        (ConflictSide("nine", (A.report,)), ConflictSide("twelve", (C.report,))),
                    ),
                    Conflict(
                        ConflictKind.DATES,
                        "",
                        tuple(ConflictSide(day, (A.report,)) for day in ("Monday", "Tuesday", "Friday")),
                    ),
                ),
            ),
            f"One source: Velm Gazette. {ALONE} {CLAIM} Two figures are given for “dead” that cannot both be right. "
            "Three dates are given that cannot all be right.",
        ),
    ],
)
def test_the_standing_names_what_the_assessment_counts(assessment: Assessment, words: str) -> None:
    assert standing(assessment) == words


@pytest.mark.parametrize(
    ("assessment", "words"),
    [
        (None, "nothing on record"),
        (assessed(), "nothing on record"),
        (assessed(A, B), "1 source, carried by 2 outlets, not independently confirmed; no denial on record"),
        (assessed(A, C, denials=(denial(NO),)), "2 independent sources, carried by 2 outlets; 1 party denies it"),
        (assessed(denials=(denial(NO), denial(NO_MINISTER))), "no report; 2 parties deny it"),
        (
            assessed(OWN, retractions=(OWN.report,)),
            "1 source, not independently confirmed; no denial on record; withdrawn or corrected",
        ),
    ],
)
def test_the_rating_is_counts(assessment: Assessment | None, words: str) -> None:
    assert rating(assessment) == words


def test_many_parties_are_counted_and_the_first_named() -> None:
    told = [Told(f"n{i}", source=body(f"Bureau {word}")) for i, word in enumerate("Ash Elm Oak Fir Yew Box".split())]
    assert standing(assessed(*told)).startswith(
        "Six independent sources: Bureau Ash, Bureau Elm, Bureau Oak and three others"
    )


def test_no_assessment_has_nothing() -> None:
    assert standing(abstention().assessment) == NOTHING


def test_a_name_cannot_drive_a_terminal() -> None:
    told = Told("x", source=body("Union\x1b[31m\u202e of\nVelm"))
    assert standing(assessed(told)).startswith("One source: Union[31m of Velm, ")


def test_a_denial_counts_for_the_body_spoken_for() -> None:
    found = assessed(A, denials=(denial(NO_MINISTER), denial(replace(NO_MINISTER, article="k"))))
    assert deniers(found) == ("Transport Ministry",)


def test_an_answer_s_standing_agrees_with_its_numbers() -> None:
    answer = ferry_answer()
    assert answer.assessment is not None
    assert standing(answer.assessment) == (
        "One source: Pilots' Union, carried by two outlets. No independent confirmation in this collection. Denied by "
        "Nordline (4 May 2019). Two figures are given for “hurt” that cannot both be right."
    )


@pytest.mark.parametrize(
    ("same", "told", "words"),
    [
        ((), (A, B), "One source: Seamen's Union, carried by two outlets."),
        ((("Velm Gazette", "Coast Post"),), (A, B), "One source: Seamen's Union, carried by one outlet."),
        ((("Velm Gazette", "Coast Post"),), (B, C), "Two independent sources: Seamen's Union and Velm Court, carried"),
        ((("Seamen's Union", "Coast Post"),), (A, B), "One source: Seamen's Union, carried by one outlet."),
    ],
)  # fmt: skip
def test_publishers_that_the_user_set_to_be_one_party_are_one_outlet(
    same: tuple[tuple[str, str], ...], told: tuple[Told, ...], words: str
) -> None:
    matches = [one.match for one in told]
    statements = [match.unit.statement for match in matches]
    names = canonical_names([match.unit.article for match in matches], statements, Rulings(same))
    reports = reports_of(matches, (), names, no_copies)
    assessment = Assessment(Claim("The ferry sank", tuple(statements)), reports, (), (), (), ())
    assert standing(assessment).startswith(words)
