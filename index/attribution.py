"""From tagged spans to statements: who a source is, through whom it came, and what stance it takes.

The resolution of pronouns and definite nouns follows the order that newspaper attribution has (Pareti 2015; Newell et al.
2018): the nearest fitting party that was quoted or named before, by number, gender and kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.article import Article
from index.cues import denies, hedges, negates, retracts, stance_of, unverified
from index.dates import DateMention, find_dates, in_dateline, text_anchor
from index.names import fold, head_noun, same_name
from index.sources import ORGANISATION_NOUNS, PERSON_NOUNS, Resolver
from index.spans import Span, sentences
from index.statements import Source, SourceKind, Stance, Statement
from index.tagger import Attribution, Tagger, default_tagger

_ANAPHORIC = re.compile(
    r"^\W*(?:(?:as\s+(?:\w+\s+){1,2})?(?:it|this|that|them|these|those|both|all)\b(?:[^\w]*$|,?\s+(?:on|in|at|yesterday|today|last|again|outright|flatly|categorically|strongly|as|to|through|by|when)\b)|(?:as\s+\w+\s+)?(?:the|these|those|both|such|that|this|any|all|its|his|her|their|what it called)\s+"
    r"(?:\w+\s+|[\"“”']+){0,3}?(?:claims?|allegations?|accusations?|reports?|charges?|statements?|assertions?|suggestions?|stor(?:y|ies)|rumou?rs?|"
    r"figures?|numbers?|accounts?|announcements?|version|speculation|criticism|findings?|list|idea|notion)\b(?![^.;]*\bthat\s+\w+\s+\w+))",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\b(?:correction|corrigendum|retraction|clarification|we were wrong|we got it wrong|withdrawn|an apology|apology to)\b",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"\b(?:not true|untrue|was wrong|were wrong|is wrong|incorrect|in error|a mistake|(?:he|she|it|they) (?:has|have|did|had|was|were|is) not|should not have|mistook|took it for)\b",
    re.IGNORECASE,
)
_FROM_US = re.compile(
    r"^\W*(?:on \w+ |in our [\w ]+ )*(?:we|our|an article|a report|this (?:news)?paper|the editors?|[\w’' ]{0,40}$)\b",
    re.IGNORECASE,
)
_SIGHT = re.compile(
    r"\b(?:(?:a|our|the) reporters? (?:of|for|from|with|at)[^.]{0,60}\b(?:saw|counted|watched|visited|found|witnessed|heard)|"
    r"(?:this (?:newspaper|reporter|correspondent)|we|our reporters?|i) (?:saw|counted|watched|visited|found|have seen|has seen|witnessed|heard|passed)|"
    r"reporter (?:at|on) the (?:scene|spot)|(?:was|were) shown\b)",
    re.IGNORECASE,
)  # fmt: skip
_NOBODY_SAYS = re.compile(
    r"^\W*(?:nobody|no one|neither|none)\b[^.]*\b(?:said|told|would|say|knows?|explained)\b", re.IGNORECASE
)
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


@dataclass
class _State:
    """What is known so far while an article is read from top to bottom."""

    via: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    """Folded party name to the outlets through which it was first quoted here."""
    made: list[Statement] = field(default_factory=list)


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
    state = _State()
    all_sentences = sentences(text)
    for tag in sorted(tags, key=_position):
        state.made += _statements_of(article, tag, resolver, state, all_sentences)
    made = _named_later(state.made, resolver, article)
    attributed = _nested_chains(made, article)
    own = _own_voice(article, attributed, all_sentences)
    found = sorted([*attributed, *own], key=lambda item: (item.content_spans[0], item.cue_span is None))
    found = [_dated(item, article, dates, all_sentences) for item in found]
    found = _denials_within(found)
    found = _pointing_back(article, found, all_sentences)
    found = _hedged_after(article, found, all_sentences)
    return tuple(_unique_ids(found))


def _position(tag: Attribution) -> int:
    """Where the source stands, so that pronouns look back at what was read before."""
    spans = tag.source or tag.cue or tag.content
    return spans[0].start


def _statements_of(
    article: Article, tag: Attribution, resolver: Resolver, state: _State, all_sentences: Sequence[Span]
) -> list[Statement]:
    text = article.text
    source_span = Span(tag.source[0].start, tag.source[-1].end) if tag.source else None
    cue_span = Span(tag.cue[0].start, tag.cue[-1].end) if tag.cue else None
    anchor = cue_span or source_span or tag.content[0]
    sentence = _sentence_at(all_sentences, anchor.start)
    outside = _outside(text, sentence, tag.content)
    source, via = _chain(article, tag, source_span, cue_span, sentence, resolver, state)
    cue = " ".join(span.of(text) for span in tag.cue)
    content = " ".join(span.of(text) for span in tag.content)
    window = _window(text, sentence, tag, source_span, cue_span)
    refused = source_span is not None and any(span.contains(source_span) for span in tag.content)
    stance = stance_of(cue, content if refused else window)
    if stance is Stance.ASSERTS and denies(window) and not _other_cue_denies(window, cue):
        stance = Stance.DENIES
    if stance is Stance.ASSERTS and negates(content) and (re.search(r"[“\"]", content) or len(content.split()) <= 20):
        stance = Stance.DENIES
    if stance in {Stance.ASSERTS, Stance.RETRACTS} and retracts(
        content if source_is_self(source, article) or "I " in content or "we " in content.lower() else outside
    ):
        stance = Stance.RETRACTS
    if (
        source_is_self(source, article)
        and (_CORRECTION.search(article.title) or _CORRECTION.search(text[:200]) or _says_untrue(text))
        and _FROM_US.match(source_span.of(text) if source_span else "x")
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
            in_title=_in_title(article, tag.content[0]),
            own_sight=source_is_self(source, article) and bool(_SIGHT.search(outside + " " + content)),
        )
    ]


def source_is_self(source: Source, article: Article) -> bool:
    """True where the source is the article's own publisher, or the article itself where that is unknown."""
    return source.kind is SourceKind.OUTLET and source.name == article.publisher


