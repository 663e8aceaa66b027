"""Who a source is: names, titles, pronouns and definite nouns of one article, resolved to parties."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.article import Article
from index.names import (
    HONORIFICS,
    ORGANISATION_WORDS,
    Party,
    fold,
    head_noun,
    is_acronym,
    name_words,
    parties,
    same_name,
    short_of,
    strip_honorifics,
)
from index.spans import Span
from index.statements import Source, SourceKind

_PRONOUN = re.compile(
    r"^(?P<word>he|she|it|they|him|her|them|both|the two|one of them|the other)(?:\s+(?:also|both|all))?(?=$|,|\s+who\b)",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"^(?:(?:our|an?) (?:earlier |previous |front-page |recent )?(?:article|report|story|item|headline)\b.*|we|our|us|i|the editors?|this (?:news)?(?:paper|site|reporter|correspondent|magazine|station)|(?:a|our|the [\w’']+) (?:own )?reporters?|"
    r"(?:a|the) reporter (?:of|for|from)\b.*)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:spokes\w+|speak(?:s|ing)? for|lawyers?|attorneys?|counsel|solicitors?|barrister|minister|president|prime minister|director|chief|heads?|chair\w*|"
    r"secretary|coordinator|officer|commander|governor|mayor|manager|chancellor|commissioner|ceo|cfo|coo|executive|treasurer|founder|leader|"
    r"press office|representative|agent|owner|boss|principal|superintendent|editor|analyst|inspector general|registrar|curator|captain|coach|ombudsman)\b",
    re.IGNORECASE,
)
_LAWYER = re.compile(r"\b(?:lawyers?|attorneys?|counsel|solicitors?|barrister|agent)\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex-|ex |then|one-time|retired|sacked|dismissed|ousted)\b", re.IGNORECASE)
_RANKS = {
    "admiral": "navy",
    "general": "army",
    "constable": "police",
    "inspector": "police",
    "superintendent": "police",
    "chief constable": "police",
}
ORGANISATION_NOUNS = frozenset(
    "agency group company union front observatory authority office police army navy court bank university trust council party "
    "commission committee department ministry service institute association federation organisation organization foundation "
    "club league force coalition government administration parliament charity firm manufacturer operator owner "
    "newspaper paper broadcaster station magazine website outlet channel tabloid newsletter wire daily regulator watchdog "
    "ngo nonprofit body board team airline carrier hospital school militia movement network syndicate cooperative "
    "consortium developer insurer lender retailer utility laboratory journal publisher institution corporation "
    "subsidiary alliance gendarmerie inspectorate prosecution defence side radio chamber family shipowner line".split()
)
PERSON_NOUNS = frozenset(
    "man woman guard engineer official officer farmer foreman colonel general admiral commander minister president director "
    "spokesman spokeswoman spokesperson lawyer attorney witness doctor nurse teacher worker employee resident source informant analyst expert "
    "researcher scientist professor author manager executive chief head leader activist politician senator lawmaker judge "
    "prosecutor soldier driver pilot captain sailor neighbour neighbor mother father brother sister wife husband widow "
    "student survivor victim insider trader banker economist secretary coordinator inspector mayor governor chairman chairwoman "
    "coach athlete player rider runner swimmer cyclist trainer physician chemist biologist physicist clerk whistleblower "
    "whistle-blower diplomat aide adviser advisor accountant auditor butcher landlord superintendent detective candidate deputy treasurer skipper "
    "lead-author passenger deckhand fisherman steward purser harbourmaster".split()
)
_ANYBODY = frozenset({"man", "woman", "source", "official", "informant"})
_BARE_SOURCES = re.compile(
    r"^(?:the |these |those |our |its |their )?(?:same )?(?:sources?|reports?|claims?|informants?|people|witnesses|officials)$",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(
    r"^(?:an?|some|several|many|two|three|four|five|six|local|other|unnamed|anonymous|senior|various|multiple|one|another|more|most|few|residents|sources|officials|witnesses|people)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"^(?:the|that|this|these|those|its|his|her|their|mr|mrs|ms)\s+", re.IGNORECASE)


@dataclass
class _Heard:
    """A source met before, with the nouns that described it."""

    source: Source
    nouns: set[str]
    at: int


class Resolver:
    """Resolves the source spans of one article, which must be given from top to bottom."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._text = article.text
        self._parties = parties(article.text, (article.publisher, article.credit))
        self._heard: list[_Heard] = []

    def resolve(self, words: str, span: Span) -> Source:
        """The party that the words of a source span stand for.

        Args:
            words: the source's words; may be a part of the span (the inner link of "X, citing Y").
            span: where they stand.
        """
        words = re.sub(r"\s+", " ", words).strip(" ,.;:“”\"'‘’\u00a0")
        words = re.sub(r"^(?:(?:on|in|at|from|by)\s[^,]{2,50}?,?\s+)+(?=we$|this news)", "", words, flags=re.IGNORECASE)
        words = re.sub(r"^(?:in|on|by)\s+(?:\w+\s+)?\d{4},?\s+", "", words, flags=re.IGNORECASE)
        source = self._find(words, span)
        nouns = set(re.findall(r"[a-z][a-z\-]+", words.lower())) | set(fold(source.role).split())
        self._heard.append(_Heard(source, nouns, span.start))
        return source

    def outlet(self, name: str) -> Source | None:
        """The outlet that a name after "told" or "to" stands for; None where it names no outlet."""
        bare = re.sub(r"^[Tt]he\s+", "", name).rstrip(".")
        if self._article.publisher and short_of(bare, self._article.publisher):
            return Source(self._article.publisher, SourceKind.OUTLET)
        party = self._party(bare)
        if party is not None and party.kind is SourceKind.OUTLET:
            return self._named(party)
        from index.names import kind_of

        return Source(bare, SourceKind.OUTLET) if kind_of(bare) is SourceKind.OUTLET else None

    def _find(self, words: str, span: Span) -> Source:
        publisher = self._article.publisher
        if _SELF.match(words):
            return Source(publisher, SourceKind.OUTLET)
        if publisher and short_of(re.sub(r"^[Tt]he\s+", "", words), publisher):
            return Source(publisher, SourceKind.OUTLET)
        pronoun = _PRONOUN.match(words)
        if pronoun and len(words.split()) <= 4:
            return self._pronoun(pronoun["word"].lower(), span)
        named = self._by_name(words, span)
        if named is not None:
            return named
        if _BARE_SOURCES.match(words):
            earlier = [item.source for item in self._heard if item.source.kind is SourceKind.UNNAMED]
            if earlier and not re.match(r"(?:local|other|some)", words, re.IGNORECASE):
                return earlier[-1]
            if (
                re.match(r"(?:that|these|those|the|this)\b", words, re.IGNORECASE)
                and self._heard
                and re.search(r"claims?|reports?$", words)
            ):
                return self._heard[-1].source
            return Source(words, SourceKind.UNNAMED, role=words)
        speaks = re.match(
            r"an?\s+(?:[\w\-]+\s+)?(?P<body>[a-z]+)[’']?s?\s+spokes\w+|an?\s+spokes\w+\s+(?:for|of)\s+(?:the|its)\s+(?:[\w\-]+\s+)?(?P<of>[a-z]+)$",
            words,
            re.IGNORECASE,
        )
        if speaks and (speaks["body"] or speaks["of"]).lower() in ORGANISATION_NOUNS:
            noun = (speaks["body"] or speaks["of"]).lower()
            return replace(
                self._definite_organisation(noun, span) or Source(f"the {noun}", SourceKind.ORGANISATION), role=words
            )
        if _DEFINITE.match(words):
            return self._definite(words, span)
        return Source(_short(words), SourceKind.UNNAMED, role=words)

    # --- pronouns

    def _pronoun(self, word: str, span: Span) -> Source:
        wanted = {
            "he": (SourceKind.PERSON,), "she": (SourceKind.PERSON,), "him": (SourceKind.PERSON,), "her": (SourceKind.PERSON,),
            "it": (SourceKind.ORGANISATION, SourceKind.OUTLET),
        }.get(word, tuple(SourceKind))  # fmt: skip
        if word == "it":
            found = self._definite_organisation("", span)
            if found is not None:
                return found
        subject = self._subject_before(span) if wanted[0] is SourceKind.PERSON else None
        if subject is not None:
            return self._person(subject, subject.name, span)
        for item in reversed(self._heard):
            kind = item.source.kind
            if kind is SourceKind.UNNAMED and wanted[0] is SourceKind.PERSON and _is_plural(item.source.name):
                continue
            if kind in wanted or (kind is SourceKind.UNNAMED and wanted[0] is SourceKind.PERSON):
                return item.source
        sort = SourceKind.PERSON if wanted[0] is SourceKind.PERSON else SourceKind.ORGANISATION
        if not re.search(r"\w", self._text[: span.start]):
            return Source("", SourceKind.UNNAMED, role=word)
        before = [party for party in self._parties if party.kind is sort and party.first < span.start]
        if before:
            return self._named(max(before, key=lambda party: self._last_named(party, span.start)))
        return Source("", SourceKind.UNNAMED, role=word)

    def _subject_before(self, span: Span) -> Party | None:
        """A person who opens a sentence between the last source and the pronoun, in one paragraph."""
        after = max(self._heard[-1].at if self._heard else 0, self._text.rfind("\n\n", 0, span.start))
        found = None
        for party in self._parties:
            if party.kind is not SourceKind.PERSON:
                continue
            for form in party.forms:
                at = self._text.rfind(form, after + 1, span.start)
                opens = at >= 0 and re.search(
                    r"(?:^|\n|[.!?][”\"]?\s+)(?:[A-Z][a-z]+\.?\s+)?$", self._text[max(0, at - 30) : at]
                )
                if opens and (found is None or at > found[0]):
                    found = (at, party)
        return found[1] if found else None

    def _last_named(self, party: Party, before: int) -> int:
        return max(self._text.rfind(form, 0, before) for form in party.forms)

    # --- names

    def _party(self, name: str) -> Party | None:
        bare = strip_honorifics(name)
        exact = [party for party in self._parties if any(fold(form) == fold(bare) for form in party.forms)]
        if exact:
            return exact[0]
        near = [party for party in self._parties if any(short_of(bare, form) for form in party.forms)]
        return near[0] if near else None

    def _by_name(self, words: str, span: Span) -> Source | None:
        """The party named in the words: a person first, and the body spoken for where the words or its role say so."""
        found: list[tuple[int, int, Party]] = []
        head = re.split(r",?\s+\b(?:who|which|that)\b", words)[0]
        for party in self._parties:
            places = [
                (match.start(), -len(form))
                for form in party.forms
                if form in words  # cheap, and true of few
                for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", words)
            ]
            if places:
                found.append((*min(places), party))
        found.sort(key=lambda place: place[:2])
        found = _outermost(found)
        if not found:
            return None
        found = _without_adjectives(words, found, len(head))
        persons = [
            place
            for place in found
            if place[2].kind is SourceKind.PERSON and (place[0] < len(head) or "introduced as" in words)
        ]
        if persons:
            at, _, person = persons[0]
            if re.match(r"[’']s\b", words[at + len(self._form_in(person, words)) :]) and not persons[1:]:
                return self._belonging(words, at, person, span)
            return self._person(person, words, span)
        at, _, body = found[0]
        if at >= len(head):
            return None  # named only in the relative clause: "the trust that owns the company"
        before = words[:at].strip()
        adjective = re.match(r"\s+[a-z]", words[at + len(self._form_in(body, words)) :])
        if adjective and re.search(r"\bspokes\w+", words):
            return replace(self._named(body), role=words)
        if adjective and re.match(r"(?:an?|one|another|some|several|two|three|many)\b", before, re.IGNORECASE):
            return Source(_short(words), SourceKind.UNNAMED, role=words)
        after = words[at + len(self._form_in(body, words)) :]
        if _indefinite_member(before):
            if (
                _OFFICE.search(before)
                and not _FORMER.search(before)
                and not re.search(r"\bofficers?\b|\bofficials?\b|\bcommanders?\b", before)
            ):
                return replace(self._named(body), role=words)
            return Source(_short(words), SourceKind.UNNAMED, role=words)
        if re.match(r"[’']s?\s+\w", after) and re.search(
            r"[’']s?\s+(?:own\s+)?(?:\w+\s+)?(?:spokes\w+|lawyers?|press office|reporters?|statement|report|website)",
            after,
        ):
            return replace(self._named(body), role=words)
        if re.search(r"\b(?:by|at|in|from|near|of|to)\s+(?:the\s+)?$", before + " ") and _person_noun(before):
            return self._unnamed_or_known(words, span)
        return replace(self._named(body), role=before if re.search(r"[a-z]{4}", before) else "")

    def _form_in(self, party: Party, words: str) -> str:
        return next((form for form in party.forms if form in words), party.name)

    def _belonging(self, words: str, at: int, owner: Party, span: Span) -> Source:
        """ "Greel's lawyer": the one who speaks for the owner; "Coral's neighbour" is somebody else."""
        if _OFFICE.search(words):
            return Source(_short(words), SourceKind.UNNAMED, speaks_for=owner.name, role=words)
        return Source(_short(words), SourceKind.UNNAMED, role=words)

    def _named(self, party: Party) -> Source:
        return Source(party.name, party.kind, aliases=party.forms[1:])

    def _person(self, party: Party, words: str, span: Span) -> Source:
        near = words.replace(self._form_in(party, words), " ")
        known = [
            item.source for item in self._heard if fold(item.source.name) == fold(party.name) and item.source.speaks_for
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
            for item in self._heard
            if item.source.speaks_for and not item.source.aliases and _LAWYER.search(item.source.role)
        ]
        if not body and lawyer and _LAWYER.search(near):
            body = lawyer[-1].source.speaks_for
        return Source(
            party.name, SourceKind.PERSON, speaks_for=body, aliases=party.forms[1:], role=role.strip("; ")[:160]
        )

    def _by_rank(self, party: Party, span: Span) -> str:
        """An admiral speaks for the navy that the article names; a commander, for the group quoted just before."""
        places = [self._text.find(form) for form in party.forms]
        before = " ".join(self._text[max(0, at - 24) : at] for at in places if at >= 0).lower()
        for rank, word in _RANKS.items():
            if re.search(rf"\b{rank}\s*$|\b{rank}\s", before):
                for other in self._parties:
                    if word in fold(other.name).split():
                        return other.name
        if re.search(r"\bcommander\s*$", before):
            bodies = [item.source for item in self._heard if item.source.kind is SourceKind.ORGANISATION]
            return bodies[-1].name if bodies else ""
        return ""

    def _body(self, party: Party, role: str, span: Span) -> str:
        """The body that someone with this role speaks for; empty where the role is no office."""
        if role and re.match(r"(?:of (?:the )?|the |The )?[A-Z]", role.strip()) and not _FORMER.search(role):
            body = self._belongs_to(party, role.strip())
            if body:
                return body
        if not role or not _OFFICE.search(role) or (_FORMER.search(role) and not _LAWYER.search(role)):
            return ""
        office = re.search(r"\bMinister (for|of) ((?:[A-Z]\w+|and|the|of)(?:\s+(?:[A-Z]\w+|and|the|of))*)", role)
        if office:
            return self._fullest(f"Ministry {office.group(1)} {office.group(2).strip()}")
        minister = re.search(r"\b((?:[A-Z][a-z]+\s+)(?:and\s+[A-Z][a-z]+\s+)?)Minister\b", role)
        if minister and minister.group(1).strip() not in {"Prime", "First", "Deputy", "The"}:
            return self._fullest(f"{minister.group(1).strip()} Ministry")
        for other in self._parties:
            if other is party or (other.kind is SourceKind.PERSON and not _LAWYER.search(role)):
                continue
            if any(re.search(rf"(?<![\w-]){re.escape(form)}(?![\w])", role) for form in other.forms):
                return other.name
        noun = re.search(
            r"\b(?:the|its|our)\s+(?:\w+\s+)?("
            + "|".join(ORGANISATION_NOUNS)
            + r")\b|\b("
            + "|".join(ORGANISATION_NOUNS)
            + r")(?:[’']s)?\s+(?:spokes|chief|head|director|lawyer|president|secretary|official|press)",
            role,
            re.IGNORECASE,
        )
        if noun:
            return self._organisation(noun.group(1) or noun.group(2), span)
        if re.search(
            r"\b(?:its|their)\b|^(?:chief|deputy)?\s*(?:executive|operating|financial)|\bspokes", role, re.IGNORECASE
        ) or re.search(r"\bchief (?:executive|operating|financial)", role):
            return self._organisation("", span)
        if _LAWYER.search(role) and re.search(r"\b(?:his|her|their)\b", role):
            return self._owner("his", span)
        return ""

    def _belongs_to(self, party: Party, role: str) -> str:
        """The body named right beside a person: "the CPA's Colonel", "of the Green Cross"."""
        match = re.match(
            r"of (?:the )?(?P<a>[A-Z].+)$|(?:the |The )?(?P<b>[A-Z][\w’'. ]*?)[’']s?\s*(?:[A-Z]\w+\.?\s*)*$", role
        )
        holder = self._party((match["a"] or match["b"]).strip()) if match else None
        return (
            holder.name if holder is not None and holder is not party and holder.kind is SourceKind.ORGANISATION else ""
        )

    def _fullest(self, name: str) -> str:
        party = self._party(name)
        return party.name if party else name

    def _organisation(self, noun: str, span: Span) -> str:
        """The organisation that "the NOUN" means before a place: quoted before, or named last."""
        source = self._definite_organisation(noun, span)
        return source.name if source is not None else ""

    # --- definite nouns

    def _definite(self, words: str, span: Span) -> Source:
        possessive = re.match(r"^(?:its|his|her|their)\s+", words, re.IGNORECASE)
        phrase = _DEFINITE.sub("", words)
        head = head_noun(phrase)
        if possessive and _OFFICE.search(phrase):
            owner = self._owner(possessive.group().strip().lower(), span)
            if owner:
                return (
                    Source(_short(words), SourceKind.UNNAMED, speaks_for=owner, role=words)
                    if _LAWYER.search(phrase)
                    else replace(Source(owner, SourceKind.ORGANISATION), role=words)
                )
        body = re.match(
            r"(?:(?P<a>[\w\-]+)[’']s?\s+)(?:\w+\s+){0,2}(?P<b>spokes\w+|head|chief|coordinator|lawyers?|director|secretary|president)\b",
            phrase,
        )
        if body and body["a"].lower() in ORGANISATION_NOUNS:
            found = self._definite_organisation(body["a"].lower(), span)
            if found is not None:
                return replace(found, role=words)
        if possessive and not _OFFICE.search(phrase):
            return Source(_short(words), SourceKind.UNNAMED, role=words)
        return self._unnamed_or_known(words, span, head)

    def _unnamed_or_known(self, words: str, span: Span, head: str = "") -> Source:
        phrase = _DEFINITE.sub("", words)
        head = head or head_noun(phrase)
        singular = head[:-1] if head.endswith("s") and not head.endswith("ss") else head
        if not _DEFINITE.match(words):
            return Source(_short(words), SourceKind.UNNAMED, role=words)
        for item in reversed(self._heard):
            if {head, singular} & item.nouns and item.source.name:
                return item.source
        for party in sorted(self._parties, key=lambda p: -self._last_named(p, span.start)):
            if (
                party.first < span.start
                and party.kind is SourceKind.PERSON
                and any({head, singular} & set(fold(role).split()) for role in (*party.roles, self._title_of(party)))
            ):
                return self._person(party, words, span)
        if singular in ORGANISATION_NOUNS:
            own = len(phrase.split()) > 1
            found = self._definite_organisation(singular, span) if not own or singular in _ANAPHORS else None
            if found is None and own:
                found = next(
                    (
                        self._named(p)
                        for p in self._parties
                        if p.kind is not SourceKind.PERSON and singular in fold(p.name).split()
                    ),
                    None,
                )
            return found or Source(_short(phrase if own else words), SourceKind.ORGANISATION, role=words)
        if singular in PERSON_NOUNS or singular in HONORIFICS:
            return self._person_before(words, singular, span)
        return Source(_short(words), SourceKind.UNNAMED, role=words)

    def _title_of(self, party: Party) -> str:
        at = self._text.find(party.name)
        return " ".join(re.findall(r"[A-Z][a-z]+\.?", self._text[max(0, at - 24) : at])[-2:]) if at >= 0 else ""

    def _person_before(self, words: str, noun: str, span: Span) -> Source:
        for item in reversed(self._heard):
            nameless = item.source.kind is SourceKind.UNNAMED and not _is_plural(item.source.name)
            if item.source.kind is SourceKind.PERSON or (nameless and noun in _ANYBODY):
                return item.source
        before = [p for p in self._parties if p.kind is SourceKind.PERSON and p.first < span.start]
        if before and noun not in {"source", "informant", "official"}:
            return self._person(max(before, key=lambda p: self._last_named(p, span.start)), words, span)
        return Source(_short(words), SourceKind.UNNAMED, role=words)

    def _definite_organisation(self, noun: str, span: Span) -> Source | None:
        fitting = [p for p in self._parties if p.first < span.start and p.kind is not SourceKind.PERSON]
        by_name = [p for p in fitting if noun and noun in fold(p.name).split()]
        by_role = [p for p in fitting if noun and any(noun in fold(role).split() for role in p.roles)]
        outlet = noun in _OUTLET_NOUNS
        pool = (
            by_name
            or by_role
            or [
                p
                for p in fitting
                if (noun in _ANAPHORS or not noun)
                and (p.kind is SourceKind.ORGANISATION or outlet)
                and _is_body(p)
                and not _clashes(noun, p)
            ]
        )
        heard = [
            item
            for item in self._heard
            if item.source.kind
            in ({SourceKind.ORGANISATION, SourceKind.OUTLET} if outlet else {SourceKind.ORGANISATION})
            and (not pool or any(same_name(p.name, item.source.name) for p in pool))
        ]
        if not pool:
            if noun not in _ANAPHORS and noun:
                return None
            unclashing = [
                item
                for item in heard
                if not (set(fold(item.source.name).split()) & _PUBLIC and noun in _PUBLIC | _COMPANY)
            ]
            if unclashing:
                return replace(unclashing[-1].source, role="")
            later = [
                p for p in self._parties if p.kind is not SourceKind.PERSON and noun and noun in fold(p.name).split()
            ]
            if later:
                return self._named(later[0])
            return None
        last = max(pool, key=lambda p: self._last_named(p, span.start))
        if heard and heard[-1].at > self._last_named(last, span.start):
            return replace(heard[-1].source, role="")
        return self._named(last)

    def _owner(self, pronoun: str, span: Span) -> str:
        if pronoun in {"its", "their"}:
            found = self._definite_organisation("", span)
            nearest = [
                p
                for p in self._parties
                if p.kind is SourceKind.ORGANISATION
                and p.first < span.start
                and set(fold(p.name).split()) & ORGANISATION_WORDS
            ]
            if nearest:
                last = max(nearest, key=lambda p: self._last_named(p, span.start))
                if found is None or span.start - self._last_named(last, span.start) < 200:
                    return last.name
            return found.name if found else ""
        persons = [p for p in self._parties if p.kind is SourceKind.PERSON and p.first < span.start]
        start = max(self._text.rfind(mark, 0, span.start) for mark in (". ", "\n", "” ", '" '))
        subject = [p for p in persons if self._text.find(p.name.split()[-1], max(0, start), span.start) >= 0]
        if subject:
            return min(subject, key=lambda p: self._text.find(p.name.split()[-1], max(0, start), span.start)).name
        return max(persons, key=lambda p: self._last_named(p, span.start)).name if persons else ""


