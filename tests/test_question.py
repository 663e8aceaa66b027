"""What a question asks, about what, of whom, and how a follow-up leans on the turns before."""

from __future__ import annotations

import pytest

from assistant.question import Filters, QuestionKind, parse_question
from index.dates import PartialDate

KINDS = {
    QuestionKind.FIRST: (
        "Who first reported the fire at Port Velm?",
        "Which outlet broke the story of the ferry?",
        "Who was the first to report that the dam had cracked?",
        "Where was the fire first reported?",
        "What is the earliest report of the fire?",
    ),
    QuestionKind.DENIED: (
        "Did anyone deny it?",
        "Did the army deny that it shelled Orle?",
        "Who denied the shelling of Orle?",
        "Has the ministry rejected the claim?",
        "Did Velm Lines respond to the allegations?",
    ),
    QuestionKind.HOW_MANY: (
        "How many people died in the ferry accident?",
        "What is the death toll of the ferry sinking?",
        "How much did the bridge cost?",
        "How long was the bridge closed?",
    ),
    QuestionKind.INDEPENDENT: (
        "How many independent sources reported the fire?",
        "Is the fire independently confirmed?",
        "How many sources stand behind the story?",
    ),
    QuestionKind.SAID: (
        "What did Lena Mott say about the branches?",
        "What did Harrow Bank say?",
        "What do the rebels claim about the helicopter?",
        "How did the army react?",
    ),
    QuestionKind.WHEN: ("When did the ferry sink?", "On what date did the ferry sink?", "And when?"),
    QuestionKind.WHERE: ("Where did the ferry sink?", "In which port did the ferry sink?"),
    QuestionKind.WHO: ("Who owns the ferry?", "Which minister signed the order?"),
    QuestionKind.WHY: ("Why did the ferry sink?", "What caused the fire?"),
    QuestionKind.SOURCE: (
        "Who says that 40 miners were trapped?",
        "According to whom was the ferry overloaded?",
        "Which newspapers carried the story about the bank?",
        "Who reported that the army had shelled Orle?",
    ),
    QuestionKind.CONFIRMED: ("Is it true that 40 miners were trapped?", "Has anyone confirmed that the dam broke?"),
    QuestionKind.DISAGREE: ("Do the sources disagree on the number of dead?", "Where do the accounts differ?"),
    QuestionKind.TIMELINE: ("Give me a timeline of the ferry sinking",),
    QuestionKind.YES_NO: ("Was the ferry overloaded?", "Did the ferry sink on 5 May 2031?"),
    QuestionKind.OTHER: ("Tell me about the ferry", "What happened at Port Velm?"),
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in KINDS.items() for text in texts], ids=lambda value: str(value)
)
def test_what_a_question_wants_to_know(text: str, kind: QuestionKind) -> None:
    assert parse_question(text).kind is kind


@pytest.mark.parametrize("text", ["who first reported the fire at port velm", "WHO FIRST REPORTED THE FIRE?"])
def test_case_and_the_mark_at_the_end_do_not_matter(text: str) -> None:
    assert parse_question(text).kind is QuestionKind.FIRST


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Who first reported the fire at Port Velm?", {"fire", "port", "velm"}),
        ("Which outlet broke the story of the ferry sinking?", {"ferry", "sinking"}),
        ("Has the ministry denied the claim that soldiers burned Orle?", {"soldiers", "burned", "orle"}),
        ("How many independent sources reported the fire?", {"fire"}),
        ("What did Lena Mott say about the branches?", {"branches"}),
        ("Is it true that 40 miners were trapped?", {"40", "miners", "trapped"}),
    ],
)
def test_the_topic_is_what_is_left_without_the_framing(text: str, terms: set[str]) -> None:
    assert set(parse_question(text).terms) == terms


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("What did Lena Mott say about the branches?", "Lena Mott"),
        ("What do the rebels claim about the helicopter?", "the rebels"),
        ("Did the army deny that it shelled Orle?", "the army"),
        ("What was the cause of the accident according to Velm Lines?", "Velm Lines"),
        ("Did anyone deny it?", ""),
        ("Did someone confirm it?", ""),
        ("Who denied the shelling of Orle?", ""),
        ("How many people died?", ""),
    ],
)
def test_whose_words_are_asked_for(text: str, speaker: str) -> None:
    assert parse_question(text).speaker == speaker


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Who says that 40 miners were trapped?", (40.0,)),
        ("Who says that forty miners were trapped?", (40.0,)),
        ("Did 1.5 million tonnes burn?", (1.5e6,)),
        ("How many miners were trapped on 5 May 2031?", ()),
        ("Who first reported the fire in Block 4?", ()),
    ],
)
def test_numbers_of_the_claim(text: str, numbers: tuple[float, ...]) -> None:
    assert parse_question(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Did the ferry sink on 5 May 2031?", ["2031-05-05"]),
        ("Did the ferry sink on May 5, 2031?", ["2031-05-05"]),
        ("What happened at Port Velm in May 2031?", ["2031-05"]),
        ("What happened at Port Velm in 2031?", ["2031"]),
        ("What happened at Port Velm?", []),
    ],
)
def test_dates_are_as_exact_as_the_question(text: str, dates: list[str]) -> None:
    assert [str(day) for day in parse_question(text).dates] == dates


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Is it true that 40 miners were trapped?", "40 miners were trapped"),
        ("Has the ministry denied the claim that soldiers burned Orle?", "soldiers burned Orle"),
        ("Who was the first to report that the dam had cracked?", "the dam had cracked"),
        ("Who says that the bank will close 40 branches?", "the bank will close 40 branches"),
        ("Who owns the ferry?", ""),
        ("How many people died?", ""),
        ("Did anyone deny it?", ""),
    ],
)
def test_the_claim_as_a_sentence(text: str, proposition: str) -> None:
    assert parse_question(text).proposition == proposition


