import pytest
from index_fakes import STAGES, CountingEmbedder, make, take

from index.corpus import Corpus
from index.embedder import HashingEmbedder
from index.errors import IndexMissing
from index.rebuild import rebuild_index


@pytest.fixture
def folder(tmp_path):
    class Older(HashingEmbedder):
        name = "older"
        dimensions = 8

        def encode(self, texts):
            found = HashingEmbedder().encode(texts)[:, :8] + 1e-3
            return found / (found**2).sum(1, keepdims=True) ** 0.5

    with Corpus.writing(tmp_path / "index", Older()) as corpus:
        take(corpus, make("a", "Same words."), make("b", "Same words."), make("c"))
        corpus.edit("c", publisher="The Post", stages=STAGES)
    return tmp_path / "index"


def test_all_articles_are_kept_under_the_new_embedder(folder):
    with Corpus.open(folder, None) as reader:
        before = list(reader.articles())
        assert rebuild_index(folder, embedder="hashing", stages=STAGES) == 3
        assert list(reader.articles()) == before
        assert reader.dense("same words", 2)[0].score > 0.9  # the reader goes over to the new generation
        assert (reader.embedder.name, reader.manifest.generation) == ("hashing", 2)
        assert reader.copies("a") == ("b",)
    assert not (folder / "generation-1").exists()
    with Corpus.writing(folder) as corpus:
        assert corpus.repair().sound
        assert take(corpus, make("c")).unchanged == ("c",)  # what the user set is kept
        assert corpus.article("c").publisher == "The Post"


def test_a_rebuild_that_was_cut_short_goes_on(folder, monkeypatch):
    monkeypatch.setattr("index.rebuild.BATCH_CHARACTERS", 1)
    done = []

    class Stop:
        def begin(self, total):
            assert total == 3

        def step(self, count):
            done.append(count)
            if count == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_index(folder, embedder="hashing", stages=STAGES, progress=Stop())
    with Corpus.writing(folder) as corpus:
        assert corpus.manifest.embedder == "older"
        corpus.remove("a")
    counting = CountingEmbedder()
    monkeypatch.setattr("index.rebuild.load_embedder", lambda name: counting)
    assert rebuild_index(folder, embedder="hashing", stages=STAGES) == 2
    assert counting.texts == 1
    with Corpus.open(folder) as corpus:
        assert corpus.article_ids() == ("b", "c")


def test_there_must_be_an_index(tmp_path):
    with pytest.raises(IndexMissing):
        rebuild_index(tmp_path / "missing")
