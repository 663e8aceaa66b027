"""Names in running text: which capitalised words name a party, of what sort, and which names are one party's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from index.spans import Span, sentences
from index.statements import SourceKind

_CAP = r"(?:\d{1,4}(?:st|nd|rd|th)(?=\s[A-Z])|(?:Col|Gen|Lt|Maj|Capt|Sgt|Adm|Cmdr|Dr|Mr|Mrs|Ms|Prof|Rev|Sen|Rep|Gov|St|Hon|Insp|Supt)\.(?=\s)|(?:[A-Z]\.){2,}|[A-Z]\.(?=\s[A-Z])|[A-ZÀ-ÖØ-Þ][\w’'\-]*|(?:al|el|ar|as|ad|an|at)-[A-Z][\w’'\-]*|[A-Z]\.)"
_FOR_THE = "|".join(
    rf"(?<={body} )"
    for body in "Institute Centre Center Committee Council Commission Organisation Organization Association Society Movement Campaign Foundation "
    "Agency Department Office League Union Fund Network Coalition Front Academy Bureau Authority Board Alliance Forum Trust".split()
)
_LINK = rf"(?:(?:{_FOR_THE})for the|of|de|del|della|di|da|du|des|la|le|las|los|van|von|der|den|bin|ibn|al|el|for|&|on|zu|of the|and)"
_NAME = re.compile(
    rf"{_CAP}(?:(?:[ \t]+|\s*&\s*)(?:(?:{_LINK}\s+){{0,2}}{_CAP}|\d{{1,3}}\b(?=\W))){{0,14}}", re.UNICODE
)
HONORIFICS = frozenset(
    "mr mrs ms miss mx sir dame lord lady dr prof professor rev reverend father sister imam sheikh colonel col general gen lieutenant lt private pvt ensign cadet "
    "captain capt major maj commander cmdr sergeant sgt corporal cpl admiral adm rear vice brigadier president prime minister "
    "prosecutor lawyer attorney barrister solicitor analyst engineer editor striker midfielder defender goalkeeper winger manager owner founder economist researcher scientist historian author actor actress singer activist campaigner lawmaker councillor councilor sheriff trooper firefighter paramedic nurse surgeon coroner magistrate geologist biologist physicist chemist "
    "governor gov senator sen representative rep congressman congresswoman mayor judge justice chancellor king queen prince "
    "princess pope bishop archbishop cardinal ambassador inspector superintendent detective constable secretary "
    "chief deputy former acting interim chairman chairwoman director comrade doctor officer spokesman spokeswoman spokesperson coach".split()
)
"""Words that stand before a name as its title."""
_BEFORE_A_NAME = HONORIFICS - {"justice", "king", "queen", "father", "sister", "guard"}
"""Those after which, inside a longer name, the person's own name begins: "Tarn Mayor Lena Mott"."""
_LEADING = frozenset(
    "leader speaker chair whip counselor counsellor adviser advisor premier pm nominee candidate envoy commissioner administrator agent ranger "
    "delegate spokesman spokeswoman republican democrat ambassador correspondent reporter".split()
)
"""Offices that stand before a full name."""
_TRADES = frozenset(
    "prosecutor lawyer attorney analyst engineer editor manager owner founder author activist sheriff nurse defender winger guard coach officer".split()
)
_PORTFOLIOS = frozenset(
    "state foreign interior defence defense finance health home justice education energy transport environment economy trade labour labor culture agriculture attorney".split()
)
ORGANISATION_WORDS = frozenset(
    "ministry agency group company union front observatory authority office police army navy court bank university "
    "trust council party commission committee department service services institute institution association federation "
    "organisation organization foundation society club league corps force forces coalition government administration "
    "congress parliament senate bureau board centre center hospital school college laboratory lab labs corporation "
    "corp inc ltd plc llc gmbh ag ab lines airlines airways holdings industries minerals mining energy partners "
    "capital fund cooperative co-operative directorate secretariat inspectorate prosecutor prosecutors guard "
    "cross crescent nations house command militia brigade movement network alliance chamber gendarmerie customs port "
    "works motors shipping freight logistics systems technologies international crew team ministry's tribunal registry "
    "archive archives editors library museum theatre labour sons brothers rights watch academy rail railways ferries ferry harbour".split()
)
"""Words of which a name is the name of a body."""
OUTLET_WORDS = frozenset(
    "times post news gazette tribune radio tv television courier wire herald journal observer standard daily bulletin "
    "review examiner telegraph guardian independent mail mirror sun star express chronicle press echo dispatch argus "
    "broadcasting channel newspaper magazine weekly monitor today report reporter inquirer globe record sentinel "
    "advertiser messenger register voice noticias diario zeitung la voz lantern whisper newsroom blog fm online".split()
)
"""Words that end an outlet's name."""
_OUTLET_NOUNS = re.compile(
    r"\b(?:newspaper|paper|daily|weekly|magazine|newsletter|tabloid|broadcaster|channel|(?:radio|television|tv) station|radio|"
    r"news (?:agency|website|site|outlet|service|portal|channel)|media outlet|wire(?: service)?|website|news|blog|outlet|press agency)\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    "the a an this that these those he she it they we i you his her its their our my in on at by for from to of and but or if when "
    "while as after before since until although though because so then there here no not yes what who which where why how all some "
    "many most both each every one two three four five six seven eight nine ten eleven twelve thirteen seventeen twenty thirty forty "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec according asked speaking meanwhile however "
    "also now once another other others more such several few local only even still later earlier last next nobody "
    "neither none everyone everybody somebody anyone read posted filed share updated published photo image source sources editor note "
    "mr mrs ms dr breaking exclusive analysis opinion comment about around some nearly almost over under between during "
    "with without within upon against amid instead despite whether either did does do has have had was were is are be been "
    "could would should will can may might must let please nearly yet unless again hence thus perhaps indeed thereafter otherwise "
    "initially ultimately finally recently key close watched video photos highlights update".split()
)


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"\w+")


