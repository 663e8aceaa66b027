"""Settings: one frozen table, and where the index is when nobody says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

INDEX_VARIABLE = "CORROBORATE_INDEX"
"""Environment variable that names the index's folder."""
DEFAULT_INDEX = "news.index"
"""The index's folder when neither the option nor the variable names one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes and limits; every field has a default that works."""

    host: str = "127.0.0.1"
    """Address that the chat page listens on; the default can be reached from this machine alone."""
    port: int = 7860
    """Port of the chat page, 1 to 65535."""
    answers_at_once: int = 4
    """Questions that the page answers at the same time; further ones wait their turn."""
    question_limit: int = 1000
    """Longest question, in characters."""
    uploads_most: int = 200
    """Files or addresses that the page takes at once."""
    upload_size: str = "50mb"
    """Largest file that the page takes."""
    articles_listed: int = 50
    """Articles that the page lists at once."""
    text_limit: int = 200_000
    """Longest pasted article, in characters."""
    turns_shown: int = 50
    """Turns of a conversation that the page keeps on display, the latest last."""
    context_window: int = 900
    """Most characters of the surrounding paragraph that the page shows with a quote; the quote itself is whole."""
    quote_window: int = 320
    """Most characters of a quote in the terminal; JSON and Markdown have it whole."""
    search_limit: int = 10
    """Passages that `search` prints when not told otherwise."""
    search_limit_most: int = 200
    """Most passages that `search` prints."""


def index_folder(given: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The index's folder: what was given, else `CORROBORATE_INDEX`, else `./news.index`."""
    return Path(given or environ.get(INDEX_VARIABLE) or DEFAULT_INDEX).expanduser()