_OUTLET_NOUNS = frozenset(
    "agency paper newspaper daily station magazine wire website outlet channel broadcaster radio tabloid newsletter".split()
)
_ANAPHORS = frozenset(
    "company firm group agency organisation organization body union party outlet paper newspaper charity operator manufacturer "
    "station website movement militia bank airline trust daily magazine channel broadcaster association society owner "
    "institute laboratory club federation foundation newsletter wire tabloid ngo watchdog regulator insurer".split()
)
"""Nouns that news uses to take up an organisation named before, whatever its name says."""
_COMPANY = frozenset(
    "company firm group operator manufacturer owner shipowner airline carrier developer insurer lender retailer corporation line utility".split()
)
_PUBLIC = frozenset(
    "ministry navy army police court union agency party council commission authority parliament government university front militia".split()
)


def _clashes(noun: str, party: Party) -> bool:
    """True where the name itself says that it is of another sort: "the company" is no ministry."""
    words = set(fold(party.name).split())
    if noun in _COMPANY:
        return bool(words & _PUBLIC)
    return noun in _PUBLIC and bool(words & (_PUBLIC - {noun}))


def _outermost(found: list[tuple[int, int, Party]]) -> list[tuple[int, int, Party]]:
    """Names that are not part of a longer one at the same place."""
    kept: list[tuple[int, int, Party]] = []
    for at, length, party in found:
        if not any(start <= at and at - length <= start - long for start, long, _ in kept):
            kept.append((at, length, party))
    return kept


