"""Which words of a tagged source can speak: a name, a pronoun, or a noun phrase whose head is no mere thing.

A tagger's source is what stands before a verb of saying, and that is at times a date, a participle, a cut-off phrase or
the subject of another clause. Here it is cut down to the part that can be a party, or left out.
"""

from __future__ import annotations

import re

from index.names import head_noun
from index.spans import Span, trimmed

_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december|(?:jan|feb|aug|sept?|oct|nov|dec)\.)(?=\s+\d))"
)
_DATE = re.compile(
    rf"(?:(?:just|only|on|late|early|last|next|this|by|since|earlier|later|shortly after|and)\s+)*"
    rf"(?:{_DAY}(?![\w’'-])(?:\s+\d{{1,2}}\b(?:st|nd|rd|th)?)?(?:,?\s+\d{{4}}\b)?(?:\s+(?:morning|afternoon|evening|night))?"
    r"|(?:earlier this|later this|late last|early this|last|this|next) (?:morning|afternoon|evening|week|month|year|weekend)\b(?![’']))\W*",
    re.IGNORECASE,
)
"""A time before the subject: "On Saturday the company", "Late Tuesday"."""
_AGO = re.compile(
    r"(?:(?:just|only|about|nearly|almost|roughly|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|few|many|\d+)\s+){1,3}"
    r"(?:moments?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\s+(?:ago|later|earlier|before|after)\b\W*",
    re.IGNORECASE,
)
"""As in "Two days before he"."""
_SUBORDINATE = re.compile(
    r"(?:even (?:though|as|if)|though|although|because|since|while|when|whereas|unless|until|if|whether|than|after|before|as|so that|"
    r"and|but|or|nor|so|yet|however|meanwhile|moreover|furthermore|instead|then|thus|hence|also|indeed|perhaps|thereafter|otherwise|"
    r"nonetheless|nevertheless|secondly|again|still|even so|[a-z]+ing\s+that|(?:saying|adding|noting|stating|claiming|arguing)|that(?=\s+(?:the|an?|his|her|its|their|he|she|it|they)\b))"
    r"\b(?!-)[\s,]+(?!\d)",
    re.IGNORECASE,
)
"""Words that open a clause before its subject."""
_ADVERB = re.compile(
    r"(?:(?:more|most)\s+)?[a-z]+ly(?:,\s+|\s+(?=(?:the|an?|his|her|its|their|he|she|it|they)\b|[a-z]+ing\b))",
    re.IGNORECASE,
)
_LONE_ADVERB = re.compile(
    r"(?:(?-i:[a-z])\w*ly|\w+(?:[cntdr]ially|ually|ically|onally|erally|ormally|otally|inally|ently|antly|ively|ously|edly|ingly|ably|ibly|"
    r"ately|fully|lessly|arly)|therefore|however|despite|then|thereafter|otherwise|secondly|also|even|still|instead|meanwhile|"
    r"already|once|after|before|first|later|earlier|again|never|always|not|n[’']t)",
    re.IGNORECASE,
)
_NO_ADVERBS = frozenset("family assembly ally daily weekly monthly quarterly bully anomaly".split())
_CIRCUMSTANCE = re.compile(
    r"(?:in|at|on|by|to|from|for|under|despite|beyond|along with|with|without|within|during|following|amid|aside from|(?:shortly|just|soon) (?:before|after)|instead of|"
    r"leading up to|due to|according to|apart from|besides|against|upon|through|throughout|towards?|well as|as well as|rather than|"
    r"given|based on|known as|run over|let me|let[’']s|let us|in addition to|(?:since|until|before|after|as of)(?=\s\d))\b(?! least\b| most\b| to \d)",
    re.IGNORECASE,
)
"""Words that open what no subject is."""
_PARTICIPLE = re.compile(
    r"[A-Za-z]?[a-z]+ing(?=\s+(?:with|from|the|an?|his|her|its|their|this|those|these|some|all|any|what|how|whether|to|it|them|up|out)\b|$)"
    r"|(?!(?:un)?(?:named|identified)\b)[a-z]+ed(?=\s+(?:the|an?|his|her|its|their|one|in|at|on|by|to|about|with|from|for|as|over|\d+|[A-Z]\w+day)\b|\s*$)"
)
"""A participle or a verb that opens the words, so that they are no subject: "adding the", "released Thursday"."""
_NAMES_IN_ING = re.compile(r"[A-Z]\w+ing$")
_PRONOUN = re.compile(
    r"(?P<word>he|she|it|they|we)(?:[’'](?:d|s|ll|ve|re))?(?=$|\s(?!and\b|or\b|who\b|both\b|all\b|also$))",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:this|that|these|those|you|your|what|there|here|the|an?|in|at|of|one of|some of|all of|many of|most of|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|several|few) of|\d[\d.,]*|\W*)$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",?\s+(?:who|whom|whose|which|that|where)\b|\s--?\s|\s[–—]\s")
