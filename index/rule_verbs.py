"""Attributions by a cue verb: before its content, after it, in the passive, as a participle."""

from __future__ import annotations

import re

from index.cues import INVERTING, LEMMAS, STANCES, STRONG, declines, denies
from index.rule_cues import Cue, wide_cue
from index.rule_idioms import holds_no_clause
from index.rule_phrases import (
    LEADING,
    PRONOUN_SUBJECT,
    TIME,
    cut_clause,
    has_verb,
    is_noun_phrase,
    opens_quote,
    pronoun_at_end,
    quotes_end,
    skip_back,
    without_adverbs,
)
from index.rule_reach import opens_clause, reached
from index.rule_sides import content_from, last_pieces, left_side, opening_subject, quote_content_start, right_side
from index.spans import Span, trimmed
from index.statements import Stance
from index.tagger import Attribution


def attribute(text: str, sentence: Span, cue: Cue, quotes: list[Span], subject: tuple[Span, ...]) -> Attribution | None:
    """The attribution that a cue makes; None where it makes none."""
    if cue.lemma == "put" and not (cue.participle and not subject):
        return _put(text, sentence, cue, subject)
    if cue.passive:
        return _passive(text, sentence, cue)
    if cue.participle:
        return _participle(text, sentence, cue, quotes, subject)
    left = left_side(text, sentence, cue, quotes)
    wide = wide_cue(text, cue, sentence)
    lead = text[sentence.start : wide.start].rstrip()
    if (
        subject
        and re.search(r"(?:\band|\bbut|\bor|,)(?:\s+(?:then|also|later))?$", lead)
        and not quotes_end(text, lead)
    ):
        after = right_side(text, cue, sentence)
        if after is not None and (cue.lemma in STRONG or opens_clause(text, cue, after)):
            return Attribution(subject, (wide,), (reached(text, cue, subject[0], sentence, after),))
    if not subject and re.search(r"(?:\band|\bbut)(?:\s+(?:then|also|later))?$", lead) and cue.lemma in STRONG:
        opening = opening_subject(text, sentence)
        after = right_side(text, cue, sentence) if opening is not None else None
        if opening is not None and after is not None:
            return Attribution((opening,), (wide,), (after,))
    inverted = _inverted(text, sentence, cue, quotes)
    if inverted is not None:
        return inverted
    source_start, content_before = left
    source = trimmed(text, source_start, max(source_start, skip_back(text, wide.start, source_start)))
    source = pronoun_at_end(text, without_adverbs(text, source))
    if len(source) < 2 or not is_noun_phrase(text, source):
        return None
    content: list[Span] = []
    if content_before is not None and re.match(r"(?:while|whereas|although|though)\b", content_before.of(text), re.I):
        content_before = None
    after = right_side(text, cue, sentence)
    if after is not None:
        after = reached(text, cue, source, sentence, after)
    if after is not None and content_before is None and holds_no_clause(text, cue, after):
        return None
    if after is None and STANCES.get(cue.lemma) is Stance.RETRACTS:
        return None  # "it had withdrawn the licence"
    if (
        content_before is not None
        and after is not None
        and LEADING.match(content_before.of(text))
        and not _opens_quote_at_end(text, content_before)
        and has_verb(f"it {after.of(text)}")
    ):
        content_before = None  # "In comments published on Sunday, she said she knew"
    introduced = after is not None and re.search(r"\bthat\s+$", text[cue.span.end : after.start])
    if content_before is not None and not introduced:
        content.append(content_before)
    if after is not None and (len(content) == 0 or opens_quote(text, after)):
        content.append(after)
    elif content:
        content += _goes_on(text, cue.span.end, sentence.end)
    if not content:
        split = last_pieces(text, sentence, wide)
        if split is not None:
            source, opening = split
            content.append(opening)
    if not content and source.start - sentence.start > 12:
        opening = trimmed(text, sentence.start, skip_back(text, source.start, sentence.start))
        if has_verb(opening.of(text)):  # "After the rain the river rose, she recalled"
            content.append(opening)
    if not content:
        return None
    learned = content_before is not None and (
        cue.lemma in {"learn", "understand", "hear", "know"}
        or (cue.lemma in {"find", "show", "suggest"} and after is None)
    )
    if cue.lemma not in STRONG and not learned and not _signals(text, cue, content):
        return None
    return Attribution((source,), (wide,), tuple(content))


