"""A process that ingests, for tests that kill it: ingest_worker.py FOLDER INDEX. Says what it does, line by line."""

from __future__ import annotations

import sys
from dataclasses import replace

from index import ingest
from index.article import Article
from index.prepare import default_stages


class Tell:
    """Says how many articles are stored; what it said must never be lost."""

    def begin(self, total: int) -> None:
        print("begun", flush=True)

    def step(self, done: int) -> None:
        print("stored", done, flush=True)


def signature(article: Article) -> bytes:
    """The last step before a batch is stored: says that this is about to begin."""
    print("prepared", flush=True)
    return STAGES.signature(article)


STAGES = default_stages()

if __name__ == "__main__":
    ingest.BATCH_CHARACTERS = 2_000  # many batches: most of the time goes into storing them
    told = replace(STAGES, signature=signature)
    report = ingest.ingest_files([sys.argv[1]], sys.argv[2], embedder="hashing", progress=Tell(), stages=told)
    print("finished", len(report.added), len(report.changed), len(report.unchanged), len(report.failed), flush=True)
