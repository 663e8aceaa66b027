"""From files to statements that can be searched. The names below are the public ones; they load when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.article import Article
    from index.attribution import read_statements
    from index.corpus import Corpus
    from index.errors import CorroborateError
    from index.ingest import IngestReport, ingest_files

__all__ = ["Article", "Corpus", "CorroborateError", "IngestReport", "ingest_files", "read_statements"]

_HOMES = {
    "Article": "index.article",
    "Corpus": "index.corpus",
    "CorroborateError": "index.errors",
    "IngestReport": "index.ingest",
    "ingest_files": "index.ingest",
    "read_statements": "index.attribution",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
