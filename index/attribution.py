"""From tagged spans to statements: who a source is, through whom it came, and what stance it takes.

The resolution of pronouns and definite nouns follows the order that newspaper attribution has (Pareti 2015; Newell et al.
2018): the nearest fitting party that was quoted or named before, by number, gender and kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.anaphora import denials_within, hedged_after, pointing_back
from index.article import Article
from index.chains import State, cited_after, find_chain, named_later, nested_chains
from index.cues import denies, hedges, negates, owns_error, retracts, stance_of, withdraws
from index.dates import DateMention, find_dates, in_dateline, text_anchor
from index.own_voice import CORRECTION, FROM_US, SIGHT, in_title_of, own_voice, says_untrue, sentence_at, source_is_self
from index.sources import Resolver
from index.spans import Span, sentences
from index.speaking import speaker_span
from index.statements import Stance, Statement
from index.tagger import Attribution, Tagger, default_tagger

MOST_ATTRIBUTIONS = 2000
"""Attributions read of one article: a newspaper's longest has some hundreds, a page made to be slow has any number."""


def read_statements(article: Article, tagger: Tagger | None = None) -> tuple[Statement, ...]:
    """Every statement of an article: attributed ones first found by the tagger, then a sentence each for what the
    article says in its own voice. In the order of their content.

    Args:
        article: its text, publisher and date are used.
        tagger: finds the attributions; `default_tagger()` where None.
    """
    text = article.text
    tags = (tagger or default_tagger()).tag(text)
    resolver = Resolver(article)
    dates = find_dates(text, text_anchor(text, article.published))
    state = State()
    all_sentences = sentences(text)
    for tag in sorted(tags, key=_position)[:MOST_ATTRIBUTIONS]:
        state.made += _statements_of(article, tag, resolver, state, all_sentences)
    made = cited_after(state.made, resolver, article, all_sentences)
    made = named_later(made, resolver, article)
    attributed = nested_chains(made, article)
    own = own_voice(article, attributed, all_sentences)
    found = sorted([*attributed, *own], key=lambda item: (item.content_spans[0], item.cue_span is None))
    found = [_dated(item, article, dates, all_sentences) for item in found]
    found = denials_within(found)
    found = pointing_back(article, found, all_sentences)
    found = hedged_after(article, found, all_sentences)
    return tuple(_unique_ids(found))


def _position(tag: Attribution) -> int:
    """Where the source stands, so that pronouns look back at what was read before."""
    spans = tag.source or tag.cue or tag.content
    return spans[0].start


def _statements_of(
    article: Article, tag: Attribution, resolver: Resolver, state: State, all_sentences: Sequence[Span]
) -> list[Statement]:
    text = article.text
    source_span = speaker_span(text, Span(tag.source[0].start, tag.source[-1].end)) if tag.source else None
    cue_span = Span(tag.cue[0].start, tag.cue[-1].end) if tag.cue else None
    anchor = cue_span or source_span or tag.content[0]
    sentence = sentence_at(all_sentences, anchor.start)
    outside = _outside(text, sentence, tag.content)
    source, via = find_chain(article, tag, source_span, cue_span, sentence, resolver, state)
    cue = " ".join(span.of(text) for span in tag.cue)
    content = " ".join(span.of(text) for span in tag.content)
    window = _window(text, sentence, tag, source_span, cue_span)
    refused = source_span is not None and any(span.contains(source_span) for span in tag.content)
    stance = stance_of(cue, content if refused else window)
    if stance is Stance.ASSERTS and denies(window) and not _other_cue_denies(window, cue):
        stance = Stance.DENIES
    if source_span is not None and _REFUSES.match(f"{source_span.of(text)} {cue} {content}"):
        stance = Stance.DECLINES
    if (
        cue_span is not None
        and stance in {Stance.ASSERTS, Stance.CONFIRMS}
        and _asks_whether(text, cue_span, tag.content[0])
    ):
        stance = Stance.DECLINES
    if stance is Stance.ASSERTS and negates(content) and (re.search(r"[“\"]", content) or len(content.split()) <= 20):
        stance = Stance.DENIES
    if stance is Stance.ASSERTS and _CORRECTS.search(cue) and retracts(f"{cue} {content}"):
        stance = Stance.RETRACTS
    withdrawn = cue_span is not None and withdraws(text[cue_span.start : cue_span.end + 60])
    if withdrawn or (stance in {Stance.ASSERTS, Stance.DENIES} and owns_error(f"{sentence.of(text)} {content}")):
        stance = Stance.RETRACTS
    if stance is Stance.ASSERTS and re.fullmatch(r"\W*no comment\W*", content, re.IGNORECASE):
        stance = Stance.DECLINES
    if stance is Stance.ASSERTS and _ATTACKS.match(f"{cue} {content}"):
        stance = Stance.DENIES
    if stance in {Stance.ASSERTS, Stance.RETRACTS} and retracts(
        content if source_is_self(source, article) or "I " in content or "we " in content.lower() else outside
    ):
        stance = Stance.RETRACTS
    if source_is_self(source, article) and source_span is not None and _EARLIER_VERSION.match(source_span.of(text)):
        stance = Stance.RETRACTS
    if (
        source_is_self(source, article)
        and (CORRECTION.search(article.title) or CORRECTION.search(text[:200]) or says_untrue(text))
        and FROM_US.match(source_span.of(text) if source_span else "x")
    ):
        stance = Stance.RETRACTS
    return [
        Statement(
            id="",
            article_id=article.id,
            source_span=source_span,
            cue_span=cue_span,
            content_spans=tag.content,
            source=source,
            stance=stance,
            via=via,
            said_on=None,
            happened_on=None,
            hedged=hedges(outside) or "alleg" in cue.lower() or hedges(content[:60]),
            in_title=in_title_of(article, tag.content[0]),
            own_sight=source_is_self(source, article) and bool(SIGHT.search(outside + " " + content)),
        )
    ]


