"""What a denial points back to, and which statements a later sentence hedges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.article import Article
from index.chains import unquoted
from index.cues import LEMMAS, STRONG, negates, unverified
from index.names import fold, same_name
from index.own_voice import sentence_at
from index.rule_phrases import has_verb
from index.spans import Span
from index.statements import Stance, Statement

_ANAPHORIC = re.compile(
    r"^\W*(?:(?:as\s+(?:\w+\s+){1,2})?(?:it|this|that|them|these|those|both|all)\b(?:[^\w]*$|,?\s+(?:on|in|at|yesterday|today|last|again|outright|flatly|categorically|strongly|as|to|through|by|when)\b)|(?:as\s+\w+\s+)?(?:the|these|those|both|such|that|this|any|all|its|his|her|their|what it called)\s+"
    r"(?:\w+\s+|[\"“”']+){0,3}?(?:claims?|allegations?|accusations?|reports?|charges?|statements?|assertions?|suggestions?|stor(?:y|ies)|rumou?rs?|"
    r"figures?|numbers?|accounts?|announcements?|version|speculation|criticism|findings?|list|idea|notion)\b(?![^.;]*\bthat\s+\w+\s+\w+))",
    re.IGNORECASE,
)


def denials_within(found: list[Statement]) -> list[Statement]:
    """'Smith rejects it, his lawyer said': what holds a denial by the same party is a denial."""
    denials = [item for item in found if item.stance is Stance.DENIES and item.cue_span is not None]
    return [
        replace(item, stance=Stance.DENIES)
        if item.stance is Stance.ASSERTS
        and any(
            d is not item
            and d.cue_span is not None
            and any(s.contains(d.cue_span) for s in item.content_spans)
            and fold(d.source.party) == fold(item.source.party)
            for d in denials
        )
        else item
        for item in found
    ]


def pointing_back(article: Article, found: list[Statement], all_sentences: Sequence[Span]) -> list[Statement]:
    """Gives anaphoric contents the words that they point to; a rejecting quotation takes those of the denial beside it."""
    result: list[Statement] = []
    for item in found:
        content = item.content_spans[0].of(article.text)
        about: tuple[Span, ...] = ()
        vague = _ANAPHORIC.match(content) and not re.search(r"\s[A-Z]\w+", content)
        if item.stance in {Stance.DENIES, Stance.RETRACTS, Stance.CONFIRMS} and (
            vague or _short_negation(content) or item.source_span is None or _corrects_itself(article, item)
        ):
            about = _antecedent(article, item, result, all_sentences)
        elif item.stance is Stance.DENIES and negates(content):
            beside = [other for other in result[-2:] if other.stance is Stance.DENIES and other.about_spans]
            about = beside[-1].about_spans if beside else _antecedent(article, item, result, all_sentences)
        item = replace(item, about_spans=about) if about else item
        result.append(_denying_on(article, item, result))
    return result


def _corrects_itself(article: Article, item: Statement) -> bool:
    """ "It corrected itself the next day" does not say what was wrong."""
    cue = item.cue_span.of(article.text) if item.cue_span is not None else ""
    return bool(re.search(r"sel(?:f|ves)$|\ba (?:correction|retraction|clarification|apology)$", cue, re.IGNORECASE))


def _denying_on(article: Article, item: Statement, before: list[Statement]) -> Statement:
    """A quotation with a "not" right after a denial by the same party goes on denying the same."""
    if item.stance is not Stance.ASSERTS or not before or item.source_span is None:
        return item
    last = before[-1]
    text = article.text
    between = (
        text[last.content_span.end : item.content_spans[0].start]
        if last.content_span.end <= item.content_spans[0].start
        else ""
    )
    if last.stance is not Stance.DENIES or "\n\n" in between or fold(last.source.party) != fold(item.source.party):
        return item
    if not re.search(
        r"\b(?:no|not|never|none|nothing|nobody)\b|n[’']t\b", item.content_spans[0].of(text), re.IGNORECASE
    ):
        return item
    return replace(item, stance=Stance.DENIES, about_spans=item.about_spans or last.about_spans or last.content_spans)


def _short_negation(content: str) -> bool:
    return len(content.split()) <= 9 and (
        negates(content)
        or bool(
            re.search(
                r"\b(?:they|it|that|this)\b[^.]{0,20}\b(?:false|untrue|wrong|not|baseless|nonsense|invent\w+)\b",
                content,
                re.I,
            )
        )
    )


_ASKED = re.compile(
    r"^\W*(?:asked|questioned|pressed|challenged|responding|replying|reacting)\b[^,]*?\b(?:about|on|whether|to|over)\s+(?P<about>[^,]+(?:,[^,]+)??),",
    re.IGNORECASE,
)


def _antecedent(
    article: Article, item: Statement, before: list[Statement], all_sentences: Sequence[Span]
) -> tuple[Span, ...]:
    text = article.text
    sentence = sentence_at(all_sentences, (item.cue_span or item.content_spans[0]).start)
    asked = _ASKED.match(sentence.of(text))
    if asked:
        return (Span(sentence.start + asked.start("about"), sentence.start + asked.end("about")),)
    content = item.content_spans[0].of(text)
    again = _denied_before(item, before, sentence, text)
    if again:
        return again
    earlier = [other for other in before if _can_be_meant(other, item, text)]
    if not earlier:
        return ()
    claims = [other for other in earlier if _is_claim(other, text)] or earlier[-1:]
    if _COUNTED.match(content):
        claims = [other for other in claims if re.search(r"\d", _told(other, text))] or claims
    chosen = claims[-2:] if _TWO.match(content) else claims[-1:]
    if _SEVERAL.match(content) and len(claims) > 1 and _beside(claims[-2], claims[-1], text):
        chosen = claims[-2:]
    return tuple(sorted({span for other in chosen for span in other.content_spans}))


def _is_claim(other: Statement, text: str) -> bool:
    """True for what somebody says, and for a sentence that tells of a saying: "A paper of 2011 had promised fewer deaths"."""
    told = _told(other, text)
    if _ANAPHORIC.match(told) or not (
        has_verb(f"it {told}") or re.search(r"\b(?:of|for|deny|denied)\s+\w+ing\b", told)
    ):
        return False
    if other.source_span is not None or other.in_title or other.hedged:
        return True
    return bool(re.search(r"\bsp(?:oken?|eaks?) of\b", told)) or any(
        LEMMAS.get(word) in _TELLING for word in re.findall(r"\b[a-z]+\b", told)
    )


_TELLING = (STRONG | {"promise", "threaten", "accuse", "blame", "claim", "suggest"}) - {
    "put",
    "add",
    "correct",
    "note",
    "speak",
}
_TWO = re.compile(r"\W*(?:as \w+ )?(?:both|(?:the |these |those )?two)\b", re.IGNORECASE)
"""An anaphor that stands for two claims."""
_COUNTED = re.compile(
    r"\W*(?:the|this|that|these|those|its|their|his|her|such)\s+(?:\w+\s+)?(?:figures?|numbers?|tolls?|counts?)\b",
    re.IGNORECASE,
)
"""An anaphor that stands for a number."""
_SEVERAL = re.compile(
    r"\W*(?:as \w+ )?(?:both|all|these|those|the (?:two )?\w+s\b|two|them|they|such)\b", re.IGNORECASE
)
"""An anaphor that may stand for more than one claim."""


def _told(other: Statement, text: str) -> str:
    return " ".join(span.of(text) for span in other.content_spans)


def _beside(first: Statement, second: Statement, text: str) -> bool:
    """True where one party says both, in one paragraph with one sentence's end at most between."""
    between = text[first.content_span.end : max(first.content_span.end, second.content_spans[0].start)]
    same = bool(first.source.party) and fold(first.source.party) == fold(second.source.party)
    return same and "\n\n" not in between and len(re.findall(r"[.!?]\s", between)) <= 1


