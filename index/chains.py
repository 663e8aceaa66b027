"""Through whom a source came: outlets cited, nested attributions, and the name that follows a lead's description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.article import Article
from index.names import fold, head_noun, same_name
from index.nouns import ORGANISATION_NOUNS, PERSON_NOUNS
from index.own_voice import source_is_self
from index.sources import Resolver
from index.spans import Span
from index.speaking import goes_on
from index.statements import Source, SourceKind, Statement
from index.tagger import Attribution

_NAME = r"[A-Z][\w’'&.\-]*(?:\s+(?:&\s+|of\s+the\s+|of\s+|for\s+|del\s+|de\s+)?[A-Z][\w’'&.\-]*)*"
_MEDIUM = re.compile(
    r"\b(?i:(?:in|during|on|from|for|of)\s+(?:an?|his|her|their|its|the|another)\s+(?:[\w\-]+\s+){0,3}?"
    r"(?:interview|conversation|phone call|telephone call|article|essay|column|op-ed|podcast|programme|program|remarks|comments|chat|exchange)\s+"
    r"(?:with|to|for|on|in|(?:published|carried|broadcast|aired|printed)\s+(?:by|in|on))"
    r"|(?:speaking|talking|in (?:remarks|comments|a statement|statements))\s+(?:to|on|with)|(?:interviewed|quoted|cited)\s+(?:(?:as saying|earlier|on \w+)\s+)?(?:by|in|on)"
    r"|(?:wrote|writing|writes)\s+in|(?:remarks|comments|statements?|interview|letter|words)\s+(?:published|carried|broadcast|aired|printed|reported)\s+(?:by|in|on)"
    r"|(?:told|tells|telling)|as\s+(?:reported|quoted|cited)\s+by)\s+"
    r"(?P<to>(?:the\s+)?(?:[a-z][\w\-]*[’']?s?\s+){0,3}?" + _NAME + r")"
)
_QUOTED_BY = re.compile(
    r",?\s+(?:who\s+(?:was|is|were)\s+|as\s+|when\s+)?(?:quoted|cited|interviewed|contacted)\s+(?:\w+\s+)?(?:by|in|on)\s+.*$|,?\s+(?:speaking|talking)\s+(?:to|on|with)\s+.*$"
    r"|,?\s+in\s+an?\s+(?:[\w\-]+\s+){0,2}interview\s+(?:with|to|on|for)\s+.*$"
)
_QUOTES = re.compile(
    r"(?P<outer>[^,;:“”\"]{2,80}?),?\s+(?:(?:has|had|have|also|later)\s+)*(?:quotes?|quoted|cites?|cited)\s+$"
)
_OUTLET_NOUN = re.compile(
    r"\b(?:newspaper|paper|daily|weekly|magazine|broadcaster|channel|station|radio|television|tv|news agency|agency|website|outlet|tabloid|blog|podcast|network)\b",
    re.IGNORECASE,
)


@dataclass
class State:
    """What is known so far while an article is read from top to bottom."""

    via: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    """Folded party name to the outlets through which it was first quoted here."""
    made: list[Statement] = field(default_factory=list)


_CITING = re.compile(
    r",?\s*\b(?:citing|quoting|with reference to|on the authority of)\s+(?P<inner>[^;:“”\"]+?)(?=,\s*(?:said|says|reported|that|as|but|and|which)\b|,?\s*\.?\s*$)",
    re.IGNORECASE,
)
_SPOKE_TO = re.compile(
    r",\s+which\s+(?:has\s+|had\s+)?(?:spoke to|spoken to|quoted|cited|interviewed|quotes|cites|spoke with)\s+(?P<inner>[^,.;]+)",
    re.IGNORECASE,
)
_LEARNED_FROM = re.compile(r"\s+from\s+(?P<inner>[^,.;:“”\"]{3,70})")
_TOLD = re.compile(
    r"\s*(?:\(?to\s+|with\s+)?(?P<to>(?:the\s+)?[A-Z][\w’'&.\-]*(?:\s+(?:&\s+|of\s+the\s+|of\s+|for\s+|del\s+|de\s+)?[A-Z][\w’'&.\-]*)*)"
)


def find_chain(
    article: Article,
    tag: Attribution,
    source_span: Span | None,
    cue_span: Span | None,
    sentence: Span,
    resolver: Resolver,
    state: State,
) -> tuple[Source, tuple[Source, ...]]:
    """The innermost source of an attribution and the outlets between it and the publisher."""
    text = article.text
    if source_span is None:
        return _going_on(text, tag, sentence, resolver, state)
    words = source_span.of(text)
    quoting = (
        _QUOTES.search(text, sentence.start, source_span.start)
        if cue_span and cue_span.start < source_span.start
        else None
    )
    if quoting and quoting.end() == source_span.start:
        outer = resolver.resolve(without_lead(quoting["outer"]), Span(quoting.start("outer"), quoting.end("outer")))
        inner = resolver.resolve(words, source_span)
        return _remember(inner, _extended((), outer, article), state)
    cited = _CITING.search(words)
    if cited and cited.start() > 2:
        outer = resolver.resolve(words[: cited.start()].strip(" ,"), source_span)
        inner = resolver.resolve(cited["inner"].strip(" ,"), source_span)
        return _remember(inner, (*_extended((), outer, article),), state)
    tail = text[max(source_span.end, cue_span.end if cue_span else 0) : sentence.end]
    learned = _LEARNED_FROM.match(text[cue_span.end : sentence.end]) if cue_span is not None else None
    if learned and re.search(r"(?:learn\w*|heard?|hears|know|knows|told)$", cue_span.of(text)):  # type: ignore[union-attr]
        outer, inner = resolver.resolve(words, source_span), resolver.resolve(learned["inner"], source_span)
        return _remember(inner, _extended((), outer, article), state)
    later = _SPOKE_TO.match(text[source_span.end : sentence.end]) or _CITING.search(unquoted(tail))
    if later and re.search(
        r"\b(?:said|says|reports?|reported|told|writes|wrote|according)\b", unquoted(tail)[: later.start()]
    ):
        later = None  # what stands between has a source of its own, which is who cites
    source = resolver.resolve(_QUOTED_BY.sub("", words) or words, source_span)
    if later:
        inner = resolver.resolve(later["inner"].strip(" ,"), source_span)
        if inner.name and not same_name(inner.name, source.name):
            return _remember(inner, _extended((), source, article), state)
    via: tuple[Source, ...] = ()
    if cue_span is not None and re.search(
        r"\b(?:told|tells|telling|revealed|explained|confirmed|said|spoke|informed)$", cue_span.of(text), re.IGNORECASE
    ):
        told = _TOLD.match(text[cue_span.end : sentence.end])
        if told and (
            cue_span.of(text).lower().endswith(("told", "tells", "telling", "informed"))
            or told.group().strip().startswith(("to ", "with "))
        ):
            hearer = resolver.outlet(told["to"])
            if hearer is not None and not same_name(hearer.name, source.name):
                via = _extended((), hearer, article)
    if not via:
        via = _medium(article, tag, source, sentence, resolver)
    return _remember(source, via, state)


def _going_on(
    text: str, tag: Attribution, sentence: Span, resolver: Resolver, state: State
) -> tuple[Source, tuple[Source, ...]]:
    """The subject of a sentence for its second verb ("has them but adamantly denied ..."); else nobody."""
    if not tag.source or not goes_on(tag.source[0].of(text)):
        return Source("", SourceKind.UNNAMED), ()
    before = [
        item
        for item in state.made
        if item.source_span is not None
        and sentence.contains(item.source_span)
        and item.source_span.end <= tag.source[0].start
    ]
    if before:
        return before[-1].source, before[-1].via
    return resolver.subject(Span(sentence.start, tag.source[0].start)), ()


def _medium(
    article: Article, tag: Attribution, source: Source, sentence: Span, resolver: Resolver
) -> tuple[Source, ...]:
    """The outlet to which a source spoke by the words around the attribution: "in an interview with the Gazette"."""
    clause = unquoted(_without(article.text, sentence, tag.content))
    for match in _MEDIUM.finditer(clause):
        noun = _OUTLET_NOUN.search(match["to"])
        name = re.sub(r"^(?:the\s+)?(?:[a-z][\w\-]*[’']?s?\s+)*", "", match["to"])
        hearer = resolver.outlet(name)
        if hearer is None and noun and not re.match(r"told|tell", match.group()):
            hearer = Source(name, SourceKind.OUTLET)
        if hearer is not None and not same_name(hearer.name, source.name):
            return _extended((), hearer, article)
    return ()


def _without(text: str, sentence: Span, content: tuple[Span, ...]) -> str:
    """A sentence with its content's letters blanked out."""
    words = list(sentence.of(text))
    for span in content:
        for at in range(max(span.start, sentence.start), min(span.end, sentence.end)):
            words[at - sentence.start] = '"' if at in (span.start, span.end - 1) else " "
    return "".join(words)


