"""The rule tagger: attributions by cue words, quotation marks and word order, without a model."""

from __future__ import annotations

import re

from index.cues import withdraws
from index.plain import plain, without_stops
from index.rule_asides import blamed_for, by_first_report, by_middle, by_quoted_as, split_aside, with_main_content
from index.rule_cues import Cue, find_cues
from index.rule_frames import (
    DATELINE,
    by_according,
    by_declining,
    by_giving,
    by_headline,
    by_publishing,
    by_withdrawing,
)
from index.rule_idioms import no_speech
from index.rule_verbs import attribute
from index.spans import Span, paragraphs, sentences
from index.tagger import Attribution

_QUOTE = re.compile(r"[“\"]([^“”\"]{1,2000})(?:[”\"]|\Z)")


class RuleTagger:
    """Attributions by rules; see the module's docstring."""

    name = "rules"

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """Attributions of a text, in order; quotations without a cue are joined to the one before in their paragraph."""
        text = without_stops(plain(text))
        found: list[Attribution] = []
        for paragraph in paragraphs(text):
            quotes = _quotes(text, paragraph)
            local: list[Attribution] = []
            for sentence in _joined(text, paragraph, quotes):
                local += _tag_sentence(text, sentence, quotes)
            found += _with_loose_quotes(text, local, quotes)
        return tuple(sorted(found, key=lambda item: item.content[0]))


def _quotes(text: str, paragraph: Span) -> list[Span]:
    """Quotations of a paragraph, marks included."""
    found = []
    start = paragraph.start
    closing = text.find("”", start, paragraph.end)
    if closing > start + 20 and not 0 <= text.find("“", start, paragraph.end) < closing:
        found.append(Span(start, closing + 1))  # its opening mark stands in an earlier paragraph, or was lost
        start = closing + 1
    found += [Span(match.start(), match.end()) for match in _QUOTE.finditer(text, start, paragraph.end)]
    return found


def _joined(text: str, paragraph: Span, quotes: list[Span]) -> list[Span]:
    """Sentences of a paragraph, those joined that share one quotation ("One. Two," she said)."""
    found: list[Span] = []
    inner = [Span(s.start + paragraph.start, s.end + paragraph.start) for s in sentences(paragraph.of(text))]
    for sentence in inner:
        if found and any(quote.start < sentence.start < quote.end for quote in quotes):
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def _tag_sentence(text: str, sentence: Span, quotes: list[Span]) -> list[Attribution]:
    dateline = DATELINE.match(text, sentence.start, sentence.end)
    if dateline:
        sentence = Span(dateline.end(), sentence.end)
    main, aside = split_aside(text, sentence, [quote for quote in quotes if sentence.contains(quote)])
    found = _tag_clause(text, main, quotes)
    return found if aside is None else [*found, blamed_for(text, with_main_content(aside, found))]


def _tag_clause(text: str, sentence: Span, quotes: list[Span]) -> list[Attribution]:
    inside = [quote for quote in quotes if sentence.contains(quote)]
    found = (
        by_quoted_as(text, sentence)
        or by_according(text, sentence, inside)
        or by_publishing(text, sentence)
        or by_giving(text, sentence)
        or by_withdrawing(text, sentence)
        or by_first_report(text, sentence)
        or by_middle(text, sentence)
    )
    taken = [span for item in found for span in (*item.cue, *item.source)]
    taken += [
        span for item in found if withdraws(text[item.cue[0].start : item.cue[0].end + 60]) for span in item.content
    ]
    subject: tuple[Span, ...] = found[0].source if found else ()
    for cue in find_cues(text, sentence, inside):
        if any(cue.span.overlaps(span) for span in taken):
            continue
        if _in_relative(text, sentence, cue) or (not inside and no_speech(text, cue, sentence)):
            continue
        item = attribute(text, sentence, cue, inside, subject)
        if item is not None:
            found.append(item)
            taken += [*item.cue, *item.source]
            subject = item.source or subject
    for quote in inside:
        if len(quote.of(text).split()) >= 10:
            found += _nested(text, quote)
    if not found:
        found += by_declining(text, sentence, inside) or by_headline(text, sentence)
    return found


def _nested(text: str, quote: Span) -> list[Attribution]:
    """Attributions within a quotation: an outlet's text that is quoted at length attributes too."""
    found: list[Attribution] = []
    start = quote.start + (text[quote.start] in '“"')
    end = quote.end - (text[quote.end - 1] in '”"')
    for inner in sentences(text[start:end]):
        sentence = Span(start + inner.start, start + inner.end)
        for cue in find_cues(text, sentence, []):
            if _in_relative(text, sentence, cue):
                continue
            if cue.lemma in {"say", "report", "confirm", "tell", "deny", "claim", "announce"} and not cue.participle:
                item = attribute(text, sentence, cue, [], ())
                if item is not None and not re.match(
                    r"(?:I|we|you)\b", item.source[0].of(text) if item.source else "", re.I
                ):
                    found.append(item)
    return found


def _in_relative(text: str, sentence: Span, cue: Cue) -> bool:
    """True where a cue stands in a relative clause or after "what it": "who speaks for the trust", "what it called",
    "whatever they tell you"."""
    clause = re.split(r"[,;:“”\"]", text[sentence.start : cue.span.start])[-1]
    return bool(re.match(r"\s*(?:who|which|whose|whom|where)\b", clause)) or bool(
        re.search(r"\bwhat(?:ever)?\s+(?:\S+\s+){1,3}$", clause)
    )


def _with_loose_quotes(text: str, found: list[Attribution], quotes: list[Span]) -> list[Attribution]:
    """Joins a quotation that no attribution holds to the attribution before it in the paragraph."""
    result = list(found)
    for quote in quotes:
        if len(quote.of(text).split()) < 3:
            continue
        if any(span.overlaps(quote) for item in result for span in (*item.content, *item.source)):
            continue
        earlier = [item for item in result if item.content[-1].start < quote.start]
        if not earlier:
            continue
        last = max(earlier, key=lambda item: item.content[-1].end)
        position = result.index(last)
        result[position] = Attribution(last.source, last.cue, (*last.content, quote))
    return result
