"""Whom a definite noun, an office or a description means: "the company", "the mayor", "the Halvian senator"."""

from __future__ import annotations

import re
from dataclasses import replace

from index.bodies import Bodies
from index.mentions import Heard, Mentions
from index.names import HONORIFICS, fold, head_noun
from index.nouns import (
    ANAPHORS,
    ANYBODY,
    DEFINITE,
    HOLDERS,
    LAWYER,
    MODIFIED,
    OFFICE,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    is_plural,
    person_noun,
    shortened,
)
from index.parties import Party
from index.spans import Span
from index.statements import Source, SourceKind


class DefiniteNouns:
    """Finds the party that a noun means, among what the article has named and quoted before."""

    def __init__(self, seen: Mentions, bodies: Bodies) -> None:
        self._seen = seen
        self._bodies = bodies

    def office(self, words: str, office: str, body: str, span: Span) -> Source:
        """The holder of an office: the person who was introduced in it before; else the office itself is the party."""
        holder = self.unnamed_or_known(f"the {office}", span)
        if holder.kind is not SourceKind.UNNAMED:
            return replace(holder, role=words) if body else holder
        minister = re.match(r"(?P<field>(?!prime|first|deputy)[a-z][a-z ]+?)\s+minister$", office)
        if minister:
            return Source(
                f"the {office}",
                SourceKind.PERSON,
                speaks_for=self._bodies.fullest(f"{minister['field']} ministry"),
                role=words,
            )
        return Source(f"the {office}", SourceKind.PERSON, role=words)

    def described(self, words: str, form: str, span: Span) -> Source | None:
        """A name that describes the noun after it: "the Halvian government" is a body by both words, "the Halvian senator" a
        person told of before. None where the words after it make neither."""
        phrase = re.match(rf"{re.escape(form)}\.?((?:\s+[a-z][\w-]*){{1,4}})(?=$|[\s,;])", words)
        if phrase is None:
            return None
        noun = phrase[1].split()[-1]
        singular = noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
        if {noun, singular} & MODIFIED:
            return Source(phrase[0], SourceKind.ORGANISATION, role=words)
        if singular in PERSON_NOUNS | HOLDERS and noun == singular:
            found = self.unnamed_or_known(f"the{phrase[1]}", span)
            return found if found.kind is not SourceKind.UNNAMED else replace(found, name=f"the {words}", role=words)
        return None

    def belonging(self, words: str, at: int, owner: Party, span: Span) -> Source:
        """ "Greel's lawyer": the one who speaks for the owner; "Coral's neighbour" is somebody else."""
        if OFFICE.search(words):
            return Source(shortened(words), SourceKind.UNNAMED, speaks_for=owner.name, role=words)
        return Source(shortened(words), SourceKind.UNNAMED, role=words)

    def known(self, words: str, span: Span) -> Source:
        """What "the NOUN" or "its NOUN" means; its own party without a name where it means nobody known."""
        possessive = re.match(r"^(?:its|his|her|their)\s+", words, re.IGNORECASE)
        phrase = DEFINITE.sub("", words)
        head = head_noun(phrase)
        if possessive and OFFICE.search(phrase):
            owner = self._bodies.owner(possessive.group().strip().lower(), span)
            if owner:
                return (
                    Source(shortened(words), SourceKind.UNNAMED, speaks_for=owner, role=words)
                    if LAWYER.search(phrase)
                    else replace(Source(owner, SourceKind.ORGANISATION), role=words)
                )
        body = re.match(
            r"(?:(?P<a>[\w\-]+)[’']s?\s+)(?:\w+\s+){0,2}(?P<b>spokes\w+|head|chief|coordinator|lawyers?|director|secretary|president)\b",
            phrase,
        )
        if body and body["a"].lower() in ORGANISATION_NOUNS:
            found = self._bodies.definite(body["a"].lower(), span)
            if found is not None:
                return replace(found, role=words)
        if possessive and not OFFICE.search(phrase):
            return Source(shortened(words), SourceKind.UNNAMED, role=words)
        return self.unnamed_or_known(words, span, head)

    def unnamed_or_known(self, words: str, span: Span, head: str = "") -> Source:
        """As `known`, for a noun phrase without a possessive."""
        phrase = DEFINITE.sub("", words)
        head = head or head_noun(phrase)
        singular = head[:-1] if head.endswith("s") and not head.endswith("ss") else head
        if not DEFINITE.match(words):
            return Source(shortened(words), SourceKind.UNNAMED, role=words)
        for item in reversed(self._seen.heard):
            if {head, singular} & item.nouns and item.source.name and _may_take_up(phrase, singular, item):
                return item.source
        for party in sorted(self._seen.parties, key=lambda p: -self._seen.last_named(p, span.start)):
            if (
                party.first < span.start
                and party.kind is SourceKind.PERSON
                and any(
                    {head, singular} & set(fold(role).split()) for role in (*party.roles, self._seen.title_of(party))
                )
            ):
                return self._bodies.person(party, words, span)
        if singular in ORGANISATION_NOUNS:
            own = len(phrase.split()) > 1
            found = self._bodies.definite(singular, span) if not own or singular in ANAPHORS else None
            if found is None and own:
                found = next(
                    (
                        self._seen.named(p)
                        for p in self._seen.parties
                        if p.kind is not SourceKind.PERSON and singular in fold(p.name).split()
                    ),
                    None,
                )
            return found or Source(shortened(phrase if own else words), SourceKind.ORGANISATION, role=words)
        if singular in PERSON_NOUNS or singular in HONORIFICS:
            return self._person_before(words, singular, span)
        return Source(shortened(words), SourceKind.UNNAMED, role=words)

    def _person_before(self, words: str, noun: str, span: Span) -> Source:
        """Somebody quoted or named before whom the noun can mean; a party without a name where nobody fits."""
        if _TOLD_APART.search(words):
            return Source(shortened(words), SourceKind.UNNAMED, role=words)
        word = {"man": "he", "woman": "she"}.get(noun, "")
        for item in reversed(self._seen.heard):
            nameless = item.source.kind is SourceKind.UNNAMED and not is_plural(item.source.name)
            if nameless and noun in ANYBODY and item.source.name and _may_take_up(DEFINITE.sub("", words), noun, item):
                return item.source
            if item.source.kind is SourceKind.PERSON and self._may_be(item.source, noun, word):
                return item.source
            if noun in INFORMANTS:
                break
        if noun in INFORMANTS:
            return Source(shortened(words), SourceKind.UNNAMED, role=words)
        before = [
            p
            for p in self._seen.parties
            if p.kind is SourceKind.PERSON
            and p.first < span.start
            and self._may_be(replace(self._seen.named(p), role="; ".join(p.roles)), noun, word)
        ]
        if before:
            return self._bodies.person(max(before, key=lambda p: self._seen.last_named(p, span.start)), words, span)
        return Source(shortened(words), SourceKind.UNNAMED, role=words)

    def _may_be(self, source: Source, noun: str, word: str) -> bool:
        """True for a person whom the noun can mean: an official holds an office, and a lawyer is no engineer."""
        if word and self._seen.gender(source) not in {"", word}:
            return False
        if noun in INFORMANTS:
            return bool(source.speaks_for) or bool(OFFICE.search(source.role))
        return noun not in TRADES or not person_noun(source.role) or noun in fold(source.role).split()