_FINITE = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|can|could|should|might|must|does|did|do)(?:n[’']t)?\b(?!-)"
    r"|\s+(?:because|continues?|continued)\b|\s+[a-z]+ed\s+(?=(?:at|his|her|their|the|it|them|that)\b)"
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:(?:and|or|with|as well as) the (?:United|so|newly)|of|from|to|in|at|on|by|for|with|about|and|or|but|the|an?|as|than|that|his|her|its|their|this|also|meanwhile|then|later|still|"
    r"again|never|always|now|newly|so|not|already|once|actually|even))+$"
)
"""Words after which something is cut off, or adverbs before the verb."""
_BROKEN = re.compile(r"(?i:^|\s)(?:United|North|South|Saudi|New|St)$|\bso$|(?<=\s)newly-?$|[a-z]-$")
"""Ends of a name of which the rest is lost."""
_PLACE_IN_STATE = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|"
    r"Wash|Wis|Wyo|E[SD]?T|P[SD]?T|C[SD]?T|GMT|UTC|BST|CET|[ap]\.?m)\.?$"
)
"""An abbreviated state or time zone that stands alone."""
_SPEAKING_ENDS = frozenset(
    "administration commission delegation organisation organization opposition government department parliament management authority "
    "community majority minority university committee document investigation indictment intelligence institution federation corporation "
    "prosecution publication station mission legation association foundation settlement statement testimony complaint coalition union "
    "nation regiment agreement resolution constitution declaration presentation application petition inspection examination "
    "confession explanation announcement commandment contingent president resident student correspondent respondent agent parent client "
    "patient dissident superintendent descendent regent embassy audience conference alliance ambulance finance defence defense police "
    "evidence science city charity facility utility security entity celebrity fraternity judiciary king being "
    "communication translation transcription regulation calculation observation information population generation convention "
    "legislation documentation caption section inscription poll simulation estimation element supplement amendment advertisement "
    "monument witness governess business eyewitness licence license sentence correspondence insurance surveillance reference "
    "politician movement faction division television submission version firing posting briefing filing ruling finding hearing reading writing recording meeting".split()
)
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ance|ence|ism|ship|hood)s?$")
_THINGS = frozenset(
    "massacre fighting attack strike raid day week month year hour minute morning afternoon evening night time moment program "
    "programme plan deal war crime meeting hangar fact thing movie concern thought issue matter problem reason result effort attempt "
    "way need core number numbers question unrest violence vote step move change idea guidance "
    "responsibility visa missile weapon gun bomb car plane helicopter building street road money price cost rate value "
    "heading self mentality sermon symptom precondition timing practice symptoms preconditions topic subject "
    "headline fuel shortage shortages assault legacy cascade salacious".split()
)


