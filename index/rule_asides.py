"""Attributions beside the main clause: "..., a claim the police deny", "first reported by X", "X quoted Y as saying"."""

from __future__ import annotations

import re

from index.cues import LEMMAS, STANCES
from index.rule_phrases import has_verb, is_noun_phrase, leads, skip_back, without_adverbs
from index.rule_sides import content_from
from index.spans import Span, trimmed
from index.statements import Stance
from index.tagger import Attribution

_TOLD_THING = (
    r"(?:claims?|charges?|accusations?|allegations?|assertions?|reports?|suggestions?|statements?|stor(?:y|ies)|versions?|accounts?|"
    r"figures?|numbers?|tolls?|ideas?|notions?|findings?|rumou?rs?|contentions?|arguments?|conclusions?|criticisms?|something|things?)"
)
_ADVERBS = r"(?:(?:has|have|had|also|since|now|again|always|never|both|all|later|\w+ly)\s+)*"
_JUDGED = (
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:e|es|ed)|dismiss(?:es|ed)?|contest(?:s|ed)?|refut(?:e|es|ed)|contradict(?:s|ed)?|"
    r"confirm(?:s|ed)?|repudiat(?:es?|ed)|calls?|called|disputes)"
)
_ASIDE = re.compile(
    rf"\s*(?:,|\s[–—-])\s*(?:(?:(?:an?|the|both|all|two|three)\s+)?(?:\w+\s+){{0,2}}?{_TOLD_THING}(?:\s+(?:that|which))?|(?:all of |both of )?which)\s+"
    rf"(?P<source>[^,;:.“”\"]{{2,70}}?)\s+(?P<cue>{_ADVERBS}{_JUDGED})(?P<rest>\s+[^.;“”\"]{{0,60}}?)?(?=[.,;]|$)"
)
_ASIDE_BY = re.compile(
    rf"\s*(?:,|\s[–—-])\s*(?:(?:an?|the|both|all)\s+)?(?:\w+\s+){{0,2}}?(?:{_TOLD_THING}\s+(?:(?:that|which)\s+)?)?(?:(?:was|were|is|are|has been|have been)\s+)?"
    rf"(?:which\s+(?:was|were|is|are|has been|have been)\s+)?(?P<cue>{_ADVERBS}(?:denied|rejected|disputed|dismissed|contested|refuted|confirmed))\s+(?:\w+ly\s+)?by\s+"
    rf"(?P<source>[^,;:.“”\"]{{2,70}}?)(?=[.,;]|$|\s+(?:on|in|at|last|this)\s)"
)


def split_aside(text: str, sentence: Span, quotes: list[Span]) -> tuple[Span, Attribution | None]:
    """What a sentence says before "..., a claim the police deny", and that judgement with the same as its content.

    The sentence and None where there is no such aside.
    """
    for pattern in (_ASIDE, _ASIDE_BY):
        for match in pattern.finditer(text, sentence.start + 8, sentence.end):
            source = without_adverbs(text, trimmed(text, match.start("source"), match.end("source")))
            cue = Span(match.start("cue"), match.end("cue"))
            if any(quote.overlaps(cue) for quote in quotes) or not is_noun_phrase(text, source):
                continue
            lemma = LEMMAS.get(cue.of(text).split()[-1].lower(), "")
            if STANCES.get(lemma) not in {Stance.DENIES, Stance.CONFIRMS} and lemma != "call":
                continue
            if lemma == "call" and not re.match(
                r"\s+(?:\w+ ){0,2}(?:false|untrue|baseless|absurd|lies|unfounded|nonsense|a lie)\b", match["rest"] or ""
            ):
                continue
            before = trimmed(text, sentence.start, skip_back(text, match.start(), sentence.start))
            if len(before.of(text).split()) < 3:
                continue
            if lemma == "call":
                cue = trimmed(text, cue.start, match.end("rest"))
            return Span(sentence.start, before.end), Attribution((source,), (cue,), (before,))
    return sentence, None


def with_main_content(aside: Attribution, main: list[Attribution]) -> Attribution:
    """The aside with the content of the sentence's own attribution, where it has one: that is what is denied."""
    return Attribution(aside.source, aside.cue, main[-1].content) if main else aside


