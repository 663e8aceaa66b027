import argparse
import io
import json
import subprocess
import sys

import pytest

from assistant.commands import collection
from assistant.commands.progress import ProgressBar
from index.errors import ArticleMissing, IndexMismatch, IndexMissing, SettingsError


@pytest.fixture
def run(capsys):
    """Runs a command; gives its exit code, and what it printed to either stream."""

    def run(*arguments):
        parser = argparse.ArgumentParser()
        collection.register(parser.add_subparsers())
        parsed = parser.parse_args([str(argument) for argument in arguments])
        code = parsed.run(parsed)
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "fire.txt").write_text("Fire at the port\n\nThe mayor said that the fire was out.")
    (folder / "talks.txt").write_text("Talks fail\n\nThe minister denied that talks had failed.")
    return folder


@pytest.fixture
def index(run, news, tmp_path):
    code, out, _ = run(
        "ingest", news, "--index", tmp_path / "index", "--embedder", "hashing", "--publisher", "The Post"
    )
    assert (code, out) == (0, "2 added\n")
    return tmp_path / "index"


def test_ingesting_again(run, news, index):
    (news / "talks.txt").write_text("Talks fail\n\nThe minister went home.")
    (news / "flood.txt").write_text("Flood\n\nThe river rose.")
    code, out, err = run("ingest", news, "--index", index)
    assert (code, out) == (0, "1 added, 1 changed, 1 unchanged\n")
    assert "corroborate: 1 article (flood) has no known publisher" in err
    assert run("ingest", news, "--index", index)[:2] == (0, "0 added, 3 unchanged\n")


def test_a_bad_file_is_named_and_counted(run, news, index):
    (news / "empty.txt").write_text("")
    code, out, _ = run("ingest", news, "--index", index)
    assert code == 1
    first, second = out.splitlines()
    assert first == "0 added, 2 unchanged, 1 failed:"
    assert "empty.txt: " in second
    code, out, _ = run("ingest", news / "empty.txt", "--index", index, "--json")
    report = json.loads(out)
    assert code == 2 and report["failed"][0]["name"].endswith("empty.txt") and report["added"] == []
    code, out, _ = run("status", "--index", index)
    assert code == 0 and "failed       1 in the last ingest" in out and "empty.txt: " in out
    assert run("ingest", news, "--index", index, "--strict")[0] == 2  # stopped before the first article


def test_nothing_to_read(run, tmp_path):
    with pytest.raises(SettingsError, match="Nothing to read"):
        run("ingest", "--index", tmp_path / "index")


def test_edit_and_sources(run, news, index):
    code, out, _ = run("edit", "fire", "--index", index, "--publisher", "Gazette", "--date", "2024-03", "--json")
    assert code == 0 and json.loads(out)["published"] == "2024-03"
    assert run("ingest", news, "--index", index)[1] == "0 added, 2 unchanged\n"
    code, out, _ = run("sources", "--index", index)
    assert out.splitlines() == [
        "publisher  articles  dates",
        "Gazette           1  2024-03",
        "The Post          1  undated",
    ]
    code, out, _ = run("sources", "--index", index, "--json")
    assert json.loads(out)[0] == {"publisher": "Gazette", "articles": 1, "first": "2024-03", "last": "2024-03"}
    assert [line["first"] for line in json.loads(out)] == ["2024-03", None]
    assert "publisher: unknown" in run("edit", "fire", "--index", index, "--publisher", "")[1]
    assert "(unknown)" in run("sources", "--index", index)[1]
    with pytest.raises(SettingsError, match="Nothing to set"):
        run("edit", "fire", "--index", index)
    with pytest.raises(ArticleMissing):
        run("edit", "nobody", "--index", index, "--title", "x")


