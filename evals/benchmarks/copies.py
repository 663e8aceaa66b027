"""Which share of common wording makes a copy: `python -m evals.benchmarks.copies --news PATH [--json FILE]`.

Finds the pairs of articles with common wording in a collection and prints, per band of similarity, how many there are,
how
many count as copies, and examples to read. The thresholds of `index.copies` rest on this table.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.article import Article
from index.copies import CopyFinder, Overlap, is_copy, overlap, signature

BANDS = (0.10, 0.15, 0.20, 0.30, 0.40, 0.50, 0.70, 0.90, 1.01)
"""Borders of the bands: the smaller of containment and containment outside quotation marks."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles with common wording."""

    first: Article
    """The one that stands earlier in the file."""
    second: Article
    """The other."""
    overlap: Overlap
    """What they share."""
    copy: bool
    """What `is_copy` says of them."""

    @property
    def likeness(self) -> float:
        """What the bands are of, 0 to 1."""
        return min(self.overlap.containment, self.overlap.outside_quotes)

    @property
    def same_publisher(self) -> bool:
        """True where one outlet published both."""
        return self.first.publisher.casefold() == self.second.publisher.casefold()


def read_articles(path: Path) -> Iterator[Article]:
    """Articles of a .jsonl or .jsonl.gz file with `id`, `title`, `publisher`, `published` and `text`."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article.from_text(
                row["text"],
                id=row["id"],
                title=row.get("title") or "",
                publisher=row.get("publisher") or "",
                published=row.get("published") or None,
            )


def find_pairs(articles: Sequence[Article]) -> list[Pair]:
    """Every pair that the finder proposes, compared in full."""
    by_id = {article.id: article for article in articles}
    finder = CopyFinder()
    pairs = []
    for article in articles:
        sketch = signature(article)
        for other in finder.candidates(sketch):
            before = by_id[other]
            pairs.append(Pair(before, article, overlap(before.text, article.text), is_copy(before, article)))
        finder.add(article.id, sketch)
    return pairs


def table(pairs: Sequence[Pair], examples: int) -> Iterator[str]:
    """Lines to print: a table, then examples of each band."""
    for title, same in (("different publishers", False), ("one publisher", True)):
        yield f"\nPairs of {title}"
        yield f"{'likeness':>12} {'pairs':>6} {'spread':>7} {'copies':>7} {'mean Jaccard':>13}"
        shown: list[str] = []
        for low, high in itertools.pairwise(BANDS):
            band = [pair for pair in pairs if pair.same_publisher == same and low <= pair.likeness < high]
            spread = sum(pair.overlap.spread for pair in band)
            copies = sum(pair.copy for pair in band)
            mean = sum(pair.overlap.jaccard for pair in band) / max(len(band), 1)
            label = f"{low:.2f} - {min(high, 1):.2f}"
            yield f"{label:>12} {len(band):>6} {spread:>7} {copies:>7} {mean:>13.2f}"
            chosen = sorted(band, key=lambda pair: (not pair.overlap.spread, pair.likeness))[:examples]
            shown += [f"  {label}  {_describe(pair)}" for pair in chosen]
        yield from shown


def _describe(pair: Pair) -> str:
    sides = " || ".join(
        f"{side.publisher}, {side.published or 'undated'}: {side.title[:60]}" for side in (pair.first, pair.second)
    )
    mark = "copy" if pair.copy else "    "
    return f"{mark} J {pair.overlap.jaccard:.2f} C {pair.overlap.containment:.2f}  {sides}"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark; 0 when it has run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--news", type=Path, required=True, help="a .jsonl or .jsonl.gz file of articles")
    parser.add_argument("--examples", type=int, default=4, help="pairs to show of each band (default 4)")
    parser.add_argument("--json", type=Path, help="write every pair here")
    arguments = parser.parse_args(argv)
    articles = list(read_articles(arguments.news))
    started = time.perf_counter()
    pairs = find_pairs(articles)
    seconds = time.perf_counter() - started
    print(f"{len(articles)} articles, {len(pairs)} candidate pairs, {seconds:.0f} s")
    for line in table(pairs, arguments.examples):
        print(line)
    if arguments.json:
        rows = [
            {"first": pair.first.id, "second": pair.second.id, "copy": pair.copy, **asdict(pair.overlap)}
            for pair in pairs
        ]
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