def without_lead(words: str) -> str:
    """A subject without "On Monday" and the like before it."""
    return re.sub(
        r"^(?:on|in|at|later|meanwhile|earlier)\b[^,]*?\s+(?=[Tt]he\s|[A-Z])(?=\S+\s+\S)",
        "",
        words.strip(),
        flags=re.IGNORECASE,
    )


def unquoted(words: str) -> str:
    """The words without what stands in quotation marks."""
    return re.sub(r"[“\"][^“”\"]*[”\"]", " ", words)


def _extended(via: tuple[Source, ...], link: Source, article: Article) -> tuple[Source, ...]:
    """The chain with one more link, unless that is the publisher itself."""
    if not link.name or (article.publisher and same_name(link.name, article.publisher)):
        return via
    return (*via, link)


def _remember(source: Source, via: tuple[Source, ...], state: State) -> tuple[Source, tuple[Source, ...]]:
    """A party quoted once through an outlet is taken to speak through it for the rest of the article."""
    key = fold(source.name)
    if key and not via:
        via = state.via.get(key, ())
    elif key:
        state.via.setdefault(key, via)
    return source, via


_ANONYMITY = re.compile(
    r"\b(?:anonym\w+|not (?:to )?be (?:named|identified)|may not speak|not authori[sz]ed|declined to be named|withheld|unnamed|asked (?:us )?not|not to (?:use|print|give|publish)|fears? for|feared for|without (?:being named|giving))\b",
    re.IGNORECASE,
)


