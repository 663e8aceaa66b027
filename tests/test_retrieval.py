"""Retrieval: dense and keyword search fused, filtered, spread over articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from index_fakes import make, take

from assistant.question import Filters, parse_question
from assistant.retrieval import RECIPE, CorpusRetriever, retrieve
from index.corpus import Corpus
from index.dates import PartialDate
from index.embedder import HashingEmbedder
from index.ingest import ingest_items
from index.prepare import default_stages

LONG = "\n\n".join(
    f"The pilot boat Marta left berth {number} at dawn. " + "Gulls cried over it. " * 40 for number in range(9)
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("retrieval") / "news.index"
    articles = (
        make("boat", LONG, publisher="Velm Gazette", published="2031-05-05"),
        make("sale", "The council sold the pilot boat Marta.", publisher="Ríonach Post", published="2031-05"),
        make("owl", "The barn owl hunts by ear in the northern woods.", publisher="Orlin Herald"),
        make("tram", "A tram line to the university opens.", publisher="Orlin Herald", published="2030-01-02"),
    )
    with Corpus.writing(folder, HashingEmbedder()) as writing:
        assert not take(writing, *articles).failed
    yield Corpus.open(folder, HashingEmbedder())


def ids(corpus: Corpus, question: str, limit: int = 10, **filters: object) -> list[str]:
    asked = parse_question(question)
    return [hit.article.id for hit in retrieve(corpus, asked, limit, Filters(**filters))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "best"),
    [("Where does the barn owl hunt?", "owl"), ("When does the tram line open?", "tram"), ("Who sold Marta?", "sale")],
)
def test_the_passage_with_the_words_comes_first(corpus: Corpus, question: str, best: str) -> None:
    assert ids(corpus, question)[0] == best


def test_hits_are_numbered_ranked_and_no_more_than_asked_for(corpus: Corpus) -> None:
    found = retrieve(corpus, parse_question("the pilot boat Marta"), 4)
    assert [hit.number for hit in found] == [1, 2, 3, 4]
    assert len({hit.passage.id for hit in found}) == 4
    for hit in found:
        assert hit.passage.text == hit.passage.span.of(hit.article.text)
        assert {item.article_id for item in hit.statements} <= {hit.article.id}


def test_one_long_article_leaves_room_for_others(corpus: Corpus) -> None:
    found = ids(corpus, "the pilot boat Marta left berth at dawn", 12)
    assert len(corpus.passages("boat")) > RECIPE.repeats
    assert "sale" in found[: RECIPE.repeats + 1]
    assert found.count("boat") > RECIPE.repeats


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        ({"publishers": ("Orlin Herald",)}, {"owl", "tram"}),
        ({"since": PartialDate(2031)}, {"boat", "sale"}),
        ({"until": PartialDate(2030, 12, 31)}, {"tram"}),
        ({"publishers": ("Orlin Herald",), "since": PartialDate(2029)}, {"tram"}),
        ({"publishers": ("Velm Gazette",), "until": PartialDate(2029)}, set()),
    ],
)
def test_filters_are_kept(corpus: Corpus, filters: dict[str, object], allowed: set[str]) -> None:
    assert set(ids(corpus, "the pilot boat, the owl and the tram", **filters)) == allowed


def test_langchain_gets_documents_with_their_place(corpus: Corpus) -> None:
    (document,) = CorpusRetriever(corpus=corpus, limit=1).invoke("Where does the barn owl hunt?")
    assert document.metadata["article_id"] == "owl"
    assert document.metadata["publisher"] == "Orlin Herald"
    text = corpus.article("owl").text
    assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content


@pytest.mark.parametrize("question", ["“” (AND) OR *", 'NEAR/2 "unbalanced', "title:boat", "ünïcode 市長", "a"])
def test_marks_of_a_query_language_are_only_words(corpus: Corpus, question: str) -> None:
    assert len(ids(corpus, question)) <= 10


DISPUTE = (
    *(
        make(f"sale-{number}", f"Entry {number}: the council sold the grain silo to a bank. {detail}", publisher="Post")
        for number, detail in enumerate(
            (
                "The price was two million crowns.",
                "Brokers handled the papers for the silo.",
                "The silo stands by the river.",
                "The bank has owned the grain silo since May.",
                "Neighbours watched the council sell it.",
                "The grain went with the silo.",
                "The bank paid the council in cash.",
                "Its roof leaks.",
            )
        )
    ),
    make("mayor", "The mayor denied on Monday that the council had sold the grain silo.", publisher="Herald"),
    make("owls", "Keepers denied that the barn owls had been moved from the tower.", publisher="Herald"),
    *(
        make(f"other-{number}", f"The {thing} opened on Sunday, and many came to see it.", publisher="Herald")
        for number, thing in enumerate("bridge theatre ferry mill lighthouse market library orchard tunnel".split())
    ),
)


@pytest.fixture(scope="module")
def dispute(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("dispute") / "news.index"
    with Corpus.writing(folder, HashingEmbedder()) as writing:
        assert not take(writing, *DISPUTE).failed
    yield Corpus.open(folder, HashingEmbedder())


@pytest.mark.parametrize("limit", [5, 6, 8])
def test_who_denies_the_claim_has_the_last_place(dispute: Corpus, limit: int) -> None:
    question = "Did the council sell the grain silo to a bank?"
    found = ids(dispute, question, limit)
    assert found[-1] == "mayor" and "owls" not in found
    assert len(set(found)) == limit
    without = retrieve(dispute, parse_question(question), limit, None, replace(RECIPE, denial=0))
    assert [hit.article.id for hit in without][:-1] == found[:-1]
    assert "mayor" not in {hit.article.id for hit in without}


def test_a_short_list_keeps_no_seat_and_a_denial_of_something_else_gets_none(dispute: Corpus) -> None:
    assert "mayor" not in ids(dispute, "Did the council sell the grain silo to a bank?", 4)
    assert "owls" not in ids(dispute, "What did the bank pay the council in cash for the grain silo?", 5)


SILO = "Did the council sell the grain silo to a bank?"
DENIED = {
    "mayor": "Mayor Lena Holt denied on Monday that the council had sold the grain silo to a bank.",
    "again": "Mayor Lena Holt again denied that the council had sold the grain silo to a bank.",
    "bank": "Velm Bank denied that it had bought the grain silo from the council.",
}


def dispute_of(folder: Path, *denials: str, reports: int = 8) -> Corpus:
    """An index, read by the rules, of some reports of a sale and of denials of it."""
    told = [make(f"sale-{at}", f"Entry {at}: the council sold the grain silo to a bank.") for at in range(reports)]
    other = [make(f"other-{at}", f"The {thing} opened on Sunday.") for at, thing in enumerate("mill ferry owl".split())]
    with Corpus.writing(folder, HashingEmbedder()) as writing:
        denied = [make(name, DENIED[name]) for name in denials]
        assert not ingest_items(writing, [*told, *denied, *other], default_stages()).failed
    return Corpus.open(folder, HashingEmbedder())


@pytest.mark.parametrize(
    ("denials", "limit", "expected"),
    [
        (("mayor", "bank"), 10, {"mayor", "bank"}),
        (("mayor", "again", "bank"), 10, {"mayor", "bank"}),
        (("mayor", "again"), 10, {"mayor"}),
        (("mayor", "bank"), 5, {"mayor"}),
    ],
)
def test_a_second_party_that_denies_has_a_seat_too(
    tmp_path: Path, denials: tuple[str, ...], limit: int, expected: set[str]
) -> None:
    with dispute_of(tmp_path / "news.index", *denials, reports=12) as corpus:
        found = ids(corpus, SILO, limit)
        assert len(found) == limit
        heard = {"mayor" if id == "again" else id for id in found[-2:] if id in DENIED}
        assert heard == expected
        assert not set(DENIED) & set(found[:-2])


def test_a_list_of_denials_alone_keeps_a_place_for_what_is_denied(tmp_path: Path) -> None:
    folder = tmp_path / "news.index"
    denied = [make(f"no-{at}", f"Entry {at}: Mayor Lena Holt denied that the grain silo was sold.") for at in range(6)]
    report = make("report", "Brokers say that a bank bought it: the silo, and the land by the river, in May.")
    with Corpus.writing(folder, HashingEmbedder()) as writing:
        assert not ingest_items(writing, [*denied, report], default_stages()).failed
    with Corpus.open(folder, HashingEmbedder()) as corpus:
        asked = "Did Mayor Lena Holt deny that the grain silo was sold?"
        without = retrieve(corpus, parse_question(asked), 5, None, replace(RECIPE, denial=0))
        assert "report" not in {hit.article.id for hit in without}
        assert ids(corpus, asked, 5)[-1] == "report"


def test_a_reprint_does_not_fill_the_list(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("reprints") / "news.index"
    text = "Divers found the wreck of the barque Selma off the cape."
    articles = [make(f"copy-{number}", text, publisher=f"Paper {number}") for number in range(8)]
    articles.append(make("own", "The barque Selma was found by a trawler, its skipper said.", publisher="Own Post"))
    with Corpus.writing(folder, HashingEmbedder()) as writing:
        assert not take(writing, *articles).failed
    with Corpus.open(folder, HashingEmbedder()) as corpus:
        assert ids(corpus, "Who found the wreck of the barque Selma?", 3)[1] == "own"


def test_the_part_of_the_question_that_describes_an_outlet_picks_its_passage(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("clauses") / "news.index"
    articles = (
        make("a", "The tide gate jammed on Sunday.", publisher="Velm Gazette"),
        make("b", "The school choir won on Sunday.", publisher="Velm Gazette"),
        make("c", "The tide gate opened on Monday.", publisher="Orlin Herald"),
        make("d", "The school choir sang on Monday.", publisher="Orlin Herald"),
    )
    with Corpus.writing(folder, HashingEmbedder()) as writing:
        assert not take(writing, *articles).failed
    with Corpus.open(folder, HashingEmbedder()) as corpus:
        asked = "Does the Velm Gazette article discuss the {}, while the Orlin Herald describes the {}?"
        assert set(ids(corpus, asked.format("tide gate", "school choir"), 2)) == {"a", "d"}
        assert set(ids(corpus, asked.format("school choir", "tide gate"), 2)) == {"b", "c"}
