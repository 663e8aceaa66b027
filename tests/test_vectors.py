import numpy as np
import pytest

from index.vectors import Vectors, VectorsBroken


def units(count, seed=0):
    found = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_nearest_by_cosine_and_replacing(tmp_path):
    vectors = units(50)
    store = Vectors(tmp_path / "v")
    store.put(list(range(1, 51)), vectors)
    query = units(1, seed=1)[0]
    expected = [int(row) + 1 for row in np.argsort(-(vectors @ query))[:5]]
    assert store.nearest(query, 5) == expected
    store.put([7], -vectors[6:7])
    assert store.count() == 50
    assert np.allclose(store.fetch([7, 99])[7], -vectors[6], atol=1e-6)
    store.delete([*expected, 99])
    assert store.keys() == set(range(1, 51)) - set(expected)
    assert not set(store.nearest(query, 100)) & set(expected)


def test_an_empty_store_finds_nothing(tmp_path):
    assert Vectors(tmp_path / "v").nearest(units(1)[0], 5) == []


def test_a_later_opening_sees_what_was_written_and_disturbs_nobody(tmp_path):
    writer = Vectors(tmp_path / "v")
    writer.put([1], units(1))
    early = Vectors(tmp_path / "v")
    writer.put([2], units(1, seed=2))
    late = Vectors(tmp_path / "v")
    assert late.nearest(units(1, seed=2)[0], 1) == [2]
    late.close()
    assert early.nearest(units(1)[0], 1) == [1]
    writer.put([3], units(1, seed=3))
    assert writer.keys() == {1, 2, 3}


def test_files_that_cannot_be_read_are_told(tmp_path):
    store = Vectors(tmp_path / "v")
    store.put([1], units(1))
    store.close()
    (tmp_path / "v" / "chroma.sqlite3").write_bytes(b"torn" * 1000)
    with pytest.raises(VectorsBroken):
        Vectors(tmp_path / "v").keys()