def test_names_are_found_whatever_begins_the_question() -> None:
    assert parse_question("Did Harrow Bank pay Lena Mott?").names == ("Harrow Bank", "Lena Mott")


# --- follow-ups

FIRST = parse_question("Who first reported the fire at Port Velm?")


@pytest.mark.parametrize(
    "text", ["Did anyone deny it?", "And when?", "How many people died?", "What did the mayor say?"]
)
def test_a_follow_up_takes_what_it_leans_on(text: str) -> None:
    question = parse_question(text, [FIRST])
    assert "fire at Port Velm" in question.context
    assert "fire at Port Velm" in question.search_text
    assert question.text == text
    assert text in question.standalone and "Port Velm" in question.standalone


def test_a_question_with_a_subject_of_its_own_leans_on_nothing() -> None:
    question = parse_question("Who sold the Osterland pit to Harrow Bank in secret?", [FIRST])
    assert question.context == ""
    assert question.standalone == question.text


def test_a_chain_of_short_follow_ups_keeps_its_subject() -> None:
    second = parse_question("Did anyone deny it?", [FIRST])
    third = parse_question("And who confirmed it?", [FIRST, second])
    assert "Port Velm" in third.context


TOLD = "Traces of soap have been found in the vials"


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Does the manufacturer accept that?", TOLD),
        ("And what did the other side say to that?", TOLD),
        ("Who is the original source for that number?", ""),
        ("Has the captain denied that the bus burned?", "the bus burned"),
    ],
)
def test_that_is_what_the_answer_before_quoted(text: str, proposition: str) -> None:
    asked = parse_question(text, [parse_question("What did the office find in the vials?")], told=TOLD)
    assert asked.proposition == proposition
    assert (TOLD in asked.search_text) is (proposition == TOLD)


@pytest.mark.parametrize(
    ("text", "hypothesis"),
    [
        ("Who says that the ferry sank?", "the ferry sank"),
        ("Who has rejected the bribery accusation?", "bribery accusation"),
        ("Where did the ferry sink?", "Where did the ferry sink?"),
    ],
)
def test_what_the_pair_model_reads_beside_a_text(text: str, hypothesis: str) -> None:
    assert parse_question(text).hypothesis == hypothesis


def test_the_first_question_has_no_context() -> None:
    assert parse_question("Did anyone deny it?").context == ""


@pytest.mark.parametrize(
    "text", ["?", "fire", "…", "who", "Ünïcode žába?", "a" * 2000, "“” ()", "1 2 3", "that that that"]
)
def test_odd_questions_are_read(text: str) -> None:
    question = parse_question(text)
    assert question.text == text
    assert question.claim_text


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), False),
        (Filters(("Velm Gazette",)), True),
        (Filters(since=PartialDate(2031)), True),
        (Filters(until=PartialDate(2031)), True),
    ],
)
def test_filters_know_whether_they_leave_anything_out(filters: Filters, expected: bool) -> None:
    assert bool(filters) is expected


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Hackers caused the blackout", "Hackers caused the blackout"),
        ("The dam burst on Sunday.", "The dam burst on Sunday"),
        ("Nine people were killed when the dam burst", "Nine people were killed when the dam burst"),
        ("the blackout in Velm", ""),
        ("Tell me about the dam", ""),
        ("Velm blackout, who said it was hackers", ""),
        ("who first reported the blackout", ""),
    ],
)
def test_a_statement_is_a_claim_to_be_checked(text: str, claim: str) -> None:
    question = parse_question(text)
    assert question.proposition == claim
    assert (question.kind is QuestionKind.YES_NO) == bool(claim)


def test_a_question_by_a_new_name_leans_on_nothing() -> None:
    before = parse_question("Who first reported the Velm airlift?")
    assert parse_question("What is the capital of France?", [before]).context == ""
    assert parse_question("Who denied it?", [before]).context
