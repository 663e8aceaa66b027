"""The rule tagger: attributions by cue words, quotation marks and word order, without a model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.cues import INVERTING, LEMMAS, STANCES, STRONG, declines, denies
from index.spans import Span, paragraphs, sentences, trimmed
from index.statements import Stance
from index.tagger import Attribution

_QUOTE = re.compile(r"[“\"]([^“”\"]{1,2000})(?:[”\"]|\Z)")
_WORD = re.compile(r"[\w’'\-]+|[^\w\s]")
_AUXILIARY = frozenset(
    "is was were are has have had will would could may might should can did does do am be must went took came gave got made left "
    "held kept began led saw sent told said put set cut hit ran won lost met fell rose broke drew grew knew spoke wrote stood found "
    "thought brought bought caught fled fought paid built felt became says gets goes makes takes wants needs remains".split()
)
_LEADING = re.compile(
    r"(?:on|in|at|by|after|before|during|from|for|with|without|asked|speaking|when|while|as|if|although|though|since|because|"
    r"amid|despite|following|under|later|earlier|meanwhile|however|also|yesterday|last|but|and|still|then|instead|nevertheless|"
    r"nonetheless|similarly|moreover|additionally|separately|responding|addressing|citing|writing|contacted|reached|pressed|"
    r"to|of|over|about|according|against|until|where|once|given|having|being|meantime|approached)\b",
    re.IGNORECASE,
)
_TIME = (
    r"(?:(?:late |early )?(?:on|by|in|at|over|during|from|via|through|after|before|with)\s+(?!that\b)[^,.;:“”\"]{2,60}?|"
    r"yesterday(?: \w+)?|today|last (?:night|week|month|year|\w+day)|this \w+|earlier(?: \w+)?|later(?: \w+)?|again|also|first|"
    r"repeatedly|afterwards?|separately|[A-Z]\w+day(?: \w+)?|at the time)"
)
_ADDRESSEE = r"(?:(?:the|a|an|his|her|their|its|our|some|local|several)\s+)?[^,.;:“”\"]{1,60}?"
_RELATIVE = re.compile(r"\s*(?:who|whom|whose|which|that)\b")
_PRONOUN_SUBJECT = re.compile(r"^(?:he|she|they|it|we|i|you)\b", re.IGNORECASE)
_NOUNISH = re.compile(
    r"\b(?:the|a|an|this|that|these|those|its|his|her|their|my|our|your|of|no|any|some|such|another|other|first|latest|new|recent|"
    r"false|public|official|media|press|news|ship|earlier|to|in|on|for|from|with|by|own)\s+$",
    re.IGNORECASE,
)
_END_PUNCTUATION = " \t\n\r,;:–—-"


DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ ,/]+[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+)*(?:,\s[^—–\n]{0,40}?)?(?:\s\([^)\n]{2,40}\))?"
    r"|[^—–.\n]{2,50}?,?\s\d{1,2}\s\w+\s\d{4}(?:\s\([^)\n]{2,40}\))?|[^—–.\n]{2,40}?\((?:[A-Z]{2,6}|Reuters)\))\s*(?:—|–|--|-)\s+"
)
"""What stands before a report's first words: place, date, credit and a dash."""


@dataclass(frozen=True, slots=True)
class _Cue:
    span: Span
    lemma: str
    passive: bool
    participle: bool


class RuleTagger:
    """Attributions by rules; see the module's docstring."""

    name = "rules"

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """Attributions of a text, in order; quotations without a cue are joined to the one before in their paragraph."""
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
    inside = [quote for quote in quotes if sentence.contains(quote)]
    dateline = DATELINE.match(text, sentence.start, sentence.end)
    if dateline:
        sentence = Span(dateline.end(), sentence.end)
    found = _according(text, sentence, inside) or _published(text, sentence)
    taken = [span for item in found for span in (*item.cue, *item.source)]
    subject: tuple[Span, ...] = found[0].source if found else ()
    for cue in _cues(text, sentence, inside):
        if any(cue.span.overlaps(span) for span in taken):
            continue
        if _in_relative(text, sentence, cue):
            continue
        item = _attribute(text, sentence, cue, inside, subject)
        if item is not None:
            found.append(item)
            taken += [*item.cue, *item.source]
            subject = item.source or subject
    for quote in inside:
        if len(quote.of(text).split()) >= 10:
            found += _nested(text, quote)
    if not found:
        found += _declining(text, sentence, inside) or _headline(text, sentence)
    return found


