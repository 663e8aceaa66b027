"""Whether the words of a statement are those of the party that a question names."""

from __future__ import annotations

import re

from assistant.claims import Match, same_party
from assistant.matching import mentions
from assistant.terms import STOP, stem, words_of
from index.names import fold
from index.nouns import ORGANISATION_NOUNS


def spoken_by(match: Match, name: str) -> bool:
    """True where the unit's source, the body it speaks for, an outlet of its chain or its publisher bears the name."""
    statement = match.unit.statement
    parties = [
        statement.source.name,
        statement.source.speaks_for,
        *statement.source.aliases,
        *(v.name for v in statement.via),
    ]
    parties.append(match.unit.article.publisher)
    wanted = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)
    if any(
        party and (same_party(party, wanted) or mentions(wanted, party) or _spelt_alike(party, wanted))
        for party in parties
    ):
        return True
    words = {stem(word) for word in words_of(wanted) if word not in STOP}
    if words and any(words <= {stem(word) for word in words_of(party)} for party in parties if party):
        return True
    head = wanted.split()[-1:]
    if head and fold(head[0]) in ORGANISATION_NOUNS and any(word[:1].isupper() for word in wanted.split()):
        return False  # "the Danish government": another government will not do
    titled = fold(f"{statement.source.role} {statement.source.name}").split()
    return bool(head) and head[0].islower() and fold(head[0]) in titled


def _spelt_alike(party: str, wanted: str) -> bool:
    from rapidfuzz import fuzz

    return len(party) > 6 and len(wanted) > 6 and fuzz.ratio(fold(party), fold(wanted)) >= 84
