"""What stands on either side of a cue: where its source begins, and where its content lies."""

from __future__ import annotations

import re

from index.cues import LEMMAS, STANCES, STRONG, retracts
from index.rule_cues import Cue, wide_cue
from index.rule_idioms import before_clause
from index.rule_phrases import (
    END_PUNCTUATION,
    LEADING,
    PREPOSITION,
    RELATIVE,
    TIME,
    clausal,
    has_verb,
    is_noun_phrase,
    leads,
    main_words,
    opens_quote,
    skip_back,
    without_adverbs,
)
from index.spans import Span, trimmed
from index.statements import Stance

_MODIFIER = re.compile(
    r"\s*(?:(?:who|which)\s+(?:was|were|has been|is)\s+|also\s+|as\s+|when\s+)?(?:(?:quoted|cited|interviewed|contacted|reached|speaking|writing|talking)\s+"
    r"(?:\w+\s+)?(?:by|in|on|to|with|for|from)|(?:led|headed|chaired|based|founded|owned|run|backed|known|aged|born|elected|appointed)\s+(?:by|in|at|as|on|near))\b"
)


def left_side(text: str, sentence: Span, cue: Cue, quotes: list[Span]) -> tuple[int, Span | None]:
    """Where the source before a cue begins, and the content before the source, if there is any."""
    floor = sentence.start
    limit = wide_cue(text, cue, sentence).start
    ended = [quote for quote in quotes if quote.end <= cue.span.start]
    if ended and ended[-1].end > floor:
        last = ended[-1]
        content = trimmed(text, max(floor, quote_content_start(text, floor, ended)), last.end)
        begin = last.end
        between = text[begin : cue.span.start]
        if re.search(r"\w", between):
            clause = re.search(r"[.;]\s+", between)
            if clause:  # an own sentence between quotation and cue
                return left_side(text, Span(begin + clause.end(), sentence.end), cue, [])
            while begin < cue.span.start and text[begin] in END_PUNCTUATION:
                begin += 1
            closes = text[last.end - 2 : last.end]
            attaches = text[last.end : last.end + 1] in {",", ""} or closes[:1] in ",?!.…" or last.start == floor
            if attaches and not clausal(between):
                return begin, content
            if attaches:
                floor = begin
    pieces: list[tuple[int, int]] = []
    at = floor
    for match in re.finditer(
        r"[,;:](?=\s)|\s[–—]\s|\s(?:but|and)\s(?=(?:the|a|an|he|she|it|they|[A-Z])\b)", text[floor:limit]
    ):
        pieces.append((at, floor + match.start()))
        at = floor + match.end()
    pieces.append((at, limit))
    pieces = [piece for piece in pieces if text[piece[0] : piece[1]].strip()]
    first = len(pieces)
    for index in range(len(pieces) - 1, -1, -1):
        words = text[pieces[index][0] : pieces[index][1]]
        if index and _MODIFIER.match(words):
            first = index
            continue
        main = main_words(words) if index == len(pieces) - 1 else words
        finite = index > 0 and re.match(r"\s*[a-z]+ed\b", main) is not None
        if has_verb(f"it {main}" if finite else main) and not RELATIVE.match(words):
            break
        if (
            first < len(pieces)
            and (index or re.match(r"\s*[a-z]+ing\b", words))
            and PREPOSITION.match(words)
            and not PREPOSITION.match(text[pieces[first][0] :])
        ):
            break
        first = index
    if first >= len(pieces):
        return _embedded_start(text, pieces[-1][0], cue.span.start) if pieces else floor, None
    while first < len(pieces) - 1 and first == 0 and LEADING.match(text[pieces[first][0] : pieces[first][1]].strip()):
        first += 1
    start = pieces[first][0]
    while start < cue.span.start and text[start] in " \t\n":
        start += 1
    if first == 0 or leads(text[floor : pieces[0][1]].strip()):
        return start, None
    before = trimmed(text, floor, pieces[first - 1][1])
    separator = text[pieces[first - 1][1] : pieces[first][0]]
    if separator.strip() in {"but", "and", ";", "–", "—"} or not has_verb(before.of(text)):
        return start, None
    return start, before


def quote_content_start(text: str, floor: int, ended: list[Span]) -> int:
    """A quotation that begins the sentence is the content; else the clause that runs into it is part of it."""
    return floor if ended[0].start <= floor + 1 else ended[-1].start if len(ended) == 1 else ended[0].start


def _embedded_start(text: str, start: int, end: int) -> int:
    """The subject of a cue whose clause follows another verb: the words after "that", "as" or "which"."""
    words = [m for m in re.finditer(r"[A-Za-z]+", text[start:end]) if LEMMAS.get(m.group().lower()) in STRONG]
    if words and re.search(r"\w", text[start + words[-1].end() : end]):
        start += words[-1].end()
    openers = r"\b(?:that|as|what|which|because|where|when|while|after|before|and|but|than)\s+"
    found = list(re.finditer(openers, text[start:end]))
    return start + found[-1].end() if found else start


