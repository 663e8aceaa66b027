"""Exports: every format says what the answer says, whatever an article's text tries to be."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.assessment import Assessment, Denial
from assistant.claims import Claim
from assistant.dossier import dossier
from assistant.export import FORMATS, export, export_bytes, file_name, media_type
from assistant.exports.html import to_fragment
from assistant.exports.table import COLUMNS, cell
from index.errors import SettingsError
from index.statements import Source, SourceKind
from tests.fake_assistant import NASTY, abstention, ferry_answer, nasty_answer, report, statement
from tests.story_fakes import Told, body, person, unnamed

DAY = date(2026, 11, 21)
NASTY_SOURCE = Source("=HYPERLINK(1)</td><script>window.pwned = 7</script>", SourceKind.ORGANISATION)


def nasty_dossier() -> Answer:
    """As `nasty_answer`, with an assessment whose every text tries to be markup."""
    made = statement(NASTY, "Before <script>window.pwned = 1</script>", NASTY_SOURCE)
    one = report(NASTY, made, "<b>=root</b>")
    claim = Claim('"><script>window.pwned = 8</script>', (made,))
    assessment = Assessment(claim, (one,), (Denial(one, True, "<i>it</i>"),), (one,), (), ())
    return replace(nasty_answer(), assessment=assessment)


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_a_name_a_type_and_bytes(format: str) -> None:
    answer = ferry_answer()
    assert export(answer, format, made=DAY).strip()
    assert export_bytes(answer, format, made=DAY).decode("utf-8-sig") == export(answer, format, made=DAY)
    assert file_name(answer, format).startswith("did-the-ferry-strike-the-pier.")
    assert "/" in media_type(format)


def test_an_unknown_format_says_which_there_are() -> None:
    with pytest.raises(
        SettingsError, match=r'no format "docx"\. Choose one of: markdown, html, json, csv, claimreview'
    ):
        export(ferry_answer(), "docx")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Did X's ferry — the «Sølveig» — sink?", "did-xs-ferry-the-slveig-sink.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("¿Y?", "y.csv"),
        ("谁?", "answer.csv"),
        ("word " * 40, "-".join(["word"] * 12) + ".csv"),
    ],
)
def test_a_file_name_is_safe(question: str, name: str) -> None:
    assert file_name(replace(ferry_answer(), question=question), "csv") == name


# --- Markdown and HTML


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_what_people_read_has_answer_standing_notes_quotes_and_date(format: str) -> None:
    answer = ferry_answer()
    text = export(answer, format, made=DAY)
    text = Page(text).text if format == "html" else text.replace("\\", "")
    for words in [
        answer.question,
        *(sentence.text for sentence in answer.sentences),
        *(note.text for note in answer.notes),
        *(citation.quote for citation in answer.citations),
        dossier(answer).standing,
        "Coastal Courier ← Vardo Herald ← Pilots' Union",
        "exported on 21 November 2026",
        "It does not say whether the claim is true.",
    ]:
        assert words in text


def test_an_abstention_exports_without_tables() -> None:
    assert "<table" not in export(abstention(), "html")
    assert "| --- |" not in export(abstention(), "markdown")


def test_a_page_runs_nothing_fetches_nothing_and_links_only_to_the_web() -> None:
    for answer in (nasty_dossier(), ferry_answer(), nasty_answer()):
        page = Page(export(answer, "html", made=DAY))
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"script", "img", "link", "iframe", "object", "b", "i"}
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes), (tag, attributes)
            assert "src" not in attributes
            if "href" in attributes:
                assert re.match(r"https?://|#", attributes["href"] or "")
    (policy,) = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy and policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_a_page_shows_markup_of_articles_as_text() -> None:
    page = Page(export(nasty_dossier(), "html"))
    assert '<script>window.pwned = 1</script><img src="http://evil.example/x.png"' in page.text
    assert "<b>=root</b>" in page.text


def test_every_mark_of_a_page_leads_to_a_source() -> None:
    for text in (export(ferry_answer(), "html"), to_fragment(ferry_answer())):
        page = Page(text)
        ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
        marks = [(a["href"] or "")[1:] for tag, a in page.tags if a.get("class") == "mark"]
        assert len(ids) == 4
        assert marks and set(marks) <= ids


def test_two_fragments_of_one_notebook_do_not_share_ids() -> None:
    one, other = (Page(to_fragment(ferry_answer(question))) for question in ("One?", "Two?"))
    ids = [{a["id"] for _, a in page.tags if "id" in a} for page in (one, other)]
    assert not ids[0] & ids[1]


def test_markdown_of_a_nasty_answer_holds_no_markup() -> None:
    text = export(nasty_dossier(), "markdown")
    assert not re.search(r"(?<!\\)<(?!https)", text)
    assert "javascript" not in text
    header, rule, *lines = [line for line in text.splitlines() if line.startswith("|")]
    columns = header.count("|")
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in (rule, *lines[:3])} == {columns}


def test_an_answer_shows_itself_in_a_notebook() -> None:
    answer = ferry_answer()
    assert answer._repr_html_().startswith('<div class="corroborate">')
    assert answer._repr_markdown_().startswith("## Did the ferry strike the pier?")
    assert "<script" not in nasty_dossier()._repr_html_()


# --- JSON and CSV


def test_json_has_the_answer_and_its_dossier() -> None:
    answer = ferry_answer()
    data = json.loads(export(answer, "json", made=DAY))
    assert data["question"] == answer.question
    assert data["exported"] == "2026-11-21"
    found = data["dossier"]
    assert found["standing"] == dossier(answer).standing
    assert [row["role"] for row in found["rows"]] == ["report", "report", "denial"]
    assert {point["row"] for point in found["timeline"]} == {0, 1, 2}
    ids = {node["id"] for node in found["graph"]["nodes"]}
    assert {edge[end] for edge in found["graph"]["edges"] for end in ("start", "end")} <= ids


def test_csv_has_a_line_a_report() -> None:
    lines = list(csv.DictReader(io.StringIO(export(ferry_answer(), "csv"))))
    assert [(line["kind"], line["root"], line["published"], line["stance"]) for line in lines] == [
        ("report", "Pilots' Union", "2019-05-03", "asserts"),
        ("report", "Pilots' Union", "2019-05-04", "asserts"),
        ("denial", "Nordline", "2019-05-04", "denies"),
    ]
    assert lines[0]["url"] == "https://herald.example/ferry"
    assert lines[1]["chain"] == "Coastal Courier ← Vardo Herald ← Pilots' Union"


def test_csv_of_an_answer_without_a_claim_names_its_columns() -> None:
    assert export(abstention(), "csv") == ",".join(f'"{name}"' for name in COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n =1", "'=1"),
        ("\u202e=1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, kept: str) -> None:
    assert cell(text) == kept


def test_csv_of_a_nasty_answer_has_no_formula_and_no_script_address() -> None:
    for line in csv.reader(io.StringIO(export(nasty_dossier(), "csv"))):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in line)
        assert "javascript:" not in " ".join(line)


# --- ClaimReview

TEXT = {"Text"}
VOCABULARY: dict[str, dict[str, set[str]]] = {
    "Thing": {"name": TEXT, "alternateName": TEXT, "url": {"URL"}, "identifier": TEXT},
    "CreativeWork": {
        "author": {"Organization", "Person"},
        "citation": {"CreativeWork", "Text"},
        "datePublished": {"Date"},
        "hasPart": {"CreativeWork"},
        "headline": TEXT,
        "inLanguage": TEXT,
        "publisher": {"Organization", "Person"},
        "text": TEXT,
    },
    "Review": {"itemReviewed": {"Thing"}, "reviewAspect": TEXT, "reviewBody": TEXT, "reviewRating": {"Rating"}},
    "ClaimReview": {"claimReviewed": TEXT},
    "Claim": {"appearance": {"CreativeWork"}, "firstAppearance": {"CreativeWork"}},
    "Rating": {"ratingExplanation": TEXT, "reviewAspect": TEXT},
    "NewsArticle": {},
    "Quotation": {},
    "Organization": {},
    "NewsMediaOrganization": {},
    "Person": {},
}
"""Properties that each type of schema.org adds to its parents', with the types of their values, as far as used here."""
PARENTS = {
    "CreativeWork": "Thing",
    "Review": "CreativeWork",
    "ClaimReview": "Review",
    "Claim": "CreativeWork",
    "Rating": "Thing",
    "NewsArticle": "CreativeWork",
    "Quotation": "CreativeWork",
    "Organization": "Thing",
    "NewsMediaOrganization": "Organization",
    "Person": "Thing",
}


