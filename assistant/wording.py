"""What a sentence says, as far as it can be compared word by word: names, quotations, marked words, negations.

Pure functions over English text; they feed the check in `assistant/citations.py`. Figures and dates have their own
file, `assistant/figures.py`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from assistant.figures import NUMBER_WORDS
from index.dates import MONTHS, WEEKDAYS

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_DASHES = re.compile("[‐‑‒–—−]")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")


def folded(text: str) -> str:
    """NFKC with plain quotes and dashes and single spaces; case and accents are kept."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).translate(_PLAIN))
    return " ".join(plain.split())


def bare(word: str) -> str:
    """Case and accents folded, a possessive taken off."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"'s?$", "", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


STOPWORDS = frozenset(
    """
    a an the this that these those such same there here it its itself he him his she her hers they them their
    theirs we us our you your i me my who whom whose which what when where why how and or but nor so yet if then
    than as at by for from in into of off on onto out over to toward towards up upon with within without about
    above across after against along amid among around before behind below beneath beside between beyond down
    during except inside near outside since through throughout till under until via while whereas although though
    because unless whether not no none nobody never neither either both each every any some several many much more
    most few fewer less least other another also too only very just even still already again further however
    meanwhile moreover instead rather thus therefore is are was were be been being am do does did done doing have
    has had having will would shall should can could may might must ought let one ones own per according later
    earlier now today yesterday tomorrow then ago once all nothing anything something someone anyone everyone
    """.split()
)
"""Words that tell nothing of what a sentence is about."""

REPORTING = frozenset(
    """
    say said says saying report reports reported reporting reportedly claim claims claimed claiming state states
    stated stating statement statements tell tells told announce announced announces write writes wrote written
    cite cites cited citing quote quotes quoted quoting allege alleges alleged describe describes described call
    calls called speak speaks spoke spoken give gives gave given add adds added note notes noted account accounts
    article articles source sources outlet outlets carry carries carried word words publish publishes published
    attribute attributed attributes relay relays relayed mention mentions mentioned put puts assert asserts
    asserted declare declared declares insist insists insisted explain explained maintain maintained maintains
    repeat repeated repeats claimant version news agency
    """.split()
)
"""Words of attribution: any of them may stand for any other, so they count neither for nor against."""

_TELLS_NOTHING = STOPWORDS | REPORTING | NUMBER_WORDS

_OPENERS = frozenset(
    """
    officials official police reports residents locals local witnesses witness sources rebels soldiers troops
    forces authorities investigators rescuers doctors activists militants people men women children journalists
    editors articles earlier later previously separately asked speaking citing quoting meanwhile nobody none two
    three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundreds thousands dozens on
    yes
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Word(NamedTuple):
    """One word of a folded text."""

    text: str
    """As it stands, with its case."""
    start: int
    """First character in the folded text."""


def words(text: str) -> tuple[Word, ...]:
    """The words of a folded text; hyphens part them, "U.S." is one."""
    joined = _INITIALS.sub(lambda match: match.group().replace(".", "").ljust(len(match.group())), text)
    return tuple(Word(match.group(), match.start()) for match in _WORD.finditer(joined))


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The English stem of a word."""
    return str(_stemmer().stemWord(bare(word)))  # type: ignore[attr-defined]


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that tell what a folded text is about: no stop words, no words of attribution, no numbers."""
    kept = (bare(word.text) for word in words(text))
    return frozenset(stem(word) for word in kept if len(word) > 1 and word not in _TELLS_NOTHING)


# ---- names and quotations

_QUOTED = re.compile(r'"([^"]+)"|(?<![\w"])\'([^\']+(?:\'\w[^\']*)*)\'(?!\w)')


def quotations(text: str) -> tuple[tuple[int, int], ...] | None:
    """Where the words within quotation marks of a folded text stand; None where a mark stands alone."""
    if text.count('"') % 2:
        return None
    return tuple(match.span(1) if match[1] else match.span(2) for match in _QUOTED.finditer(text))


def names(text: str) -> tuple[Word, ...]:
    """The capitalised words of a folded sentence outside its quotations; its first word only where it is not common."""
    inside = quotations(text) or ()
    found: list[Word] = []
    for place, word in enumerate(words(text)):
        if not any(letter.isupper() for letter in word.text) or any(start <= word.start < end for start, end in inside):
            continue
        plain = bare(word.text)
        if plain == "i" or (place == 0 and plain in STOPWORDS | REPORTING | _OPENERS):
            continue
        found.append(word)
    return tuple(found)


