"""Imports point one way: prompts <- index <- assistant <- evals."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("prompts", "index", "assistant", "evals")
"""From the bottom up: each may import itself and what stands before it."""
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def imported(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each module that the source imports, anywhere in it, with the names taken from it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), tuple(alias.name for alias in node.names)


def faults(layer: str, source: str) -> list[str]:
    """What the source of a file in `layer` imports and should not."""
    found = []
    for module, names in imported(source):
        top = module.split(".")[0]
        if module.startswith("."):
            found.append(f"relative import {module!r}: write the module's full name")
        elif top == "tests":
            found.append("imports the tests")
        elif top in LAYERS and LAYERS.index(top) > LAYERS.index(layer):
            found.append(f"imports {module}: {layer} stands below {top}")
        elif module == layer:
            found.append(f"imports {', '.join(names) or layer} from its own package's root: name the module")
    return found


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_a_file_imports_downwards_only(path: Path) -> None:
    assert faults(path.relative_to(ROOT).parts[0], path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("layer", "source", "fault"),
    [
        ("index", "from assistant.answer import Answer", "index stands below assistant"),
        ("prompts", "def f():\n    import index.article", "prompts stands below index"),
        ("assistant", "import evals", "assistant stands below evals"),
        ("index", "from index import Article", "own package's root"),
        ("index", "import index", "own package's root"),
        ("index", "from . import article", "relative import"),
        ("evals", "from tests.fakes import x", "imports the tests"),
    ],
)
def test_a_wrong_import_is_found(layer: str, source: str, fault: str) -> None:
    (found,) = faults(layer, source)
    assert fault in found


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("assistant", "from index.article import Article"),
        ("assistant", "from assistant.commands import ask"),
        ("evals", "from assistant import Assistant"),
        ("index", "import json, indexed"),
    ],
)
def test_a_right_import_is_let_through(layer: str, source: str) -> None:
    assert faults(layer, source) == []


def test_every_layer_has_files() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(LAYERS)
