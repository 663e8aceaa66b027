"""The page's parts as HTML. Every text is escaped here: articles, questions and models are not trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import count

from assistant.answer import Answer, Sentence
from assistant.chat.context import in_context
from assistant.chat.session import Session, Turn
from assistant.citations import Citation
from assistant.engine import PublisherLine
from assistant.notes import Note, NoteKind
from assistant.render import NOTE_WORDS, UNKNOWN_PUBLISHER, date_words, made_with_words, web_address
from assistant.why import RULES
from index.article import Article
from index.errors import ArticleMissing

Articles = Callable[[str], Article]
"""From an id to the article; raises ArticleMissing."""

EMPTY = "The collection is empty. Add articles with: <code>corroborate ingest PATH --index DIR</code>"

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
OPEN_SOURCES = 4
"""Sources that stand open from the start; further ones show their quote when opened."""


def masthead(articles: int, publishers: Sequence[PublisherLine], error: str = "") -> str:
    """The page's head: its name, what it does, and what the collection holds, or why that is not known."""
    holds = error or (collection_words(articles, publishers) if articles else "The collection is empty.")
    kind = "holds" if articles else "holds empty"
    return (
        '<header class="masthead"><h1>Corroborate</h1>'
        "<p>Who said it, through whom, who was first, and who denies it.</p>"
        f'<p class="{kind}" role="status">{escape(holds)}</p></header>'
    )


def collection_words(articles: int, publishers: Sequence[PublisherLine]) -> str:
    """ "214 articles by 31 publishers, 3 May 2016 to 9 July 2018"."""
    named = sum(1 for line in publishers if line.publisher)
    words = f"{articles} {'article' if articles == 1 else 'articles'}"
    words += f" by {named} {'publisher' if named == 1 else 'publishers'}" if named else ""
    firsts = [line.first for line in publishers if line.first]
    lasts = [line.last for line in publishers if line.last]
    if firsts and lasts:
        first = min(firsts, key=lambda when: when.first_day)
        last = max(lasts, key=lambda when: when.last_day)
        words += f", {date_words(first)}" + (f" to {date_words(last)}" if str(first) != str(last) else "")
    return words


# --- the conversation --------------------------------------------------------------------------------------------


def conversation(turns: Sequence[Turn], examples: Sequence[str], empty: str = "") -> str:
    """The turns, oldest first; before the first one, a greeting with the examples, or with `empty` as HTML."""
    if not turns:
        return f'<div class="talk">{_greeting(examples, empty)}</div>'
    return f'<div class="talk" role="log" aria-live="polite">{"".join(_turn(turn) for turn in turns)}</div>'


def _greeting(examples: Sequence[str], empty: str) -> str:
    if empty:
        return f'<div class="greeting"><p>{empty}</p></div>'
    lead = "Ask about a claim: who reported it first, who denies it, how many independent sources stand behind it."
    buttons = "".join(
        f'<li><button type="button" class="example" data-example="{escape(text)}">{escape(text)}</button></li>'
        for text in examples
    )
    tried = f'<p class="try" id="try">For example</p><ul aria-labelledby="try">{buttons}</ul>' if buttons else ""
    return f'<div class="greeting"><p>{lead}</p>{tried}</div>'


def _turn(turn: Turn) -> str:
    only = f'<p class="only">Only: {escape(turn.filter_words)}</p>' if turn.filter_words else ""
    return (
        f'<article class="turn" data-turn="{turn.number}" aria-label="Question {turn.number}">'
        f'<h2 class="asked">{escape(turn.question)}</h2>{only}{_reply(turn)}</article>'
    )


def _reply(turn: Turn) -> str:
    if turn.error:
        return f'<div class="failed" role="alert"><strong>No answer</strong><p>{escape(turn.error)}</p></div>'
    if turn.answer is None:
        return '<p class="waiting" role="status">Reading the collection<span aria-hidden="true">…</span></p>'
    answer = turn.answer
    understood = ""
    if answer.standalone_question and answer.standalone_question != turn.question:
        understood = f'<p class="understood">Understood as: {escape(answer.standalone_question)}</p>'
    by_number = {citation.number: citation for citation in answer.citations}
    said = " ".join(_sentence(sentence, by_number, turn.number) for sentence in answer.sentences)
    kind = "answer abstained" if answer.abstained else "answer"
    badges = "".join(_badge(note) for note in answer.notes)
    shown = (
        f'<p class="badges">{badges}<button type="button" class="show" data-turn="{turn.number}">'
        f"Notes and sources</button></p>"
    )
    return f'{understood}<p class="{kind}">{said or "The collection does not tell."}</p>{shown}'


def _sentence(sentence: Sentence, citations: dict[int, Citation], turn: int) -> str:
    marks = "".join(_mark(number, citations.get(number), turn) for number in sentence.citations)
    if not marks:
        return escape(sentence.text)
    # The last word and its marks stay on one line: a number alone at a line's start cites nothing.
    head, space, last = sentence.text.rpartition(" ")
    if len(last) > LONGEST_KEPT:
        return escape(sentence.text) + marks
    return f'{escape(head)}{space}<span class="kept">{escape(last)}{marks}</span>'


