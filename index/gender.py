"""Whether a text calls a person he or she: by title, by noun, and by the pronouns that follow the name."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HE = re.compile(
    r"\b(?:mr|sir|lord|king|prince|father|brother|uncle|imam|sheikh|son|husband|widower|boy|man|\w+(?<!hu)(?<!wo)man|grandfather|nephew|monk|bishop|lad|bloke)\b",
    re.IGNORECASE,
)
_SHE = re.compile(
    r"\b(?:mrs|ms|miss|madam|lady|dame|queen|princess|mother|sister|aunt|daughter|wife|widow|girl|\w*woman|actress|grandmother|niece|nun|waitress|heiress)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:(?P<he>he|his|him|himself)|(?P<she>she|her|hers|herself))\b", re.IGNORECASE)
_MENTIONS = 12
"""Mentions of a person that are looked at: more tell nothing new, and a page may repeat one name thousands of times."""


def gender_of(text: str, forms: Iterable[str], others: Iterable[str], role: str) -> str:
    """ "he" or "she" as far as the text tells it of a person; empty where it does not, or tells both.

    Args:
        text: the article's.
        forms: the names of the person in it.
        others: the names of all other persons in it; a clause that names one of them tells nothing.
        role: what the text calls the person.
    """
    he, she = int(bool(_HE.search(role))), int(bool(_SHE.search(role)))
    others = tuple(others)
    for form in forms:
        seen = 0
        at = text.find(form)
        while at >= 0 and seen < _MENTIONS:
            seen += 1
            title = text[max(0, at - 12) : at]
            titled = re.search(r"\b(\w+)[.,]?\s+$", title)
            if titled:
                he += 2 * bool(_HE.fullmatch(titled.group(1)))
                she += 2 * bool(_SHE.fullmatch(titled.group(1)))
            clause = re.split(r"[.!?\n“\"]", text[at + len(form) : at + len(form) + 200])[0]
            pronoun = None if re.match(r",\s+(?:his|her)\b", clause) else _PRONOUN.search(clause)
            if pronoun and not any(other in clause[: pronoun.start()] for other in others):
                he += bool(pronoun["he"])
                she += bool(pronoun["she"])
            at = text.find(form, at + len(form))
    if he and she and max(he, she) < 3 * min(he, she):
        return ""
    return "he" if he > she else "she" if she > he else ""
