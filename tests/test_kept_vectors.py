"""Vectors of texts embedded lately."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedder import HashingEmbedder
from index.kept_vectors import KeptVectors


class Counting(HashingEmbedder):
    """Notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return super().encode(texts)


def test_each_text_is_embedded_once_and_comes_in_the_order_asked() -> None:
    embedder = Counting()
    vectors = KeptVectors(embedder)
    vectors.encode(["a ferry", "a dam", "a ferry"])
    found = vectors.encode(["a strike", "a ferry"])
    assert embedder.asked == [["a ferry", "a dam"], ["a strike"]]
    np.testing.assert_array_equal(found, HashingEmbedder().encode(["a strike", "a ferry"]))


def test_no_texts_give_no_rows() -> None:
    assert KeptVectors(HashingEmbedder()).encode([]).shape == (0, 256)


def test_no_more_are_kept_than_said() -> None:
    embedder = Counting()
    vectors = KeptVectors(embedder, most=3)
    vectors.encode(["a", "b"])
    np.testing.assert_array_equal(vectors.encode(["b", "c", "d"]), HashingEmbedder().encode(["b", "c", "d"]))
    assert embedder.asked == [["a", "b"], ["b", "c", "d"]]
