"""Whether what was found answers what is asked, or the collection does not say."""

from __future__ import annotations

import re

from assistant.counts import counted_noun
from assistant.question import Question, QuestionKind
from assistant.selection import BEARING, SUPPORT, Selection
from assistant.speakers import spoken_by
from index.names import find_names, kind_of
from index.statements import SourceKind

CLOSE = 0.6
"""Cosine of question and best unit from which far words may still be the same thing; below it the terms must be there."""
VERY_CLOSE = 0.75
"""Cosine from which a question is answered though one of its words has no like."""
HALF_CORE = 0.4
"""Share of a yes-or-no question's main words that some statement needs, unless the pair model reads it as an answer."""
UNMET = 0.15
"""Best match of a term below which nothing found speaks of it."""
_PRECISE = frozenset({QuestionKind.WHEN, QuestionKind.WHO, QuestionKind.HOW_MANY, QuestionKind.WHERE})
_ABOUT_REPORTS = frozenset(
    {QuestionKind.FIRST, QuestionKind.SOURCE, QuestionKind.INDEPENDENT, QuestionKind.DENIED, QuestionKind.SAID}
)
_EVENTFUL = frozenset({QuestionKind.WHY, QuestionKind.WHO, QuestionKind.WHEN, QuestionKind.WHERE})
_CAUSE = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|caused|cause|after|over|for (?:lack|want|refusing|failing|having)|in protest|blamed?|reason|"
    r"so that|in order|on the grounds|accus\w+|to (?:avoid|protect|save|prevent|make)|thanks to|led to|meant that|why)\b",
    re.IGNORECASE,
)


def answers(question: Question, selection: Selection) -> bool:
    """True where the statements found have enough of the question's own terms and a thing of the kind asked for."""
    least = 0.4 if question.kind in _ABOUT_REPORTS else CLOSE
    if selection.support < SUPPORT and selection.closeness < least:
        return False
    if question.kind is QuestionKind.SAID and any(
        spoken_by(m, question.speaker) for m in (*selection.denying, *selection.related, *selection.bearing)
    ):
        return True
    if question.kind is QuestionKind.SAID and re.search(r"\b[A-Z]", question.speaker):
        heard = (
            *selection.denying,
            *selection.related,
            *selection.bearing,
            *selection.retracting,
            *selection.declining,
        )
        if not any(spoken_by(m, question.speaker) for m in heard):
            return False
    if question.kind is QuestionKind.HOW_MANY and selection.support >= SUPPORT and selection.counted:
        return selection.counted[0].score >= BEARING or bool(selection.bearing and counted_noun(question.text))
    if question.kind in _PRECISE and selection.weakest < UNMET and selection.closeness < VERY_CLOSE:
        return False
    if selection.moments:
        return True
    eventful = question.kind in _EVENTFUL
    if any(not eventful or match.core >= 0.5 for match in selection.retracting):
        return True
    if any(match.score >= 0.42 and (not eventful or match.core >= 0.5) for match in selection.denying):
        return True
    if question.kind is QuestionKind.DENIED and (selection.related or selection.declining):
        return bool(selection.bearing or selection.related)
    if not selection.bearing:
        return False
    if (
        question.kind in _EVENTFUL
        and max(m.core for m in selection.bearing[:4]) < 0.3
        and selection.closeness < VERY_CLOSE
    ):
        return False
    texts = [match.unit.own_text for match in selection.bearing[:6]]
    if question.kind is QuestionKind.YES_NO and question.proposition:
        best = [*selection.bearing[:6], *selection.denying[:3], *selection.retracting[:2]]
        if not any(match.core >= HALF_CORE or match.granted + match.defied >= 0.5 for match in best):
            return False
    if question.kind is QuestionKind.WHY:
        top = selection.bearing[0].score
        return any(_CAUSE.search(m.unit.own_text) for m in selection.bearing[:4] if m.score >= 0.85 * top)
    if question.kind is QuestionKind.WHEN:
        return False
    if question.kind is QuestionKind.WHO and re.search(r"\bnames? of\b", question.text, re.IGNORECASE):
        texts = [match.unit.own_text for match in selection.bearing[:6] if match.core >= 0.75]
        return any(
            kind_of(name) is SourceKind.PERSON and len(name.split()) > 1
            for text in texts
            for _, name in find_names(text)
        )
    if question.kind is QuestionKind.WHO:
        return any(
            find_names(text) or match.unit.statement.source.kind is not SourceKind.UNNAMED
            for text, match in zip(texts, selection.bearing, strict=False)
        )
    return True
