"""Options that several commands share, and how a command opens the assistant and prints."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from assistant.layout import COLOUR, PLAIN, Layout
from assistant.settings import DEFAULT_INDEX, INDEX_VARIABLE, Settings, index_folder
from index.errors import SettingsError

if TYPE_CHECKING:
    from assistant.engine import Engine

Commands = Any
"""What `add_subparsers` returns: argparse keeps the name of its type to itself."""
Opener = Callable[[argparse.Namespace], "Engine"]
"""From a command's arguments to an open assistant."""

WIDTHS = (48, 100)
"""Shortest and longest line that is set, in characters; wider lines tire the eye."""


def add_index(parser: argparse.ArgumentParser) -> None:
    """`--index DIR`."""
    parser.add_argument(
        "--index",
        metavar="DIR",
        help=f"folder of the index (default: ${INDEX_VARIABLE}, else ./{DEFAULT_INDEX})",
    )


def add_filters(parser: argparse.ArgumentParser) -> None:
    """`--publisher`, `--since` and `--until`."""
    parser.add_argument(
        "--publisher", metavar="NAME", action="append", default=[], help="only articles of this publisher (repeatable)"
    )
    parser.add_argument("--since", metavar="DATE", help="published on this day or later: 2017-09-12, 2017-09 or 2017")
    parser.add_argument("--until", metavar="DATE", help="published on this day or earlier")


def add_model(parser: argparse.ArgumentParser) -> None:
    """`--model` and `--base-url`."""
    parser.add_argument(
        "--model",
        metavar="PROVIDER:NAME",
        help="chat model that writes the answer, as openai:gpt-5 (default: none, the answer is composed from quotes)",
    )
    parser.add_argument(
        "--base-url", metavar="URL", help="address of the model's server, for one that you run yourself"
    )


def open_assistant(arguments: argparse.Namespace) -> Engine:
    """The assistant over the index that the arguments name.

    Raises:
        IndexMissing: there is no index in the folder.
        ModelError: the chat model's package is missing.
        SettingsError: a base URL without a model.
    """
    folder = index_folder(arguments.index)
    model, base_url = getattr(arguments, "model", None), getattr(arguments, "base_url", None)
    if base_url and not model:
        raise SettingsError("--base-url needs --model: name the model that the server offers, as openai:NAME.")
    from assistant.api import Assistant

    return Assistant.open(folder, model=model, base_url=base_url or "") if model else Assistant.open(folder)


def layout_for(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Layout:
    """The terminal's width; colour only where `stream` is a terminal and NO_COLOR is not set."""
    narrow, wide = WIDTHS
    width = max(narrow, min(wide, shutil.get_terminal_size().columns))
    colour = stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return Layout(width, COLOUR if colour else PLAIN, Settings().quote_window)


def emit(text: str) -> None:
    """Prints; characters that the terminal's encoding lacks become question marks and stop nothing."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, errors="replace").decode(encoding))


def emit_json(data: object) -> None:
    """Prints data as JSON in UTF-8's characters where the terminal can, else escaped."""
    ascii_only = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(data, ensure_ascii=ascii_only, indent=2))
