"""What an article says in its own voice, what its reporter saw, and what it takes back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from index.article import Article
from index.cues import hedges, retracts
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

CORRECTION = re.compile(
    r"\b(?:correction|corrigendum|retraction|clarification|we were wrong|we got it wrong|withdrawn|an apology|apology to)\b",
    re.IGNORECASE,
)
"""Words of an article that corrects or withdraws another."""
_UNTRUE = re.compile(
    r"\b(?:not true|untrue|was wrong|were wrong|is wrong|incorrect|in error|a mistake|(?:he|she|it|they) (?:has|have|did|had|was|were|is) not|should not have|mistook|took it for)\b",
    re.IGNORECASE,
)
FROM_US = re.compile(
    r"^\W*(?:on \w+ |in our [\w ]+ )*(?:we|our|an article|a report|this (?:news)?paper|the editors?|[\w’' ]{0,40}$)\b",
    re.IGNORECASE,
)
"""A source that is the article or its makers."""
SIGHT = re.compile(
    r"\b(?:(?:a|our|the) reporters? (?:of|for|from|with|at)[^.]{0,60}\b(?:saw|counted|watched|visited|found|witnessed|heard)|"
    r"(?:this (?:newspaper|reporter|correspondent)|we|our reporters?|i) (?:saw|counted|watched|visited|found|have seen|has seen|witnessed|heard|passed)|"
    r"reporter (?:at|on) the (?:scene|spot)|(?:was|were) shown\b)",
    re.IGNORECASE,
)  # fmt: skip
"""Words that tell what the reporter saw."""
_NOBODY_SAYS = re.compile(
    r"^\W*(?:nobody|no one|neither|none)\b[^.]*\b(?:said|told|would|say|knows?|explained)\b", re.IGNORECASE
)


def source_is_self(source: Source, article: Article) -> bool:
    """True where the source is the article's own publisher, or the article itself where that is unknown."""
    return source.kind is SourceKind.OUTLET and source.name == article.publisher


def says_untrue(text: str) -> bool:
    """True where an article tells in its first lines that what it told before is not true."""
    return bool(
        re.search(
            r"\bwe\b[^.]{0,160}\.\s[^.]{0,80}\b(?:not true|untrue|wrong|incorrect|has not|have not|did not)\b",
            text[:900],
            re.IGNORECASE,
        )
    )


def sentence_at(all_sentences: Sequence[Span], at: int) -> Span:
    """The sentence that holds a character; the last one where none does."""
    index = bisect_right(all_sentences, at, key=lambda sentence: sentence.start) - 1
    if index >= 0 and at < all_sentences[index].end:
        return all_sentences[index]
    return all_sentences[-1] if all_sentences else Span(at, at)


def in_title_of(article: Article, span: Span) -> bool:
    """True where a span stands in the article's headline."""
    head = article.text.lstrip()
    lead = len(article.text) - len(head)
    return bool(article.title) and head.startswith(article.title[:60]) and span.start < lead + len(article.title)


def _held(length: int, attributed: list[Statement]) -> list[int]:
    """For each place of the text how many characters before it attributions hold, one that two hold counted twice."""
    steps = [0] * (length + 1)
    for item in attributed:
        for span in (*item.content_spans, item.source_span, item.cue_span):
            if span is not None:
                steps[span.start] += 1
                steps[span.end] -= 1
    return [0, *accumulate(accumulate(steps[:-1]))]


_BACKSHIFTED = re.compile(
    r"(?P<who>He|She) had (?!a\b|an\b|the\b|no\b|his\b|her\b)(?:also |not |never |only |already )?[a-z]+\b"
)
"""The tense in which indirect speech goes on: "She had examined a flake of it"."""


def _told_on(text: str, sentence: Span, attributed: list[Statement], found: list[Statement]) -> Statement | None:
    """What a person goes on to tell in the sentence after the one that quotes him or her, in indirect speech; None where
    the sentence is none of it."""
    match = _BACKSHIFTED.match(text, sentence.start, sentence.end)
    if not match:
        return None
    before = [
        item for item in (*attributed, *found) if item.source_span and item.content_spans[0].start < sentence.start
    ]
    last = max(before, key=lambda item: item.content_span.end, default=None)
    if last is None or last.source.kind is not SourceKind.PERSON or last.stance is Stance.DECLINES:
        return None
    between = text[last.content_span.end : sentence.start]
    if "\n\n" in between or re.search(r"[.!?]\s+\S", between):
        return None
    return Statement(
        id="",
        article_id=last.article_id,
        source_span=Span(match.start("who"), match.end("who")),
        cue_span=None,
        content_spans=(sentence,),
        source=last.source,
        stance=Stance.ASSERTS,
        via=last.via,
        said_on=None,
        happened_on=None,
        hedged=hedges(sentence.of(text)),
        in_title=False,
        own_sight=False,
    )


def own_voice(article: Article, attributed: list[Statement], all_sentences: Sequence[Span]) -> list[Statement]:
    """A statement for each sentence of which no attribution holds most."""
    text = article.text
    found: list[Statement] = []
    publisher = Source(article.publisher, SourceKind.OUTLET)
    correction = bool(CORRECTION.search(article.title) or CORRECTION.search(text[:200]) or says_untrue(text))
    held = _held(len(text), attributed)
    cues = sorted(item.cue_span for item in attributed if item.cue_span is not None)
    for sentence in all_sentences:
        words = sentence.of(text)
        covered = held[sentence.end] - held[sentence.start]
        at = bisect_left(cues, sentence.start, key=lambda cue: cue.start)
        told = any(sentence.contains(cue) for cue in cues[at : at + 1])
        if told or covered > 0.3 * len(sentence) or len(words.split()) < 3 or _NOBODY_SAYS.search(words):
            continue
        goes_on = _told_on(text, sentence, attributed, found)
        if goes_on is not None:
            found.append(goes_on)
            continue
        stance = Stance.ASSERTS
        if (
            retracts(words)
            and (FROM_US.match(words) or correction or re.search(r"\b(?:we|our)\b", words, re.IGNORECASE))
        ) or (correction and _UNTRUE.search(words)):
            stance = Stance.RETRACTS
        found.append(
            Statement(
                id="",
                article_id=article.id,
                source_span=None,
                cue_span=None,
                content_spans=(sentence,),
                source=publisher,
                stance=stance,
                via=(),
                said_on=None,
                happened_on=None,
                hedged=hedges(words),
                in_title=in_title_of(article, sentence),
                own_sight=bool(SIGHT.search(words)),
            )
        )
    return found
