"""The extractive writer: plain sentences, each cited, each quotation word for word."""

from __future__ import annotations

import re

import pytest

from assistant.assessment import Assessment, Denial
from assistant.claims import Claim
from assistant.notes import NoteKind
from assistant.phrasing import attributed, quote_span, quoted
from assistant.question import QuestionKind, parse_question
from assistant.selection import Selection
from assistant.writer import Findings, abstain, write
from index.statements import Stance
from tests.story_fakes import LEAD, Told, body, outlet, person, unnamed

POST, RADIO, COURIER = "Brae Post", "Radio Nordal", "Tarn Courier"
REPORTS = (
    Told("a", POST, "2031-05-06", source=person("Lena Mott"), more="The sea was calm."),
    Told("b", RADIO, "2031-05-07", source=unnamed("Two sailors"), via=(outlet(COURIER),), text="Nine people died"),
    Told("c", "", "", text="The ferry Sylvie lay at Velm for “years”, and “nobody” cared"),
)
DENIAL = Told("d", "Orlin Herald", "2031-05", source=person("Ivo Osk", "Velm Lines"), known={"stance": Stance.DENIES})
WITHDRAWN = Told("e", COURIER, "2031-05-10", known={"stance": Stance.RETRACTS}, text="We were wrong on the Sylvie")


def findings(question: str, reports: tuple[Told, ...] = REPORTS) -> Findings:
    selection = Selection(
        bearing=tuple(told.match for told in reports),
        denying=(DENIAL.match,),
        related=(),
        retracting=(WITHDRAWN.match,),
        nearby=(),
        counted=(),
        declining=(),
        support=1.0,
        weakest=1.0,
        closeness=0.9,
    )
    assessment = Assessment(
        Claim(LEAD, ()),
        tuple(told.report for told in reports),
        (Denial(DENIAL.report, True, LEAD),),
        (WITHDRAWN.report,),
        (),
        (),
    )
    reported = {told.match.unit.article.id: told.report for told in (*reports, DENIAL, WITHDRAWN)}
    return Findings(parse_question(question), selection, assessment, (), lambda match: reported[match.unit.article.id])


QUESTIONS = {
    QuestionKind.FIRST: "Who first reported that the ferry sank?",
    QuestionKind.SOURCE: "Who reported that the ferry sank?",
    QuestionKind.SAID: "What did Lena Mott say about the ferry?",
    QuestionKind.HOW_MANY: "How many people died?",
    QuestionKind.WHEN: "When did the ferry sink?",
    QuestionKind.WHERE: "Where did the ferry sink?",
    QuestionKind.DENIED: "Did anyone deny that the ferry sank?",
    QuestionKind.CONFIRMED: "Has anyone confirmed that the ferry sank?",
    QuestionKind.INDEPENDENT: "How many independent sources report the sinking?",
    QuestionKind.DISAGREE: "Do the sources disagree on the sinking?",
    QuestionKind.TIMELINE: "Give me a timeline of the sinking",
    QuestionKind.YES_NO: "Did the ferry sink?",
    QuestionKind.OTHER: "Tell me about the ferry",
}
TEXTS = {told.article: told.match.unit.article.text for told in (*REPORTS, DENIAL, WITHDRAWN)}


@pytest.mark.parametrize(("kind", "question"), QUESTIONS.items(), ids=str)
def test_each_sentence_is_cited_and_each_quotation_verbatim(kind: QuestionKind, question: str) -> None:
    found = findings(question)
    assert found.question.kind is kind
    answer = write(found)
    numbers = [citation.number for citation in answer.citations]
    assert not answer.abstained and answer.sentences
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.citations:
        assert TEXTS[citation.article_id][citation.start : citation.end] == citation.quote
    for sentence in answer.sentences:
        assert sentence.citations and set(sentence.citations) <= set(numbers)
        assert re.search(r"[.!?…][”’\"]?$", sentence.text)
        assert "[" not in sentence.text and "  " not in sentence.text and "\n" not in sentence.text
        for words in re.findall(r"“([^”]+)”", sentence.text):
            cited = [answer.citation(number) for number in sentence.citations]
            held = " ".join(f"{citation.title} {citation.quote}" for citation in cited)
            assert re.sub(r"[‘’“”]", "", words).rstrip(".") in re.sub(r"[‘’“”]", "", held)
    for note in answer.notes:
        assert note.citations and set(note.citations) <= set(numbers)


def test_no_sentence_stands_twice() -> None:
    texts = [sentence.text for sentence in write(findings(QUESTIONS[QuestionKind.SOURCE])).sentences]
    assert len(texts) == len(set(texts))


def test_the_first_sentence_says_who_was_first() -> None:
    lead = write(findings(QUESTIONS[QuestionKind.FIRST])).sentences[0].text
    assert POST in lead and "6 May 2031" in lead and "Lena Mott" in lead


def test_the_first_sentence_says_how_many_sources() -> None:
    lead = write(findings(QUESTIONS[QuestionKind.INDEPENDENT])).sentences[0].text
    assert lead.startswith("Two independent sources")
    assert "Lena Mott" in lead and COURIER in lead


def test_a_denial_leads_where_it_is_asked_for() -> None:
    lead = write(findings(QUESTIONS[QuestionKind.DENIED])).sentences[0].text
    assert "Ivo Osk" in lead and "denied" in lead


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (REPORTS[0], ("Lena Mott", "said", POST, "6 May 2031", f"“{LEAD}”")),
        (REPORTS[1], ("Two sailors", COURIER, RADIO, "7 May 2031")),
        (REPORTS[2], ("Story c", "reported")),
        (DENIAL, ("Ivo Osk", "Velm Lines", "denied", "Orlin Herald", "in May 2031")),
        (WITHDRAWN, (COURIER, "withdrew or corrected", "10 May 2031")),
        (Told("a", POST, source=body("Velm Lines")), ("Velm Lines", "said", POST)),
    ],
)
def test_a_report_in_words_names_who_through_whom_and_when(told: Told, words: tuple[str, ...]) -> None:
    sentence = attributed(told.report)
    assert all(word in sentence for word in words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank", "“The ferry sank”"),
        ("“The ferry sank,”", "“The ferry sank”"),
        ("The ferry\n sank", "“The ferry sank”"),
        ("The “old” ferry sank", "“The ‘old’ ferry sank”"),
        ('The "old" ferry sank', "“The ‘old’ ferry sank”"),
    ],
)
def test_words_stand_in_one_pair_of_quotation_marks(text: str, expected: str) -> None:
    assert quoted(text) == expected


def test_a_very_long_quotation_is_cut_in_the_text_and_whole_in_the_citation() -> None:
    told = Told("a", POST, source=person("Lena Mott"), text="The ferry sank " + "and sank again " * 60 + "at last")
    assert len(quoted(told.text)) < 450 and quoted(told.text).endswith("…”")
    answer = write(findings(QUESTIONS[QuestionKind.SOURCE], (told,)))
    assert told.text in answer.citations[0].quote


def test_the_quote_is_the_sentence_with_its_attribution() -> None:
    report = REPORTS[0].report
    assert quote_span(report).of(report.article.text) == f"{LEAD}, Lena Mott said."


def test_an_abstention_says_so_and_cites_nothing() -> None:
    answer = abstain(parse_question("Who won?"), [told.match for told in REPORTS])
    assert answer.abstained and answer.assessment is None
    assert (answer.citations, [note.kind for note in answer.notes]) == ((), [NoteKind.NO_EVIDENCE])
    assert answer.text.startswith("The collection does not say.")
    assert "Story a" in answer.text
    assert abstain(parse_question("Who won?"), []).text == "The collection does not say."
