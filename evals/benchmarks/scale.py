"""How search grows with the collection: `python -m evals.benchmarks.scale [--sizes N ...] [--json FILE] [--plot FILE]`.

Makes an index of each size from made articles (words drawn as often as in English, vectors around some hundreds of
centres), and measures in a process of its own how it opens, searches and what it takes. The time that a query's own
embedding takes is not in the figures: it does not depend on the size. The graph's recall is the share of the ten
nearest that Chroma's graph finds, asked as `index.search` asks it.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.benchmarks.plot import Line, Plot
from evals.benchmarks.records import write_record
from index.article import Article
from index.corpus import Corpus
from index.exact import Exact
from index.flat import Rows
from index.manifest import read_manifest
from index.passages import Passage
from index.prepare import PreparedArticle
from index.spans import Span
from index.stores import Stores
from index.vectors import Vectors

SIZES = (1_000, 10_000, 100_000)
PASSAGES = 8
"""Passages of an article; news articles had 6.7 on average."""
WORDS = 40
"""Words of a passage: a fourth of a real one, so that a large index is made in minutes."""
VOCABULARY = 20_000
CENTRES = 500
SPREAD = 0.9
"""Length of what is added to a centre, beside a centre of length 1: two passages of one centre have a cosine of
about .55."""
QUERIES = 30
PUBLISHERS = 20
"""Equally many articles each, so that a filter by one keeps 5 %."""


class MadeEmbedder:
    """Vectors around some centres, drawn anew for each text."""

    name = "made"
    dimensions = 384
    max_tokens = 256

    def __init__(self, seed: int) -> None:
        self._centres = _units(np.random.default_rng(0).normal(size=(CENTRES, self.dimensions)))
        self._random = np.random.default_rng(seed)

    def count_tokens(self, text: str) -> int:
        """Words of the text."""
        return len(text.split())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384); they have nothing to do with the texts."""
        around = self._random.normal(size=(len(texts), self.dimensions)) * (SPREAD / math.sqrt(self.dimensions))
        return _units(self._centres[self._random.integers(CENTRES, size=len(texts))] + around)


