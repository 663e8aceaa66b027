"""Axis: days to places on a line. A gap that would press all else together is cut. Pure functions."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MARGIN = 5.0
"""Per cent of the line that stay free at either end."""
PRESSED = 5
"""The widest gap is cut where it is more than so many times as long as all the rest."""
CUT_SHARE = 0.36
"""Share of the line that a cut gap keeps."""
TICKS = 4
"""Most ticks; more would run into each other on a phone."""
APART = 25.0
"""Per cent of the line by which ticks stand apart at least: a label of a day with its year."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with a label."""

    place: float
    """Per cent of the line, 0 to 100."""
    label: str
    """The day; with its year where that is not the tick's before."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From days to places. Between two knots it is even."""

    knots: tuple[tuple[int, float], ...]
    """(day's ordinal, per cent), both rising; two or more."""
    cut: float | None = None
    """Where a gap is cut, in per cent; None where none is."""
    left_out: int = 0
    """Days between the two sides of the cut; 0 without one."""

    def place(self, day: date) -> float:
        """Per cent of the line, 0 to 100."""
        number = day.toordinal()
        at = min(max(1, bisect_right([knot[0] for knot in self.knots], number)), len(self.knots) - 1)
        (before, start), (after, end) = self.knots[at - 1], self.knots[at]
        return round(min(100.0, max(0.0, start + (end - start) * (number - before) / (after - before))), 2)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Days to label, evenly chosen, none close to another."""
        found: list[Tick] = []
        year = 0
        for day in self._days():
            place = self.place(day)
            if found and place - found[-1].place < APART:
                continue
            label = f"{day.day} {day:%b}" + (f" {day.year}" if day.year != year else "")
            year = day.year
            found.append(Tick(place, label))
        return tuple(found)

    def _days(self) -> list[date]:
        """Candidates: the ends of each stretch, and days between them."""
        days: set[int] = set()
        stretches = list(zip(self.knots, self.knots[1:], strict=False))
        whole = sum(end - start for (_, start), (_, end) in stretches)
        for (before, start), (after, end) in stretches:
            if self.cut is not None and start < self.cut < end:
                days |= {before, after}
                continue
            number = max(1, round((TICKS - 1) * (end - start) / whole))
            step = max(1, (after - before) // number)
            days |= {*range(before, after, step), after}
        return [date.fromordinal(day) for day in sorted(days)]


def axis_of(days: Sequence[date]) -> Axis:
    """The axis over some days, at least one."""
    found = sorted({day.toordinal() for day in days})
    if len(found) == 1:
        only = found[0]
        return Axis(((only - 1, 0.0), (only + 1, 100.0)))
    gaps = [(after - before, at) for at, (before, after) in enumerate(itertools.pairwise(found))]
    widest, at = max(gaps)
    rest = found[-1] - found[0] - widest
    if len(found) == 2 or widest <= PRESSED * max(rest, 1) or widest <= 30:
        return Axis(((found[0], MARGIN), (found[-1], 100.0 - MARGIN)))
    room = (100.0 - 2 * MARGIN) * (1 - CUT_SHARE)
    left = max(0.12, min(0.88, (found[at] - found[0]) / rest)) if rest else 0.5
    before, after = MARGIN + room * left, 100.0 - MARGIN - room * (1 - left)
    knots = [(found[0], MARGIN), (found[at], before), (found[at + 1], after), (found[-1], 100.0 - MARGIN)]
    if found[at] == found[0]:
        knots = [(found[0], MARGIN), (found[at + 1], MARGIN + (100.0 - 2 * MARGIN) * CUT_SHARE), knots[-1]]
    if found[at + 1] == found[-1]:
        knots = [(found[0], MARGIN), (found[at], 100.0 - MARGIN - (100.0 - 2 * MARGIN) * CUT_SHARE), knots[-1]]
    start, end = next((one[1], two[1]) for one, two in itertools.pairwise(knots) if two[0] - one[0] == widest)
    return Axis(tuple(knots), (start + end) / 2, widest)


def days_words(days: int) -> str:
    """ "40 days", "7 months", "3 years"."""
    if days < 90:
        return f"{days} days"
    if days < 730:
        return f"{round(days / 30.4)} months"
    return f"{round(timedelta(days=days) / timedelta(days=365.25))} years"