_EARLIER_VERSION = re.compile(r"an? (?:earlier|previous|original) version of\b", re.IGNORECASE)
_ATTACKS = re.compile(
    r"(?:(?:has|have|had)\s+)?(?:slam\w*|blast\w*|derid\w+|ridicul\w+|lambast\w+|decr(?:y|ies|ied)|denounc\w+|condemn\w*|attack\w*|(?:brush|shrug|laugh)\w* off)\s+"
    r"(?:(?:the|these|those|this|that|all|such)\s+)?(?:\w+\s+){0,2}?(?:claims?|allegations?|accusations?|reports?|rumou?rs?|stor(?:y|ies)|charges?|suggestions?|speculation)\b",
    re.IGNORECASE,
)
"""As in "slammed the claims as total rubbish"."""
_CORRECTS = re.compile(r"\b(?:correct(?:s|ed)?|withdr[ae]w[sn]?|retract(?:s|ed)?|recant(?:s|ed)?)$", re.IGNORECASE)
_REFUSES = re.compile(
    r"neither\b[^,]*\bnor\b.*\b(?:confirm|den[iy]|comment|repl|respon|answer)|[^“\"]*\b(?:said|says|saying)\s+(?:only\s+)?nothing\s+(?:of|about|on|more)\b"
    r"|[^“\"]*\b(?:said|says|saying)\s+(?:that\s+)?(?:he|she|it|they|we|officials)\s+(?:could|would|can|will|does|do|did)(?:not| not|n[’']t)\s+(?:yet\s+|publicly\s+|immediately\s+)?"
    r"(?:comment|confirm|discuss|say|speculate|rule out)\b",
    re.IGNORECASE,
)
"""As in "Neither the ministry nor the police confirmed the arrests" and "said nothing of the prisoners"."""


def _asks_whether(text: str, cue: Span, content: Span) -> bool:
    """True where what is told is open: "said it would look into whether", "did not say whether"."""
    between = text[cue.end : content.start] if cue.end <= content.start else ""
    return bool(re.search(r"\bwhether\s*$", between)) or bool(re.match(r"(?:whether|if)\b", content.of(text)))


def _other_cue_denies(outside: str, cue: str) -> bool:
    """True where the denying word belongs to a relative clause or to another party's cue in the sentence."""
    return bool(
        re.search(
            r"\b(?:who|which|that)\s+(?:has\s+|had\s+|have\s+)?(?:denied|denies|deny|rejected|dismissed)", outside
        )
    ) or cue.lower().startswith("according")


def _outside(text: str, sentence: Span, content: Sequence[Span]) -> str:
    """A sentence's words without the content."""
    kept, at = [], sentence.start
    for span in sorted(content):
        if span.start >= sentence.end or span.end <= sentence.start:
            continue
        kept.append(text[at : max(at, span.start)])
        at = max(at, min(span.end, sentence.end))
    return " ".join([*kept, text[at : sentence.end]])


def _window(text: str, sentence: Span, tag: Attribution, source: Span | None, cue: Span | None) -> str:
    """The words around the cue that can colour it: from the source or the cue to the next comma, content left out."""
    spans = [span for span in (source, cue) if span is not None]
    if not spans:
        return ""
    start = cue.start if cue is not None else spans[0].start  # a source's own words colour nothing
    end = max(span.end for span in spans)
    following = re.match(r"[^,;.:“”\"]*", text[end : sentence.end])
    end += following.end() if following else 0
    inside = [span for span in tag.content if span.start >= start]
    if inside and inside[0].start < end:
        end = max(inside[0].start, max(span.end for span in spans))
    return text[start:end]


def _dated(item: Statement, article: Article, dates: Sequence[DateMention], all_sentences: Sequence[Span]) -> Statement:
    """Adds when it was said (a date outside the content) and when what it tells of happened (a date inside)."""
    anchor = item.cue_span or item.content_spans[0]
    sentence = sentence_at(all_sentences, anchor.start)
    inside = [m for m in dates if any(span.contains(m.span) for span in item.content_spans)]
    outside = [
        m
        for m in dates
        if sentence.contains(m.span) and m not in inside and not any(s.overlaps(m.span) for s in item.content_spans)
    ]
    dateline = [m for m in inside if in_dateline(article.text, m.span)]
    inside = [m for m in inside if m not in dateline]
    said = outside[0].date if outside and item.cue_span is not None else None
    return replace(item, said_on=said, happened_on=inside[0].date if inside else None)


def _unique_ids(found: list[Statement]) -> list[Statement]:
    seen: dict[str, int] = {}
    result = []
    for item in found:
        base = f"{item.article_id}@{item.content_spans[0].start}"
        count = seen.get(base, 0)
        seen[base] = count + 1
        result.append(replace(item, id=base if not count else f"{base}.{count}"))
    return result
