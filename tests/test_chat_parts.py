"""The chat page's parts as HTML, its sessions, and its address: all without a browser."""

from __future__ import annotations

import socket
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.chat.context import in_context
from assistant.chat.page import Handlers
from assistant.chat.panels import OPEN_SOURCES, TONES, collection_words, conversation, dossier, latest, masthead
from assistant.chat.serve import check_address, examples
from assistant.chat.session import Session, Turn, answered, new_session
from assistant.citations import cite
from assistant.notes import NoteKind
from assistant.question import Filters
from assistant.settings import Settings
from index.article import Article
from index.dates import PartialDate
from index.errors import ModelError, SettingsError
from tests.fake_assistant import (
    COURIER,
    HERALD,
    NASTY,
    FakeAssistant,
    failing,
    ferry_answer,
    nasty_answer,
    span_of,
)

WINDOW = Settings().context_window


class Tags(HTMLParser):
    """Collects the tags and attributes of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")


def ferry_turn() -> Turn:
    return Turn(1, "Did the ferry strike the pier?", Filters(), ferry_answer())


# --- parts ---------------------------------------------------------------------------------------------------------


def test_every_kind_of_note_has_a_tone() -> None:
    assert set(TONES) == set(NoteKind)


def test_nothing_of_an_article_a_question_or_a_model_becomes_markup() -> None:
    turn = Turn(1, "<script>q</script>", Filters(publishers=("<b>p</b>",)), nasty_answer())
    html = conversation([turn], ()) + dossier(turn, FakeAssistant().article, WINDOW)
    found = Tags(html)
    assert not {"script", "img", "b", "i", "a"} & set(found.tags)
    assert not [name for name in found.attributes if name.startswith("on")]
    assert "javascript:" not in "".join(found.attributes.get("href", []))
    assert "&lt;script&gt;window.pwned = 1&lt;/script&gt;" in html


def test_examples_and_errors_are_escaped() -> None:
    failed = Turn(1, "q", Filters(), error="<img src=x>")
    html = conversation([failed], ()) + conversation([], ['"><script>'])
    assert not {"script", "img"} & set(Tags(html).tags)


def test_a_title_is_a_link_only_where_its_address_is_of_the_web() -> None:
    html = dossier(ferry_turn(), FakeAssistant().article, WINDOW)
    links = Tags(html).attributes["href"]
    assert set(links) == {"https://herald.example/ferry"}
    assert html.count('rel="noopener noreferrer nofollow"') == len(links)


def test_each_quote_is_marked_within_its_paragraph() -> None:
    html = dossier(ferry_turn(), FakeAssistant().article, WINDOW)
    assert (
        '<span class="around">VARDO, 3 May — </span><mark>The ferry Solveig struck the north pier on Thursday evening'
        '</mark><span class="around">, the pilots&#x27; union said. Three passengers were hurt' in html
    )
    assert "Services resume" not in html


def test_the_dossier_counts_in_plain_words() -> None:
    html = dossier(ferry_turn(), FakeAssistant().article, WINDOW)
    assert "<dt>Independent sources</dt><dd>1</dd>" in html
    assert "<dt>First report</dt><dd>Vardo Herald, 3 May 2019</dd>" in html
    assert "<dt>Denials of this claim</dt><dd>1</dd>" in html
    assert "Written by the extractive writer" in html


def test_the_source_that_is_asked_for_stands_open() -> None:
    answer = ferry_answer()
    many = tuple(replace(answer.citations[0], number=number) for number in range(1, OPEN_SOURCES + 4))
    turn = replace(ferry_turn(), answer=replace(answer, citations=many))
    last = many[-1].number
    assert f'data-number="{last}" open' not in dossier(turn, FakeAssistant().article, WINDOW)
    assert f'data-number="{last}" open' in dossier(turn, FakeAssistant().article, WINDOW, opened=last)


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ((COURIER, NASTY), "The article is no longer in the collection."),
        ((replace(HERALD, text="Other words."), COURIER), "The article has changed since it was quoted."),
    ],
)
def test_a_quote_outlives_its_article(articles: tuple[Article, ...], said: str) -> None:
    html = dossier(ferry_turn(), FakeAssistant(articles=articles).article, WINDOW)
    assert said in html
    assert "<mark>The ferry Solveig struck the north pier on Thursday evening</mark>" in html


def test_context_is_cut_on_both_sides_to_the_window() -> None:
    text = "First paragraph.\n\n" + "left words " * 60 + "THE QUOTE" + " right words" * 60 + "\n\nLast paragraph."
    article = Article.from_text(text)
    shown = in_context(text, cite(1, article, span_of(article, "THE QUOTE")), 200)
    assert shown
    assert shown.before.startswith("… ") and shown.before.endswith("left words ")
    assert shown.after.endswith(" …") and shown.after.startswith(" right words")
    assert len(shown.before) + len("THE QUOTE") + len(shown.after) <= 204


def test_context_of_a_quote_longer_than_the_window_is_the_quote_alone() -> None:
    text = "Before. " + "x" * 300 + " after."
    article = Article.from_text(text)
    shown = in_context(text, cite(1, article, span_of(article, "x" * 300)), 100)
    assert shown and "Before" not in shown.before and "after" not in shown.after


def test_the_head_tells_what_the_collection_holds() -> None:
    lines = FakeAssistant(articles=(HERALD, COURIER)).publishers()
    assert collection_words(2, lines) == "2 articles by 2 publishers, 3 May 2019 to 4 May 2019"
    assert collection_words(1, lines[:1]) == "1 article by 1 publisher, 3 May 2019"
    assert collection_words(1, ()) == "1 article"
    assert "The collection is empty." in masthead(0, ())
    assert "it is locked" in masthead(0, (), "it is locked")


# --- sessions ------------------------------------------------------------------------------------------------------


def test_an_error_of_the_engine_becomes_a_turn_and_the_next_question_is_answered() -> None:
    engine = FakeAssistant(
        {"ferry": ferry_answer, "model": failing(ModelError("no model")), "bug": failing(KeyError())}
    )
    session = new_session(engine)
    for question in ("the model?", "the bug?", "the ferry?"):
        session = answered(session.asked(question, Filters()))
    model, bug, ferry = session.turns
    assert model.error == "no model"
    assert "KeyError" in bug.error and "Ask again" in bug.error
    assert ferry.answer and not ferry.error
    assert [turn.number for turn in session.turns] == [1, 2, 3]
    assert latest(session) == ferry


def test_filters_are_told_in_words() -> None:
    turn = Turn(1, "q", Filters(("A", "B"), PartialDate(2017, 9), PartialDate(2018)))
    assert turn.filter_words == "A, B; from September 2017; until 2018"


def steps(handlers: Handlers, question: str, session: Session | None = None, **given: Any) -> list[tuple[Any, ...]]:
    filters = {"publishers": [], "since": "", "until": ""} | given
    return list(handlers.ask(question, filters["publishers"], filters["since"], filters["until"], session))


def test_asking_shows_the_question_at_once_and_then_the_answer() -> None:
    handlers = Handlers(FakeAssistant({"ferry": ferry_answer}), Settings(), ())
    first, last = steps(handlers, "the ferry?")
    assert "Reading the collection" in first[1] and first[3].turns[0].waiting
    assert 'class="answer"' in last[1] and 'data-turn="1"' in last[2]


def test_each_new_session_has_its_own_conversation() -> None:
    engine = FakeAssistant({"ferry": ferry_answer})
    handlers = Handlers(engine, Settings(), ())
    one = steps(handlers, "the ferry?")[-1][3]
    two = steps(handlers, "another thing?")[-1][3]
    steps(handlers, "and the ferry again?", one)
    assert [talk.asked for talk in engine.talks] == [["the ferry?", "and the ferry again?"], ["another thing?"]]
    assert len(two.turns) == 1


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("q", {"since": "soon"}, "is not a date"),
        ("q", {"publishers": ["Nobody"]}, "No article is by"),
        ("x" * 1001, {}, "at most 1000"),
    ],
)
def test_a_refused_question_stays_in_the_box_and_never_reaches_the_engine(
    question: str, given: dict[str, Any], said: str
) -> None:
    engine = FakeAssistant()
    (only,) = steps(Handlers(engine, Settings(), ()), question, **given)
    assert only[0] == question
    assert said in only[3].turns[-1].error
    assert not engine.calls


def test_asking_an_empty_collection_says_how_to_fill_it() -> None:
    (only,) = steps(Handlers(FakeAssistant(articles=()), Settings(), ()), "q")
    assert "corroborate ingest PATH --index DIR" in only[3].turns[-1].error


def test_a_question_of_white_space_is_none() -> None:
    (only,) = steps(Handlers(FakeAssistant(), Settings(), ()), "  ")
    assert "value" not in str(only[1])


@pytest.mark.parametrize(("turn", "number"), [(7, 1), ("1", 1), (None, None), (1, "x"), ([], {})])
def test_what_a_browser_sends_of_a_citation_is_checked(turn: object, number: object) -> None:
    handlers = Handlers(FakeAssistant({"ferry": ferry_answer}), Settings(), ())
    session = steps(handlers, "the ferry?")[-1][3]
    assert 'data-turn="1"' in handlers.cite(session, turn, number)
    assert "appear here" in handlers.cite(None, turn, number)


# --- serving -------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"Port {port} on 127.0.0.1 is in use.*corroborate chat --port"):
            check_address("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(SettingsError, match="no address of this machine"):
        check_address("192.0.2.1", 7860)


def test_examples_are_offered_for_the_sample_alone(tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("# head\nFirst?\n\nSecond?\n", encoding="utf-8")
    ours = replace(HERALD, path=str(tmp_path / "articles" / "a.txt"))
    assert examples(FakeAssistant(articles=(ours,)), tmp_path) == ("First?", "Second?")
    assert examples(FakeAssistant(articles=(ours,)), tmp_path, most=1) == ("First?",)
    assert examples(FakeAssistant(articles=(HERALD,)), tmp_path) == ()
    assert examples(FakeAssistant(articles=()), tmp_path) == ()
    assert examples(FakeAssistant(articles=(ours,)), tmp_path / "absent") == ()
