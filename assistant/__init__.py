"""From a question to a cited answer with notes. The names below are the public ones; they load when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, Sentence
    from assistant.api import Assistant, Conversation
    from assistant.assessment import Assessment
    from assistant.citations import Citation
    from assistant.notes import Note, NoteKind

__all__ = ["Answer", "Assessment", "Assistant", "Citation", "Conversation", "Note", "NoteKind", "Sentence"]

_HOMES = {
    "Answer": "assistant.answer",
    "Assessment": "assistant.assessment",
    "Assistant": "assistant.api",
    "Citation": "assistant.citations",
    "Conversation": "assistant.api",
    "Note": "assistant.notes",
    "NoteKind": "assistant.notes",
    "Sentence": "assistant.answer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
