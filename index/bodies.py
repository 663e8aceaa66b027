"""Whom a person speaks for, and which body "the company" is."""

from __future__ import annotations

import re
from dataclasses import replace

from index.mentions import Mentions
from index.names import ORGANISATION_WORDS, fold, same_name
from index.nouns import (
    ANAPHORS,
    COMPANY,
    FORMER,
    LAWYER,
    OFFICE,
    ORGANISATION_NOUNS,
    OUTLET_NOUNS,
    PUBLIC,
    RANKS,
    clashes,
    is_body,
)
from index.parties import Party
from index.spans import Span
from index.statements import Source, SourceKind

_COMMANDS = re.compile(
    r"\b(?:captain|skipper|mayor|governor|coach|commander|officer|owner|leader|curator|agent|manager)\b", re.IGNORECASE
)
"""Offices that may be held of a ship, a town or a team, for which their holder does not speak."""
_OF_AN_OUTLET = re.compile(
    r"\b(?:spokes\w+|editor|publisher|owner|president|executive|director|lawyers?|attorneys?|counsel|chair\w*|manager|head of|founder)\b",
    re.IGNORECASE,
)
"""Offices that an outlet has."""
_SOLE = frozenset("police army navy government coastguard gendarmerie".split())
"""Bodies of which a report names one, so that the noun is name enough."""


LOCAL_NOUNS = (ORGANISATION_NOUNS - {"owner", "side", "family"}) | {
    "military",
    "forces",
    "embassy",
    "consulate",
    "campaign",
}
"""Nouns of a body that is told by its place or country."""
_BODY_OF = re.compile(r"(?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+(?:[’']s?)? (?:[a-z]+ )?(?P<noun>[a-z]+)\b")
"""A body by the name of a place or a country: "Halvia's armed forces"."""
_RULES = re.compile(
    r"\.?\s+(?:\w+\s+)?(?:presidents?|premier|prime minister|chancellor|leader|king|queen|prince|governor|mayor|senator|nominee|candidate|"
    r"congress(?:man|woman)|lawmaker|politician|representative|(?:foreign|defen[cs]e|interior|finance|health|justice) (?:minister|secretary)|"
    r"President|Prime Minister|Premier|Chancellor|Leader|King|Governor|Mayor|Senator|Sen\.|Rep\.|Gov\.)(?![\w])"
)
"""After the name of a country, a town or a party: who rules or stands for it speaks for himself."""


def _local_body(form: str, role: str) -> str:
    """ "Tarn hospital" where a role names it so; empty where the name stands alone."""
    for between in ("", r"[a-z]+\s+"):
        match = re.search(rf"(?<![\w-]){re.escape(form)}\.?\s+{between}([a-z]+)\b", role)
        if match and match.group(1) in LOCAL_NOUNS:
            return match.group()
    return ""


