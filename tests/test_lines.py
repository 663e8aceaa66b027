"""Lines: sentences of a passage scored one by one, and the words that tell passages apart."""

from __future__ import annotations

import pytest

from assistant.lines import Lines, Reader, read_lines, telling

TEXT = "The ferry left at dawn. Nobody saw the grain ship sink off Velm. The harbour was quiet."


def analyse(text: str) -> list[str]:
    return [word.strip(".").lower() for word in text.split()]


def test_the_sentence_with_the_rarest_words_is_best() -> None:
    lines = Lines.of(TEXT, analyse)
    assert len(lines.texts) == 3
    read = read_lines(lines, {"the": 0.1, "grain": 4.0, "ferry": 2.0}, [{"ferry": 2.0}], 6.0)
    assert read.best(2) == [1, 0]
    assert read.whole == pytest.approx(float(read.scores[1]))
    assert read.whole > read.part > 0


def test_a_repeated_word_counts_more_but_not_twice() -> None:
    once, twice = (Lines.of(text, analyse).scores({"fire": 1.0}, 5.0)[0] for text in ("fire at sea", "fire sea fire"))
    assert once < twice < 2 * once


def test_of_two_sentences_the_shorter_scores_higher() -> None:
    text = "Fire broke out. Fire broke out " + "in the old mill by the river " * 3
    short, long = Lines.of(text, analyse).scores({"fire": 1.0}, 5.0)
    assert short > long


@pytest.mark.parametrize("text", ["", "   "])
def test_no_sentence(text: str) -> None:
    read = read_lines(Lines.of(text, analyse), {"fire": 1.0}, [{"fire": 1.0}], 5.0)
    assert (read.best(2), read.whole, read.part) == ([], 0.0, 0.0)


def test_a_word_that_every_passage_holds_tells_little_of_which_is_better() -> None:
    found = [Lines.of(f"The ferry {rest}", analyse) for rest in ("sank.", "sailed.", "burned.", "sailed at dawn.")]
    weights = telling({"ferry": 6.0, "sank": 5.0, "sailed": 4.0, "the": 0.05}, found)
    assert weights["ferry"] < weights["sailed"] < weights["sank"] < 5.0
    assert weights["the"] == 0.05, "never more than in the collection"


def test_a_single_passage_leaves_every_word_a_weight() -> None:
    assert telling({"ferry": 6.0}, [Lines.of("The ferry sank.", analyse)])["ferry"] > 0


def test_the_reader_keeps_the_sentences_of_a_passage() -> None:
    reader = Reader()
    assert reader.lines(TEXT, analyse) is reader.lines(TEXT, analyse)
