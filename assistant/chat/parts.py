"""Parts of HTML that several panels share. Every text is escaped: articles, questions and models are not trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from assistant.answer import Sentence
from assistant.citations import Citation
from assistant.notes import Note, NoteKind
from assistant.render import NOTE_WORDS, UNKNOWN_PUBLISHER, date_words, web_address
from assistant.why import RULES
from index.article import Article

Articles = Callable[[str], Article]
"""From an id to the article; raises ArticleMissing."""

_GOOD, _WARN, _BAD, _PLAIN = ("good", "✓"), ("warn", "!"), ("bad", "≠"), ("plain", "–")
TONES = {
    NoteKind.CORROBORATED: _GOOD,
    NoteKind.SINGLE_SOURCE: _WARN,
    NoteKind.CIRCULAR_REPORTING: _WARN,
    NoteKind.ANONYMOUS_SOURCE: _WARN,
    NoteKind.UNATTRIBUTED: _WARN,
    NoteKind.HEDGED: _WARN,
    NoteKind.DENIED: ("bad", "×"),
    NoteKind.RETRACTED: ("bad", "×"),
    NoteKind.CONFLICTING_FIGURES: _BAD,
    NoteKind.CONFLICTING_DATES: _BAD,
    NoteKind.CONFLICTING_ACCOUNTS: _BAD,
    NoteKind.RELATED_DENIAL: _PLAIN,
    NoteKind.REPRINT: _PLAIN,
    NoteKind.UNDATED: _PLAIN,
    NoteKind.NO_EVIDENCE: _PLAIN,
}
"""Each kind's tone and sign; the words carry the meaning, colour only repeats it."""

LONGEST_KEPT = 20
"""Longest last word, in characters, that is kept on one line with the marks after it: an address would not fit."""


def badge(note: Note) -> str:
    """A note's kind in words, with its sign."""
    tone, sign = TONES[note.kind]
    return (
        f'<span class="badge {tone}" title="{escape(RULES[note.kind])}">'
        f'<span class="sign" aria-hidden="true">{sign}</span>{NOTE_WORDS[note.kind]}</span>'
    )


def mark(number: int, citation: Citation | None, turn: int) -> str:
    """A citation's number as a button that opens its quote."""
    where = f": {citation.publisher or UNKNOWN_PUBLISHER}, {date_words(citation.published)}" if citation else ""
    return (
        f'<button type="button" class="cite" data-turn="{turn}" data-number="{number}" '
        f'aria-label="Source {number}{escape(where)}" title="{escape(where[2:])}">{number}</button>'
    )


def sentence(made: Sentence, citations: Mapping[int, Citation], turn: int) -> str:
    """A sentence and its marks."""
    marks = "".join(mark(number, citations.get(number), turn) for number in made.citations)
    if not marks:
        return escape(made.text)
    # The last word and its marks stay on one line: a number alone at a line's start cites nothing.
    head, space, last = made.text.rpartition(" ")
    if len(last) > LONGEST_KEPT:
        return escape(made.text) + marks
    return f'{escape(head)}{space}<span class="kept">{escape(last)}{marks}</span>'


def link(url: str, words: str) -> str:
    """The words as a link where the address is http(s), else the words alone."""
    address = web_address(url)
    if not address:
        return escape(words)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{escape(words)}</a>'


def shortened(text: str, most: int) -> str:
    """The text, or its beginning where it is longer than `most` characters, cut at white space where
    half of it stays so."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[: most - 1].rsplit(None, 1)[0]
    return (head if len(head) > most // 2 else text[: most - 1]) + "…"
