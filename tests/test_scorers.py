"""Each rule of the format, a row a case."""

from dataclasses import replace
from typing import Any

import pytest
from eval_fakes import (
    ARTICLES,
    CITATIONS,
    FOG,
    KEEPER,
    LAMP,
    PILOT,
    abstention,
    answer,
    assessment,
    note,
    quote,
    report,
)

from assistant.answer import Answer
from assistant.notes import NoteKind
from evals.scorers import CHECK_KINDS, cited_articles, fold, occurs, score
from evals.suite import Expectation
from index.dates import PartialDate

GOOD = answer(
    ("The Skerry Post reported that the lamp failed at 9.", (1,)),
    ("Fog hid the rock, a pilot said.", (1, 2)),
    notes=(note(NoteKind.SINGLE_SOURCE, 2), note(NoteKind.HEDGED, 1)),
)


def text_of(id: str) -> str:
    """The text of an article; KeyError where there is none."""
    return ARTICLES[id].text


def results(expect: Expectation, given: Answer) -> dict[str, list[bool]]:
    """Kind of check to what each check of the kind came to."""
    made: dict[str, list[bool]] = {}
    for check in score(expect, given, text_of):
        made.setdefault(check.kind, []).append(check.passed)
    return made


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        # case, accents, Unicode forms, quotes, dashes, white space
        ("skerry post", "The SKERRY Post said", True),
        ("Muller", "Herr Müller said", True),
        ("Müller", "Herr Muller said", True),
        ("José", "Jose\u0301 said", True),
        ("office", "the oﬃce", True),
        ("keeper's", "the keeper’s lamp", True),
        ('"gone"', "“gone” he said", True),
        ("“gone”", '"gone" he said', True),
        ("Deir-ez-Zor", "Deir–ez—Zor", True),
        ("al\u2011Ahd", "al-Ahd", True),
        ("north pier", "north\n  pier", True),
        ("north pier", "north\u00a0pier", True),
        ("STRASSE", "die Straße", True),
        ("17 %", "17 %", True),
        # word borders
        ("lamp", "the lamps failed", False),
        ("lamp", "a clamp", False),
        ("lamp", "(lamp)", True),
        ("lamp", "lamp-post", True),
        ("lamp", "lamp_post", False),
        ("he", "the", False),
        ("p.m.", "at 9 p.m. sharp", True),
        ("p.m.", "at 9 p.m.x", False),
        ("$4.2", "paid $4.2 billion", True),
        ("a lamp", "a clamp", False),
        # a number is not part of a longer one
        ("17", "17 dead", True),
        ("17", "17,000 dead", False),
        ("17", "3.17 metres", False),
        ("17", "1,017 dead", False),
        ("17", "17.5 metres", False),
        ("17", "117 dead", False),
        ("17", "170 dead", False),
        ("17", "2,17", False),
        ("17", "it was 17.", True),
        ("17", "17, then 23", True),
        ("17", "nine,17", True),
        ("17", "a 17-year-old", True),
        ("17", "(17)", True),
        ("17", "17th", False),
        ("17", "2,000 and 17", True),
        ("17", "3.17 and 17", True),
        ("4.2", "4.2 billion", True),
        ("4.2", "14.2 billion", False),
        ("4.2", "4.25 billion", False),
        ("5 billion", "4.5 billion", False),
        ("5 billion", "5 billion crowns", True),
        ("June 17", "on June 17, 2021", True),
        ("12 April", "on 12 April", True),
        ("17", "１７ dead", True),
        ("９", "9 dead", True),
        # nothing is found nowhere
        ("", "anything", False),
        ("lamp", "", False),
        # no pattern
        ("l.mp", "lamp", False),
        ("(9)", "at (9)", True),
    ],
)  # fmt: skip
def test_occurs(wanted: str, text: str, found: bool) -> None:
    assert occurs(wanted, text) is found


def test_fold_is_stable() -> None:
    for text in ("İstanbul ´x´ “Ça va” – ½ 한국", "ÅÄÖ\tﬁn\u2028x"):
        assert fold(fold(text)) == fold(text)
    assert fold("´x´ ‘y’ «z» −1") == "'x' 'y' \"z\" -1"


