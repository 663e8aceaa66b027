"""Is this line the name of an outlet? Rules on its shape, its words and how the text speaks of itself; no list of
names."""

from __future__ import annotations

import re

# Words that an outlet's name ends in and a headline hardly ever does.
_STRONG = frozenset(
    "news newswire newspaper times tribune gazette herald courier observer chronicle post journal weekly examiner "
    "inquirer enquirer telegraph dispatch bulletin broadcasting television tv fm magazine newsletter wire gazeta "
    "diario "
    "noticias nachrichten zeitung tageblatt tagblatt blatt jornal correio corriere giornale prensa presse novosti "
    "haber "
    "dagblad tidende posten nieuws noticiero periodico zpravy vesti sentinel intelligencer ledger spectator "
    "statesman advertiser clarion argus".split()
)
# Words that names of outlets end in, and other phrases too.
_WEAK = frozenset(
    "daily star sun mirror express mail guardian independent standard record review leader voice world globe echo "
    "beacon "
    "register reporter messenger mercury advocate banner bugle call citizen democrat republican eagle patriot "
    "pioneer press transcript union agency media online today monitor network channel report signal light insider "
    "tide whisper watch forum compass crier caller item digest radio service mag web hub desk tablet torch lamp "
    "morning evening nation people republic scotsman mariner seafarer".split()
)
_FOREIGN_ARTICLES = frozenset("la le les el los las il lo der die das de het al".split())
# After such an article; "La Paz", "El Paso" and "Le Havre" are places.
_FOREIGN = frozenset(
    "voz voix voce stimme mundo monde mondo welt pais paese prensa presse stampa zeit tiempo temps tempo hora heure "
    "stunde "
    "tribuna tribune gaceta gazette gazzetta nacion nazione patria republica repubblica jornada giornale journal "
    "correo "
    "courrier diario dia jour giorno tag blatt spiegel stern libertad liberation avvenire opinion universal comercio "
    "mercurio espectador observador observateur telegraaf volkskrant tijd morgen standaard wochenblatt bote "
    "kurier".split()
)
_FIRST_STRONG = frozenset(
    "kurier kuryer corriere correio gazeta jornal dziennik daily radio agence agencia agenzia diario".split()
)
# What stands beside a headline without being a name: sections, kinds of piece, sources.
_GENERIC = frozenset(
    "report reports reported analysis opinion opinions comment comments commentary editorial video videos live update "
    "updates updated news newsroom breaking latest exclusive interview interviews feature features world politics "
    "political business economy markets money sport sports culture arts science health technology tech local regional "
    "national international foreign domestic middle east west north south africa asia europe america americas us uk eu "
    "un usa photo photos picture pictures gallery podcast audio explainer explained fact facts check review reviews "
    "letter "
    "letters press release statement transcript full text story stories special investigation background timeline "
    "profile obituary obituaries brief briefs briefing daily weekly morning evening newsletter home homepage archive "
    "archives blog blogs media sources source official officials police army ministry state government part one two "
    "three long read big inside untold truth why how what who when where top must watch listen page pages day week "
    "month "
    "year today tonight tomorrow yesterday now here there more everything nothing need know things first second last "
    "war crisis attack aftermath end beginning future past case question answer answers view views list map".split()
)
_SMALL = frozenset(
    "of the and & de del della di da do dos la le les el los las al al- a an for in on at to et und von und y e".split()
)
_TOKEN = re.compile(r"(?:[A-ZÀ-ÖØ-Þ0-9][\w.'’&-]*|al-[A-Z][\w'’-]*|&)$")
# An address by itself: any ending will do, since a line in lower case without a space is no headline.
_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.[a-z]{2,10}$")
# Names that are one word in other languages.
_ONE_WORD = re.compile(
    r"\w{3,}(?:posten|bladet|avisen|tidningen|tidende|zeitung|blatt|presse|kurier|bote|gazeta|news|wire)$", re.I
)
_TAGLINE = re.compile(r"\s+[–—|•·-]\s+|\s*[:,]\s+(?=[a-z])")
_MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def name_shaped(phrase: str) -> bool:
    """True for up to seven capitalised words, with small words between them and no mark at the end."""
    if _DOMAIN.match(phrase):
        return True
    tokens = phrase.split()
    if not 1 <= len(tokens) <= 7 or phrase[-1:] in ".,;:!?…\"'”’)" or tokens[-1].lower() in _SMALL - {"e"}:
        return False
    if any(token.lower() in _MONTHS for token in tokens):
        return False
    capitals = [token for token in tokens if token.lower() not in _SMALL]
    return bool(capitals) and all(_TOKEN.match(token) for token in capitals)


def generic(phrase: str) -> bool:
    """True where every word is a section, a kind of piece or the like ("Opinion", "Live Updates", "World News")."""
    tokens = [token.lower().strip(".'’") for token in phrase.split()]
    return all(token in _GENERIC or token in _SMALL or token.isdigit() for token in tokens)


def tokens_of(phrase: str) -> list[str]:
    """The words, lower-case, without marks."""
    return re.findall(r"[\w’'-]+", phrase.lower())


