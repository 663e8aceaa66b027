"""Cosines by word pieces alone."""

from __future__ import annotations

import numpy as np
import pytest

from index.corpus import Corpus
from index.embedder import HashingEmbedder, MiniLM, load_embedder
from index.rough import Rough
from tests.index_fakes import CountingEmbedder, make, take


@pytest.fixture(scope="module")
def embedder() -> MiniLM:
    found = load_embedder()
    assert isinstance(found, MiniLM)
    return found


@pytest.fixture
def corpus(tmp_path):
    with Corpus.writing(tmp_path / "i", CountingEmbedder()) as corpus:
        take(corpus, make("a", "The mayor said that the bridge was closed. The bridge is old."), make("b"))
        yield corpus


def test_equal_words_are_near_and_rare_ones_nearer(corpus, embedder):
    rough = Rough(corpus.stores.catalogue)
    texts = ["The bridge was closed.", "the bridge was closed", "The volcano was closed.", "A fish swam", ""]
    found = rough.cosines(embedder, ["The bridge was closed.", "volcano"], texts)
    assert found is not None and found.shape == (5, 2) and found.dtype == np.float32
    assert found[0, 0] == pytest.approx(1.0, abs=1e-5) and found[1, 0] > 0.95
    assert found[0, 0] > found[2, 0] > found[3, 0]
    assert found[2, 1] > 0.5 and found[4].tolist() == [0.0, 0.0]


def test_pieces_are_counted_anew_when_something_is_written(corpus, embedder):
    rough = Rough(corpus.stores.catalogue)
    pair = (["the bridge burned"], ["the bridge stood"])
    before = rough.cosines(embedder, *pair)
    take(corpus, *(make(f"n{i}", "It burned. It burned again, and it burned down.") for i in range(20)))
    after = rough.cosines(embedder, *pair)
    assert before is not None and after is not None
    assert after[0, 0] > before[0, 0] + 0.01  # "burned" is common now, so that "bridge" weighs more


def test_an_embedder_without_word_pieces_cannot_tell(corpus):
    assert Rough(corpus.stores.catalogue).cosines(HashingEmbedder(), ["a"], ["b"]) is None
    assert corpus.rough_cosines(["a"], ["b"]) is None


def test_an_empty_index_has_no_rarity(tmp_path, embedder):
    with Corpus.writing(tmp_path / "i", CountingEmbedder()) as corpus:
        found = Rough(corpus.stores.catalogue).cosines(embedder, ["the mayor"], ["the mayor", "fish"])
    assert found is not None and np.isfinite(found).all()
