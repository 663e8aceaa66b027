"""What a text says of itself in a form that names it: headline, publisher, author, date, credit; and its language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.dates import PartialDate, parse_date
from index.outlets import evidence, generic, name_shaped, split_title, without_tagline

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues?|Wednes|Wed|Thurs?|Thu|Fri|Satur|Sat|Sun)(?:day)?\.?"
_FULL_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d)"
)
_TIME = r"(?:,?\s*(?:at\s+|[|–—-]\s*)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?\s?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?)"
_DATE = rf"(?:{_WEEKDAY},?\s+)?(?P<date>{_FULL_DATE}){_TIME}?"
_DATE_LINE = re.compile(rf"(?:on\s+)?{_DATE}[.,]?", re.I)
_MONTH_LINE = re.compile(rf"(?P<date>{_MONTH},?\s+\d{{4}})", re.I)
_PUBLISHED = re.compile(
    r"(?:(?:first |originally )?(?:published|posted)(?: online| time)?(?: (?:on|at))?|date(?: of publication)?"
    r"|publication date)"
    r"\s*:?\s+(?P<rest>[\w,]{0,10}\s*\d.{3,80}|" + _MONTH + r".{4,80})$",
    re.I,
)
_CHANGED = re.compile(r"(?:last )?(?:updated|modified|changed)\b.{0,80}$", re.I)
_BYLINE = re.compile(r"(?:by|written by|author:|reporting by)\s+(?P<rest>.{3,100})$", re.I)
_ROLE = (
    r"(?i:(?:(?:staff|senior|special|chief|foreign|our)\s+)*(?:\w+\s+)?"
    r"(?:writer|reporter|correspondent|editor|columnist)s?)"
)
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|del|da|van|von|der|den|bin|ibn|al-[A-Z][\w-]*|el|la|le)){0,4}"
_PEOPLE = re.compile(rf"{_NAME}(?:(?:,\s+|\s+and\s+|\s*&\s*){_NAME}){{0,3}}")
_SIGNED = re.compile(rf"(?P<who>{_NAME}),?\s+(?:{_ROLE})(?:\s*[,|–—-]\s*(?P<rest>.+))?$")
_DATED_NAME = re.compile(rf"(?P<who>[^,|–—]{{3,60}}?)\s*[,|–—·-]\s*{_DATE}[.]?")
_CREDIT = r"\((?P<credit>[^()\d]{2,40})\)"
_DATELINE = re.compile(
    rf"(?P<head>(?P<place>[^()\n]{{0,80}}?)[,.]?\s*(?:{_DATE}|(?P<partial>(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})))?"
    rf"[,.]?\s*(?:{_CREDIT})?)\s*(?:[-–—]{{1,2}}|:(?=\s))\s*(?=[\"“'‘«(\d]*[A-ZÀ-Þ\d])"
)
_OPENING_DATE = re.compile(
    rf"(?:(?!{_WEEKDAY},)(?P<name>[A-ZÀ-Þ][^.,\n]{{2,50}})[.,]\s+)?{_DATE}\s*(?:[.:]|\s[-–—]{{1,2}})\s+(?=[\"“'‘A-ZÀ-Þ])"
)
_OPENING_CREDIT = re.compile(r"\((?P<credit>[A-Z][\w. &-]{1,30})\)\s+(?:[-–—]{1,2}\s*)?(?=[\"“'‘A-ZÀ-Þ])")
_CLOSING_CREDIT = re.compile(r"(?:[.!?…][\"”'’»]?|^)\s*[\[(](?P<credit>[A-Z][\w. /&-]{1,40})[\])]\.?$")
_SOURCE_LINE = re.compile(r"(?:source|via|credit)\s*:\s*(?P<credit>[A-Z][\w. &-]{1,40})$", re.I)
_LABELLED = re.compile(
    r"(?P<label>title|headline|publisher|published by|source|outlet|newspaper)\s*:\s*(?P<value>\S.{1,200})", re.I
)
_ORIGIN = re.compile(
    r"(?:this (?:article|story|piece|report) )?(?:was )?(?:first|originally) (?:published|appeared) (?:in|on|by|at) "
    r"(?:the )?(?P<credit>[A-Z][\w. &'’-]{2,50}?)(?:,? (?:on|in) .{4,30})?\.?$",
    re.I,
)
_NOT_A_CREDIT = frozenset(
    "end ends more photo photos video audio update updated updates file exclusive opinion analysis sic ed editor note "
    "live watch corrected correction archive".split()
)
_WIRES = frozenset("ap afp upi reuters dpa efe ansa tass".split())
_NOTE = re.compile(r"[\[(](?:editor|note|translat|update|correction|photo|image|picture)[^\n]*[\])]$", re.I)
HEAD_LINES = 7
"""Lines after the headline among which byline, date and name are looked for."""
LONGEST_TITLE = 220
"""Characters; a longer first line is text."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says of itself; empty or None where it does not say."""

    title: str = ""
    """Headline without the outlet's name."""
    publisher: str = ""
    """The outlet that the title, a line by itself or a dateline names."""
    author: str = ""
    """Byline without "By"."""
    published: PartialDate | None = None
    """From a dateline, a byline or a line that says when it was published."""
    credit: str = ""
    """The wire or paper that a dateline or the last line credits."""


