"""HTML: one page that needs nothing else, reads in light and dark, and prints well. Every text is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from importlib.resources import files

from assistant.answer import Answer, Sentence
from assistant.citations import Citation
from assistant.dossier import Disagreement, Dossier, Point, Role, Row, dossier
from assistant.exports.words import (
    CAUTION,
    DATE_WORDS,
    DISAGREEMENT_WORDS,
    ROLE_WORDS,
    chain_words,
    claim_words,
    dates_of,
    quoted,
    role_words,
    root_words,
    stance_words,
)
from assistant.notes import day_text
from assistant.render import NOTE_WORDS, UNKNOWN_PUBLISHER, date_words, made_with_words, printable, web_address
from index.dates import PartialDate

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy of the page: nothing is fetched, no script runs, whatever an article's text may hold."""
_PAGE = "body { margin: 0; }\n@page { margin: 18mm; }\n@media print { :root { color-scheme: only light; } }"

_JOINER = "&#8288;"


def to_html(answer: Answer, made: date) -> str:
    """A whole page: no script, no font, no picture, nothing that is fetched; links are http(s) only."""
    exported = f"exported on {day_text(PartialDate.of(made))}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(answer.question)}</title>\n<style>{_css()}\n{_PAGE}</style>\n</head>\n<body>\n"
        f'<main class="corroborate page">{_body(answer, "h1", "", exported)}</main>\n</body>\n</html>\n'
    )


def to_fragment(answer: Answer) -> str:
    """The same as a part of another page, with its own style: how an answer shows itself in a notebook."""
    prefix = hashlib.sha256(answer.question.encode()).hexdigest()[:8]
    return f'<div class="corroborate"><style>{_css()}</style>{_body(answer, "h2", prefix, "")}</div>'


def _css() -> str:
    return (files("assistant") / "exports" / "page.css").read_text(encoding="utf-8")


def _text(text: str) -> str:
    return escape(printable(text))


def _body(answer: Answer, title: str, prefix: str, exported: str) -> str:
    found = dossier(answer)
    understood = ""
    if found.question != answer.question:
        understood = f'<p class="soft">Understood as: {_text(found.question)}</p>'
    claim = f'<p class="claim"><strong>Claim:</strong> {_text(claim_words(found))}</p>' if found.claim else ""
    said = " ".join(_sentence(sentence, prefix) for sentence in answer.sentences)
    written = f"Written by {_text(made_with_words(answer))}" + (f"; {exported}." if exported else ".")
    parts = (
        f"<header><{title}>{_text(answer.question)}</{title}>{understood}</header>",
        f'<section class="standing">{claim}<p>{_text(found.standing)}</p></section>',
        f'<section class="answer"><p>{said or "The collection does not tell."}</p></section>',
        _notes(answer, prefix),
        _reports(found, prefix),
        _timeline(found),
        _disagreements(found.disagreements, prefix),
        _sources(answer.citations, prefix),
        f'<footer class="soft"><p>{written} {escape(CAUTION)}</p></footer>',
    )
    return "\n".join(part for part in parts if part)


def _sentence(sentence: Sentence, prefix: str) -> str:
    # A word joiner: a number alone at a line's start cites nothing.
    return f"{_text(sentence.text)}{_JOINER if sentence.citations else ''}{_marks(sentence.citations, prefix)}"


def _marks(numbers: Iterable[int], prefix: str) -> str:
    return "".join(
        f'<a class="mark" href="#{prefix}source-{number}" aria-label="Source {number}">[{number}]</a>'
        for number in numbers
    )


def _notes(answer: Answer, prefix: str) -> str:
    items = "".join(
        f"<li><strong>{NOTE_WORDS[note.kind]}:</strong> {_text(note.text)} {_marks(note.citations, prefix)}</li>"
        for note in answer.notes
    )
    return f'<section><h2>Notes</h2><ul class="notes">{items}</ul></section>' if items else ""


def _reports(found: Dossier, prefix: str) -> str:
    if not found.rows:
        return ""
    lines = "".join(
        f'<tr class="{row.role}"><td><strong>{role_words(row)}</strong>{_about(row)}</td>'
        f'<td class="who">{_text(chain_words(row))}<br><span class="soft">root: {_text(root_words(row))}; '
        f"{escape(stance_words(row))}</span></td><td>{_dates(row)}</td><td>{_quote(row, prefix)}</td></tr>"
        for row in found.rows
    )
    heads = ("", "Who, from the publisher inwards", "Dates", "Words")
    return f"<section><h2>Reports and denials</h2>{_table(heads, lines)}</section>"


