"""Question: what is asked, about what, of which sources and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.proposition import LEANING, held, taken_for_granted
from assistant.terms import PAST, SCAFFOLD, STOP, words_of
from index.dates import MONTHS, DateMention, PartialDate, find_dates
from index.names import find_names, fold
from index.numbers import Number, find_numbers
from index.rule_phrases import has_verb
from index.spans import Span


class QuestionKind(StrEnum):
    """What a question wants to know."""

    FIRST = "first"  # who reported it first, and where
    SOURCE = "source"  # who reported it, who says so, whose figure it is
    SAID = "said"  # what did X say (about Y)
    HOW_MANY = "how-many"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    WHY = "why"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    INDEPENDENT = "independent"  # how many independent sources
    DISAGREE = "disagree"
    TIMELINE = "timeline"
    YES_NO = "yes-no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be used."""

    publishers: tuple[str, ...] = ()
    """Names as `corroborate sources` prints them, case and accents aside; empty for all."""
    since: PartialDate | None = None
    """Published on this day or later; undated articles are left out where either bound is set."""
    until: PartialDate | None = None
    """Published on this day or earlier."""

    def __bool__(self) -> bool:
        return bool(self.publishers or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood without a language model."""

    text: str
    """As asked; of a follow-up, what was asked in that turn."""
    kind: QuestionKind
    """What it wants to know."""
    topic: str
    """What it is about: the question without its framing words."""
    terms: tuple[str, ...]
    """Folded content words of the topic, names among them."""
    names: tuple[str, ...]
    """Capitalised names in it."""
    numbers: tuple[float, ...]
    """Values of numbers that the claim in question gives."""
    dates: tuple[PartialDate, ...]
    """Dates that it names, as exactly as it does."""
    circumstance: tuple[str, ...]
    """Those of the terms that stand in a clause of time or circumstance ("when the dam burst"): they weigh less."""
    speaker: str
    """Whose words or denial is asked for; empty for anybody's."""
    context: str = ""
    """Topic of the turns before, for a follow-up that leans on them; empty otherwise."""
    told: str = ""
    """What the answer before quoted first, for a follow-up that leans on it and has no words of its own."""

    @property
    def proposition(self) -> str:
        """The claim as a sentence, where the question holds one: what follows "that", or a yes-or-no question without its
        auxiliary; empty for a question that only asks for a thing."""
        return _proposition(self)

    @property
    def premise(self) -> str:
        """The proposition; of a question that holds none, what it takes for granted; empty where no pattern fits."""
        return self.proposition or taken_for_granted(self.text)

    @property
    def hypothesis(self) -> str:
        """What the pair model reads beside a text: the claim where the question holds or names one, else the question."""
        return self.claim_text if self.names_claim else self.text

    @property
    def names_claim(self) -> bool:
        """True where the question holds a claim, or names one as a thing: "the bribery accusation"."""
        return bool(self.proposition or (self.kind in _OF_REPORTS and self.terms))

    @property
    def asks_standing(self) -> bool:
        """True where it asks whether a report still stands: "does it stand by that", "what became of the paper"."""
        return bool(_STANDING.search(self.text))

    @property
    def claim_text(self) -> str:
        """What is compared with texts: the proposition without its clause of circumstance, else the topic without the
        words that frame it."""
        words = re.sub(r"\b(?:any|at all|ever|really|actually)\b\s*", "", self.proposition or self.topic)
        cut = _CIRCUMSTANCE.search(words) if self.circumstance else None
        words = words[: cut.start() + 1] if cut else words
        kept = words.split()
        while not self.proposition and len(kept) > 1 and fold(kept[0]) in STOP | SCAFFOLD | {"which", "how", "what"}:
            kept.pop(0)
        return " ".join(kept) or self.text

    @property
    def search_text(self) -> str:
        """What retrieval looks for: the question with what it leans on."""
        return f"{self.text} {self.context} {self.told}".strip()

    @property
    def standalone(self) -> str:
        """The question as one that needs no turn before it."""
        return f"{self.text} (about: {self.context})" if self.context else self.text


_STANDING = re.compile(
    r"\bstill (?:hold|say|claim|maintain|stand|insist|believe|think|vouch|speak|say|valid|true)\w*|\bst(?:ands?|anding|ood) by\b|"
    r"\bst(?:icks?|icking|uck) (?:to|with|by)\b|\bvouch\w*|\bwithdr[ae]w\w*|\bretract\w*|\bcorrect(?:ed|ions?)\b|\bt(?:akes?|aken|ook) [^?]{0,30}\bback\b|"
    r"\b(?:became|become|happened) (?:of|to) (?:the|that|its|their|his|her) (?:[\w’'-]+ ){0,2}(?:report|paper|article|study|claim|story|statement|figure|attribution)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(?:and |but |so |then |ok(?:ay)?,? |please |hello,? |hi,? )*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|"
    r"by|at|on|in|from|since|until|to|for|according|"
    r"tell|show|list|give|find|explain|compare|describe|search|look|check|verify|write|name|quote|any|anything|anyone|more|summar\w+|outline|timeline|hello|hi|thanks?|please)\b",
    re.IGNORECASE,
)


_ASKING_ON = re.compile(r",\s*(?:and |but )?(?:who|what|when|where|why|how|which|is|did|does|was)\b", re.IGNORECASE)


def is_claim(text: str) -> bool:
    """True for a sentence that states something instead of asking: what is on record for and against it is wanted."""
    if (
        text.rstrip().endswith("?")
        or _ASKING.match(text)
        or _ASKING_ON.search(text)
        or len(text.split()) < 3
        or LEANING.match(text)
    ):
        return False
    return has_verb(text) or any(word in PAST for word in words_of(text)[1:])


_KINDS: tuple[tuple[QuestionKind, str], ...] = (
    (QuestionKind.HOW_MANY, r"^(?:and |but |so )?how (?:many|much)\b(?![^?,]*\b(?:sources|witnesses|parties|outlets)\b)[^?]*,? and (?:do|is|are)\b[^?]*\b(?:agreed?|differ|disagree\w*|disputed|contested)\b"),
    (QuestionKind.WHEN, r"^(?:and |but |so )?(?:when|(?:on |at )?what (?:day|date|time|hour))\b[^?]*,? and (?:do|is|are)\b[^?]*\b(?:agreed?|differ|disagree\w*|disputed|contested)\b"),
    (QuestionKind.TIMELINE, r"\btime ?line\b|\bchronolog|\bsequence of events|\blist (?:all )?(?:the )?(?:reports|claims|events)"),
    (QuestionKind.INDEPENDENT, r"\bindependent(?:ly)?\b(?! inquiry| commission| investigat)|\bhow many (?:different |separate |distinct )?(?:sources|witnesses|parties|outlets)\b"),
    (QuestionKind.FIRST, r"\b(?:first|earliest|originally)\b[^?]*\b(?:report|publish|appear|say|said|claim|break|carry|carried|tell|told|mention|announce|reveal|write|wrote|run|ran|surface|come out|came out|come to light|came to light|emerge|become known|became known|make public|made public|obtain|get|got|release|post|share|allege|suggest)\w*|\b(?:report|publish|appear|break|broke|carr|surface|reveal|mention|announc)\w*\b[^?]*\b(?:first|earliest|originally)\b|\bbroke (?:the|this) (?:story|news)|\bearliest\b"),
    (QuestionKind.DISAGREE, r"\bdisagree|\bdiffer(?:s|ed|ent accounts)?\b|\bconflict(?:ing|s)?\b|\bcontradict(?:ing|ory| each)|\bdo (?:the |all )?(?:sources|accounts|reports|they|outlets)[^?]*\bagree\b|\binconsisten|\bdiscrepan"),
    (QuestionKind.WHY, r"^(?:and |but |so )?why\b|\b(?:for )?what (?:was the |is the )?(?:reason|motive|cause)\b|\bwhat caused\b|\bon what grounds\b"),
    (QuestionKind.DENIED, r"\bthe other (?:side|party|camp)\b[^?]*\b(?:say|said|make of|answer)\b"),
    (QuestionKind.SAID, r"\bwhat (?:did|does|do|has|have|had|was|is|were)\b[^?]*\b(?:say|said|claim|tell|told|think|make of|state|announce|argue|report|reply|explain|call|promise|write|comment|position|version|response|reaction|explanation)\b|\bhow (?:did|does|do|has)\b[^?]*\b(?:respond|react|explain|describe|justify|characteri[sz]e|call)\b"),
    (QuestionKind.HOW_MANY, r"^(?:and |but |so )?how (?:many|much|long|old|far|large|big|high|often)\b|\b(?:what|which)\b[^?]{0,40}\b(?:number|price|toll|figure|sum|amount|percentage|share|total|count|cost|distance|rate)\b|\bhow (?:many|much)\b|\bfor how long\b|\bdeath toll\b|^(?:and |but |so )?what (?:did|do|does|was|were|is|are|has|have|had|will)\b[^?]*\b(?:cost|worth|pay|paid|earn|earned|spend|spent|put into|invest|invested|charge|charged|fetch|fetched)\b"),
    (QuestionKind.WHEN, r"^(?:and |but |so )?when\b|\b(?:what|which) (?:day|date|time|hour|year|month|week|moment)\b|\bon what (?:day|date)\b|\bhow long ago\b|, and when\b"),
    (QuestionKind.DENIED, r"\b(?:den(?:y|ied|ies|ial|ying)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut\w+|rebut\w*|disput\w+|contest(?:s|ed)?|repudiat\w+|contradict(?:s|ed)?|disown\w*)\b|\b(?:respond|react|response|reaction|reply|replied|answer(?:ed)?) to\b|\bhit back\b|\b(?:accept|admit|acknowledge|own up to|agree (?:to|with))s? (?:that|this|it|them|the (?:charge|claim|accusation|allegation|finding|blame)s?)\s*\?"),
    (QuestionKind.SOURCE, r"\bwho (?:is|was|were|are)?\s*(?:the )?(?:\w+ )?(?:source|quoted|cited)|\bwho (?:else )?(?:has |have |had )?(?:report|say|says|said|claim|told|tell|alleg|assert|state|announce|reveal|mention|carried)\w*\b|\b(?:which|what) (?:\w+ ){0,3}?(?:outlets?|papers?|newspapers?|media|publications?|sources?|agenc\w+|organi[sz]ations?|groups?|parties|party|people|sites?|stations?)\b[^?]*\b(?:say|said|report|claim|carr|publish|cover|print|r[au]n|repeat|alleg|mention|give|gave|put|name|speak|spoke|quote|maintain)\w*|\baccording to (?:whom|who|what)\b|\bcome(?:s)? from\b|\bwhose\b|\bsource (?:for|of|behind)\b|\bsays so\b|\bwho says\b|\battributed to\b|\bwhere did [^?]* (?:get|take) (?:it|this|that|the)\b"),
    (QuestionKind.CONFIRMED, r"\bconfirm(?:ed|s|ation)?\b|\bverif(?:y|ied|ication)\b|\bcorroborat\w+|\bis it true\b|\bproven?\b"),
    (QuestionKind.WHERE, r"^(?:and |but |so )?where\b|\b(?:in|at|to|from) (?:which|what) (?:\w+ )?(?:place|city|town|country|village|location|region|area|port|building|hospital|street)\b"),
    (QuestionKind.WHO, r"\bnames? of\b|^(?:and |but |so )?(?:who|whom)\b|\b(?:which|what) (?:minister|person|man|woman|official|officer|player|company|politician|judge|scientist|director|team|firm|bank|ship|freighter)\b|^(?:by|to|from|with) whom\b"),
    (QuestionKind.YES_NO, r"^(?:and |but |so )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b|, (?:did|does|is|was|has|have) (?:it|he|she|they)\b"),
)  # fmt: skip
_SPEAKER = re.compile(
    r"\b(?:did|does|do|has|have|had)\s+(?P<speaker>(?:the |a |an )?[^?,]{2,60}?)\s+(?:ever |also |really |still |already |publicly |actually |itself )*"
    r"(?:respond|react|den[yi]\w*|reject\w*|dismiss\w*|disput\w*|refut\w*|contest\w*|say|said|claim\w*|tell|told|think|make of|stand by|stood by|accept\w*|admit\w*|"
    r"confirm\w*|acknowledg\w*|state\w*|announc\w*|argue\w*|repl\w+|explain\w*|call\b|called|withdr\w+|retract\w*|speak|spoke|own up|comment\w*|describe\w*|put the|give|report\w*|insist\w*|promise\w*|object\w*)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\baccording to (?P<a>(?!whom|who\b|what\b)(?:the )?[^?,]{2,50}?)(?=\?|,|$| of \d| on )|\bby (?P<b>(?:the )?[A-Z][^?,]{1,40}?)[’']s? account|\b(?P<c>[A-Z]\w+(?: [A-Z]\w+){0,3})[’']s (?:version|account|view)\b"
)
_ABOUT_REPORTS = frozenset(
    {
        QuestionKind.DENIED,
        QuestionKind.FIRST,
        QuestionKind.SOURCE,
        QuestionKind.INDEPENDENT,
        QuestionKind.DISAGREE,
        QuestionKind.CONFIRMED,
        QuestionKind.TIMELINE,
        QuestionKind.SAID,
    }
)
_OF_A_CLAIM = frozenset({QuestionKind.DENIED, QuestionKind.CONFIRMED, QuestionKind.INDEPENDENT, QuestionKind.YES_NO})
"""Kinds of follow-up whose "that" is what the answer before told."""
_OTHERS = re.compile(r"\bthe other (?:side|party|camp)\b", re.IGNORECASE)
_OF_REPORTS = frozenset(
    {QuestionKind.DENIED, QuestionKind.FIRST, QuestionKind.SOURCE, QuestionKind.INDEPENDENT, QuestionKind.CONFIRMED}
)
"""Kinds that ask who reports or denies a claim, which they name without asserting it: "the bribery accusation"."""
_DENIAL_WORDS = frozenset(
    "deny denies denied dispute disputed reject rejects rejected rejecting dismiss dismissed admit admitted accept accepted accepts acknowledged".split()
)
_SAME = {"toll": "dead"}
"""Words of questions that texts put otherwise, and that their vectors do not join."""
_ANYBODY = frozenset(
    "anyone anybody someone somebody nobody they it he she there everyone the sources sources people any party that this all".split()
)


def parse_question(
    text: str, previous: Sequence[Question] = (), figures: Sequence[float] = (), told: str = ""
) -> Question:
    """Reads a question; a follow-up takes what it leans on from the turns before.

    Args:
        text: the question as typed.
        previous: the conversation's questions, oldest first.
        figures: the numbers that the last answer gave, for "that number".
        told: the words that it quoted first, for "that".
    """
    text = re.sub(r"\s+", " ", text).strip()
    kind = _kind(text)
    speaker = _speaker(text, kind)
    names = tuple(dict.fromkeys(name for _, name in find_names(_lowered_start(text))))
    dates = tuple(_question_dates(text))
    topic = _OTHERS.sub(" ", _topic(text, _mentions(text)))
    spoken = set(words_of(speaker)) if speaker and kind is not QuestionKind.YES_NO else set()
    framing = SCAFFOLD if kind in _ABOUT_REPORTS else SCAFFOLD - _DENIAL_WORDS
    terms = tuple(
        dict.fromkeys(
            _SAME.get(word, word)
            for word in words_of(topic)
            if word not in STOP and word not in framing and (len(word) > 2 or word.isdigit()) and word not in spoken
        )
    )
    numbers = tuple(number.value for number in find_numbers(text) if _of_claim(text, number))
    if previous and not numbers and _THAT_NUMBER.search(text):
        numbers = tuple(figures)
    context = _context(text, terms, names, previous)
    circumstance = _circumstance(topic, terms)
    leans = told if context and not terms and kind in _OF_A_CLAIM and not _THAT_NUMBER.search(text) else ""
    return Question(text, kind, topic, terms, names, numbers, dates, circumstance, speaker, context, leans)


def _kind(text: str) -> QuestionKind:
    if is_claim(text):
        return QuestionKind.YES_NO
    for kind, pattern in _KINDS:
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return QuestionKind.OTHER


def _speaker(text: str, kind: QuestionKind) -> str:
    match = _ACCOUNT.search(text)
    if match and not re.search(r"\b(?:two|both|sources|reports|groups)\b", match.group()):
        return (match["a"] or match["b"] or match["c"]).strip()
    match = _SPEAKER.search(text)
    if match and kind is not QuestionKind.FIRST:
        name = match["speaker"].strip()
        if re.search(r"\d|\bbeen\b|^(?:which|what|who)\b", name, re.IGNORECASE):
            return ""
        return (
            ""
            if fold(name) in _ANYBODY
            or re.match(r"the other (?:side|party|camp)", name)
            or fold(name).split()[0] in {"anyone", "anybody", "someone", "any"}
            else name
        )
    return ""


_CIRCUMSTANCE = re.compile(
    r"\S\s+\b(?:when|after|before|during|while|following|until|since|as of|on the \w+day)\b(?P<rest>.*)$", re.IGNORECASE
)


def _circumstance(topic: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    match = _CIRCUMSTANCE.search(topic)
    if not match:
        return ()
    main = set(words_of(topic[: match.start("rest")]))
    rest = set(words_of(match["rest"])) - main
    return tuple(term for term in terms if term in rest) if any(term not in rest for term in terms) else ()


_THAT_NUMBER = re.compile(
    r"\b(?:that|this|the|whose) (?:number|figure|count|toll|sum|price|total|estimate)\b", re.IGNORECASE
)
_ASKED_ABOUT = frozenset(
    "sources source outlets outlet papers newspapers articles reports witnesses parties groups sides accounts publications".split()
)


def _of_claim(text: str, number: Number) -> bool:
    """True where a number belongs to what is claimed, not to a name ("Colony 9") or to the asking ("the two groups")."""
    before = text[: number.span.start].rstrip().rsplit(" ", 1)
    named = len(before) == 2 and before[1][:1].isupper() and text[number.span.start].isdigit()
    return not number.ordinal and not named and not (number.noun and number.noun[0] in _ASKED_ABOUT)


def _lowered_start(text: str) -> str:
    """The question with its first word in lower case where that is no name."""
    first = text.split(" ", 1)[0]
    lowered = first.lower().strip(",'’")
    return lowered + text[len(first) :] if lowered in STOP | SCAFFOLD or lowered in {"by", "on", "how"} else text


def _mentions(text: str) -> tuple[DateMention, ...]:
    """Dates with their year; where there is none, those without, which tell no year but are no words of the topic."""
    return find_dates(text, None) or find_dates(text, PartialDate(2000, 6))


def _question_dates(text: str) -> list[PartialDate]:
    found = [mention.date for mention in find_dates(text, None)]
    if not found:
        found = [PartialDate(int(year)) for year in re.findall(r"\b((?:19|20)\d\d)\b", text)]
    return found


def _topic(text: str, mentions: Sequence[DateMention]) -> str:
    kept = list(text)
    for mention in mentions:
        for position in range(mention.span.start, mention.span.end):
            kept[position] = " "
    bare = "".join(kept)
    bare = re.sub(
        r"\b(?:according to|by) [^?,]*?account\b|\baccording to (?:whom|who|what)\b", " ", bare, flags=re.IGNORECASE
    )
    bare = re.sub(
        r",?\s*\band (?:how many independent|according to|who says|whose|do (?:the )?(?:sources|accounts)|has (?:that|it|this)|is (?:that|it|this)|for how long|when|why)\b[^?]*",
        " ",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r",?\s*\baccording to (?!whom|who\b|what\b)[^?,]+", " ", bare, flags=re.IGNORECASE)
    bare = re.sub(r"\bbroke (?:the |this )?(?:story|news)\b", " ", bare, flags=re.IGNORECASE)
    bare = re.sub(
        r"^\s*(?:which|what)\s+(?:[\w’'-]+\s+){1,3}?(?=(?:say|says|said|report\w*|carr\w+|broke|claims?|claimed|was the first|were the first|first|publish\w*|have|has|maintain\w*|alleg\w+|told)\b)",
        " ",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.sub(
        r"\bwhat (?:the |they |he |she )?[\w\s]{0,40}?\s*(?:say|says|said|claim\w*|told \w+)\s*[?]?$",
        " ",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.sub(
        r"\b(?:" + "|".join(month for month in MONTHS if len(month) > 3) + r")\b(?=\s+(?:19|20)\d\d)",
        " ",
        bare,
        flags=re.IGNORECASE,
    )
    return re.sub(r"\s+", " ", re.sub(r"\b(?:19|20)\d\d\b|[?]", " ", bare)).strip()


def _context(text: str, terms: tuple[str, ...], names: tuple[str, ...], previous: Sequence[Question]) -> str:
    """The topic of the turns before, where the question has too little of its own or points back."""
    if not previous:
        return ""
    own = [term for term in terms if term not in {"second", "other", "one"}]
    leans = bool(LEANING.search(text)) or bool(re.match(r"(?:and|but|so|also)\b", text, re.IGNORECASE))
    if len(own) >= 5 and names and not leans:
        return ""
    if len(own) >= 3 and names and not re.search(r"\b(?:it|that|this|they|them)\b", text, re.IGNORECASE) and not leans:
        return ""
    last = previous[-1]
    named = {word for name in names for word in words_of(name)}
    if names and not leans and set(own) - named and not named & set(words_of(f"{last.text} {last.context}")):
        return ""  # another matter, by a name that has not come up
    parts = [last.text.rstrip("?") if last.proposition else last.topic]
    if len(last.terms) < 3 and last.context:
        parts.append(last.context)
    return " ".join(parts)


def _proposition(question: Question) -> str:
    if is_claim(question.text):
        return question.text.rstrip(". ")
    found = held(question.text, question.kind is QuestionKind.YES_NO, question.kind is QuestionKind.SOURCE)
    if not found and question.context and not question.terms:
        return _proposition(parse_question(question.context)) or question.told
    return found


def span_of(text: str, words: str) -> Span | None:
    """Where some words stand in a text; None where they do not."""
    at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None