def _nested(text: str, quote: Span) -> list[Attribution]:
    """Attributions within a quotation: an outlet's text that is quoted at length attributes too."""
    found: list[Attribution] = []
    start = quote.start + (text[quote.start] in '“"')
    end = quote.end - (text[quote.end - 1] in '”"')
    for inner in sentences(text[start:end]):
        sentence = Span(start + inner.start, start + inner.end)
        for cue in _cues(text, sentence, []):
            if cue.lemma in {"say", "report", "confirm", "tell", "deny", "claim", "announce"} and not cue.participle:
                item = _attribute(text, sentence, cue, [], ())
                if item is not None and not re.match(
                    r"(?:I|we|you)\b", item.source[0].of(text) if item.source else "", re.I
                ):
                    found.append(item)
    return found


def _in_relative(text: str, sentence: Span, cue: _Cue) -> bool:
    """True where a cue stands in a relative clause or after "what it": "who speaks for the trust", "what it called"."""
    clause = re.split(r"[,;:“”\"]", text[sentence.start : cue.span.start])[-1]
    return bool(re.match(r"\s*(?:who|which|whose|whom|where)\b", clause)) or bool(
        re.search(r"\bwhat\s+(?:\S+\s+){1,3}$", clause)
    )


_PUBLISHING = re.compile(
    r"(?P<source>[^,;:“”\"]{2,80}?)\s+(?:has |had |have )?(?P<cue>(?:published|released|issued|posted|ran|carried|circulated|put out|wrote|broadcast|aired)\s+(?:an?|the|several|two|new)\s+"
    r"(?:\w+\s+)?(?:articles?|reports?|statements?|stor(?:y|ies)|notes?|communiqu[eé]s?|messages?|letters?|lists?|items?)(?:\s+(?:on|in|of)\s[^,;:“”\"]{2,30}?)?\s+"
    r"(?:(?:which|that)\s+(?:claims?|claimed|says?|said|alleges?|alleged|states?|stated)|claiming|saying|alleging|stating|reporting))\s+(?:that\s+)?(?P<content>[^“”\"]+)",
)


_ASKED_TO_SAY = re.compile(
    r"(?P<source>[^,;:“”\"]{2,80}?)\s+(?P<cue>(?:has |had |have )?asked (?:us|reporters|journalists|this \w+|the [\w ]{2,30}) to (?:say|state|point out|make clear|stress|report))\s+that\s+(?P<content>[^“”\"]+)"
)


def _published(text: str, sentence: Span) -> list[Attribution]:
    """As in "The agency published an article which claims that C", "issued a statement saying that C"."""
    match = _PUBLISHING.match(text, sentence.start, sentence.end) or _ASKED_TO_SAY.match(
        text, sentence.start, sentence.end
    )
    if not match:
        return []
    source = _without_adverbs(text, trimmed(text, match.start("source"), match.end("source")))
    source = Span(
        source.start, source.start + len(re.split(r"\s+(?:remains?|stands?|denies|is|was)\s", source.of(text))[0])
    )
    content = _content(text, match.start("content"), match.end("content"))
    return (
        [Attribution((source,), (Span(match.start("cue"), match.end("cue")),), (content,))] if len(content) > 2 else []
    )


# --- "according to X" -------------------------------------------------------------------------------------------------

_ACCORDING = re.compile(
    r"\b(?P<cue>according to(?! wh(?:ich|om)\b)|in the words of|as (?:reported|quoted|told|stated) by|on the word of|quoting|citing)\s+"
    r"(?P<source>[^,;:“”\"]+?(?:,\s+(?:the|a|an|its|his|her)\s(?!\w+\s\w+\s\w+\s\w+\s\w+\s\w+)[^,;:“”\"]+?(?=,))?)"
    r"(?=,|;|:|\.(?:\s|$)|“|\"|\s+(?:–|—)\s|$)",
    re.IGNORECASE,
)


def _according(text: str, sentence: Span, quotes: list[Span]) -> list[Attribution]:
    found: list[Attribution] = []
    for match in _ACCORDING.finditer(text, sentence.start, sentence.end):
        if any(quote.contains(Span(match.start(), match.end())) for quote in quotes):
            continue
        cue = Span(match.start("cue"), match.end("cue"))
        if cue.of(text).lower() in {"citing", "quoting"}:
            continue  # part of a chain, which the attribution of the sentence carries
        source = trimmed(text, match.start("source"), match.end("source"))
        if "," in source.of(text) and _has_verb(source.of(text).split(",", 1)[1]):
            source = Span(source.start, source.start + source.of(text).index(","))
        source = _cut_clause(text, source)
        before = trimmed(text, sentence.start, _skip_back(text, match.start(), sentence.start))
        after_start = source.end
        extra = re.match(r",\s+(?:which|who)\s[^,]+,", text[after_start : sentence.end])
        if extra:
            after_start += extra.end()
        while after_start < sentence.end and text[after_start] in _END_PUNCTUATION:
            after_start += 1
        after = _content(text, after_start, sentence.end)
        if match.start() - sentence.start > 12 and len(before) > 8:
            content = [before] + ([after] if len(after) > 25 and text[source.end : source.end + 1] == "," else [])
        else:
            content = [after]
        content = [span for span in content if len(span) > 2]
        if content:
            found.append(Attribution((source,), (cue,), tuple(content)))
    return found


