"""What an article says in its own voice, what its reporter saw, and what it takes back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from index.article import Article
from index.cues import hedges, retracts
from index.names import fold, short_of
from index.spans import Span, trimmed
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
    return _of_source(last, Span(match.start("who"), match.end("who")), None, sentence, text)


_ACCOUNT = re.compile(
    r"(?:By|In|On|Going by)\s+(?:(?P<last>that|this|the same|his|her|its|their)|(?P<who>(?:the\s+)?[^,.;:“”\"]{2,50}?)[’'](?:s\b)?)\s+(?:own\s+|latest\s+|official\s+)?"
    r"(?P<noun>count|account|reckoning|tally|version|telling|estimates?|figures|words|description)\b,?\s+(?=\S)"
)
"""As in "By that count Mott got 48 percent" and "By the source's account, a boat left at nine"."""


def _by_account(text: str, sentence: Span, attributed: list[Statement], found: list[Statement]) -> Statement | None:
    """What a sentence gives as somebody's account; None where it names none, or nobody who was quoted before."""
    match = _ACCOUNT.match(text, sentence.start, sentence.end)
    if not match:
        return None
    before = [
        item
        for item in (*attributed, *found)
        if item.source_span and item.source.name and item.content_spans[0].start < sentence.start
    ]
    if match["who"]:
        words = fold(match["who"])
        head = words.split()[-1] if words else ""
        before = [
            item
            for item in before
            if any(
                short_of(match["who"], name)
                for name in (item.source.name, *item.source.aliases, item.source.speaks_for)
                if name
            )
            or head in fold(f"{item.source.name} {item.source.role}").split()
        ]
    last = max(before, key=lambda item: item.content_span.start, default=None)
    if last is None:
        return None
    who = "who" if match["who"] else "last"
    return _of_source(
        last,
        Span(match.start(who), match.end(who)),
        Span(sentence.start, match.end("noun")),
        trimmed(text, match.end(), sentence.end),
        text,
    )


_OPENS = '“"«„'


def _quoted_on(text: str, sentence: Span, attributed: list[Statement], found: list[Statement]) -> Statement | None:
    """A paragraph that is all quotation and names nobody goes on with who was quoted in the paragraph before."""
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    end = end if end >= 0 else len(text)
    paragraph = text[start:end].strip()
    if not paragraph or paragraph[0] not in _OPENS or not _ALL_QUOTED.fullmatch(paragraph):
        return None
    before_end = len(text[:start].rstrip())
    before_start = text.rfind("\n", 0, before_end) + 1
    near = [
        item
        for item in (*attributed, *found)
        if item.source_span and item.content_span.end > before_start and item.content_span.start < sentence.start
    ]
    last = max(near, key=lambda item: item.content_span.end, default=None)
    if last is None or not last.source.name or last.stance is Stance.DECLINES:
        return None
    if not re.search(r"[“”\"]", text[max(before_start, last.content_span.start - 1) : last.content_span.end + 1]):
        return None
    return _of_source(last, last.source_span or sentence, None, sentence, text)


_ALL_QUOTED = re.compile(r"[“\"«„][^“”\"«»]{12,}(?:[”\"»]\W{0,2})?")


def _of_source(last: Statement, who: Span, cue: Span | None, content: Span, text: str) -> Statement:
    """A statement by the source of another one."""
    return Statement(
        id="",
        article_id=last.article_id,
        source_span=who,
        cue_span=cue,
        content_spans=(content,),
        source=last.source,
        stance=Stance.ASSERTS,
        via=last.via,
        said_on=None,
        happened_on=None,
        hedged=hedges(content.of(text)),
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
        goes_on = (
            _told_on(text, sentence, attributed, found)
            or _quoted_on(text, sentence, attributed, found)
            or _by_account(text, sentence, attributed, found)
        )
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