_ENDINGS = frozenset({"s", "n", "ns", "an", "ans", "ian", "ians", "i", "is", "ese"})


def same_name(one: str, other: str) -> bool:
    """True for two bare words that name the same: equal, or a place and its people ("iraq", "iraqi")."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short) and long[len(short) :] in _ENDINGS


# ---- marked words: what may be said only where the evidence says it too

MARKS = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for name, pattern in {
        "denial": r"den(?:y|ies|ied|ying|ials?)|dismiss\w*|reject\w*|refut\w*|disput\w*|contradict\w*|baseless|"
        r"unfounded|rebut\w*|disavow\w*|no truth|untrue|false(?:ly|hoods?)?|fabricat\w*|"
        r"an? (?:\w+ )?lie|fake|hoax|called? .{0,30}nonsense",
        "confirmation": r"confirm\w*|admit\w*|admission|acknowledg\w*|conced\w*|verif\w*|corroborat\w*|"
        r"prove[sdn]?|proof|establish\w*|demonstrat\w*",
        "withdrawal": r"retract\w*|withdr[ae]w\w*|correct(?:s|ed|ing|ions?)|apologi[sz]\w*|"
        r"took .{0,20}down|taken .{0,20}down|we were wrong|was (?:not true|wrong)",
        "first": r"first|earliest|originally|initially|originat\w*|broke the (?:story|news)",
        "only": r"only|sole|solely|single|alone|exclusive\w*",
        "all": r"all|every|everyone|each|unanimous\w*|widely|universally",
        "nobody": r"no one|nobody|none|neither|no other|nothing",
        "independent": r"independent\w*",
        "blame": r"responsib\w*|blam\w*|guilty|murder\w*|terroris\w*",
    }.items()
}
"""Words that turn what a sentence claims, by class: one class stands for another's words only within the class."""

_TRUTH = (
    r"(?:true|false|fake|accurate|inaccurate|correct|incorrect|untrue|a lie|a hoax|a fact|facts?|proven|debunked|"
    r"genuine|real)"
)
_VERDICT = re.compile(
    rf"\b(?:claim|report|story|account|statement|allegation|rumou?r|news|it|this|that|answer)s?\b[^,;]{{0,40}}?"
    rf"\b(?:is|are|was|were|has been|have been|be|been)\s+(?:\w+ly\s+|not\s+|indeed\s+){{0,2}}{_TRUTH}\b",
    re.IGNORECASE,
)
CUE = re.compile(
    r"\b(?:according to|in the words of|sa(?:id|ys|ying)|say|reported(?:ly)?|reports|reporting|"
    r"report (?:by|from|in|that)|claim(?:ed|s that|ing)|stated|states that|told|tells|announc\w+|wrote|writes|"
    r"alleg\w+|cit(?:es|ed|ing)|quot(?:es|ed|ing)|describ\w+|call(?:s|ed) (?!on|for|off|up)|accus\w+|sp(?:oke|"
    r"eaks|oken) of|"
    r"den(?:y|ies|ied|ying|ials?)|confirm(?:s|ed|ing)|insist\w*|maintain(?:s|ed) that|assert\w*|declar\w+|"
    r"dismiss(?:es|ed|ing)|reject(?:s|ed|ing)|admit\w*|acknowledg\w*|add(?:s|ed|ing) that|not(?:es|ed|ing) that|"
    r"explain(?:s|ed)|estimat(?:es|ed)|retract\w+|withdrew|warn(?:s|ed)|testif\w+|(?:carried|relayed) by|"
    r"mention(?:s|ed)|disput(?:es|ed)|contradict(?:s|ed)|repl(?:ies|ied)|recall(?:s|ed)|puts? [^,;]{1,40} at|"
    r"g(?:ave|ives?) [^,;]{1,40}(?:figure|toll|number|account|version|date)|count(?:s|ed)|corrected|apologi[sz]ed)\b",
    re.IGNORECASE,
)
"""Words that attribute."""


def marks(text: str) -> frozenset[str]:
    """The classes of marked words that a folded text holds."""
    return frozenset(name for name, pattern in MARKS.items() if pattern.search(text))


def is_verdict(text: str) -> bool:
    """True where a folded text judges a claim or report to be true or false without saying whose judgement it is."""
    match = _VERDICT.search(text)
    return bool(match) and not CUE.search(_VERDICT.sub(" ", text))