_SECOND_HALF = re.compile(
    r"(?:\s+(?:(?:the\s+)?(?:[A-Z][\w’'-]*\s?){1,4}|reporters|journalists|us|me|him|her|them))?"
    r"(?:\s+(?:on \w+day|by (?:telephone|phone|e-?mail|radio)|in (?:an?|the) (?:\w+ )?(?:statement|interview|letter)|yesterday|later|at the time))?"
    r"(?:,\s+(?=(?:and|but|or)\s)|;\s+(?!(?:and|but|or)\s))"
)


def _goes_on(text: str, start: int, end: int) -> list[Span]:
    """What follows an attribution set between two halves of a sentence: "Nine are ill, he said, and two have died"."""
    match = _SECOND_HALF.match(text, start, end)
    if not match or '"' in text[match.end() : end] or "“" in text[match.end() : end]:
        return []
    half = content_from(text, match.end(), end)
    words = half.of(text).split(" ", 1)
    if len(words) < 2 or not has_verb(half.of(text)):
        return []
    if any(LEMMAS.get(word.strip(",;")) in STRONG for word in words[1].lower().split()):
        return []
    return [half]


def _put(text: str, sentence: Span, cue: Cue, subject: tuple[Span, ...]) -> Attribution | None:
    """As in: She put the number of missing at 34."""
    rest = text[cue.span.end : sentence.end]
    inside = r"(?:[^.;“”\"]|\.(?=\d))"
    match = re.match(
        rf"\s+(?P<content>at\s+{inside}{{1,30}}?\s+the\s+(?:number|toll|figure|total|count|cost|price|sum)\b{inside}*\w)",
        rest,
    ) or re.match(
        rf"(?:ting)?\s+(?P<content>(?:the|its|their|it|those|this)\b{inside}{{0,80}}?\bat\s+{inside}*\w)", rest
    )
    if not match or not re.search(r"\bat\s+(?:[\w$€£.,\-]+\s+)?", match["content"]):
        return None
    content = Span(cue.span.end + match.start("content"), cue.span.end + match.end("content"))
    if cue.participle:
        return Attribution(subject, (cue.span,), (content,)) if subject else None
    start, _ = left_side(text, sentence, cue, [])
    source = without_adverbs(text, trimmed(text, start, max(start, skip_back(text, cue.span.start, start))))
    if len(source) > 1 and is_noun_phrase(text, source):
        return Attribution((source,), (cue.span,), (content,))
    return Attribution(subject, (cue.span,), (content,)) if subject else None


_AT_CLAIMS = re.compile(
    r"\s+(?:(?:the|these|those|this|that|all|such)\s+)?(?:\w+\s+){0,2}?(?:claims?|allegations?|accusations?|reports?|rumou?rs?|stor(?:y|ies)|charges?|suggestions?|speculation)\b"
)


def _opens_quote_at_end(text: str, span: Span) -> bool:
    return text[span.end - 1] in '”"'


def accuses(text: str, cue: Cue, content: Span) -> bool:
    """True for "accused the rebels of shelling the town", "blamed the crew for the fire"."""
    between = "of" if cue.lemma == "accuse" else "for|on"
    return cue.span.end < content.start < cue.span.end + 4 and bool(
        re.match(rf"(?!that\b)[^,;:.“”\"]{{2,80}}?(?:,[^,;:.“”\"]{{2,60}},)?\s+(?:{between})\s+\w", content.of(text))
    )


def _signals(text: str, cue: Cue, content: list[Span]) -> bool:
    """A weak verb attributes only before "that" or beside a quotation."""
    if cue.lemma in {"slam", "blast", "deride", "ridicule", "lambast", "decry", "denounce", "condemn"}:
        return bool(_AT_CLAIMS.match(text, cue.span.end, content[-1].end))
    if cue.lemma in {"call", "describe", "brand", "label"} and denies(text[cue.span.start : content[-1].end]):
        return True
    following = text[cue.span.end : cue.span.end + 12]
    return bool(re.match(r"\s+that\b", following)) or any(opens_quote(text, span) for span in content)


