"""Notes: a row a kind, when it holds and when it does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.assessment import Assessment, Conflict, ConflictKind, ConflictSide, Denial, Report
from assistant.claims import Claim
from assistant.notes import NoteKind, carrier, day_text, listed, no_evidence, notes_of, speaker
from index.dates import PartialDate
from tests.story_fakes import LEAD, Told, body, outlet, person, unnamed

COURIER, POST, RADIO = "Tarn Courier", "Brae Post", "Radio Nordal"


class Cite:
    """Numbers reports as they come."""

    def __init__(self) -> None:
        self.known: list[Report] = []

    def __call__(self, report: Report) -> int:
        if report not in self.known:
            self.known.append(report)
        return self.known.index(report) + 1


def assessment(*told: Told, **known: object) -> Assessment:
    parts = {"denials": (), "retractions": (), "copies": (), "conflicts": (), **known}
    return Assessment(Claim(LEAD, ()), tuple(one.report for one in told), **parts)  # type: ignore[arg-type]


def kinds(found: Assessment) -> set[str]:
    return {str(note.kind) for note in notes_of(found, Cite())}


MOTT = person("Lena Mott")


@pytest.mark.parametrize(
    ("told", "has", "lacks"),
    [
        ([Told("a", POST, source=MOTT)], {"single-source"}, {"corroborated", "circular-reporting", "unattributed"}),
        (
            [Told("a", POST, source=MOTT), Told("b", RADIO, source=person("Anton Reuss"))],
            {"corroborated"},
            {"single-source", "circular-reporting"},
        ),
        (
            [Told("a", POST, source=outlet(COURIER)), Told("b", COURIER)],
            {"single-source", "circular-reporting"},
            {"corroborated"},
        ),
        ([Told("a", POST, source=unnamed("local sources"))], {"anonymous-source", "single-source"}, {"unattributed"}),
        ([Told("a", POST)], {"unattributed"}, {"anonymous-source"}),
        ([Told("a", POST, known={"own_sight": True})], {"single-source"}, {"unattributed"}),
        ([Told("a", POST), Told("b", RADIO, source=MOTT)], {"corroborated"}, set()),
        ([Told("a", POST, source=MOTT, known={"hedged": True})], {"hedged"}, set()),
        ([Told("a", POST, "", source=MOTT)], {"undated"}, set()),
        ([Told("a", POST, source=MOTT)], set(), {"hedged", "undated", "denied", "retracted", "reprint"}),
    ],
)
def test_notes_on_where_reports_come_from(told: Sequence[Told], has: set[str], lacks: set[str]) -> None:
    found = kinds(assessment(*told))
    assert has <= found
    assert not lacks & found


def test_two_publishers_of_one_root_are_circular_however_many_articles() -> None:
    told = [Told(id, name, source=MOTT) for id, name in (("a", POST), ("b", RADIO), ("c", COURIER))]
    assert {"circular-reporting", "single-source"} <= kinds(assessment(*told))
    once = [Told("a", POST, source=MOTT), Told("b", POST, source=MOTT)]
    assert "circular-reporting" not in kinds(assessment(*once))


def test_a_reprint_is_told_where_both_texts_carry_the_claim() -> None:
    told = [Told("a", POST, source=MOTT), Told("b", RADIO, source=MOTT)]
    notes = notes_of(assessment(*told, copies=(("a", "b"),)), Cite())
    (note,) = [note for note in notes if note.kind is NoteKind.REPRINT]
    assert POST in note.text and RADIO in note.text
    assert len(note.citations) == 2


def test_two_articles_of_one_publisher_are_counted_and_two_reports_of_one_article_are_no_reprint() -> None:
    mott, reuss = Told("a", POST, source=MOTT), Told("a", POST, source=person("Anton Reuss"))
    notes = notes_of(assessment(mott, Told("b", POST, source=MOTT), copies=(("a", "b"),)), Cite())
    (note,) = [note for note in notes if note.kind is NoteKind.REPRINT]
    assert note.text == f"Two articles of {POST} are copies, or near copies, of one text."
    assert "reprint" not in kinds(assessment(mott, reuss, copies=(("a", "b"),)))


def denial(of_claim: bool, words: str = LEAD) -> Denial:
    return Denial(Told("d", RADIO, "2031-05-09", source=person("Ivo Osk", "Velm Lines")).report, of_claim, words)


def test_a_denial_names_who_when_and_where() -> None:
    found = assessment(Told("a", POST, source=MOTT), denials=(denial(True),))
    (note,) = [note for note in notes_of(found, Cite()) if note.kind is NoteKind.DENIED]
    for words in ("Ivo Osk", "Velm Lines", RADIO, "9 May 2031"):
        assert words in note.text
    assert note.citations


def test_a_denial_of_something_else_says_of_what() -> None:
    found = assessment(Told("a", POST, source=MOTT), denials=(denial(False, "the crew had been drunk"),))
    (note,) = [note for note in notes_of(found, Cite()) if note.kind is NoteKind.RELATED_DENIAL]
    assert "the crew had been drunk" in note.text
    assert "denied" not in kinds(found)


def test_a_retraction_is_told() -> None:
    found = assessment(Told("a", POST, source=MOTT), retractions=(Told("b", COURIER, "2031-05-10").report,))
    (note,) = [note for note in notes_of(found, Cite()) if note.kind is NoteKind.RETRACTED]
    assert COURIER in note.text and "10 May 2031" in note.text


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ConflictKind.FIGURES, NoteKind.CONFLICTING_FIGURES),
        (ConflictKind.DATES, NoteKind.CONFLICTING_DATES),
        (ConflictKind.ACCOUNTS, NoteKind.CONFLICTING_ACCOUNTS),
    ],
)
def test_a_conflict_shows_its_sides(kind: ConflictKind, name: NoteKind) -> None:
    sides = (
        ConflictSide("nine", (Told("a", POST, source=MOTT).report,)),
        ConflictSide("eleven", (Told("b", RADIO, source=person("Anton Reuss")).report,)),
    )
    found = assessment(Told("a", POST, source=MOTT), conflicts=(Conflict(kind, "dead", sides),))
    (note,) = [note for note in notes_of(found, Cite()) if note.kind is name]
    assert "Lena Mott" in note.text and "Anton Reuss" in note.text
    assert len(note.citations) == 2
    if kind is not ConflictKind.ACCOUNTS:
        assert "nine" in note.text and "eleven" in note.text


def test_every_note_cites_and_no_evidence_alone_does_not() -> None:
    told = [Told("a", POST, ""), Told("b", "", source=unnamed("two sailors"), known={"hedged": True})]
    found = notes_of(assessment(*told, denials=(denial(True),)), Cite())
    assert found
    assert all(note.citations and note.text.endswith(".") for note in found)
    assert no_evidence("Nothing.").citations == ()


def test_nothing_found_means_no_notes() -> None:
    assert notes_of(assessment(), Cite()) == ()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (PartialDate(2031, 5, 7), "7 May 2031"),
        (PartialDate(2031, 5), "May 2031"),
        (PartialDate(2031), "2031"),
        (None, "undated"),
    ],
)
def test_a_day_in_words_is_no_more_exact_than_known(when: PartialDate | None, words: str) -> None:
    assert day_text(when) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C"), (["A", "A", "B"], "A and B")],
)
def test_lists_in_words(items: list[str], words: str) -> None:
    assert listed(items) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told("a", POST, source=MOTT), "Lena Mott"),
        (Told("a", POST, source=person("Ivo Osk", "Velm Lines")), "Ivo Osk (Velm Lines)"),
        (Told("a", POST, source=body("Velm Lines")), "Velm Lines"),
        (Told("a", POST, source=unnamed("Two sailors")), "two sailors"),
        (Told("a", POST), POST),
    ],
)
def test_who_speaks_in_words(told: Told, words: str) -> None:
    assert speaker(told.report) == words


def test_an_article_without_a_publisher_goes_by_its_headline() -> None:
    assert "Story a" in carrier(Told("a", "").report)
    assert carrier(Told("a", POST).report) == POST


@pytest.mark.parametrize(
    ("seven", "corroborated"),
    [
        (["Lena Mott"], set()),
        (["Lena Mott", "Anton Reuss"], {"corroborated"}),
    ],
)
def test_who_gives_another_figure_bears_nobody_out(seven: list[str], corroborated: set[str]) -> None:
    said = [Told(f"a{place}", POST, source=person(name)) for place, name in enumerate(seven)]
    nine = Told("b", RADIO, source=person("Ivo Osk"))
    sides = (
        ConflictSide("seven", tuple(one.report for one in said)),
        ConflictSide("nine", (nine.report,)),
    )
    found = assessment(*said, nine, conflicts=(Conflict(ConflictKind.FIGURES, "dead", sides),))
    assert kinds(found) == {"conflicting-figures", *corroborated}
    notes = [note.text for note in notes_of(found, Cite()) if note.kind is NoteKind.CORROBORATED]
    assert notes == ["Two independent sources give seven: Anton Reuss and Lena Mott."] * bool(corroborated)
