"""The claim that a question holds, or takes for granted, as a sentence that a statement can bear out or deny.

A question that names a claim ("Did X deny that the dam had cracked?") holds a proposition. One that asks for a thing
("Why did the judge refuse the paper?") takes one for granted: "the judge refuse the paper". Both are made by patterns
alone; the second is no good English, but a model that compares two sentences reads it well enough.
"""

from __future__ import annotations

import re

LEANING = re.compile(
    r"\b(?:it|that|this|these|those|them|they|he|she|his|her|him|their|its|there|the (?:second|other|same|first|latter|former) (?:one|figure|claim|report)|one|so|others|else)\b",
    re.IGNORECASE,
)
"""Words that point back to an earlier turn."""

_THAT = re.compile(
    r"\b(?:says?|said|claims?|claimed|report(?:s|ed)?|den(?:y|ies|ied)|rejected|stor(?:y|ies)|news|statements?|true|alleg\w+|tell|told|confirm\w*|disputed?|"
    r"rumou?rs?|accusations?|allegations?|announced?|witness\w*|idea|publish\w*|mention\w*|contest\w*|doubt\w*|challeng\w+|question(?:s|ed)|accept\w*|maintain\w*|"
    r"insist\w*|argu\w+|believ\w+|suggest\w*|deni\w+|evidence|proof|agree\w*|admit\w*|acknowledg\w+|conced\w+|reveal\w*|come out|came out|light|emerge\w*|fact|view|theory|suspicion|charge|"
    r"sources?|warn\w*|notion|talk|speculation|sign|signs|word)\s+(?:\w+\s+){0,3}?that\s+(?P<p>.+?)(?:,? and (?:how|who|whose|has|is|does|do|when)\b.*)?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^(?:[Aa]nd |[Bb]ut )?[Ww]ho (?:else )?(?:says|said|claims|claimed|reported|alleged|alleges)\s+(?P<p>(?:the|a|an|[A-Z]|\d)\S*\s.+?)(?:,? and .*)?$"
)
_AUXILIARIES = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might)"
_YES_NO = re.compile(
    r"^(?:and |but |so )?(?:did|does|do|is|are|was|were|has|have|had|will|would)\s+(?P<p>.+?)(?:,? and (?:who|how|when|why)\b.*)?$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:and|but|so|then)\s+", re.IGNORECASE)
_SECOND = re.compile(
    r",?\s+(?:and|or) (?:who|how|when|why|where|what|is|has|have|had|did|does|do|could|was|by whom|whose|according)\b.*$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r",?\s*(?:according to [^,]+|by [^,]+ account),?\s*", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?:by |at |on |in |from |to |with |for |of )?(?P<wh>why|when|where|how (?:many|much)(?P<counted> .*?)?|how (?:long|far|old|large|big|high|often)|how|"
    rf"who|whom|whose(?P<owned> [\w' -]+?)|(?:what|which)(?P<kind> [\w’' -]+?)?)\s+(?P<aux>{_AUXILIARIES})(?:n['’]t)?\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?P<wh>who|what|(?:which|what) (?P<kind>[\w' -]+?)|how many (?P<counted>[\w' -]+?))\s+(?P<rest>\w+.*)$",
    re.IGNORECASE,
)
_BARE = frozenset("day date time hour year month place reason grounds".split())
"""Nouns after "what" that ask for a time, place or reason and name no thing."""


def held(text: str, yes_no: bool, source: bool) -> str:
    """The proposition that a question names; empty where it only asks for a thing.

    Args:
        text: the question.
        yes_no: whether it is one that yes or no would answer.
        source: whether it asks for the source of a claim.
    """
    text = text.rstrip("? ")
    for pattern in (_THAT, _SAYS):
        match = pattern.search(text)
        if match and not re.match(r"(?:too|also|it|claim|number|statement)\b", match["p"]):
            return match["p"].strip()
    match = _YES_NO.match(text) if yes_no or source else None
    if match and len(match["p"].split()) > 2 and not LEANING.match(match["p"]):
        return match["p"].strip()
    return ""


def taken_for_granted(text: str) -> str:
    """What a question takes for granted: "Why did the judge refuse the paper?" gives "the judge refuse the paper"; empty
    where no pattern fits."""
    words = _LEADING.sub("", text.strip().rstrip("?. ").strip())
    words = _ACCOUNT.sub(" ", _SECOND.sub("", words)).strip()
    match = _ASKED.match(words)
    if match:
        asked, rest = match["wh"].lower(), match["rest"]
        if asked == "who" and match["aux"].lower() in {"is", "was", "are", "were", "has", "have", "had", "will"}:
            return f"someone {match['aux']} {rest}"
        noun = (match["counted"] or match["owned"] or match["kind"] or "").strip()
        if noun and noun.lower() not in _BARE:
            return f"{rest} {noun}"
        return f"{rest} something" if asked == "what" else rest
    match = _SUBJECT.match(words)
    if not match:
        return ""
    if match["kind"] or match["counted"]:
        return f"{'a ' + match['kind'] if match['kind'] else match['counted']} {match['rest']}"
    return f"{'someone' if match['wh'].lower() == 'who' else 'something'} {match['rest']}"
