"""HTML: the article's text without navigation, banners and comments, and what the page's metadata says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import ReadError
from index.readers.draft import Draft, Fault
from index.readers.encoding import decode
from index.readers.fields import draft_from, words_of
from index.readers.source import Source

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote pre div section article main td th dt dd tr table ul ol header figure "
    "figcaption "
    "address details summary center body dl hr".split()
)
_NEVER = frozenset(
    "script style noscript template nav aside footer form button select textarea input iframe svg canvas object embed "
    "audio video figure dialog menu head".split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|share|sharing|social|comments?|disqus|related|recommend(?:ed|ations?)?|promo|newsletter|"
    r"subscribe|subscription|cookies?|consent|gdpr|most-?read|popular|trending|widget|sidebar|advert(?:isement)?s?|ads?|banner|ticker|"
    r"topbar|footer|tags?|taglist|byline|by|dateline|timestamp|author-?bio|bio|paywall|modal|popup|toolbar|caption|hidden|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Review|BackgroundNews|AskPublic|Blog|Social)?(?:Article|Posting)$"
)
LEAST_TEXT = 60
"""Characters of text under which a page holds no article."""


def read(source: Source) -> Iterator[Draft | Fault]:
    """The page as one draft.

    Raises:
        ReadError: the page has no article text.
    """
    data = source.data()
    declared = _DECLARED.search(data[:4096])
    page = decode(data, source.charset or (declared[1].decode("ascii") if declared else ""))
    yield draft_of(page)


def draft_of(page: str) -> Draft:
    """The article of an HTML page.

    Raises:
        ReadError: it has no article text.
    """
    tree = _tree(page)
    if tree is None:
        raise ReadError("it holds no HTML")
    told = page_metadata(tree)
    text = _article_text(page, tree, told["title"])
    if len(text) < LEAST_TEXT:
        raise ReadError(
            "the page has no article text (a front page, or one that is filled in by scripts); save the article's text"
        )
    return draft_from({**told, "text": text})


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, a blank line between its blocks."""
    tree = _tree(f"<html><body><div>{markup}</div></body></html>")
    return "\n\n".join(blocks(tree)) if tree is not None else ""


def _tree(page: str) -> Any:
    from lxml import html

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    try:
        # No entity is read from outside: lxml's HTML parser fetches nothing.
        return html.document_fromstring(page.replace("\x00", ""))
    except (ValueError, html.etree.ParserError, html.etree.XMLSyntaxError):
        return None


def blocks(tree: Any) -> list[str]:
    """The texts of the block elements under `tree`, in order; scripts, forms, captions and navigation left out."""
    found: list[str] = []
    line: list[str] = []

    def close() -> None:
        text = "\n".join(re.sub(r"\s+", " ", part).strip() for part in "".join(line).split("\v"))
        line.clear()
        found.extend(part.strip() for part in re.split(r"\n{2,}", text) if part.strip())

    def walk(node: Any) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _NEVER or _hidden(node):
            return
        block = tag in _BLOCKS
        if block:
            close()
        if tag == "br":
            line.append("\v")
        line.append(node.text or "")
        for child in node:
            walk(child)
            line.append(child.tail or "")
        if block:
            close()

    walk(tree)
    close()
    return found


def _hidden(node: Any) -> bool:
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    if node.get("role") in ("navigation", "dialog", "banner", "contentinfo", "complementary", "search", "alertdialog"):
        return True
    if re.search(r"display\s*:\s*none", node.get("style") or ""):
        return True
    marks = f"{node.get('class') or ''} {node.get('id') or ''}"
    return (
        bool(marks.strip()) and node.tag not in ("article", "main", "body", "html") and bool(_FURNITURE.search(marks))
    )


