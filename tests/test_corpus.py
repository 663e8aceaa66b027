import shutil
import subprocess
import tarfile
from contextlib import contextmanager

import numpy as np
import pytest
from index_fakes import STAGES, CountingEmbedder, make, take

from index.corpus import Corpus, Found
from index.dates import parse_date
from index.embedder import HashingEmbedder
from index.errors import ArticleMissing, IndexLocked, IndexMismatch, IndexMissing, IndexUnusable, SettingsError
from index.search import Search

HASHING = HashingEmbedder()
FIRE = "A fire broke out at the port. The mayor denied it."


@contextmanager
def written(folder, *articles):
    with Corpus.writing(folder, HASHING) as corpus:
        take(corpus, *articles)
        yield corpus


@pytest.fixture
def folder(tmp_path):
    with written(
        tmp_path / "index",
        make(
            "fire", "A fire broke out at the port. The mayor denied it.", publisher="The Post", published="2024-03-02"
        ),
        make("talks", "Budget talks failed. The minister left.", publisher="Reuters", published="2024-03-01"),
        make("again", FIRE, publisher="Gazette"),
    ):
        pass
    return tmp_path / "index"


@pytest.fixture
def corpus(folder):
    with Corpus.open(folder) as opened:
        yield opened


def ids(found: tuple[Found, ...]) -> list[str]:
    return [one.passage.article_id for one in found]


def scores(found: tuple[Found, ...]) -> list[float]:
    return [pytest.approx(one.score, abs=1e-6) for one in found]


def test_reading(corpus):
    assert len(corpus) == 3
    assert corpus.article_ids() == ("again", "fire", "talks")
    assert corpus.article("fire").publisher == "The Post"
    assert [article.id for article in corpus.articles(["talks", "nobody", "fire"])] == ["talks", "fire"]
    assert [article.id for article in corpus.articles()] == ["again", "fire", "talks"]
    for passage in corpus.passages("fire"):
        assert passage.text == passage.span.of(corpus.article("fire").text)
    assert [one.content_span.of(corpus.article("talks").text) for one in corpus.statements("talks")] == [
        "Budget talks failed.",
        "The minister left.",
    ]
    assert corpus.copies("fire") == ("again",) and corpus.copies("again") == ("fire",) and corpus.copies("talks") == ()
    assert [(one.publisher, one.articles) for one in corpus.publishers()] == [
        ("Gazette", 1),
        ("Reuters", 1),
        ("The Post", 1),
    ]
    with pytest.raises(ArticleMissing, match="'nobody'"):
        corpus.article("nobody")


def test_searching(corpus):
    dense = corpus.dense("fire at the port", 2)
    assert sorted(ids(dense)) == ["again", "fire"]
    assert dense[0].score >= dense[1].score > 0.3
    assert ids(corpus.dense("fire at the port", 5, ["talks", "nobody"])) == ["talks"]
    assert ids(corpus.keyword('"budget (talks', 5)) == ["talks"]
    assert ids(corpus.keyword("fires", 5, ["fire", "talks"])) == ["fire"]
    assert corpus.dense("fire", 5, []) == corpus.keyword("fire", 5, []) == corpus.dense("fire", 0) == ()


def test_an_empty_index_finds_nothing(tmp_path):
    with written(tmp_path / "index") as corpus:
        assert corpus.dense("fire", 5) == corpus.keyword("fire", 5) == ()
    with Corpus.open(tmp_path / "index") as corpus:
        assert len(corpus) == 0 and corpus.dense("fire", 5) == corpus.keyword("fire", 5) == ()


def test_the_graph_finds_what_comparing_all_finds(tmp_path, monkeypatch):
    names = [f"item{number}" for number in range(60)]
    with written(tmp_path / "index", *(make(name, f"{name} was seen. Also {name}x.") for name in names)):
        pass
    queries = ("item3 was seen", "also item40x", "nothing of it")
    with Corpus.open(tmp_path / "index") as corpus:
        exact = [corpus.dense(query, 5) for query in queries]
        few = [corpus.dense(query, 5, names[:30]) for query in queries]
    monkeypatch.setattr(Search, "exact_up_to", 10)
    with Corpus.open(tmp_path / "index") as corpus:
        for query, every, some in zip(queries, exact, few, strict=True):
            assert [one.score for one in corpus.dense(query, 5)] == scores(
                every
            )  # among equal ones the graph may choose others
            kept = corpus.dense(query, 5, names[:30])
            assert [one.score for one in kept] == scores(some) and set(ids(kept)) <= set(names[:30])
        assert ids(corpus.dense(queries[0], 1)) == ["item3"]
        with written(tmp_path / "index", make("late", "item3 was seen late.")) as writer:
            writer.remove("item40")
            assert "late" in ids(corpus.dense("item3 was seen late", 2))  # later than the graph was opened
            assert "item40" not in ids(corpus.dense("also item40x", 60))
            take(writer, *(make(f"more{number}", f"more{number} of it.") for number in range(20)))
            assert ids(corpus.dense("more7 of it", 1)) == ["more7"]  # so many that it was opened again
            assert len(ids(corpus.dense("more7 of it", 500))) == len(corpus.dense("of", 500)) == 80


