"""Plot: lines over logarithmic axes as plain SVG. A plotting library for one picture would be ten times what the rest
of the benchmarks needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 230, 40, 50
_COLOURS = ("#1b6ca8", "#6fb1dd", "#b5542b", "#e3a37f", "#3d7a4b", "#8a5ba6")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot."""

    name: str
    """Shown in the legend."""
    points: tuple[tuple[float, float], ...]
    """Both coordinates above 0."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over two logarithmic axes."""

    title: str
    """Above the plot."""
    across: str
    """What the horizontal axis shows."""
    up: str
    """What the vertical axis shows."""
    lines: tuple[Line, ...]
    """At least one, with at least one point."""

    def svg(self) -> str:
        """The picture, as text."""
        xs = [x for line in self.lines for x, _ in line.points]
        ys = [y for line in self.lines for _, y in line.points]
        left, right = _powers(xs)
        low, high = _powers(ys)

        def place(x: float, y: float) -> tuple[float, float]:
            across = (math.log10(x) - left) / (right - left)
            up = (math.log10(y) - low) / (high - low)
            return (
                round(_LEFT + across * (_WIDTH - _LEFT - _RIGHT), 1),
                round(_HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM), 1),
            )

        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
            f'font-size="12"><rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
            f'<text x="{_LEFT}" y="24" font-size="15">{escape(self.title)}</text>',
            f'<text x="{_LEFT}" y="{_HEIGHT - 10}">{escape(self.across)}</text>',
            f'<text x="14" y="{_HEIGHT - _BOTTOM}" transform="rotate(-90 14 {_HEIGHT - _BOTTOM})">'
            f"{escape(self.up)}</text>",
        ]
        for power in range(left, right + 1):
            x, _ = place(10**power, 10**low)
            parts.append(_stroke((x, _TOP), (x, _HEIGHT - _BOTTOM)))
            parts.append(f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{10**power:,}</text>')
        for power in range(low, high + 1):
            _, y = place(10**left, 10**power)
            parts.append(_stroke((_LEFT, y), (_WIDTH - _RIGHT, y)))
            parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{10**power:g}</text>')
        for number, line in enumerate(self.lines):
            colour = _COLOURS[number % len(_COLOURS)]
            spots = [place(x, y) for x, y in line.points]
            path = " ".join(f"{x},{y}" for x, y in spots)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts.extend(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in spots)
            y = _TOP + 10 + 20 * number
            parts.append(f'<rect x="{_WIDTH - _RIGHT + 14}" y="{y - 8}" width="12" height="8" fill="{colour}"/>')
            parts.append(f'<text x="{_WIDTH - _RIGHT + 32}" y="{y}">{escape(line.name)}</text>')
        return "\n".join([*parts, "</svg>"]) + "\n"


def _powers(values: list[float]) -> tuple[int, int]:
    """The powers of ten around some values, never the same one twice."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _stroke(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" stroke="#dddddd"/>'
