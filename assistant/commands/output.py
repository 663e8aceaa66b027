"""What `ask` prints or writes: the format that is asked for, and the file."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.options import emit, emit_json, layout_for
from assistant.layout import Layout
from assistant.settings import Settings
from index.errors import SettingsError

if TYPE_CHECKING:
    from assistant.answer import Answer

TEXT = "text"
WHOLE = "--json"
"""What `--json` asks for: the answer alone, as programs have always got it."""
EXPORTS = ("markdown", "html", "json", "csv", "claimreview")
"""As `assistant.export.FORMATS`, which takes 0.3 s to import; a test holds the two together."""
ENDINGS = (
    (".claimreview.json", "claimreview"),
    (".jsonld", "claimreview"),
    (".json", "json"),
    (".md", "markdown"),
    (".markdown", "markdown"),
    (".html", "html"),
    (".htm", "html"),
    (".csv", "csv"),
)
"""The format that the ending of a file's name asks for; another ending asks for text."""


def add_output(parser: argparse.ArgumentParser) -> None:
    """`--json`, `--format` and `-o`."""
    parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join((TEXT, *EXPORTS))} (default: by the ending of FILE, else text); all but text have reports, "
        "denials and disagreements beside the answer",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to this file, in place of one that is there; - for the terminal"
    )


def checked_format(arguments: argparse.Namespace) -> str:
    """TEXT, WHOLE or one of EXPORTS.

    Raises:
        SettingsError: there is no such format, or two options do not go together.
    """
    given, target = arguments.format, (arguments.output or "").lower()
    if arguments.json and given:
        raise SettingsError("--json and --format: give one of them. --format json has the dossier as well.")
    if given and given not in (TEXT, *EXPORTS):
        raise SettingsError(f'--format: there is no format "{given}". Choose one of: {", ".join((TEXT, *EXPORTS))}.')
    if arguments.json:
        return WHOLE
    format = str(given or next((name for ending, name in ENDINGS if target.endswith(ending)), TEXT))
    if arguments.why and format != TEXT:
        raise SettingsError("--why goes with text and with --json. Leave it out, or choose one of these.")
    return format


def checked_target(given: str | None) -> Path | None:
    """The file to write; None to print.

    Raises:
        SettingsError: it is a folder, or lies in none.
    """
    if not given or given == "-":
        return None
    target = Path(given).expanduser()
    if os.path.isdir(target):  # Path.is_dir raises where the name is too long
        raise SettingsError(f"--output: {target} is a folder. Give the name of a file in it.")
    if not os.path.isdir(target.parent):
        raise SettingsError(f"--output: there is no folder {target.parent}. Make it first, or give another file.")
    return target


def put(answer: Answer, format: str, why: bool, target: Path | None) -> None:
    """Prints the answer, or writes it to a file and says so on standard error.

    Raises:
        SettingsError: the file cannot be written, or the answer has no claim for a ClaimReview.
    """
    if format == WHOLE:
        from assistant.render import to_dict
        from assistant.why import why_dict

        data = to_dict(answer) | ({"why": why_dict(answer)} if why else {})
        if target is None:
            emit_json(data)
        else:
            _save(target, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    elif format == TEXT:
        layout = Layout(quote_window=Settings().quote_window) if target else layout_for(sys.stdout)
        text = _text(answer, why, layout)
        emit(text) if target is None else _save(target, f"{text}\n".encode())
    else:
        from assistant.export import export, export_bytes

        if target is None:
            emit(export(answer, format).rstrip("\r\n"))
        else:
            _save(target, export_bytes(answer, format))


def _text(answer: Answer, why: bool, layout: Layout) -> str:
    from assistant.render import to_text
    from assistant.why import why_text

    return to_text(answer, layout) + (f"\n\n{why_text(answer, layout)}" if why else "")


def _save(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        raise SettingsError(f"--output: {target} cannot be written: {error.strerror or error}.") from error
    print(f"Written to {target}", file=sys.stderr)
