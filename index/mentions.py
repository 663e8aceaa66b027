"""What an article has named so far: its parties, and the sources met before, with the nouns that described them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.article import Article
from index.gender import gender_of
from index.names import fold, short_of, strip_honorifics
from index.parties import Party, parties
from index.plain import plain
from index.statements import Source, SourceKind

_BEFORE_NOUN = re.compile(
    r"[- ](?!(?:said|says|has|had|have|is|was|were|will|would|and|or|but|in|on|at|to|of|for|by|from|with|which|"
    r"who|that|as|may|could|told|added|denied|reported|announced|did|does|\w+ed|\w+ly)\b)[a-z]|[- ](?=[A-Z])"
)
"""What follows an adjective: a noun, or a name."""


@dataclass
class Heard:
    """A source met before, with the nouns that described it."""

    source: Source
    nouns: set[str]
    at: int


class Mentions:
    """The parties of one article, and the sources heard while it is read from top to bottom."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = plain(article.text)
        self.parties = parties(self.text, (article.publisher, article.credit))
        self.heard: list[Heard] = []
        self._genders: dict[str, str] = {}

    def gender(self, source: Source) -> str:
        """ "he", "she", or empty where the text does not tell."""
        known = self._genders.get(source.name)
        if known is None:
            own = (source.name, *source.aliases)
            others = [
                form
                for party in self.parties
                if party.kind is SourceKind.PERSON and party.name not in own
                for form in party.forms
            ]
            known = gender_of(self.text, own if source.kind is SourceKind.PERSON else (), others, source.role)
            self._genders[source.name] = known
        return known

    def called(self, source: Source, word: str) -> None:
        """Keeps that a person of whom the text tells nothing else was taken for "he" or "she" once."""
        if source.kind is SourceKind.PERSON and not self.gender(source):
            self._genders[source.name] = word

    def last_named(self, party: Party, before: int) -> int:
        """Where a party is named for the last time before a character; -1 where it is not."""
        return max(self.text.rfind(form, 0, before) for form in party.forms)

    def describes(self, party: Party) -> bool:
        """True for a name that only ever stands before a noun: "Halvian" in "the Halvian army", which is no party."""
        if " " in party.name or len(party.forms) > 1:
            return False
        uses = list(re.finditer(rf"(?<![\w-]){re.escape(party.name)}(?![\w-])", self.text))
        return bool(uses) and all(_BEFORE_NOUN.match(self.text, use.end()) for use in uses)

    def party(self, name: str) -> Party | None:
        """The party of that name, or of which it is a short form."""
        bare = strip_honorifics(name)
        exact = [party for party in self.parties if any(fold(form) == fold(bare) for form in party.forms)]
        if exact:
            return exact[0]
        near = [party for party in self.parties if any(short_of(bare, form) for form in party.forms)]
        return near[0] if near else None

    def form_in(self, party: Party, words: str) -> str:
        """The form of a party that occurs in the words; its full name where none does."""
        return next((form for form in party.forms if form in words), party.name)

    def named(self, party: Party) -> Source:
        """A party as a source that speaks for itself."""
        return Source(party.name, party.kind, aliases=party.forms[1:])

    def title_of(self, party: Party) -> str:
        """The capitalised words right before a name: "Chief Inspector"."""
        at = self.text.find(party.name)
        return " ".join(re.findall(r"[A-Z][a-z]+\.?", self.text[max(0, at - 24) : at])[-2:]) if at >= 0 else ""
