"""Lines: sentences of a passage scored one by one."""

from __future__ import annotations

import pytest

from assistant.lines import Lines, best_line

TEXT = "The ferry left at dawn. Nobody saw the grain ship sink off Velm. The harbour was quiet."


def analyse(text: str) -> list[str]:
    return [word.strip(".").lower() for word in text.split()]


def test_the_sentence_with_the_rarest_words_is_best() -> None:
    lines = Lines.of(TEXT, analyse)
    assert len(lines.texts) == 3
    at, score, part = best_line(lines, {"the": 0.1, "grain": 4.0, "ferry": 2.0}, [{"ferry": 2.0}], 6.0)
    assert (at, lines.texts[at][:6]) == (1, "Nobody")
    assert score > part > 0


def test_a_repeated_word_counts_more_but_not_twice() -> None:
    once, twice = (Lines.of(text, analyse).scores({"fire": 1.0}, 5.0)[0] for text in ("fire at sea", "fire sea fire"))
    assert once < twice < 2 * once


def test_of_two_sentences_the_shorter_scores_higher() -> None:
    text = "Fire broke out. Fire broke out " + "in the old mill by the river " * 3
    short, long = Lines.of(text, analyse).scores({"fire": 1.0}, 5.0)
    assert short > long


@pytest.mark.parametrize("text", ["", "   "])
def test_no_sentence(text: str) -> None:
    assert best_line(Lines.of(text, analyse), {"fire": 1.0}, [{"fire": 1.0}], 5.0) == (0, 0.0, 0.0)
