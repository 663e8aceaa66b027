"""Parcels: an export on its way to the browser, which saves it as a file. No file lies on the server."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from assistant.answer import Answer
from assistant.export import export_bytes, file_name, media_type
from index.errors import SettingsError


def parcel(answer: Answer, form: str) -> str:
    """The export as data of an invisible element, or what stands in its way."""
    try:
        data = b64encode(export_bytes(answer, form)).decode("ascii")
        name, kind = file_name(answer, form), media_type(form)
    except SettingsError as error:
        return f'<p class="failed" role="alert">{escape(str(error))}</p>'
    return (
        f'<p class="parcel" role="status" data-name="{escape(name)}" data-type="{escape(kind)}" data-base64="{data}">'
        f"Saved as {escape(name)}</p>"
    )