_TOLD_APART = re.compile(
    r"\w\s+(?:who|whose)\b|\w[’'](?:s\s)?\s*(?:\w+\s+)?(?:father|mother|brother|sister|wife|husband|widow|son|daughter|friend|neighbou?r|colleague|"
    r"teacher|doctor|driver|employee|aide)$"
)
"""Who is told by what he did or whose he is, and is none of those named: "the clerk who sold it", "the suspect's father"."""
TRADES = frozenset(
    "lawyer attorney doctor nurse teacher driver pilot soldier farmer judge prosecutor engineer scientist researcher professor analyst "
    "economist banker author student guard sailor captain employee worker player coach witness butcher clerk detective".split()
)
"""Nouns that are not said of one who was told to be something else."""
INFORMANTS = frozenset("official source informant aide diplomat".split())
"""Nouns for one who stays without a name: "the official said" is nobody who has one, unless an office of his was told."""


def _may_take_up(phrase: str, noun: str, item: Heard) -> bool:
    """True where "the law enforcement source" can be a source met before: what is told of the one is told of the other."""
    if noun not in INFORMANTS or item.source.kind is not SourceKind.UNNAMED:
        return True
    before = re.split(rf"\b{noun}s?\b|,|\bwho\b", phrase.lower())[0]
    told = set(re.findall(r"[a-z][a-z\-]+", before)) - {"same", "unnamed", "anonymous"}
    return told <= item.nouns
