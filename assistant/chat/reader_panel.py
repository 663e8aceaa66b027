"""The reader as HTML: an article with a quote highlighted where it stands."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from html import escape

from assistant.answer import Answer
from assistant.chat.parts import Articles, link
from assistant.dossier import Row, dossier
from assistant.render import UNKNOWN_PUBLISHER, date_words
from assistant.why import STANCE_WORDS
from index.article import Article
from index.errors import ArticleMissing
from index.spans import Span, paragraphs

LONGEST = 40_000
"""Most characters of an article that are shown; of a longer one those around the quote."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader opens."""

    turn: int
    """Number of the turn; 0 where it is no turn's."""
    article_id: str
    """The article."""
    span: Span | None
    """What is highlighted; None for nothing."""
    quote: str = ""
    """The words that were there when it was quoted."""
    number: int = 0
    """The citation's number; 0 where it is none."""
    row: Row | None = None
    """The dossier's row that stands on these words; None where none does."""


def of_citation(answer: Answer, turn: int, number: int) -> Shown | None:
    """A citation of an answer; None where it has none with that number."""
    found = next((citation for citation in answer.citations if citation.number == number), None)
    if found is None:
        return None
    row = next((row for row in dossier(answer).rows if row.number == number), None)
    return Shown(turn, found.article_id, Span(found.start, found.end), found.quote, number, row)


def of_row(answer: Answer, turn: int, place: int) -> Shown | None:
    """A row of an answer's dossier; None where there is none at that place."""
    rows = dossier(answer).rows
    if not 0 <= place < len(rows):
        return None
    row = rows[place]
    return Shown(turn, row.article_id, Span(row.start, row.end), row.quote, row.number, row)


def reader(shown: Shown, articles: Articles, answer: Answer | None = None) -> str:
    """The article with its head. The other quotes of `answer` from it are marked too, with their numbers."""
    try:
        article = articles(shown.article_id)
    except ArticleMissing:
        return _frame(shown, f"<h2>{escape(shown.article_id)}</h2>{_gone(shown, 'is no longer in the collection')}")
    others = [
        (Span(citation.start, citation.end), citation.number)
        for citation in (answer.citations if answer else ())
        if citation.article_id == article.id and citation.number != shown.number
        if article.text[citation.start : citation.end] == citation.quote
    ]
    changed = shown.span is not None and shown.span.of(article.text) != shown.quote
    notice = _gone(shown, "has changed since it was quoted") if changed else ""
    span = None if changed else shown.span
    return _frame(shown, f"{_head(article, shown)}{notice}{_text(article, span, shown.number, others)}")


def _frame(shown: Shown, body: str) -> str:
    return (
        f'<section class="reader" aria-label="Article" data-turn="{shown.turn}" data-number="{shown.number}">'
        f'<p class="bar"><button type="button" class="back">← Back</button></p>{body}</section>'
    )


def _gone(shown: Shown, why: str) -> str:
    quoted = f"<blockquote><mark>{escape(shown.quote)}</mark></blockquote>" if shown.quote else ""
    return f'<p class="gone" role="status">The article {why}.</p>{quoted}'


def _head(article: Article, shown: Shown) -> str:
    author = f", {escape(article.author)}" if article.author else ""
    row = shown.row
    said = ""
    if row:
        chain = ' <span aria-label="which cites">←</span> '.join(escape(name) for name in row.chain)
        said = (
            f'<p class="said">{chain}<br><span class="faint">{escape(row.who)} {STANCE_WORDS[row.stance]}'
            f"{', hedged' if row.hedged else ''}</span></p>"
        )
    return (
        f'<p class="where"><strong>{escape(article.publisher or UNKNOWN_PUBLISHER)}</strong>, '
        f"{escape(date_words(article.published))}{author}</p>"
        f'<h2 tabindex="-1">{link(article.url, article.title or article.id)}</h2>{said}'
    )


def _text(article: Article, span: Span | None, number: int, others: list[tuple[Span, int]]) -> str:
    """The paragraphs; a quote that runs over several is marked in each."""
    shown = _stretch(article.text, span)
    before = '<p class="faint">The beginning of the article is left out.</p>' if shown.start else ""
    after = '<p class="faint">The rest of the article is left out.</p>' if shown.end < len(article.text) else ""
    body = "".join(
        f"<p>{_marked(article.text, paragraph, span, number, others)}</p>"
        for paragraph in paragraphs(article.text)
        if paragraph.overlaps(shown)
    )
    return f'<div class="text">{before}{body}{after}</div>'


def _stretch(text: str, span: Span | None) -> Span:
    if len(text) <= LONGEST:
        return Span(0, len(text))
    middle = (span.start + span.end) // 2 if span else 0
    start = max(0, min(middle - LONGEST // 2, len(text) - LONGEST))
    return Span(start, start + LONGEST)


def _marked(text: str, paragraph: Span, span: Span | None, number: int, others: list[tuple[Span, int]]) -> str:
    marks = [*([(span, number)] if span else []), *others]
    borders = {paragraph.start, paragraph.end}
    borders |= {edge for one, _ in marks for edge in (one.start, one.end) if paragraph.start < edge < paragraph.end}
    cuts = sorted(borders)
    parts = []
    for start, end in itertools.pairwise(cuts):
        words = escape(text[start:end])
        if span and span.start <= start and end <= span.end:
            parts.append(f'{_number(number) if start == span.start else ""}<mark class="quote">{words}</mark>')
            continue
        other = next((one for one in others if one[0].start <= start and end <= one[0].end), None)
        begins = _number(other[1]) if other and other[0].start == start else ""
        parts.append(f'{begins}<mark class="other">{words}</mark>' if other else words)
    return "".join(parts)


def _number(number: int) -> str:
    return f'<span class="at" aria-label="Source {number}">{number}</span>' if number else ""
