"""What the user set to be one party or two: kept in the index, and counted with."""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.assessment import canonical_names
from assistant.commands import collection
from assistant.commands.sources import add_sources, run_sources
from assistant.reports import reports_of
from index.article import Article
from index.catalogue import Catalogue
from index.corpus import Corpus
from index.errors import SettingsError
from index.rulings import APART, SAME, Rulings, forget, is_named, read_rulings, rule
from tests.story_fakes import Told, body, no_copies, outlet, person

POST = Told("a", "Brae Post", source=body("Harbour Office", "the Office"))
COURIER = Told("b", "Tarn Courier", source=body("Port of Velm"))
SPOKEN = Told("c", "Tarn Courier", source=person("Ida Holm", "Port of Velm"))
CITING = Told("g", "Brae Post", source=outlet("Tarn Courier"))
SHORT = Told("d", "Radio Nordal", source=body("Velm Harbour Office"))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "catalogue.sqlite")


def roots(rulings: Rulings, *told: Told) -> list[str]:
    """The roots that some statements stand on under the rulings, in the order of the reports."""
    matches = []
    for one in told:
        match = one.match
        object.__setattr__(match.unit, "statement", rulings.applied(match.unit.statement))
        matches.append(match)
    articles: list[Article] = [match.unit.article for match in matches]
    names = canonical_names(articles, [match.unit.statement for match in matches], rulings)
    return list(dict.fromkeys(report.root for report in reports_of(matches, (), names, no_copies)))


@pytest.mark.parametrize(
    ("same", "apart", "told", "expected"),
    [
        ([], [], (POST, COURIER), ["Harbour Office", "Port of Velm"]),
        ([("Port of Velm", "Harbour Office")], [], (POST, COURIER), ["Port of Velm"]),
        ([("harbour OFFICE", "the Port of Velm")], [], (POST, COURIER), ["Harbour Office"]),
        ([("Nobody", "Harbour Office")], [], (POST, COURIER), ["Harbour Office", "Port of Velm"]),
        ([("Port of Velm", "Brae Post")], [], (COURIER, Told("e", "Brae Post")), ["Port of Velm"]),
        ([], [], (COURIER, SPOKEN), ["Port of Velm"]),
        ([], [("Ida Holm", "Port of Velm")], (COURIER, SPOKEN), ["Port of Velm", "Ida Holm"]),
        ([], [], (POST, SHORT), ["Velm Harbour Office"]),
        (
            [],
            [("Harbour Office", "Velm Harbour Office")],
            (POST, SHORT),
            ["Harbour Office", "Velm Harbour Office"],
        ),
        (
            [("Harbour Office", "Port of Velm"), ("Port of Velm", "Radio Nordal")],
            [],
            (POST, COURIER, Told("f", "Radio Nordal")),
            ["Harbour Office"],
        ),
        ([], [("Brae Post", "Tarn Courier")], (CITING,), ["Tarn Courier"]),
    ],
)  # fmt: skip
def test_roots_are_counted_under_the_rulings(
    same: list[tuple[str, str]], apart: list[tuple[str, str]], told: tuple[Told, ...], expected: list[str]
) -> None:
    assert roots(Rulings(tuple(same), tuple(apart)), *told) == expected


def test_an_alias_set_apart_names_another_party() -> None:
    rulings = Rulings(apart=(("Harbour Office", "Office"),))
    source = rulings.applied(POST.match.unit.statement).source
    assert (source.name, source.aliases) == ("Harbour Office", ())


def test_without_rulings_a_statement_stays_what_it_is() -> None:
    made = POST.match.unit.statement
    assert Rulings().applied(made) is made


def test_a_pair_is_set_once_whatever_its_order(catalogue: Catalogue) -> None:
    rule(catalogue, SAME, "Harbour Office", "Port of Velm")
    assert rule(catalogue, APART, "the port of  Velm", "Harbour Office") == Rulings(
        apart=(("the port of Velm", "Harbour Office"),)
    )
    assert forget(catalogue, "HARBOUR OFFICE", "Port of Velm") == Rulings() == read_rulings(catalogue)


@pytest.mark.parametrize(
    ("one", "other", "message"), [("", "B", "needs a name"), ("…", "B", "needs a name"), ("The B", "b", "are one name")]
)
def test_two_names_are_needed(catalogue: Catalogue, one: str, other: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        rule(catalogue, SAME, one, other)


def test_rulings_may_not_contradict_each_other(catalogue: Catalogue) -> None:
    rule(catalogue, SAME, "A", "B")
    rule(catalogue, SAME, "B", "C")
    with pytest.raises(SettingsError, match='"A" and "C" cannot be set apart while "A", "B", "C" are set'):
        rule(catalogue, APART, "A", "C")
    rule(catalogue, APART, "A", "D")
    with pytest.raises(SettingsError, match='"A" and "D" cannot be set apart while'):
        rule(catalogue, SAME, "C", "D")
    assert read_rulings(catalogue) == Rulings((("A", "B"), ("B", "C")), (("A", "D"),))


def test_what_was_never_set_cannot_be_taken_back(catalogue: Catalogue) -> None:
    with pytest.raises(SettingsError, match="Nothing is set for"):
        forget(catalogue, "A", "B")


# --- in an index

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: Any) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        collection.register(parser.add_subparsers())
        parsed = parser.parse_args([str(argument) for argument in arguments])
        return (int(parsed.run(parsed)), *capsys.readouterr())

    return run


