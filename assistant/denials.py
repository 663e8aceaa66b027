"""Which denials are of the very claim, and which of something near it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims import Match
from assistant.opposition import reports_instead
from assistant.question import Question, QuestionKind
from assistant.speakers import spoken_by
from assistant.terms import content_words, number_values

DENIES = 0.25
"""Probability, by `assistant.reading`, from which a statement denies the claim: .50 of what has it does, and .31 of all that do
have it, each story left out of training in turn. With .2 and .3 as many or two fewer cases of the development suites were
right."""
RELATED_COSINE = 0.35
"""Cosine from which a denial on the same subject is told beside a claim that nobody denies."""
RELATED = 0.26
"""Least score of a denial that is of a related claim."""


_NOT_ONE = re.compile(r"\b(?:not|no) one\b|\bone of\b", re.IGNORECASE)
"""No number: "not one of them"."""


def sorted_denials(question: Question, denials: Sequence[Match]) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Denials of the claim, and denials of something near it.

    Which it is, `assistant.reading` has weighed; a denial that gives a number which the claim does not, or another one, is
    of something else.
    """
    denying, related = [], []
    claimed = set(question.numbers)
    for match in denials:
        if reports_instead(question, match):
            continue
        target = number_values(_NOT_ONE.sub(" ", match.unit.text))
        one_claim = len(match.unit.statement.about_spans) <= 1
        narrower = bool(target - claimed) and not claimed and one_claim and question.kind is not QuestionKind.HOW_MANY
        other_number = bool(claimed) and bool(target) and not target & claimed
        if match.denies >= DENIES and match.score >= RELATED and not narrower and not other_number:
            denying.append(match)
        elif match.score >= RELATED:
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


def denied_words(match: Match) -> str:
    """What a denial denies, in the article's words: where it only points back, the first of what it points to."""
    statement = match.unit.statement
    if statement.about_spans and len(content_words(match.unit.own_text)) <= 4:
        return statement.about_spans[0].of(match.unit.article.text)
    return match.unit.own_text
