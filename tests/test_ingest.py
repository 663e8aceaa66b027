import os
import signal
from dataclasses import dataclass, replace

import pytest
from index_fakes import STAGES, CountingEmbedder, make, take

from index.corpus import Corpus, Failure
from index.errors import IndexMismatch, SettingsError
from index.ingest import ingest_files, ingest_items
from index.lock import interrupts_held


@dataclass(frozen=True)
class Bad:
    name: str
    reason: str


@pytest.fixture
def embedder():
    return CountingEmbedder()


@pytest.fixture
def corpus(tmp_path, embedder):
    with Corpus.writing(tmp_path / "index", embedder) as opened:
        yield opened


def test_added_changed_unchanged(corpus, embedder):
    first = take(corpus, make("a"), make("b"))
    assert (first.added, first.changed, first.unchanged, first.removed, first.failed) == (("a", "b"), (), (), (), ())
    embedded = embedder.texts
    second = take(corpus, make("a"), make("b"))
    assert second.unchanged == ("a", "b") and not second.added
    assert embedder.texts == embedded
    third = take(corpus, make("a", "Another text. It is new."), make("b"), make("c"))
    assert (third.added, third.changed, third.unchanged) == (("c",), ("a",), ("b",))
    assert [passage.text for passage in corpus.passages("a")] == ["Another text. It is new."]
    assert [one.content_span.of(corpus.article("a").text) for one in corpus.statements("a")] == [
        "Another text.",
        "It is new.",
    ]
    assert corpus.keyword("harbour", 9, ["a"]) == ()
    assert corpus.status().passages == 3 and corpus.repair().sound


def test_changed_metadata_is_a_change_and_a_moved_file_is_none(corpus, embedder, tmp_path):
    take(corpus, make("a", publisher="The Post", path=str(tmp_path / "old" / "a.txt")))
    embedded = embedder.texts
    moved = make("new/a", publisher="The Post", path=str(tmp_path / "new" / "a.txt"))
    moved = replace(moved, text=make("a").text)
    assert take(corpus, moved).unchanged == ("a",)
    assert corpus.article("a").path == str(tmp_path / "new" / "a.txt")
    assert embedder.texts == embedded
    assert take(corpus, replace(moved, id="a", title="Harbour")).changed == ("a",)
    assert corpus.article("a").title == "Harbour"


def test_another_text_under_a_moved_name_is_another_article(corpus, tmp_path):
    take(corpus, make("a", path=str(tmp_path / "old" / "a.txt")))
    report = take(corpus, make("new/a", "Quite another text.", path=str(tmp_path / "new" / "a.txt")))
    assert report.added == ("new/a",) and corpus.article_ids() == ("a", "new/a")


def test_one_bad_article_fails_alone(corpus):
    report = take(corpus, make("a"), Bad("b.pdf", "password-protected"), make("c", "unreadable words"), make("d"))
    assert report.added == ("a", "d")
    assert report.failed == (
        Failure("b.pdf", "password-protected"),
        Failure("/nowhere/c.txt", "ValueError: no statements here"),
    )
    assert corpus.article_ids() == ("a", "d")
    assert corpus.status().failed == report.failed
    assert take(corpus, make("e", "half a pair: \ud800"), make("f")).failed[0].name == "/nowhere/e.txt"
    assert take(corpus, make("a")).failed == corpus.status().failed == ()


def test_stopping_at_the_first_failure_keeps_what_came_before(corpus):
    items = [make("a"), Bad("b.pdf", "empty"), make("c")]
    report = ingest_items(corpus, items, STAGES, go_on=lambda failure: False)
    assert report.added == corpus.article_ids() == ("a",)


def test_one_id_twice_in_a_run_is_a_change(corpus):
    report = take(corpus, make("a"), make("a", "Second text."))
    assert report.added == ("a",)
    assert corpus.article("a").text == "Second text."


def test_copies_are_linked_within_a_run_and_across_runs(corpus):
    take(corpus, make("a", "The same words."), make("b", "The same words."))
    take(corpus, make("c", "The same words."), make("d"))
    assert corpus.copies("a") == ("b", "c") and corpus.copies("c") == ("a", "b") and corpus.copies("d") == ()
    take(corpus, make("a", "Other words."))
    assert corpus.copies("a") == () and corpus.copies("b") == ("c",)
    take(corpus, make("a", "The same words."))
    assert corpus.copies("a") == ("b", "c")


def test_what_the_user_set_outlives_another_ingest(corpus):
    take(corpus, make("a"))
    corpus.edit("a", publisher="The Post", published="2024-03", stages=STAGES)
    assert take(corpus, make("a")).unchanged == ("a",)
    take(corpus, make("a", "Changed.", title="New", publisher="Gazette"))
    article = corpus.article("a")
    assert (article.text, article.title, article.publisher, str(article.published)) == (
        "Changed.",
        "New",
        "The Post",
        "2024-03",
    )
    corpus.remove("a")
    take(corpus, make("a"))
    assert corpus.article("a").publisher == ""


