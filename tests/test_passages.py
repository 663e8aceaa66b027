"""Passages: whole sentences, packed, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.article import Article
from index.passages import header, split_passages
from index.spans import sentences


def count(text: str) -> int:
    """A token a word."""
    return len(text.split())


def article(text: str, **known: str) -> Article:
    return Article.from_text(text, id="mill", **known)


STORY = "\n\n".join(
    " ".join(f"Sentence {number} of block {block} tells of the mill at Velm." for number in range(1, 6))
    for block in range(1, 9)
)


@pytest.mark.parametrize("most", [100, 160, 256])
def test_passages_fit_keep_sentences_whole_and_lose_nothing(most: int) -> None:
    made = split_passages(article(STORY, publisher="Velm Gazette", title="The mill"), count, most)
    text = STORY
    assert len(made) > 1
    assert all(passage.text == passage.span.of(text) for passage in made)
    assert all(count(passage.text) + count(header(article(STORY))) <= most for passage in made)
    borders = {span.start for span in sentences(text)}
    assert all(passage.span.start in borders for passage in made)
    assert " ".join(" ".join(passage.text for passage in made).split()) == " ".join(text.split())
    assert all(one.span.end <= other.span.start for one, other in pairwise(made))


def test_ids_count_from_nought() -> None:
    made = split_passages(article(STORY), count, 100)
    assert [passage.id for passage in made] == [f"mill#{number}" for number in range(len(made))]
    assert {passage.article_id for passage in made} == {"mill"}


def test_a_short_article_is_one_passage() -> None:
    (only,) = split_passages(article("  The mill burned. Nobody was hurt.\n"), count)
    assert only.text == "The mill burned. Nobody was hurt."


@pytest.mark.parametrize("text", ["word " * 900, "x" * 3000, "日本" * 700])
def test_a_sentence_that_is_too_long_is_cut_and_whole(text: str) -> None:
    def letters(words: str) -> int:
        return sum(1 + len(word) // 4 for word in words.split())

    made = split_passages(article(text), letters, 120)
    assert len(made) > 1
    assert "".join("".join(passage.text.split()) for passage in made) == "".join(text.split())
    assert all(letters(passage.text) <= 120 for passage in made)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ""),
        ({"publisher": "Velm Gazette"}, "Velm Gazette"),
        ({"title": "The mill", "published": "2031-05"}, "2031-05 | The mill"),
        (
            {"publisher": "Velm Gazette", "published": "2031-05-07", "title": "The mill"},
            "Velm Gazette | 2031-05-07 | The mill",
        ),
    ],
)
def test_what_is_known_of_an_article_is_put_before_its_passages(known: dict[str, str], expected: str) -> None:
    assert header(article("The mill burned.", **known)) == expected


def test_a_long_headline_leaves_room_for_the_text() -> None:
    made = split_passages(article(STORY, title="word " * 200), count, 256)
    assert all(count(passage.text) > 100 for passage in made[:-1])