def lineage(kind: str) -> list[str]:
    return [kind, *(lineage(PARENTS[kind]) if kind in PARENTS else [])]


def faults(node: dict[str, Any]) -> list[str]:
    """What in a node of JSON-LD is not in the vocabulary."""
    kind = node["@type"]
    if kind not in VOCABULARY:
        return [f"no type {kind}"]
    known = {name: types for one in lineage(kind) for name, types in VOCABULARY[one].items()}
    found = []
    for name, given in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            found.append(f"{kind} has no property {name}")
            continue
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, dict):
                if not set(lineage(value["@type"])) & known[name]:
                    found.append(f"{kind}.{name} may not be a {value['@type']}")
                found += faults(value)
            elif not _is_value(value, known[name]):
                found.append(f"{kind}.{name} may not be {value!r}")
    return found


def _is_value(value: Any, types: set[str]) -> bool:
    return isinstance(value, str) and (
        "Text" in types
        or ("Date" in types and re.fullmatch(r"\d{4}(-\d\d){0,2}", value) is not None)
        or ("URL" in types and re.match(r"https?://", value) is not None)
    )


def review(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export(answer, "claimreview", made=DAY))
    return found


def story(*told: Told) -> Answer:
    reports = tuple(one.report for one in told)
    assessment = Assessment(Claim("The ferry sank", ()), reports, (), (), (), ())
    return replace(ferry_answer(), assessment=assessment)


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "ClaimReview", "verdict": "x"}, "no property verdict"),
        ({"@type": "Verdict"}, "no type Verdict"),
        ({"@type": "Claim", "appearance": {"@type": "Person"}}, "may not be a Person"),
        ({"@type": "Claim", "datePublished": "yesterday"}, "may not be 'yesterday'"),
        ({"@type": "Review", "itemReviewed": {"@type": "Claim", "rated": "x"}}, "Claim has no property rated"),
    ],
)
def test_the_check_of_the_vocabulary_finds_faults(node: dict[str, Any], fault: str) -> None:
    assert any(fault in found for found in faults(node))