def named_later(found: list[Statement], resolver: Resolver, article: Article) -> list[Statement]:
    """Joins the unnamed party of a headline or a lead to the name that the next attribution gives it.

    News introduces a source by a description and names it in the following paragraph: "A former manager says ...", then "Ann
    Lee, who worked there for ten years, told ...".
    """
    ordered = sorted(found, key=lambda item: item.content_spans[0])
    text = article.text
    for position, item in enumerate(ordered[:-1]):
        source = item.source
        if source.kind is not SourceKind.UNNAMED or not source.name or item.source_span is None or source.speaks_for:
            continue
        following = next(
            (other for other in ordered[position + 1 :] if other.source_span and other.source.name != source.name), None
        )
        if following is None or following.source.kind is SourceKind.UNNAMED or following.source_span is None:
            continue
        words = item.source_span.of(text)
        between = text[item.source_span.start : following.source_span.start]
        lead = item.content_spans[0].start < 0.12 * len(text) + 200 and position < 2
        again = re.match(r"(?:that|the|this)\s+(\w+)\b", following.source_span.of(text), re.IGNORECASE)
        repeated = bool(again) and again.group(1).lower() in fold(words).split()  # type: ignore[union-attr]
        fits = _could_be(words, following.source)
        if _ANONYMITY.search(between) or not (repeated or (lead and fits and between.count("\n\n") <= 2)):
            continue
        named = following.source
        via = following.via or item.via
        found = [
            replace(other, source=named, via=other.via or via)
            if fold(other.source.name) in {fold(source.name), fold(named.name)}
            else other
            for other in found
        ]
        return found
    return found


