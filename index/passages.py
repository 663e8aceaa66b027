"""Passage: a stretch of an article, on sentence borders, that is embedded and searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.article import Article
from index.spans import Span, paragraphs, sentences

HEADER_TOKENS = 56
"""Room kept in the embedder's window for publisher, date and title; a longer header is cut."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one article."""

    id: str
    """`article_id#n`, n counted from 0."""
    article_id: str
    """The article it is of."""
    span: Span
    """Where it stands in `Article.text`."""
    text: str
    """The characters under the span."""


def header(article: Article) -> str:
    """What is put in front of a passage where it is embedded: publisher, date and title."""
    parts = (article.publisher, str(article.published or ""), article.title)
    return " | ".join(part for part in parts if part)


def split_passages(article: Article, count_tokens: Callable[[str], int], max_tokens: int = 256) -> tuple[Passage, ...]:
    """Packs whole sentences into passages of at most `max_tokens` less the room for the header.

    `count_tokens` is the embedder's own count, special tokens left out. A sentence that alone is too long is cut at
    white space. Passages do not overlap; a paragraph's border is kept where that costs little room.
    """
    room = max_tokens - 2 - min(HEADER_TOKENS, count_tokens(header(article)) + 1)
    pieces = [
        piece for sentence in sentences(article.text) for piece in _fitting(article.text, sentence, count_tokens, room)
    ]
    starts = {paragraph.start for paragraph in paragraphs(article.text)}
    groups: list[list[Span]] = []
    used = 0
    for piece in pieces:
        cost = count_tokens(piece.of(article.text))
        new_paragraph = piece.start in starts and used > 0.75 * room
        if not groups or used + cost > room or new_paragraph:
            groups.append([piece])
            used = cost
        else:
            groups[-1].append(piece)
            used += cost
    passages = []
    for number, group in enumerate(groups):
        span = Span(group[0].start, group[-1].end)
        passages.append(Passage(f"{article.id}#{number}", article.id, span, span.of(article.text)))
    return tuple(passages)


def _fitting(text: str, sentence: Span, count_tokens: Callable[[str], int], room: int) -> list[Span]:
    if count_tokens(sentence.of(text)) <= room:
        return [sentence]
    middle = (sentence.start + sentence.end) // 2
    cut = text.rfind(" ", sentence.start + 1, middle)
    if cut <= sentence.start:
        cut = middle  # no white space to cut at: a run of one "word"
    if cut <= sentence.start or cut >= sentence.end:
        return [sentence]
    left, right = Span(sentence.start, cut), Span(cut + (text[cut] == " "), sentence.end)
    return _fitting(text, left, count_tokens, room) + _fitting(text, right, count_tokens, room)
