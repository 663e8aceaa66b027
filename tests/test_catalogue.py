import sqlite3

import numpy as np
import pytest
from index_fakes import STAGES, make

from index.article import fold_name
from index.catalogue import MIGRATIONS, SCHEMA, Catalogue
from index.dates import parse_date
from index.embedder import HashingEmbedder
from index.errors import ArticleMissing, IndexMismatch
from index.prepare import prepare


def stored(tmp_path, *articles):
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    for one in prepare(articles, HashingEmbedder(), STAGES):
        catalogue.insert_pending(one)
    catalogue.execute("UPDATE articles SET state = 'done'")
    return catalogue


def test_an_article_comes_back_whole(tmp_path):
    article = make(
        "a", "One sentence. Another, with a NUL: \x00 and “quotes”.", publisher="The Post", published="2024-03"
    )
    catalogue = stored(tmp_path, article)
    prepared = prepare([article], HashingEmbedder(), STAGES)[0]
    assert catalogue.articles(["a", "b"]) == {"a": article}
    assert catalogue.passages("a") == prepared.passages
    assert catalogue.statements("a") == prepared.statements
    (keys, vectors) = next(catalogue.vectors("1"))
    assert len(keys) == len(prepared.passages) and np.array_equal(vectors, prepared.vectors)


def test_what_is_pending_or_leaving_is_not_seen(tmp_path):
    catalogue = stored(tmp_path, make("a"), make("b"), make("c"))
    catalogue.execute("UPDATE articles SET state = 'pending' WHERE id = 'a'")
    catalogue.execute("UPDATE articles SET state = 'leaving' WHERE id = 'b'")
    assert catalogue.article_ids() == ("c",)
    assert set(catalogue.articles(["a", "b", "c"])) == {"c"}
    assert {passage.article_id for passage in catalogue.passages_by_key(range(10)).values()} == {"c"}
    assert [len(keys) for keys, _ in catalogue.vectors("1")] == [1]
    for read in (catalogue.passages, catalogue.statements, catalogue.copies):
        with pytest.raises(ArticleMissing, match="No article has the id 'a'"):
            read("a")


@pytest.mark.parametrize(
    ("publishers", "since", "until", "expected"),
    [
        ((), None, None, "day month none year"),
        (("the POST",), None, None, "day"),
        (("El País", "The Post"), None, None, "day month"),
        (("Nobody",), None, None, ""),
        ((), "2024-03-02", None, "day month year"),
        ((), "2024-03-03", None, "month year"),
        ((), None, "2024-03-01", "month year"),
        ((), "2024-04", None, "year"),
        ((), "2025", None, ""),
        (("the post",), "2024-03-02", "2024-03-02", "day"),
    ],
)
def test_filters(tmp_path, publishers, since, until, expected):
    catalogue = stored(
        tmp_path,
        make("day", publisher="The Post", published="2024-03-02"),
        make("month", publisher="El Pais", published="2024-03"),
        make("year", publisher="Gazette", published="2024"),
        make("none"),
    )
    found = catalogue.article_ids(publishers, parse_date(since), parse_date(until))
    assert " ".join(found) == expected


def test_publishers_with_their_first_and_last_dates(tmp_path):
    catalogue = stored(
        tmp_path,
        make("a", publisher="The Post", published="2024-03"),
        make("b", publisher="The Post", published="2024-01-05"),
        make("c", publisher="The Post"),
        make("d"),
    )
    assert catalogue.publishers() == [
        ("The Post", 3, parse_date("2024-01-05"), parse_date("2024-03")),
        ("", 1, None, None),
    ]


def test_names_are_compared_without_case_and_accents():
    assert fold_name(" El  PAÍS ") == fold_name("el pais")


def test_nothing_of_a_broken_transaction_stays(tmp_path):
    catalogue = stored(tmp_path)
    with pytest.raises(RuntimeError), catalogue.transaction():
        catalogue.set("a", "1")
        with catalogue.transaction():
            catalogue.set("b", "2")
        raise RuntimeError
    assert catalogue.setting("a", "none") == catalogue.setting("b", "none") == "none"


def test_an_older_schema_is_brought_up_and_keeps_what_it_holds(tmp_path):
    stored(tmp_path, make("a")).close()
    newer = (*MIGRATIONS, "CREATE TABLE added (x); INSERT INTO added SELECT count(*) FROM articles")
    catalogue = Catalogue(tmp_path / "catalogue.sqlite", newer)
    assert catalogue.schema == SCHEMA + 1
    assert catalogue.number("SELECT x FROM added") == 1
    catalogue.close()
    with pytest.raises(IndexMismatch, match=f"has schema {SCHEMA + 1}; .* up to {SCHEMA}"):
        Catalogue(tmp_path / "catalogue.sqlite")


def test_a_migration_that_fails_changes_nothing(tmp_path):
    stored(tmp_path, make("a")).close()
    with pytest.raises(IndexMismatch):
        Catalogue(tmp_path / "catalogue.sqlite", (*MIGRATIONS, "CREATE TABLE added (x); NO SUCH COMMAND"))
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    assert catalogue.schema == SCHEMA and catalogue.article_ids() == ("a",)
    assert catalogue.rows("SELECT name FROM sqlite_master WHERE name = 'added'") == []


def test_a_file_that_is_no_catalogue_is_a_clear_error(tmp_path):
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a data base at all " * 100)
    with pytest.raises(IndexMismatch, match="not a catalogue that can be read"):
        Catalogue(tmp_path / "catalogue.sqlite")


def test_a_backup_is_whole_while_another_writes(tmp_path):
    catalogue = stored(tmp_path, make("a"))
    other = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM articles")
    catalogue.backup(tmp_path / "copy.sqlite")
    other.execute("ROLLBACK")
    assert Catalogue(tmp_path / "copy.sqlite").article_ids() == ("a",)