_THINGS = frozenset(
    "letter paper newspaper number register order folder computer river tower water summer winter error mirror floor list".split()
)


def _could_be(words: str, named: Source) -> bool:
    """True where a lead's description can be the party named next: one person for a person, a body for a body."""
    if re.match(
        r"(?:two|three|four|several|some|many|local|residents|sources|officials|witnesses|people)\b",
        words,
        re.IGNORECASE,
    ):
        return False
    noun = head_noun(re.sub(r"^(?:an?|the)\s+", "", words, flags=re.IGNORECASE))
    if named.kind is SourceKind.PERSON:
        if named.speaks_for and not re.search(
            r"\b(?:spokes\w+|head|chief|director|minister|lawyer|official|secretary)\b", words, re.IGNORECASE
        ):
            return False
        person = noun in PERSON_NOUNS or (
            noun.endswith(("er", "or", "ist", "ian", "man", "woman")) and noun not in _THINGS
        )
        return person and bool(re.match(r"an?\b|ex-|former", words, re.IGNORECASE))
    return noun in ORGANISATION_NOUNS and fold(named.name) != ""


_CITES = re.compile(
    r"(?:The\s+(?:paper|newspaper|agency|outlet|broadcaster|report|station|website|channel|site|daily|weekly|magazine|tabloid|story|article)|It|They|(?:The\s+)?"
    + _NAME
    + r")\s+(?:also\s+)?(?:cited|cites|quoted|quotes|credited|credits|named|names)\s+(?P<inner>[^.,;:“”\"]{3,80}?)(?:\s+as\s+(?:its|the)\s+sources?)?\s*\.?$"
)


def cited_after(
    found: list[Statement], resolver: Resolver, article: Article, all_sentences: Sequence[Span]
) -> list[Statement]:
    """What an outlet told comes from whom the next sentence says that it cites: "The paper cited two councillors"."""
    result = list(found)
    for before, sentence in pairwise(all_sentences):
        match = _CITES.fullmatch(sentence.of(article.text))
        if not match or "\n\n" in article.text[before.end : sentence.start]:
            continue
        told = [
            index
            for index, item in enumerate(result)
            if item.cue_span is not None and before.contains(item.cue_span) and item.source.kind is SourceKind.OUTLET
        ]
        if not told or source_is_self(result[told[-1]].source, article):
            continue
        outer = result[told[-1]].source
        at = Span(sentence.start + match.start("inner"), sentence.start + match.end("inner"))
        inner = resolver.resolve(match["inner"], at)
        if inner.name and not same_name(inner.name, outer.name):
            result[told[-1]] = replace(
                result[told[-1]], source=inner, via=_extended(result[told[-1]].via, outer, article)
            )
    return result


def nested_chains(found: list[Statement], article: Article) -> list[Statement]:
    """An attribution inside another's content came through that other's source."""
    result = []
    for item in found:
        outer = [
            other
            for other in found
            if other is not item
            and item.cue_span is not None
            and any(span.contains(item.cue_span) for span in other.content_spans)
            and other.source.name
            and not same_name(other.source.name, item.source.name)
            and not source_is_self(other.source, article)
            and fold(other.source.party) != fold(item.source.party)
        ]
        if outer and not item.via:
            nearest = min(outer, key=lambda other: len(other.content_span))
            via = nearest.via
            link = nearest.source
            if link.kind is SourceKind.UNNAMED and not nearest.via:
                link = replace(link)
            result.append(replace(item, via=_extended(via, link, article)))
        else:
            result.append(item)
    return result