def _without_adjectives(words: str, found: list[tuple[int, int, Party]], head: int) -> list[tuple[int, int, Party]]:
    """Leaves out a name that only describes a later one: "the Halvian state outlet Beacon"."""
    kept = [
        place
        for place in found
        if not (
            re.match(r"\s+[a-z]", words[place[0] - place[1] :]) and any(place[0] < other[0] < head for other in found)
        )
    ]
    return kept or found


def _is_body(party: Party) -> bool:
    words = set(fold(party.name).split())
    return bool(words & ORGANISATION_WORDS) or any(is_acronym(form) for form in party.forms) or bool(party.roles)


def _indefinite_member(before: str) -> bool:
    """True for "a spokesman for the", "two officials of": somebody of the body, not named."""
    return bool(
        re.match(
            r"(?:an?|one|two|three|several|some|former|senior|unnamed|sources?|officials?|residents?|\w+s)\b.*\b(?:for|of|at|in|from|with|within|inside|by|close to|near|familiar with)\b\s*(?:the|its|their|an?)?(?:\s*[a-z][a-z\-]*){0,4}$",
            before,
            re.IGNORECASE,
        )
    )


def _person_noun(words: str) -> bool:
    return any(
        word.rstrip("s") in PERSON_NOUNS or word in PERSON_NOUNS for word in re.findall(r"[a-z\-]+", words.lower())
    )


def _is_plural(name: str) -> bool:
    head = head_noun(_DEFINITE.sub("", name))
    return (head.endswith("s") and not head.endswith("ss")) or head in {"people", "two", "three", "police"}


def _short(words: str) -> str:
    """An unnamed source in at most a dozen words, without what follows a comma."""
    first = re.split(r",|\s+who\b|\s+which\b", words)[0].strip()
    return " ".join((first or words).split()[:12])


__all__ = ["ORGANISATION_NOUNS", "Resolver", "name_words"]
