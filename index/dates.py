"""PartialDate: a date as exactly as it is known; and dates found in running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from index.spans import Span


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision: a year, a month or a day. Never made more exact than its source was."""

    year: int
    """1 to 9999."""
    month: int | None = None
    """1 to 12; None where only the year is known."""
    day: int | None = None
    """1 to 31; None where only the month is known."""
    moment: datetime | None = field(default=None, compare=False)
    """The moment where the source gave a time of day; its date in its own zone is year-month-day. A moment
    without a zone in the source carries UTC."""

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)  # raises ValueError where there is no such day

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def precision(self) -> str:
        """ "day", "month" or "year"."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def clock(self) -> str:
        """The moment in ISO 8601, empty where only the day or less is known."""
        return self.moment.isoformat() if self.moment else ""

    @property
    def first_day(self) -> date:
        """The earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that it can mean."""
        if self.day is not None:
            return self.first_day
        if self.month is not None:
            following = date(self.year + self.month // 12, self.month % 12 + 1, 1) if self.year < 9999 else date.max
            return following - timedelta(days=1)
        return date(self.year, 12, 31)

    def agrees(self, other: PartialDate) -> bool:
        """True where both can mean one day: 2017-08 agrees with 2017-08-24."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A day in full; of a datetime, its moment too (UTC where it has no zone)."""
        if isinstance(day, datetime):
            moment = day if day.tzinfo else day.replace(tzinfo=UTC)
            return cls(moment.year, moment.month, moment.day, moment)
        return cls(day.year, day.month, day.day)


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_ISO = re.compile(r"\s*(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<time>[T ]\d\d:?\d\d.*)?)?)?\s*$")
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
        rf"\b{_MONTH},?\s+{_YEAR}(?!\d)",
    )
)


def parse_date(value: str | date | datetime | PartialDate | None) -> PartialDate | None:
    """A publication date as files give it: ISO 8601 (with a time or without), "12 May 2023", "May 12, 2023",
    "May 2023", an RFC 822 date, or an epoch in seconds or milliseconds. None where it is no date: a form that could
    mean two days (05/06/2023) is not guessed at, unless one reading alone is possible."""
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of(value)
    text = str(value).strip()
    try:
        return _parse_iso(text) or _parse_named(text) or _parse_numeric(text) or _parse_mail(text)
    except (ValueError, OverflowError):
        return None


def _parse_iso(text: str) -> PartialDate | None:
    match = _ISO.match(text)
    if not match:
        return None
    month, day = match["month"], match["day"]
    if match["time"]:
        stamp = text.strip().replace("Z", "+00:00")
        stamp = re.sub(r"\s*UTC$", "+00:00", stamp)
        stamp = re.sub(r"(\.\d{6})\d+", r"\1", stamp)
        try:
            return PartialDate.of(datetime.fromisoformat(stamp))
        except ValueError:
            pass
    return PartialDate(int(match["year"]), int(month) if month else None, int(day) if day else None)


def _parse_named(text: str) -> PartialDate | None:
    for pattern in _NAMED:
        match = pattern.search(text)
        if match:
            groups = match.groupdict()
            day = groups.get("day")
            return PartialDate(int(groups["year"]), MONTHS[groups["month"].lower()], int(day) if day else None)
    return None


