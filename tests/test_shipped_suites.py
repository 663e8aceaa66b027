"""The development suites load, name articles that exist, and ask for no string that their texts cannot give.

The held-out suites are left unread here as elsewhere.
"""

import re
from pathlib import Path

import pytest

import evals
from evals.scorers import occurs
from evals.suite import SUITE_FILE, Case, load_suite
from index.article import Article
from index.readers import read_inputs

SUITES = Path(evals.__file__).parent / "suites"
FOLDERS = sorted(file.parent for file in SUITES.glob(f"*/{SUITE_FILE}"))
VERDICTS = frozenset("denied denies rejects rejected withdrew withdrawn retracted corrected correction".split())
"""Words for what an article says that it need not say itself."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""A day among the strings: it may have to be worked out from "last Thursday"."""


def texts_of(folder: Path) -> dict[str, str]:
    """The text of each article by id, with its file as it lies there: a publisher may stand in the markup alone."""
    corpus = load_suite(folder).corpus
    texts = {}
    for article in read_inputs([corpus]):
        assert isinstance(article, Article), article
        file = corpus / Path(article.path).name
        texts[article.id] = "\n".join((article.publisher, article.text, file.read_text(encoding="utf-8")))
    return texts


def impossible(case: Case, texts: dict[str, str]) -> list[tuple[str, ...]]:
    """The lists of strings of which no article that the case may cite holds one, and no verdict is one."""
    allowed = [text for id, text in texts.items() if id not in case.expect.cites_none]
    return [
        wanted
        for wanted in case.expect.answer_all
        if not VERDICTS & set(wanted)
        and not any(DAY.fullmatch(words) for words in wanted)
        and not any(occurs(words, text) for words in wanted for text in allowed)
    ]


def test_the_suites_are_found() -> None:
    assert len(FOLDERS) >= 9


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_suite_fits_its_articles(folder: Path) -> None:
    texts = texts_of(folder)
    suite = load_suite(folder)
    assert suite.name == folder.name
    for case in suite.cases:
        expect = case.expect
        named = {*expect.cites_all, *expect.cites_any, *expect.cites_none}
        assert named <= set(texts), (case.id, named - set(texts))
        assert not set(expect.notes_has) & set(expect.notes_lacks), case.id
        assert not set(expect.cites_none) & {*expect.cites_all, *expect.cites_any}, case.id
        assert impossible(case, texts) == [], case.id


def test_a_string_that_no_article_holds_is_found() -> None:
    case = load_suite(FOLDERS[0]).cases[0]
    assert impossible(case, {"a": "nothing of the kind"}) != []
