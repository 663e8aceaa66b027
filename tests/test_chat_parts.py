"""The chat page's parts as HTML: all without a browser."""

from __future__ import annotations

import re
import socket
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.chat.context import in_context
from assistant.chat.conversation_panel import Progress, conversation, empty_greeting, greeting, live, refusal, writing
from assistant.chat.dossier_panel import dossier_panel
from assistant.chat.library import Job, JobState
from assistant.chat.library_panel import articles_list, collection_words, jobs_list, masthead
from assistant.chat.parts import TONES
from assistant.chat.reader_panel import LONGEST, Shown, of_citation, of_row, reader
from assistant.chat.serve import check_address, examples
from assistant.chat.session import Mark, Turn
from assistant.chat.takeaway import parcel
from assistant.chat.talks_panel import talks_list
from assistant.notes import NoteKind
from assistant.question import Filters
from assistant.settings import Settings
from index.article import Article
from index.dates import PartialDate
from index.errors import SettingsError
from index.spans import Span
from tests.fake_assistant import (
    COURIER,
    HERALD,
    NASTY,
    STRUCK,
    FakeAssistant,
    abstention,
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


def panel(turn: Turn, articles: tuple[Article, ...] = (HERALD, COURIER, NASTY)) -> str:
    return dossier_panel(turn, FakeAssistant(articles=articles).article, WINDOW)


def test_every_kind_of_note_has_a_tone() -> None:
    assert set(TONES) == set(NoteKind)


def test_nothing_of_an_article_a_question_or_a_model_becomes_markup() -> None:
    engine = FakeAssistant()
    answer = nasty_answer()
    turn = Turn(1, "<script>q</script>", Filters(publishers=("<b>p</b>",)), answer, mark=Mark(False, "<b>why</b>"))
    shown = of_citation(answer, 1, 1)
    assert shown
    html = conversation("<b>id</b>", [turn]) + panel(turn) + reader(shown, engine.article, answer)
    html += writing(turn, answer, 1) + refusal("<b>", "<i>") + articles_list([NASTY], 1, 0, "removable")
    html += jobs_list([Job(1, "<b>x</b>", JobState.FAILED, told="<i>y</i>", problems=("<img src=z>",))])
    found = Tags(html)
    assert not {"script", "img", "b", "i", "a"} & set(found.tags)
    assert not [name for name in found.attributes if name.startswith("on")]
    assert "javascript:" not in "".join(found.attributes.get("href", []))
    assert "&lt;script&gt;window.pwned = 1&lt;/script&gt;" in html


def test_examples_errors_and_titles_are_escaped() -> None:
    failed = Turn(1, "q", Filters(), error="<img src=x>")
    html = conversation("", [failed]) + greeting(['"><script>']) + masthead(1, (), "<img>", "<script>")
    assert not {"script", "img"} & set(Tags(html).tags)


def test_a_title_is_a_link_only_where_its_address_is_of_the_web() -> None:
    html = panel(ferry_turn())
    links = Tags(html).attributes["href"]
    assert set(links) == {"https://herald.example/ferry"}
    assert html.count('rel="noopener noreferrer nofollow"') == len(links)


def test_each_quote_is_marked_within_its_paragraph() -> None:
    html = panel(ferry_turn())
    quotes = re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)
    assert any(STRUCK in quote for quote in quotes)
    assert "Services resume" not in html  # it stands in another paragraph


def test_the_dossier_says_how_the_claim_stands_in_plain_words() -> None:
    html = panel(ferry_turn())
    assert "One source: Pilots&#x27; Union" in html
    assert "Denied by Nordline" in html
    assert "Written by the extractive writer" in html


def test_an_answer_that_does_not_tell_has_a_dossier_without_tabs() -> None:
    html = panel(Turn(1, "What did it cost?", Filters(), abstention()))
    assert "Nothing in this collection answers the question." in html
    assert 'role="tab"' not in html


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ((COURIER, NASTY), "no longer in the collection."),
        ((replace(HERALD, text="Other words."), COURIER), "has changed since it was quoted."),
    ],
)
def test_a_quote_outlives_its_article(articles: tuple[Article, ...], said: str) -> None:
    answer = ferry_answer()
    shown = of_citation(answer, 1, 1)
    assert shown
    opened = reader(shown, FakeAssistant(articles=articles).article, answer)
    for html in (panel(ferry_turn(), articles), opened):
        assert said in html
        assert "The ferry Solveig struck the north pier on Thursday evening" in html