def test_searching_goes_on_where_chroma_cannot_be_read(folder, monkeypatch, caplog):
    with Corpus.open(folder) as corpus:
        expected = corpus.dense("fire", 3)
    monkeypatch.setattr(Search, "exact_up_to", 1)
    (chroma,) = folder.glob("generation-1/vectors-1/chroma.sqlite3")
    chroma.write_bytes(b"torn" * 1000)
    with Corpus.open(folder) as corpus:
        assert corpus.dense("fire", 3) == expected
    assert "corroborate repair" in caplog.text


def test_a_full_text_index_that_cannot_be_read_is_told(folder):
    with Corpus.open(folder) as corpus:
        tear("keywords", "meta.json")(corpus)
        with pytest.raises(IndexUnusable, match=r"cannot be read.*corroborate repair"):
            corpus.keyword("fire", 5)
    with written(folder, make("new")) as corpus:  # a writer sees to it by itself
        assert ids(corpus.keyword("new", 5)) == ["new"]


def test_what_cannot_be_written_is_told_and_nothing_is_lost(folder):
    with written(folder) as corpus:
        shutil.rmtree(corpus.stores.path_of("vectors"))
        corpus.stores.path_of("vectors").write_text("in the way")
        with pytest.raises(IndexUnusable, match=r"could not be written to.*corroborate repair"):
            take(corpus, make("new"))
    with written(folder) as corpus:
        assert corpus.article_ids() == ("again", "fire", "new", "talks")
        assert corpus.repair().completed == 1


