"""Hints: what a question says of outlets and dates, and the parts that it can be searched by.

"Does the Velm Gazette article on the ferry claim that ..., while the Orlin Herald reports that ...?" names two outlets
of the collection and has two parts. The outlets are those of the collection at hand, under the names that it gives
them and the short forms that follow from these; no list of names is kept anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.terms import SCAFFOLD, STOP
from index.dates import PartialDate, find_dates
from index.names import fold

PART_WORDS = 3
"""Words that a part has at least; a shorter one joins the next. Four and six measured alike or worse."""
CLAUSE_WORDS = 2
"""Words beside those of framing that a clause has at least to be compared with sentences."""
_NAME_BORDER = re.compile(r"\s+[|–—-]\s+|:\s+")
_DOMAIN = re.compile(r"\.(?:com|org|net|info|co\.uk|co|news|io|tv)$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PART_BORDER = re.compile(
    r"[,;:¦?]|\b(?:while|whereas|but|compared (?:to|with)|in contrast to|which|and|as reported by|according to|after|"
    r"before|between|versus|that)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"T[\d:.]+(?:Z|[+-][\d:]+)?")
"""What follows the day in a moment of ISO 8601."""
# "..., as reported by A and B, ..." speaks of what stands before; "the A article says ..." of what follows.
_CLOSED = re.compile(r"[\"'’”\s]*(?:[,.;?)]|$|(?:and|which|who|that)\b)")
_CREDITED = re.compile(
    r"(?:\b(?:by|to|per|in|on|from|both|and)|,)\s*(?:the\s+)?(?:articles?\s+(?:by|in|from)\s+)?(?:both\s+)?[\"'‘“]*$",
    re.IGNORECASE,
)

Named = tuple[int, int, tuple[str, ...]]
"""Where a text names a publisher: start, end, and the publishers that the words may mean."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two names of outlets."""

    text: str
    """Its words, without dates."""
    publishers: tuple[str, ...]
    """Whose articles it describes, as the collection spells them; empty where that is open."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a question says of the articles that it asks about."""

    publishers: tuple[str, ...]
    """Publishers that it names, as the collection spells them; empty where it names none."""
    dates: tuple[PartialDate, ...]
    """Days and months that it names; a bare year says too little."""
    words: tuple[str, ...]
    """Its words as they are indexed, without the publishers' names."""
    undated: tuple[str, ...]
    """The same without those of days and months: a date tells which article, hardly which sentence."""
    parts: tuple[tuple[str, ...], ...]
    """The words of each part, without those that only frame a question; at least one part where there are words."""
    clauses: tuple[Clause, ...]
    """What it says of the articles, by outlet; empty where it only frames."""


def read_hints(
    text: str, dates: Iterable[PartialDate], publishers: tuple[str, ...], analyse: Callable[[str], Sequence[str]]
) -> Hints:
    """Reads a question.

    Args:
        text: the question.
        dates: that it names.
        publishers: of the collection, as it spells them.
        analyse: a text's words as they are indexed.
    """
    found = named_publishers(text, publishers)
    pieces, undated = _pieces(text, found), _pieces(_without_days(text), found)
    framing = {stem for word in SCAFFOLD | STOP for stem in analyse(word)}
    words = tuple(dict.fromkeys(analyse(" ¦ ".join(pieces))))
    lasting = tuple(dict.fromkeys(analyse(" ¦ ".join(undated))))
    return Hints(
        publishers=tuple(dict.fromkeys(name for _, _, names in found for name in names)),
        dates=tuple(dict.fromkeys(date for date in dates if date.month is not None)),
        words=words,
        undated=lasting or words,
        parts=_parts(" ¦ ".join(undated), framing, analyse) or (lasting or words,),
        clauses=_clauses(text, undated, found, lambda piece: len(set(analyse(piece)) - framing)),
    )


def _pieces(text: str, found: Sequence[Named]) -> list[str]:
    """What stands before, between and after the names."""
    borders = [0, *(place for start, end, _ in found for place in (start, end)), len(text)]
    return [text[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True)]