def test_the_reader_marks_the_quote_and_the_answers_other_quotes_of_the_article() -> None:
    answer = ferry_answer()
    shown = of_citation(answer, 1, 1)
    assert shown
    html = reader(shown, FakeAssistant().article, answer)
    assert html.count('<mark class="quote">') == 1
    assert '<mark class="other">Three passengers were hurt' in html
    assert "Services resume on Friday." in html
    assert of_citation(answer, 1, 99) is None
    assert of_row(answer, 1, 99) is None and of_row(answer, 1, -1) is None


def test_the_reader_shows_of_a_long_article_what_stands_around_the_quote() -> None:
    text = "\n\n".join(f"Paragraph {number} of the long report." for number in range(4000))
    article = Article.from_text(text, id="long")
    span = span_of(article, "Paragraph 3000 of the long report.")
    html = reader(Shown(1, "long", span, span.of(text), 1), FakeAssistant(articles=(article,)).article)
    assert '<mark class="quote">Paragraph 3000 of' in html
    assert "The beginning of the article is left out." in html and "The rest of the article is left out." in html
    assert len(html) < 3 * LONGEST


def test_context_is_cut_on_both_sides_to_the_window() -> None:
    text = "First paragraph.\n\n" + "left words " * 60 + "THE QUOTE" + " right words" * 60 + "\n\nLast paragraph."
    start = text.index("THE QUOTE")
    shown = in_context(text, Span(start, start + 9), "THE QUOTE", 200)
    assert shown
    assert shown.before.startswith("… ") and shown.before.endswith("left words ")
    assert shown.after.endswith(" …") and shown.after.startswith(" right words")
    assert len(shown.before) + len("THE QUOTE") + len(shown.after) <= 204


def test_context_of_a_quote_longer_than_the_window_is_the_quote_alone() -> None:
    shown = in_context("Before. " + "x" * 300 + " after.", Span(8, 308), "x" * 300, 100)
    assert shown and "Before" not in shown.before and "after" not in shown.after


def test_the_head_tells_what_the_collection_holds() -> None:
    lines = FakeAssistant(articles=(HERALD, COURIER)).publishers()
    assert collection_words(2, lines) == "2 articles by 2 publishers, 3 May 2019 to 4 May 2019"
    assert collection_words(1, lines[:1]) == "1 article by 1 publisher, 3 May 2019"
    assert collection_words(1, ()) == "1 article"
    assert "The collection is empty." in masthead(0, ())
    assert "it is locked" in masthead(0, (), "", "it is locked")
    assert "Log out" in masthead(1, lines, "ada") and "Log out" not in masthead(1, lines)


def test_an_empty_page_offers_what_it_can_fill_the_collection_with() -> None:
    assert "corroborate ingest PATH" in empty_greeting(())
    assert "data-sample" in empty_greeting(("articles", "sample"))


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(), "Starting"),
        (Progress(before=1), "1 question is answered before this"),
        (Progress(before=3), "3 questions are answered before this"),
        (Progress("match", 0, 5), "Reading who says what in the articles found"),
        (Progress("match", 0, 5, "stopping"), "Stopping"),
    ],
)
def test_progress_is_told_in_words(progress: Progress, said: str) -> None:
    html = live(Turn(1, "q", Filters()), progress)
    assert said in html
    assert ("data-stop" in html) is not progress.stopping


def test_a_list_of_articles_goes_on_where_it_is_long() -> None:
    assert "No article is like that." in articles_list([], 0, 0, "")
    middle = articles_list([HERALD, COURIER], 9, 2, "")
    assert 'data-page="0"' in middle and 'data-page="4"' in middle and "3 to 4 of 9" in middle
    assert "data-remove" not in middle and "data-remove" in articles_list([HERALD], 1, 0, "removable")


def test_a_parcel_holds_the_export_or_says_what_stands_in_its_way() -> None:
    assert 'data-name="did-the-ferry-strike-the-pier.csv"' in parcel(ferry_answer(), "csv")
    assert "role" in parcel(abstention(), "claimreview") and "data-base64" not in parcel(abstention(), "claimreview")
    assert "There is no format" in parcel(ferry_answer(), "exe")


def test_the_list_of_conversations_is_told_when_there_is_none() -> None:
    assert "No conversation is kept yet" in talks_list((), "")


def test_filters_are_told_in_words() -> None:
    turn = Turn(1, "q", Filters(("A", "B"), PartialDate(2017, 9), PartialDate(2018)))
    assert turn.filter_words == "A, B; from September 2017; until 2018"


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
