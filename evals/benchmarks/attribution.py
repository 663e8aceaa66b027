"""How well sources, cues and contents are found, on PolNeAR: `python -m evals.benchmarks.attribution --polnear DIR`.

What is compared. Gold: the attributions of a file of PolNeAR. Found: the statements of `read_statements` that have a
source or a cue; what an article says in its own voice is left out. A *unit* is all that one attribution has of one
role, broken spans together. Each role is scored on its own set of units, as Citron does, whichever attribution they
are of; equal units of one text count once, for a source may have two cues. A role that an attribution lacks makes no
unit.

How. Micro-averaged over all texts; a token is a word or a mark. Marks and white space at the ends of each span do not
count.

- exact: the units have the same tokens.
- overlap: the units share a token, one gold unit to one found unit at most; the pairs that share most go first.
- token: tokens under any unit of the role, in gold and found.
- whole: source, cue and content of one attribution all exact; one that lacks a role lacks it on both sides.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.benchmarks.records import read_records, write_record
from evals.report import Row, table
from index.article import Article
from index.errors import CorroborateError, SettingsError
from index.spans import Span
from index.statements import Statement
from index.tagger import Attribution

if TYPE_CHECKING:
    from index.tagger import Tagger

ROLES = ("source", "cue", "content")
MEASURES = ("exact", "overlap", "token")
_TOKEN = re.compile(r"\w+|[^\w\s]")

Unit = frozenset[int]
"""Offsets of the first characters of its tokens."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Units, tokens or attributions."""

    gold: int = 0
    """How many there are."""
    found: int = 0
    """How many were found, right or wrong."""
    right: int = 0
    """How many of those found are gold."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.gold + other.gold, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """Right out of found, 0 to 1; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right out of gold, 0 to 1; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, 0 to 1."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


Scores = dict[tuple[str, str], Counts]
"""By role (and "whole") and measure."""


def unit(text: str, spans: Iterable[Span]) -> Unit:
    """The tokens under the spans, without the marks at the ends of each; a span of marks alone keeps them."""
    kept: set[int] = set()
    for span in spans:
        tokens = [(match.start(), match.group()) for match in _TOKEN.finditer(text, span.start, span.end)]
        words = [at for at, (_, token) in enumerate(tokens) if token[0].isalnum() or token[0] == "_"]
        if words:
            tokens = tokens[words[0] : words[-1] + 1]
        kept.update(start for start, _ in tokens)
    return frozenset(kept)


def matched(gold: Sequence[Unit], found: Sequence[Unit]) -> int:
    """How many pairs of one gold and one found unit share a token; each unit is in one pair at most."""
    holders: dict[int, list[int]] = {}
    for at, one in enumerate(gold):
        for token in one:
            holders.setdefault(token, []).append(at)
    pairs = []
    for at, one in enumerate(found):
        shared = Counter(holder for token in one for holder in holders.get(token, ()))
        pairs += [(-size, len(gold[holder] | one), holder, at) for holder, size in shared.items()]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, _, holder, at in sorted(pairs):
        if holder not in taken_gold and at not in taken_found:
            taken_gold.add(holder)
            taken_found.add(at)
    return len(taken_gold)