_BLAMING = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing))\s+(?P<whom>[^,;:.“”\"]{2,60}?)\s+(?P<of>(?:of|for)\s+[^;“”\"]{3,})$"
)


def blamed_for(text: str, aside: Attribution) -> Attribution:
    """The aside with what somebody is blamed for, where its content says who blames: that is denied, not the blaming."""
    content = aside.content[0]
    match = _BLAMING.search(text[content.start : content.end])
    if not match or len(aside.content) > 1:
        return aside
    return Attribution(aside.source, aside.cue, (Span(content.start + match.start("whom"), content.end),))


_FIRST_REPORTED = re.compile(
    r"(?P<content>[^;:“”\"]{3,160}?),?\s+(?:(?:which|that)\s+)?(?:(?:was|were|is|are|had been|has been|have been)\s+)?"
    r"(?P<cue>(?:first|originally|initially|exclusively|earlier|previously)\s+(?:reported|revealed|disclosed|published|broken|announced|made public|broadcast))\s+"
    r"(?:(?:on|in|last|this)\s+[\w ]{2,20}?\s+)?by\s+(?P<source>[^,.;:“”\"]+?)(?=\s+(?:on|in|at|last|this|earlier|yesterday|late|early)\s|[,;:]|\.(?:\s|$)|$)"
)


def by_first_report(text: str, sentence: Span) -> list[Attribution]:
    """As in "The sale, first reported by the Gazette, has not been signed"."""
    match = _FIRST_REPORTED.match(text, sentence.start, sentence.end)
    if not match or re.search(r"\bas$", match["content"]):
        return []
    source = trimmed(text, match.start("source"), match.end("source"))
    content = trimmed(text, match.start("content"), match.end("content"))
    if not is_noun_phrase(text, source):
        return []
    return [Attribution((source,), (Span(match.start("cue"), match.end("cue")),), (content,))]


_QUOTED_AS = re.compile(
    r"(?P<outer>[^,;:“”\"]{2,80}?)\s+(?P<cue>(?:(?:has|had|have|also|later)\s+)*(?:quotes?|quoted|cites?|cited))\s+(?P<inner>[^“”\":;]{2,140}?),?\s+"
    r"(?P<as>as\s+(?:saying|having said|writing|claiming|warning|adding|stating|denying|confirming|telling\s+(?:the\s+)?[\w’' ]{2,30}?(?=\s+that\b|,|\s*[“\"])))"
    r"\s*(?:on \w+\s+)?(?:that\b)?[:,]?\s*(?P<content>\S.*)",
    re.DOTALL,
)


def by_quoted_as(text: str, sentence: Span) -> list[Attribution]:
    """As in "The Gazette quoted a guard as saying that C": the guard speaks, through the Gazette."""
    match = _QUOTED_AS.match(text, sentence.start, sentence.end)
    if not match:
        return []
    inner = trimmed(text, match.start("inner"), match.end("inner"))
    content = content_from(text, match.start("content"), match.end("content"))
    if len(content) < 3 or not is_noun_phrase(text, inner):
        return []
    cue = (Span(match.start("cue"), match.end("cue")), Span(match.start("as"), match.end("as")))
    return [Attribution((inner,), cue, (content,))]


_MIDDLE = re.compile(
    r",\s+(?:(?P<cue1>said|says|wrote|added|insisted|argued|claimed|warned|explained)\s+(?P<source1>[^,;:“”\"]{2,60}?(?:,\s+(?:the|an?|its|his|her|who)\s[^,;:“”\"]{2,60})?)"
    r"|(?P<source2>(?:[^,;:“”\"]{2,60}?)(?:,\s+(?:the|an?|its|his|her|who)\s[^,;:“”\"]{2,60},)?)\s+(?P<cue2>(?:has |have |had )?(?:said|says|say|wrote|added|adds|insisted|insists|argued|argues|claimed|claims|warned|warns|explained|told [^,;:“”\"]{2,40}?|reported|reports|believes?))"
    r"(?:\s+(?:on|in|last|this|yesterday|at)\b[^,;:“”\"]{0,40})?),\s+(?P<rest>[^“”\"]{2,}?)[.;]?$",
    re.DOTALL,
)


_OPEN_END = re.compile(
    r"\b(?:is|was|are|were|has|have|had|would|could|should|might|may|must|will|can|did|does|do|be|been|not|never|to|that|because|than|by|of)$"
)
"""The end of a first half that is nothing without the second: "He had, it said, been seen"."""
_SOME_TIME = re.compile(
    r"(?:(?:about|some|only|just|barely|nearly|almost)\s+)?(?:an?|one|two|three|four|five|six|ten|\d+|several|a few|the)\s+(?:\w+\s+)?"
    r"(?:minute|hour|day|night|week|month|year|moment|morning|evening)s?\s*(?:later|earlier|before|after|afterwards|on|ago)?|soon (?:after|afterwards)|shortly (?:after|afterwards|before)",
    re.IGNORECASE,
)
"""A time that opens what is told: "Two days later, the man told us, the lorries came"."""


def by_middle(text: str, sentence: Span) -> list[Attribution]:
    """As in "The bridge, said the mayor, is ours": what stands before has no verb, what stands after has no subject."""
    for match in _MIDDLE.finditer(text, sentence.start + 3, sentence.end):
        number = "1" if match["cue1"] else "2"
        cue = Span(match.start(f"cue{number}"), match.end(f"cue{number}"))
        source = without_adverbs(text, trimmed(text, match.start(f"source{number}"), match.end(f"source{number}")))
        source = Span(source.start, skip_back(text, source.end, source.start))
        before = trimmed(text, sentence.start, match.start())
        rest = trimmed(text, match.start("rest"), match.end("rest"))
        words = before.of(text)
        if "“" in words or '"' in words or not is_noun_phrase(text, source):
            continue
        if (_OPEN_END.search(words) and "," not in words) or (_SOME_TIME.fullmatch(words) and has_verb(rest.of(text))):
            return [Attribution((source,), (cue,), (before, rest))]
        if has_verb(words) or leads(words):
            continue
        opens = re.match(r"(?:\w+ly\s+|also\s+|not\s+)?([\w’']+)", rest.of(text))
        if not opens or not has_verb(f"it {opens.group()}"):
            continue
        return [Attribution((source,), (cue,), (before, rest))]
    return []
