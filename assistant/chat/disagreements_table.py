"""Disagreements as HTML: figures, dates and accounts side by side."""

from __future__ import annotations

from html import escape

from assistant.chat.parts import shortened
from assistant.dossier import Disagreement, DisagreementKind, Dossier, Role, Row
from assistant.exports.words import DISAGREEMENT_WORDS, quoted
from assistant.render import UNKNOWN_PUBLISHER, date_words

QUOTE = 220
"""Most characters of a quote in a cell."""


def disagreements(found: Dossier, turn: int) -> str:
    """A table for each disagreement."""
    if not found.disagreements:
        return '<p class="none">The sources in this collection do not contradict each other on this claim.</p>'
    return "".join(_table(one, found, turn) for one in found.disagreements)


def _table(one: Disagreement, found: Dossier, turn: int) -> str:
    about = f" for “{escape(one.about)}”" if one.about and one.kind is not DisagreementKind.DENIAL else ""
    first = "Side" if one.kind in (DisagreementKind.DENIAL, DisagreementKind.ACCOUNTS) else "Value"
    body = ""
    for side in one.sides:
        for place, row in enumerate(side.rows):
            head = f'<th scope="rowgroup" rowspan="{len(side.rows)}">{escape(side.value)}</th>' if place == 0 else ""
            body += f"<tr{' class=first' if place == 0 else ''}>{head}{_cells(row, found, turn)}</tr>"
    return (
        f'<div class="scroller" tabindex="0" role="region" aria-label="{DISAGREEMENT_WORDS[one.kind]}{about}">'
        f'<table class="against"><caption>{DISAGREEMENT_WORDS[one.kind]}{about}</caption><thead><tr>'
        f'<th scope="col">{first}</th><th scope="col">Who says so, and where</th>'
        f'<th scope="col">In the words of the article</th></tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cells(row: Row, found: Dossier, turn: int) -> str:
    place = _place(row, found)
    words = escape(quoted(shortened(row.quote, QUOTE)))
    opened = (
        f' <button type="button" data-open="{place}" data-turn="{turn}">Open</button>'
        if place is not None
        else f' <button type="button" class="cite" data-turn="{turn}" data-number="{row.number}" '
        f'aria-label="Source {row.number}">{row.number}</button>'
        if row.number
        else ""
    )
    denies = " denies it" if row.role is Role.DENIAL else ""
    return (
        f'<td>{escape(row.who)}{denies} <span class="where">'
        f"{escape(row.publisher or UNKNOWN_PUBLISHER)}, {escape(date_words(row.reported))}</span></td>"
        f"<td>{words}{opened}</td>"
    )


def _place(row: Row, found: Dossier) -> int | None:
    """Where the same words stand among the dossier's rows; None where they do not."""
    return next((at for at, other in enumerate(found.rows) if other.place == row.place), None)