def _denied_before(item: Statement, before: Sequence[Statement], sentence: Span, text: str) -> tuple[Span, ...]:
    """What the same party denied in the words before, where a pronoun takes it up: "denied the sale, and denied it again"."""
    if not re.fullmatch(r"\W*(?:it|them|this)\W*", _told(item, text)):
        return ()
    for other in reversed(before):
        if not sentence.contains(other.content_spans[0]):
            return ()
        if other.stance is Stance.DENIES and fold(other.source.party) == fold(item.source.party):
            return other.about_spans or other.content_spans
    return ()


def _can_be_meant(other: Statement, item: Statement, text: str) -> bool:
    """True where an anaphor in `item` can point to `other`: told before it, by somebody else, and long enough to deny."""
    if other.stance not in {Stance.ASSERTS, Stance.CONFIRMS, Stance.HEDGES}:
        return False
    if other.content_spans[0].start >= item.content_spans[0].start or len(other.content_span.of(text).split()) < 4:
        return False
    if any(span.overlaps(item.content_span) for span in other.content_spans):
        return False
    same = bool(other.source.party) and bool(item.source.party) and same_name(other.source.party, item.source.party)
    return not same or item.stance is Stance.RETRACTS


def hedged_after(article: Article, found: list[Statement], all_sentences: Sequence[Span]) -> list[Statement]:
    """ "The figure could not be verified" hedges what the same article attributed just before."""
    text = article.text
    result = list(found)
    for sentence in all_sentences:
        words = unquoted(sentence.of(text))
        if not unverified(words):
            continue
        earlier = [
            i
            for i, item in enumerate(result)
            if item.cue_span is not None
            and item.content_spans[0].start < sentence.end
            and item.stance is not Stance.DENIES
        ]
        if not earlier:
            continue
        party = result[earlier[-1]].source.party
        for i in earlier:
            if fold(result[i].source.party) == fold(party):
                result[i] = replace(result[i], hedged=True)
    return result
