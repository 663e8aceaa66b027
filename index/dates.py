"""PartialDate: a date as exactly as it is known; and dates found in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta


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
        return PartialDate(*(int(part) for part in match.groups()))
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
