"""Words of questions and passages: folded, stemmed, and which of them carry content."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from index.names import fold
from index.numbers import find_numbers

_STEMMER = snowballstemmer.stemmer("english")
STOP = frozenset(
    "a an the and or but if then than that this these those there here it its he she they them his her their him we us our you your i me my "
    "of in on at by for from to with without into onto over under about against between through during before after above below up down out "
    "off as is are was were be been being am do does did done have has had having will would shall should can could may might must not no nor so "
    "too very just also only own same such both each few more most other some any all what which who whom whose when where why how "
    "s t don ll re ve d m now ever still yet again else away many much one whether anyone anybody someone somebody everyone nobody "
    "got get gets go goes went come came make made take took put give gave let say says said saying tell tells told".split()
)
"""Words without content of their own."""
SCAFFOLD = frozenset(
    "report reports reported reporting source sources outlet outlets publication newspaper newspapers paper article articles story news claim "
    "claims claimed claiming statement statements account accounts accord according first earliest original originally originate independent "
    "independently say says said saying deny denies denied denial denying dispute disputes disputed reject rejects rejected rejecting dismiss "
    "dismissed refute refuted contradict contradicted confirm confirmed confirmation verify verified corroborate corroborated agree agrees "
    "disagree disagrees disagreement differ number numbers figure figures many much anyone somebody people person who party parties "
    "wanted want wants supposed meant going became become different stands continue continues whole long day month year date hour time record collection exactly actually really truth true false mention mentioned talk speak spoke spoken "
    "call called describe described carried carry publish published appear appeared respond responded response react reacted "
    "reaction information evidence behind stand question asked ask made make give given gave come comes came happen happened happens "
    "whose name named names kind often total finally exist exists existence witness witnesses acknowledge acknowledged admit admitted accept "
    "accepts accepted anything anybody everything something nothing concern concerning regard regarding know known part reason word words".split()
)
"""Words that frame a question and are no part of what it is about."""


_IRREGULAR = {
    form: base
    for base, forms in (
        line.split(":")
        for line in (
            "leave:left flee:fled die:dead|death|deaths break:broke|broken bring:brought build:built buy:bought catch:caught choose:chose|chosen "
            "draw:drew|drawn drive:drove|driven eat:ate|eaten fall:fell|fallen feed:fed feel:felt fight:fought find:found fly:flew|flown forbid:forbade|forbidden "
            "freeze:froze|frozen get:got grow:grew|grown hang:hung hear:heard hide:hid|hidden hold:held keep:kept know:knew|known lead:led lend:lent lose:lost|loss|losses "
            "meet:met pay:paid ride:rode|ridden rise:rose|risen run:ran see:saw|seen sell:sold|sale|sales send:sent shake:shook|shaken shine:shone shoot:shot "
            "sink:sank|sunk sleep:slept speak:spoke|spoken spend:spent stand:stood steal:stole|stolen strike:struck swim:swam|swum take:took|taken teach:taught think:thought "
            "throw:threw|thrown wear:wore|worn win:won withdraw:withdrew|withdrawn write:wrote|written go:went|gone come:came drown:drowned seize:seizure arrive:arrival "
            "fraud:fraudulent forge:forgery deny:denial close:closure|shut arrest:arrested"
        ).split()
    )
    for form in forms.split("|")
}
PAST = frozenset({*_IRREGULAR, "burst", "hit", "cut", "put", "set", "became", "began"}) - frozenset(
    "sale sales loss losses death deaths dead arrival seizure fraudulent forgery denial shut".split()
)
"""Irregular past forms, which tell a verb."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a folded word; irregular forms and a few nouns lead to their verb."""
    return str(_STEMMER.stemWord(_IRREGULAR.get(word, word)))


_STEMS = {
    form: base
    for base, forms in {
        "take": "take takes took taken taking",
        "break": "break breaks broke broken breaking",
        "shut": "shut shuts shutting",
        "lay": "lay lays laid laying",
        "bail": "bail bails bailed bailing",
        "hand": "hand hands handed handing",
        "walk": "walk walks walked walking",
        "crack": "crack cracks cracked cracking",
    }.items()
    for form in forms.split()
}
_PHRASAL = re.compile(rf"\b({'|'.join(_STEMS)}) (over|out|down|off)\b")
_PARTICLES = (" over", " out", " down", " off")


def words_of(text: str) -> list[str]:
    """Folded words in order, possessives and punctuation gone; hyphens split, phrasal verbs joined ("take over")."""
    folded = fold(text)
    if any(particle in folded for particle in _PARTICLES):  # most texts have none; the pattern tries every word
        folded = _PHRASAL.sub(lambda match: _STEMS[match[1]] + match[2], folded)
    return folded.split()


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's words; kept, for the sentences of the articles found are asked for it several times."""
    return frozenset(map(stem, words_of(text)))


def content_words(text: str) -> list[str]:
    """Folded words without stop words; digits stay."""
    return [word for word in words_of(text) if word not in STOP and (len(word) > 1 or word.isdigit())]


def number_values(text: str) -> set[float]:
    """Values of the numbers that a text gives, dates and times aside."""
    return {number.value for number in find_numbers(text)}


def tidy(text: str) -> str:
    """One line, without white space or loose punctuation at its ends."""
    return " ".join(text.split()).strip(" ,;:–—-")
