"""Scores of a tagger's attributions against gold ones, by role and whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from index.spans import Span
from index.tagger import Attribution

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 between 0 and 1 by role; every number is over all texts together."""

    exact: dict[str, float]
    """The same characters, white space and marks at the ends left out; an attribution's content is one unit."""
    overlap: dict[str, float]
    """A found unit shares a token with a gold one; each is matched once."""
    token: dict[str, float]
    """Tokens under any unit of the role."""
    whole: float
    """All three roles exact."""

    @property
    def goal(self) -> float:
        """One number to choose by: the mean of exact scores, content overlap and whole attributions."""
        return (sum(self.exact.values()) + self.overlap["content"] + self.whole) / 5

    def __str__(self) -> str:
        rows = [
            f"{role:8} exact {100 * self.exact[role]:.1f} overlap {100 * self.overlap[role]:.1f} "
            f"token {100 * self.token[role]:.1f}"
            for role in ROLES
        ]
        return "\n".join([*rows, f"whole    exact {100 * self.whole:.1f}"])


def _unit(text: str, spans: tuple[Span, ...]) -> frozenset[int]:
    """Starts of the tokens under the spans; marks at the ends of each are left out where anything else remains."""
    found: set[int] = set()
    for span in spans:
        tokens = [(match.start(), match.group()) for match in _TOKEN.finditer(text, span.start, span.end)]
        solid = [place for place, (_, token) in enumerate(tokens) if token[0].isalnum() or token[0] == "_"]
        if solid:
            tokens = tokens[solid[0] : solid[-1] + 1]
        found.update(start for start, _ in tokens)
    return frozenset(found)


def _f1(right: float, made: float, gold: float) -> float:
    return 2 * right / (made + gold) if made + gold else 0.0


def _matched(gold: list[frozenset[int]], made: list[frozenset[int]]) -> int:
    """Pairs that share a token, the largest shares first, each unit once."""
    pairs = sorted(
        ((len(left & right) / len(left | right), i, j) for i, left in enumerate(gold) for j, right in enumerate(made)
         if left & right),
        reverse=True,
    )  # fmt: skip
    used_gold: set[int] = set()
    used_made: set[int] = set()
    for _, i, j in pairs:
        if i not in used_gold and j not in used_made:
            used_gold.add(i)
            used_made.add(j)
    return len(used_gold)


def score_texts(texts: list[tuple[str, tuple[Attribution, ...], tuple[Attribution, ...]]]) -> Scores:
    """Scores over texts, each with its gold and its found attributions. A role's equal units in a text count once."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, gold, made in texts:
        rows = [[tuple(_unit(text, getattr(each, role)) for role in ROLES) for each in side] for side in (gold, made)]
        for place, role in enumerate(ROLES):
            left, right = ({row[place] for row in side} - {frozenset()} for side in rows)
            counts[role, "gold"] += len(left)
            counts[role, "made"] += len(right)
            counts[role, "exact"] += len(left & right)
            counts[role, "overlap"] += _matched(sorted(left, key=sorted), sorted(right, key=sorted))
            here, there = frozenset().union(*left), frozenset().union(*right)
            counts[role, "token gold"] += len(here)
            counts[role, "token made"] += len(there)
            counts[role, "token both"] += len(here & there)
        counts["whole", "gold"] += len(rows[0])
        counts["whole", "made"] += len(rows[1])
        counts["whole", "both"] += (Counter(rows[0]) & Counter(rows[1])).total()
    return Scores(
        exact={r: _f1(counts[r, "exact"], counts[r, "made"], counts[r, "gold"]) for r in ROLES},
        overlap={r: _f1(counts[r, "overlap"], counts[r, "made"], counts[r, "gold"]) for r in ROLES},
        token={r: _f1(counts[r, "token both"], counts[r, "token made"], counts[r, "token gold"]) for r in ROLES},
        whole=_f1(counts["whole", "both"], counts["whole", "made"], counts["whole", "gold"]),
    )
