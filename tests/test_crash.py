"""Real processes: one that is killed at random moments, and two at once."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.errors import IndexLocked
from index.ingest import ingest_files

WORKER = Path(__file__).with_name("ingest_worker.py")
KILLS = 20


def start(folder: Path, index: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, WORKER, folder, index],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(WORKER.parent.parent)},
    )


def write_articles(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    rng = random.Random(7)
    words = "port fire mayor denied siren smoke harbour gazette crew captain said reported dawn night".split()
    for number in range(count):
        sentences = [" ".join(rng.choices(words, k=12)).capitalize() + "." for _ in range(rng.randint(3, 30))]
        (folder / f"a{number:03}.txt").write_text(f"Headline {number}\n\n" + " ".join(sentences))
    (folder / "reprint.txt").write_text((folder / "a000.txt").read_text())


def contents(index: Path) -> dict[str, object]:
    """Everything that an index holds, and what the two other stores hold of it."""
    with Corpus.writing(index) as corpus:
        found: dict[str, object] = {
            article.id: (
                article,
                corpus.passages(article.id),
                corpus.statements(article.id),
                corpus.copies(article.id),
                [one.passage.id for one in corpus.keyword(article.text[:60], 3, [article.id])],
                [(one.passage.id, round(one.score, 5)) for one in corpus.dense(article.text[:60], 3, [article.id])],
            )
            for article in corpus.articles()
        }
        assert corpus.repair().sound
    return found


def correct(folder: Path, rng: random.Random) -> None:
    """Changes some of the articles, so that there is work to be killed in."""
    for file in rng.sample(sorted(folder.glob("a*.txt")), 12):
        file.write_text(file.read_text() + f" Correction number {rng.randrange(10**6)} came.")


def unfinished(index: Path) -> int:
    """How many articles a killed process left half stored."""
    file = index / "generation-1" / "catalogue.sqlite"
    if not (index / "manifest.json").exists():
        return 0
    with closing(sqlite3.connect(file)) as catalogue:
        return int(catalogue.execute("SELECT count(*) FROM articles WHERE state != 'done'").fetchone()[0])


def killed_once(folder: Path, index: Path, rng: random.Random) -> tuple[bool, int]:
    """Runs the worker and kills it at a random moment: half the time soon after it began to store a batch. Says
    whether it was killed before it had finished, and how many articles it had said were stored."""
    process = start(folder, index)
    assert process.stdout
    acknowledged = 0
    batches = rng.randint(0, 20)
    patience = rng.choice([0.2, 1.0])
    for line in process.stdout:
        if line.startswith("stored"):
            acknowledged = int(line.split()[1])
        batches -= line.startswith("prepared")
        if batches <= 0:
            break
    time.sleep(rng.random() * patience)
    process.send_signal(signal.SIGKILL)
    for line in process.stdout:  # what it had said by then
        if line.startswith("stored"):
            acknowledged = int(line.split()[1])
    process.stdout.close()
    return process.wait() == -signal.SIGKILL, acknowledged


@pytest.mark.slow
def test_kill_at_random_moments_loses_nothing_and_leaves_a_whole_index(tmp_path):
    news, killed, whole = tmp_path / "news", tmp_path / "killed", tmp_path / "whole"
    write_articles(news, 60)
    rng = random.Random(20170912)
    kills = interrupted = tries = 0
    while kills < KILLS or interrupted < 4:  # some of them within the storing of a batch
        tries += 1
        assert tries <= 4 * KILLS, f"{kills} kills, {interrupted} of them within the storing of a batch"
        was_killed, acknowledged = killed_once(news, killed, rng)
        kills += was_killed
        interrupted += unfinished(killed) > 0
        if not (killed / "manifest.json").exists():
            assert acknowledged == 0
            continue
        with Corpus.open(killed) as corpus:  # it opens, and what readers see is whole
            assert len(corpus) >= acknowledged
            for article in corpus.articles():
                assert corpus.passages(article.id) and corpus.statements(article.id)
            if len(corpus) == 61:
                correct(news, rng)
    report = ingest_files([news], killed)
    assert not report.failed
    ingest_files([news], whole, embedder="hashing")
    expected = contents(whole)
    assert len(expected) == 61
    assert contents(killed) == expected


def test_a_second_writer_is_told_who_holds_the_lock_and_readers_go_on(tmp_path):
    news, index = tmp_path / "news", tmp_path / "index"
    write_articles(news, 40)
    process = start(news, index)
    assert process.stdout
    try:
        for line in process.stdout:
            if line.startswith("stored") and int(line.split()[1]) > 3:
                break
        process.send_signal(signal.SIGSTOP)  # it still holds the lock
        with pytest.raises(IndexLocked, match=rf"Process {process.pid} on .*, since 20.*Try again"):
            ingest_files([news], index)
        with Corpus.open(index) as reader:
            seen = len(reader)
            assert 3 < seen < 41
            process.send_signal(signal.SIGCONT)
            while len(reader) == seen and process.poll() is None:
                time.sleep(0.05)
            assert reader.dense("mayor denied the fire", 5) and reader.keyword("mayor", 5)
            output = process.stdout.read()
            assert process.wait() == 0 and "finished 41 0 0 0" in output
            assert len(reader) == 41
            assert reader.keyword("headline 39", 1)[0].passage.article_id == "a039"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_ctrl_c_leaves_a_whole_index(tmp_path):
    news, index = tmp_path / "news", tmp_path / "index"
    write_articles(news, 40)
    process = start(news, index)
    assert process.stdout
    for line in process.stdout:
        if line.startswith("stored") and int(line.split()[1]) > 3:
            break
    process.send_signal(signal.SIGINT)
    process.stdout.read()
    assert process.wait() != 0
    with Corpus.writing(index) as corpus:
        stored = len(corpus)
        assert 3 < stored < 41
        assert corpus.repair().sound  # nothing was left half done
    report = ingest_files([news], index)
    assert len(report.unchanged) == stored and len(report.added) == 41 - stored
