"""Spans, paragraphs and sentences; every span slices back."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.spans import Span, paragraphs, sentences, trimmed


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4)])
def test_a_span_that_ends_before_it_starts_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "contains"),
    [
        (Span(0, 5), Span(4, 8), True, False),
        (Span(0, 5), Span(5, 8), False, False),
        (Span(0, 9), Span(2, 4), True, True),
        (Span(2, 4), Span(0, 9), True, False),
        (Span(0, 9), Span(0, 9), True, True),
    ],
)
def test_overlap_and_containment(one: Span, other: Span, overlaps: bool, contains: bool) -> None:
    assert one.overlaps(other) is overlaps
    assert one.contains(other) is contains


def test_a_span_has_a_length_an_order_and_its_words() -> None:
    text = "The mill burned."
    assert Span(4, 8).of(text) == "mill"
    assert len(Span(4, 8)) == 4
    assert sorted([Span(4, 8), Span(0, 3), Span(4, 6)]) == [Span(0, 3), Span(4, 6), Span(4, 8)]


def test_white_space_at_the_ends_is_trimmed() -> None:
    assert trimmed("  mill \n", 0, 8) == Span(2, 6)
    assert trimmed("   ", 0, 3).of("   ") == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n \t\n\n  Two.\n", ["One.", "Two."]),
        ("One.\nStill one.", ["One.\nStill one."]),
        ("\n\n", []),
        ("", []),
    ],
)
def test_paragraphs_lie_between_blank_lines(text: str, parts: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["The mill burned.", "Nobody was hurt."],
        ["Dr. Lena Mott spoke.", "She left."],
        ["Mr. Osk and Mrs. Venn met on Jan. 4.", "They agreed."],
        ["The U.N. envoy arrived.", "He left at 5 p.m. on Monday."],
        ["It cost $3.5 million.", "The port paid."],
        ["“He left,” said former Pfc. Lena Mott.", "Brig. Gen. Paul Osk agreed."],
        [
            "A Culver City, Calif. firm bought Mass. Gov. Osk's house.",
            "The firm is in Salem, Mass.",
            "The house is not.",
        ],
        ["They went to mass.", "Father Osk spoke."],
        ["“Is it over?” he asked.", "It was."],
        ["“The dam will hold,” she said.", "“It always has.”"],
        ["“We saw nothing.”", "The guard shrugged."],
        ["Did it burn?", "Yes!", "It did."],
        ["J. R. Osk, of Velm Lines Ltd. in Tarn, spoke."],
        ["They met St. John’s mayor.", "He waved."],
        ["He waited… and then left.", "The door closed."],
        ["The case is Osk v. Tarn Council vs. Venn.", "It goes on."],
        ["See No. 4 and Fig. 2.", "Both are wrong."],
        ["He works for the U.S. Navy.", "She does not."],
        ["(The port was closed.)", "Ships waited."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [span.of(text) for span in sentences(text)] == parts


def test_no_sentence_crosses_a_blank_line_and_a_headline_is_one() -> None:
    text = "Mill burns in Velm\n\nThe mill burned on Monday. Nobody was hurt\n\nAn inquiry is due."
    assert [span.of(text) for span in sentences(text)] == [
        "Mill burns in Velm", "The mill burned on Monday.", "Nobody was hurt", "An inquiry is due.",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "...", "“”", "é", "a. b. c.", "Ünïcode — “ok”. Další věta."])
def test_odd_texts_give_spans_in_order_that_slice_back(text: str) -> None:
    found = sentences(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The ferry ran aground.The owner denied it.", ["The ferry ran aground.", "The owner denied it."]),
        ("It sank in May.“He left,” she said.“Alone.”", ["It sank in May.", "“He left,” she said.“Alone.”"]),
        (
            "It sank, they said.NBC, the Post and others agreed.",
            ["It sank, they said.", "NBC, the Post and others agreed."],
        ),
        ("Gov.Mott and the Sun.com site met St.John there.", ["Gov.Mott and the Sun.com site met St.John there."]),
    ],
)
def test_sentences_whose_line_break_was_lost_are_parted(text: str, parts: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == parts