def last_pieces(text: str, sentence: Span, wide: Span) -> tuple[Span, Span] | None:
    """Source and content where nothing follows a cue, so that the content must stand before its source: the last piece
    between commas is the source, with the name before it where it describes that name."""
    pieces = [
        trimmed(text, m.start() + sentence.start, m.end() + sentence.start)
        for m in re.finditer(r"[^,]+", text[sentence.start : wide.start])
    ]
    pieces = [piece for piece in pieces if len(piece)]
    if len(pieces) < 2:
        return None
    first = len(pieces) - 1
    words = pieces[first].of(text)
    if _MODIFIER.match(words):
        return None  # "Lena Mott, reached by telephone, spoke of"
    name = re.fullmatch(r"(?:[A-Z][\w’'.\-]*\s?){1,4}", pieces[first - 1].of(text))
    if first > 1 and name and re.match(r"(?:the|a|an|its|his|her|their|who)\b", words):
        first -= 1
    source = without_adverbs(text, Span(pieces[first].start, pieces[-1].end))
    opening = trimmed(text, sentence.start, skip_back(text, pieces[first].start, sentence.start))
    if (
        len(opening.of(text).split()) < 3
        or not is_noun_phrase(text, source)
        or (leads(opening.of(text)) and ("," not in opening.of(text) or not has_verb(opening.of(text))))
    ):
        return None
    return source, opening


def opening_subject(text: str, sentence: Span) -> Span | None:
    """The noun phrase before a sentence's first verb, which a later "and told" shares; None where it is none."""
    words = sentence.of(text)
    for match in re.finditer(r"[\w’'\-]+", words):
        if match.start() and has_verb(f"it {match.group()}"):
            span = without_adverbs(text, trimmed(text, sentence.start, sentence.start + match.start()))
            return span if 0 < len(span.of(text).split()) <= 10 and is_noun_phrase(text, span) else None
    return None


_TAIL = re.compile(
    r"(?:,\s+(?:citing|quoting|according to|as reported by|adding|saying|telling|insisting|claiming|arguing|stressing|contradicting)\b|,\s+(?:[A-Za-z][\w’' .\-]{1,40}\s+)(?:said|says|added|told|noted|reported|reports|explained)\b"
    r"|,\s+(?:said|says|added)\s|[;]\s|\s[–—]\s)"
)


_THAT_CLAIM = re.compile(
    r"\s+that\s+(?:\w+\s+)?(?:claim|assertion|allegation|accusation|charge|suggestion|report|account|version|figure|number|story|idea|notion|view|"
    r"characterization|characterisation|description|interpretation|conclusion|request|offer)(?=[,.;]|$|\s+(?:on|in|as|and|but|by|at|too|again)\b)"
)
"""What a denial points to, where "that" is no conjunction: "disputes that assertion"."""


def right_side(text: str, cue: Cue, sentence: Span) -> Span | None:
    """What follows a cue as its content, without addressee, time and place between."""
    start = cue.span.end
    citing = re.match(
        rf"(?:\s+{TIME})?,\s+(?:citing|quoting)\s[^,.;:“”\"]+(?P<more>,\s*(?:that\b)?)?", text[start : sentence.end]
    )
    if citing:
        if not citing["more"]:
            return None
        start += citing.end()
    rest = text[start : sentence.end]
    if cue.lemma in {"write", "speak", "complain", "warn", "ask"} and re.match(
        r"\s+(?:about|for|in|letters?|to (?:it|him|her|them|us|me)\b)", rest
    ):
        return None
    between = before_clause(text, cue, sentence) if not citing else 0
    if between:
        start += between
    elif cue.lemma in {"tell", "inform", "ask"} or re.match(r"\s+to\s", rest):
        match = _addressed(rest, cue.lemma)
        if not match:
            return None
        start += match.end()
    elif cue.lemma == "speak":
        match = re.match(rf"(?:\s+{TIME})?\s+of\s+", rest)
        if not match:
            return None
        start += match.end()
    else:
        match = re.match(
            rf"(?:\s+{TIME})?(?:,\s+[^,“”\"]{{2,50}},)?\s*(?:,|:)?\s*(?=[“\"])|\s+(?:{TIME}\s+)?that\b|\s+of\b|\s*[:,]\s*",
            rest,
        )
        if match and match.end():
            start += match.end()
        else:
            time = re.match(rf"\s+{TIME},?\s+(?=(?:(?:that|the|a|an|he|she|it|they|there)\b|[“\"]))(?:that\b)?", rest)
            if time:
                start += time.end()
    that = (
        None
        if _THAT_CLAIM.match(text, cue.span.end)
        else re.match(r"\s*(?:that|how|whether)\b\s*", text[start : sentence.end])
    )
    start = cue.span.end if _THAT_CLAIM.match(text, cue.span.end) else start
    if that and not re.match(r"\s*how\b", text[start : sentence.end]):
        start += that.end()
    span = content_from(text, start, sentence.end)
    if STANCES.get(cue.lemma) in {Stance.DENIES, Stance.CONFIRMS} and len(span) >= 2:
        return span
    if STANCES.get(cue.lemma) is Stance.RETRACTS:
        return span if retracts(f"{cue.span.of(text)} {span.of(text)}") else None
    if len(span.of(text).split()) == 2 and re.search(r"\d|^(?:he|she|it|they|we|I|nobody|both|all)\b", span.of(text)):
        return span
    if len(span) < 3 or (
        len(span.of(text).split()) < 3 and not opens_quote(text, span) and STANCES.get(cue.lemma) is not Stance.DENIES
    ):
        only_time = re.fullmatch(rf"\s*{TIME}\s*", text[cue.span.end : span.end])
        if only_time or len(span) < 3 or STANCES.get(cue.lemma) is not Stance.DENIES:
            return None
    if re.fullmatch(rf"{TIME}", span.of(text)) and STANCES.get(cue.lemma) is not Stance.DENIES:
        return None
    return span