@pytest.mark.parametrize(
    ("expect", "kind", "passed"),
    [
        # each inner list is a check of its own; one of its strings will do
        ({"answer_all": (("the Post", "Skerry Post"),)}, "answer.all", [True]),
        ({"answer_all": (("Skerry Post",), ("the Tide", "Ebb"))}, "answer.all", [True, False]),
        # markers, notes and the list of citations are not the answer's text
        ({"answer_all": (("1",),)}, "answer.all", [False]),
        ({"answer_all": (("remark",),)}, "answer.all", [False]),
        ({"answer_all": (("at nine",),)}, "answer.all", [False]),
        ({"answer_none": ("Tide", "pilot")}, "answer.none", [True, False]),
        # sentences are joined with a space
        ({"answer_all": (("at 9. Fog hid",),)}, "answer.all", [True]),
        ({"cites_all": ("lamp-1", "fog-2", "other")}, "cites.all", [True, True, False]),
        ({"cites_any": ("other", "fog-2")}, "cites.any", [True]),
        ({"cites_any": ("other", "more")}, "cites.any", [False]),
        ({"cites_none": ("other", "fog-2")}, "cites.none", [True, False]),
        ({"notes_has": (NoteKind.HEDGED, NoteKind.DENIED)}, "notes.has", [True, False]),
        ({"notes_lacks": (NoteKind.HEDGED, NoteKind.DENIED)}, "notes.lacks", [False, True]),
        ({"independent_sources": 1}, "independent_sources", [False]),
        ({"independent_sources": 0}, "independent_sources", [False]),
        ({"first_source": "Skerry Post"}, "first.source", [False]),
        ({"first_date": "2020-02-03"}, "first.date", [False]),
        ({"abstain": True}, "abstain", [False]),
        ({"abstain": False}, "abstain", [True]),
        ({"answer_given": True}, "abstain", [True]),
    ],
)
def test_checks_of_an_answer(expect: dict[str, Any], kind: str, passed: list[bool]) -> None:
    made = results(Expectation(**expect), GOOD)
    assert made.pop(kind) == passed
    assert made == {"cited": [True], "verbatim": [True], "numbered": [True]}


def test_what_is_left_out_is_not_checked() -> None:
    assert results(Expectation(), GOOD) == {"cited": [True], "verbatim": [True], "numbered": [True]}


def test_every_kind_has_its_row_in_the_table() -> None:
    expect = Expectation(
        True, (("x",),), ("x",), ("x",), ("x",), ("x",), (NoteKind.DENIED,), (NoteKind.HEDGED,), 1, "x", "2020"
    )
    kinds = set(results(expect, GOOD)) | set(results(expect, abstention()))
    assert kinds == set(CHECK_KINDS)


def test_a_note_alone_cites_nothing_for_the_answer() -> None:
    given = answer(("The lamp failed.", (1,)), notes=(note(NoteKind.DENIED, 2),))
    assert cited_articles(given) == ("lamp-1",)
    assert results(Expectation(cites_all=("fog-2",)), given)["cites.all"] == [False]
    assert results(Expectation(cites_none=("fog-2",)), given)["cites.none"] == [True]


@pytest.mark.parametrize(
    ("given", "expect", "kind", "passed"),
    [
        (abstention(NoteKind.NO_EVIDENCE), {"abstain": True}, "abstain", [True]),
        (abstention(NoteKind.NO_EVIDENCE), {"abstain": False}, "abstain", [False]),
        (abstention(NoteKind.NO_EVIDENCE), {"answer_given": True}, "abstain", [False]),
        (abstention(NoteKind.NO_EVIDENCE), {"answer_given": True, "abstain": True}, "abstain", [True]),
        (abstention(NoteKind.NO_EVIDENCE), {}, "abstain", None),
        (GOOD, {}, "abstain", None),
        (abstention(NoteKind.NO_EVIDENCE), {}, "abstain.note", [True]),
        (abstention(), {}, "abstain.note", [False]),
        (abstention(NoteKind.UNDATED), {}, "abstain.note", [False]),
        (GOOD, {"abstain": True}, "abstain.note", None),
        (abstention(NoteKind.NO_EVIDENCE), {}, "cited", [True]),
    ],
)
def test_abstention(given: Answer, expect: dict[str, Any], kind: str, passed: list[bool] | None) -> None:
    assert results(Expectation(**expect), given).get(kind) == passed