def score_text(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Scores:
    """The counts of one text, for every role and measure, and for whole attributions."""
    scores: Scores = {}
    for role in ROLES:
        left, right = (_units(text, side, role) for side in (gold, found))
        scores[role, "exact"] = Counts(len(left), len(right), len(left & right))
        pairs = matched(sorted(left, key=sorted), sorted(right, key=sorted))
        scores[role, "overlap"] = Counts(len(left), len(right), pairs)
        here, there = (frozenset[int]().union(*units) for units in (left, right))
        scores[role, "token"] = Counts(len(here), len(there), len(here & there))
    wholes = [
        Counter(tuple(unit(text, getattr(one, role)) for role in ROLES) for one in side) for side in (gold, found)
    ]
    scores["whole", "exact"] = Counts(wholes[0].total(), wholes[1].total(), (wholes[0] & wholes[1]).total())
    return scores


def _units(text: str, side: Iterable[Attribution], role: str) -> set[Unit]:
    return {unit(text, getattr(one, role)) for one in side} - {frozenset()}


def added(parts: Iterable[Scores]) -> Scores:
    """The counts of several texts together."""
    total: Scores = {}
    for part in parts:
        for key, counts in part.items():
            total[key] = total.get(key, Counts()) + counts
    return total


def from_statements(statements: Iterable[Statement]) -> tuple[Attribution, ...]:
    """The attributions that the statements stand for; those in the article's own voice are left out."""
    return tuple(
        Attribution(
            source=(statement.source_span,) if statement.source_span else (),
            cue=(statement.cue_span,) if statement.cue_span else (),
            content=statement.content_spans,
        )
        for statement in statements
        if statement.source_span or statement.cue_span
    )


def from_record(record: dict[str, Any]) -> tuple[Attribution, ...]:
    """The gold attributions of one line of the data set."""
    return tuple(
        Attribution(*(tuple(Span(start, end) for start, end in one[role]) for role in ROLES))
        for one in record["attributions"]
    )


def score_table(scores: Scores) -> str:
    """Precision, recall and F1 in per cent, a line for each role and measure."""
    keys = [(role, measure) for role in ROLES for measure in MEASURES] + [("whole", "exact")]
    rows: list[Row] = []
    for key in keys:
        counts = scores[key]
        shares = (f"{100 * share:.1f}" for share in (counts.precision, counts.recall, counts.f1))
        rows.append((" ".join(key), *shares, counts.gold, counts.found))
    return table(("", "P", "R", "F1", "gold", "found"), rows)


def load_tagger(name: str) -> Tagger | None:
    """The tagger of that name; None for the one that the product takes by itself."""
    from index.tagger import load_tagger as load

    return None if name == "default" else load(name)


def run(
    records: Iterable[dict[str, Any]], read: Callable[[Article], Iterable[Statement]]
) -> tuple[Scores, dict[str, Any]]:
    """Scores `read` on the records; with the scores, what was read: articles, characters, seconds in `read`."""
    parts, characters, seconds = [], 0, 0.0
    for record in records:
        article = Article.from_text(record["text"], id=record["id"])
        started = time.perf_counter()
        statements = tuple(read(article))
        seconds += time.perf_counter() - started
        characters += len(article.text)
        parts.append(score_text(article.text, from_record(record), from_statements(statements)))
    return added(parts), {"articles": len(parts), "characters": characters, "seconds": round(seconds, 2)}


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table; exit code 0, or 2 where the data cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.attribution", description=__doc__.split("\n")[0])
    parser.add_argument("--polnear", required=True, metavar="DIR", help="the folder with dev.jsonl.gz")
    parser.add_argument("--split", default="dev", metavar="NAME", help="which file of the folder (default: dev)")
    parser.add_argument(
        "--tagger", default="default", choices=("default", "rules", "model", "both"), help="default: what `ingest` uses"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="the first N articles only")
    parser.add_argument("--json", metavar="FILE", help="write the table as JSON too")
    arguments = parser.parse_args(argv)
    try:
        return _main(arguments)
    except CorroborateError as error:
        print(f"attribution: {error}", file=sys.stderr)
        return 2


def _main(arguments: argparse.Namespace) -> int:
    records = list(islice(read_records(Path(arguments.polnear) / f"{arguments.split}.jsonl.gz"), arguments.limit))
    if not records:
        raise SettingsError(f"{arguments.polnear}: found no article to score; expected at least one")
    from index.attribution import read_statements

    tagger = load_tagger(arguments.tagger)
    scores, meta = run(records, lambda article: read_statements(article, tagger))
    print(score_table(scores))
    print(
        f"\ntagger {arguments.tagger}; {meta['articles']} articles of {arguments.split}; "
        f"{meta['seconds']:.1f} s, {meta['articles'] / max(meta['seconds'], 0.01):.1f} articles a second"
    )
    if arguments.json:
        rows = {
            f"{role} {measure}": {
                "precision": round(counts.precision, 4),
                "recall": round(counts.recall, 4),
                "f1": round(counts.f1, 4),
                "gold": counts.gold,
                "found": counts.found,
                "right": counts.right,
            }
            for (role, measure), counts in scores.items()
        }
        record = {"benchmark": "attribution", "split": arguments.split, "tagger": arguments.tagger, **meta}
        write_record(Path(arguments.json), {**record, "scores": rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
