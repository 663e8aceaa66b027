"""Attributions by a fixed frame: "according to X", "published a report that", a refusal, a headline."""

from __future__ import annotations

import re

from index.cues import WITHDRAWALS, declines
from index.nouns import ORGANISATION_NOUNS, PERSON_NOUNS
from index.rule_phrases import END_PUNCTUATION, cut_clause, has_verb, is_noun_phrase, skip_back, without_adverbs
from index.rule_sides import content_from
from index.spans import Span, trimmed
from index.tagger import Attribution

DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ ,/]+[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+)*(?:,\s[^—–\n]{0,40}?)?(?:\s\([^)\n]{2,40}\))?"
    r"|[^—–.\n]{2,50}?,?\s\d{1,2}\s\w+\s\d{4}(?:\s\([^)\n]{2,40}\))?|[^—–.\n]{2,40}?\((?:[A-Z]{2,6}|Reuters)\))\s*(?:—|–|--|-)\s+"
)
"""What stands before a report's first words: place, date, credit and a dash."""


_PUBLISHING = re.compile(
    r"(?P<source>[^,;:“”\"]{2,80}?)\s+(?:has |had |have )?(?P<cue>(?:published|released|issued|posted|ran|carried|circulated|put out|wrote|broadcast|aired)\s+(?:an?|the|several|two|new)\s+"
    r"(?:\w+\s+)?(?:articles?|reports?|statements?|stor(?:y|ies)|notes?|communiqu[eé]s?|messages?|letters?|lists?|items?)(?:\s+(?:on|in|of|to)\s[^,;:“”\"]{2,30}?)?\s+"
    r"(?:(?:which|that)\s+(?:claims?|claimed|says?|said|alleges?|alleged|states?|stated)|claiming|saying|alleging|stating|reporting))\s+(?:that\s+)?(?P<content>[^“”\"].*)",
)
_ASKED_TO_SAY = re.compile(
    r"(?P<source>[^,;:“”\"]{2,80}?)\s+(?P<cue>(?:has |had |have )?asked (?:us|reporters|journalists|this \w+|the [\w ]{2,30}) to (?:say|state|point out|make clear|stress|report))\s+that\s+(?P<content>[^“”\"]+)"
)


def by_publishing(text: str, sentence: Span) -> list[Attribution]:
    """As in "The agency published an article which claims that C", "issued a statement saying that C"."""
    match = _PUBLISHING.match(text, sentence.start, sentence.end) or _ASKED_TO_SAY.match(
        text, sentence.start, sentence.end
    )
    if not match:
        return []
    source = without_adverbs(text, trimmed(text, match.start("source"), match.end("source")))
    source = Span(
        source.start, source.start + len(re.split(r"\s+(?:remains?|stands?|denies|is|was)\s", source.of(text))[0])
    )
    content = content_from(text, match.start("content"), match.end("content"))
    return (
        [Attribution((source,), (Span(match.start("cue"), match.end("cue")),), (content,))] if len(content) > 2 else []
    )


_GIVING = re.compile(
    r"(?P<source>[^;:“”\"]{2,100}?),?\s+(?:has |had |have |also |later )?(?P<cue>gives?|gave)\s+"
    r"(?P<content>(?:the|its|their|his|her|a)\s+(?:(?!an?\b|the\b)[\w’'-]+\s+){0,3}?(?:number|figure|sum|total|toll|count|tally|price|cost|fee|value|amount|share|"
    r"rate|size|weight|length|age|day|date|time|hour|moment|place|name|names|cause|reason|strength|speed|distance|turnout|result)s?\b"
    r"[^.;“”\"]{0,60}?\sas\s(?:[^.;“”\"]|\.(?=\d))+)"
)