def _without_days(text: str) -> str:
    """The text with blanks in place of days and months with their year; every other character stays in its place."""
    kept = list(text)
    for mention in find_dates(text, None):
        if mention.date.month is not None:
            time = _TIME.match(text, mention.span.end)
            end = time.end() if time else mention.span.end
            kept[mention.span.start : end] = " " * (end - mention.span.start)
    return "".join(kept)


def _clauses(
    text: str, pieces: Sequence[str], found: Sequence[Named], content: Callable[[str], int]
) -> tuple[Clause, ...]:
    """The pieces with whom they describe: an outlet's name belongs to what follows, or where it closes a clause ("as
    reported by A and B,") to what stands before; pieces between the names of a list have too few words and fall out."""
    whose: list[list[str]] = [[] for _ in pieces]
    told = [content(piece) for piece in pieces]
    for at, (start, end, names) in enumerate(found):
        if _CLOSED.match(text, end) and _CREDITED.search(text[:start]):
            place = next((place for place in range(at, -1, -1) if told[place]), 0)
        else:
            place = next((place for place in range(at + 1, len(pieces)) if told[place]), len(pieces) - 1)
        whose[place] += names
    return tuple(
        Clause(piece.strip(), tuple(dict.fromkeys(names)))
        for piece, names, count in zip(pieces, whose, told, strict=True)
        if count >= CLAUSE_WORDS
    )


def _parts(text: str, framing: set[str], analyse: Callable[[str], Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    parts: list[list[str]] = []
    held: list[str] = []
    for piece in _PART_BORDER.split(text):
        held += [word for word in analyse(piece) if word not in framing]
        if len(held) >= PART_WORDS:
            parts.append(held)
            held = []
    if held and parts:
        parts[-1] += held
    elif held:
        parts.append(held)
    return tuple(tuple(dict.fromkeys(part)) for part in parts)


def named_publishers(text: str, publishers: tuple[str, ...]) -> list[Named]:
    """Where a text names publishers: start, end, and the publishers that the words may mean, in order; of overlapping
    names the longest counts. A name stands there with a capital, or the text has no capitals but its first."""
    aliases = _aliases(publishers)
    words = [(fold(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
    careless = not re.search(r"\s[^\W\da-z_]", text)
    found: list[Named] = []
    at = 0
    while at < len(words):
        for size, names in aliases.get(words[at][0], ()):
            stretch = words[at : at + size[1]]
            if " ".join(word for word, _, _ in stretch) == size[0] and (careless or _capitals(text, stretch)):
                found.append((stretch[0][1], stretch[-1][2], names))
                at += size[1] - 1
                break
        at += 1
    return found


def _capitals(text: str, stretch: Sequence[tuple[str, int, int]]) -> bool:
    return all(not text[start].islower() for _, start, _ in (stretch[0], stretch[-1]))


@lru_cache(maxsize=8)
def _aliases(publishers: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, int], tuple[str, ...]]]]:
    """By an alias's first word, longest alias first: the folded alias and its number of words, and whom it means."""
    known: dict[str, set[str]] = {}
    for name in publishers:
        for alias in short_forms(name):
            words = [fold(word) for word in _WORD.findall(alias)]
            if words:
                known.setdefault(" ".join(words), set()).add(name)
    table: dict[str, list[tuple[tuple[str, int], tuple[str, ...]]]] = {}
    for alias in sorted(known, key=lambda one: (-len(one.split()), one)):
        entry = ((alias, len(alias.split())), tuple(sorted(known[alias])))
        table.setdefault(alias.split()[0], []).append(entry)
    return table


def short_forms(name: str) -> set[str]:
    """A publisher's name and what it is called for short: without its section or motto ("Velm Gazette - Sport"), the
    ending of an address ("velm.com"), and a "The" in front where two words are left."""
    forms = {name, _NAME_BORDER.split(name)[0]}
    forms |= {_DOMAIN.sub("", form) for form in forms}
    forms |= {form[4:] for form in forms if form.lower().startswith("the ") and len(form.split()) > 2}
    return {form.strip() for form in forms if len(form.strip()) > 2}