def _mark(number: int, citation: Citation | None, turn: int) -> str:
    where = f": {citation.publisher or UNKNOWN_PUBLISHER}, {date_words(citation.published)}" if citation else ""
    return (
        f'<button type="button" class="cite" data-turn="{turn}" data-number="{number}" '
        f'aria-label="Source {number}{escape(where)}" title="{escape(where[2:])}">{number}</button>'
    )


def _badge(note: Note) -> str:
    tone, sign = TONES[note.kind]
    return (
        f'<span class="badge {tone}" title="{escape(RULES[note.kind])}">'
        f'<span class="sign" aria-hidden="true">{sign}</span>{NOTE_WORDS[note.kind]}</span>'
    )


# --- the dossier -------------------------------------------------------------------------------------------------


def dossier(turn: Turn | None, articles: Articles, window: int, opened: int = 0) -> str:
    """Notes and sources of one turn; `opened` is the source to bring into view, 0 for none.

    `window` is the most characters of context around a quote.
    """
    if turn is None or turn.answer is None:
        return (
            '<section class="dossier empty" aria-label="Notes and sources">'
            "<p>Notes and sources of the answer appear here.</p></section>"
        )
    answer = turn.answer
    return (
        f'<section class="dossier" data-turn="{turn.number}" data-opened="{opened}" aria-label="Notes and sources">'
        f'<p class="about">{escape(turn.question)}</p>{_standing(answer)}'
        f"{_notes(answer, turn.number)}{_sources(answer, articles, window, opened)}"
        f'<p class="made">Written by {escape(made_with_words(answer))}.</p></section>'
    )


def _standing(answer: Answer) -> str:
    """Counts in a line: independent sources, the first report, denials of the claim."""
    found = answer.assessment
    if found is None or not found.reports:
        return ""
    number, first = found.independent_sources, found.first
    facts = [("Independent sources", str(number))]
    if first:
        facts.append(("First report", f"{first.outlet or UNKNOWN_PUBLISHER}, {date_words(first.date)}"))
    facts.append(("Denials of this claim", str(sum(denial.of_claim for denial in found.denials) or "none on record")))
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return f'<dl class="standing">{rows}</dl>'


def _notes(answer: Answer, turn: int) -> str:
    if not answer.notes:
        return ""
    by_number = {citation.number: citation for citation in answer.citations}
    items = "".join(
        f'<li class="note {TONES[note.kind][0]}">{_badge(note)}'
        f"<p>{_sentence(Sentence(note.text, note.citations), by_number, turn)}</p></li>"
        for note in answer.notes
    )
    return f'<h2>Notes</h2><ul class="notes">{items}</ul>'


def _sources(answer: Answer, articles: Articles, window: int, opened: int) -> str:
    if not answer.citations:
        return ""
    places = count(1)
    items = "".join(
        f"<li>{_source(citation, articles, window, citation.number == opened or next(places) <= OPEN_SOURCES)}</li>"
        for citation in answer.citations
    )
    return f'<h2>Sources</h2><ol class="sources">{items}</ol>'


def _source(citation: Citation, articles: Articles, window: int, open_: bool) -> str:
    url, title = web_address(citation.url), citation.title or citation.url
    head = escape(title)
    if url:
        head = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">{head}</a>'
    return (
        f'<details class="source" data-number="{citation.number}"{" open" if open_ else ""}>'
        f'<summary><span class="number">{citation.number}</span>'
        f'<span class="publisher">{escape(citation.publisher or UNKNOWN_PUBLISHER)}</span>'
        f'<span class="date">{escape(date_words(citation.published))}</span></summary>'
        f'<div class="body">{f"<h3>{head}</h3>" if head else ""}{_quote(citation, articles, window)}'
        f'<p class="id">{escape(citation.article_id)}'
        '<button type="button" class="back">Back to the answer</button></p></div></details>'
    )


def _quote(citation: Citation, articles: Articles, window: int) -> str:
    try:
        shown = in_context(articles(citation.article_id).text, citation, window)
    except ArticleMissing:
        return _alone(citation, "The article is no longer in the collection.")
    if shown is None:
        return _alone(citation, "The article has changed since it was quoted.")
    return (
        f'<blockquote><span class="around">{escape(shown.before)}</span><mark>{escape(citation.quote)}</mark>'
        f'<span class="around">{escape(shown.after)}</span></blockquote>'
    )


def _alone(citation: Citation, why: str) -> str:
    return f'<blockquote><mark>{escape(citation.quote)}</mark></blockquote><p class="gone">{escape(why)}</p>'


def latest(session: Session | None) -> Turn | None:
    """The last turn that has an answer; None where there is none."""
    turns = session.turns if session else ()
    return next((turn for turn in reversed(turns) if turn.answer), None)