def _says_untrue(text: str) -> bool:
    return bool(
        re.search(
            r"\bwe\b[^.]{0,160}\.\s[^.]{0,80}\b(?:not true|untrue|wrong|incorrect|has not|have not|did not)\b",
            text[:900],
            re.IGNORECASE,
        )
    )


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


def _sentence_at(all_sentences: Sequence[Span], at: int) -> Span:
    for sentence in all_sentences:
        if sentence.start <= at < sentence.end:
            return sentence
    return all_sentences[-1] if all_sentences else Span(at, at)


def _in_title(article: Article, span: Span) -> bool:
    head = article.text.lstrip()
    lead = len(article.text) - len(head)
    return bool(article.title) and head.startswith(article.title[:60]) and span.start < lead + len(article.title)


# --- chains -----------------------------------------------------------------------------------------------------------


def _chain(
    article: Article,
    tag: Attribution,
    source_span: Span | None,
    cue_span: Span | None,
    sentence: Span,
    resolver: Resolver,
    state: _State,
) -> tuple[Source, tuple[Source, ...]]:
    """The innermost source of an attribution and the outlets between it and the publisher."""
    text = article.text
    if source_span is None:
        return Source("", SourceKind.UNNAMED), ()
    words = source_span.of(text)
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
    later = _SPOKE_TO.match(text[source_span.end : sentence.end]) or _CITING.search(_unquoted(tail))
    source = resolver.resolve(words, source_span)
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
    return _remember(source, via, state)


def _unquoted(words: str) -> str:
    return re.sub(r"[“\"][^“”\"]*[”\"]", " ", words)


def _extended(via: tuple[Source, ...], link: Source, article: Article) -> tuple[Source, ...]:
    """The chain with one more link, unless that is the publisher itself."""
    if not link.name or (article.publisher and same_name(link.name, article.publisher)):
        return via
    return (*via, link)


def _remember(source: Source, via: tuple[Source, ...], state: _State) -> tuple[Source, tuple[Source, ...]]:
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


def _named_later(found: list[Statement], resolver: Resolver, article: Article) -> list[Statement]:
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


def _nested_chains(found: list[Statement], article: Article) -> list[Statement]:
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


# --- the article's own voice ------------------------------------------------------------------------------------------