_LEADS = (
    re.compile(r"[^“\"(]{0,60}:\s+(?=\w)"),
    re.compile(r"[^“\"]*;\s+(?=\w)"),
    re.compile(r"(?:\([^()]{0,2}\)\s*|[(\[](?!.*[)\]])\s*|[*•·–—-]+\s*)(?=\w)"),
    re.compile(r"[A-Z]{4,}\s+(?=(?:A|An|The)\s)"),
    _AGO,
    _DATE,
    _SUBORDINATE,
    _ADVERB,
)
_TEMPORAL = re.compile(
    r"\b(?:before|after|since|while|when|although|though|because|if|until|as|unless)\s*$", re.IGNORECASE
)
"""What opens a clause of which the subject is not the speaker, where a comma follows it: "After the vote, the clerk"."""
_NAME_AFTER = re.compile(
    r"(?<![\w’'-])(?!(?:after|under|about|against|between|former|towards)\b)(?:[a-z]{5,}|[A-Z][a-z]+day)\s(?P<name>[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){0,3})$"
)
"""The subject right after a circumstance: "In a radio interview Mott"."""
_OF_A_PLACE = re.compile(r"(?P<who>[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]+){1,3})(?:, \d+)?, of (?:[A-Z][\w’'-]+\s?){1,3}, $")
"""As in "Lena Mott, of Orle, Va."."""
_PLAIN_SOURCE = re.compile(
    r"(?:officials|police|sources|records|documents|prosecutors|investigators|lawyers|authorities|witnesses|residents|he|she|it|they)",
    re.IGNORECASE,
)
_TIME_AT_END = re.compile(
    rf"(?<=\w)\s+(?:(?:late|early|on|last|this)\s+)*(?:{_DAY}|(?:last|this|next) (?:week|month|year|night))$",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"(?:(?:an?|the|another|only|some)\s+)*(?:\w+\s+)?(?:numbers?|lot|couple|handful|dozens|hundreds|thousands|majority|percent|%|share|host|range|pair|group)\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""As in "a growing number of": who speaks comes after it."""
_REDUCED = re.compile(
    rf"(?<=[a-z]{{3}})\s+(?:[a-z]+ed|shown|given|seen|held|led|sent|written|known)\s+(?=(?:by|in|on|last|at|to|with|from|this|earlier|as|late|{_DAY})\b)|(?<=[a-z]{{4}})\s+(?:released|published|obtained|issued)$"
)
"""A participle after the head: "a report released last year"."""


def speaker_span(text: str, span: Span) -> Span | None:
    """The part of a tagged source that can be a party; None where nothing in it can.

    Args:
        text: the article's.
        span: the words that a tagger took for the source.
    """
    if _PLACE_IN_STATE.fullmatch(re.split(r",\s+who\b", span.of(text))[0]):
        named = _OF_A_PLACE.search(text, max(0, span.start - 80), span.start)
        return Span(named.start("who"), named.end("who")) if named else None
    cut_name = re.match(r"\s[A-Z][a-z]+ly\b", text[span.end : span.end + 30])
    if cut_name and re.search(r"[A-Z][\w.’'-]*$", span.of(text)):
        span = Span(span.start, span.end + cut_name.end())  # a surname, no adverb
    abroad = re.match(r"[A-Z]\w+\.,\s+(?=\S)", span.of(text))
    if abroad and _PLACE_IN_STATE.fullmatch(abroad.group().rstrip(", ")):
        span = Span(_after_comma(text, span) or span.start, span.end)  # "(of Orle,) Va., home, Mott"
    at = _opening(text, span)
    if at is None:
        return None
    pronoun = _PRONOUN.match(at.of(text))
    if pronoun:
        return Span(at.start, at.start + pronoun.end("word"))
    last = _last_part(text, at)
    cut = _FINITE.search(_clause(at.of(text)))
    whole = Span(at.start, at.start + cut.start()) if cut else at
    first = cut or (last is not None and _PLAIN_SOURCE.fullmatch(last.of(text)))
    for part in (last, whole) if first else (whole, last):
        found = _whole(text, part) if part is not None else None
        if found is not None:
            return found
    return None


def _whole(text: str, span: Span) -> Span | None:
    """The span without what its end has lost; None where it cannot speak."""
    if _NOBODY.fullmatch(span.of(text).strip()):
        return None
    tail = _TAIL.search(span.of(text))
    if tail:
        span = Span(span.start, span.start + tail.start())
    words = span.of(text).strip(" ,.;:“”\"'‘’()")
    return span if words and can_speak(words) else None


def _last_part(text: str, span: Span) -> Span | None:
    """What stands after the last comma, where a subject can begin there: "fired at their legs, the army"."""
    words = span.of(text)
    comma = words.rfind(", ")
    if comma < 0:
        return None
    part = Span(span.start + comma + 2, span.end)
    return (
        part
        if re.match(r"(?:the|he|she|it|they)\b|[A-Z]", part.of(text)) or _PLAIN_SOURCE.fullmatch(part.of(text))
        else None
    )


def goes_on(words: str) -> bool:
    """True for what stands before the second verb of one subject: "X has them but adamantly (denied)", "X spoke, then (left)"."""
    words = re.sub(r"^(?:and|but|or)\s+", "", words.strip(" ,"), flags=re.IGNORECASE)
    return bool(_LONE_ADVERB.fullmatch(words)) and words.lower() not in {"despite", "not"}


def _opening(text: str, span: Span) -> Span | None:
    """The span from where its subject begins, after times, adverbs and circumstances; None where no subject follows."""
    at = trimmed(text, span.start, span.end)
    while len(at):
        words = at.of(text)
        if _LONE_ADVERB.fullmatch(words) and words.lower() not in _NO_ADVERBS:
            return None
        lead = next((found for pattern in _LEADS if (found := pattern.match(words))), None)
        if lead and lead.end() < len(words):
            start = at.start + lead.end()
            if _TEMPORAL.search(lead.group()):
                start = _after_comma(text, Span(start, at.end)) or start
            at = trimmed(text, start, at.end)
            continue
        if lead and lead.group().strip():
            return None
        participle = _PARTICIPLE.match(words)
        if not _CIRCUMSTANCE.match(words) and (participle is None or _NAMES_IN_ING.fullmatch(words)):
            return at
        by = re.match(r"(?:published|reported|released|conducted|commissioned|obtained) by (?=(?:the )?[A-Z])", words)
        name = _NAME_AFTER.search(words)
        begins = (
            at.start + by.end() if by else _after_comma(text, at) or (at.start + name.start("name") if name else None)
        )
        if begins is None:
            return None
        at = trimmed(text, begins, at.end)
    return None


def _after_comma(text: str, span: Span) -> int | None:
    """Where the subject begins after the comma that ends a circumstance; None where there is none."""
    words = span.of(text)
    commas = [match.end() for match in re.finditer(r",\s+(?!(?:including|who|which|whose)\b)(?=\w)", words)]
    if len(commas) > 1 and re.match(r"an?\b", words[commas[-1] :]):
        commas.pop()  # "After the vote, Lena Mott, a clerk"
    return span.start + commas[-1] if commas else None


def _clause(words: str) -> str:
    """The words before a relative clause, a dash or a comma."""
    return _RELATIVE.split(words, maxsplit=1)[0].split(", ")[0]


def _main(words: str) -> str:
    """The noun phrase without what follows its head, and without "a number of" before it."""
    main = _clause(words)
    many = _MANY.match(main)
    if many:
        main = main[many.end() :]
    return _TIME_AT_END.sub("", _REDUCED.split(main)[0])


def can_speak(words: str) -> bool:
    """True for a name, a pronoun or a noun phrase whose head is somebody, a body or a document.

    What kinds of head there are is open, so that this tells what cannot speak: cut-off phrases, numbers, times, abstract
    nouns by their endings, and a few common things.
    """
    if _NOBODY.fullmatch(words) or _BROKEN.search(words) or _PLACE_IN_STATE.fullmatch(words):
        return False
    main = _main(words)
    bare = re.sub(
        r"^(?:the|an?|this|that|these|those|its|his|her|their|our|my|some|any|all|no)\s+", "", main, flags=re.IGNORECASE
    )
    head = head_noun(bare)
    if not head:
        return bool(re.search(r"[A-Z]\w", main))
    if _written_as_name(head, bare):
        return not re.fullmatch(_DAY, bare, re.IGNORECASE)
    if re.search(r"[’']s?$", bare) and not re.search(r"[A-Z]", bare):
        return False
    singular = head[:-1] if head.endswith("s") and not head.endswith("ss") else head
    if {head, singular} & _THINGS:
        return False
    if head.endswith("ies"):
        singular = head[:-3] + "y"
    return not _ABSTRACT.search(head) or bool({head, singular} & _SPEAKING_ENDS)


def _written_as_name(head: str, words: str) -> bool:
    """True where the head is capitalised."""
    return bool(
        re.search(
            rf"(?<![\w-]){re.escape(head.capitalize())}(?![\w-])|(?<![\w-]){re.escape(head.upper())}(?![\w-])", words
        )
    )
