"""Which denials are of the very claim, and which of something near it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims import Match, same_party
from assistant.matcher import Matcher
from assistant.matching import mentions
from assistant.opposition import DENIED_BY_MODEL, OPPOSED_SCORE, SURE_SCORE, reports_instead
from assistant.question import Question, QuestionKind
from assistant.speakers import spoken_by
from assistant.terms import content_words, number_values
from index.names import fold
from index.statements import Stance

DENIAL_CORE = 0.25
"""Core of a denial in its own words, below which it is of something else."""
DENIAL = 0.40
"""Least score of a denial's content for it to be of this claim; a denial is often put in fewer words than the claim."""
SAME_REPORT = 0.62
"""Score from which a denial in an article apart is yet of this claim."""
RELATED_COSINE = 0.35
"""Cosine from which a denial on the same subject is told beside a claim that nobody denies."""
RELATED = 0.26
"""Least score of a denial that is of a related claim."""


_NOT_ONE = re.compile(r"\b(?:not|no) one\b|\bone of\b", re.IGNORECASE)
"""No number: "not one of them"."""


def sorted_denials(
    question: Question, denials: list[Match], bearing: Sequence[Match], matcher: Matcher
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Denials of the claim, and denials of something near it.

    A denial is of something narrower where it gives a number that the claim does not, or where the party that denies
    itself reports the claim: who says that seventeen fled denies no escape. A denial by whom the question does not ask
    about counts as well.
    """
    denying, related = [], []
    sure = 0.8 * bearing[0].score if bearing else 1.0
    affirming = {
        fold(m.unit.statement.source.party)
        for m in bearing
        if m.score >= sure and m.unit.statement.source_span is not None
    }
    claimed = set(question.numbers)
    for match in denials:
        target = number_values(_NOT_ONE.sub(" ", match.unit.text))
        party = fold(match.unit.statement.source.party)
        best = match.score
        one_claim = len(match.unit.statement.about_spans) <= 1
        narrower = bool(target - claimed) and not claimed and one_claim and question.kind is not QuestionKind.HOW_MANY
        other_number = bool(claimed) and bool(target) and not target & claimed
        affirms = party in affirming and not claimed and match.contradicted < DENIED_BY_MODEL
        asked = bool(question.speaker) and match.at_home >= 0.6 and spoken_by(match, question.speaker)
        least = (
            RELATED if asked and (match.unit.statement.about_spans or question.kind is QuestionKind.SAID) else DENIAL
        )
        if reports_instead(question, match):
            continue
        if _rejects_a_reporter(match, bearing):
            least = min(least, RELATED)
        by_model = match.contradicted >= DENIED_BY_MODEL
        if by_model:
            least = min(least, SURE_SCORE)
        if match.unit.statement.stance is Stance.DENIES and match.entailed >= DENIED_BY_MODEL:
            least = min(least, OPPOSED_SCORE)
        if _of_another_report(match, bearing) and (best < SAME_REPORT or (question.speaker and not asked)):
            least = 2.0
        if least < 2.0 and not asked and not _on_the_claim(match, question):
            least = 2.0
        if best >= least and not narrower and not other_number and not affirms:
            denying.append(match)
        elif best >= RELATED:
            related.append(match)
    if (
        not denying
        and not related
        and question.kind in {QuestionKind.FIRST, QuestionKind.SOURCE, QuestionKind.INDEPENDENT}
    ):
        related = [match for match in denials if match.cosine >= RELATED_COSINE][:1]
    if not denying and not related and question.kind is QuestionKind.DENIED and question.speaker:
        related = [match for match in denials if spoken_by(match, question.speaker)][:2]
    return tuple(denying), tuple(related)


def _on_the_claim(match: Match, question: Question) -> bool:
    """True where a denial has the claim's main words, points back to them, or contradicts it by the pair model."""
    pointing = bool(match.unit.statement.about_spans)
    return pointing or match.core >= DENIAL_CORE or match.granted + match.defied >= 0.5 or not question.terms


def _of_another_report(match: Match, bearing: Sequence[Match]) -> bool:
    """True where a denial only points back ("the allegations") in an article that does not report the claim: what it
    denies is what that article tells."""
    pointing = bool(match.unit.statement.about_spans) and len(content_words(match.unit.own_text)) <= 4
    return pointing and all(m.unit.article.id != match.unit.article.id for m in bearing[:8])


def denied_words(match: Match) -> str:
    """What a denial denies, in the article's words: where it only points back, the first of what it points to."""
    statement = match.unit.statement
    if statement.about_spans and len(content_words(match.unit.own_text)) <= 4:
        return statement.about_spans[0].of(match.unit.article.text)
    return match.unit.own_text


_STATEMENT_WORD = re.compile(
    r"\b(?:statements?|claims?|reports?|allegations?|accusations?|announcements?|stor(?:y|ies)|accounts?|words?|version|testimony)\b",
    re.IGNORECASE,
)


def _rejects_a_reporter(match: Match, bearing: Sequence[Match]) -> bool:
    """True where a denial is of what a party said whose report bears the claim out: "dismissed the statement by the union"."""
    text = match.unit.text
    if not _STATEMENT_WORD.search(text):
        return False
    own = match.unit.statement.source.party
    parties = {m.unit.statement.source.party for m in bearing[:6]} | {m.unit.statement.source.name for m in bearing[:6]}
    return any(party and not same_party(party, own) and mentions(text, party) for party in parties)
