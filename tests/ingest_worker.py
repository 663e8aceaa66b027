"""A process that ingests, for tests that kill it: ingest_worker.py FOLDER INDEX. Says "stored N" after each batch."""

from __future__ import annotations

import sys

from index import ingest


class Tell:
    """Says how many articles are stored; what it said must never be lost."""

    def begin(self, total: int) -> None:
        print("begun", flush=True)

    def step(self, done: int) -> None:
        print("stored", done, flush=True)


if __name__ == "__main__":
    ingest.BATCH_CHARACTERS = 2_000  # many batches: most moments are within the storing of one
    report = ingest.ingest_files([sys.argv[1]], sys.argv[2], embedder="hashing", progress=Tell())
    print("finished", len(report.added), len(report.changed), len(report.unchanged), len(report.failed), flush=True)