def _without_marks(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no accents, no curly quotes, hyphens and dots as spaces or nothing: for comparing names."""
    if not text.isascii():
        text = _NOT_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", text))
    plain = text.lower()
    plain = plain.replace("’", "'").replace("'s", "").replace("&", " and ")
    return " ".join(_WORD.findall(plain.replace(".", "")))


@lru_cache(maxsize=100_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a folded name without articles, links and honorifics."""
    skip = {"the", "of", "de", "del", "la", "le", "al", "el", "and", "for", "s", "jr", "sr"}
    return tuple(word for word in fold(name).split() if word not in skip and word not in HONORIFICS)


@lru_cache(maxsize=100_000)
def initials(name: str) -> str:
    """The acronym that a name's capitalised words would make: "Civil Protection Agency" → "CPA"."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_][\w’'\-]*", name) if word[0].isupper())


@lru_cache(maxsize=100_000)
def is_acronym(name: str) -> bool:
    """True for two to six capitals, full stops aside."""
    return bool(re.fullmatch(r"(?:[A-Z]\.?){2,6}|[A-Z][A-Za-z]?[A-Z]{1,4}", name.strip()))


_SEATED = re.compile(
    r"(?:\w+ )*(?:university|bank|college|institute|hospital|museum|church|bishop|mayor|governor|port|court|academy|diocese|school|"
    r"chamber|board|council|company|society|league|union|club|front)$"
)
"""Bodies whose name says after "of" where they have their seat."""


@lru_cache(maxsize=200_000)
def same_name(one: str, other: str) -> bool:
    """True where two names, told of in one article or one story, are a full and a short form of one name.

    Equal words; all words of the shorter in the longer at its end or beginning (a surname, a first word that is
    distinctive); an acronym and the name whose initials it bears.
    """
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return fold(one) == fold(other) and bool(fold(one))
    if a == b or (len(a) > 1 and sorted(a) == sorted(b)):
        return True  # "Ministry of Defence" and "Defence Ministry"
    if is_acronym(one) != is_acronym(other):
        short, full = (one, other) if is_acronym(one) else (other, one)
        letters = short.replace(".", "").upper()
        return letters == initials(full) or letters == initials(re.sub(r"\b(?:and|of|the)\b", "", full))
    short_words, long_words = (a, b) if len(a) <= len(b) else (b, a)
    if len(short_words) == len(long_words):
        return False
    if all(word in GENERIC for word in short_words):
        return False
    if _SEATED.match(" ".join(long_words[: -len(short_words)])) and long_words[-len(short_words) :] == short_words:
        longer = one if len(name_words(one)) == len(long_words) else other
        if re.search(r"\b(?:of|in|for)\s+(?:the\s+)?\w+$", longer):
            return False  # "Orle" is no short form of "University of Orle"
    if long_words[-1] in GENERIC and _ADJECTIVAL.search(short_words[-1]):
        return False  # "Syrian" is no short form of "Syrian Arab News Agency"
    if len(short_words) == 1 and long_words[-1] in OUTLET_WORDS:
        return long_words[-1] == short_words[0]  # "Orle" is the town, not the "Orle Echo"
    if long_words[-len(short_words) :] == short_words:
        return True
    if any(word in OFFICES for word in long_words[len(short_words) :]):
        return False  # neither "Ruvenian" nor "Ruvenia" is its president
    return long_words[: len(short_words)] == short_words


def short_of(short: str, full: str) -> bool:
    """True where one is a short form of the other within a text that names both: as `same_name`, and "the Tribune" for
    "Tarrada Tribune"."""
    if same_name(short, full):
        return True
    a, b = name_words(short), name_words(full)
    return bool(a) and len(a) < len(b) and b[-len(a) :] == a


OFFICES = frozenset(
    "president minister premier chancellor king queen prince princess emir sultan governor mayor secretary ambassador commander general "
    "colonel admiral major captain chief chairman chairwoman chair director head spokesman spokeswoman spokesperson senator congressman "
    "congresswoman representative prosecutor judge deputy vice".split()
)
"""Words that make a name that of a person in an office."""
_ADJECTIVAL = re.compile(r"(?:[a-z]{2}an|ish|ese|[a-z]{3}i|arab|led|dutch|french|greek)$")
GENERIC = (
    ORGANISATION_WORDS
    | OUTLET_WORDS - {"argus", "lantern", "sentinel", "observer", "guardian", "examiner"}
    | frozenset(
        "national international local state federal royal general public civil central northern southern eastern western "
        "new old great first city town county".split()
    )
)
"""Words that do not tell one party from another."""


def kind_of(name: str, context: str = "", outlets: Iterable[str] = ()) -> SourceKind:
    """Person, organisation or outlet, by the name's own words, then by the words around it."""
    words = fold(name).split()
    if any(same_name(name, outlet) for outlet in outlets if outlet):
        return SourceKind.OUTLET
    if any(word in HONORIFICS for word in words[:2]) and not any(word in ORGANISATION_WORDS for word in words):
        return SourceKind.PERSON
    if len(words) > 1 and words[-1] in OUTLET_WORDS:
        return SourceKind.OUTLET
    if any(word in ORGANISATION_WORDS for word in words):
        if any(word in {"press", "news"} for word in words):
            return SourceKind.OUTLET
        return SourceKind.ORGANISATION
    if words and (words[-1] in OUTLET_WORDS or (words[0] in {"radio", "diario", "la", "voice"} and len(words) > 1)):
        return SourceKind.OUTLET
    if _OUTLET_NOUNS.search(context):
        return SourceKind.OUTLET
    if is_acronym(name) or "&" in name or " of " in name:
        return SourceKind.ORGANISATION
    if 2 <= len(words) <= 4 and not BUSINESS.search(words[-1]):
        return SourceKind.PERSON
    return SourceKind.ORGANISATION


BUSINESS = re.compile(
    r"(?:.{3}ics|ceuticals?|chemicals?|.{2}ware|.{2}tech|biotech|foods|brands|pharma|stores|ventures|resources|solutions|products|"
    r"materials|metals|estates|properties|studios|pictures|games|oil|gas|steel|cement|petroleum|telecom|insurance|bancorp|tobacco|dairies)$"
)
"""Last words of a company's name."""


_PERSONAL = r"[A-Z][\w’'-]+\s(?:[A-Z]\.\s)*[A-Z][\w’'-]+(?:\s(?:Jr|Sr|I{2,3})\.?)?"
_OFFICE_OF = re.compile(
    rf"(?:[\w.’'-]+\s){{0,3}}(?:(?:Secretary|Minister)\s(?:of|for)\s(?:the\s)?(?:State|Defen[cs]e|Interior|Treasury|Commerce|Labou?r|Energy|Education|Justice|Health|"
    rf"Homeland\sSecurity|Agriculture|Transportation|Finance|Foreign\sAffairs)"
    rf"|(?:Director|Chief|Deputy\sChief)\sof\s(?:National\sIntelligence|Mission|Staff)|Ambassador\sto\s(?:the\s)?(?:United\sNations|U\.?N\.?|[A-Z]\w+))"
    rf"\s(?P<who>{_PERSONAL}|[A-Z][\w’'-]+)$"
)
"""A national office with what it is of, before its holder's name."""


def strip_honorifics(name: str) -> str:
    """The name without the titles before it, where something is left."""
    words = name.split()
    if office := _OFFICE_OF.match(name):
        return office["who"]  # "Secretary of State Ann M. Lee", "Ambassador to the Orle League Ann Lee"
    seated = len(words) > 4 and words[0].lower() in HONORIFICS and words[1] == "of"
    if seated and not {fold(word) for word in words[2:]} & (ORGANISATION_WORDS | OUTLET_WORDS):
        return " ".join(words[-2:])  # "Mayor of Orle Stefan Brandt"
    if len(words) > 2 and words[0].lower() in _PORTFOLIOS and words[1].lower() in HONORIFICS:
        words.pop(0)
    while len(words) > 1 and words[0].lower().strip(".") in HONORIFICS:
        if fold(words[1]) in ORGANISATION_WORDS | {"of", "for"} or (
            words[0].lower() in _TRADES and {fold(word) for word in words[1:]} & (ORGANISATION_WORDS | OUTLET_WORDS)
        ):
            break  # "Interior Ministry", "Justice of the Peace": no title before a person
        words.pop(0)
    if len(words) < len(name.split()) and len(words) > 3 and words[2] == "of":
        words = words[:2]  # "Senator Lena Mott of Orle"
    for at in range(len(words) - 2, -1, -1):  # "Tarn Mayor Lena Mott"
        title = words[at].lower().strip(".")
        rest = words[at + 1 :]
        if len(rest) > 3 and rest[2] == "of":
            rest = rest[:2]  # "Senator Lena Mott of Orle"
        folded = {fold(word) for word in rest}
        after = title in _BEFORE_A_NAME or (title in _LEADING and len(rest) > 1)
        if after and not folded & (ORGANISATION_WORDS | OUTLET_WORDS | {"of", "for", "the"}):
            return " ".join(rest)
    return " ".join(words)


def find_names(text: str) -> list[tuple[Span, str]]:
    """Capitalised names with their spans; a sentence's first word counts only as part of a longer name or where it
    is capitalised elsewhere too."""
    starts = {sentence.start for sentence in sentences(text)}
    inside, lower = _written(text)
    found: list[tuple[Span, str]] = []
    for match in _NAME.finditer(text):
        for start, name in _split_name(match.group(), match.start()):
            words = name.split()
            if not words:
                continue
            at_start = start in starts or text[max(0, start - 1)] in "\"“‘'("
            if len(words) == 1 and at_start and not _capitalised_elsewhere(name, inside, lower):
                continue
            found.append((Span(start, start + len(name)), name))
    return found


_POSSESSIVE = re.compile(
    r"(?<=[’']s)(?<!men[’']s)(?<!people[’']s)(?<!children[’']s)\s+"
    r"(?!(?:Hospital|School|College|Infirmary|Church|Cathedral|Chapel|Convent|Hospice|Academy|Bakery|Brewery)(?:\W|$))"
)
"""Between an owner and what he owns; "St Ivo's Hospital" is one name."""


def _split_name(raw: str, start: int) -> list[tuple[int, str]]:
    """Cuts words that are no part of a name from its ends, and possessives into two names."""
    pieces = []
    at = start
    raw_start = start
    if _OFFICE_OF.fullmatch(held := re.sub(r"[’']s?$", "", raw)):
        return [(start, held)]
    left = re.match(r"(.+?)\s+(?:for|on|of)\s", raw)
    if left and (left.group(1).lower() in _HOLDERS or (" of " not in left.group() and not _bodily(left.group(1)))):
        keep = left.group(1).lower() not in _HOLDERS  # "Mott on Climate Change" names Mott, "Experts on Orle" only Orle
        rest = _split_name(raw[left.end() :], start + left.end())
        return [*(_split_name(left.group(1), raw_start) if keep else []), *rest]
    person = re.match(r"[A-Z][\w’'\-]+\s+[A-Z][\w’'\-]+(?=\s+of the )", raw) or re.match(
        r"(?!United\b|Republic\b)[A-Z][\w’'\-]+\s+[A-Z][\w’'\-]+(?=\s+of [A-Z])", raw
    )
    of_body = bool(person) and not set(fold(person.group()).split()) & (ORGANISATION_WORDS | OUTLET_WORDS)  # type: ignore[union-attr]
    cut = person.end() if person and of_body else len(raw)
    halves = [raw[:cut], raw[cut:].lstrip()] if cut < len(raw) else [raw]
    halves = [part for half in halves for part in _HEADLINE_VERB.split(half)]
    for part in (part for half in halves for part in re.split(_POSSESSIVE, half)):
        offset = raw.index(part, at - start) + start
        at = offset + len(part)
        name = re.sub(r"[’']s$", "", part)
        words = [(m.start(), m.group()) for m in re.finditer(r"\S+", name)]
        while words and (
            words[0][1].lower().strip(".,") in _NOT_NAMES
            or re.fullmatch(r"[A-Z]\w+-[a-z]+", words[0][1])
            or _CONTRACTED.fullmatch(words[0][1])
        ):
            words.pop(0)
        while words and (
            (words[-1][1].lower().strip(".,") in _NOT_NAMES and not (words[-1][1] == "May" and len(words) > 1))
            or not words[-1][1][:1].isalnum()
            or _CODE.fullmatch(words[-1][1].rstrip(".,;:"))
            or (len(words) > 1 and words[-1][1].isdigit() and words[-2][1] == "Flight")
            or (words[-1][1] == "Flight" and len(words) > 1)
        ):
            words.pop()
        if words and re.search(r"[^\W\d]", words[0][1]):
            first = words[0][0]
            last = words[-1][0] + len(words[-1][1])
            for at_part, piece in _parted(name[first:last].rstrip(".,;:’'-")):
                pieces.append((offset + first + at_part, piece))
    return pieces


_HEADLINE_VERB = re.compile(
    r"\s(?:(?:Denies|Claims|Says|Warns|Rejects|Reveals|Accuses|Admits|Orders|Vows|Insists|Slams|Tells|Urges|Confirms|Blames|Condemns|Raises|Defends|Backs|Faces|Seeks|Testifies|Responds|Apologi[sz]es|Pushes|Wants|Thinks|Considers)\s|(?=(?:The|A|An)\s[A-Z]))"
)
"""Where a headline's name ends, and where a caption's furniture does: "Orle Denies Group", "CLOSE The Orle League"."""
_CONTRACTED = re.compile(
    r"(?:\w+n[’']t|(?:I|We|You|They|He|She|It|That|There|Who|What|Here|Let)[’'](?:d|m|ll|re|ve|s))[.,]?"
)
_CODE = re.compile(r"[A-Z]{1,5}(?:-\d[\w-]*|\d{3}[\w-]*)")
"""The number of an aircraft, a ship or a batch, which says nothing: "TX-417", "A321-200"."""
_HOLDERS = frozenset(
    "spokespeople spokespersons spokesmen spokeswomen officials experts sources analysts residents lawyers police authorities leaders members "
    "employees workers officers executives representatives people men women researchers scientists engineers prosecutors fans activists".split()
)
"""Plurals that may open a sentence before "of" and "for" and are no part of a name."""


def _bodily(words: str) -> bool:
    """True where the words are such as bodies are named by: "Ministry (for ...)", "Committee (on ...)"."""
    return bool(
        set(fold(words).split())
        & (ORGANISATION_WORDS | OUTLET_WORDS | {"office", "campaign", "doctors", "society", "friends"})
    )


def _parted(name: str) -> list[tuple[int, str]]:
    """ "Kestrel and Dove Lines" is one body; "Ann Lee and the Harbour Board" are two parties."""
    at = name.find(" and ")
    if at < 0:
        return [(0, name)]
    left, right = name[:at], name[at + 5 :]
    ends = fold(right).split()[-1:] or [""]
    if ends[0] in ORGANISATION_WORDS and len(left.split()) <= 2 and not set(fold(left).split()) & ORGANISATION_WORDS:
        return [(0, name)]
    return [(0, left), *((at + 5 + start, piece) for start, piece in _parted(right))]


_TOKEN = re.compile(r"[\w\-]+(?:[’'](?!s\b)\w+)*")


def _written(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand capitalised within a sentence, and those that stand in lower case."""
    inside: set[str] = set()
    lower: set[str] = set()
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word[0].islower():
            lower.add(word)
            continue
        before = text[max(0, match.start() - 2) : match.start()]
        if before[-1:] == " " and before[:1] not in '.!?”"“\n':
            inside.add(word)
    return frozenset(inside), frozenset(lower)


def _capitalised_elsewhere(name: str, inside: frozenset[str], lower: frozenset[str]) -> bool:
    if name in inside:
        return name.lower() not in lower
    return is_acronym(name) or not name[1:].isalpha()


def head_noun(phrase: str) -> str:
    """The head of a noun phrase: its last word before a preposition, a comma or a relative clause."""
    head = re.split(
        r",|\s(?:of|for|in|on|at|from|with|who|whose|where|which|that|to|by|near|there|here|employed|working|based|close|familiar)\b",
        phrase,
    )[0]
    words = re.findall(r"[\w\-]+", head.lower())
    return words[-1] if words else ""