def _article_text(page: str, tree: Any, title: str) -> str:
    """trafilatura's text, or our own reading of the page's one <article> where that keeps a paragraph more."""
    import trafilatura

    loose = trafilatura.extract(
        page, output_format="txt", include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    text = "\n\n".join(line.removeprefix("- ").strip() for line in (loose or "").split("\n") if line.strip())
    body = _article_element(tree)
    if body is not None:
        own = _without_headline(blocks(body), title)
        flat = _flat(text)
        if any(len(part) >= 40 and _flat(part) not in flat for part in own) or _extra(text, own):
            text = "\n\n".join(own)
    return "\n\n".join(_without_headline(text.split("\n\n"), title))


def _extra(text: str, own: list[str]) -> bool:
    """True where most of the article is in both and trafilatura brings text from outside the <article> besides."""
    inside = _flat(" ".join(own))
    parts = [part for part in text.split("\n\n") if part.strip()]
    outside = [part for part in parts if _flat(part) not in inside]
    return len(inside) >= LEAST_TEXT and 0 < sum(map(len, outside)) < 0.5 * len(inside)


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _article_element(tree: Any) -> Any:
    """The element that holds the article, where the page marks exactly one."""
    for path in ("//*[@itemprop='articleBody']", "//article[not(ancestor::article)]", "//main"):
        found = [node for node in tree.xpath(path) if len(" ".join(blocks(node))) >= LEAST_TEXT]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:  # teasers of other articles are <article> elements too
            sizes = sorted(((len(" ".join(blocks(node))), number) for number, node in enumerate(found)), reverse=True)
            return found[sizes[0][1]] if sizes[0][0] > 3 * sizes[1][0] else None
    return None


def _without_headline(parts: list[str], title: str) -> list[str]:
    """Paragraphs without the headline and the byline at their head, which the metadata holds."""
    kept = [part for part in parts if part.strip()]
    while kept and title and len(kept) > 1 and _flat(kept[0]).casefold() == _flat(title).casefold():
        kept = kept[1:]
    return kept


def page_metadata(tree: Any) -> dict[str, str]:
    """Title, publisher, author, published, url and language as meta tags and JSON-LD give them."""
    linked = _linked_data(tree)
    meta: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key and node.get("content"):
            meta.setdefault(key, node.get("content").strip())

    def first(*keys: str) -> str:
        return next((meta[key] for key in keys if meta.get(key)), "")

    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1")]
    page_title = next((" ".join(node.text_content().split()) for node in tree.iter("title")), "")
    heading = headings[0] if len([text for text in headings if text]) == 1 else ""
    author = words_of(linked.get("author")) or first("author", "article:author", "byl", "dc.creator", "parsely-author")
    times = [
        node.get("datetime") for node in tree.xpath("//article//time[@datetime][@pubdate or @itemprop='datePublished']")
    ]
    return {
        "title": words_of(linked.get("headline"))
        or heading
        or first("og:title", "twitter:title", "dc.title")
        or page_title,
        "publisher": words_of(linked.get("publisher")) or first("og:site_name", "application-name", "dc.publisher"),
        "author": "" if re.match(r"https?://", author) else re.sub(r"^[Bb]y\s+", "", author),
        "published": words_of(linked.get("datePublished"))
        or first(
            "article:published_time",
            "datepublished",
            "date",
            "dc.date.issued",
            "dc.date",
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
        )
        or (times[0] if times else ""),
        "url": _address(tree, meta),
        "language": words_of(linked.get("inLanguage")) or (tree.get("lang") or ""),
    }


def _address(tree: Any, meta: Mapping[str, str]) -> str:
    found = [node.get("href") or "" for node in tree.xpath("//link[@rel='canonical']")] + [meta.get("og:url", "")]
    return next((address for address in found if re.match(r"https?://", address)), "")


def _linked_data(tree: Any) -> Mapping[str, Any]:
    """The article's node among the page's JSON-LD, also inside @graph; empty where there is none."""
    nodes: list[Mapping[str, Any]] = []

    def gather(value: Any, depth: int = 0) -> None:
        if depth > 6:
            return
        if isinstance(value, list):
            for item in value[:200]:
                gather(item, depth + 1)
        elif isinstance(value, Mapping):
            nodes.append(value)
            gather(value.get("@graph"), depth + 1)
            gather(value.get("mainEntity"), depth + 1)

    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            gather(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        kinds = node.get("@type")
        if any(_ARTICLE_TYPES.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            return {key: _resolved(value, by_id) for key, value in node.items()}
    return {}


def _resolved(value: Any, by_id: Mapping[str, Any]) -> Any:
    """A reference ({"@id": ...}) to another node of the page as that node."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, Mapping) and set(value) == {"@id"}:
        return by_id.get(value["@id"], {})
    return value