class Bodies:
    """Finds the body behind a person, an office or a definite noun, among what the article has named before."""

    def __init__(self, seen: Mentions) -> None:
        self._seen = seen

    def person(self, party: Party, words: str, span: Span) -> Source:
        """A person as a source: with the body that he or she speaks for, where the words or the text tell."""
        near = words.replace(self._seen.form_in(party, words), " ")
        known = [
            item.source
            for item in self._seen.heard
            if fold(item.source.name) == fold(party.name) and item.source.speaks_for
        ]
        near = re.sub(r"\s+", " ", near)
        role = "; ".join([near.strip(" ,"), *party.roles])
        if known:
            return known[-1]
        body = self._body(party, near, span) or next(
            (b for b in (self._body(party, r, span) for r in party.roles) if b), ""
        )
        if not body:
            body = self._by_rank(party, span)
        lawyer = [
            item
            for item in self._seen.heard
            if item.source.speaks_for and not item.source.aliases and LAWYER.search(item.source.role)
        ]
        if not body and lawyer and LAWYER.search(near):
            body = lawyer[-1].source.speaks_for
        return Source(
            party.name, SourceKind.PERSON, speaks_for=body, aliases=party.forms[1:], role=role.strip("; ")[:160]
        )

    def _by_rank(self, party: Party, span: Span) -> str:
        """An admiral speaks for the navy that the article names; a commander, for the group quoted just before."""
        places = [self._seen.text.find(form) for form in party.forms]
        before = " ".join(self._seen.text[max(0, at - 24) : at] for at in places if at >= 0).lower()
        for rank, word in RANKS.items():
            if re.search(rf"\b{rank}\s*$|\b{rank}\s", before):
                for other in self._seen.parties:
                    if word in fold(other.name).split():
                        return other.name
        if re.search(r"\bcommander\s*$", before):
            bodies = [item.source for item in self._seen.heard if item.source.kind is SourceKind.ORGANISATION]
            return bodies[-1].name if bodies else ""
        return ""

    def _body(self, party: Party, role: str, span: Span) -> str:
        """The body that someone with this role speaks for; empty where the role is no office."""
        if role and re.match(r"(?:of (?:the )?|the |The )?[A-Z]", role.strip()) and not FORMER.search(role):
            body = self._belongs_to(party, role.strip())
            if body:
                return body
        if not role or not OFFICE.search(role) or (FORMER.search(role) and not LAWYER.search(role)):
            return ""
        office = re.search(r"\bMinister (for|of) ((?:[A-Z]\w+|and|the|of)(?:\s+(?:[A-Z]\w+|and|the|of))*)", role)
        if office:
            return self.fullest(f"Ministry {office.group(1)} {office.group(2).strip()}")
        minister = re.search(r"\b((?:[A-Z][a-z]+\s+)(?:and\s+[A-Z][a-z]+\s+)?)Minister\b", role)
        if minister and minister.group(1).strip() not in {"Prime", "First", "Deputy", "The"}:
            return self.fullest(f"{minister.group(1).strip()} Ministry")
        for other in self._seen.parties:
            if other is party or (other.kind is SourceKind.PERSON and not LAWYER.search(role)):
                continue
            if other.kind is SourceKind.OUTLET and not _OF_AN_OUTLET.search(role):
                continue  # "according to the Gazette, Mott, the police chief": told to it, not for it
            described = self._seen.describes(other)
            local = next((found for form in other.forms if (found := _local_body(form, role))), "")
            if local:
                return local
            if (
                any(
                    re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])(?!{_RULES.pattern})", role)
                    for form in other.forms
                )
                and not described
                and (not _COMMANDS.search(role) or set(fold(other.name).split()) & ORGANISATION_WORDS)
            ):
                return other.name
        noun = re.search(
            r"\b(?:the|its|our)\s+(?:[\w’']+\s+)?("
            + "|".join(ORGANISATION_NOUNS)
            + r")\b|\b("
            + "|".join(ORGANISATION_NOUNS)
            + r")(?:[’']s)?\s+(?:spokes|chief|head|director|lawyer|president|secretary|official|press)",
            role,
            re.IGNORECASE,
        )
        if noun:
            word = (noun.group(1) or noun.group(2)).lower()
            return self._organisation(word, span) or (word if word in _SOLE else "")
        if re.search(
            r"\b(?:its|their)\b|^(?:chief|deputy)?\s*(?:executive|operating|financial)|\bspokes", role, re.IGNORECASE
        ) or re.search(r"\bchief (?:executive|operating|financial)", role):
            return self._organisation("", span)
        if LAWYER.search(role) and re.search(r"\b(?:his|her|their)\b", role):
            whose = re.search(r"\b(his|her|their)\b", role)
            return self.owner(whose.group(1).lower() if whose else "his", span, party)
        return ""

    def _belongs_to(self, party: Party, role: str) -> str:
        """The body named right beside a person: "the CPA's Colonel", "of the Green Cross"."""
        match = re.match(
            r"of (?:the )?(?P<a>[A-Z].+)$|(?:the |The )?(?P<b>[A-Z][\w’'. ]*?)[’']s?\s*(?:[A-Z]\w+\.?\s*)*$", role
        )
        holder = self._seen.party((match["a"] or match["b"]).strip()) if match else None
        return (
            holder.name if holder is not None and holder is not party and holder.kind is SourceKind.ORGANISATION else ""
        )

    def fullest(self, name: str) -> str:
        """The fullest form of a name in the article; the name itself where it does not occur."""
        party = self._seen.party(name)
        return party.name if party else name

    def _organisation(self, noun: str, span: Span) -> str:
        """The organisation that "the NOUN" means before a place: quoted before, or named last."""
        source = self.definite(noun, span)
        return source.name if source is not None else ""

    def definite(self, noun: str, span: Span) -> Source | None:
        """The body that "the NOUN" means at a place (any body for an empty noun); None where none fits."""
        subject = None if noun else self._subject(span)
        if subject is not None:
            return subject
        fitting = [
            p
            for p in self._seen.parties
            if p.first < span.start and p.kind is not SourceKind.PERSON and not self._seen.describes(p)
        ]
        by_name = [p for p in fitting if noun and noun in fold(p.name).split()]
        by_role = [p for p in fitting if noun and any(noun in fold(role).split() for role in p.roles)]
        outlet = noun in OUTLET_NOUNS
        pool = (
            by_name
            or by_role
            or [
                p
                for p in fitting
                if (noun in ANAPHORS or not noun)
                and (p.kind is SourceKind.ORGANISATION or outlet)
                and is_body(p)
                and not clashes(noun, p)
            ]
        )
        heard = [
            item
            for item in self._seen.heard
            if item.source.kind
            in ({SourceKind.ORGANISATION, SourceKind.OUTLET} if outlet else {SourceKind.ORGANISATION})
            and (not pool or any(same_name(p.name, item.source.name) for p in pool))
        ]
        if not pool:
            if noun not in ANAPHORS and noun:
                return None
            unclashing = [
                item
                for item in heard
                if not (set(fold(item.source.name).split()) & PUBLIC and noun in PUBLIC | COMPANY)
            ]
            if unclashing:
                return replace(unclashing[-1].source, role="")
            later = [
                p
                for p in self._seen.parties
                if p.kind is not SourceKind.PERSON and noun and noun in fold(p.name).split()
            ]
            if later:
                return self._seen.named(later[0])
            return None
        last = max(pool, key=lambda p: self._seen.last_named(p, span.start))
        if heard and heard[-1].at > self._seen.last_named(last, span.start):
            return replace(heard[-1].source, role="")
        return self._seen.named(last)

    def _subject(self, span: Span) -> Source | None:
        """The body that opens the sentence of a place: "The Front took the ship, its spokesman said"."""
        ends = [(self._seen.text.rfind(mark, 0, span.start), len(mark)) for mark in (". ", "\n", "” ", '" ')]
        start = max((at + length for at, length in ends if at >= 0), default=0)
        opening = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", self._seen.text[start : span.start].lstrip())
        phrase = _BODY_OF.match(opening)
        if phrase and phrase["noun"] in LOCAL_NOUNS:
            return Source(phrase.group(), SourceKind.ORGANISATION)
        for party in self._seen.parties:
            if party.kind is SourceKind.ORGANISATION and any(
                len(form) > 2 and re.match(rf"{re.escape(form)}(?![\w-])(?![’']s)", opening) for form in party.forms
            ):
                return self._seen.named(party)
        return None

    def owner(self, pronoun: str, span: Span, agent: Party | None = None) -> str:
        """The party that "its", "their", "his" or "her" means at a place; empty where none fits."""
        if pronoun in {"its", "their"}:
            found = self.definite("", span)
            nearest = [
                p
                for p in self._seen.parties
                if p.kind is SourceKind.ORGANISATION
                and p.first < span.start
                and not self._seen.describes(p)
                and set(fold(p.name).split()) & ORGANISATION_WORDS
            ]
            if nearest:
                last = max(nearest, key=lambda p: self._seen.last_named(p, span.start))
                if found is None or span.start - self._seen.last_named(last, span.start) < 200:
                    return last.name
            return found.name if found else ""
        persons = [
            p for p in self._seen.parties if p.kind is SourceKind.PERSON and p.first < span.start and p is not agent
        ]
        word = {"his": "he", "her": "she"}.get(pronoun, "")
        persons = [p for p in persons if not word or self._seen.gender(self._seen.named(p)) in {"", word}]
        start = max(self._seen.text.rfind(mark, 0, span.start) for mark in (". ", "\n", "” ", '" '))
        subject = [p for p in persons if self._seen.text.find(p.name.split()[-1], max(0, start), span.start) >= 0]
        if subject:
            return min(subject, key=lambda p: self._seen.text.find(p.name.split()[-1], max(0, start), span.start)).name
        return max(persons, key=lambda p: self._seen.last_named(p, span.start)).name if persons else ""
