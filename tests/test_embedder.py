import numpy as np
import pytest

from index.embedder import HashingEmbedder, canonical_name, check_weights, installed_weights, load_embedder
from index.errors import SettingsError

TEXTS = [
    "Who first reported the airlift?",
    "",
    "Zürich’s “harbour” – 3,000 people, said the mayor. " * 40,
    "The Gazette | 2024-03-02 | Fire at the port\nThe fire began at dawn.",
    "短い文",
]


@pytest.fixture(scope="module")
def embedder():
    return load_embedder()


def test_vectors_equal_those_of_sentence_transformers(embedder):
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(installed_weights()))
    assert reference.max_seq_length == embedder.max_tokens
    expected = reference.encode(TEXTS, normalize_embeddings=True)
    together = embedder.encode(TEXTS)  # in bfloat16 where the processor computes in it
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS])
    assert together.dtype == np.float32 and together.shape == (len(TEXTS), embedder.dimensions)
    assert (together * expected).sum(1).min() > 0.9999
    assert (alone * expected).sum(1).min() > 0.999999


def test_texts_that_share_a_row_do_not_see_each_other(embedder):
    texts = [f"{'very ' * (7 * n % 140)}long report number {n}" for n in range(60)] + ["", "ship"]
    together = embedder.encode(texts)
    alone = np.concatenate([embedder.encode([text]) for text in texts])
    assert (together * alone).sum(1).min() > 0.9999
    assert (embedder.encode(texts[::-1])[::-1] * together).sum(1).min() > 0.9999


def test_tokens_are_counted_without_special_ones_and_beyond_the_window(embedder):
    assert embedder.count_tokens("") == 0
    assert embedder.count_tokens("the fire") == 2
    assert embedder.count_tokens("fire " * 1000) == 1000


def test_weights_other_than_the_official_ones_are_refused(tmp_path):
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"altered")
    with pytest.raises(SettingsError, match=r"have SHA-256 .*; the official ones have 53aa5117.*pip install"):
        check_weights(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        check_weights(tmp_path / "missing")


def test_a_model_by_folder_is_loaded_by_sentence_transformers(embedder):
    other = load_embedder(str(installed_weights()))
    assert (other.dimensions, other.max_tokens) == (384, 256)
    assert other.name == canonical_name(str(installed_weights()))
    assert other.count_tokens(TEXTS[3]) == embedder.count_tokens(TEXTS[3])
    assert (other.encode(TEXTS) * embedder.encode(TEXTS)).sum(1).min() > 0.9999
    assert other.encode([]).shape == (0, 384)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_a_model_is_a_clear_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match=rf"{name}' cannot be loaded: .*\"hashing\""):
        load_embedder(str(tmp_path / name))


def test_the_default_one_has_one_name():
    assert canonical_name("sentence-transformers/all-MiniLM-L6-v2") == "all-MiniLM-L6-v2"


def test_hashing_gives_unit_vectors_that_are_near_where_words_are_shared():
    embedder = load_embedder("hashing")
    assert isinstance(embedder, HashingEmbedder)
    vectors = embedder.encode(["Fire at the port", "the port: FIRE!", "Budget talks fail", "", "?!"])
    assert vectors.shape == (5, embedder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert vectors[0] @ vectors[1] > 0.8 > 0.4 > vectors[0] @ vectors[2]
    assert embedder.count_tokens("the port: fire") == 4
