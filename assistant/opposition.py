"""Signs that a statement asserts the opposite of a claim: its own negation, or another number."""

from __future__ import annotations

import re

from assistant.claims import Match
from assistant.question import Question
from assistant.terms import number_values
from index.cues import negates

_NEGATION = re.compile(
    r"\b(?:not|no(?!\.\s?\d)|never|none|neither|nobody|nothing|nor|cannot|without|silent|(?:false|untrue|fake|forged)(?!\s+(?!(?:and|or|but|as|in|at|by|from|to|because|since|when|on|for|the|he|she|it|they)\b)[a-z])|forger(?:y|ies)|hoax|myth|nonsense|fabricat\w+|invention|fairy tale)\b|n[’']t\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\bnot (?:only|far|long|yet clear|be (?:independently )?(?:verified|confirmed|named|reached|identified))\b|\b(?:nothing|no one|nobody|none) (?:else|other)\b|\bno (?:doubt|longer|comment|one would|(?:more|less|\w+er) than)\b|, not \w+[.\"”’]*$|\bnot (?:thirty|\d+)\b",
    re.IGNORECASE,
)


_CONCEDED = re.compile(r",\s+(?:though|although|except|save|if not|but)\b[^,;.]*$", re.IGNORECASE)
"""What a sentence takes from its claim at its end: "buys the brand, though none of the factories"."""


def negated(text: str) -> bool:
    """True where a clause denies what it tells; fixed phrases ("no doubt") and corrections ("seventeen, not thirty") aside."""
    words = re.sub(
        r",? and (?:has|have|had|was|were|is|are|did|would|could) (?:not|never)\b.*$", " ", text
    )  # an addition
    words = _CONCEDED.sub(" ", words)
    return bool(_NEGATION.search(_NO_NEGATION.sub(" ", words)))


def reports_instead(question: Question, match: Match) -> bool:
    """True where a denial gives the claim's number for its own; not where the number is part of what it denies."""
    return match.granted < 0.5 and gives_own_number(question, match)


def gives_own_number(question: Question, match: Match) -> bool:
    """ "Seventeen are missing, not thirty" denies thirty and reports seventeen."""
    words = re.sub(
        r"\bnot\s+[\w-]+|\b(?:nobody|no one|never|none|no|nor)\b[^,;.]*", " ", match.unit.own_text, flags=re.IGNORECASE
    )
    return bool(set(question.numbers) & number_values(words)) and not negates(match.unit.own_text)