def _inverted(text: str, sentence: Span, cue: Cue, quotes: list[Span]) -> Attribution | None:
    """'"C," said X' and 'C, says X.'"""
    before = text[sentence.start : cue.span.start].rstrip()
    if not before or before[-1] not in ",”\"’'?!":
        return None
    by_quote = before[-1] in '”"' or before[-2:-1] in '”"'
    if cue.lemma not in INVERTING or (cue.lemma == "tell" and not by_quote):
        return None
    rest = text[cue.span.end : sentence.end]
    match = re.match(
        r"\s+(?P<source>(?!(?:that|otherwise|so|nothing|little|goodbye|to|in|at|on|by|with|during|after|before|from|when|while|only|for|of|how|why|as|over|about|under|through|it|he|she|they|there|last|this|yesterday|today|tonight|here|again|earlier|later|late|early)\b)[^,.;:“”\"]+?(?:,\s+(?:the|a|an|its|his|her|who|[A-Z])[^,.;:“”\"]*)?)"
        rf"(?=(?:\s+{TIME})?(?:[,.;:]|\s*[“\"]|$))",
        rest,
    )
    if not match:
        return None
    source = trimmed(text, cue.span.end + match.start("source"), cue.span.end + match.end("source"))
    source = cut_clause(text, source)
    words = source.of(text)
    if has_verb(re.split(r"\b(?:who|which)\b|,", words)[0]) or (PRONOUN_SUBJECT.match(words) and not by_quote):
        return None
    if not by_quote and not has_verb(before):
        return None
    content = [trimmed(text, sentence.start, skip_back(text, cue.span.start, sentence.start))]
    if by_quote:
        ended = [quote for quote in quotes if quote.end <= cue.span.start]
        if ended:
            content = [trimmed(text, quote_content_start(text, sentence.start, ended), ended[-1].end)]
    following = [quote for quote in quotes if quote.start >= source.end]
    content += following or ([] if by_quote else _goes_on(text, source.end, sentence.end))
    if len(content[0]) < 3:
        return None
    return Attribution((source,), (cue.span,), tuple(content))


_OF_PERSONS = frozenset(
    {"tell", "inform", "warn", "ask", "accuse", "blame", "notify", "criticise", "criticize", "condemn", "charge"}
)
"""Verbs whose passive tells of a person addressed or judged, not of what is said: "it had not been warned"."""


_OF = {"accuse": "|of", "blame": "|for", "criticise": "|for", "criticize": "|for", "condemn": "|for"}
"""What follows the source in the passive of a verb that judges somebody."""
_NOT_TOLD_BY = frozenset("ask answer tell warn notify order know find hear see put call speak write give".split())
"""Verbs whose passive with "by" tells nothing that somebody said: "The archive was not asked by either side"."""


def _passive(text: str, sentence: Span, cue: Cue) -> Attribution | None:
    """As in "It was reported that C", "C was rejected by X", "X is said to have ..."."""
    wide = wide_cue(text, cue, sentence)
    rest = text[cue.span.end : sentence.end]
    of_what = _OF.get(cue.lemma, "")
    by = re.match(
        rf"(?:\s+{TIME})?\s+by\s+(?P<source>[^,.;:“”\"]+?)(?=\s+(?:as|on|in|at|that|about|how|whether|to{of_what})\b|[,.;:]|$)",
        rest,
    )
    left = trimmed(text, sentence.start, skip_back(text, wide.start, sentence.start))
    clause = re.search(r"(?:[,;]|\s(?:and|but|that))\s+(?=[^,;]*$)", left.of(text))
    subject = Span(left.start + clause.end(), left.end) if clause and clause.end() < len(left) else left
    if by:
        source = trimmed(text, cue.span.end + by.start("source"), cue.span.end + by.end("source"))
        told = re.match(
            r"\s+as\s+(?:saying|telling\s+\w+|having said|warning|adding)\s*(?:that\b)?[,:]?\s*",
            text[source.end : sentence.end],
        )
        if cue.lemma in {"quote", "cite"} and told:
            said = content_from(text, source.end + told.end(), sentence.end)
            return Attribution((subject,), (wide,), (said,)) if len(said) > 2 else None
        that_part = re.match(r"\s+(?:that|how|whether)\b", text[source.end : sentence.end])
        if cue.lemma in _OF_PERSONS and that_part:
            said = content_from(text, source.end + that_part.end(), sentence.end)
            return Attribution((source,), (wide,), (said,)) if len(said) > 2 else None
        if cue.lemma in {"tell", "inform"} and clause:  # "C, the paper is told by X"
            return Attribution((source,), (wide,), (Span(left.start, left.start + clause.start()),))
        if cue.lemma in _NOT_TOLD_BY:
            return None
        of = cue.lemma in _OF and re.match(r"\s+(?:of|for)\s+[^;“”\"]+", text[source.end : sentence.end])
        if of:  # "The council was accused by the mayor of lying"
            return Attribution((source,), (wide,), (subject, content_from(text, source.end, source.end + of.end())))
        as_part = re.match(r"\s+as\s+([^,.;]+)", text[source.end : sentence.end])
        content = [subject] + ([Span(source.end + as_part.start(1), source.end + as_part.end(1))] if as_part else [])
        return Attribution((source,), (wide,), tuple(content)) if len(subject) > 1 else None
    quoted = re.match(
        r"\s+as\s+(?:saying|telling\s\w+)(?:\s+(?:by|in|on)\s+[^,:“”\"]{2,60}?(?=\s+(?:that\b|on \w+day)|[,:]))?(?:\s+on \w+)?\s*(?:that\b)?[,:]?\s*",
        rest,
    )
    if quoted:
        content_span = content_from(text, cue.span.end + quoted.end(), sentence.end)
        return Attribution((subject,), (wide,), (content_span,)) if len(content_span) > 2 else None
    that = re.match(rf"(?:\s+{TIME})?\s+that\b", rest)
    if subject.of(text).lower() == "it" and cue.lemma not in _OF_PERSONS:
        if that:
            content_span = content_from(text, cue.span.end + that.end(), sentence.end)
            return (
                Attribution((), (Span(subject.start, cue.span.end),), (content_span,))
                if len(content_span) > 2
                else None
            )
        before = trimmed(text, sentence.start, skip_back(text, subject.start, sentence.start))
        if len(before) > 8:
            return Attribution((), (Span(subject.start, cue.span.end),), (before,))
    return None


