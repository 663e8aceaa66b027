"""The timeline as HTML: a line for each report, with its event, statement and publication dates apart.

Marks are placed in per cent, so that the plot fits a phone and a wide screen alike, and its text keeps its size.
"""

from __future__ import annotations

from html import escape

from assistant.chat.axis import Axis, axis_of, days_words
from assistant.chat.parts import shortened
from assistant.dossier import DateKind, Dossier, Point, Role, Row
from assistant.render import UNKNOWN_PUBLISHER, date_words

LINES = 40
"""Most lines that are drawn; further ones stand in the table alone."""
QUOTE = 240
"""Most characters of a quote that a mark shows."""
KIND_WORDS = {
    DateKind.EVENT: "Happened",
    DateKind.STATEMENT: "Said",
    DateKind.PUBLICATION: "Published",
}
ROLE_NAMES = {
    Role.REPORT: "report",
    Role.DENIAL: "denial",
    Role.RELATED_DENIAL: "denial of a related claim",
    Role.RETRACTION: "withdrawal or correction",
}
_SHAPES = {
    "event": '<path d="M8 2.5 13.5 8 8 13.5 2.5 8Z" fill="var(--sheet)" stroke="currentColor" stroke-width="1.6"/>',
    "statement": '<circle cx="8" cy="8" r="4.6" fill="var(--sheet)" stroke="currentColor" stroke-width="1.6"/>',
    "report": '<circle cx="8" cy="8" r="5.6" fill="currentColor"/>',
    "denial": '<path d="M3 3 13 13M13 3 3 13" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>',
    "related-denial": '<circle cx="8" cy="8" r="6" fill="var(--sheet)" stroke="currentColor" stroke-width="1.4"/>'
    '<path d="M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6" stroke="currentColor" stroke-width="1.6"/>',
    "retraction": '<path d="M8 2 14.2 13.4H1.8Z" fill="currentColor"/>',
}


def timeline(found: Dossier, turn: int) -> str:
    """The plot with its legend, and the same as a table."""
    if not found.points:
        return f'<p class="none">No date is known for what bears on this claim.</p>{_table(found)}'
    axis = axis_of([day for point in found.points for day in (point.first_day, point.last_day)])
    by_row: dict[int, list[Point]] = {}
    for point in found.points:
        by_row.setdefault(point.row, []).append(point)
    lines = "".join(
        _line(found.rows[place], place, turn, by_row.get(place, []), axis)
        for place in range(min(len(found.rows), LINES))
    )
    more = len(found.rows) - LINES
    rest = f'<p class="faint">{more} more stand in the table below.</p>' if more > 0 else ""
    cut = ""
    if axis.cut is not None:
        cut = f'<p class="faint">The line is cut at //: {days_words(axis.left_out)} without a date are left out.</p>'
    return (
        f'<div class="plot" role="group" aria-label="Timeline">{_axis(axis)}<ol class="lines">{lines}</ol></div>'
        f"{_legend(found)}{cut}{rest}{_table(found)}"
    )


def _axis(axis: Axis) -> str:
    ticks = "".join(f'<span class="tick" style="left:{tick.place}%">{tick.label}</span>' for tick in axis.ticks)
    cut = f'<span class="cut" style="left:{axis.cut:.2f}%">//</span>' if axis.cut is not None else ""
    return f'<div class="axis" aria-hidden="true"><div class="track">{ticks}{cut}</div></div>'


def _line(row: Row, place: int, turn: int, points: list[Point], axis: Axis) -> str:
    kinds = [kind for kind in DateKind if any(point.kind is kind for point in points)]
    marks = "".join(_point(point, row, (place, turn, kinds.index(point.kind)), axis) for point in points)
    if points:
        first = min(axis.place(point.first_day) for point in points)
        last = max(axis.place(point.last_day) for point in points)
        marks = f'<span class="span" style="left:{first}%;width:{round(last - first, 2)}%"></span>{marks}'
    else:
        marks = '<span class="undated">no date</span>'
    who = f"<span class='by'>{escape(shortened(row.who, 60))}</span>" if row.who != row.publisher else ""
    return (
        f'<li class="line {row.role}"><p class="label"><strong>'
        f"{escape(shortened(row.publisher or UNKNOWN_PUBLISHER, 40))}</strong>{who}"
        f"<span class='what'>{ROLE_NAMES[row.role]}</span></p>"
        f'<div class="track" style="--lanes:{max(1, len(kinds))}">{marks}</div></li>'
    )


def _point(point: Point, row: Row, at: tuple[int, int, int], axis: Axis) -> str:
    """A mark; `at` is the row's place, the turn, and which of the line's heights it stands on: a day that two dates
    share has a mark on each."""
    place, turn, lane = at
    first, last = axis.place(point.first_day), axis.place(point.last_day)
    shape = str(point.kind) if point.kind is not DateKind.PUBLICATION else str(point.role)
    when = f"{KIND_WORDS[point.kind]}: {date_words(point.when)}"
    said = f"{row.publisher or UNKNOWN_PUBLISHER}, {row.who}: “{shortened(row.quote, QUOTE)}”"
    vague = (
        f'<span class="range {point.kind}" style="left:{first}%;width:{round(last - first, 2)}%;--lane:{lane}"></span>'
        if last > first
        else ""
    )
    return (
        f'{vague}<button type="button" class="point {point.kind} {point.role}" data-open="{place}" data-turn="{turn}" '
        f'style="left:{round((first + last) / 2, 2)}%;--lane:{lane}" '
        f'data-tip-title="{escape(when)}" data-tip="{escape(said)}" '
        f'aria-label="{escape(when)}. {escape(said)}">{shape_svg(shape)}</button>'
    )


def shape_svg(name: str) -> str:
    """A mark of the plot, 16 pixels square, in the colour of its text."""
    return f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{_SHAPES[name]}</svg>'


def _legend(found: Dossier) -> str:
    kinds = {point.kind for point in found.points}
    roles = {point.role for point in found.points if point.kind is DateKind.PUBLICATION}
    entries = []
    if DateKind.EVENT in kinds:
        entries.append(("event event", "event", "when it happened"))
    if DateKind.STATEMENT in kinds:
        entries.append(("event", "statement", "when it was said"))
    entries += [(str(role), str(role), f"{ROLE_NAMES[role]} published") for role in Role if role in roles]
    items = "".join(f'<li class="{kind}">{shape_svg(shape)} {words}</li>' for kind, shape, words in entries)
    return f'<ul class="legend" aria-label="What the marks mean">{items}</ul>'


def _table(found: Dossier) -> str:
    if not found.rows:
        return ""
    rows = "".join(
        f"<tr><td>{escape(row.publisher or UNKNOWN_PUBLISHER)}</td><td>{escape(row.who)}</td>"
        f"<td>{ROLE_NAMES[row.role]}</td>"
        + "".join(f"<td>{escape(date_words(when))}</td>" for when in (row.happened, row.said, row.reported))
        + "</tr>"
        for row in found.rows
    )
    return (
        '<details class="words"><summary>The same as a table</summary><div class="scroller" tabindex="0" role="region" '
        'aria-label="Dates as a table"><table><thead><tr><th scope="col">Publisher</th><th scope="col">Who</th>'
        '<th scope="col">What</th><th scope="col">Happened</th><th scope="col">Said</th>'
        f'<th scope="col">Published</th></tr></thead><tbody>{rows}</tbody></table></div></details>'
    )