def _parse_numeric(text: str) -> PartialDate | None:
    if re.fullmatch(r"\d{10}|\d{13}", text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return PartialDate.of(datetime.fromtimestamp(seconds, UTC))
    match = re.match(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?!\d)", text)
    if match:
        year, month, day = (int(part) for part in match.groups())
        return PartialDate(year, month, day)
    match = re.match(r"(\d\d?)[/.](\d\d?)[/.](\d{4})(?!\d)", text)
    if match:
        first, second, year = (int(part) for part in match.groups())
        if first > 12:
            return PartialDate(year, second, first)
        if second > 12 or first == second:
            return PartialDate(year, first, second)
        if "." in text:
            return PartialDate(year, second, first)  # with full stops the day comes first wherever this is written
    return None


def _parse_mail(text: str) -> PartialDate | None:
    from email.utils import parsedate_to_datetime

    return PartialDate.of(parsedate_to_datetime(text)) if re.search(r"\d{1,2}:\d\d", text) else None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text gives it, and the day that it means."""

    span: Span
    """The words of the date."""
    date: PartialDate
    """What they mean, resolved against the text's own date where they are relative."""
    relative: bool
    """True where the words alone do not tell the day ("on Tuesday")."""


FEASTS = {
    "Christmas Eve": (12, 24), "Christmas Day": (12, 25), "Christmas": (12, 25), "Boxing Day": (12, 26), "New Year's Eve": (12, 31),
    "New Year's Day": (1, 1), "New Year": (1, 1), "Halloween": (10, 31), "May Day": (5, 1), "Valentine's Day": (2, 14),
}  # fmt: skip
"""Days of the year that news calls by name: month and day."""
_WEEKDAY = "(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)[:7]) + ")"
_ABSOLUTE = re.compile(
    rf"\b(?:(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?(?!\d)"
    rf"|{_MONTH.replace('month', 'month2')}\s+{_DAY.replace('day', 'day2')}(?!\d)(?:,?\s+{_YEAR.replace('year', 'year2')})?(?!\d)"
    rf"|{_MONTH.replace('month', 'month3')},?\s+(?:of\s+)?{_YEAR.replace('year', 'year3')}(?!\d)"
    rf"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
    rf"|(?:in|of|since|during|by|until|autumn of|summer of|spring of|winter of)\s+{_YEAR.replace('year', 'year4')}(?![\d,]))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:(?P<last>last|next|this|the\s+(?:previous|following))\s+)?{_WEEKDAY}(?:\s+(?:last|evening|night|morning|afternoon))*\b"
    r"|\b(?P<far>the day before yesterday|the day after tomorrow)\b"
    r"|\b(?P<span>(?:early |late |earlier |later )?(?P<way>last|this|next|the previous|the following)\s+(?P<stretch>week(?!end)|month|year))\b(?![’']s)"
    r"|\b(?P<word>yesterday|today|tonight|tomorrow|last night|the (?:evening|day|night) before|this (?:morning|evening|afternoon))\b"
    r"|\b(?P<count>\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<unit>day|week|month|year)s?\s+(?P<side>ago|earlier|before)\b"
    r"|\b(?:(?:in|since|until|by|during|through|from|end of|start of|beginning of|middle of)\s+(?P<which>early\s+|mid-|late\s+)?|(?:early|late|mid)[\s-])"
    + "(?P<bare>"
    + "|".join(m for m in MONTHS if len(m) > 3 or m == "may")
    + r")\b(?!\s+\d)(?P<whose>\s+(?:of\s+)?(?:last|this|next)\s+year)?"
    + r"|\b(?:by|before|at|on|until|till|since|over|after|for)\s+(?P<feast>"
    + "|".join(sorted((re.escape(name).replace("'", "[’']") for name in FEASTS), key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_SMALL = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "a": 1
}


def find_dates(text: str, anchor: PartialDate | None) -> tuple[DateMention, ...]:
    """Dates in running text, in order. Relative ones ("last Thursday", "on 7 September" without a year) are resolved
    against `anchor`, the day on which the text was published, as news usage has it: a bare weekday is the latest such
    day up to the anchor; without an anchor they are left out."""
    found: list[DateMention] = []
    for match in _ABSOLUTE.finditer(text):
        date_ = _absolute(match, anchor)
        if date_ is not None:
            end = match.end() - (text[match.end() - 1] == "." and not re.match(r"\s+\d", text[match.end() :]))
            found.append(DateMention(Span(match.start(), end), date_, _has_no_year(match)))
    if anchor is not None and anchor.day is not None:
        absolute = [mention.span for mention in found]
        for match in _RELATIVE.finditer(text):
            span = Span(match.start(), match.end())
            at = bisect_right(absolute, span)
            taken = any(span.overlaps(other) for other in absolute[max(0, at - 1) : at + 1])
            date_ = None if taken else _relative(match, anchor, found)
            if date_ is not None:
                found.append(DateMention(span, date_, True))
    return tuple(sorted(found, key=lambda mention: mention.span))


def text_anchor(text: str, published: PartialDate | None) -> PartialDate | None:
    """What dates without a year are resolved against: the publication date, else the one year that the text's full dates
    name; None where they name none or several."""
    if published is not None:
        return published
    years = {
        int(m["year"] or m["year2"] or m["iso"][:4])
        for m in _ABSOLUTE.finditer(text)
        if m["year"] or m["year2"] or m["iso"]
    }
    return PartialDate(years.pop()) if len(years) == 1 else None


def _has_no_year(match: re.Match[str]) -> bool:
    return not (match["iso"] or match["year"] or match["year2"] or match["year3"] or match["year4"])


def _absolute(match: re.Match[str], anchor: PartialDate | None) -> PartialDate | None:
    if match["iso"]:
        return parse_date(match["iso"])
    if match["year4"]:
        return PartialDate(int(match["year4"]))
    month = MONTHS[(match["month"] or match["month2"] or match["month3"]).lower()]
    day = match["day"] or match["day2"]
    year = match["year"] or match["year2"] or match["year3"]
    try:
        if year:
            return PartialDate(int(year), month, int(day) if day else None)
        return _with_year(month, int(day), anchor) if anchor else None
    except ValueError:
        return None


def _with_year(month: int, day: int | None, anchor: PartialDate) -> PartialDate:
    """The year that puts the day nearest to the anchor, the past preferred: news tells mostly of what was."""
    if anchor.month is None:
        return PartialDate(anchor.year, month, day)
    ahead = (month - anchor.month) % 12
    year = anchor.year + (1 if month < anchor.month and ahead <= 3 else 0)
    year -= 1 if month > anchor.month and ahead > 3 else 0
    return PartialDate(year, month, day)


def _relative(match: re.Match[str], anchor: PartialDate, before: list[DateMention]) -> PartialDate | None:
    base = anchor.first_day
    if match["weekday"]:
        back = (base.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
        leading = (match["last"] or "").lower()
        if not leading and _AHEAD.search(match.string[max(0, match.start() - 160) : match.start()]):
            return PartialDate.of(base + timedelta(days=-back % 7))
        if leading == "next" or leading.endswith("following"):
            return PartialDate.of(base + timedelta(days=(7 - back) or 7))
        if leading == "last" or leading.endswith("previous"):
            back = back or 7
        return PartialDate.of(base - timedelta(days=back))
    if match["far"]:
        return PartialDate.of(base + timedelta(days=-2 if "before" in match["far"].lower() else 2))
    if match["span"]:
        return _stretch(base, match["way"].lower().split()[-1], match["stretch"].lower())
    if match["feast"]:
        month, day = FEASTS[next(n for n in FEASTS if n.lower() == match["feast"].lower().replace("’", "'"))]
        return _with_year(month, day, anchor)
    if match["word"]:
        word = match["word"].lower()
        if word.startswith("the "):
            known = [mention for mention in before if mention.date.day and mention.span.end <= match.start()]
            base = known[-1].date.first_day if known else base
        shift = 1 if word == "tomorrow" else -1 if word in {"yesterday", "last night"} or word.startswith("the ") else 0
        return PartialDate.of(base + timedelta(days=shift))
    if match["bare"] and match["bare"][0].islower():
        return None  # "may", "march"
    if match["bare"] and match["whose"]:
        step = {"last": -1, "this": 0}.get(match["whose"].lower().split()[-2], 1)
        return PartialDate(base.year + step, MONTHS[match["bare"].lower()])
    if match["bare"]:
        return _with_year(MONTHS[match["bare"].lower()], None, anchor)
    count = int(match["count"]) if match["count"].isdigit() else _SMALL[match["count"].lower()]
    return _ago(base, count, match["unit"].lower())


_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|expected|scheduled|planned|set|hopes?|wants?|promised?|going|plans?|about)\b(?!\s+have\b)(?![^.!?]*\b(?:said|told|announced|added|reported)\b)"
    r"[^.!?\n]*\b(?:by|until|on|before|from|this|till)\s+$|[’']ll\b[^.!?\n]*\b(?:by|until|on|before|from|till)\s+$",
    re.IGNORECASE,
)
"""Words before a weekday that tell that it is still to come: "would reopen by Friday"."""


def _stretch(base: date, way: str, stretch: str) -> PartialDate | None:
    """The month or the year that "last month" means. A week has no date of its own; it is given as the month in which all
    of it lies, and as None where it lies in two."""
    step = {"last": -1, "previous": -1, "this": 0}.get(way, 1)
    if stretch == "year":
        return PartialDate(base.year + step) if 1 <= base.year + step <= 9999 else None
    if stretch == "month":
        months = base.year * 12 + base.month - 1 + step
        return PartialDate(months // 12, months % 12 + 1)
    monday = base + timedelta(days=7 * step - base.weekday())
    sunday = monday + timedelta(days=6)
    return PartialDate(monday.year, monday.month) if monday.month == sunday.month else None


def _ago(base: date, count: int, unit: str) -> PartialDate | None:
    if unit == "day":
        return PartialDate.of(base - timedelta(days=count))
    if unit == "week":
        return PartialDate.of(base - timedelta(weeks=count)) if count <= 8 else None
    if unit == "month":
        months = base.year * 12 + base.month - 1 - count
        return PartialDate(months // 12, months % 12 + 1)
    return PartialDate(base.year - count) if base.year > count else None


def in_dateline(text: str, span: Span) -> bool:
    """True where a date stands in a dateline ("SAN JUAN, June 14 (AP) —"): it tells when the report was written."""
    line = text.rfind("\n", 0, span.start) + 1
    head, tail = text[line : span.start], text[span.end : span.end + 45]
    return not re.search(r"[.!?]\s|\b[a-z]{4,}\b", head) and bool(
        re.match(r"(?:,?\s+\d{4})?(?:\s*\([^)\n]{1,30}\))?\s*(?:[—–]|-{1,2}\s)", tail)
    )