_BESIDES = frozenset(
    "say add tell claim insist warn argue deny stress note explain state announce maintain declare confirm acknowledge admit reject dismiss "
    "accuse blame reveal disclose allege contend assert".split()
)
"""Verbs whose participle tells what the subject of the sentence said in doing something: "left the room, saying that"."""


def _doer(text: str, sentence: Span) -> tuple[Span, ...]:
    """The subject with which a sentence opens, without what leads up to it; empty where none can speak."""
    opening = opening_subject(text, sentence)
    if opening is None:
        return ()
    while (comma := opening.of(text).find(", ")) > 0 and LEADING.match(opening.of(text)):
        opening = without_adverbs(text, Span(opening.start + comma + 2, opening.end))
    opening = trimmed(text, opening.start, skip_back(text, opening.end, opening.start))
    silent = re.match(r"(?:it|this|that|these|those|here|there|so)\b", opening.of(text), re.IGNORECASE)
    return () if silent or len(opening) < 2 or LEADING.match(opening.of(text)) else (opening,)


def _participle(
    text: str, sentence: Span, cue: Cue, quotes: list[Span], subject: tuple[Span, ...]
) -> Attribution | None:
    """As in ", rejecting what it called ...", ", adding that ..." by the party that spoke before in the sentence."""
    before = text[sentence.start : cue.span.start].rstrip()
    if cue.lemma in {"accuse", "blame"}:
        span = right_side(text, cue, sentence)
        if span is None or not before.endswith(",") or not accuses(text, cue, span):
            return None
    elif cue.lemma not in STRONG and cue.lemma != "tell":
        return None
    if not subject and before.endswith(",") and cue.lemma in _BESIDES and not declines(before):
        subject = _doer(text, sentence)
    if subject and before.endswith((",", "and", "while", "but")):
        span = right_side(text, cue, sentence)
        if span is not None and len(span) > 2:
            return Attribution(subject, (cue.span,), (span,))
        return None
    by_saying = re.match(
        r"(?P<source>[^,;:“”\"]{2,60}?)\s+(?:has|have|had)?\s*(?:already\s+|also\s+)?[a-z]+ed\b[^,;“”\"]*\bby\s*$",
        before,
    )
    if by_saying:
        span = right_side(text, cue, sentence) or content_from(text, cue.span.end, sentence.end)
        source = trimmed(text, sentence.start, sentence.start + by_saying.end("source"))
        return Attribution((source,), (cue.span,), (span,)) if len(span) > 2 else None
    progressive = re.search(
        r"(?P<source>[^,;:“”\"]{2,60}?)\s+(?:is|are|was|were|has been|have been)\s+(?:now\s+|also\s+)?$",
        text[sentence.start : cue.span.start],
    )
    if progressive:
        source = trimmed(text, sentence.start + progressive.start("source"), sentence.start + progressive.end("source"))
        span = right_side(text, cue, sentence)
        if span is not None and is_noun_phrase(text, source):
            return Attribution((source,), (wide_cue(text, cue, sentence),), (span,))
    return None