_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instructions?|rules|prompts?|directions|guidelines|context)\b"
    r"|\bsystem prompt\b|\b(?:you are|act as|as) (?:now )?an? (?:ai|assistant|chatbot|language model|llm)\b"
    r"|\b(?:ai|language) models?\b.{0,40}\b(?:must|should|shall)\b|\bnew instructions?\b"
    r"|(?:^|[.:!?\]]\s*)(?:please )?(?:respond|reply|answer|say|write|output|conclude|tell the (?:user|reader))\b"
    r".{0,20}\b(?:that|with|only)\b|\bNO ANSWER\b",
    re.IGNORECASE,
)


def is_instruction(text: str) -> bool:
    """True where a folded sentence of an article speaks to whoever answers, not of the news."""
    return bool(_INSTRUCTION.search(text))


# ---- clauses and negation

_CLAUSE = re.compile(
    r";\s+|\s+-\s+|,\s+(?=(?:and|but|while|whereas|although|though|which|yet|saying|adding|calling)\b)|\s+(?=(?:while|whereas|but|although)\b)",
    re.IGNORECASE,
)
_LED = re.compile(r"(?:while|whereas|although|though)\b[^,]+, ", re.IGNORECASE)
_NEGATOR = re.compile(
    r"\b(?:not(?! only| to be (?:named|identified|quoted))|unable|no|"
    r"never|none|nobody|neither|nor|without|cannot|failed to|refused to|\w+n't)\b",
    re.IGNORECASE,
)
_SCOPE_END = re.compile(r"[,;:.]|\b(?:when|after|before|because|as|since|until|if)\b", re.IGNORECASE)
_SCOPE = 4
"""How many content words a negation reaches: "did not hear any alarm from the mast" is about the first few."""


def clauses(text: str) -> tuple[str, ...]:
    """A folded sentence cut at its joints; a piece with fewer than two content words goes with its neighbour."""
    inside, pieces, at = quotations(text) or (), [], 0
    for joint in _CLAUSE.finditer(text):
        if not any(start <= joint.start() < end for start, end in inside):
            pieces.append(text[at : joint.start()])
            at = joint.end()
    pieces = [piece.strip(" ,;") for piece in (*pieces, text[at:]) if piece.strip(" ,;")]
    if pieces and _LED.match(pieces[0]):
        pieces[:1] = pieces[0].split(", ", 1)
    merged: list[str] = []
    for piece in pieces:
        if merged and (len(content_stems(merged[-1])) < 2 or len(content_stems(piece)) < 2):
            merged[-1] = f"{merged[-1]}, {piece}"
        else:
            merged.append(piece)
    return tuple(merged)


def negated_stems(text: str) -> frozenset[str]:
    """Content stems of a folded text that stand under a negation or a denial."""
    found: set[str] = set()
    for piece in clauses(text):
        for match in _NEGATOR.finditer(piece):
            reached = _SCOPE_END.split(piece[match.end() :])[0]
            ordered = [stem(word.text) for word in words(reached)]
            kept = content_stems(reached)
            found.update([one for one in ordered if one in kept][:_SCOPE])
        denial = MARKS["denial"].search(piece)
        if denial:
            found.update(content_stems(piece[denial.end() :]))
    return frozenset(found)


_ACCORDING = re.compile(r"\baccording to ([^,;]+)", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|as|first)\s+(?:\w+ly\s+|first\s+)?\w+(?:ed|en|wn|de)\s+by\s+([^,;]+)",
    re.IGNORECASE,
)


_CALENDAR = frozenset({*MONTHS, *WEEKDAYS})


def speakers(clause: str) -> frozenset[str]:
    """Bare words of the names to which a folded clause attributes; empty where it names nobody."""
    capitals = {word.start: bare(word.text) for word in names(clause) if bare(word.text) not in _CALENDAR}
    spans = [match.span(1) for pattern in (_ACCORDING, _PASSIVE) for match in pattern.finditer(clause)]
    if not spans:
        cues = list(CUE.finditer(clause))
        if not cues:
            return frozenset()
        spans = [_where_the_speaker_stands(clause, cues[0], cues[-1])]
    return frozenset(name for at, name in capitals.items() for start, end in spans if start <= at < end)


def _where_the_speaker_stands(clause: str, first: re.Match[str], last: re.Match[str]) -> tuple[int, int]:
    comma = clause.rfind(", ", 0, last.start())
    between, after = clause[comma + 2 : last.start()].strip(), clause[last.end() :]
    if comma > 0 and between and not after.lstrip().startswith("that "):
        return comma, last.start()  # "..., the company said on Monday"
    others = content_stems(after) - {stem(word.text) for word in names(after)} - _CALENDAR
    if not between and names(after) and not others:
        return last.end(), len(clause)  # "..., said Ann Lee"
    return 0, first.start()