def by_giving(text: str, sentence: Span) -> list[Attribution]:
    """As in "She gave the number of missing as 34", "the court gives the day as 4 May"."""
    match = _GIVING.match(text, sentence.start, sentence.end)
    if not match:
        return []
    source = without_adverbs(text, trimmed(text, match.start("source"), match.end("source")))
    content = content_from(text, match.start("content"), match.end("content"))
    if not is_noun_phrase(text, source) or len(content) < 3:
        return []
    return [Attribution((source,), (Span(match.start("cue"), match.end("cue")),), (content,))]


_WITHDRAWING = re.compile(
    r"(?P<source>[^;:“”\"]{1,110}?),?\s+(?:(?:on \w+day|later|then|now|also|has|have|had|therefore|today|yesterday)\s+)*"
    rf"(?P<cue>{WITHDRAWALS})(?P<rest>[^“”\"]*)",
    re.IGNORECASE,
)


def by_withdrawing(text: str, sentence: Span) -> list[Attribution]:
    """As in "The ministry took back its figure", "It corrected itself the next day", "The paper ran a correction"."""
    match = _WITHDRAWING.match(text, sentence.start, sentence.end)
    if not match:
        return []
    source = without_adverbs(text, trimmed(text, match.start("source"), match.end("source")))
    content = content_from(text, match.start("rest"), match.end("rest"))
    if re.match(r",?\s*(?:but|and|although|though|while)\b", match["rest"]):  # "ran a correction, but the harm is done"
        content = trimmed(text, sentence.start, match.end("cue"))
    if len(content.of(text).split()) < 2:
        content = trimmed(text, sentence.start, sentence.end)
    if not is_noun_phrase(text, source):
        return []
    return [Attribution((source,), (Span(match.start("cue"), match.end("cue")),), (content,))]


_ACCORDING = re.compile(
    r"\b(?P<cue>according to(?! wh(?:ich|om)\b)|in the words of|as (?:(?:first|previously|originally|earlier) )?(?:reported|quoted|told|stated) by|on the word of|quoting|citing)\s+"
    r"(?P<source>[^,;:“”\"]+?(?:,\s+(?:the|a|an|its|his|her)\s(?!\w+\s\w+\s\w+\s\w+\s\w+\s\w+)[^,;:“”\"]+?(?=,))?)"
    r"(?=,|;|:|\.(?:\s|$)|“|\"|\s+(?:–|—)\s|$)",
    re.IGNORECASE,
)


def by_according(text: str, sentence: Span, quotes: list[Span]) -> list[Attribution]:
    """Attributions by "according to X", "as reported by X" and the like."""
    found: list[Attribution] = []
    for match in _ACCORDING.finditer(text, sentence.start, sentence.end):
        if any(quote.contains(Span(match.start(), match.end())) for quote in quotes):
            continue
        cue = Span(match.start("cue"), match.end("cue"))
        if cue.of(text).lower() in {"citing", "quoting"}:
            continue  # part of a chain, which the attribution of the sentence carries
        source = trimmed(text, match.start("source"), match.end("source"))
        if "," in source.of(text) and has_verb(source.of(text).split(",", 1)[1]):
            source = Span(source.start, source.start + source.of(text).index(","))
        source = cut_clause(text, source)
        opened = max(sentence.start, text.rfind("; ", sentence.start, match.start()) + 1)
        before = trimmed(text, opened, skip_back(text, match.start(), opened))
        after_start = source.end
        extra = re.match(r",\s+(?:which|who)\s[^,]+,", text[after_start : sentence.end])
        if extra:
            after_start += extra.end()
        while after_start < sentence.end and text[after_start] in END_PUNCTUATION:
            after_start += 1
        after = content_from(text, after_start, sentence.end)
        if match.start() - opened > 12 and len(before) > 8:
            content = [before] + ([after] if len(after) > 25 and text[source.end : source.end + 1] == "," else [])
        else:
            content = [after]
        content = [span for span in content if len(span) > 2]
        if content:
            found.append(Attribution((source,), (cue,), tuple(content)))
    return found