def _about(row: Row) -> str:
    if not row.about or row.role is Role.REPORT:
        return ""
    return f'<br><span class="soft">of “{_text(row.about)}”</span>'


def _dates(row: Row) -> str:
    return "".join(
        f'<span class="day"><span class="soft">{escape(name)}</span> {escape(day)}</span>'
        for name, day in dates_of(row)
    )


def _quote(row: Row, prefix: str) -> str:
    marks = _marks([row.number], prefix) if row.number else f'<span class="soft">{_text(row.article_id)}</span>'
    return f"{_quoted(row.quote)} {marks}"


def _quoted(words: str) -> str:
    """The words as a quotation; without marks of its own where they come in some."""
    return f"<q>{_text(words)}</q>" if quoted(words) != words else f'<q style="quotes:none">{_text(words)}</q>'


def _timeline(found: Dossier) -> str:
    if not found.points:
        return ""
    days: dict[PartialDate, list[Point]] = {}
    for point in found.points:
        days.setdefault(point.when, []).append(point)
    lines = "".join(
        f"<tr><td>{escape(day_text(when))}</td><td>{'<br>'.join(_point(found, point) for point in points)}</td></tr>"
        for when, points in days.items()
    )
    undated = ", ".join(dict.fromkeys(_carrier(row) for row in found.undated))
    rest = f'<p class="soft">Without any date: {undated}.</p>' if undated else ""
    return f"<section><h2>Timeline</h2>{_table(('Date', 'What'), lines)}{rest}</section>"


def _point(found: Dossier, point: Point) -> str:
    row = found.rows[point.row]
    what = ROLE_WORDS[point.role].lower()
    return f'{DATE_WORDS[point.kind]}: {what} by {_text(row.who)} <span class="soft">({_carrier(row)})</span>'


def _carrier(row: Row) -> str:
    return _text(row.publisher) or f"{UNKNOWN_PUBLISHER}, {_text(row.article_id)}"


def _disagreements(found: Sequence[Disagreement], prefix: str) -> str:
    if not found:
        return ""
    lines = ""
    for one in found:
        about = DISAGREEMENT_WORDS[one.kind] + (f" ({_text(one.about)})" if one.about else "")
        for side in one.sides:
            for place, row in enumerate(side.rows):
                value = f"<strong>{_text(side.value)}</strong>" if place == 0 else ""
                lines += (
                    f'<tr><td>{about}</td><td>{value}</td><td class="who">{_text(row.who)}<br>'
                    f'<span class="soft">{_carrier(row)}</span></td><td>{_dates(row)}</td>'
                    f"<td>{_quote(row, prefix)}</td></tr>"
                )
                about = ""
    heads = ("", "Value", "Who", "Dates", "Words")
    return f"<section><h2>Disagreements</h2>{_table(heads, lines)}</section>"


def _table(heads: Sequence[str], lines: str) -> str:
    cells = "".join(f'<th scope="col">{head}</th>' if head else '<td class="none"></td>' for head in heads)
    return f'<div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table></div>'


def _sources(citations: Sequence[Citation], prefix: str) -> str:
    items = "".join(_source(citation, prefix) for citation in citations)
    return f'<section><h2>Sources</h2><ol class="sources">{items}</ol></section>' if items else ""


def _source(citation: Citation, prefix: str) -> str:
    url = web_address(citation.url)
    title = _text(citation.title or url)
    if url:
        title = f'<a class="out" href="{escape(url)}" rel="noopener noreferrer nofollow">{title}</a>'
    heads = [
        f"<strong>{_text(citation.publisher or UNKNOWN_PUBLISHER)}</strong>",
        escape(date_words(citation.published)),
    ]
    heads += [title] if title else []
    return (
        f'<li id="{prefix}source-{citation.number}" value="{citation.number}">{", ".join(heads)} '
        f'<span class="soft">{_text(citation.article_id)}</span>'
        f"<blockquote>{_text(citation.quote)}</blockquote></li>"
    )
