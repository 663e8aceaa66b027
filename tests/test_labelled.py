"""The labelled sets hold together: offsets, labels, and the parting of stories."""

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, Sentence
from assistant.citations import cite
from evals.benchmarks.labelled import (
    HELD_OUT,
    LABELS,
    ClaimRow,
    LabelledArticle,
    LabelledQuestion,
    read_claims,
    read_denials,
    read_parties,
    read_questions,
    read_rows,
    set_file,
)
from evals.benchmarks.labelled_answers import Answered, answer_figures, answered
from evals.benchmarks.labelled_claims import Judged, as_question, claim_figures
from evals.benchmarks.labelled_parties import Denied, denial_figures, is_party, party_figures, resolve
from evals.training.labelled_readings import CLASSES, WITHDRAWS, read_labelled
from evals.training.labelled_readings import PARTS as READING_PARTS
from index.article import Article
from index.errors import SettingsError
from index.names import fold, name_words
from index.readers import read_inputs
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

PARTS = ("", HELD_OUT)
KINDS = set("who what when where how-many why how which yes-no denied confirmed first independent".split())
CLAIM_TRAITS = set(
    "near-words paraphrase opposite negated same-words year figures hedged declines partial planned actor other-cause "
    "context-only bare".split()
)
HOWS = set("content anaphora order opposite figures elsewhere no-denial".split())
MENTIONS = {"pronoun", "noun", "possessive", "name"}
TRAITS = {"no-shared-word", "conflict", "false-premise", "other-event"}


@pytest.mark.parametrize("part", PARTS)
def test_every_question_is_well_formed(part: str) -> None:
    seen: set[str] = set()
    for one in read_questions(set_file("answers", part)):
        for item in one.articles:
            assert item.article.published is not None, item.article.id
            covered = "".join(span.of(item.article.text) for span in item.sentences)
            assert "".join(covered.split()) == "".join(item.article.text.split()), item.article.id
        ids = [one.id, *(item.article.id for item in one.articles), *(question.id for question in one.questions)]
        assert not seen & set(ids) and len(ids) == len(set(ids)), one.id
        seen |= set(ids)
        for question in one.questions:
            assert question.kind in KINDS and set(question.traits) <= TRAITS, question.id
            assert "conflict" not in question.traits or len(question.answers) > 1, question.id


@pytest.mark.parametrize("part", PARTS)
def test_every_claim_has_a_sentence_and_a_label(part: str) -> None:
    rows = read_claims(set_file("claims", part))
    assert len({row.id for row in rows}) == len(rows)
    for claim in {row.claim for row in rows}:
        labels = {row.label for row in rows if row.claim == claim}
        assert {"same", "denies", "related"} <= labels <= set(LABELS), claim
    assert {trait for row in rows for trait in row.traits} <= CLAIM_TRAITS


@pytest.mark.parametrize("part", PARTS)
def test_every_denial_is_of_claims_of_its_article(part: str) -> None:
    rows = read_denials(set_file("denials", part))
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.how in HOWS and bool(row.denied) == (row.how not in ("elsewhere", "no-denial")), row.id
        assert 2 <= len(row.claims) <= 3 and 2 <= len(row.article.sentences) <= 8, row.id


@pytest.mark.parametrize("part", PARTS)
def test_every_party_is_named_in_its_article(part: str) -> None:
    rows = read_parties(set_file("parties", part))
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        for mention in row.mentions:
            assert mention.kind in MENTIONS, row.id
            for name in mention.party:
                named = f" {fold(row.article.publisher)} {fold(row.article.text)} "
                assert all(f" {word}" in named for word in name_words(name)), (row.id, name)


@pytest.mark.parametrize("name", ["answers", "claims", "denials", "parties"])
def test_no_story_is_in_both_parts(name: str) -> None:
    stories = []
    for part in PARTS:
        rows = list(read_rows(set_file(name, part)))
        assert all(row["held_out"] is bool(part) for row in rows)
        stories.append({row["story"] for row in rows})
    assert all(stories) and not stories[0] & stories[1]


