"""The collection behind the page: added to, edited, removed from and searched while it is read."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat.library import (
    Added,
    Job,
    JobState,
    Library,
    Pasted,
    Wanted,
    addresses,
    stage_files,
    stage_text,
)
from index.corpus import Corpus
from index.dates import PartialDate
from index.embedder import HashingEmbedder
from index.errors import ArticleMissing, SettingsError
from index.lock import writer_lock


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "news.index"
    with Corpus.writing(folder, HashingEmbedder()):
        pass
    with Corpus.open(folder) as corpus:
        yield Library(corpus)


def ended(library: Library, number: int, seconds: float = 600.0) -> Job:
    """The job when it has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = next(one for one in library.jobs() if one.number == number)
        if not job.active:
            return job
        time.sleep(0.02)
    raise AssertionError(f"the job goes on: {library.jobs()}")


def add(library: Library, text: str, **more: str) -> Job:
    staged, paths = stage_text(Pasted(text, **more))
    job = ended(library, library.add(Added("a text", paths, staged=staged)).number)
    assert not staged.parent.exists()
    return job


FERRY = "The ferry Solveig struck the north pier on Thursday, the pilots' union said."
BRIDGE = "The bridge at Lenna was closed on Friday, the council said."


def test_a_pasted_article_is_there_for_readers_when_its_job_is_done(library: Library) -> None:
    job = add(library, FERRY, title="Ferry struck the pier", publisher="Vardo Herald", published="2019-05-03")
    assert (job.state, job.told, job.done) == (JobState.DONE, "1 added.", 1)
    (article,) = library.articles(library.ids(Wanted()))
    assert (article.title, article.publisher, str(article.published)) == (
        "Ferry struck the pier", "Vardo Herald", "2019-05-03",
    )  # fmt: skip
    assert FERRY in article.text


def test_uploaded_files_go_through_the_same_pipeline_and_bad_ones_are_told_by_name(
    library: Library, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text(FERRY)
    bad.write_bytes(b"%PDF-1.7 nothing")
    staged, paths = stage_files([str(good), str(bad)])
    assert not good.exists()
    job = ended(library, library.add(Added("two", paths, "Vardo Herald", "2019-05", staged)).number)
    assert job.state is JobState.DONE and "1 added" in job.told and "1 failed" in job.told
    assert any(problem.startswith("bad.pdf: ") for problem in job.problems)
    assert not any(str(staged) in problem for problem in job.problems)
    (article,) = library.articles(library.ids(Wanted()))
    assert (article.publisher, article.published) == ("Vardo Herald", PartialDate(2019, 5))


def test_nothing_readable_is_a_failure(library: Library, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("  ")
    staged, paths = stage_files([str(empty)])
    job = ended(library, library.add(Added("none", paths, staged=staged)).number)
    assert job.state is JobState.FAILED and job.problems


def test_an_address_of_this_machine_is_refused_as_ingest_refuses_it(library: Library) -> None:
    job = ended(library, library.add(Added("page", ("http://127.0.0.1:9/a",))).number)
    assert job.state is JobState.FAILED and "127.0.0.1" in job.problems[0]


def test_the_list_is_searched_filtered_and_newest_first(library: Library) -> None:
    add(library, FERRY, title="Ferry", publisher="Vardo Herald", published="2019-05-03")
    add(library, BRIDGE, title="Bridge", publisher="Orlin Courier", published="2020-01")
    add(library, "The moon is made of cheese, nobody said.", title="Moon")

    def titles(**wanted: object) -> list[str]:
        return [article.title for article in library.articles(library.ids(Wanted(**wanted)))]  # type: ignore[arg-type]

    assert titles() == ["Bridge", "Ferry", "Moon"]
    assert titles(words="pier ferry") == ["Ferry"]
    assert titles(publishers=("vardo herald",)) == ["Ferry"]
    assert titles(publishers=("",)) == ["Moon"]
    assert titles(since=PartialDate(2019, 6)) == ["Bridge"]
    assert titles(until=PartialDate(2019)) == ["Ferry"]


def test_an_article_is_edited_and_removed(library: Library) -> None:
    add(library, FERRY, title="Ferry")
    (id,) = library.ids(Wanted())
    edited = ended(library, library.edit(id, "Vardo Herald", "2019-05-03").number)
    assert edited.told == "Now by Vardo Herald, 2019-05-03."
    assert library.articles([id])[0].publisher == "Vardo Herald"
    removed = ended(library, library.remove(id).number)
    assert (removed.state, library.ids(Wanted())) == (JobState.DONE, ())
    with pytest.raises(ArticleMissing):
        library.remove(id)


def test_what_waits_for_another_writer_says_so_goes_on_and_can_be_stopped(library: Library, tmp_path: Path) -> None:
    with writer_lock(tmp_path / "news.index"):
        staged, paths = stage_text(Pasted(FERRY))
        first = library.add(Added("first", paths, staged=staged)).number
        second = library.add(Added("second", ("http://127.0.0.1:9/a",))).number
        until = time.monotonic() + 30
        while "Another process" not in library.jobs()[-1].told and time.monotonic() < until:
            time.sleep(0.02)
        assert library.jobs()[-1].state is JobState.WAITING
        library.stop(second)
    assert ended(library, first).state is JobState.DONE
    assert ended(library, second).state is JobState.STOPPED


def test_readers_go_on_while_articles_are_added(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"a{number}.txt").write_text(f"{FERRY} Report {number}.\n\n" + BRIDGE * 40)
    staged, paths = stage_files(sorted(str(file) for file in folder.iterdir()))
    job = library.add(Added("many", paths, staged=staged))
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(len(library.ids(Wanted("ferry"))))

    reader = threading.Thread(target=read)
    reader.start()
    done = ended(library, job.number)
    stop.set()
    reader.join()
    assert done.told == "60 added." and seen == sorted(seen)
    assert len(library.ids(Wanted())) == 60


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(SettingsError, match="no text to add"):
        stage_text(Pasted(" … "))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no address"), ("ftp://x/y", "is not a web address"), ("https://a/1\nhttps://a/2\nhttps://a/3", "at most 2")],
)
def test_addresses_are_checked(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        addresses(text, 2)


def test_addresses_are_taken_a_line_each_and_once() -> None:
    assert addresses(" https://a.example/1 \n\nhttps://a.example/1\nHTTP://b.example/x", 9) == (
        "https://a.example/1",
        "HTTP://b.example/x",
    )
