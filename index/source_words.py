"""How the words of a source begin and end: pronouns, the article itself, documents, offices, names that stand alone."""

from __future__ import annotations

import re

from index.nouns import OFFICE, is_plural
from index.statements import Source, SourceKind

PRONOUN = re.compile(
    r"^(?P<word>he|she|it|they|him|her|them|both|the two|one of them|the other)(?:\s+(?:also|both|all))?(?=$|,|\s+who\b)",
    re.IGNORECASE,
)
"""A pronoun as a source."""
SELF = re.compile(
    r"^(?:(?:our (?:\w+ )?|an? (?:earlier |previous |front-page |recent ))(?:article|report|story|item|headline)\b.*|an? (?:article|story|item|headline|report)(?: (?:that|which)\b.*| (?:on|of|dated) (?:\d|[A-Z]\w+day|[A-Z]\w+ \d|last|yesterday).*| (?:we|published on|on our|in (?:our|this|yesterday))\b.*)?$|an? (?:earlier|previous|original) version of (?:this|our)\b.*|"
    r"we|our(?! (?:informants?|sources?|witness\w*|contacts?|interlocutor)\b)|(?-i:us)|i|the editors?|this (?:news)?(?:paper|site|reporter|correspondent|magazine|station)|(?:a|our|the [\w’']+) (?:own )?reporters?|"
    r"(?:a|the) reporter (?:of|for|from)\b.*)\b",
    re.IGNORECASE,
)
"""The article, its outlet or its makers as a source."""
UNTOLD = frozenset("report reports study survey poll sources witnesses officials".split())
"""Words at the end of a headline that tell nobody by name: "... - report"."""
TAKEN_UP = re.compile(
    r"(?:that|this|these|those)\s+(?:same\s+)?"
    r"(?:claims?|reports?|articles?|accounts?|allegations?|statements?|publications?|versions?)",
    re.IGNORECASE,
)
"""What was told just before, and so whoever told it: "according to these claims"."""
DISPUTES = re.compile(r"[^.!?\n]{0,80}?\b(?:den(?:y|ies|ied)|reject\w*|dismiss\w*|refut\w*|disput\w*)\b", re.IGNORECASE)
"""From a party's name on: its denial, in the same sentence."""
BARE_SOURCES = re.compile(
    r"^(?:the |these |those |our |its |their )?(?:same )?(?:sources?|reports?|claims?|informants?|people|witnesses|officials)$",
    re.IGNORECASE,
)
"""Plurals that stand for sources named before, or for nobody known."""
DOCUMENT = re.compile(
    r"(?:an?|the|its|their|one|new|another)?\s*(?:[\w\-]+\s+){0,3}?(?:study|paper|report|article|analysis|review|survey|audit|poll|memo|letter|document|statement|note|filing|dossier)\s+"
    r"(?:(?:published|issued|released|posted|carried|printed|compiled|written|signed|commissioned|carried out|prepared|seen)\s+)?(?:on\s+[\w ]+\s+)?(?:by|in|from|of)\s+(?P<by>.*[A-Z].*)",
    re.IGNORECASE,
)
"""A document and whose it is: "a report by the Audit Office", "a study published in the Lunar Letters"."""
SOLE_OFFICE = re.compile(
    r"(?i:the)\s+(?:(?:then|acting|interim|regional|provincial|local|country[’']s|city[’']s|town[’']s)\s+)*"
    r"(?P<office>mayor|president|prime minister|premier|governor|chancellor|king|queen|pope|ombudsman|attorney general|"
    r"(?:[a-z]+\s+(?:and\s+[a-z]+\s+)?)minister)(?P<body>[’']s\s+(?:office|press service|press office|administration|spokes\w+|press secretary))?$"
)
"""An office that one person holds, named without that person."""
LONE_NAME = re.compile(r"[A-Z][\w’'\-]*(?:[^\Ws]|ss)")
"""A word that can be a name although it only opens a sentence: no plural, for a noun in the singular takes an article."""
MASSES = frozenset(
    "police staff management parliament government congress people men women children crew youth opposition prosecution defence defense "
    "counsel everyone everybody somebody someone nobody both neither none others one two three four five six seven eight nine ten many "
    "several few some most half family police press media state who whoever anyone data research evidence science history this that "
    "these those there what which another each report personnel folk clergy infantry cavalry labour labor court prosecutor".split()
)
"""Words that open a sentence without an article and are no names."""
PAPERS = re.compile(
    r"\b(?:report|study|paper|statement|document|memo|letter|survey|poll|data|footage|video|audit|notice|law|records?|article)$",
    re.IGNORECASE,
)
"""Documents, which no "he" or "she" means."""
LOCAL = re.compile(r"(?:[Tt]he\s+)?(?P<name>(?:[A-Z][\w’'\-]+\s+)+(?:[a-z]+\s+){0,2}(?P<noun>[a-z]+|TV))")
"""A body by its place: "Nordal police", "Kavra state television"."""
MEDIA = frozenset({"media", "television", "TV", "press"})
"""Nouns for an outlet that takes its name from a place."""


def personal(source: Source) -> bool:
    """True for one whom "he" or "she" can mean: a person, one without a name, or the one who spoke for a body."""
    if source.kind is SourceKind.UNNAMED:
        return bool(source.name) and not is_plural(source.name) and not PAPERS.search(source.name)
    return source.kind is SourceKind.PERSON or bool(
        source.role
        and re.match(r"an?\b|one\b|its\b|their\b", source.role, re.IGNORECASE)
        and OFFICE.search(source.role)
    )