@pytest.fixture
def index(run: Run, tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "one.txt").write_text("Ferry sinks\n\nThe ferry Sylvie sank, the Harbour Office said.\n")
    (news / "two.txt").write_text("Ferry lost\n\nThe ferry Sylvie sank, Ágnes Dobó said.\n")
    assert (
        run("ingest", news, "--index", tmp_path / "index", "--embedder", "hashing", "--publisher", "The Post")[0] == 0
    )
    return tmp_path / "index"


def test_the_command_sets_lists_and_takes_back(run: Run, index: Path) -> None:
    code, out, err = run("sources", "--same", "Harbour Office", "Ágnes Dobó", "--index", index)
    assert (code, out, err) == (0, "one party    Harbour Office = Ágnes Dobó\n", "")
    assert (
        "set with --same and --apart\none party    Harbour Office = Ágnes Dobó\n" in run("sources", "--index", index)[1]
    )
    assert (
        "two parties  The Post | Harbour Office"
        in run("sources", "--apart", "The Post", "Harbour Office", "--index", index)[1]
    )
    listed = json.loads(run("sources", "--parties", "--json", "--index", index)[1])
    assert listed == {"same": [["Harbour Office", "Ágnes Dobó"]], "apart": [["The Post", "Harbour Office"]]}
    assert [line["publisher"] for line in json.loads(run("sources", "--json", "--index", index)[1])] == ["The Post"]
    run("sources", "--forget", "The Post", "Harbour Office", "--index", index)
    run("sources", "--forget", "Ágnes Dobó", "Harbour Office", "--index", index)
    assert run("sources", "--parties", "--index", index)[1] == "No sources are set to be one party or two.\n"


def test_a_name_that_no_article_has_is_told(run: Run, index: Path) -> None:
    err = run("sources", "--same", "Harbour Office", "Harber Office", "--index", index)[2]
    assert err == 'corroborate: no article names "Harber Office" so far; it counts as soon as one does.\n'


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("harbour office", True),
        ("the Harbour Office", True),
        ("THE POST", True),
        ("100%", False),
        ("_gnes Dobó", False),
    ],
)
def test_a_name_is_looked_up_as_it_is(index: Path, name: str, known: bool) -> None:
    with Corpus.open(index) as corpus:
        assert is_named(corpus.stores.catalogue, name) is known


def test_rulings_outlive_ingest_rebuild_and_backup(run: Run, index: Path, tmp_path: Path) -> None:
    run("sources", "--same", "Harbour Office", "Ágnes Dobó", "--index", index)
    kept = Rulings((("Harbour Office", "Ágnes Dobó"),))
    (tmp_path / "news" / "one.txt").write_text("Ferry sinks\n\nThe ferry sank, the Harbour Office said again.\n")
    assert run("ingest", tmp_path / "news", "--index", index, "--publisher", "The Post")[0] == 0
    assert run("remove", "two", "--index", index)[0] == 0
    assert run("ingest", "--rebuild", "--index", index)[0] == 0
    run("backup", tmp_path / "copy.tar", "--index", index)
    (tmp_path / "restored").mkdir()
    subprocess.run(["tar", "-xf", tmp_path / "copy.tar", "-C", tmp_path / "restored"], check=True)
    for folder in (index, tmp_path / "restored"):
        with Corpus.open(folder) as corpus:
            assert corpus.rulings() == kept


def test_an_open_reader_counts_with_what_was_just_set(run: Run, index: Path) -> None:
    from assistant.api import Assistant

    assistant = Assistant.open(index)

    def count() -> int:
        found = assistant.ask("Who said that the ferry Sylvie sank?").assessment
        assert found is not None
        return found.independent_sources

    assert count() == 2
    run("sources", "--same", "Harbour Office", "Ágnes Dobó", "--index", index)
    assert count() == 1
    run("sources", "--forget", "Harbour Office", "Ágnes Dobó", "--index", index)
    assert count() == 2


def test_one_choice_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_sources(parser)
    parser.set_defaults(run=run_sources)
    with pytest.raises(SystemExit):
        parser.parse_args(["--same", "A", "B", "--apart", "C", "D"])
    assert "not allowed with argument" in capsys.readouterr().err