def _cut_clause(text: str, source: Span) -> Span:
    """A source ends where a clause or a time begins."""
    match = re.search(r"\s+(?:on|to|that|in (?:a|an|the)|when|while|as|at|late|early)\s", source.of(text))
    return Span(source.start, source.start + match.start()) if match and match.start() > 2 else source


def _skip_back(text: str, at: int, floor: int) -> int:
    while at > floor and text[at - 1] in _END_PUNCTUATION + "(":
        at -= 1
    return at


# --- verbs ------------------------------------------------------------------------------------------------------------


def _cues(text: str, sentence: Span, quotes: list[Span]) -> list[_Cue]:
    found: list[_Cue] = []
    for match in re.finditer(r"[A-Za-z]+", sentence.of(text)):
        span = Span(match.start() + sentence.start, match.end() + sentence.start)
        word = match.group().lower()
        lemma = LEMMAS.get(word)
        if lemma is None or any(quote.contains(span) for quote in quotes):
            continue
        before = text[max(sentence.start, span.start - 30) : span.start]
        after = text[span.end : min(sentence.end, span.end + 40)]
        if _NOUNISH.search(before) and not re.search(r"\b(?:to)\s+$", before):
            continue
        if (
            word
            in {
                "report",
                "claim",
                "state",
                "note",
                "call",
                "charge",
                "comment",
                "hope",
                "fear",
                "order",
                "demand",
                "quote",
                "post",
                "cite",
                "deny",
                "broadcast",
            }
            and not _plural_subject(before)
            and not re.search(r"\b(?:not|to|they|will|would)\s+$", before)
        ):
            continue
        if word in {"reports", "claims", "states", "notes", "calls", "charges", "comments", "answers"} and not re.match(
            r"\s*(?:that\b|[“\"]|,|$|the\b|a\b|it\b|he\b|she\b|they\b|to\b|\.|an?\b|\w+s\b)", after
        ):
            continue
        if lemma in {"reply", "respond", "answer", "comment", "speak", "address"} and re.search(
            r"\b(?:not|n[’']t|would)\b[^,.;]*$", before
        ):
            continue  # a refusal, which `_declining` takes
        passive = bool(re.search(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?$", before)) and word.endswith(
            ("ed", "id", "en", "ld")
        )
        infinitive = bool(re.search(r"\bto\s+$", before))
        if infinitive and STANCES.get(lemma) not in {Stance.DENIES, Stance.CONFIRMS}:
            continue
        if infinitive:
            continue
        found.append(_Cue(span, lemma, passive, word.endswith("ing")))
    return found


def _plural_subject(before: str) -> bool:
    return bool(re.search(r"(?:[a-z]s|they|we|i|people|police)\s+(?:also\s+)?$", before, re.IGNORECASE))


def _attribute(
    text: str, sentence: Span, cue: _Cue, quotes: list[Span], subject: tuple[Span, ...]
) -> Attribution | None:
    if cue.lemma == "put" and not (cue.participle and not subject):
        return _put(text, sentence, cue, subject)
    if cue.passive:
        return _passive(text, sentence, cue)
    if cue.participle:
        return _participle(text, sentence, cue, quotes, subject)
    left = _left(text, sentence, cue, quotes)
    wide = _wide_cue(text, cue, sentence)
    lead = text[sentence.start : wide.start].rstrip()
    if (
        subject
        and re.search(r"(?:\band|\bbut|\bor|,)(?:\s+(?:then|also|later))?$", lead)
        and not quotes_end(text, lead)
    ):
        after = _after(text, cue, sentence)
        if cue.lemma in STRONG and after is not None:
            return Attribution(subject, (wide,), (after,))
    if not subject and re.search(r"(?:\band|\bbut)(?:\s+(?:then|also|later))?$", lead) and cue.lemma in STRONG:
        opening = _opening_subject(text, sentence)
        after = _after(text, cue, sentence) if opening is not None else None
        if opening is not None and after is not None:
            return Attribution((opening,), (wide,), (after,))
    inverted = _inverted(text, sentence, cue, quotes)
    if inverted is not None:
        return inverted
    source_start, content_before = left
    source = trimmed(text, source_start, max(source_start, _skip_back(text, wide.start, source_start)))
    source = _pronoun_at_end(text, _without_adverbs(text, source))
    if len(source) < 2 or not _is_noun_phrase(text, source):
        return None
    content: list[Span] = []
    after = _after(text, cue, sentence)
    introduced = after is not None and re.search(r"\bthat\s+$", text[cue.span.end : after.start])
    if content_before is not None and not introduced:
        content.append(content_before)
    if after is not None and (len(content) == 0 or _opens_quote(text, after)):
        content.append(after)
    if not content:
        split = _last_pieces(text, sentence, wide)
        if split is not None:
            source, opening = split
            content.append(opening)
    if not content and source.start - sentence.start > 12:
        opening = trimmed(text, sentence.start, _skip_back(text, source.start, sentence.start))
        if _has_verb(opening.of(text)):  # "After the rain the river rose, she recalled"
            content.append(opening)
    if not content:
        return None
    learned = content_before is not None and cue.lemma in {"learn", "understand", "hear", "know"}
    if cue.lemma not in STRONG and not learned and not _signals(text, cue, content):
        return None
    return Attribution((source,), (wide,), tuple(content))


def _pronoun_at_end(text: str, source: Span) -> Span:
    """As in "In a separate interview she", "the allegations, it": the pronoun alone is who speaks."""
    words = source.of(text)
    match = re.search(r"(?:^|[\s,])(he|she|it|they|we|I)$", words)
    if match:
        return Span(source.start + match.start(1), source.end)
    relative = re.match(r"(?:that|which|who)\b[^,]*,\s*(?=\S)", words)
    return Span(source.start + relative.end(), source.end) if relative else source


def _last_pieces(text: str, sentence: Span, wide: Span) -> tuple[Span, Span] | None:
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
    name = re.fullmatch(r"(?:[A-Z][\w’'.\-]*\s?){1,4}", pieces[first - 1].of(text))
    if first > 1 and name and re.match(r"(?:the|a|an|its|his|her|their|who)\b", words):
        first -= 1
    source = _without_adverbs(text, Span(pieces[first].start, pieces[-1].end))
    opening = trimmed(text, sentence.start, _skip_back(text, pieces[first].start, sentence.start))
    if (
        len(opening.of(text).split()) < 3
        or not _is_noun_phrase(text, source)
        or (_leads(opening.of(text)) and "," not in opening.of(text))
    ):
        return None
    return source, opening


def _opening_subject(text: str, sentence: Span) -> Span | None:
    """The noun phrase before a sentence's first verb, which a later "and told" shares; None where it is none."""
    words = sentence.of(text)
    for match in re.finditer(r"[\w’'\-]+", words):
        if match.start() and _has_verb(f"it {match.group()}"):
            span = _without_adverbs(text, trimmed(text, sentence.start, sentence.start + match.start()))
            return span if 0 < len(span.of(text).split()) <= 10 and _is_noun_phrase(text, span) else None
    return None


def _put(text: str, sentence: Span, cue: _Cue, subject: tuple[Span, ...]) -> Attribution | None:
    """As in: She put the number of missing at 34."""
    rest = text[cue.span.end : sentence.end]
    match = re.match(
        r"\s+(?P<content>at\s+[^.;“”\"]{1,30}?\s+the\s+(?:number|toll|figure|total|count|cost|price|sum)\b[^.;“”\"]*\w)",
        rest,
    ) or re.match(
        r"(?:ting)?\s+(?P<content>(?:the|its|their|it|those|this)\b[^.;“”\"]{0,80}?\bat\s+[^.;“”\"]*\w)", rest
    )
    if not match or not re.search(r"\bat\s+(?:[\w$€£.,\-]+\s+)?", match["content"]):
        return None
    content = Span(cue.span.end + match.start("content"), cue.span.end + match.end("content"))
    if cue.participle:
        return Attribution(subject, (cue.span,), (content,)) if subject else None
    start, _ = _left(text, sentence, cue, [])
    source = _without_adverbs(text, trimmed(text, start, max(start, _skip_back(text, cue.span.start, start))))
    if len(source) > 1 and _is_noun_phrase(text, source):
        return Attribution((source,), (cue.span,), (content,))
    return Attribution(subject, (cue.span,), (content,)) if subject else None


def quotes_end(text: str, lead: str) -> bool:
    """True where the words before a cue end in a quotation's mark: then the source may follow."""
    return (lead[-2:-1] in '”"' and bool(lead[-2:-1])) or lead[-1:] in '”"'


def _signals(text: str, cue: _Cue, content: list[Span]) -> bool:
    """A weak verb attributes only before "that" or beside a quotation."""
    if cue.lemma in {"call", "describe", "brand", "label"} and denies(text[cue.span.start : content[-1].end]):
        return True
    following = text[cue.span.end : cue.span.end + 12]
    return bool(re.match(r"\s+that\b", following)) or any(_opens_quote(text, span) for span in content)


def _opens_quote(text: str, span: Span) -> bool:
    return text[span.start] in '“"' or text[span.end - 1] in '”"'


def _left(text: str, sentence: Span, cue: _Cue, quotes: list[Span]) -> tuple[int, Span | None]:
    """Where the source before a cue begins, and the content before the source, if there is any."""
    floor = sentence.start
    limit = _wide_cue(text, cue, sentence).start
    ended = [quote for quote in quotes if quote.end <= cue.span.start]
    if ended and ended[-1].end > floor:
        last = ended[-1]
        content = trimmed(text, max(floor, _quote_content_start(text, floor, ended)), last.end)
        begin = last.end
        between = text[begin : cue.span.start]
        if re.search(r"\w", between):
            clause = re.search(r"[.;]\s+", between)
            if clause:  # an own sentence between quotation and cue
                return _left(text, Span(begin + clause.end(), sentence.end), cue, [])
            while begin < cue.span.start and text[begin] in _END_PUNCTUATION:
                begin += 1
            closes = text[last.end - 2 : last.end]
            attaches = text[last.end : last.end + 1] in {",", ""} or closes[:1] in ",?!.…" or last.start == floor
            if attaches and not _clausal(between):
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
        main = _main_words(words) if index == len(pieces) - 1 else words
        finite = index > 0 and re.match(r"\s*[a-z]+ed\b", main) is not None
        if _has_verb(f"it {main}" if finite else main) and not _RELATIVE.match(words):
            break
        if (
            first < len(pieces)
            and (index or re.match(r"\s*[a-z]+ing\b", words))
            and _PREPOSITION.match(words)
            and not _PREPOSITION.match(text[pieces[first][0] :])
        ):
            break
        first = index
    if first >= len(pieces):
        return _embedded_start(text, pieces[-1][0], cue.span.start) if pieces else floor, None
    while first < len(pieces) - 1 and first == 0 and _LEADING.match(text[pieces[first][0] : pieces[first][1]].strip()):
        first += 1
    start = pieces[first][0]
    while start < cue.span.start and text[start] in " \t\n":
        start += 1
    if first == 0 or _leads(text[floor : pieces[0][1]].strip()):
        return start, None
    before = trimmed(text, floor, pieces[first - 1][1])
    separator = text[pieces[first - 1][1] : pieces[first][0]]
    if separator.strip() in {"but", "and", ";", "–", "—"} or not _has_verb(before.of(text)):
        return start, None
    return start, before


_PREPOSITION = re.compile(
    r"\s*(?:and\s+|or\s+)?(?:by|in|on|at|from|with|to|for|of|as|into|near|over|under|and|or|including|such|(?!citing|quoting)[a-z]+ing)\b"
)


def _leads(words: str) -> bool:
    """True for what may stand before a subject: "On Friday", "Asked about the fire", but not "At least nine people died"."""
    match = _LEADING.match(words)
    return bool(match) and (match.group().lower() not in _WEAK_LEADS or not _has_verb(words))  # type: ignore[union-attr]


_WEAK_LEADS = frozenset("on in at by from for with without of over under about against to".split())


def _clausal(words: str) -> bool:
    """True where some piece between commas, relative clauses aside, has a verb of its own."""
    return any(_has_verb(_main_words(piece)) and not _RELATIVE.match(piece) for piece in words.split(","))


def _main_words(words: str) -> str:
    """A noun phrase without its relative clause, unless a cue stands before the "that"."""
    match = re.search(r"\s(?:that|who|which|whose|where)\s", words)
    if not match or re.match(r"\s*(?:that|which|who)", words):
        return words
    before = words[: match.start()].split()
    return words if (before and before[-1].lower() in LEMMAS) or len(before) > 6 else words[: match.start()]


def _quote_content_start(text: str, floor: int, ended: list[Span]) -> int:
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


def _has_verb(words: str) -> bool:
    tokens = re.findall(r"[\w’'\-]+", words)
    for index, token in enumerate(tokens):
        low = token.lower()
        if low in _AUXILIARY or (
            index
            and low in LEMMAS
            and low
            not in {
                "report",
                "claim",
                "state",
                "note",
                "call",
                "charge",
                "comment",
                "post",
                "reports",
                "claims",
                "comments",
            }
        ):
            return True
        if (
            index
            and low.endswith("ed")
            and len(low) > 4
            and tokens[index - 1].lower() not in {"a", "an", "the", "us", "un", "newly", "so"}
            and not (
                index + 1 < len(tokens)
                and tokens[index + 1].lower() in {"at", "by", "with", "near", "familiar"}  # "employed at"
            )
        ):
            return True
        if low.endswith(("n't", "n’t", "'re", "’re", "'ve", "’ve", "'m", "’m", "'ll", "’ll")):
            return True
    return False


def _is_noun_phrase(text: str, source: Span) -> bool:
    words = source.of(text)
    head = re.split(r",|\bwho\b|\bwhich\b", words)[0].strip()
    tokens = [token.lower() for token in re.findall(r"[\w’'\-]+", head)]
    if re.fullmatch(rf"{_TIME}", words) or _has_verb(_main_words(head)):
        return False
    if (
        tokens
        and tokens[0]
        in {
            "whoever",
            "cannot",
            "having",
            "no",
            "of",
            "name",
            "nobody",
            "anyone",
            "everyone",
            "everybody",
            "anybody",
            "none",
        }
    ) or tokens[:2] == ["no", "one"]:
        return False
    if not tokens or len(tokens) > 14 or all(token in _AUXILIARY | {"not", "never", "only", "yet"} for token in tokens):
        return False
    if re.match(
        r"(?:that|which|who|what|if|when|because|to|there|not|how|why|and|or|but|as|than)\b", head, re.IGNORECASE
    ) and not re.match(r"(?:that|who)\s+\w+", head, re.IGNORECASE):
        return False
    return bool(re.search(r"[^\W\d]{2}|\bI\b", head)) and not head.isdigit()


def _without_adverbs(text: str, source: Span) -> Span:
    words = source.of(text)
    match = re.search(
        r"\s+(?:also|further|later|then|now|today|yesterday|has|have|had|further|repeatedly|again|would|could|will|may|might|did|does|not yet|yet|"
        r"previously|earlier|recently|since|already|publicly|never|not|only|\w+ly|on \w+day|last \w+|in turn|himself|herself|itself|"
        r"at once|at first|at the time|who)$",
        words,
    )
    if match and match.start() > 1:
        return _without_adverbs(text, trimmed(text, source.start, source.start + match.start()))
    leading = re.match(
        r"(?:and|but|meanwhile|however|later|yesterday|also|still|then|so|as|while|for)\s+(?=\S)", words, re.IGNORECASE
    )
    if leading:
        return Span(source.start + leading.end(), source.end)
    late = re.match(r"(?:\w+ ){0,2}(?:after|before|when|since)\s+(?=(?:an?|the|his|her|its|their|[A-Z])\b)", words)
    if late:
        return Span(source.start + late.end(), source.end)
    dateline = re.match(r"[^—–]{3,60}(?:—|–| - )\s*", words)
    return Span(source.start + dateline.end(), source.end) if dateline and dateline.end() < len(words) else source


def _inverted(text: str, sentence: Span, cue: _Cue, quotes: list[Span]) -> Attribution | None:
    """'"C," said X' and 'C, says X.'"""
    before = text[sentence.start : cue.span.start].rstrip()
    if not before or before[-1] not in ",”\"’'?!":
        return None
    by_quote = before[-1] in '”"' or before[-2:-1] in '”"'
    if cue.lemma not in INVERTING or (cue.lemma == "tell" and not by_quote):
        return None
    rest = text[cue.span.end : sentence.end]
    match = re.match(
        r"\s+(?P<source>(?!(?:that|to|in|at|on|by|with|during|after|before|from|when|while|only|for|of|how|why|as|over|about|under|through|it|he|she|they|there|last|this|yesterday|today|tonight|here|again|earlier|later|late|early)\b)[^,.;:“”\"]+?(?:,\s+(?:the|a|an|its|his|her|who|[A-Z])[^,.;:“”\"]*)?)"
        rf"(?=(?:\s+{_TIME})?(?:[,.;:]|\s*[“\"]|$))",
        rest,
    )
    if not match:
        return None
    source = trimmed(text, cue.span.end + match.start("source"), cue.span.end + match.end("source"))
    source = _cut_clause(text, source)
    words = source.of(text)
    if _has_verb(re.split(r"\b(?:who|which)\b|,", words)[0]) or (_PRONOUN_SUBJECT.match(words) and not by_quote):
        return None
    if not by_quote and not _has_verb(before):
        return None
    content = [trimmed(text, sentence.start, _skip_back(text, cue.span.start, sentence.start))]
    if by_quote:
        ended = [quote for quote in quotes if quote.end <= cue.span.start]
        if ended:
            content = [trimmed(text, _quote_content_start(text, sentence.start, ended), ended[-1].end)]
    following = [quote for quote in quotes if quote.start >= source.end]
    content += following
    if len(content[0]) < 3:
        return None
    return Attribution((source,), (cue.span,), tuple(content))


_TAIL = re.compile(
    r"(?:,\s+(?:citing|quoting|according to|as reported by|adding|saying)\b|,\s+(?:[A-Za-z][\w’' .\-]{1,40}\s+)(?:said|says|added|told|noted|reported|explained)\b"
    r"|,\s+(?:said|says|added)\s|[;]\s|\s[–—]\s)"
)


def _after(text: str, cue: _Cue, sentence: Span) -> Span | None:
    """What follows a cue as its content, without addressee, time and place between."""
    start = cue.span.end
    citing = re.match(
        rf"(?:\s+{_TIME})?,\s+(?:citing|quoting)\s[^,.;:“”\"]+(?P<more>,\s*(?:that\b)?)?", text[start : sentence.end]
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
    if cue.lemma in {"tell", "inform", "ask"} or re.match(r"\s+to\s", rest):
        match = _addressed(rest, cue.lemma)
        if not match:
            return None
        start += match.end()
    elif cue.lemma == "speak":
        match = re.match(rf"(?:\s+{_TIME})?\s+of\s+", rest)
        if not match:
            return None
        start += match.end()
    else:
        match = re.match(
            rf"(?:\s+{_TIME})?(?:,\s+[^,“”\"]{{2,50}},)?\s*(?:,|:)?\s*(?=[“\"])|\s+(?:{_TIME}\s+)?that\b|\s+of\b|\s*[:,]\s*",
            rest,
        )
        if match and match.end():
            start += match.end()
        else:
            time = re.match(rf"\s+{_TIME},?\s+(?=(?:that|the|a|an|he|she|it|they|there|[“\"]))(?:that\b)?", rest)
            if time:
                start += time.end()
    that = re.match(r"\s*(?:that|how|whether)\b\s*", text[start : sentence.end])
    if that and not re.match(r"\s*how\b", text[start : sentence.end]):
        start += that.end()
    span = _content(text, start, sentence.end)
    if STANCES.get(cue.lemma) in {Stance.DENIES, Stance.CONFIRMS} and len(span) >= 2:
        return span
    if len(span) < 3 or (
        len(span.of(text).split()) < 3 and not _opens_quote(text, span) and STANCES.get(cue.lemma) is not Stance.DENIES
    ):
        only_time = re.fullmatch(rf"\s*{_TIME}\s*", text[cue.span.end : span.end])
        if only_time or len(span) < 3 or STANCES.get(cue.lemma) is not Stance.DENIES:
            return None
    if re.fullmatch(rf"{_TIME}", span.of(text)) and STANCES.get(cue.lemma) is not Stance.DENIES:
        return None
    return span


def _addressed(rest: str, lemma: str) -> re.Match[str] | None:
    """The addressee and what else stands between a cue and its content ("told the Courier on Friday that")."""
    to = r"\s+(?:to|with)\s+" if lemma not in {"tell", "inform", "ask"} else r"\s+"
    patterns = (
        rf"{to}[^,;:“”\"]{{1,90}}?(?:,\s+[^,.;“”\"]{{1,40}},)?(?:\s+{_TIME})?,?\s+that\b",
        rf"{to}[^;:“”\"]{{1,90}}?[,:]?\s*(?=[“\"])",
        rf"{to}(?:the\s+)?(?:[A-Z][\w’'\-&]*\s+)+(?:{_TIME}\s+)?(?=(?:[a-z]|\d))(?!on\b|in\b|by\b|at\b|last\b|yesterday\b)",
        rf"{to}(?:reporters|journalists|parliament|lawmakers|him|her|them|us|me|investors|parents)\s+(?:{_TIME}\s+)?(?=(?:he|she|they|it|we|there|the|a|an|its|his|her|their|no)\b)",
    )
    for pattern in patterns:
        match = re.match(pattern, rest)
        if match:
            return match
    return None


def _content(text: str, start: int, end: int) -> Span:
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
    return trimmed(text, span.start, tail.start()) if tail else span


def _wide_cue(text: str, cue: _Cue, sentence: Span) -> Span:
    """The cue with the auxiliaries and the negation before it: "has denied", "did not say"."""
    match = re.search(
        r"(?:\b(?:has|have|had|did|does|do|would|could|will|may|might|is|are|was|were|not|never|also|further|since|been|n[’']t|only)\s+)+$",
        text[sentence.start : cue.span.start],
    )
    return Span(sentence.start + match.start(), cue.span.end) if match else cue.span


def _passive(text: str, sentence: Span, cue: _Cue) -> Attribution | None:
    """As in "It was reported that C", "C was rejected by X", "X is said to have ..."."""
    wide = _wide_cue(text, cue, sentence)
    rest = text[cue.span.end : sentence.end]
    by = re.match(rf"(?:\s+{_TIME})?\s+by\s+(?P<source>[^,.;:“”\"]+?)(?=\s+(?:as|on|in|at)\b|[,.;:]|$)", rest)
    left = trimmed(text, sentence.start, _skip_back(text, wide.start, sentence.start))
    clause = re.search(r"(?:[,;]|\s(?:and|but|that))\s+(?=[^,;]*$)", left.of(text))
    subject = Span(left.start + clause.end(), left.end) if clause and clause.end() < len(left) else left
    if by:
        source = trimmed(text, cue.span.end + by.start("source"), cue.span.end + by.end("source"))
        as_part = re.match(r"\s+as\s+([^,.;]+)", text[source.end : sentence.end])
        content = [subject] + ([Span(source.end + as_part.start(1), source.end + as_part.end(1))] if as_part else [])
        if cue.lemma in {"tell", "inform"} and clause:  # "C, the paper is told by X"
            content = [Span(left.start, left.start + clause.start())]
        return Attribution((source,), (wide,), tuple(content)) if len(subject) > 1 else None
    quoted = re.match(r"\s+as\s+(?:saying|telling\s\w+)\s*(?:that\b)?[,:]?\s*", rest)
    if quoted:
        content_span = _content(text, cue.span.end + quoted.end(), sentence.end)
        return Attribution((subject,), (wide,), (content_span,)) if len(content_span) > 2 else None
    that = re.match(rf"(?:\s+{_TIME})?\s+that\b", rest)
    if subject.of(text).lower() == "it":
        if that:
            content_span = _content(text, cue.span.end + that.end(), sentence.end)
            return (
                Attribution((), (Span(subject.start, cue.span.end),), (content_span,))
                if len(content_span) > 2
                else None
            )
        before = trimmed(text, sentence.start, _skip_back(text, subject.start, sentence.start))
        if len(before) > 8:
            return Attribution((), (Span(subject.start, cue.span.end),), (before,))
    return None


def _participle(
    text: str, sentence: Span, cue: _Cue, quotes: list[Span], subject: tuple[Span, ...]
) -> Attribution | None:
    """As in ", rejecting what it called ...", ", adding that ..." by the party that spoke before in the sentence."""
    before = text[sentence.start : cue.span.start].rstrip()
    if cue.lemma not in STRONG and cue.lemma != "tell":
        return None
    if subject and before.endswith((",", "and", "while", "but")):
        span = _after(text, cue, sentence)
        if span is not None and len(span) > 2:
            return Attribution(subject, (cue.span,), (span,))
        return None
    by_saying = re.match(
        r"(?P<source>[^,;:“”\"]{2,60}?)\s+(?:has|have|had)?\s*(?:already\s+|also\s+)?[a-z]+ed\b[^,;“”\"]*\bby\s*$",
        before,
    )
    if by_saying:
        span = _after(text, cue, sentence) or _content(text, cue.span.end, sentence.end)
        source = trimmed(text, sentence.start, sentence.start + by_saying.end("source"))
        return Attribution((source,), (cue.span,), (span,)) if len(span) > 2 else None
    progressive = re.search(
        r"(?P<source>[^,;:“”\"]{2,60}?)\s+(?:is|are|was|were|has been|have been)\s+(?:now\s+|also\s+)?$",
        text[sentence.start : cue.span.start],
    )
    if progressive:
        source = trimmed(text, sentence.start + progressive.start("source"), sentence.start + progressive.end("source"))
        span = _after(text, cue, sentence)
        if span is not None and _is_noun_phrase(text, source):
            return Attribution((source,), (_wide_cue(text, cue, sentence),), (span,))
    return None


_DECLINE = re.compile(
    r"^(?P<source>[^,;:“”\"]{2,80}?)(?:,[^,]{2,60},)?\s+"
    r"(?P<cue>(?:declin|refus)\w+ to|(?:would|did|has|have|had|does|do)(?: not|n.t)(?: yet)?|had no comment|gave no|said nothing)\s+(?P<content>[^“”\"]*)",
)


def _declining(text: str, sentence: Span, quotes: list[Span]) -> list[Attribution]:
    """A refusal to answer, in a sentence without other attribution."""
    words = sentence.of(text)
    if not declines(words):
        return []
    match = _DECLINE.search(words)
    if not match:
        return []
    at = sentence.start
    source = _without_adverbs(text, trimmed(text, at + match.start("source"), at + match.end("source")))
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


_COLON_HEADLINE = re.compile(r"^(?P<content>[^:]{15,160}?)\s*(?::|\s[–—-])\s+(?P<source>[A-Za-z][\w’' .\-]{2,40})$")


def _headline(text: str, sentence: Span) -> list[Attribution]:
    """'Dam was unsafe for years: inspector', only as the text's first line."""
    if text[: sentence.start].strip():
        return []
    match = _COLON_HEADLINE.match(sentence.of(text))
    if (
        not match
        or _has_verb(match["source"])
        or len(match["source"].split()) > 5
        or re.search(r"report|analysis|comment|opinion|video", match["source"], re.I)
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
