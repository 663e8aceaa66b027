# ruff: noqa: E501  (pages and articles stand here as they come)
"""Pages: every paragraph of the article word for word, and nothing of what stands around it."""

import html as entities
import re
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Inputs, ReadFailure

SUITES = Path(__file__).resolve().parents[2] / "shared" / "suites"

BODY = """<p>The ferry <i>Morning Tern</i> ran aground off Cape Hollin on Tuesday night, the <a href="/c">coastguard</a> said.</p>
<p>“Nobody was hurt,” said the harbour master, Ada Quill.<br>She was on the quay.</p><p>Why?</p>
<h2>What went before</h2><blockquote><p>All engines stop &amp; go, the log says.</p></blockquote>
<ul><li>214 passengers, all of them taken ashore by fishing boats before the tide turned</li><li>19 crew</li></ul>
<p>The operator, Hollin Lines, did not answer questions about the state of the engines on Wednesday morning.</p>"""
PARAGRAPHS = [
    "The ferry Morning Tern ran aground off Cape Hollin on Tuesday night, the coastguard said.",
    "“Nobody was hurt,” said the harbour master, Ada Quill.\nShe was on the quay.",
    "What went before",
    "All engines stop & go, the log says.",
    "214 passengers, all of them taken ashore by fishing boats before the tide turned",
    "The operator, Hollin Lines, did not answer questions about the state of the engines on Wednesday morning.",
]
AROUND = """<div class="ticker">HOLL 41.20 +0.8% and more of it all day long in every market of the world</div>
<div id="cookie-consent"><p>We and our 214 partners store information on your device, for as long as we please.</p></div>
<nav><ul><li>Front page</li><li>Region</li></ul></nav>"""
AFTER = """<aside class="most-read"><h4>Most read</h4><ol><li>Boots: a photo gallery of the winter collection</li></ol></aside>
<section id="comments"><h4>2 comments</h4><p>tern72: they say that sixty people are dead and nobody will tell us</p></section>
<footer>Hollin Courier Media. Legal notice. Advertise. Contact.</footer>"""
NOT_WANTED = (
    "HOLL",
    "partners",
    "Front page",
    "Most read",
    "Boots",
    "tern72",
    "Legal notice",
    "comments",
    "Tweet",
    "gtag",
)


def page(body: str, head: str = "", wrap: str = "<article>{}</article>") -> str:
    inner = wrap.format(f'<h1>Ferry runs aground</h1><p class="byline">By Ada Quill, 3 May 2022</p>{body}')
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{AROUND}{inner}{AFTER}<script>gtag('x')</script></body></html>"


def read(folder: Path, content: str | bytes) -> Article:
    path = folder / "a.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = list(Inputs([path]))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "wrap",
    [
        "<article>{}</article>",
        '<main><article class="story post"><div class="entry-content">{}<div class="share">Tweet this story to all</div></div></article></main>',
        '<main><div itemprop="articleBody">{}</div></main>',
        '<article>{}</article><article class="teaser"><h3>Another story</h3><p>Its teaser is short.</p></article>',
        '<div class="content"><div class="story">{}</div></div>',
    ],
)
def test_the_article_and_nothing_else(tmp_path: Path, wrap: str) -> None:
    found = read(tmp_path, page(BODY, wrap=wrap))
    flat = re.sub(r"\s+", " ", found.text)
    for paragraph in PARAGRAPHS:
        assert re.sub(r"\s+", " ", paragraph) in flat
    for words in NOT_WANTED:
        assert words not in found.text
    assert not found.text.startswith("Ferry runs aground")
    assert found.title == "Ferry runs aground"


def test_paragraphs_of_an_article_are_parted_by_blank_lines(tmp_path: Path) -> None:
    parts = read(tmp_path, page(BODY)).text.split("\n\n")
    assert parts[0] == PARAGRAPHS[0]
    assert PARAGRAPHS[1] in parts and "Why?" in parts and "19 crew" in parts


LINKED = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","@id":"#site","name":"Courier Site"},{"@type":"Organization","@id":"#org","name":"Hollin Courier"},
{"@type":["NewsArticle"],"headline":"Ferry &amp; rocks","datePublished":"2022-05-03T23:10:00+02:00","author":[{"@type":"Person","name":"Ada Quill"},
{"@type":"Person","name":"Ben Roe"}],"publisher":{"@id":"#org"}}]}</script>"""
META = """<title>Ferry runs aground | Hollin Courier</title><meta property="og:site_name" content="Hollin Courier"/>
<meta property="article:published_time" content="2022-05-03T23:10:00+02:00"><meta name="author" content="By Ada Quill, Ben Roe">
<meta property="article:modified_time" content="2023-01-01"><link rel="canonical" href="https://courier.example/ferry">"""


@pytest.mark.parametrize(("head", "title"), [(LINKED, "Ferry & rocks"), (META, "Ferry runs aground")])
def test_metadata(tmp_path: Path, head: str, title: str) -> None:
    found = read(tmp_path, page(BODY, head))
    assert (found.title, found.publisher, found.author) == (title, "Hollin Courier", "Ada Quill, Ben Roe")
    assert found.published is not None
    assert (str(found.published), found.published.clock) == ("2022-05-03", "2022-05-03T23:10:00+02:00")
    assert (found.publisher_from, found.date_from, found.language) == ("file", "file", "en")


def test_the_publisher_from_the_page_title_alone(tmp_path: Path) -> None:
    content = page(BODY, "<title>Ferry runs aground off Hollin | Hollin Courier</title>").replace(
        "<h1>Ferry runs aground</h1>", ""
    )
    found = read(tmp_path, content)
    assert (found.title, found.publisher, found.publisher_from) == (
        "Ferry runs aground off Hollin",
        "Hollin Courier",
        "text",
    )


def test_broken_linked_data_is_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, page(BODY, '<script type="application/ld+json">{"@type": "NewsArticle", </script>' + META))
    assert found.publisher == "Hollin Courier"


def test_declared_encoding(tmp_path: Path) -> None:
    content = page(BODY.replace("Ada", "Adéla"), '<meta charset="iso-8859-2">').replace("“", '"').replace("”", '"')
    assert "Adéla Quill" in read(tmp_path, content.encode("iso-8859-2")).text


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><nav><a href='/a'>One</a> <a href='/b'>Two</a></nav><div id='root'></div><script>render()</script></body></html>",
        "<html><head><title>Nothing</title></head><body></body></html>",
        "<!-- only a comment -->",
    ],
)
def test_a_page_without_an_article(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(content)
    (found,) = list(Inputs([path]))
    assert isinstance(found, ReadFailure)
    assert "no article text" in found.reason or "no HTML" in found.reason


@pytest.mark.skipif(not SUITES.is_dir(), reason="needs the folder shared/ beside the checkout")
def test_pages_of_the_suites_word_for_word() -> None:
    pages = sorted(SUITES.glob("*/articles/*.html"))
    assert pages
    for path in pages:
        source = path.read_text(encoding="utf-8")
        (found,) = list(Inputs([path]))
        assert isinstance(found, Article), found
        article, rest = source.split("</article>")
        body = article.split("<article>")[1]
        wanted = [
            entities.unescape(re.sub(r"<[^>]+>", "", part)) for part in re.findall(r"<p>(.*?)</p>", body, re.DOTALL)
        ]
        assert found.text.split("\n\n") == wanted
        for part in re.findall(r">([^<>]{12,})<", rest):
            assert entities.unescape(part) not in found.text
        assert found.publisher and found.published and found.author and found.title
