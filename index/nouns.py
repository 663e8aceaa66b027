"""Nouns that stand for a source without its name: offices, persons, bodies, outlets, and what tells them apart."""

from __future__ import annotations

import re

from index.names import BUSINESS, ORGANISATION_WORDS, fold, head_noun, is_acronym
from index.parties import Party
from index.statements import SourceKind

OFFICE = re.compile(
    r"\b(?:spokes\w+|speak(?:s|ing)? for|lawyers?|attorneys?|counsel|solicitors?|barrister|minister|president|prime minister|director|chief|heads?|chair\w*|"
    r"secretary|coordinator|officer|commander|governor|mayor|manager|chancellor|commissioner|ceo|cfo|coo|executive|treasurer|founder|leader|"
    r"press office|representative|agent|owner|boss|principal|superintendent|editor|analyst|inspector general|registrar|curator|captain|coach|ombudsman)\b",
    re.IGNORECASE,
)
"""Words of a role in which a person speaks for a body or for another person."""
LAWYER = re.compile(r"\b(?:lawyers?|attorneys?|counsel|solicitors?|barrister|agent)\b", re.IGNORECASE)
"""Words of a role in which a person speaks for a client."""
FORMER = re.compile(r"\b(?:former|ex-|ex |then|one-time|retired|sacked|dismissed|ousted)\b", re.IGNORECASE)
"""Words that tell that a role is over."""
RANKS = {
    "admiral": "navy",
    "general": "army",
    "constable": "police",
    "inspector": "police",
    "superintendent": "police",
    "chief constable": "police",
}
"""A rank, and the force for which its holder speaks."""
ORGANISATION_NOUNS = frozenset(
    "agency group company union front observatory authority office police army navy court bank university trust council party "
    "commission committee department ministry service institute association federation organisation organization foundation "
    "club league force coalition government administration parliament charity firm manufacturer operator owner "
    "newspaper paper broadcaster station magazine website outlet channel tabloid newsletter wire daily regulator watchdog "
    "ngo nonprofit body board team airline carrier hospital school militia movement network syndicate cooperative "
    "consortium developer insurer lender retailer utility laboratory journal publisher institution corporation "
    "subsidiary alliance gendarmerie inspectorate prosecution defence side radio chamber family shipowner line".split()
)
"""Nouns for a body."""
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
"""Nouns for a person."""
HOLDERS = frozenset("nominee congressman congresswoman king queen prince premier representative speaker".split())
"""Further nouns for the holder of a public office, who is told of by name elsewhere."""
MODIFIED = (
    ORGANISATION_NOUNS - frozenset("owner side line family company group firm agency paper".split())
) | frozenset(
    "forces troops officials authorities leadership embassy consulate regime campaign state military presidency".split()
)
"""Nouns for a body that an adjective or a country's name before them tells from others: "the Halvian government"."""
ANYBODY = frozenset({"man", "woman", "source", "official", "informant"})
"""Nouns that take up a person without a name, whatever that person was called before."""
DEFINITE = re.compile(r"^(?:the|that|this|these|those|its|his|her|their|mr|mrs|ms)\s+", re.IGNORECASE)
"""What makes a noun phrase point to somebody known."""
OUTLET_NOUNS = frozenset(
    "agency paper newspaper daily station magazine wire website outlet channel broadcaster radio tabloid newsletter".split()
)
"""Nouns for an outlet."""
ANAPHORS = frozenset(
    "company firm group agency organisation organization body union party outlet paper newspaper charity operator manufacturer "
    "station website movement militia bank airline trust daily magazine channel broadcaster association society owner "
    "institute laboratory club federation foundation newsletter wire tabloid ngo watchdog regulator insurer".split()
)
"""Nouns that news uses to take up an organisation named before, whatever its name says."""


COMPANY = frozenset(
    "company firm group operator manufacturer owner shipowner airline carrier developer insurer lender retailer corporation line utility".split()
)
"""Nouns for a business."""
PUBLIC = frozenset(
    "ministry navy army police court union agency party council commission authority parliament government university front militia office".split()
)
"""Nouns for a public body."""


def clashes(noun: str, party: Party) -> bool:
    """True where the name itself says that it is of another sort: "the company" is no ministry."""
    words = set(fold(party.name).split())
    if noun in COMPANY:
        return bool(words & PUBLIC)
    return noun in PUBLIC and bool(words & (PUBLIC - {noun}))


def outermost(found: list[tuple[int, int, Party]]) -> list[tuple[int, int, Party]]:
    """Names that are not part of a longer one at the same place."""
    kept: list[tuple[int, int, Party]] = []
    for at, length, party in found:
        if not any(start <= at and at - length <= start - long for start, long, _ in kept):
            kept.append((at, length, party))
    return kept


_HAILS = re.compile(r"\s+(?:of|from|at|for|with)\s")
"""After a person's name: "Lena Mott of the Green Cross"."""


def without_adjectives(words: str, found: list[tuple[int, int, Party]], head: int) -> list[tuple[int, int, Party]]:
    """Leaves out a name that only describes a later one: "the Halvian state outlet Beacon"."""
    kept = [
        place
        for place in found
        if not (
            re.match(r"\s+(?!(?:in|at|near|on|from|outside)\s)[a-z]", words[place[0] - place[1] :])
            and not (place[2].kind is SourceKind.PERSON and _HAILS.match(words, place[0] - place[1]))
            and any(place[0] < other[0] < head for other in found)
        )
    ]
    return kept or found


def is_body(party: Party) -> bool:
    """True where the name, an acronym or a description tells that a party is a body."""
    words = set(fold(party.name).split())
    named = bool(words & ORGANISATION_WORDS) or any(is_acronym(form) for form in party.forms)
    return named or bool(party.roles) or bool(BUSINESS.search(fold(party.name)))


def indefinite_member(before: str) -> bool:
    """True for "a spokesman for the", "two officials of": somebody of the body, not named."""
    return bool(
        re.match(
            r"(?:an?|one|two|three|several|some|former|senior|unnamed|sources?|officials?|residents?|\w+s)\b.*\b(?:for|of|at|in|from|with|within|inside|by|close to|near|familiar with)\b\s*(?:the|its|their|an?)?(?:\s*[a-z][a-z\-]*){0,4}$",
            before,
            re.IGNORECASE,
        )
    )


def person_noun(words: str) -> bool:
    """True where a word names a sort of person."""
    return any(
        word.rstrip("s") in PERSON_NOUNS or word in PERSON_NOUNS for word in re.findall(r"[a-z\-]+", words.lower())
    )


def is_plural(name: str) -> bool:
    """True where the words stand for more than one."""
    head = head_noun(DEFINITE.sub("", name))
    return (head.endswith("s") and not head.endswith("ss")) or head in {"people", "two", "three", "police"}


def shortened(words: str) -> str:
    """An unnamed source in at most a dozen words, without what follows a comma."""
    first = re.split(r",|\s+who\b|\s+which\b", words)[0].strip()
    return " ".join((first or words).split()[:12])