@pytest.mark.parametrize(
    "change",
    [
        {"answers": [["x-a.3"]]},  # no such sentence
        {"answers": [[]]},
        {"also": ["x.1"]},
        {"question": None, "kind": None, "traits": None},
    ],
)
def test_a_wrong_label_is_an_error_that_names_the_row(change: dict[str, object], tmp_path: Path) -> None:
    article = {"id": "x-a", "publisher": "P", "published": "", "text": "One. Two.", "sentences": [[0, 4], [5, 9]]}
    question = {"id": "x-q1", "question": "Q?", "kind": "who", "traits": [], "answers": [["x-a.2"]], "also": []}
    row = {"id": "x", "story": "x", "held_out": False, "articles": [article], "questions": [question]}
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    assert read_questions(file)[0].questions[0].answers == (("x-a.2",),)
    file.write_text(json.dumps({**row, "questions": [{**question, **change}]}), encoding="utf-8")
    with pytest.raises(SettingsError, match="row 'x'"):
        read_questions(file)


ARTICLE = LabelledArticle(
    Article.from_text("The gate fell. Nobody was near. It was old.", id="x"), (Span(0, 14), Span(15, 31), Span(32, 43))
)


@pytest.mark.parametrize(
    ("span", "ids"),
    [
        (Span(0, 14), ("x.1",)),
        (Span(4, 8), ("x.1",)),  # a part of a sentence
        (Span(0, 31), ("x.1", "x.2")),
        (Span(0, 17), ("x.1",)),  # of the second only two characters
        (Span(14, 15), ()),
    ],
)
def test_a_citation_is_of_the_sentences_that_it_covers(span: Span, ids: tuple[str, ...]) -> None:
    assert ARTICLE.sentence_ids(span) == ids


def question(*answers: str) -> LabelledQuestion:
    """A question whose parts are answered by a sentence each."""
    return LabelledQuestion("q", "Q?", "what", (), tuple((id,) for id in answers), ("x.3",))


def reply(*numbers: int) -> Answer:
    """An answer of a sentence for each number, which cites the labelled sentence of that number; or an abstention."""
    citations = tuple(cite(number, ARTICLE.article, ARTICLE.sentences[number - 1]) for number in sorted(set(numbers)))
    said = tuple(Sentence("It did.", (number,)) for number in numbers)
    return Answer("Q?", said, citations, (), None, not numbers, "test")


@pytest.mark.parametrize(
    ("labelled", "said", "right", "whole", "strays"),
    [
        (question("x.1"), reply(1), True, True, 0),
        (question("x.1"), reply(1, 2), True, True, 1),
        (question("x.1"), reply(2, 1), False, False, 1),  # the first sentence is to answer
        (question("x.1"), reply(), False, False, 0),
        (question("x.1", "x.2"), reply(2), True, False, 0),
        (question("x.1", "x.2"), reply(2, 1, 3), True, True, 0),
        (question(), reply(), True, True, 0),
        (question(), reply(1), False, False, 1),
    ],
)
def test_an_answer_is_right_when_it_leads_with_the_sentence_that_answers(
    labelled: LabelledQuestion, said: Answer, right: bool, whole: bool, strays: int
) -> None:
    found = answered(labelled, lambda _: said, [ARTICLE])
    assert (found.right, found.whole, found.strays) == (right, whole, strays)


def test_the_figures_tell_silence_from_error() -> None:
    def one(labelled: LabelledQuestion, *cited: str) -> Answered:
        return Answered(labelled, not cited, cited[:1], cited, "")

    figures = answer_figures(
        [one(question("x.1"), "x.1", "x.2"), one(question("x.1"), "x.2"), one(question("x.1")), one(question())]
    )
    assert (figures["right"], figures["chosen"]) == (0.5, 0.3333)
    assert (figures["abstained wrongly"], figures["answered wrongly"]) == (1, 1)
    assert (figures["abstention precision"], figures["abstention recall"]) == (0.5, 1.0)
    assert figures["stray citations"] == 0.6667


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("The gate fell.", "Is it true that the gate fell?"),
        ("Agnes Pohl left.", "Is it true that Agnes Pohl left?"),
        ("Who left?", "Who left?"),
    ],
)
def test_a_claim_is_asked_as_a_question(claim: str, question: str) -> None:
    assert as_question(claim) == question


