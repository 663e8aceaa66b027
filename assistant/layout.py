"""How text is set in a terminal. Apart from `render.py`, so that `--help` need not load what an answer is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """Escape codes of a terminal; all empty where there is no colour."""

    strong: str = ""
    """Before headings and labels."""
    faint: str = ""
    """Before what matters less."""
    end: str = ""
    """After either."""


PLAIN = Style()
COLOUR = Style(strong="\x1b[1m", faint="\x1b[2m", end="\x1b[0m")


@dataclass(frozen=True, slots=True)
class Layout:
    """How text is set."""

    width: int = 80
    """Longest line, in characters."""
    style: Style = PLAIN
    """Colour, or none."""
    quote_window: int = 320
    """Most characters of one quote; a longer one loses its middle, and shows that it did."""