def test_what_was_set_for_an_ingest_holds_until_the_file_tells(corpus):
    take(corpus, make("a", publisher="The Post", published="2024"))  # from_text marks both as set
    assert take(corpus, make("a")).unchanged == ("a",)
    assert corpus.article("a").publisher_from == "set"
    told = replace(make("a"), publisher="Gazette", publisher_from="file")
    assert take(corpus, told).changed == ("a",)
    assert (corpus.article("a").publisher, str(corpus.article("a").published)) == ("Gazette", "2024")


def test_what_a_file_holds_no_more_is_removed_unless_the_record_named_itself(corpus, tmp_path):
    path = str(tmp_path / "dump.jsonl")
    items = [make(id, path=path) for id in ("dump-1", "dump-2", "dump-3", "own")]
    take(corpus, *items, make("other"))
    broken = take(corpus, items[0], Bad(f"{path}, line 2", "not JSON"))
    assert broken.removed == () and len(corpus) == 5
    report = take(corpus, items[0])
    assert report.removed == ("dump-2", "dump-3")
    assert corpus.article_ids() == ("dump-1", "other", "own")


def test_what_works_less_well_is_told(corpus):
    report = take(corpus, replace(make("a"), language="de"), make("b", publisher="The Post"))
    assert report.warnings[0].startswith("1 article (a) is not in English")
    assert report.warnings[1].startswith("1 article (a) has no known publisher")


def test_the_index_in_the_folder_that_is_read_is_left_out(corpus, tmp_path):
    inside = str(tmp_path / "index" / "manifest.json")
    report = take(corpus, make("manifest", path=inside), Bad(inside, "no text"), make("a"))
    assert (report.added, report.failed) == (("a",), ())


def test_progress_counts_what_is_dealt_with(corpus):
    steps = []

    class Watch:
        def begin(self, total):
            raise AssertionError("the one who knows the total begins")

        def step(self, done):
            steps.append(done)

    ingest_items(corpus, [make("a"), Bad("b", "empty"), make("c")], STAGES, Watch())
    assert steps == sorted(steps) and steps[-1] == 3


def test_ctrl_c_waits_until_a_batch_is_stored(corpus):
    with pytest.raises(KeyboardInterrupt), interrupts_held():
        os.kill(os.getpid(), signal.SIGINT)
        take(corpus, make("a"))
    assert corpus.article_ids() == ("a",) and corpus.repair().sound


def test_ctrl_c_keeps_what_is_stored_and_the_next_run_goes_on(tmp_path, embedder):
    def interrupted():
        yield make("a", "word " * 40_000)  # more than a batch
        yield make("b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Corpus.writing(tmp_path / "index", embedder) as corpus:
        ingest_items(corpus, interrupted(), STAGES)
    with Corpus.writing(tmp_path / "index", embedder) as corpus:
        assert corpus.article_ids() == ("a",) and corpus.repair().sound
        assert take(corpus, make("a", "word " * 40_000), make("b")).added == ("b",)


def write(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def test_files_end_to_end(tmp_path):
    write(tmp_path / "news", a="Fire at the port\n\nThe mayor said that the fire was out.", b="Talks\n\nTalks failed.")
    index = tmp_path / "index"
    report = ingest_files([tmp_path / "news"], index, embedder="hashing", publisher="The Post", published="2024-03")
    assert report.added == ("a", "b") and not report.failed
    with Corpus.open(index) as corpus:
        assert [(one.publisher, one.articles, str(one.first)) for one in corpus.publishers()] == [
            ("The Post", 2, "2024-03")
        ]
        assert corpus.keyword("mayor", 1)[0].passage.article_id == "a"
        assert corpus.statements("a")
    write(tmp_path / "news", b="Talks\n\nTalks went on.")
    again = ingest_files([str(tmp_path / "news")], index)
    assert (again.added, again.changed, again.unchanged) == ((), ("b",), ("a",))
    write(tmp_path / "more", a="Flood\n\nThe river rose.")
    assert ingest_files([tmp_path / "more"], index).added == ("more/a",)
    with pytest.raises(IndexMismatch, match="the settings ask for all-MiniLM-L6-v2"):
        ingest_files([tmp_path / "news"], index, embedder="all-MiniLM-L6-v2")
    with pytest.raises(SettingsError, match="no tagger 'none'"):
        ingest_files([tmp_path / "news"], index, tagger="none")
    with pytest.raises(SettingsError, match="'soon' is not a date"):
        ingest_files([tmp_path / "news"], index, published="soon")


def test_a_bad_file_does_not_stop_the_rest_unless_asked(tmp_path):
    write(tmp_path / "news", a="Fire\n\nThe port burnt.", b="", c="Flood\n\nThe river rose.")
    lax = ingest_files([tmp_path / "news"], tmp_path / "lax", embedder="hashing")
    assert lax.added == ("a", "c") and len(lax.failed) == 1 and lax.failed[0].name.endswith("b.txt")
    strict = ingest_files([tmp_path / "news"], tmp_path / "strict", embedder="hashing", strict=True)
    assert strict.added == ("a",) and len(strict.failed) == 1
