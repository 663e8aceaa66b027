"""Whether a statement asserts the opposite of a claim, by its own negation or by another number."""

from __future__ import annotations

import re

from assistant.claims import Match
from assistant.question import Question, QuestionKind
from assistant.terms import number_values
from index.cues import negates

OPPOSED_CORE = 0.4
"""Core that a negated statement needs to assert the opposite of the claim, and not of something else."""
OPPOSED_SCORE = 0.28
"""Least score of a negated statement that denies the claim in words of its own, where the pair model agrees."""
OPPOSED_LEAST_CORE = 0.25
"""Core that it needs where the pair model does not say so."""
OPPOSED_GRANTED = 0.2
"""Probability that it bears the claim out, at most."""
DENIED_BY_MODEL = 0.8
"""Probability of contradiction from which the pair model's reading alone makes a denial."""
SURE_SCORE = 0.22
"""Least score of such a denial."""
DENIED_IN_OWN_VOICE, OWN_VOICE_SCORE = 0.9, 0.42
"""The same for what an article asserts in its own voice."""
IN_ITS_WORDS = 0.8
"""Core from which a statement is in the claim's own words, so that its negation tells more than the pair model."""
SURELY_CONTRADICTED = 0.93
"""Probability from which the pair model's "denies" counts by itself: at even odds only three in five are true."""
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


def opposes(question: Question, match: Match) -> bool:
    """True where a statement, by its own negation, asserts the opposite of the claim in question."""
    if (
        question.numbers
        and set(question.numbers) & number_values(match.unit.own_text)
        and not gives_own_number(question, match)
    ):
        return True
    if question.kind in {
        QuestionKind.HOW_MANY,
        QuestionKind.WHEN,
        QuestionKind.SAID,
        QuestionKind.WHO,
        QuestionKind.WHERE,
        QuestionKind.OTHER,
        QuestionKind.WHY,
    }:
        return False
    if gives_own_number(question, match):
        return False
    reversed_ = negated(match.unit.own_text) != negated(question.proposition or question.topic)
    if match.core >= IN_ITS_WORDS and match.unit.statement.source_span is not None:
        return reversed_ and match.contradicted + (1 - match.entailed) >= 0.2
    if match.contradicted >= SURELY_CONTRADICTED and match.core >= 0.5:
        return True
    if match.unit.statement.source_span is None:
        return False
    if match.entailed >= 0.5:
        return False
    if match.contradicted < 0.15 and question.proposition and match.granted > OPPOSED_GRANTED:
        return False
    return match.core >= OPPOSED_CORE and reversed_


def surely_denies(question: Question, match: Match) -> bool:
    """True where the pair model reads a denial, with or without a negating word: "T-14 is tied up at her berth". A statement
    in the claim's own words, with as many negations, is none."""
    own_voice = match.unit.statement.source_span is None and bool(match.unit.article.publisher)
    least, score = (DENIED_IN_OWN_VOICE, OWN_VOICE_SCORE) if own_voice else (DENIED_BY_MODEL, SURE_SCORE)
    if match.contradicted < least or match.at_home < 0.6 or match.score < score:
        return False
    own = match.unit.own_text
    if gives_own_number(question, match):
        return False
    return match.core < IN_ITS_WORDS or negated(own) != negated(question.proposition or question.topic)


def leans_against(match: Match) -> bool:
    """True where the pair model reads a statement rather as a denial, not surely enough for one: it bears nothing out."""
    return match.contradicted >= 0.5 and match.entailed < OPPOSED_GRANTED and match.core < IN_ITS_WORDS


def flatly_opposes(question: Question, match: Match) -> bool:
    """True for a negated statement by somebody on the claim's subject that says nothing for it: "Not one false ballot went
    into a box" shares few words with "there was cheating"."""
    if question.kind not in _CONTESTABLE or not question.premise:
        return False
    if question.kind is QuestionKind.SAID and not question.proposition:
        return False
    own, article = match.unit.own_text, match.unit.article
    if match.unit.statement.source_span is None and (article.publisher or match.defied < 0.5):
        return False  # a notice without a publisher speaks for whoever gave it out
    if match.granted > OPPOSED_GRANTED or match.at_home < 0.6 or gives_own_number(question, match):
        return False
    if negated(own) == negated(question.premise):
        return False
    least = OPPOSED_SCORE if match.defied >= 0.5 else OPPOSED_SCORE + 0.06
    return match.score >= least and (match.core >= OPPOSED_LEAST_CORE or match.defied >= 0.5)


_CONTESTABLE = frozenset(
    {
        QuestionKind.FIRST,
        QuestionKind.SOURCE,
        QuestionKind.INDEPENDENT,
        QuestionKind.DENIED,
        QuestionKind.CONFIRMED,
        QuestionKind.YES_NO,
        QuestionKind.SAID,
    }
)


def reports_instead(question: Question, match: Match) -> bool:
    """True where a denial gives the claim's number for its own; not where the number is part of what it denies."""
    return match.entailed < 0.5 and gives_own_number(question, match)


def gives_own_number(question: Question, match: Match) -> bool:
    """ "Seventeen are missing, not thirty" denies thirty and reports seventeen."""
    words = re.sub(
        r"\bnot\s+[\w-]+|\b(?:nobody|no one|never|none|no|nor)\b[^,;.]*", " ", match.unit.own_text, flags=re.IGNORECASE
    )
    return bool(set(question.numbers) & number_values(words)) and not negates(match.unit.own_text)
