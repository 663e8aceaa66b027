"""Answers as text, Markdown and JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.layout import COLOUR, Layout
from assistant.notes import NoteKind
from assistant.render import (
    NOTE_WORDS,
    chain,
    date_words,
    escaped,
    hits_list,
    hits_text,
    printable,
    to_dict,
    to_markdown,
    to_text,
    web_address,
    windowed,
)
from index.dates import PartialDate
from tests.fake_assistant import COURIER, HERALD, FakeAssistant, abstention, ferry_answer, nasty_answer


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (PartialDate(2017, 9, 12), "12 September 2017"),
        (PartialDate(2017, 9), "September 2017"),
        (PartialDate(2017), "2017"),
        (None, "no date"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(when: PartialDate | None, words: str) -> None:
    assert date_words(when) == words


def test_every_kind_of_note_has_words() -> None:
    assert set(NOTE_WORDS) == set(NoteKind)
    assert len(set(NOTE_WORDS.values())) == len(NoteKind)


def test_text_has_answer_notes_and_sources_in_that_order() -> None:
    text = to_text(ferry_answer())
    parts = text.split("\n\n")
    assert parts[0].startswith("The Pilots' Union said that the ferry Solveig struck the north pier. [1][2]")
    assert parts[1].startswith("Notes\n  Single source: Both reports go back to the Pilots' Union. [1][2]\n")
    assert parts[2].startswith(
        'Sources\n  [1] Vardo Herald, 3 May 2019, "Ferry struck the north pier, pilot union says"'
    )
    assert "herald-1\n      “The ferry Solveig struck the north pier on Thursday evening”" in parts[2]
    assert parts[3] == "Written by the extractive writer, without a language model."


@pytest.mark.parametrize("width", [48, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    answer = ferry_answer()
    assert max(len(line) for line in to_text(answer, Layout(width)).splitlines()) <= width


def test_plain_text_has_no_escape_codes_and_colour_adds_nothing_else() -> None:
    answer = ferry_answer()
    coloured = to_text(answer, Layout(style=COLOUR))
    assert "\x1b" in coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m"):
        coloured = coloured.replace(code, "")
    assert coloured == to_text(answer)


def test_an_abstention_prints_its_sentence_and_note() -> None:
    text = to_text(abstention())
    assert "The collection does not say what it cost." in text
    assert "No evidence here: Nothing in the collection answers the question." in text
    assert "Sources" not in text


def test_a_follow_up_says_how_it_was_understood() -> None:
    answer = replace(ferry_answer("Did anyone deny it?"), standalone_question="Did anyone deny that the ferry hit?")
    assert to_text(answer).startswith("Understood as: Did anyone deny that the ferry hit?")


def test_another_writer_is_named() -> None:
    answer = replace(ferry_answer(), made_with="extractive (the model test:m failed: timed out)")
    assert "the model test:m failed" in to_text(answer)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x1b[31mb\x07", "a[31mb"),
        ("left\u202eright\u2066", "leftright"),
        ("two\n\n  lines\tand tab", "two lines and tab"),
        ("naïve – “quote”", "naïve – “quote”"),
    ],
)
def test_text_from_articles_cannot_drive_the_terminal(dirty: str, clean: str) -> None:
    assert printable(dirty) == clean


def test_a_long_quote_shows_its_ends_and_that_it_was_cut() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    shown = windowed(text, 100)
    assert len(shown) <= 106
    assert shown.startswith("word0 word1 ") and shown.endswith(" word199") and " […] " in shown
    assert windowed("short", 100) == "short"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("file:///etc/passwd", False),
        (" javascript:x", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert bool(web_address(url)) is kept


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("[a](http://b)", r"\[a\](http\://b)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("*stars* _lines_", r"\*stars\* \_lines\_"),
        ("www.b.example and a@b.example", r"www\.b.example and a\@b.example"),
        ("3.5 per cent", "3.5 per cent"),
    ],
)
def test_markdown_takes_no_markup_from_text(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_markdown_has_whole_quotes_and_links_only_to_the_web() -> None:
    markdown = to_markdown(ferry_answer())
    assert "\\[1\\] **Vardo Herald**, 3 May 2019, [Ferry struck the north pier" in markdown
    assert "](<https://herald.example/ferry>)" in markdown
    assert "> The ferry Solveig struck the north pier on Thursday evening\n" in markdown
    assert "javascript" not in to_markdown(nasty_answer())


def test_json_holds_the_whole_answer() -> None:
    answer = ferry_answer()
    data = json.loads(json.dumps(to_dict(answer)))
    assert set(data) == {
        "question", "standalone_question", "text", "sentences", "citations", "notes", "assessment", "abstained",
        "made_with",
    }  # fmt: skip
    assert data["text"] == answer.text
    assert data["sentences"][0]["citations"] == [1, 2]
    for citation in data["citations"]:
        article = {a.id: a for a in (HERALD, COURIER)}[citation["article_id"]]
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]
    assert data["notes"][2] == {"kind": "denied", "text": "Nordline denied it on 4 May 2019.", "citations": [3]}
    found = data["assessment"]
    assert found["independent_sources"] == 1
    assert found["first"] == {"root": "Pilots' Union", "outlet": "Vardo Herald", "date": "2019-05-03"}
    assert found["reports"][1]["chain"] == ["Coastal Courier", "Vardo Herald", "Pilots' Union"]
    assert found["denials"][0]["of_claim"] is True and found["denials"][0]["root"] == "Nordline"
    assert [side["value"] for side in found["conflicts"][0]["sides"]] == ["Three", "Five"]


def test_json_of_an_abstention_has_no_assessment() -> None:
    data = to_dict(abstention())
    assert data["abstained"] is True and data["assessment"] is None and data["citations"] == []


def test_a_chain_names_nobody_twice_in_a_row() -> None:
    report = ferry_answer().assessment.reports[1]  # type: ignore[union-attr]
    own = replace(report, source=replace(report.source, name="Vardo Herald"))
    assert chain(report) == ("Coastal Courier", "Vardo Herald", "Pilots' Union")
    assert chain(own) == ("Coastal Courier", "Vardo Herald")
    unknown = replace(report, article=replace(report.article, publisher=""))
    assert chain(unknown)[0] == "unknown publisher"


def test_hits_are_printed_in_rank_order_and_whole_in_json() -> None:
    hits = FakeAssistant().retrieve("ferry", 2)
    text = hits_text(hits)
    assert text.index("1. Vardo Herald, 3 May 2019") < text.index("2. Coastal Courier, 4 May 2019")
    assert [row["article_id"] for row in hits_list(hits)] == ["herald-1", "courier-7"]
    assert hits_list(hits)[0]["text"] == HERALD.text
    assert hits_text(()) == ""
