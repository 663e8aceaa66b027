"""Numbers in running text: their value, how exact they are, and what they count."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from index.spans import Span

_UNITS = {w: n for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)}  # fmt: skip
_TENS = {w: n * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12,
           "bn": 1_000_000_000, "m": 1_000_000, "k": 1_000, "dozen": 12}  # fmt: skip
_SMALL = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_WORDED = rf"(?:{_SMALL})(?:[\s-](?:{_SMALL}))?(?:\s+point\s+(?:{_SMALL})|\s+and\s+a\s+half)?"
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,.]\d|\d)|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d+,\d{1,2}(?=\s?(?:%|per ?cent|pc\b|bn\b|m\b|million|billion|trillion|thousand))|\d+(?:\.\d+)?"
)
"""Thousands by commas, by blanks, by full stops where there are two; a decimal comma before a percentage or a large unit."""
_SCALE = (
    rf"(?:\s?(?:bn|m|k)\b|(?:\s+(?:hundred|thousand|million|billion|trillion|dozen)s?\b)+(?:\s+and\s+(?:{_SMALL})\b)?)?"
)
_UNIT = r"(?:pc|km|kg|cm|mm|ft|mph|kph|kmh|kw|mw|gw|mwh|gwh|ha|hrs?)\b"
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:(?P<currency>[$€£¥])\s?)?(?:(?P<digits>{_DIGITS})|(?P<words>{_WORDED}|(?<=\ba )dozen|half a dozen|half a(?= million| billion)"
    rf"|(?<=\ba )(?<!of a )(?=(?:hundred|thousand|million|billion)\b)))"
    rf"(?P<scale>{_SCALE}|(?:hundred|thousand|million|billion)\b)(?:st|nd|rd|th)?(?:(?={_UNIT})|(?![\w/]|[.,]\d|-\d))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<![\w.,/-])(?P<between>between\s+)?(?:(?P<currency>[$€£¥])\s?)?(?P<low>{_DIGITS}|{_WORDED})(?P<low_scale>{_SCALE})"
    rf"(?:\s?[-–—]\s?|\s+(?P<link>to|or|and)\s+)[$€£¥]?(?P<high>{_DIGITS}|{_WORDED})(?P<scale>{_SCALE})(?:(?={_UNIT})|(?![\w/]|[.,]\d|-\d))",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\s*(?:wins?|victor\w*|defeat\w*|loss|losses|draws?|lead|scores?|majority|vote|against|down|up|at half|ahead|thriller|rout|on aggregate)\b|\s*[,.;)]|\s*$",
    re.IGNORECASE,
)
_METRES = re.compile(
    r"\s+(?:races?|sprint|final|hurdles|dash|relay|butterfly|freestyle|deep|long|high|wide|tall|away|from|below|above|down|up)\b"
)
_LOWER = re.compile(
    r"(?<!no )(?<!not )(?:at least|more than|over|upwards of|no fewer than|no less than|not less than|above|exceeding|minimum of)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_UPPER = re.compile(
    r"(?:at most|up to|fewer than|less than|under|below|no more than|not more than|as many as|maximum of|as much as)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about|around|some|roughly|nearly|almost|approximately|close to|an estimated|estimated|perhaps)\s+$",
    re.IGNORECASE,
)
_MONTHISH = re.compile(
    r"\s+(?:of\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+$",
    re.IGNORECASE,
)
_STOP_NOUN = frozenset(
    "of the a an and or in on at to from by for with were was are is had has have been be that which who this these those it its "
    "their his her our as than then when while but not more other others each per about some such also into after before".split()
)


_COUNTERS = {"number", "toll", "figure", "total", "count"}
"""In "at 47 the number of men" it is men that are counted."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text."""

    span: Span
    """Its words or digits, scale included."""
    value: float
    """Its value; "4.2 billion" is 4.2e9."""
    bound: str
    """ "exact", "least", "most" or "about"."""
    noun: tuple[str, ...]
    """Up to four lower-case words after it (or the one before, as in "Block 4"): what it counts; may be empty."""
    text: str
    """As printed, with the words that bound it."""
    ordinal: bool
    """True for "third" or "17th"; never counts things."""