def told_by(text: str, title: str = "") -> Told:
    """Reads what the text says of itself; `title` is the headline where the file gives it.

    Never a guess: a name counts as an outlet's where its words or the text itself mark it as one, a date where it
    stands
    as a dateline, a byline's date or a line that says "Published". A credit in a dateline names the publisher where
    nothing else does; a credit at the end does not.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return Told(title=title)
    told, at = _headline(lines, title, text)
    while at < len(lines) and at <= HEAD_LINES:
        step = _head_line(lines[at], told, text)
        if step is None:
            break
        told, at = step, at + 1
    if at < len(lines):
        told = _opening(lines[at], told, text)
    told = _closing(lines[max(at, len(lines) - 3) :], told, text)
    headline, name = split_title(told.title, text) if told.title else ("", "")
    return replace(told, title=headline, publisher=told.publisher or name or _by_dateline(lines[at : at + 1], text))


def _headline(lines: list[str], title: str, text: str) -> tuple[Told, int]:
    """The headline, with what stands above it, and which line comes after it."""
    if title:
        return Told(title=title), int(_same_line(lines[0], title))
    told = Told()
    for at, line in enumerate(lines[:4]):
        above = _above_headline(line, lines[at + 1 :], told, text)
        if above is None:
            return (replace(told, title=line), at + 1) if _like_headline(line, lines[at:]) else (told, at)
        told = above
        if told.title:
            return told, at + 1
    return told, 0


def _above_headline(line: str, below: list[str], told: Told, text: str) -> Told | None:
    """What a line above the headline says; None where it is the headline, or the text."""
    labelled = _LABELLED.fullmatch(line)
    if labelled:
        return _by_label(labelled["label"].lower(), labelled["value"].strip(), told, text)
    published = _PUBLISHED.match(line)
    if published or _DATE_LINE.fullmatch(line):
        return replace(told, published=told.published or _date(published["rest"] if published else line))
    following = next((other for other in below if not _DATE_LINE.fullmatch(other)), "")
    name = without_tagline(line)
    alone = evidence(name, text) == "strong" and len(name.split()) <= 5 and not told.publisher
    if alone and len(following) > len(name) and _like_headline(following, below):
        return replace(told, publisher=name)
    return None


def _by_label(label: str, value: str, told: Told, text: str) -> Told | None:
    """ "Headline: ...", "Publisher: ...": a line that says what it is."""
    if label in ("title", "headline"):
        return replace(told, title=told.title or value)
    if label == "source":  # a source may also be a ministry that gave the figures
        return replace(told, publisher=told.publisher or value) if evidence(value, text) else None
    return replace(told, publisher=told.publisher or value) if name_shaped(value) and not generic(value) else None


def _like_headline(line: str, following: list[str]) -> bool:
    if len(following) < 2 or len(line) > LONGEST_TITLE or line[-1] in ".;:,":
        return False
    return not (_PUBLISHED.match(line) or _BYLINE.match(line) or _DATE_LINE.fullmatch(line) or _dateline(line))


def _same_line(line: str, title: str) -> bool:
    def fold(words: str) -> str:
        return re.sub(r"\W+", " ", words.casefold()).strip()

    return fold(line) == fold(title) or (bool(fold(line)) and fold(title).startswith(fold(line)) and len(line) > 25)


def _head_line(line: str, told: Told, text: str) -> Told | None:
    """What a line under the headline says; None where it is the first line of the text itself."""
    if told.title and _same_line(line, told.title):
        return told
    if _NOTE.match(line) or _CHANGED.fullmatch(line):
        return told
    if _DATE_LINE.fullmatch(line) or _MONTH_LINE.fullmatch(line):
        return replace(told, published=told.published or _date(line))
    published = _PUBLISHED.match(line)
    if published:
        when = _date(_CHANGED.sub("", published["rest"]))
        return replace(told, published=when or told.published) if when else None
    labelled = _LABELLED.fullmatch(line)
    if labelled:
        return _by_label(labelled["label"].lower(), labelled["value"].strip(), told, text)
    signed = _byline(line, told, text)
    if signed is not None:
        return signed
    dated = _DATED_NAME.fullmatch(line)
    if dated:
        return _dated_name(dated["who"].strip(), replace(told, published=told.published or _date(line)), text)
    parts = [part.strip() for part in re.split(r"\s+[|•·]\s+", line)]
    named = [part for part in parts if not generic(part)]
    name = without_tagline(named[0]) if len(named) == 1 else ""
    if name and len(line) <= 100 and not told.publisher and evidence(name, text):
        return replace(told, publisher=name)
    return None


def _byline(line: str, told: Told, text: str) -> Told | None:
    match = _BYLINE.match(line)
    rest = match["rest"].strip() if match else ""
    if not match:
        signed = _SIGNED.match(line)
        if not signed or len(line) > 100:
            return None
        when = _date(signed["rest"]) if signed["rest"] else None
        return replace(told, author=told.author or signed["who"], published=told.published or when)
    when = None
    dated = re.search(rf"\s*[,|–—·-]?\s*(?:on\s+)?{_DATE}.*$", rest)
    if dated:
        when, rest = _date(dated.group()), rest[: dated.start()].strip()
    people = _PEOPLE.match(rest)
    if not people or rest[-1:] in ".!?":
        return None
    who, more = people.group(), rest[people.end() :].strip(" ,|–—-")
    parts = [part.strip() for part in who.split(",")]
    credit = told.credit
    if len(parts) > 1 and evidence(parts[-1], text):
        credit, who = credit or parts[-1], ", ".join(parts[:-1])
    elif more and evidence(more, text):
        credit = credit or more
    elif len(more.split()) > 4:
        return None  # "By Friday evening the bridge had gone"
    if generic(who) or not name_shaped(who.split(",")[0]):
        return None
    return replace(told, author=told.author or who, published=told.published or when, credit=credit)


def _dated_name(who: str, told: Told, text: str) -> Told | None:
    """ "Jane Roe, 16 June 2021", "The Beacon | 3 May 2022", "HALVIK, 3 May 2022" by themselves."""
    who = re.sub(r"^[Ff]rom (?:the )?(?=[A-Z])", "", who)
    if evidence(who, text):
        return replace(told, publisher=told.publisher or who)
    if who.isupper() or not name_shaped(who) or generic(who):
        return told
    return replace(told, author=told.author or who) if 2 <= len(who.split()) <= 4 else told


def _dateline(line: str) -> re.Match[str] | None:
    """A dateline at the head of a paragraph: place or name, date or credit, dash."""
    match = _DATELINE.match(line)
    if not match or not (match["date"] or match["credit"]):
        return None
    place = match["place"].strip(" ,.")
    if len(place.split()) > 8 or not all(_placed(part.strip()) for part in place.split(",") if part.strip()):
        return None
    credit = (match["credit"] or "").strip()
    if credit and not _creditable(credit):
        return None
    if credit and not place and not match["date"] and not (credit.isupper() or credit.lower() in _WIRES):
        return None  # "(Halvik) – Child athletes ...": some bodies put the place in brackets
    return match


def _placed(part: str) -> bool:
    return name_shaped(part) or (part[:1].isupper() and len(part.split()) <= 3 and not part.endswith(("!", "?")))


def _creditable(name: str) -> bool:
    words = re.findall(r"\w+", name.lower())
    return (
        bool(words)
        and name[:1].isupper() | (name.lower() in _WIRES)
        and not set(words) & _NOT_A_CREDIT
        and len(words) <= 5
    )


def _opening(line: str, told: Told, text: str) -> Told:
    """What the first paragraph's dateline says."""
    dated = _OPENING_DATE.match(line)
    if dated and (not dated["name"] or evidence(dated["name"], text)):
        named = told.publisher or dated["name"] or ""
        return replace(told, publisher=named, published=told.published or _date(dated["date"]))
    credited = _OPENING_CREDIT.match(line)
    if (
        credited
        and _creditable(credited["credit"])
        and (credited["credit"].isupper() or evidence(credited["credit"], text))
    ):
        return replace(told, credit=told.credit or credited["credit"])
    match = _dateline(line)
    if match is None:
        return told
    place = match["place"].strip(" ,.")
    named = place if match["date"] and not place.isupper() and evidence(place, text) else ""
    return replace(
        told,
        publisher=told.publisher or named,
        published=told.published or (_date(match["date"]) if match["date"] else None),
        credit=told.credit or (match["credit"] or "").strip(),
    )


