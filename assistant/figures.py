"""Figures and dates of a sentence, in digits or words, so that two texts can be compared. Pure functions."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.dates import MONTHS

# ---- figures

_UNITS = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    name: 10 * number for number, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
NUMBER_WORDS = frozenset({*_UNITS, *_TENS, *_SCALES})
"""Words that `figures` reads."""
_SUFFIXES = {"k": 1000, "m": 10**6, "bn": 10**9, "mn": 10**6}
_FIGURE = re.compile(
    r"(?<![\d.,])(?P<digits>\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d+)(?P<part>\.\d+)?(?P<suffix>k|m|mn|bn)?(?![^\W\d_])"
    r"|(?P<loose>\d+)"
    r"|(?P<word>\b(?:" + "|".join([*_UNITS, *_TENS, *_SCALES]) + r")\b)",
    re.IGNORECASE,
)
_NO_COUNT_BEFORE = re.compile(r"\b(?:no|any|every|this|that|which|the|each|only|as)[ -]$", re.IGNORECASE)
_NO_COUNT_AFTER = re.compile(r"[ -](?:of|another|or|and|by|side|such|hand|day|time)\b", re.IGNORECASE)


class Figure(NamedTuple):
    """One number."""

    value: str
    """Its value, in digits: "seventeen" is "17", "1.5 million" is "1500000"."""
    start: int
    """First character in the folded text."""
    end: int
    """One past the last."""


def figures(text: str) -> tuple[Figure, ...]:
    """The numbers of a folded text, in digits or words; "one" in "one of the" or "no one" is none."""
    found: list[Figure] = []
    run: list[tuple[float, int, int, bool]] = []
    for match in _FIGURE.finditer(text):
        word = (match["word"] or "").lower()
        if word == "one" and (
            _NO_COUNT_BEFORE.search(text[: match.start()]) or _NO_COUNT_AFTER.match(text, match.end())
        ):
            continue
        if word:
            value = float(_UNITS.get(word, _TENS.get(word, _SCALES.get(word, 0))))
        elif match["loose"]:
            value = float(match["loose"])
        else:
            value = float(re.sub("[ ,]", "", match["digits"]) + (match["part"] or ""))
            value *= _SUFFIXES.get((match["suffix"] or "").lower(), 1)
        piece = (value, match.start(), match.end(), word in _SCALES)
        if run and not _joins(run, piece, text, bool(word)):
            found.append(_joined(run))
            run = []
        run.append(piece)
    if run:
        found.append(_joined(run))
    return tuple(found)


def _joins(
    run: list[tuple[float, int, int, bool]], piece: tuple[float, int, int, bool], text: str, spelt: bool
) -> bool:
    before, value = run[-1], piece[0]
    between = text[before[2] : piece[1]].lower()
    if between not in {" ", "-", " and "} or not spelt:
        return False
    if piece[3]:  # "twenty thousand", "1.5 million"
        return between != " and "
    if before[3]:  # "two hundred and twelve"
        return value < _SCALES_OF.get(before[0], 0)
    return text[before[1] : before[2]].lower() in _TENS and value < 10 and between != " and "


_SCALES_OF = {float(scale): scale for name, scale in _SCALES.items() if name != "dozen"}


def _joined(run: list[tuple[float, int, int, bool]]) -> Figure:
    total = group = 0.0
    for value, _, _, scale in run:
        if scale and value >= 1000:
            total, group = total + (group or 1) * value, 0.0
        elif scale:
            group = (group or 1) * value
        else:
            group += value
    value = total + group
    return Figure(f"{value:.6f}".rstrip("0").rstrip("."), run[0][1], run[-1][2])


_MEASURES = {
    form: forms.split()[0]
    for forms in (
        "second seconds", "minute minutes", "hour hours", "day days", "week weeks", "month months", "year years",
        "decade decades",         "km kilometre kilometres kilometer kilometers",
        "m metre metres meter meters", "mile miles", "foot feet ft",
        "kg kilo kilos kilogram kilograms kilogramme kilogrammes", "ton tons tonne tonnes", "litre litres liter liters",
        "percent %", "$ dollar dollars usd", "€ euro euros eur", "£ pound pounds gbp", "hectare hectares", "acre acres",
    )
    for form in forms.split()
}  # fmt: skip


def measure(text: str, figure: Figure) -> str:
    """What a figure of a folded text measures ("km", "day", "$"), in one spelling; empty where it counts things."""
    before = text[: figure.start].rstrip()[-1:]
    after = re.match(r"[ -]*(?:per (?=cent))?([^\W\d_]+|%|€|£|\$)", text[figure.end :])
    word = after.group(1).lower().replace("cent", "percent", 1) if after and "per cent" in after.group() else ""
    word = word or (after.group(1).lower() if after else "")
    return _MEASURES.get(word) or _MEASURES.get(before, "")


# ---- dates

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>(?:1[89]|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b",
        rf"(?<![\d.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>(?:1[89]|20)\d\d)(?!\d))?",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s+(?P<year>(?:1[89]|20)\d\d)(?!\d))?",
        rf"\b{_MONTH},?\s+(?P<year>(?:1[89]|20)\d\d)(?!\d)",
    )
)


class Day(NamedTuple):
    """A date as far as a text gives it; None where it does not."""

    year: int | None
    month: int
    day: int | None
    start: int
    """First character in the folded text."""
    end: int
    """One past the last."""

    def agrees(self, other: Day) -> bool:
        """True where everything that this one gives is so in `other`; `other` may leave out the year."""
        same_day = self.day is None or self.day == other.day
        return self.month == other.month and same_day and (None in (self.year, other.year) or self.year == other.year)


def days(text: str) -> tuple[Day, ...]:
    """The dates of a folded text that name a month, in text order."""
    found: list[Day] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = MONTHS[groups["month"].lower()] if groups.get("month") else int(groups["number"])
            day, year = groups.get("day"), groups.get("year")
            if not 1 <= month <= 12 or any(seen.start < match.end() and match.start() < seen.end for seen in found):
                continue
            found.append(Day(int(year) if year else None, month, int(day) if day else None, *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))
