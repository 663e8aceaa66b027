"""Numbers in running text: their value, how exact they are, and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.spans import Span

_UNITS = {w: n for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)}  # fmt: skip
_TENS = {w: n * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12,
           "bn": 1_000_000_000, "m": 1_000_000, "k": 1_000, "dozen": 12}  # fmt: skip
_SMALL = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_WORDED = rf"(?:{_SMALL})(?:[\s-](?:{_SMALL}))?(?:\s+point\s+(?:{_SMALL}))?"
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:(?P<currency>[$€£¥])\s?)?(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<words>{_WORDED}|(?<=\ba )dozen|half a dozen))"
    rf"(?P<scale>(?:\s?(?:bn|m|k)\b|(?:\s+(?:hundred|thousand|million|billion|trillion|dozen)\b)+(?:\s+and\s+(?:{_SMALL})\b)?)?)(?:st|nd|rd|th)?(?![\w/]|[.,]\d|-\d)",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"(?:at least|more than|over|upwards of|no fewer than|no less than|not less than|above|exceeding|minimum of)\s+(?:\w+\s+)?$",
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
    found = []
    for match in _NUMBER.finditer(text):
        before, after = text[max(0, match.start() - 28) : match.start()], text[match.end() :]
        if _is_other(match, before, after):
            continue
        value = _value(match)
        if value is None:
            continue
        lead = _LOWER.search(before) or _UPPER.search(before) or _ABOUT.search(before)
        bound = (
            "least"
            if _LOWER.search(before)
            else "most"
            if _UPPER.search(before)
            else "about"
            if _ABOUT.search(before)
            else "exact"
        )
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
    return tuple(found)


def _is_other(match: re.Match[str], before: str, after: str) -> bool:
    digits = match["digits"] or ""
    if _MONTHISH.match(after) and float(digits.replace(",", "") or 99) <= 31:
        return True
    if re.search(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+$",
        before,
        re.IGNORECASE,
    ):
        return True
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
            r"\s+(?:\w+\s+)?(?:person|people|man|woman|dead|killed|death|child|soldier|body|source|crown|percent|of)\b",
            after,
        )
    )


def _value(match: re.Match[str]) -> float | None:
    digits = match["digits"]
    value = float(digits.replace(",", "")) if digits else _worded(match["words"].lower())
    for scale in re.findall(r"hundred|thousand|million|billion|trillion|dozen|bn|m|k", (match["scale"] or "").lower()):
        value *= _SCALES[scale]
    extra = re.search(rf"and\s+({_SMALL})$", (match["scale"] or "").lower())
    return value + _worded(extra.group(1)) if extra else value


def _worded(words: str) -> float:
    if "dozen" in words:
        return 6.0 if words.startswith("half") else 12.0
    whole, _, part = words.partition(" point ")
    total = sum(_UNITS.get(word, _TENS.get(word, 0)) for word in re.split(r"[\s-]+", whole))
    return total + (_UNITS.get(part.strip(), 0) / 10 if part else 0)


def _noun(after: str, currency: str) -> tuple[str, ...]:
    if currency:
        return ("money", currency)
    if re.match(r"\s?%", after):
        return ("percent",)
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
