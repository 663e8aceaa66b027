"""Gzipped JSON Lines, as every benchmark's data comes, and the JSON that a benchmark writes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import SettingsError


def read_records(file: Path) -> Iterator[dict[str, Any]]:
    """Each line of a .jsonl.gz file.

    Raises:
        SettingsError: the file is missing, cut short, or a line is no JSON object.
    """
    if not file.is_file():
        raise SettingsError(f"{file}: found no such file; expected the data set's folder with {file.name} in it")
    number = 0  # of the line; 0 where the file cannot be opened
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ValueError(f"a {type(record).__name__}")
                yield record
    except (OSError, EOFError, ValueError) as error:
        raise SettingsError(
            f"{file}: found, at line {number}, {error}; expected gzipped JSON objects, one a line"
        ) from error


def write_record(file: Path, record: dict[str, Any]) -> None:
    """Writes a benchmark's result as JSON.

    Raises:
        SettingsError: the file cannot be written.
    """
    try:
        file.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"{file}: cannot be written ({error.strerror}); expected a file in a folder that exists"
        ) from error