def find_numbers(text: str) -> tuple[Number, ...]:
    """Numbers in order; those that are part of a date, a clock time or a name ("No. 9", "Flight 17") are left out."""
    found = _ranges(text)
    taken = list(found)
    for match in _NUMBER.finditer(text):
        at = bisect_right(taken, match.end(), key=lambda number: number.span.start)
        if any(
            match.start() < other.span.end and other.span.start < match.end() for other in taken[max(0, at - 2) : at]
        ):
            continue
        before, after = text[max(0, match.start() - 28) : match.start()], text[match.end() :]
        if _is_other(match, before, after):
            continue
        value = _value(match)
        if (match["scale"] or "").strip().lower() == "m" and not match["currency"] and _METRES.match(after):
            value /= 1_000_000  # metres
        bound, lead = _bound(before, after)
        start = match.start() - (len(before) - lead.start()) if lead else match.start()
        found.append(
            Number(
                Span(match.start(), match.end()),
                value,
                bound,
                _noun(after, match["currency"] or ""),
                text[start : match.end()].strip(),
                bool(re.search(r"(?:st|nd|rd|th)$", match.group())) and bool(match["digits"]),
            )
        )
    return tuple(sorted(found, key=lambda number: number.span.start))


def _bound(before: str, after: str) -> tuple[str, re.Match[str] | None]:
    """How exact a number is by the words around it, and the words before it that tell."""
    for bound, pattern in (("least", _LOWER), ("most", _UPPER), ("about", _ABOUT)):
        lead = pattern.search(before)
        if lead:
            return bound, lead
    if re.match(r"-plus\b|\+|\s+or more\b|\s+or over\b", after):
        return "least", None
    if re.match(r"\s+or (?:fewer|less|under)\b", after):
        return "most", None
    return ("about" if re.match(r"\s+or so\b|-odd\b", after) else "exact"), None


def _ranges(text: str) -> list[Number]:
    """The two ends of "20-30 people", "between two and three million": at least the one, at most the other.

    Scores ("won 2-1"), years, dates and "from 12 to 15", which tells of a change, are no ranges.
    """
    found: list[Number] = []
    for match in _RANGE.finditer(text):
        before, after = text[max(0, match.start() - 28) : match.start()], text[match.end() :]
        link = (match["link"] or "").lower()
        if (link == "and") != bool(match["between"]) or re.search(r"\bfrom\s+$", before, re.IGNORECASE):
            continue
        low, high = (
            _amount(match[end], match["scale"] if end == "high" else match["low_scale"] or match["scale"])
            for end in ("low", "high")
        )
        years = re.fullmatch(r"(?:1[5-9]|20)\d\d", match["low"]) and not match["currency"]
        dated = (
            _MONTHISH.match(after) or _MONTH_BEFORE.search(before) or re.match(r"\s*(?:a\.?m|p\.?m|o'clock)\b", after)
        )
        if (
            not 0 < low < high
            or years
            or dated
            or (not link and not match["currency"] and not re.match(r"\s?%", after) and _SCORE.match(after))
        ):
            continue
        noun = _noun(after, match["currency"] or "")
        for end, value, bound in (("low", low, "least"), ("high", high, "most")):
            last = match.end() if end == "high" else match.end(end)
            found.append(Number(Span(match.start(end), last), value, bound, noun, match.group().strip(), False))
    return found


def _amount(words: str, scale: str | None) -> float:
    value = _digits(words) if words[0].isdigit() else _worded(words.lower())
    return value * _scaled(scale or "")