def _by_dateline(lines: list[str], text: str) -> str:
    """The outlet that a dateline's credit names."""
    for line in lines:
        match = _dateline(line) or _OPENING_CREDIT.match(line)
        if match and match["credit"] and _creditable(match["credit"]):
            name = match["credit"].strip()
            opened = match.re is _OPENING_CREDIT
            return name if not opened or name.isupper() or evidence(name, text) else ""
    return ""


def _closing(lines: list[str], told: Told, text: str) -> Told:
    """What the last lines say: a credit, or when it was published."""
    for line in reversed(lines):
        published = _PUBLISHED.match(line)
        if published and told.published is None:
            told = replace(told, published=_date(_CHANGED.sub("", published["rest"])))
        source = _SOURCE_LINE.match(line) or _ORIGIN.match(line)
        name = source["credit"].strip() if source else ""
        if name and (name.lower() in _WIRES or evidence(name, text)):
            told = replace(told, credit=told.credit or name)
    match = _CLOSING_CREDIT.search(lines[-1]) if lines else None
    if match and _creditable(match["credit"]):
        name = match["credit"].strip()
        if re.fullmatch(r"[A-Z]{2,7}(?:/[A-Z]{2,7})*", name) or name.lower() in _WIRES or evidence(name, text):
            told = replace(told, credit=told.credit or name)
    return told


def _date(words: str) -> PartialDate | None:
    match = re.search(_FULL_DATE, words, re.I)
    return parse_date(match.group() if match else words)


_COMMON = frozenset(
    "the of and to in that was for it with as his on be at by had is from has have not said were but they an this "
    "which he she "
    "their been will who are would its after when more than about over into also a".split()
)
ENGLISH_SHARE = 0.22
"""Share of common English words from which a text is English without asking the classifier: news in English has
0.35 to 0.5, Dutch and Afrikaans (in, was, is, over) stay under 0.15."""
LONG_ENOUGH = 200
"""Characters under which the classifier is not asked; it errs too often on less."""


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; empty where it could not be told."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if not words:
        return ""
    share = sum(map(_COMMON.__contains__, words)) / len(words)
    if share >= ENGLISH_SHARE and len(words) >= 5:
        return "en"
    if len(text) < LONG_ENOUGH:
        return ""
    import py3langid

    code: str = py3langid.classify(text[:5_000])[0]
    return code
