"""The list of kept conversations as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from assistant.chat.kept import KeptTalk
from assistant.chat.parts import shortened
from assistant.notes import MONTH_NAMES


def talks_list(talks: Sequence[KeptTalk], shown: str) -> str:
    """The conversations, the one changed last first; `shown` is the one on display."""
    if not talks:
        none = "No conversation is kept yet. Each is, from its first answer on."
        return f'<div class="talks"><p class="none">{none}</p></div>'
    items = "".join(_item(talk, shown) for talk in talks)
    return f'<div class="talks" data-count="{len(talks)}"><ul>{items}</ul></div>'


def _item(talk: KeptTalk, shown: str) -> str:
    title = escape(shortened(talk.title, 140))
    here = ' aria-current="true"' if talk.id == shown else ""
    number = f"{talk.turns} {'question' if talk.turns == 1 else 'questions'}"
    return (
        f"<li{' class=current' if here else ''}>"
        f'<button type="button" class="reopen" data-reopen="{escape(talk.id)}"{here}>{title}</button>'
        f'<p class="faint">{number}, {escape(_when(talk.changed))}'
        f'<button type="button" class="delete" data-delete="{escape(talk.id)}" '
        f'aria-label="Delete the conversation “{title}”">Delete</button></p></li>'
    )


def _when(changed: str) -> str:
    moment = datetime.fromisoformat(changed).astimezone(UTC)
    return f"{moment.day} {MONTH_NAMES[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"