def _addressed(rest: str, lemma: str) -> re.Match[str] | None:
    """The addressee and what else stands between a cue and its content ("told the Courier on Friday that")."""
    to = r"\s+(?:to|with)\s+" if lemma not in {"tell", "inform", "ask"} else r"\s+"
    patterns = (
        rf"{to}[^,;:“”\"]{{1,90}}?(?:,\s+[^,.;“”\"]{{1,40}},)?(?:\s+{TIME})?,?\s+that\b",
        rf"{to}[^;:“”\"]{{1,90}}?[,:]?\s*(?=[“\"])",
        rf"{to}(?:the\s+)?(?:[A-Z][\w’'\-&]*\s+)+(?:{TIME}\s+)?(?=(?:[a-z]|\d))(?!on\b|in\b|by\b|at\b|last\b|yesterday\b)",
        rf"{to}(?:reporters|journalists|parliament|lawmakers|him|her|them|us|me|investors|parents)\s+(?:{TIME}\s+)?(?=(?:he|she|they|it|we|there|the|a|an|its|his|her|their|no)\b)",
        rf"{to}(?:(?:the|a|an|his|her|its|their)\s+)?[a-z]+(?:\s+[a-z]+)?\s+(?=(?:he|she|they|it|we|there|no)\b)",
    )
    for pattern in patterns:
        match = re.match(pattern, rest)
        if match:
            return match
    return None


_OTHER_SIDE = re.compile(
    r",?\s+(?:but|while|whereas|though|although)\s+(?:(?:the|its|an?|some|his|her|their|other)\s+)?(?:[\w’'.\-]+\s+){1,5}?"
    r"(?:said|says|say|put|puts|told|reported|reports|denied|denies|insisted|insists|claimed|claims|spoke|speaks|estimated|confirmed|added|maintains|maintained)\b"
)
"""Where another party's version begins: ", but the hospital put the toll at 19"."""


def content_from(text: str, start: int, end: int) -> Span:
    """The content that begins at `start`: up to `end`, or to where another attribution of the sentence begins."""
    while start < end and text[start] in " \t\n,;:":
        start += 1
    span = trimmed(text, start, end)
    while len(span) and text[span.end - 1] in ".,;:" and text[span.end - 2 : span.end - 1] not in '”"':
        span = trimmed(text, span.start, span.end - 1)
    quote = '“"' if text[span.start : span.start + 1] not in '“"' else ""
    tail = _TAIL.search(text, span.start + 12, span.end) if quote else None
    coordinated = re.search(r",? (?:and|but) (?:also )?([a-z]+)\b", text[span.start + 8 : span.end])
    if coordinated and LEMMAS.get(coordinated.group(1)) in {
        "reject",
        "deny",
        "dismiss",
        "confirm",
        "add",
        "say",
        "insist",
        "admit",
    }:
        span = trimmed(text, span.start, span.start + 8 + coordinated.start())
    span = trimmed(text, span.start, tail.start()) if tail else span
    following = text[span.end : span.end + 40]
    other = _OTHER_SIDE.search(text[span.start : span.end] + following, 4) if quote else None
    return trimmed(text, span.start, span.start + other.start()) if other and other.start() < len(span) else span
