"""KeptVectors: an embedder that remembers the texts it embedded lately."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder

KEPT = 20_000
"""Texts whose vectors are kept, about 2 kB each. One question embeds some two hundred: itself, the best sentences of
passages and of articles (often the same ones), paragraphs."""


class KeptVectors:
    """Vectors of texts, each computed once. For several threads: at worst two of them compute one twice."""

    def __init__(self, embedder: Embedder, most: int = KEPT) -> None:
        self._embedder = embedder
        self._most = most
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions); those that are new in one batch."""
        known = self._known
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        if len(known) + len(missing) > self._most:
            known = self._known = {}
            missing = list(dict.fromkeys(texts))
        if missing:
            known.update(zip(missing, self._embedder.encode(missing), strict=True))
        if not texts:
            return np.zeros((0, self._embedder.dimensions), np.float32)
        return np.stack([known[text] for text in texts])