def test_no_index(tmp_path):
    with pytest.raises(IndexMissing, match=r"does not exist.*corroborate ingest"):
        Corpus.open(tmp_path / "missing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexMissing, match="holds no index"):
        Corpus.open(tmp_path / "empty")
    (tmp_path / "empty" / "notes.txt").write_text("mine")
    with pytest.raises(IndexUnusable, match=r"other files \(notes.txt\)"), Corpus.writing(tmp_path / "empty", HASHING):
        pass
    with pytest.raises(IndexUnusable, match="is a file"), Corpus.writing(tmp_path / "empty" / "notes.txt", HASHING):
        pass


def test_another_embedder_or_tagger_is_refused(folder):
    class Other(HashingEmbedder):
        name = "bge-base"
        dimensions = 768

    message = (
        r"built with hashing \(256 dimensions\); the settings ask for bge-base \(768\). Ingest again with --rebuild."
    )
    with pytest.raises(IndexMismatch, match=message):
        Corpus.open(folder, Other())
    with pytest.raises(IndexMismatch, match=message), Corpus.writing(folder, Other()):
        pass
    with pytest.raises(IndexMismatch, match=r"'rules'.*'model'.*--rebuild"), Corpus.writing(folder, tagger="model"):
        pass


def test_vectors_of_another_length_are_refused(tmp_path):
    class Short(HashingEmbedder):
        def encode(self, texts):
            return super().encode(texts)[:, :8]

    with (
        Corpus.writing(tmp_path / "index", Short()) as corpus,
        pytest.raises(IndexMismatch, match=r"have shape \(1, 8\); the index needs \(1, 256\)"),
    ):
        take(corpus, make("a"))


def test_one_writer_at_a_time(folder):
    import os
    import socket

    with written(folder):
        message = rf"Process {os.getpid()} on {socket.gethostname()}, since 20.*, is writing"
        with pytest.raises(IndexLocked, match=message), Corpus.writing(folder):
            pass
    with written(folder):
        pass


def test_removing(folder):
    with written(folder) as corpus:
        with pytest.raises(ArticleMissing):
            corpus.remove("fire", "nobody")
        assert len(corpus) == 3
        corpus.remove("fire", "fire")
        assert corpus.article_ids() == ("again", "talks")
        assert corpus.copies("again") == ()
        assert "fire" not in ids(corpus.dense("fire", 9)) + ids(corpus.keyword("fire", 9))
        assert corpus.repair().sound
        assert corpus.stores.catalogue.number("SELECT count(*) FROM articles") == 2


def test_editing_reads_and_embeds_anew_and_can_be_undone(folder):
    with written(folder) as corpus:
        edited = corpus.edit("again", publisher="Herald", published="2024-03", title="Fire!", stages=STAGES)
        assert (edited.publisher, str(edited.published), edited.title) == ("Herald", "2024-03", "Fire!")
        assert (edited.publisher_from, edited.date_from) == ("set", "set")
        assert corpus.article("again") == edited
        assert {one.source.name for one in corpus.statements("again")} == {"Herald"}
        assert corpus.copies("again") == ("fire",)
        assert ids(corpus.keyword("herald", 5)) == ["again"]
        assert corpus.article_ids(["herald"], parse_date("2024")) == ("again",)
        corpus.edit("again", publisher="", published="", stages=STAGES)
        assert corpus.article("again").publisher == "" and corpus.article("again").published is None
        with pytest.raises(SettingsError, match="'soon' is not a date"):
            corpus.edit("again", published="soon", stages=STAGES)
        with pytest.raises(ArticleMissing):
            corpus.edit("nobody", publisher="x", stages=STAGES)
        assert corpus.repair().sound


def test_an_edit_that_changes_nothing_embeds_nothing(folder):
    counting = CountingEmbedder()
    with Corpus.writing(folder, counting) as corpus:
        corpus.edit("fire", publisher="The Post", stages=STAGES)
    assert counting.texts == 0


def test_readers_see_what_is_committed(folder, corpus):
    corpus.keyword("fire", 5)
    with written(folder, make("new", "The flood came.")) as writer:
        assert ids(corpus.keyword("flood", 5)) == ids(corpus.dense("flood came", 1)) == ["new"]
        assert len(corpus) == 4
        writer.remove("new")
        assert corpus.keyword("flood", 5) == ()


@pytest.mark.parametrize("name", ["copy.tar", "copy.tar.gz"])
def test_backup_and_restore(folder, corpus, tmp_path, name):
    (tmp_path / name).write_text("an older backup")
    corpus.backup(tmp_path / name)
    with tarfile.open(tmp_path / name) as tar:
        assert sorted(tar.getnames()) == ["generation-1/catalogue.sqlite", "manifest.json"]
    other = tmp_path / "restored"
    other.mkdir()
    subprocess.run(["tar", "-xf", tmp_path / name, "-C", other], check=True)
    with Corpus.open(other) as restored:
        assert list(restored.articles()) == list(corpus.articles())
        assert restored.dense("fire", 5) == corpus.dense("fire", 5)
        assert restored.keyword("fire", 5) == corpus.keyword("fire", 5)
    with Corpus.writing(other) as restored:
        assert restored.repair().sound
    assert not list(tmp_path.glob(".backup*"))


def test_a_backup_that_cannot_be_written(corpus, tmp_path):
    with pytest.raises(IndexUnusable, match="cannot be written"):
        corpus.backup(tmp_path / "missing" / "copy.tar")


def lose(store):
    def harm(corpus):
        shutil.rmtree(corpus.stores.path_of(store))

    return harm


def tear(store, file):
    def harm(corpus):
        (corpus.stores.path_of(store) / file).write_bytes(b"torn" * 1000)

    return harm


def stray(corpus):
    stores = corpus.stores
    (key, *_) = stores.vectors.keys()
    stores.vectors.put([key, 999], -stores.vectors.fetch([key])[key] * np.ones((2, 1), np.float32))
    stores.keywords.replace([key], ())


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lose("vectors"), (0, 0, 0, ("vectors",))),
        (lose("keywords"), (0, 0, 0, ("keywords",))),
        (tear("vectors", "chroma.sqlite3"), (0, 0, 0, ("vectors",))),
        (tear("keywords", "meta.json"), (0, 0, 0, ("keywords",))),
        (stray, (0, 2, 1, ())),
    ],
    ids=["vectors lost", "keywords lost", "vectors torn", "keywords torn", "entries wrong"],
)
def test_repair(folder, harm, expected):
    with Corpus.open(folder) as corpus:
        before = (corpus.dense("fire", 5), ids(corpus.keyword("fire", 5)))
    with written(folder) as corpus:
        harm(corpus)
    with Corpus.writing(folder) as corpus:
        report = corpus.repair()
        assert (report.completed, report.vectors, report.keywords, report.renewed) == expected
        assert not report.sound
        assert (corpus.dense("fire", 5), ids(corpus.keyword("fire", 5))) == before
    with Corpus.writing(folder) as corpus:
        assert corpus.repair().sound
        assert len(list(folder.glob("generation-1/[vk]*-*"))) == 2


def test_a_damaged_catalogue_is_told(folder):
    with written(folder) as corpus:
        corpus.stores.catalogue.execute("UPDATE passages SET vector = x'00' WHERE key = 1")
        with pytest.raises(IndexMismatch, match=r"is damaged.*backup"):
            corpus.repair()
    shutil.rmtree(folder / "generation-1")
    with pytest.raises(IndexMissing, match="has lost its catalogue"):
        Corpus.open(folder)


def test_the_embedder_is_loaded_when_it_is_needed(folder):
    with Corpus.open(folder) as corpus:
        corpus.keyword("fire", 5)
        assert corpus._embedder is None
        assert corpus.embed(["a", "b"]).shape == (2, 256)
        assert corpus.embedder.name == "hashing"


def test_status(corpus):
    status = corpus.status()
    assert (status.articles, status.passages, status.statements, status.copies) == (3, 3, 6, 1)
    assert (status.publishers, status.undated, status.pending, status.failed) == (3, 1, 0, ())
    assert (status.manifest.embedder, status.manifest.dimensions, status.manifest.tagger) == ("hashing", 256, "rules")
    assert status.updated.startswith("20")