def test_remove(run, index):
    assert run("remove", "fire", "fire", "--index", index)[:2] == (0, "1 removed, 1 left\n")
    with pytest.raises(ArticleMissing, match="'fire'"):
        run("remove", "fire", "--index", index)
    assert json.loads(run("remove", "talks", "--index", index, "--json")[1]) == {"removed": ["talks"], "left": 0}


def test_backup_and_repair_on_what_was_unpacked(run, index, tmp_path):
    code, out, _ = run("backup", tmp_path / "copy.tar", "--index", index)
    assert code == 0 and out.startswith(f"{tmp_path / 'copy.tar'}: 2 articles, ")
    restored = tmp_path / "restored"
    restored.mkdir()
    subprocess.run(["tar", "-xf", tmp_path / "copy.tar", "-C", restored], check=True)
    code, out, _ = run("repair", "--index", restored)
    assert code == 0 and out.splitlines() == [
        "The keywords were made again from the catalogue.",
        "The vectors were made again from the catalogue.",
    ]
    assert run("repair", "--index", restored)[1] == "The stores agree; there was nothing to mend.\n"
    assert json.loads(run("repair", "--index", restored, "--json")[1])["sound"] is True


def test_rebuild(run, news, index):
    (news / "flood.txt").write_text("Flood\n\nThe river rose.")
    assert run("ingest", "--rebuild", "--index", index)[:2] == (0, "2 rebuilt\n")
    assert run("ingest", news, "--rebuild", "--index", index)[1] == "2 rebuilt, 1 added, 2 unchanged\n"
    status = json.loads(run("status", "--index", index, "--json")[1])
    assert (status["articles"], status["manifest"]["generation"], status["manifest"]["embedder"]) == (3, 3, "hashing")


@pytest.mark.parametrize("command", [["status"], ["sources"], ["repair"], ["remove", "a"], ["backup", "f"]])
def test_no_index(run, tmp_path, command):
    with pytest.raises(IndexMissing, match="corroborate ingest"):
        run(*command, "--index", tmp_path / "missing")
    assert not (tmp_path / "missing").exists()


def test_the_index_may_come_from_the_environment(run, index, monkeypatch):
    monkeypatch.setenv("CORROBORATE_INDEX", str(index))
    assert json.loads(run("status", "--json")[1])["articles"] == 2


def test_ctrl_c_says_how_to_go_on(run, news, index, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.ingest.ingest_files", interrupted)
    code, _, err = run("ingest", news, "--index", index)
    assert code == 130 and "the same command goes on from there" in err


def test_the_bar_shows_number_and_time_left():
    from rich.console import Console

    screen = Console(file=io.StringIO(), force_terminal=True, width=80)
    with ProgressBar(screen) as bar:
        bar.begin(10)
        bar.step(4)
        bar._bar.refresh()
        assert "4/10" in screen.file.getvalue()
        bar.step(12)
        bar._bar.refresh()
        assert "12/12" in screen.file.getvalue()


def test_help_needs_no_heavy_import():
    code = (
        "import argparse, sys; from assistant.commands import collection;"
        "collection.register(argparse.ArgumentParser().add_subparsers());"
        "print({'torch', 'chromadb', 'numpy', 'rich', 'tantivy'} & sys.modules.keys())"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_trained_tagger_is_kept_by_what_follows(run, news, tmp_path):
    index = tmp_path / "trained.index"
    assert run("ingest", news, "--index", index, "--embedder", "hashing", "--tagger", "model")[0] == 0
    assert json.loads(run("status", "--index", index, "--json")[1])["manifest"]["tagger"] == "model"
    assert run("ingest", news, "--index", index)[:2] == (0, "0 added, 2 unchanged\n")
    assert run("ingest", "--rebuild", "--index", index)[:2] == (0, "2 rebuilt\n")
    assert json.loads(run("status", "--index", index, "--json")[1])["manifest"]["tagger"] == "model"
    with pytest.raises(IndexMismatch, match="rebuild"):
        run("ingest", news, "--index", index, "--tagger", "rules")