def evidence(phrase: str, body: str) -> str:
    """How far a name-shaped phrase is known for an outlet's: "strong", "weak" or "" (it may be a person or a place)."""
    if not name_shaped(phrase) or (generic(phrase) and not _spoken_of(phrase, body)):
        return ""
    if _DOMAIN.match(phrase) or _spoken_of(phrase, body):
        return "strong"
    words = tokens_of(phrase)
    if len(words) < 2:
        return "strong" if _ONE_WORD.match(phrase) else ""
    if words[-1] in ("media", "press", "sources") and words[0] in _PEOPLES:
        return ""
    if words[-1] in ("media", "press") and re.search(r"(?:ian|ish|ese|ab|li|qi|ni|can)$", words[0]):
        return ""  # "Iranian media", "Turkish press": whom a headline cites
    if words[-1] in _STRONG or words[0] in _FIRST_STRONG or any(word in _STRONG for word in words[-2:]):
        return "strong"
    named = words[-1] in _WEAK or words[:2] == ["voice", "of"] or (words[0] == "the" and words[1] not in _PLACES)
    foreign = words[0] in _FOREIGN_ARTICLES and words[1] in _FOREIGN
    return "weak" if named or foreign or words[0] in ("voz", "voix", "voce") else ""


_PLACES = (
    "hague",
    "gambia",
    "bahamas",
    "netherlands",
    "philippines",
    "bronx",
    "vatican",
    "maldives",
    "balkans",
    "gulf",
)
_PEOPLES = ("us", "uk", "eu", "un", "arab", "western", "state", "local", "foreign", "national")


def _spoken_of(phrase: str, body: str) -> bool:
    """True where the text speaks of the name as of itself: "told the Courier", "Nordkyst Blick was not able to"."""
    words = re.sub(r"^(?:The|the)\s+", "", phrase).split()
    shorts = {" ".join(words)}
    if len(words) > 1:
        shorts |= {
            " ".join(words[:-1]) if len(words) > 2 else "",
            words[-1] if words[-1].lower() in _STRONG | _WEAK else "",
        }
    for short in shorts:
        if len(short) < 4:
            continue
        name = rf"(?:[Tt]he\s+)?{re.escape(short)}"
        said_to = (
            r"\b(?:told|informed|spoke (?:to|with)|speaking to|shown to|seen by|obtained by|interview with)\s+"
            rf"{name}\b(?!['’]s)"
        )
        of_itself = (
            rf"\b{name}(?:\s+(?:has|had|was|is|could)\s+(?:not\s+)?(?:been\s+)?"
            rf"(?:able|unable|learned|learnt|seen|obtained|verify|shown|told)|\s+understands|\s+will return to"
            rf"|\s+invites|['’]s\s+(?:questions|reporter|correspondent|request))"
        )
        if re.search(said_to, body) or re.search(of_itself, body):
            return True
    return False


def without_tagline(line: str) -> str:
    """A name line without what follows a dash, bar or comma: "The Beacon – news and views" is "The Beacon"."""
    return _TAGLINE.split(line.strip(), maxsplit=1)[0].strip()


_BAR = re.compile(r"\s+(?:\||::|»|·|•)\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_DATED = re.compile(r"(?:\w+,?\s+)?(?:\d{1,2}\s+\w+|\w+\s+\d{1,2},?)\s+\d{4}")
_SENTENCE_CASE = re.compile(r"(?<=\s)[a-zß-ÿ][\w'’-]{3,}")


def split_title(title: str, body: str) -> tuple[str, str]:
    """A title without the outlet's name at its end, and the name; empty where the title names none.

    A bar before the name ("... | Island Notes") marks a page's title, and any name there is the site's. A dash may also
    stand before a kicker or whom the headline cites ("... - Report"), so that a name after it has to look like an
    outlet's.
    """
    bars = [part for part in _BAR.split(title) if not _DATED.fullmatch(part.strip())]
    if len(bars) > 1:
        kept = bars[:]
        tail = kept.pop().strip()
        name = without_tagline(tail) if not evidence(tail, body) else tail
        if name_shaped(name) and not generic(name):
            while len(kept) > 1 and (generic(kept[-1]) or name_shaped(kept[-1])):
                kept.pop()  # "Headline | Section | Outlet"
            return " | ".join(part.strip() for part in kept), name
        if generic(tail) and name_shaped(kept[-1]) and len(kept) > 1 and evidence(kept[-1], body):
            return " | ".join(kept[:-1]).strip(), kept[-1].strip()
        return title, ""
    cuts = list(_DASH.finditer(title))
    for cut in reversed(cuts[-2:]):
        head, tail = (
            title[: cut.start()].strip(),
            re.sub(r"\s*\([^)]*edition\)$", "", title[cut.end() :].strip(), flags=re.I),
        )
        if len(head.split()) < 3:
            continue
        found = evidence(tail, body)
        plain = bool(_SENTENCE_CASE.search(head)) and tail.split()[0] != "The"
        if found == "strong" or (found == "weak" and (plain or _sentence_case(head))):
            return head, tail
    return title, ""


def _sentence_case(head: str) -> bool:
    """True where most longer words are lower-case, so that capitals after the dash mean a name."""
    words = list(re.findall(r"[^\W\d_]{4,}", head))[1:]
    return bool(words) and sum(word[0].islower() for word in words) >= 0.5 * len(words)
