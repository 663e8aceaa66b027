"""Real processes: one that is killed at random moments, and two at once."""

import os
import random
import signal
import subprocess
import sys
import time
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


@pytest.mark.slow
def test_kill_at_random_moments_loses_nothing_and_leaves_a_whole_index(tmp_path):
    news, killed, whole = tmp_path / "news", tmp_path / "killed", tmp_path / "whole"
    write_articles(news, 60)
    rng = random.Random(20170912)
    moments, grown = [], 0
    for kill in range(KILLS):
        if kill % 4 == 3:  # a change to some, and some new ones, so that there is always work to be killed in
            grown += 1
            for number in range(0, 60, 5):
                with (news / f"a{number:03}.txt").open("a") as file:
                    file.write(f" The {grown}th correction came.")
        process = start(news, killed)
        assert process.stdout
        acknowledged = 0
        lines = rng.randint(0, 12)
        for line in process.stdout:
            if line.startswith("stored"):
                acknowledged = int(line.split()[1])
            lines -= 1
            if lines <= 0:
                break
        time.sleep(rng.random() * 0.15)  # into the middle of what the next batch does
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()  # what it had said by then
        process.wait()
        for line in rest.splitlines():
            if line.startswith("stored"):
                acknowledged = int(line.split()[1])
        moments.append((process.returncode, acknowledged))
        if (killed / "manifest.json").exists():
            with Corpus.open(killed) as corpus:  # opens, and readers see only what is whole
                assert len(corpus) >= acknowledged
                for article in corpus.articles():
                    assert corpus.passages(article.id) and corpus.statements(article.id)
    assert sum(code == -signal.SIGKILL for code, _ in moments) >= KILLS * 3 // 4, moments
    assert len({count for _, count in moments}) > 3, moments  # at different moments, not always at the start
    report = ingest_files([news], killed)
    assert not report.failed
    ingest_files([news], whole, embedder="hashing")
    assert contents(killed) == contents(whole)
    assert len(contents(whole)) == 61


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