def _digits(digits: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        digits = digits.replace(".", "")
    return float(re.sub(r"[,\s]", "", digits))


def _scaled(scale: str) -> float:
    value = 1.0
    for word in re.findall(r"hundred|thousand|million|billion|trillion|dozen|bn|m|k", scale.lower()):
        value *= _SCALES[word]
    return value


def _is_other(match: re.Match[str], before: str, after: str) -> bool:
    digits = match["digits"] or ""
    if _MONTHISH.match(after) and (_digits(digits) if digits else 99) <= 31:
        return True
    if _MONTH_BEFORE.search(before):
        return True
    if re.match(
        r"[-\s](?:thirds?|quarters?|fifths?|halves|tenths?)\b|\s+(?:in|out of)\s+(?:every\s+)?(?:\d|ten\b|five\b|four\b|three\b|two\b)",
        after,
    ) or re.search(r"\b(?:one|two|three|four|seven|eight|nine|\d+) (?:in|out of) (?:every )?$", before, re.IGNORECASE):
        return True  # a share: "two-thirds", "one in five"
    if (
        re.fullmatch(r"(?:[01]?\d|2[0-3])\.[0-5]\d", digits)
        and re.search(r"\b(?:at|by|until|from|around|about|since|before|after)\s+$", before)
        and re.match(
            r"\s*(?:[,.;)]|$|on\b|in the\b|and\b|local\b|GMT\b|CET\b|when\b|hrs\b|h\b|to\b|[a-z]+day\b)", after
        )
    ):
        return True  # a time of day
    if re.match(r"\s*(?::\d\d|\.\d\d\s*(?:a\.?m|p\.?m)?\b)|\s*(?:a\.?m\.?|p\.?m\.?|o'clock)\b", after) or re.search(
        r"\d:$", before
    ):
        return True
    if (
        re.fullmatch(r"(?:1[5-9]|20)\d\d", digits)
        and not match["scale"]
        and not match["currency"]
        and not re.match(r"\s+(?:people|men|women|jobs|workers|homes|houses|tonnes|votes)\b", after)
    ):
        return True
    if (
        re.search(
            r"(?:\bNo\.?|\bnumber|\bflight|\bblock|\broute|\bhighway|\bchapter|\bchannel|\barticle|\bsection|\broom|[A-Z]-)\s*$",
            before,
            re.IGNORECASE,
        )
        and digits
    ):
        return True
    words = (match["words"] or "").lower()
    return (
        words in {"one", "zero"}
        and not match["scale"]
        and not re.match(
            r"\s+(?:\w+\s+)?(?:person|people|man|woman|dead|killed|deaths?|injur\w+|child|soldier|body|source|crown|percent|of)\b",
            after,
        )
    )


def _value(match: re.Match[str]) -> float:
    digits = match["digits"]
    value = _digits(digits) if digits else _worded((match["words"] or "").lower())
    value *= _scaled(match["scale"] or "")
    extra = re.search(rf"and\s+({_SMALL})$", (match["scale"] or "").lower())
    return value + _worded(extra.group(1)) if extra else value


def _worded(words: str) -> float:
    if not words:
        return 1.0  # "a million"
    if words == "half a":
        return 0.5
    if "dozen" in words:
        return 6.0 if words.startswith("half") else 12.0
    if re.search(r"\s+and\s+a\s+half$", words):
        return _worded(re.sub(r"\s+and\s+a\s+half$", "", words)) + 0.5
    whole, _, part = words.partition(" point ")
    total = sum(_UNITS.get(word, _TENS.get(word, 0)) for word in re.split(r"[\s-]+", whole))
    return total + (_UNITS.get(part.strip(), 0) / 10 if part else 0)


def _noun(after: str, currency: str) -> tuple[str, ...]:
    if currency:
        return ("money", currency)
    if re.match(r"\s?(?:%|per ?cent\b|percent\b|pc\b|percentage points?\b)", after):
        return ("percent",)
    unit = re.match(_UNIT, after, re.IGNORECASE)
    if unit:
        return (unit.group().lower(),)
    words: list[str] = []
    for word in re.findall(r"[^\s]+", after[:70]):
        bare = word.strip(",.;:“”\"'’()").lower()
        if not words and bare in {"of", "the", "a", "other", "more", "such"} | _COUNTERS:
            continue
        if bare in _STOP_NOUN or not re.fullmatch(r"[a-z][a-z’'\-]*", bare):
            break
        words.append(bare)
        if len(words) == 4 or word[-1] in ",.;:":
            break
    return tuple(words)
