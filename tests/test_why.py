"""The reasons behind notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.assessment import Assessment, Denial
from assistant.layout import Layout
from assistant.notes import Note, NoteKind
from assistant.why import RULES, why, why_dict, why_text
from index.statements import Stance
from tests.fake_assistant import abstention, ferry_answer


def with_note(kind: NoteKind, assessment: Assessment | None) -> Answer:
    return replace(ferry_answer(), notes=(Note(kind, "A note.", (1,)),), assessment=assessment)


def ferry_assessment() -> Assessment:
    found = ferry_answer().assessment
    assert found
    return found


def test_every_kind_has_a_rule_and_a_reason() -> None:
    assert set(RULES) == set(NoteKind)
    for kind in NoteKind:
        assert why(with_note(kind, ferry_assessment()))[0].rule == RULES[kind]


def test_single_source_shows_each_chain_back_to_the_one_root() -> None:
    (reason,) = why(with_note(NoteKind.SINGLE_SOURCE, ferry_assessment()))
    (group,) = reason.groups
    assert group.label == "Root source: Pilots' Union"
    assert [report.article.id for report in group.reports] == ["herald-1", "courier-7"]


def test_corroborated_has_a_group_for_each_root() -> None:
    found = ferry_assessment()
    other = replace(found.reports[1], root="Harbour Office")
    (reason,) = why(with_note(NoteKind.CORROBORATED, replace(found, reports=(found.reports[0], other))))
    assert [group.label for group in reason.groups] == ["Root source: Pilots' Union", "Root source: Harbour Office"]


def test_a_denial_of_the_claim_and_one_of_something_else_are_kept_apart() -> None:
    found = ferry_assessment()
    other = Denial(found.denials[0].report, False, "the captain was drunk")
    both = replace(found, denials=(*found.denials, other))
    (denied,) = why(with_note(NoteKind.DENIED, both))
    (related,) = why(with_note(NoteKind.RELATED_DENIAL, both))
    assert [group.label for group in denied.groups] == ["Denies the claim: “the ferry touched the pier”"]
    assert [group.label for group in related.groups] == ["Denies something else: “the captain was drunk”"]


def test_conflicting_figures_show_both_sides() -> None:
    (reason,) = why(with_note(NoteKind.CONFLICTING_FIGURES, ferry_assessment()))
    assert [(group.label, group.reports[0].article.id) for group in reason.groups] == [
        ("“Three” (hurt)", "herald-1"),
        ("“Five” (hurt)", "courier-7"),
    ]
    assert why(with_note(NoteKind.CONFLICTING_DATES, ferry_assessment()))[0].groups == ()


def test_reprints_are_shown_by_group() -> None:
    found = replace(ferry_assessment(), copies=(("courier-7", "herald-1"),))
    (reason,) = why(with_note(NoteKind.REPRINT, found))
    assert [group.label for group in reason.groups] == ["Copies of one text: courier-7, herald-1"]
    assert len(reason.groups[0].reports) == 2


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (NoteKind.ANONYMOUS_SOURCE, {"anonymous": True}),
        (NoteKind.UNDATED, {"date": None}),
        (NoteKind.HEDGED, {"statement": {"hedged": True}}),
        (NoteKind.HEDGED, {"statement": {"stance": Stance.HEDGES}}),
        (NoteKind.UNATTRIBUTED, {"statement": {"source_span": None, "cue_span": None}}),
    ],
)
def test_a_note_on_one_report_shows_that_report_alone(kind: NoteKind, change: dict[str, object]) -> None:
    found = ferry_assessment()
    plain, changed = found.reports[0], found.reports[0]
    inner = change.pop("statement", None)
    if isinstance(inner, dict):
        changed = replace(changed, statement=replace(changed.statement, **inner))
    changed = replace(changed, **change)  # type: ignore[arg-type]
    (reason,) = why(with_note(kind, replace(found, reports=(plain, changed))))
    assert [group.reports for group in reason.groups] == [(changed,)]
    (nothing,) = why(with_note(kind, replace(found, reports=(plain,))))
    assert nothing.groups == ()


def test_retractions_are_shown() -> None:
    found = ferry_assessment()
    (reason,) = why(with_note(NoteKind.RETRACTED, replace(found, retractions=found.reports[:1])))
    assert reason.groups[0].reports == found.reports[:1]


def test_text_names_statement_chain_and_root() -> None:
    text = why_text(ferry_answer(), Layout(width=200))
    assert "Single source: All reports of the claim in this collection go back to one root source." in text
    assert "- Coastal Courier ← Vardo Herald ← Pilots' Union (4 May 2019; root: Pilots' Union; asserts)" in text
    assert "“The Solveig hit a pier in Vardo” courier-7@0" in text
    assert "root: Coastal Courier, for an unnamed party" in text


def test_text_says_so_where_nothing_stands_behind_a_note() -> None:
    assert "holds no statement behind this note" in why_text(with_note(NoteKind.DENIED, None))
    assert "holds no statement" not in why_text(abstention())
    assert "The answer has no notes." in why_text(replace(abstention(), notes=()))


def test_json_has_the_statements() -> None:
    rows = why_dict(ferry_answer())
    assert [row["kind"] for row in rows] == ["single-source", "circular-reporting", "denied", "conflicting-figures"]
    assert rows[0]["groups"][0]["reports"][1]["statement"] == "courier-7@0"