_DECLINE = re.compile(
    r"^(?P<source>[^,;:“”\"]{2,80}?)(?:,[^,]{2,60},)?\s+"
    r"(?P<cue>(?:declin|refus)\w+ to|neither|(?:would|did|has|have|had|does|do)(?: not|n.t)(?: yet)?|could not (?:immediately )?be reached|(?:was|were) (?:not (?:immediately )?available|unavailable) (?:for|to)|ha(?:s|ve|d) yet to|had no comment|gave no|said nothing)\s+(?P<content>[^“”\"]*)",
)


def by_declining(text: str, sentence: Span, quotes: list[Span]) -> list[Attribution]:
    """A refusal to answer, in a sentence without other attribution."""
    words = sentence.of(text)
    if not declines(words):
        return []
    match = _DECLINE.search(words)
    if not match:
        return []
    at = sentence.start
    source = without_adverbs(text, trimmed(text, at + match.start("source"), at + match.end("source")))
    lead = re.match(
        r"(?:on|about|as to|regarding)\s+(?:the\s+)?[\w\s]{2,30}?\s+(?=(?:it|he|she|they|the)\b)",
        source.of(text),
        re.IGNORECASE,
    )
    if lead:
        source = Span(source.start + lead.end(), source.end)
    content = trimmed(text, at, sentence.end)
    return (
        [Attribution((source,), (Span(at + match.start("cue"), at + match.end("cue")),), (content,))]
        if len(source) > 1
        else []
    )


_COLON_HEADLINE = re.compile(r"^(?P<content>[^:]{8,160}?)\s*(?::|\s[–—-])\s+(?P<source>[A-Za-z][\w’' .\-]{2,40})$")


_SAYS_FIRST = re.compile(r"^(?P<source>[A-Z][\w’' .\-]{1,40}):\s+(?P<content>[^:]*\w\s+\w[^:]*)$")


def _spoke_below(body: str, words: str) -> bool:
    """True where the text under a headline quotes the party that stands before its colon."""
    name = re.escape(words.split()[-1])
    return bool(
        re.search(
            rf"\b{name}\b[^.\n]{{0,40}}?\b(?:said|says|told|denied|denies|confirmed|announced|warned|insisted|reported)\b|\b(?:said|says|according to|told by)\s[^.\n]{{0,40}}?\b{name}\b",
            body,
            re.IGNORECASE,
        )
    )


def _can_speak(words: str) -> bool:
    """True where the end of a headline can name who said it: a name, or a noun for a person or a body without an article."""
    last = words.split()[-1]
    noun = last.lower().rstrip("s")
    known = (
        noun in PERSON_NOUNS
        or noun in ORGANISATION_NOUNS
        or last.lower() in {"report", "reports", "study", "survey", "poll", "sources", "witnesses"}
    )
    if re.match(r"(?:the|a|an)\s", words):
        return False
    return known or all(word[0].isupper() for word in words.split() if len(word) > 3)


def by_headline(text: str, sentence: Span) -> list[Attribution]:
    """'Dam was unsafe for years: inspector', only as the text's first line."""
    if text[: sentence.start].strip():
        return []
    if "\n" in text[sentence.end : sentence.end + 3] or sentence.end == len(text.rstrip()):
        opening = _SAYS_FIRST.match(sentence.of(text))
        if opening and _spoke_below(text[sentence.end :], opening["source"]):
            spans = [
                Span(sentence.start + opening.start(key), sentence.start + opening.end(key))
                for key in ("source", "content")
            ]
            return [Attribution((spans[0],), (), (spans[1],))]
    match = _COLON_HEADLINE.match(sentence.of(text))
    if (
        not match
        or has_verb(match["source"])
        or len(match["source"].split()) > 5
        or len(match["content"].split()) < 2
        or not _can_speak(match["source"])
        or re.search(r"report(?!s?$)|analysis|comment|opinion|video|gallery|photos|live|update", match["source"], re.I)
    ):
        return []
    start = sentence.start
    return [
        Attribution(
            (Span(start + match.start("source"), start + match.end("source")),),
            (),
            (Span(start + match.start("content"), start + match.end("content")),),
        )
    ]
