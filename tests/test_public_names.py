"""The public names: few, all there, and loaded only when used."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMES = {
    "assistant": ("Answer", "Assessment", "Assistant", "Citation", "Conversation", "Note", "NoteKind", "Sentence"),
    "index": ("Article", "Corpus", "CorroborateError", "IngestReport", "ingest_files", "read_statements"),
}
PAIRS = [(package, name) for package, names in NAMES.items() for name in names]


@pytest.mark.parametrize("package", NAMES)
def test_a_package_exports_these_names_and_no_other(package: str) -> None:
    assert tuple(importlib.import_module(package).__all__) == NAMES[package]


@pytest.mark.parametrize(("package", "name"), PAIRS)
def test_a_public_name_is_there_and_says_what_it_is(package: str, name: str) -> None:
    found = getattr(importlib.import_module(package), name)
    assert found.__name__ == name
    assert found.__doc__


@pytest.mark.parametrize("package", NAMES)
def test_another_name_is_an_attribute_error(package: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'Nobody'"):
        _ = importlib.import_module(package).Nobody


def test_importing_a_package_loads_none_of_its_modules() -> None:
    code = (
        "import json, sys, assistant, index\n"
        "print(json.dumps([name for name in sys.modules if name.split('.')[0] in ('assistant', 'index')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert sorted(json.loads(done.stdout)) == ["assistant", "index"]
