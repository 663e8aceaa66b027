"""The dossier: rows, points, graph and disagreements say what the assessment says, with verbatim quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Sentence
from assistant.assessment import Assessment, Denial
from assistant.citations import cite
from assistant.claims import Claim
from assistant.dossier import DateKind, DisagreementKind, Role, Row, dossier, points_of
from assistant.dossier_graph import Link, NodeKind, Relation, graph_of
from index.dates import PartialDate
from index.spans import Span
from tests.fake_assistant import COURIER, HERALD, abstention, ferry_answer
from tests.story_fakes import Told, body, outlet, unnamed

ARTICLES = {article.id: article for article in (HERALD, COURIER)}


def test_every_row_quotes_its_article_word_for_word() -> None:
    found = dossier(ferry_answer())
    sides = [row for one in found.disagreements for side in one.sides for row in side.rows]
    assert len(found.rows) == 3
    for row in [*found.rows, *sides]:
        assert row.quote == ARTICLES[row.article_id].text[row.start : row.end]


def test_rows_carry_their_role_chain_root_and_citation() -> None:
    first, second, refusal = dossier(ferry_answer()).rows
    assert (first.role, first.number, first.chain, first.root) == (
        Role.REPORT, 1, ("Vardo Herald", "Pilots' Union"), "Pilots' Union",
    )  # fmt: skip
    assert (second.number, second.chain) == (2, ("Coastal Courier", "Vardo Herald", "Pilots' Union"))
    assert (refusal.role, refusal.number, refusal.root) == (Role.DENIAL, 3, "Nordline")
    assert refusal.about == "the ferry touched the pier"
    assert str(refusal.reported) == "2019-05-04"


def test_a_row_that_the_answer_cites_nowhere_has_number_0() -> None:
    answer = replace(ferry_answer(), citations=(cite(7, HERALD, Span(0, len(HERALD.text))),))
    assert [row.number for row in dossier(answer).rows] == [7, 0, 0]


def test_an_abstention_has_an_empty_dossier() -> None:
    found = dossier(abstention("What did it cost?"))
    assert found.question == "What did it cost?"
    assert (found.claim, found.rows, found.points, found.disagreements, found.graph.nodes) == ("", (), (), (), ())
    assert found.standing == "Nothing in this collection answers the question."


def answered(question: str, *told: Told, **more: object) -> Answer:
    reports = tuple(one.report for one in told)
    given = {"denials": (), "retractions": (), "copies": (), "conflicts": ()} | more
    statements = tuple(report.statement for report in reports)
    assessment = Assessment(Claim("sinking of the ferry Sylvie", statements), reports, **given)  # type: ignore[arg-type]
    return Answer(question, (Sentence("It did.", ()),), (), (), assessment, False, "extractive")


UNION = body("Seamen's Union")
FIRST = Told("a", "Velm Gazette", source=UNION, text="The union met on the quay for an hour")
SECOND = Told("b", "Coast Post", "2031-05-08", source=UNION)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Who first reported the sinking?", ("The ferry Sylvie sank off Velm", "Seamen's Union")),
        ("Did the ferry sink?", ("The ferry Sylvie sank off Velm", "Seamen's Union")),
        ("The ferry Sylvie went down in a storm", ("The ferry Sylvie went down in a storm", "")),
    ],
)
def test_the_claim_is_a_sentence_and_says_whose(question: str, claim: tuple[str, str]) -> None:
    found = dossier(answered(question, FIRST, SECOND))
    assert (found.claim, found.claim_by) == claim


def test_the_claim_is_the_topic_where_no_report_puts_it() -> None:
    refusal = Told("d", "Coast Post", source=body("Nordline"))
    found = dossier(answered("Who denied it?", denials=(Denial(refusal.report, True, "it"),)))
    assert (found.claim, found.claim_by) == ("sinking of the ferry Sylvie", "")


def dated(row: Row, reported: str, said: str = "", happened: str = "") -> Row:
    def day(text: str) -> PartialDate | None:
        return PartialDate(*(int(part) for part in text.split("-"))) if text else None

    return replace(row, reported=day(reported), said=day(said), happened=day(happened))


def test_the_timeline_keeps_the_three_dates_apart_in_order() -> None:
    row = dossier(ferry_answer()).rows[0]
    rows = (dated(row, "2019-05-03", "2019-05", "2019-05-02"), dated(row, "2019-05-02"), dated(row, ""))
    assert [(point.kind, str(point.when), point.row) for point in points_of(rows)] == [
        (DateKind.STATEMENT, "2019-05", 0),
        (DateKind.EVENT, "2019-05-02", 0),
        (DateKind.PUBLICATION, "2019-05-02", 1),
        (DateKind.PUBLICATION, "2019-05-03", 0),
    ]
    month = points_of(rows)[0]
    assert (str(month.first_day), str(month.last_day)) == ("2019-05-01", "2019-05-31")


def test_rows_without_any_date_are_named() -> None:
    found = dossier(answered("Who said so?", Told("u", "Coast Post", "", source=UNION), SECOND))
    assert [row.article_id for row in found.undated] == ["u"]


def test_the_graph_runs_from_roots_through_outlets_to_articles() -> None:
    graph = dossier(ferry_answer()).graph
    assert [(node.kind, node.label) for node in graph.nodes] == [
        (NodeKind.ROOT, "Pilots' Union"),
        (NodeKind.ROOT, "Nordline"),
        (NodeKind.OUTLET, "Vardo Herald"),
        (NodeKind.OUTLET, "Coastal Courier"),
        (NodeKind.ARTICLE, "Ferry struck the north pier, pilot union says"),
        (NodeKind.ARTICLE, "Ferry accident in Vardo"),
    ]
    label = {node.id: node.label.split(",")[0] for node in graph.nodes}
    assert [(label[edge.start], edge.relation, label[edge.end]) for edge in graph.edges] == [
        ("Pilots' Union", Relation.CITES, "Vardo Herald"),
        ("Vardo Herald", Relation.CARRIES, "Ferry struck the north pier"),
        ("Vardo Herald", Relation.CITES, "Coastal Courier"),
        ("Coastal Courier", Relation.CARRIES, "Ferry accident in Vardo"),
        ("Nordline", Relation.DENIES, "Coastal Courier"),
        ("Coastal Courier", Relation.DENIES, "Ferry accident in Vardo"),
    ]
    assert graph.circles == ()


def test_copies_and_circles_show() -> None:
    one = Told("one", "Velm Gazette", "2031-05-07", source=outlet("Coast Post"))
    two = Told("two", "Coast Post", "2031-05-08", source=outlet("Velm Gazette"))
    graph = graph_of([Link(two.report, denies=False), Link(one.report, denies=False)], [("two", "one")])
    assert {edge.relation for edge in graph.edges} == {Relation.CITES, Relation.CARRIES, Relation.COPIES}
    (copy,) = [edge for edge in graph.edges if edge.relation is Relation.COPIES]
    assert (copy.start, copy.end) == ("article:one", "article:two")  # the earlier one first
    assert [set(circle) for circle in graph.circles] == [{"party:velm gazette", "party:coast post"}]


def test_an_unnamed_party_shows_behind_the_root_that_stands_in_for_it() -> None:
    told = Told("n", "Velm Gazette", source=unnamed("an official"))
    (root, article) = graph_of([Link(told.report, denies=False)], ()).nodes
    assert (root.label, root.detail, article.detail) == ("Velm Gazette", "an official", "Velm Gazette, n")


def test_disagreements_stand_side_by_side_with_source_date_and_quote() -> None:
    figures, denial = dossier(ferry_answer()).disagreements
    assert (figures.kind, figures.about, [side.value for side in figures.sides]) == (
        DisagreementKind.FIGURES, "hurt", ["Three", "Five"],
    )  # fmt: skip
    assert [(side.rows[0].who, str(side.rows[0].reported)) for side in figures.sides] == [
        ("Pilots' Union", "2019-05-03"),
        ("a doctor at the hospital", "2019-05-04"),
    ]
    assert denial.kind is DisagreementKind.DENIAL
    assert [[row.role for row in side.rows] for side in denial.sides] == [[Role.REPORT, Role.REPORT], [Role.DENIAL]]


def row_told(words: str, **known: object) -> Told:
    return Told(words[:3], "Coast Post", source=UNION, text=words, known=known)


def test_the_claim_is_no_report_of_a_denial_where_another_puts_it() -> None:
    refusal = row_told("Nordline has denied the sinking of the ferry Sylvie")
    report = row_told("A ferry went down at dawn")
    found = dossier(answered("Who denied the sinking of the ferry Sylvie?", refusal, report))
    assert found.claim == "A ferry went down at dawn"


def test_the_claim_is_what_was_withdrawn_where_nothing_reports_it() -> None:
    back = row_told("A submarine had rammed the ferry")
    found = dossier(answered("When did they admit it?", retractions=(back.report,)))
    assert (found.claim, found.claim_by) == ("A submarine had rammed the ferry", "")


def test_the_claim_of_a_follow_up_is_not_its_own_words() -> None:
    answer = replace(answered("thanks", SECOND), standalone_question="thanks (about: the ferry Sylvie)")
    assert dossier(answer).claim == "The ferry Sylvie sank off Velm"


def test_the_claim_has_no_quotation_marks_of_its_own() -> None:
    found = dossier(answered("Who said so?", row_told("“The ferry Sylvie sank in a minute,”")))
    assert found.claim == "The ferry Sylvie sank in a minute"