def test_related_and_unrelated_are_one_class() -> None:
    def judged(label: str, said: str) -> Judged:
        return Judged(ClaimRow("r", "s", "C.", ARTICLE.article, Span(0, 14), label, ()), said)

    figures = claim_figures(
        [
            judged("related", "neither"),
            judged("unrelated", "neither"),
            judged("same", "denies"),
            judged("denies", "denies"),
        ]
    )
    assert figures["accuracy"] == 0.75
    assert figures["denies"] == {"precision": 0.5, "recall": 1.0, "F1": 0.6667}
    assert figures["same"]["F1"] == 0.0 and figures["neither"]["F1"] == 1.0


def test_a_denial_is_right_when_it_is_of_the_labelled_claims_alone() -> None:
    rows = [row for row in read_denials(set_file("denials")) if len(row.denied) == 1 and row.how == "content"][:3]
    other = 1 - rows[1].denied[0]
    figures = denial_figures(
        [
            Denied(rows[0], rows[0].denied, True, True),
            Denied(rows[1], (*rows[1].denied, other), True, False),
            Denied(rows[2], (), False, False),
        ]
    )
    assert (figures["wholly right"], figures["stance found"], figures["party found"]) == (1, 2, 1)
    assert (figures["precision"], figures["recall"]) == (0.6667, 0.6667)


@pytest.mark.parametrize(
    ("source", "names", "same"),
    [
        (Source("Jon Askeby", SourceKind.PERSON), ("Jon Askeby",), True),
        (Source("Askeby", SourceKind.PERSON), ("Jon Askeby",), True),
        (Source("a spokeswoman", SourceKind.UNNAMED, speaks_for="NORSA"), ("NORSA",), True),
        (Source("Ina Falk", SourceKind.PERSON), ("Lars Falk",), False),
        (Source("a spokeswoman", SourceKind.UNNAMED), ("NORSA",), False),
    ],
)
def test_a_source_is_the_party_whose_name_it_bears(source: Source, names: tuple[str, ...], same: bool) -> None:
    assert is_party(source, names) is same


def test_a_mention_is_resolved_by_the_statement_that_has_it() -> None:
    rows = [row for row in read_parties(set_file("parties")) if any(not m.party for m in row.mentions)][:1]
    named = next(m for m in rows[0].mentions if m.party)

    def statement(at: Span, name: str, kind: SourceKind) -> Statement:
        return Statement("x", "x", at, None, (Span(0, 1),), Source(name, kind), Stance.ASSERTS, (), None, None)

    def read(_: Article) -> list[Statement]:
        unnamed = next(m for m in rows[0].mentions if not m.party)
        return [
            statement(named.span, named.party[0], SourceKind.PERSON),
            statement(unnamed.span, "somebody", SourceKind.UNNAMED),
        ]

    found = resolve(rows, read)
    assert [one.mention for one in found if one.right] == [m for m in rows[0].mentions if m == named or not m.party][:2]
    assert party_figures(found)["all"]["right"] == 2
    assert party_figures(resolve(rows, lambda _: []))["all"]["no statement"] == len(rows[0].mentions)


def test_every_reading_is_of_a_place_once_and_a_collection_is_in_one_part() -> None:
    parts: dict[str, set[int]] = {}
    questions = read_labelled()
    for one in questions:
        assert one.turns and all(turn.strip() for turn in one.turns)
        assert set(one.readings.values()) <= {*CLASSES, WITHDRAWS}, one.turns
        assert all(0 <= start < end for _, start, end in one.readings), one.turns
        parts.setdefault(one.collection, set()).add(one.part)
    assert {part for found in parts.values() for part in found} == set(range(READING_PARTS))
    assert all(len(found) == 1 for found in parts.values())


def test_readings_of_invented_stories_lie_within_their_articles() -> None:
    suites = Path(__file__).parent.parent / "evals" / "suites"
    for name in {one.collection for one in read_labelled()}:
        folder = suites / name / "articles"
        if not folder.is_dir():
            continue
        texts = {item.id: item.text for item in read_inputs([str(folder)]) if isinstance(item, Article)}
        for one in read_labelled():
            if one.collection == name:
                for article, start, end in one.readings:
                    assert texts[article][start:end].strip(), (name, article, start)
