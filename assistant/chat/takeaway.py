"""Parcels: an export on its way to the browser, which saves it as a file. No file lies on the server."""

from __future__ import annotations

import re
from html import escape

from assistant.answer import Answer
from assistant.render import to_markdown

FORMATS: dict[str, tuple[str, str]] = {"markdown": ("md", "text/markdown")}


def parcel(answer: Answer, form: str) -> str:
    """The export as data of an invisible element; empty where there is no such format."""
    if form not in FORMATS:
        return ""
    ending, kind = FORMATS[form]
    text = to_markdown(answer)
    return (
        f'<div class="parcel" data-name="{escape(file_name(answer.question, ending))}" data-type="{kind}" '
        f'data-text="{escape(text)}"></div>'
    )


def file_name(question: str, ending: str) -> str:
    """A name for the file, from the question's words."""
    stem = re.sub(r"[^a-z0-9]+", "-", question.casefold())[:60].strip("-")
    return f"{stem or 'answer'}.{ending}"
