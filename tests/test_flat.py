import numpy as np
import pytest

from index.corpus import Corpus
from index.exact import Exact
from index.flat import FlatFile
from tests.index_fakes import CountingEmbedder, make, take


def units(count, seed=0):
    found = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def expected(vectors, query, rows, limit):
    order = sorted(rows, key=lambda row: (-float(vectors[row] @ query), row))
    return [row + 1 for row in order[:limit]]


@pytest.mark.parametrize("chosen", [None, range(0, 50, 10), range(0, 50, 2)], ids=["all", "few", "many"])
@pytest.mark.parametrize("limit", [1, 7, 500])
def test_nearest_is_exact_among_the_rows_chosen(tmp_path, chosen, limit):
    vectors, query = units(50), units(1, seed=1)[0]
    file = FlatFile(tmp_path / "rows", 8)
    file.append((range(1, 31), [1] * 30, vectors[:30]))
    file.append((range(1, 51), [1] * 30 + [2] * 20, vectors))  # those that are there are left out
    rows = file.rows()
    assert rows.keys.tolist() == list(range(1, 51)) and rows.articles.tolist() == [1] * 30 + [2] * 20
    among = None if chosen is None else np.array(chosen)
    found = rows.nearest(query, limit, among)
    assert [key for key, _ in found] == expected(vectors, query, list(chosen or range(50)), limit)


def test_equal_scores_come_in_the_order_of_their_keys(tmp_path):
    file = FlatFile(tmp_path / "rows", 8)
    file.append((range(1, 7), [1] * 6, np.repeat(units(1), 6, axis=0)))
    assert [key for key, _ in file.rows().nearest(units(1)[0], 3)] == [1, 2, 3]


def test_a_row_cut_off_is_not_read_and_is_written_again(tmp_path):
    file, vectors = FlatFile(tmp_path / "rows", 8), units(5)
    file.append((range(1, 6), [1] * 5, vectors))
    whole = file.file.read_bytes()
    file.file.write_bytes(whole[:-3])
    assert file.rows().keys.tolist() == [1, 2, 3, 4]
    file.append((range(1, 6), [1] * 5, vectors))
    assert file.file.read_bytes() == whole
    assert file.rows().differing([1, 5, 6], np.stack([vectors[0], -vectors[4], vectors[1]])) == 2


def test_what_is_mapped_stays_when_the_file_is_rewritten(tmp_path):
    file, vectors = FlatFile(tmp_path / "rows", 8), units(5)
    file.append((range(1, 6), [1] * 5, vectors))
    before = file.rows()
    file.rewrite([([2, 4], [1, 1], vectors[[1, 3]])])
    assert file.rows().keys.tolist() == [2, 4]
    assert np.array_equal(before.vectors, vectors)


def test_only_what_readers_see_is_among_the_rows(tmp_path):
    with Corpus.writing(tmp_path / "i", CountingEmbedder()) as corpus:
        take(corpus, make("a"), make("b"), make("c"))
        take(corpus, make("a", "Changed words came. And more."))
        corpus.remove("b")
        exact = Exact(corpus.stores)
        every, some = exact.among(None), exact.among(["a", "missing"])
        assert every and some
        current = {row[0] for row in corpus.stores.catalogue.rows("SELECT key FROM passages")}
        chosen = every.rows.keys if every.chosen is None else every.rows.keys[every.chosen]
        assert set(chosen.tolist()) == current and every.count == len(current)
        assert some.count == len(corpus.passages("a"))


@pytest.mark.parametrize("harm", ["missing", "short", "other"])
def test_a_file_that_is_harmed_is_done_without_and_made_again(tmp_path, harm):
    folder = tmp_path / "i"
    with Corpus.writing(folder, CountingEmbedder()) as corpus:
        take(corpus, *(make(name) for name in "abcd"))
        file = corpus.stores.flat.file
        answer = [found.passage.id for found in corpus.dense("The harbour master spoke of c", 3)]
    whole = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(whole[:-9] if harm == "short" else whole[:-9] + b"?" * 9)
    if harm != "other":
        with Corpus.open(folder, CountingEmbedder()) as corpus:
            assert [found.passage.id for found in corpus.dense("The harbour master spoke of c", 3)] == answer
    with Corpus.writing(folder, CountingEmbedder()) as corpus:
        assert corpus.repair().vectors == (1 if harm == "other" else 0)
    assert file.read_bytes() == whole


def test_cosines_of_every_passage(tmp_path):
    with Corpus.writing(tmp_path / "i", CountingEmbedder()) as corpus:
        take(corpus, make("a", "The port burned. " * 200), make("b"))
        found = corpus.cosines("the port burned", ["a"])
        assert list(found) == ["a"]
        assert [span for span, _ in found["a"]] == [passage.span for passage in corpus.passages("a")]
        assert len(found["a"]) > 1 and found["a"][0][1] > 0.5
        assert corpus.cosines("the port burned", []) == {}
