"""The cue verbs of a sentence, for the rule tagger: which words attribute, and in which form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.cues import LEMMAS, STANCES
from index.spans import Span
from index.statements import Stance

_NOUNISH = re.compile(
    r"\b(?:the|a|an|this|that|these|those|its|his|her|their|my|our|your|of|no|any|some|such|another|other|first|latest|new|recent|"
    r"false|public|official|media|press|news|ship|earlier|to|in|on|for|from|with|by|own)\s+$",
    re.IGNORECASE,
)
MOST_CUES = 40
"""Cues read in one sentence; a page made of one word repeated has thousands."""

_FINITE = frozenset(
    "said says told announced denied denies confirmed confirms insisted added reported rejected dismissed admitted warned wrote accused blamed".split()
)
"""Forms that are verbs whatever stands before them."""
_ADJECTIVE_NOUN = re.compile(
    r"\b(?:official|media|press|news|ship|first|others?|another|those|these|this|that|own|public|any|such|some)\s+$",
    re.IGNORECASE,
)
"""Words that go before a noun or stand for one: "the ministry official said", "official said"."""

_ADJECTIVE = re.compile(
    r"(?<!\bit)(?<!\bhe)(?<!\bshe)(?<!\bwho)(?<!\bthat)(?<!\bthere)(?<!\bhere)(?<!\bwhat)[’']s\s+$", re.IGNORECASE
)
"""A genitive, after which a noun phrase stands: "the minister's reported stay"."""

_COUNTING = re.compile(
    r"\b(?:both|two|three|four|several|many|various|all|numerous|rival|conflicting|competing)\s+$", re.IGNORECASE
)
"""Words before a plural: "dismissed both claims"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb where it stands, and its form."""

    span: Span
    lemma: str
    passive: bool
    participle: bool


def find_cues(text: str, sentence: Span, quotes: list[Span]) -> list[Cue]:
    """The verbs of a sentence that may attribute, in order; those inside quotations are left out."""
    found: list[Cue] = []
    for match in re.finditer(r"[A-Za-z]+", sentence.of(text)):
        span = Span(match.start() + sentence.start, match.end() + sentence.start)
        word = match.group().lower()
        lemma = LEMMAS.get(word)
        if lemma is None or any(quote.contains(span) for quote in quotes):
            continue
        if re.match(r"\s*&", text[span.end : sentence.end]):
            continue  # a name: "Brand & Partners"
        before = text[max(sentence.start, span.start - 30) : span.start]
        if (match.group() == "States" and before.endswith("United ")) or (
            _ADJECTIVE.search(before)
            and not re.match(r"\s+(?:that|it|he|she|they|there|the|an?)\b", text[span.end : sentence.end])
        ):
            continue
        after = text[span.end : min(sentence.end, span.end + 40)]
        noun = _NOUNISH.search(before)
        if noun and not re.search(r"\bto\s+$", before) and not (word in _FINITE and _ADJECTIVE_NOUN.search(before)):
            continue
        if (
            word
            in {
                "report",
                "claim",
                "state",
                "note",
                "call",
                "charge",
                "comment",
                "hope",
                "fear",
                "order",
                "demand",
                "quote",
                "post",
                "cite",
                "deny",
                "broadcast",
                "blame",
            }
            and not _plural_subject(before)
            and not re.search(r"\b(?:not|to|they|will|would)\s+$", before)
        ):
            continue
        if word in {"reports", "claims", "charges", "comments"} and _COUNTING.search(before):
            continue
        if word in {"reports", "claims", "states", "notes", "calls", "charges", "comments", "answers"} and not re.match(
            r"\s*(?:that\b|[“\"]|,|$|the\b|a\b|it\b|he\b|she\b|they\b|to\b|\.|an?\b|\w+s\b)", after
        ):
            continue
        if lemma in {"reply", "respond", "answer", "comment", "speak", "address"} and re.search(
            r"\b(?:not|n[’']t|would)\b[^,.;]*$", before
        ):
            continue  # a refusal, which `by_declining` takes
        passive = bool(re.search(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?$", before)) and word.endswith(
            ("ed", "id", "en", "ld")
        )
        if re.search(r"\b(?:neither|nor)\s+$", before):
            continue  # "neither confirmed nor denied" is a refusal
        if re.search(r"\bas\s+(?:\w+ly\s+|first\s+|was\s+)*$", before) and not re.match(r"\s+by\b", after):
            continue  # "as previously reported"
        if len(found) >= MOST_CUES:
            break
        infinitive = bool(re.search(r"\bto\s+$", before))
        if infinitive and STANCES.get(lemma) not in {Stance.DENIES, Stance.CONFIRMS}:
            continue
        if infinitive:
            continue
        found.append(Cue(span, lemma, passive, word.endswith("ing")))
    return found


def _plural_subject(before: str) -> bool:
    return bool(re.search(r"(?:[a-z]s|they|we|i|people|police)\s+(?:also\s+)?$", before, re.IGNORECASE))


def wide_cue(text: str, cue: Cue, sentence: Span) -> Span:
    """The cue with the auxiliaries and the negation before it: "has denied", "did not say"."""
    match = re.search(
        r"(?:\b(?:has|have|had|did|does|do|would|could|will|may|might|is|are|was|were|not|never|also|further|since|been|n[’']t|only|always|long|already|repeatedly|publicly|again|now|consistently|strongly|flatly|firmly|categorically|vehemently)\s+)+$",
        text[sentence.start : cue.span.start],
    )
    return Span(sentence.start + match.start(), cue.span.end) if match else cue.span