def _own_voice(article: Article, attributed: list[Statement], all_sentences: Sequence[Span]) -> list[Statement]:
    """A statement for each sentence of which no attribution holds most."""
    text = article.text
    found = []
    publisher = Source(article.publisher, SourceKind.OUTLET)
    correction = bool(_CORRECTION.search(article.title) or _CORRECTION.search(text[:200]) or _says_untrue(text))
    for sentence in all_sentences:
        words = sentence.of(text)
        covered = sum(
            max(0, min(span.end, sentence.end) - max(span.start, sentence.start))
            for item in attributed
            for span in (*item.content_spans, item.source_span, item.cue_span)
            if span is not None
        )
        told = any(item.cue_span is not None and sentence.contains(item.cue_span) for item in attributed)
        if told or covered > 0.3 * len(sentence) or len(words.split()) < 3 or _NOBODY_SAYS.search(words):
            continue
        stance = Stance.ASSERTS
        if (
            retracts(words)
            and (_FROM_US.match(words) or correction or re.search(r"\b(?:we|our)\b", words, re.IGNORECASE))
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
                in_title=_in_title(article, sentence),
                own_sight=bool(_SIGHT.search(words)),
            )
        )
    return found


# --- dates, back references, hedges -----------------------------------------------------------------------------------


def _denials_within(found: list[Statement]) -> list[Statement]:
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


def _dated(item: Statement, article: Article, dates: Sequence[DateMention], all_sentences: Sequence[Span]) -> Statement:
    """Adds when it was said (a date outside the content) and when what it tells of happened (a date inside)."""
    anchor = item.cue_span or item.content_spans[0]
    sentence = _sentence_at(all_sentences, anchor.start)
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


def _pointing_back(article: Article, found: list[Statement], all_sentences: Sequence[Span]) -> list[Statement]:
    """Gives anaphoric contents the words that they point to; a rejecting quotation takes those of the denial beside it."""
    result: list[Statement] = []
    for item in found:
        content = item.content_spans[0].of(article.text)
        about: tuple[Span, ...] = ()
        vague = _ANAPHORIC.match(content) and not re.search(r"\s[A-Z]\w+", content)
        if item.stance in {Stance.DENIES, Stance.RETRACTS, Stance.CONFIRMS} and (
            vague or _short_negation(content) or item.source_span is None
        ):
            about = _antecedent(article, item, result, all_sentences)
        elif item.stance is Stance.DENIES and negates(content):
            beside = [other for other in result[-2:] if other.stance is Stance.DENIES and other.about_spans]
            about = beside[-1].about_spans if beside else _antecedent(article, item, result, all_sentences)
        item = replace(item, about_spans=about) if about else item
        result.append(_denying_on(article, item, result))
    return result


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
    sentence = _sentence_at(all_sentences, (item.cue_span or item.content_spans[0]).start)
    asked = _ASKED.match(sentence.of(text))
    if asked:
        return (Span(sentence.start + asked.start("about"), sentence.start + asked.end("about")),)
    content = item.content_spans[0].of(text)
    plural = bool(
        re.match(r"\W*(?:as \w+ )?(?:both|all|these|those|the (?:\w+ )?\w+s\b|two|them|they)", content, re.IGNORECASE)
    )
    earlier = [other for other in before if _can_be_meant(other, item, text)]
    if not earlier:
        return ()
    attributed = [other for other in earlier if other.source_span is not None or other.in_title or other.hedged]
    chosen = (
        attributed[-4:] if plural else earlier[-1:] if earlier[-1] in attributed else [*attributed[-1:], earlier[-1]]
    )
    return tuple(sorted({span for other in chosen for span in other.content_spans}))


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


def _hedged_after(article: Article, found: list[Statement], all_sentences: Sequence[Span]) -> list[Statement]:
    """ "The figure could not be verified" hedges what the same article attributed just before."""
    text = article.text
    result = list(found)
    for sentence in all_sentences:
        words = _unquoted(sentence.of(text))
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


def _unique_ids(found: list[Statement]) -> list[Statement]:
    seen: dict[str, int] = {}
    result = []
    for item in found:
        base = f"{item.article_id}@{item.content_spans[0].start}"
        count = seen.get(base, 0)
        seen[base] = count + 1
        result.append(replace(item, id=base if not count else f"{base}.{count}"))
    return result