@pytest.mark.parametrize("answer", [ferry_answer(), nasty_dossier()], ids=["ferry", "nasty"])
def test_claimreview_keeps_to_the_vocabulary(answer: Answer) -> None:
    data = review(answer)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "ClaimReview")
    assert faults(data) == []


def test_the_rating_is_a_count_and_no_verdict() -> None:
    rating = review(ferry_answer())["reviewRating"]
    assert rating["alternateName"] == (
        "1 source, carried by 2 outlets, not independently confirmed; 1 party denies it; 1 disagreement"
    )
    assert rating["ratingExplanation"].startswith("One source: Pilots' Union")
    assert "ratingValue" not in rating
    assert not re.search(r"\b(true|false)\b", json.dumps(rating), re.IGNORECASE)


def test_the_claim_has_its_appearances_and_the_first() -> None:
    data = review(ferry_answer())
    claim = data["itemReviewed"]
    assert claim["@type"] == "Claim"
    assert data["claimReviewed"] == claim["name"] == "The ferry Solveig struck the north pier on Thursday evening"
    assert claim["author"] == [{"@type": "Organization", "name": "Pilots' Union"}]
    assert [one["identifier"] for one in claim["appearance"]] == ["herald-1", "courier-7"]
    assert claim["firstAppearance"] == claim["appearance"][0]
    assert claim["appearance"][0]["datePublished"] == "2019-05-03"
    assert [one["identifier"] for one in data["citation"]] == ["courier-7"]


@pytest.mark.parametrize(
    ("told", "author"),
    [
        (Told("a", "Velm Gazette", source=person("Ida Holm")), ("Person", "Ida Holm")),
        (Told("a", "Velm Gazette", source=person("Ida Holm", "Port Office")), ("Organization", "Port Office")),
        (Told("a", "Velm Gazette", source=body("Port Office")), ("Organization", "Port Office")),
        (Told("a", "Velm Gazette", source=unnamed("an aide")), ("NewsMediaOrganization", "Velm Gazette")),
        (Told("a", "Velm Gazette"), ("NewsMediaOrganization", "Velm Gazette")),
    ],
)
def test_the_author_of_a_claim_is_its_root(told: Told, author: tuple[str, str]) -> None:
    assert review(story(told))["itemReviewed"]["author"] == [{"@type": author[0], "name": author[1]}]


def test_of_undated_articles_none_is_the_first() -> None:
    one, two = (Told(id, "Velm Gazette", "", source=body("Union")) for id in "ab")
    assert "firstAppearance" not in review(story(one, two))["itemReviewed"]
    assert review(story(one))["itemReviewed"]["firstAppearance"]["identifier"] == "a"


def test_claimreview_stands_inside_a_script_element() -> None:
    assert "<" not in export(nasty_dossier(), "claimreview")
    assert review(nasty_dossier())["itemReviewed"]["appearance"][0]["headline"] == NASTY.title


def test_an_abstention_has_no_claim_to_review() -> None:
    with pytest.raises(SettingsError, match="no claim to review"):
        export(abstention(), "claimreview")
