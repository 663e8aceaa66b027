"""Retrieval: dense and keyword search fused, filtered, spread over articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from index_fakes import make, take

from assistant.question import Filters, parse_question
from assistant.retrieval import RECIPE, CorpusRetriever, retrieve
from index.corpus import Corpus
from index.dates import PartialDate
from index.embedder import HashingEmbedder

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