def test_a_sentence_without_a_citation() -> None:
    assert results(Expectation(), answer(("Cited.", (1,)), ("Bare.", ())))["cited"] == [False]


QUOTE = CITATIONS[0]


@pytest.mark.parametrize(
    ("citation", "passed"),
    [
        (QUOTE, True),
        (replace(QUOTE, quote="The lamp failed at ten"), False),
        (replace(QUOTE, quote="the lamp failed at nine"), False),
        (replace(QUOTE, start=1, end=24), False),
        (replace(QUOTE, start=-41, end=-18), False),
        (replace(QUOTE, end=400), False),
        (replace(QUOTE, quote="", start=3, end=3), False),
        (replace(QUOTE, article_id="fog-2"), False),
        (replace(QUOTE, article_id="nowhere"), False),
    ],
)
def test_verbatim(citation: Any, passed: bool) -> None:
    in_text = answer(("The lamp failed.", (1,)), citations=(citation,))
    assert results(Expectation(), in_text)["verbatim"] == [passed]
    of_note = answer(("Fog.", (2,)), notes=(note(NoteKind.DENIED, 1),), citations=(citation, CITATIONS[1]))
    assert results(Expectation(), of_note)["verbatim"] == [passed]


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (answer(("A.", (1, 2))), True),
        (answer(("A.", (3,))), False),
        (answer(("A.", (1,)), notes=(note(NoteKind.DENIED, 7),)), False),
        (answer(("A.", (1,)), citations=(CITATIONS[0], quote(1, FOG, "Fog"))), False),
    ],
)
def test_numbered(given: Answer, passed: bool) -> None:
    assert results(Expectation(), given)["numbered"] == [passed]


NAMED = report(LAMP, "Lighthouse Service", "The Skerry Post", KEEPER)
UNNAMED = report(FOG, "Skerry Post", "Skerry Post", PILOT, anonymous="yes")


@pytest.mark.parametrize(
    ("wanted", "first", "passed"),
    [
        ("Lighthouse Service", NAMED, True),  # the root
        ("the lighthouse service", NAMED, True),
        ("Skerry Post", NAMED, True),  # the outlet
        ("The Skerry Post", NAMED, True),
        ("Ansa Holm", NAMED, True),  # who speaks for the root is the root
        ("LS", NAMED, True),  # another name of it
        ("Post", NAMED, True),  # whole words of a name
        ("Pos", NAMED, False),
        ("Skerry Post Weekly", NAMED, False),  # a longer name may be another party
        ("Tide", NAMED, False),  # the publisher is not asked for
        ("Skerry Post", UNNAMED, True),
        ("a pilot", UNNAMED, False),  # an unnamed party is no root
    ],
)
def test_first_source(wanted: str, first: Any, passed: bool) -> None:
    given = answer(("A.", (1,)), assessment=assessment(first, UNNAMED))
    assert results(Expectation(first_source=wanted), given)["first.source"] == [passed]


@pytest.mark.parametrize(
    ("date", "wanted", "passed"),
    [
        (PartialDate(2020, 2, 3), "2020-02-03", True),
        (PartialDate(2020, 2, 3), "2020-02-04", False),
        (PartialDate(2020, 2, 3), "2020-02", False),
        (PartialDate(2020, 2), "2020-02", True),
        (None, "2020-02-03", False),
    ],
)
def test_first_date(date: PartialDate | None, wanted: str, passed: bool) -> None:
    given = answer(("A.", (1,)), assessment=assessment(replace(NAMED, date=date)))
    assert results(Expectation(first_date=wanted), given)["first.date"] == [passed]


@pytest.mark.parametrize(("number", "passed"), [(2, True), (1, False), (3, False)])
def test_independent_sources(number: int, passed: bool) -> None:
    given = answer(("A.", (1,)), assessment=assessment(NAMED, UNNAMED, NAMED))
    assert results(Expectation(independent_sources=number), given)["independent_sources"] == [passed]


def test_an_assessment_without_reports() -> None:
    given = answer(("A.", (1,)), assessment=assessment())
    made = results(Expectation(independent_sources=0, first_source="x", first_date="2020"), given)
    assert (made["independent_sources"], made["first.source"], made["first.date"]) == ([True], [False], [False])
