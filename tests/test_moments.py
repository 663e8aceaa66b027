"""Questions of time: which sentences date what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.claims import Match, Moment, Unit
from assistant.moments import clock_of, in_context, moments, with_moments
from assistant.question import parse_question
from assistant.selection import select
from index.article import Article
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement
from tests.story_fakes import Told, person

WHEN = "When will the ferry sail again?"


def paragraph(sentences: Sequence[str], scores: Sequence[float]) -> list[Match]:
    """Matches for the sentences of one paragraph, each on the Post's own word."""
    text = " ".join(sentences)
    article = Article.from_text(text, id="a", title="Ferry", publisher="Brae Post", published="2031-05-07")
    found = []
    at = 0
    for words, score in zip(sentences, scores, strict=True):
        span = Span(at, at + len(words))
        at = span.end + 1
        statement = Statement(
            id=f"a@{span.start}",
            article_id="a",
            source_span=None,
            cue_span=None,
            content_spans=(span,),
            source=Source("Brae Post", SourceKind.OUTLET),
            stance=Stance.ASSERTS,
            via=(),
            said_on=None,
            happened_on=None,
            hedged=False,
            in_title=False,
            own_sight=False,
        )
        found.append(Match(Unit(statement, article, span, words, words, text), score, score, score, {}, 1.0))
    return found


def days(found: Sequence[Moment]) -> list[str]:
    return [str(mention.date) for moment in found for mention in moment.mentions]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("Contact was lost at 21:40 on Thursday", "21:40"),
        ("They left at half past two", "half past two"),
        ("It began at 5 p.m. sharp", "5 p.m"),
        ("The boats came at dusk", "dusk"),
        ("Turnout was 61.40 percent", ""),
        ("Nine boats came", ""),
    ],
)
def test_times_of_day(text: str, clock: str) -> None:
    assert clock_of(text) == clock


def test_a_dated_sentence_stands_for_what_the_one_before_it_speaks_of() -> None:
    told = paragraph(
        ["Nobody knows when the ferry will sail again.", "The mayor speaks of 9 May.", "The owner has 20 May."],
        [0.9, 0.3, 0.2],
    )
    carried = in_context(told)
    assert carried[id(told[1])] == pytest.approx(0.9 * 0.88)
    assert carried[id(told[2])] == pytest.approx(0.9 * 0.88**2)
    assert days(moments(parse_question(WHEN), told)) == ["2031-05-09", "2031-05-20"]


def test_another_paragraph_is_another_matter() -> None:
    one, other = Told("a", "Brae Post", score=0.9), Told("b", "Brae Post", text="The school opens on 9 May", score=0.1)
    carried = in_context([one.match, other.match])
    assert sorted(carried.values()) == [0.1, 0.9]


def test_of_what_is_to_come_only_later_days_tell() -> None:
    told = paragraph(
        ["The ferry has lain in dock since 2 May.", "The ferry will sail again on 20 May."],
        [0.9, 0.8],
    )
    assert days(moments(parse_question(WHEN), told)) == ["2031-05-20"]


def test_of_what_was_any_day_tells() -> None:
    told = paragraph(["The ferry sank on 2 May.", "The ferry went down on 3 May."], [0.9, 0.8])
    assert days(moments(parse_question("When did the ferry sink?"), told)) == ["2031-05-02", "2031-05-03"]


def test_who_asks_for_the_hour_wants_an_hour() -> None:
    told = paragraph(["The ferry sank on 2 May.", "It sank at 21:40."], [0.9, 0.5])
    found = moments(parse_question("At what hour did the ferry sink?"), told)
    assert [clock_of(moment.match.unit.own_text) for moment in found] == ["21:40"]


def test_a_day_of_another_year_than_asked_is_left_out() -> None:
    told = paragraph(["The ferry sank on 2 May 2031.", "The older ferry sank on 3 June 2014."], [0.9, 0.9])
    assert days(moments(parse_question("On which day of 2031 did the ferry sink?"), told)) == ["2031-05-02"]


def test_a_dated_sentence_on_something_else_is_no_answer() -> None:
    told = paragraph(["The ferry sank.", "A choir sang on 3 May."], [1.0, 0.1])
    apart = [told[0], Told("b", "Radio Nordal", text="A choir sang on 3 May", score=0.1).match]
    assert moments(parse_question("When did the ferry sink?"), apart) == ()


def test_a_denied_premise_goes_before_a_day() -> None:
    from dataclasses import replace

    question = parse_question("When did the company admit that it had sunk the ferry?")
    dated = Told("a", "Brae Post", text="The ferry sank on 2 May", score=0.5).match
    denial = Told("b", "Radio Nordal", source=person("Lena Mott"), text="Nobody sank anything", score=0.8).match
    denial = replace(denial, defied=0.95)
    selection = select(question, [denial, dated], None)  # type: ignore[arg-type]
    assert with_moments(question, selection, [denial, dated]).moments == ()


def test_a_day_is_of_its_own_clause() -> None:
    question = parse_question("When was the ferry raised?")
    told = paragraph(["Protests grew on 6 May after the ferry was raised.", "It was raised on 2 May."], [0.9, 0.8])
    assert days(moments(question, told)) == ["2031-05-02"]
