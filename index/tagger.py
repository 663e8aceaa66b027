"""Attribution and Tagger: who is quoted, by which words, and what is attributed, as spans of a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from index.errors import SettingsError
from index.spans import Span

TAGGERS = ("rules", "model", "both")
"""Names of the taggers that come with the package."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as it stands in the text, before names are resolved (the scheme of PolNeAR and PARC)."""

    source: tuple[Span, ...]
    """The words that name who is quoted; empty where nobody is ("it was reported that")."""
    cue: tuple[Span, ...]
    """The words that attribute, in text order; empty where quotation marks alone do."""
    content: tuple[Span, ...]
    """What is attributed, in text order; several where it is broken. Never empty."""


class Tagger(Protocol):
    """Finds the attributions of a text."""

    name: str
    """Recorded in the index's manifest: statements of two taggers are not mixed."""

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """Attributions in the order of their content; they may nest."""
        ...


@lru_cache(maxsize=3)
def load_tagger(name: str) -> Tagger:
    """The tagger of that name: "rules", "model" for the trained one, "both" for the two joined.

    Raises:
        ModelError: the trained weights are missing.
        SettingsError: there is no tagger of that name.
    """
    if name == "rules":
        from index.rules import RuleTagger

        return RuleTagger()
    if name == "model":
        from index.model_tagger import ModelTagger

        return ModelTagger.load()
    if name == "both":
        from index.joined_tagger import JoinedTagger

        return JoinedTagger(load_tagger("model"))
    raise SettingsError(f"There is no tagger {name!r}; there are: {', '.join(TAGGERS)}.")


def default_tagger() -> Tagger:
    """The trained tagger, which finds twice as many attributions as the rules; the rules where there are no weights."""
    from index.errors import ModelError

    try:
        return load_tagger("model")
    except ModelError:
        return load_tagger("rules")
