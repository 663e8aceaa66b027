"""Who a source is: names, titles, pronouns and definite nouns of one article, resolved to parties."""

from __future__ import annotations

import re
from dataclasses import replace

from index.article import Article
from index.bodies import Bodies
from index.definite_nouns import DefiniteNouns
from index.mentions import Heard, Mentions
from index.names import (
    ORGANISATION_WORDS,
    fold,
    head_noun,
    is_acronym,
    kind_of,
    short_of,
)
from index.nouns import (
    DEFINITE,
    FORMER,
    LAWYER,
    OFFICE,
    ORGANISATION_NOUNS,
    OUTLET_NOUNS,
    indefinite_member,
    is_plural,
    outermost,
    person_noun,
    shortened,
    without_adjectives,
)
from index.parties import Party
from index.source_words import (
    BARE_SOURCES,
    DISPUTES,
    DOCUMENT,
    LOCAL,
    LONE_NAME,
    MASSES,
    MEDIA,
    PRONOUN,
    SELF,
    SOLE_OFFICE,
    TAKEN_UP,
    UNTOLD,
    personal,
)
from index.spans import Span
from index.statements import Source, SourceKind

_RULER_OF = re.compile(
    r"(?:the|an?)\s+(?:(?!former|ex-)[\w-]+\s+){0,2}?(?:president|prime minister|premier|governor|mayor|king|queen|chancellor|attorney general|senator)\s+"
    r"(?:of|from)\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""Before the name of a country or a town: its ruler is a party of his or her own."""


class Resolver:
    """Resolves the source spans of one article, which must be given from top to bottom."""

    def __init__(self, article: Article) -> None:
        self._seen = Mentions(article)
        self._bodies = Bodies(self._seen)
        self._nouns = DefiniteNouns(self._seen, self._bodies)

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
        self._seen.heard.append(Heard(source, nouns, span.start))
        return source

    def subject(self, clause: Span) -> Source:
        """The party that opens a clause, by name or pronoun; nobody where none does."""
        words = clause.of(self._seen.text)
        opening = re.match(r"\W*(?P<who>[Hh]e|[Ss]he|(?:[Tt]he\s+)?[A-Z][\w’'.\-]*(?:\s+[A-Z][\w’'.\-]*)*)", words)
        if opening is None:
            return Source("", SourceKind.UNNAMED)
        span = Span(clause.start + opening.start("who"), clause.start + opening.end("who"))
        found = (
            self._find(opening["who"], span)
            if opening["who"][:2] in {"He", "he", "Sh", "sh"}
            else self._by_name(opening["who"], span)
        )
        return found or Source("", SourceKind.UNNAMED)

    def outlet(self, name: str) -> Source | None:
        """The outlet that a name after "told" or "to" stands for; None where it names no outlet."""
        bare = re.sub(r"^[Tt]he\s+", "", name).rstrip(".")
        if self._seen.article.publisher and short_of(bare, self._seen.article.publisher):
            return Source(self._seen.article.publisher, SourceKind.OUTLET)
        party = self._seen.party(bare)
        if party is not None and party.kind is SourceKind.OUTLET:
            return self._seen.named(party)
        if kind_of(bare) is SourceKind.OUTLET or self._only_told(bare, party):
            return Source(bare, SourceKind.OUTLET)
        return None

    def _only_told(self, name: str, party: Party | None) -> bool:
        """True for a name of one word that the text uses for nothing but somebody who is told things: an outlet without
        an outlet's name. A person, and a body that its own name or a description tells, is none."""
        if " " in name or (
            party is not None
            and (party.kind is SourceKind.PERSON or set(fold(party.name).split()) & ORGANISATION_WORDS)
        ):
            return False
        text = self._seen.text
        mentions = len(re.findall(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", text))
        told = len(
            re.findall(
                rf"\b(?:told|telling|interview with|(?:spoke|speaking|talking) to|quoted by|cited by)\s+(?:the\s+)?{re.escape(name)}(?![\w-])",
                text,
            )
        )
        says = len(
            re.findall(
                rf"(?<![\w’'-]){re.escape(name)}\s+(?:reported|reports|could not|was unable|cited|has not been able|has seen|saw)\b",
                text,
            )
        )
        return told > 0 and told + says == mentions

    def _find(self, words: str, span: Span) -> Source:
        publisher = self._seen.article.publisher
        if SELF.match(words):
            return Source(publisher, SourceKind.OUTLET)
        if publisher and short_of(re.sub(r"^[Tt]he\s+", "", words), publisher):
            return Source(publisher, SourceKind.OUTLET)
        if words.lower() in UNTOLD:
            return Source(words, SourceKind.UNNAMED, role=words)
        pronoun = PRONOUN.match(words)
        if pronoun and len(words.split()) <= 4:
            return self._pronoun(pronoun["word"].lower(), span)
        document = DOCUMENT.match(words)
        if document:
            author = self._by_name(document["by"], span)
            if author is not None and author.kind is not SourceKind.UNNAMED:
                return author
            printed = re.search(
                r"\b(?:published|printed|carried|appearing|appeared)\s+in\s+(?:the\s+)?((?:[A-Z][\w’'\-]*\s?)+)", words
            )
            if printed:
                return Source(printed.group(1).strip(), SourceKind.OUTLET, role=words)
        named = self._by_name(words, span)
        if named is not None:
            return named
        office = SOLE_OFFICE.match(words[:1].lower() + words[1:]) or SOLE_OFFICE.match(words.lower())
        if office:
            return self._nouns.office(words, office["office"], office["body"] or "", span)
        told = self._told_last() if TAKEN_UP.fullmatch(words) else None
        if told is not None:
            return told
        if BARE_SOURCES.match(words):
            noun = head_noun(words).rstrip("s")
            earlier = [
                item.source
                for item in self._seen.heard
                if item.source.kind is SourceKind.UNNAMED
                and (
                    noun in {"source", "people", "informant", "witnesse"}
                    or noun in {word.rstrip("s") for word in item.nouns}
                )
            ]
            if earlier and DEFINITE.match(words):
                return earlier[-1]
            return Source(words, SourceKind.UNNAMED, role=words)
        speaks = re.match(
            r"an?\s+(?:[\w\-]+\s+)?(?P<body>[a-z]+)[’']?s?\s+spokes\w+|an?\s+spokes\w+\s+(?:for|of)\s+(?:the|its)\s+(?:[\w\-]+\s+)?(?P<of>[a-z]+)$",
            words,
            re.IGNORECASE,
        )
        if speaks and (speaks["body"] or speaks["of"]).lower() in ORGANISATION_NOUNS:
            noun = (speaks["body"] or speaks["of"]).lower()
            return replace(
                self._bodies.definite(noun, span) or Source(f"the {noun}", SourceKind.ORGANISATION), role=words
            )
        if DEFINITE.match(words):
            return self._nouns.known(words, span)
        if words.lower() in {"police", "the police"}:
            return self._bodies.definite("police", span) or Source("police", SourceKind.ORGANISATION)
        local = LOCAL.fullmatch(words)
        if local and local["noun"] in ORGANISATION_NOUNS | MEDIA:
            kind = SourceKind.OUTLET if local["noun"] in MEDIA | OUTLET_NOUNS else SourceKind.ORGANISATION
            return Source(local["name"], kind, role=words)
        if LONE_NAME.fullmatch(words) and words.lower() not in MASSES:
            return Source(words, kind_of(words))
        return Source(shortened(words), SourceKind.UNNAMED, role=words)

    def _told_last(self) -> Source | None:
        """Whoever told something last, and did not deny it."""
        for item in reversed(self._seen.heard):
            if item.source.name and not DISPUTES.match(self._seen.text, item.at):
                return item.source
        return None

    # --- pronouns

    def _pronoun(self, word: str, span: Span) -> Source:
        if word in {"he", "she", "him", "her"}:
            return self._he_or_she("he" if word in {"he", "him"} else "she", span)
        if word == "it":
            last = self._seen.heard[-1] if self._seen.heard else None
            here = self._seen.text.rfind("\n", 0, span.start)
            if last is not None and last.source.kind is SourceKind.ORGANISATION and last.at > here:
                return last.source  # "The army denied it. He had, it said, been fishing"
            found = self._bodies.definite("", span)
            if found is not None:
                return found
        wanted = (SourceKind.ORGANISATION, SourceKind.OUTLET) if word == "it" else tuple(SourceKind)
        fitting = [item.source for item in self._seen.heard if item.source.kind in wanted]
        several = [
            source
            for source in fitting
            if source.kind is not SourceKind.PERSON
            and (source.kind is not SourceKind.UNNAMED or is_plural(source.name))
        ]
        if fitting:
            return (several or fitting)[-1]
        return self._named_before(SourceKind.ORGANISATION, word, span)

    def _he_or_she(self, word: str, span: Span) -> Source:
        """The last person who was quoted or opened a sentence, unless the text calls that person by the other pronoun."""
        subject = self._subject_before(span)
        if subject is not None and self._may_be(self._seen.named(subject), word):
            return self._bodies.person(subject, subject.name, span)
        for item in reversed(self._seen.heard):
            mine = re.search(r"\b(?:his|her)\b", item.source.role) if item.source.speaks_for else None
            if mine and {"his": "he", "her": "she"}[mine.group()] == word:
                continue  # "her lawyer said ... She added": the client
            if personal(item.source) and self._may_be(item.source, word):
                self._seen.called(item.source, word)
                return item.source
        found = self._named_before(SourceKind.PERSON, word, span)
        lone = [
            item.source
            for item in self._seen.heard
            if LONE_NAME.fullmatch(item.source.name) and not is_acronym(item.source.name)
        ]
        if not found.name and lone:
            return replace(lone[-1], kind=SourceKind.PERSON)
        return found

    def _may_be(self, source: Source, word: str) -> bool:
        return self._seen.gender(source) in {"", word}

    def _named_before(self, kind: SourceKind, word: str, span: Span) -> Source:
        """The party of a kind that was named last before a place; one without a name where there is none."""
        before = [party for party in self._seen.parties if party.kind is kind and party.first < span.start]
        if kind is SourceKind.PERSON:
            before = [party for party in before if self._may_be(self._seen.named(party), word)]
        if before and re.search(r"\w", self._seen.text[: span.start]):
            return self._seen.named(max(before, key=lambda party: self._seen.last_named(party, span.start)))
        return Source("", SourceKind.UNNAMED, role=word)

    def _subject_before(self, span: Span) -> Party | None:
        """A person who opens a sentence between the last source and the pronoun, in one paragraph."""
        after = max(self._seen.heard[-1].at if self._seen.heard else 0, self._seen.text.rfind("\n\n", 0, span.start))
        found = None
        for party in self._seen.parties:
            if party.kind is not SourceKind.PERSON:
                continue
            for form in party.forms:
                at = self._seen.text.rfind(form, after + 1, span.start)
                opens = at >= 0 and re.search(
                    r"(?:^|\n|[.!?][”\"]?\s+)(?:[A-Z][a-z]+\.?\s+)?$", self._seen.text[max(0, at - 30) : at]
                )
                if opens and (found is None or at > found[0]):
                    found = (at, party)
        return found[1] if found else None

    # --- names

    def _by_name(self, words: str, span: Span) -> Source | None:
        """The party named in the words: a person first, and the body spoken for where the words or its role say so."""
        found: list[tuple[int, int, Party]] = []
        head = re.split(r",?\s+\b(?:who|which|that)\b", words)[0]
        for party in self._seen.parties:
            places = [
                (match.start(), -len(form))
                for form in party.forms
                if form in words  # cheap, and true of few
                for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", words)
            ]
            if places:
                found.append((*min(places), party))
        found.sort(key=lambda place: place[:2])
        found = outermost(found)
        if not found:
            return None
        found = without_adjectives(words, found, len(head))
        if _RULER_OF.fullmatch(words[: found[0][0]]) and not set(fold(found[0][2].name).split()) & ORGANISATION_WORDS:
            if len(found) == 1:
                return Source(words, SourceKind.PERSON, role=words)  # "the governor of Orle"
            found = found[1:]
        persons = [
            place
            for place in found
            if place[2].kind is SourceKind.PERSON and (place[0] < len(head) or "introduced as" in words)
        ]
        if persons:
            at, _, person = persons[0]
            person = self._namesake(person, words, span)
            owned = (
                re.match(
                    r"[’'](?:s\b)?\s+([^,]*?),?\s*$", words[at + len(self._seen.form_in(person, words)) : persons[1][0]]
                )
                if persons[1:]
                else None
            )
            if owned:  # "Greel's lawyer, Otto Finn"
                agent = self._bodies.person(persons[1][2], words[persons[1][0] :], span)
                return (
                    replace(agent, speaks_for=person.name, role=owned.group(1))
                    if LAWYER.search(owned.group(1)) or re.search(r"spokes|agent|press", owned.group(1))
                    else agent
                )
            if re.match(r"[’']s\b", words[at + len(self._seen.form_in(person, words)) :]) and not persons[1:]:
                return self._nouns.belonging(words, at, person, span)
            return self._bodies.person(person, words, span)
        at, _, body = found[0]
        if at >= len(head):
            return None  # named only in the relative clause: "the trust that owns the company"
        before = words[:at].strip()
        adjective = re.match(r"\.?\s+[a-z]", words[at + len(self._seen.form_in(body, words)) :])
        if adjective and re.search(r"\bspokes\w+", words):
            return replace(self._seen.named(body), role=words)
        if adjective and not re.search(r"[a-z]", before.removesuffix("the").removesuffix("The")):
            described = self._nouns.described(words[at:], self._seen.form_in(body, words), span)
            if described is not None:
                return described
        if adjective and re.match(r"(?:an?|one|another|some|several|two|three|many)\b", before, re.IGNORECASE):
            return Source(shortened(words), SourceKind.UNNAMED, role=words)
        after = words[at + len(self._seen.form_in(body, words)) :]
        if indefinite_member(before):
            if (
                OFFICE.search(before)
                and not FORMER.search(before)
                and not re.search(r"\bofficers?\b|\bofficials?\b|\bcommanders?\b", before)
            ):
                return replace(self._seen.named(body), role=words)
            return Source(shortened(words), SourceKind.UNNAMED, role=words)
        if re.match(r"[’']s?\s+\w", after) and re.search(
            r"[’']s?\s+(?:own\s+)?(?:\w+\s+)?(?:spokes\w+|lawyers?|press office|reporters?|statement|report|website)",
            after,
        ):
            return replace(self._seen.named(body), role=words)
        if re.search(r"\b(?:by|at|in|from|near|of|to)\s+(?:the\s+)?$", before + " ") and person_noun(before):
            return self._nouns.unnamed_or_known(words, span)
        return replace(self._seen.named(body), role=before if re.search(r"[a-z]{4}", before) else "")

    def _namesake(self, party: Party, words: str, span: Span) -> Party:
        """The one whom a bare surname means where several persons bear it: named in full in this or the paragraph before; else
        the one whom the article names first, or the only one that it quoted."""
        form = self._seen.form_in(party, words)
        if " " in form:
            return party
        sharing = [
            other
            for other in self._seen.parties
            if other.kind is SourceKind.PERSON
            and other is not party
            and re.sub(r"\s(?:Jr|Sr)\.?$", "", other.name).split()[-1] == form
        ]
        if not sharing:
            return party
        several = [p for p in (party, *sharing) if any(" " in form for form in p.forms)]
        text = self._seen.text
        full = {p.name: [form for form in p.forms if " " in form] for p in several}
        main = min(several, key=lambda p: min(at if (at := text.find(f)) >= 0 else len(text) for f in full[p.name]))
        quoted = [item.source.name for item in self._seen.heard]
        last_break = text.rfind("\n\n", 0, span.start)
        start = max(0, text.rfind("\n\n", 0, max(0, last_break)))
        near = {
            p.name: max(text.rfind(f, start, span.start) for f in full[p.name])
            for p in several
            if p is main or p.name in quoted
        }
        if max(near.values()) >= 0:
            return max(several, key=lambda p: near.get(p.name, -1))
        if main.name in quoted:
            return main
        return next((p for name in reversed(quoted) for p in several if p.name == name), main)