def _units(vectors: NDArray[Any]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def made_words(random: np.random.Generator, count: int) -> list[str]:
    """Words in a text's proportions: the n-th most frequent one as 1/n."""
    ranks = np.minimum(VOCABULARY, np.exp(random.random(count) * math.log(VOCABULARY))).astype(int)
    return [f"w{rank}" for rank in ranks]


def made_articles(passages: int, embedder: MadeEmbedder) -> Iterator[PreparedArticle]:
    """Articles of eight passages each, until there are so many passages."""
    random = np.random.default_rng(2)
    for number in range(math.ceil(passages / PASSAGES)):
        id, parts, at = f"made-{number}", [], 0
        text = ""
        for part in range(min(PASSAGES, passages - number * PASSAGES)):
            words = " ".join(made_words(random, WORDS)) + "."
            parts.append(Passage(f"{id}#{part}", id, Span(at, at + len(words)), words))
            text += words + "\n"
            at = len(text)
        article = Article.from_text(text, id=id, publisher=f"Outlet {number % PUBLISHERS}", published="2020-01-01")
        yield PreparedArticle(article, tuple(parts), embedder.encode([p.text for p in parts]), (), bytes(512))


def make_index(folder: Path, passages: int) -> float:
    """Makes an index of so many passages; gives the seconds."""
    started = time.perf_counter()
    embedder = MadeEmbedder(1)
    with Corpus.writing(folder, embedder) as corpus:
        batch: list[PreparedArticle] = []
        for one in made_articles(passages, embedder):
            batch.append(one)
            if len(batch) == 250:
                corpus.add(batch)
                batch = []
        if batch:
            corpus.add(batch)
    return time.perf_counter() - started


def measure(folder: Path) -> dict[str, Any]:
    """Opening, searching and memory, in a process that has done nothing else; then the graph against exact search."""
    before = resident()
    started = time.perf_counter()
    corpus = Corpus.open(folder, MadeEmbedder(3))
    corpus.dense("first", 10)
    corpus.keyword("w10", 10)
    opening = time.perf_counter() - started
    random = np.random.default_rng(4)
    queries = [" ".join(made_words(random, 8)) for _ in range(QUERIES)]
    one, half = ("Outlet 3",), tuple(f"Outlet {number}" for number in range(PUBLISHERS // 2))
    searches: dict[str, Callable[[str], object]] = {
        "dense": lambda query: corpus.dense(query, 60),
        "dense, 5 % of the articles": lambda query: corpus.dense(query, 60, corpus.article_ids(one)),
        "dense, half of the articles": lambda query: corpus.dense(query, 60, corpus.article_ids(half)),
        "keywords": lambda query: corpus.keyword(query, 60),
        "keywords, 5 % of the articles": lambda query: corpus.keyword(query, 60, corpus.article_ids(one)),
        "keywords, half of the articles": lambda query: corpus.keyword(query, 60, corpus.article_ids(half)),
    }
    medians = {name: median_ms(search, queries) for name, search in searches.items()}
    found: dict[str, Any] = {
        "passages": corpus.status().passages,
        "opening_ms": round(1000 * opening, 1),
        "latency_ms": {name: clock for name, (clock, _) in medians.items()},
        "processor_ms": {name: processor for name, (_, processor) in medians.items()},
        "memory_mb": round(resident() - before, 1),
    }
    generation = corpus.manifest.folder(folder)
    found["disk_mb"] = {
        "catalogue": megabytes(generation.glob("catalogue*")),
        "flat vectors": megabytes(generation.glob("vectors-*/rows.f32")),
        "graph": megabytes(generation.glob("vectors-*/**/*")) - megabytes(generation.glob("vectors-*/rows.f32")),
        "keywords": megabytes(generation.glob("keywords-*/*")),
    }
    found["graph"] = graph_figures(corpus, corpus.article_ids(one))
    corpus.close()
    return found


def graph_figures(corpus: Corpus, few: Sequence[str]) -> dict[str, Any]:
    """Opening time, latency and recall at 10 of Chroma's graph, without a filter and with one."""
    exact = Exact(corpus.stores)
    every, some = exact.among(None), exact.among(few)
    if every is None or some is None or some.chosen is None:
        raise RuntimeError("the index just made lacks vectors")
    started = time.perf_counter()
    graph = Vectors(corpus.stores.path_of("vectors"))
    opening = time.perf_counter() - started
    vectors = MadeEmbedder(5).encode([""] * QUERIES)
    allowed = set(some.rows.keys[some.chosen].tolist())
    asked = min(math.ceil(10 * 2 * every.count / max(1, some.count)) + 20, 2000)
    times = median_ms(lambda _: graph.nearest(vectors[0], 40), [""] * QUERIES)
    plain = filtered = 0
    for query in vectors:
        near = graph.nearest(query, 40)
        plain += len(set(near[:10]) & {key for key, _ in every.rows.nearest(query, 10, every.chosen)})
        kept = [key for key in graph.nearest(query, asked) if key in allowed][:10]
        filtered += len(set(kept) & {key for key, _ in some.rows.nearest(query, 10, some.chosen)})
    graph.close()
    return {
        "opening_ms": round(1000 * opening, 1),
        "latency_ms": times[0],
        "processor_ms": times[1],
        "recall_at_10": round(plain / (10 * QUERIES), 3),
        "recall_at_10_filtered": round(filtered / (10 * QUERIES), 3),
    }


def rows_in(folder: Path) -> Rows:
    """The vectors of an index."""
    manifest = read_manifest(folder)
    stores = Stores(manifest.folder(folder), manifest.dimensions)
    try:
        return stores.flat.rows()
    finally:
        stores.close()


def median_ms(search: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """The median time of a search over some queries, in milliseconds: on the clock, and of the processor (all threads),
    which on a busy machine says more."""
    clock, processor = [], []
    for query in queries:
        began, spent = time.perf_counter(), time.process_time()
        search(query)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return round(1000 * statistics.median(clock), 1), round(1000 * statistics.median(processor), 1)


def resident() -> float:
    """Memory of this process that is no mapped file, in megabytes; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")), 0.0)


def megabytes(files: Iterator[Path]) -> float:
    """Size of files, in megabytes."""
    return round(sum(file.stat().st_size for file in files if file.is_file()) / 2**20, 1)


def rows_of(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The table, a line at a time."""
    lines: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
        ("making the index, s", lambda one: one["making_s"]),
        ("opening, ms", lambda one: one["opening_ms"]),
        ("memory beside mapped files, MB", lambda one: one["memory_mb"]),
    ]
    for name in results[0]["latency_ms"]:
        lines.append((f"{name}, ms", lambda one, name=name: one["latency_ms"][name]))  # type: ignore[misc]
        lines.append(("  of the processor, ms", lambda one, name=name: one["processor_ms"][name]))  # type: ignore[misc]
    for name in results[0]["disk_mb"]:
        lines.append((f"disk, {name}, MB", lambda one, name=name: round(one["disk_mb"][name], 1)))  # type: ignore[misc]
    for name in results[0]["graph"]:
        lines.append((f"graph: {name.replace('_', ' ')}", lambda one, name=name: one["graph"][name]))  # type: ignore[misc]
    yield f"{'passages':<34}" + "".join(f"{one['passages']:>12,}" for one in results)
    for title, value in lines:
        yield f"{title:<34}" + "".join(f"{value(one):>12}" for one in results)


def plot_of(results: Sequence[dict[str, Any]]) -> str:
    """The latencies by size, as SVG: processor time, which does not depend on what else the machine does."""
    chosen = ("dense", "dense, 5 % of the articles", "keywords", "keywords, 5 % of the articles")
    lines = [
        Line(name, tuple((one["passages"], max(0.1, one["processor_ms"][name])) for one in results)) for name in chosen
    ]
    lines.append(Line("graph", tuple((one["passages"], max(0.1, one["graph"]["processor_ms"])) for one in results)))
    return Plot("Processor time of a search, median", "passages", "milliseconds", tuple(lines)).svg()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark; 0 when it has run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="passages of each index")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--plot", type=Path, help="write an SVG of the latencies here")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.measure:
        print(json.dumps(measure(arguments.measure)))
        return 0
    results = []
    for size in sorted(arguments.sizes):
        folder = Path(tempfile.mkdtemp(prefix="scale-"))
        try:
            making = make_index(folder / "index", size)
            command = [sys.executable, "-m", "evals.benchmarks.scale", "--measure", str(folder / "index")]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            results.append({**json.loads(output), "making_s": round(making, 1)})
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"measured {size:,} passages", file=sys.stderr)
        if arguments.json:
            write_record(arguments.json, {"sizes": results})
    for line in rows_of(results):
        print(line)
    if arguments.plot:
        arguments.plot.write_text(plot_of(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
