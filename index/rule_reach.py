"""How far what follows a verb of saying reaches: up to the main clause after "While X denied Y, ...", up to the next thing that
its source does."""

from __future__ import annotations

import re

from index.cues import LEMMAS, STANCES
from index.rule_cues import Cue
from index.rule_phrases import PREPOSITION, RELATIVE, has_verb
from index.spans import Span, trimmed
from index.statements import Stance

_SUBORDINATE = re.compile(
    r"(?:(?:and|but|yet|just|only|even|shortly|soon|long|right|ever|\w+ (?:hours?|days?|weeks?|months?|years?|minutes?))\s+){0,3}"
    r"(?:while|whilst|although|though|as|after|when|since|because|before|if|whereas|once|until)\s*",
    re.IGNORECASE,
)
_NO_CLAUSE = re.compile(r"\s*(?:and|or|nor|but|including|such|as|like|not|then|citing|quoting|among)\b", re.IGNORECASE)
_OPENS_CLAUSE = (
    r"(?:that\b|there\b|it\b|he\b|she\b|they\b|[“\"]|(?:the|its|his|her|their|an?|some|no)\s+(?:[\w’'-]+\s+){1,4}?"
    r"(?:is|was|were|are|has|have|had|would|could|might|may|will|should)\b)"
)
_NEXT_VERB = re.compile(
    r",?\s+(?:and|but)\s+(?:(?:also|instead|then|later|rather|has|had|have|\w+ly)\s+)?(?P<verb>[a-z]+)\b"
)
_GOES_OVER = re.compile(
    r",\s+(?:instead\s+|and\s+)?(?:attributing|blaming|accusing|calling|describing|dismissing|pointing|suggesting|noting|warning|rejecting|denouncing|"
    r"characterizing|characterising|branding|labelling|labeling|declaring|alleging|asserting|maintaining|countering|explaining|stating|writing)\b"
)
"""A participle by which the one who denies says something else."""
_SORRY = re.compile(r",?\s+and\s+(?:(?:is|are|am|was|were)\s+(?:\w+\s+)?sorry|apologi[sz]e[sd]?|regrets?|regretted)\b")
"""What a withdrawal adds to what it withdraws."""
_POINTS_BACK = re.compile(
    r"(?:it|them|this|these|those)(?=\s+(?:on|in|at|to|as|by|from|after|before|when|while|through|during|yesterday|today|last|again|and|outright|\w+ly)\b|,)",
    re.IGNORECASE,
)


def reached(text: str, cue: Cue, source: Span, sentence: Span, content: Span) -> Span:
    """What follows a cue, cut to what the cue reaches; see the module's docstring."""
    if re.match(r"[“\"]", content.of(text)):
        return content
    if _SUBORDINATE.fullmatch(text[sentence.start : source.start]):
        content = _before_main_clause(text, content)
    if cue.lemma in {"accuse", "blame"}:
        return _before_next_verb(text, cue, content)
    if STANCES.get(cue.lemma) not in {Stance.DENIES, Stance.RETRACTS}:
        return content
    pronoun = _POINTS_BACK.match(content.of(text))
    if pronoun:
        return Span(content.start, content.start + pronoun.end())
    sorry = _SORRY.search(text, content.start, content.end)
    if sorry:
        content = trimmed(text, content.start, sorry.start())
    over = _GOES_OVER.search(text, content.start, content.end)
    if over:
        content = trimmed(text, content.start, over.start())
    return _before_next_verb(text, cue, content)


def opens_clause(text: str, cue: Cue, content: Span) -> bool:
    """True where a clause of its own follows a cue: "and suggested there had been a fault"."""
    return STANCES.get(cue.lemma) is Stance.ASSERTS and bool(
        re.match(rf"\s+{_OPENS_CLAUSE}", text[cue.span.end : content.end])
    )


def _before_main_clause(text: str, content: Span) -> Span:
    """Up to the comma after which a clause of its own begins."""
    pieces = [match.start() for match in re.finditer(r",\s", content.of(text))]
    for number, at in enumerate(pieces):
        end = pieces[number + 1] if number + 1 < len(pieces) else len(content)
        words = content.of(text)[at + 1 : end].strip()
        if RELATIVE.match(words) or PREPOSITION.match(words) or _NO_CLAUSE.match(words) or "”" in words:
            continue
        if has_verb(words) or re.search(r"\s(?:used|tried|died|cited)\s", words):
            return trimmed(text, content.start, content.start + at)
    return content


def _before_next_verb(text: str, cue: Cue, content: Span) -> Span:
    """Up to "and suggested that ...": a verb of saying in the form of the cue, with a clause or after a mere thing."""
    past = cue.span.of(text).endswith("ed")
    for match in _NEXT_VERB.finditer(text, content.start, content.end):
        verb = match["verb"]
        if verb not in LEMMAS or verb.endswith("ing") or past != verb.endswith(("ed", "said", "told")):
            continue
        clause = re.match(rf"\s+{_OPENS_CLAUSE}", text[match.end() : content.end])
        blames = cue.lemma in {"accuse", "blame"}
        if clause or blames or not has_verb(f"it {text[content.start : match.start()]}"):
            return trimmed(text, content.start, match.start())
    return content
