# ruff: noqa: E501  (pages and articles stand here as they come)
"""JSON, JSON Lines, CSV and feeds."""

import codecs
import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Inputs, ReadFailure

STORY = "The ferry Morning Tern ran aground off Cape Hollin on Tuesday night, and nobody was hurt, the coastguard said."


def read(folder: Path, name: str, content: str | bytes) -> list[Article | ReadFailure]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(Inputs([path]))


def articles(found: list[Article | ReadFailure]) -> list[Article]:
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


RECORD = {
    "id": "f-1",
    "title": "Ferry aground",
    "text": STORY,
    "publisher": "Hollin Courier",
    "published": "2022-05-03",
    "url": "https://courier.example/1",
    "author": "Ada Quill",
    "language": "en-GB",
}


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        {key.upper(): value for key, value in RECORD.items()},
        {
            "ID": "f-1", "Headline": "Ferry aground", "Body": STORY, "source": {"id": None, "name": "Hollin Courier"},
            "publishedAt": "2022-05-03", "link": "https://courier.example/1", "byline": "By Ada Quill", "lang": "en",
        },
        {
            "id": "f-1", "headline": "Ferry aground", "article": STORY, "outlet": "Hollin Courier", "publish_date": "3 May 2022",
            "url": "https://courier.example/1", "authors": ["Ada Quill"], "Language": "EN",
        },
        {
            "id": "f-1", "title": "Ferry aground", "content": f"<p>{STORY}</p>", "site_name": "Hollin Courier",
            "datePublished": "2022-05-03", "link": "https://courier.example/1", "author": {"name": "Ada Quill"},
        },
    ],
)  # fmt: skip
def test_usual_names_of_fields(tmp_path: Path, record: dict[str, object]) -> None:
    (found,) = articles(read(tmp_path, "a.json", json.dumps(record)))
    assert (found.id, found.title, found.text) == ("f-1", "Ferry aground", STORY)
    assert (found.publisher, str(found.published), found.author) == ("Hollin Courier", "2022-05-03", "Ada Quill")
    assert (found.url, found.language, found.publisher_from, found.date_from) == (
        "https://courier.example/1",
        "en",
        "file",
        "file",
    )


def test_an_address_under_source_is_no_publisher(tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path, "a.json", json.dumps({"text": STORY, "source": "https://courier.example/2"})))
    assert (found.publisher, found.url) == ("", "https://courier.example/2")


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ({"text": STORY}, ["news"]),
        ([{"text": STORY}], ["news"]),
        ([{"text": STORY}, {"text": STORY}, {"id": 7, "text": STORY}], ["news-1", "news-2", "7"]),
        ({"articles": [{"text": STORY}, {"text": STORY}]}, ["news-1", "news-2"]),
        ({"status": "ok", "articles": [{"id": "x", "text": STORY}]}, ["x"]),
    ],
)
def test_shapes_of_json_and_ids(tmp_path: Path, content: object, ids: list[str]) -> None:
    assert [found.id for found in articles(read(tmp_path, "news.json", json.dumps(content)))] == ids


def test_json_lines_in_a_json_file(tmp_path: Path) -> None:
    lines = json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY}) + "\n"
    assert [found.id for found in articles(read(tmp_path, "news.json", lines))] == ["news-1", "news-2"]


def test_a_bad_line_is_one_failure_and_counts(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": STORY}),
        "",
        '{"text": "cut of',
        json.dumps({"title": "no text"}),
        "[1]",
        json.dumps({"text": STORY}),
    ]
    found = read(tmp_path, "news.jsonl", "\n".join(lines))
    assert [item.id for item in found if isinstance(item, Article)] == ["news-1", "news-5"]
    bad = [item for item in found if isinstance(item, ReadFailure)]
    assert [item.name.rsplit("/", 1)[1] for item in bad] == [
        "news.jsonl, line 3",
        "news.jsonl, line 4",
        "news.jsonl, line 5",
    ]
    assert "not sound JSON" in bad[0].reason
    assert "no text" in bad[1].reason
    assert "expected an object" in bad[2].reason


def test_a_line_in_another_encoding_spoils_no_other(tmp_path: Path) -> None:
    content = json.dumps({"text": f"Café. {STORY}"}, ensure_ascii=False)
    found = articles(read(tmp_path, "news.jsonl", content.encode() + b"\n" + content.encode("cp1252") + b"\n"))
    assert [item.text for item in found] == [f"Café. {STORY}"] * 2


@pytest.mark.parametrize("name", ["news.json.gz", "news.jsonl.gz"])
def test_gzip(tmp_path: Path, name: str) -> None:
    (found,) = articles(read(tmp_path, name, gzip.compress(json.dumps({"text": STORY}).encode())))
    assert (found.id, found.text) == ("news", STORY)


def test_records_before_the_break_of_a_cut_off_gzip_file(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{STORY} {number * 7919 % 10007}"}) + "\n" for number in range(3000))
    found = read(tmp_path, "news.jsonl.gz", gzip.compress(lines.encode())[:-2000])
    assert isinstance(found[-1], ReadFailure) and "breaks off" in found[-1].reason
    assert len(articles(found[:-1])) > 10


def test_two_records_with_one_id(tmp_path: Path) -> None:
    first, second = read(tmp_path, "a.json", json.dumps([{"id": "x", "text": STORY}, {"id": "x", "text": STORY}]))
    assert isinstance(first, Article)
    assert isinstance(second, ReadFailure) and "'x'" in second.reason


def test_one_id_in_two_files_is_put_behind_the_folders(tmp_path: Path) -> None:
    for folder in ("p", "q"):
        (tmp_path / folder).mkdir()
        read(tmp_path / folder, "news.json", json.dumps({"id": "x", "text": STORY}))
    assert [found.id for found in articles(list(Inputs([tmp_path])))] == ["p/x", "q/x"]


def test_one_id_in_two_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        read(tmp_path, name, json.dumps({"id": "x", "text": STORY}))
    folder = tmp_path.name
    assert [found.id for found in articles(list(Inputs([tmp_path])))] == [f"{folder}/a.json/x", f"{folder}/b.json/x"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_csv(tmp_path: Path, delimiter: str, mark: bytes) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    writer.writerows(
        [["Title", "Body", "Source", "Date"], ["Ferry, aground", f"{STORY}\n\nMore; on | it.", "Courier", "2022-05"]]
    )
    writer.writerows([["Short row"], [], ["Second", STORY, "", ""]])
    found = read(tmp_path, "t.csv", mark + table.getvalue().encode())
    first, bad, second = found
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(bad, ReadFailure)
    assert (first.id, first.title, first.text) == ("t-1", "Ferry, aground", f"{STORY}\n\nMore; on | it.")
    assert (first.publisher, str(first.published)) == ("Courier", "2022-05")
    assert bad.name.endswith("t.csv, row 2") and "no text" in bad.reason
    assert second.id == "t-3"


def test_csv_in_utf16(tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path, "t.csv", "title,text\r\nFerry,Café. A ferry ran aground.\r\n".encode("utf-16")))
    assert (found.title, found.text) == ("Ferry", "Café. A ferry ran aground.")


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Hollin Courier</title><link>https://courier.example</link>
<item><title>Ferry &amp; rocks</title><link>https://courier.example/1</link><guid isPermaLink="false">tag-1</guid>
<pubDate>Tue, 03 May 2022 23:30:00 +0200</pubDate><dc:creator>Ada Quill</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>{STORY}</p><p>“Nobody <b>was</b> hurt,” she said.</p><script>x()</script>]]></content:encoded></item>
<item><title>Second</title><link>https://courier.example/2</link><description>{STORY}</description></item>
<item><title>Empty</title><link>https://courier.example/3</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Hollin Courier</title>
<entry><id>urn:1</id><title>Ferry</title><updated>2022-06-01T00:00:00Z</updated><published>2022-05-03T10:00:00Z</published>
<author><name>Ada Quill</name></author><content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>Changed</title><updated>2022-06-01T00:00:00Z</updated><summary>{STORY}</summary></entry></feed>"""


@pytest.mark.parametrize("name", ["f.xml", "f.rss", "f.feed"])
def test_rss(tmp_path: Path, name: str) -> None:
    first, second, empty = read(tmp_path, name, RSS)
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(empty, ReadFailure)
    assert (first.id, first.title, first.publisher, first.author) == (
        "tag-1",
        "Ferry & rocks",
        "Hollin Courier",
        "Ada Quill",
    )
    assert first.text == f"{STORY}\n\n“Nobody was hurt,” she said."
    assert (str(first.published), first.url) == ("2022-05-03", "https://courier.example/1")
    assert (second.id, second.published) == ("https://courier.example/2", None)
    assert "neither content nor summary" in empty.reason


def test_atom_and_its_date_of_change(tmp_path: Path) -> None:
    first, second = articles(read(tmp_path, "f.atom", ATOM))
    assert (first.id, str(first.published), first.text, first.author) == ("urn:1", "2022-05-03", STORY, "Ada Quill")
    assert (second.text, second.published) == (STORY, None)


def test_a_feed_that_breaks_off(tmp_path: Path) -> None:
    found = read(tmp_path, "f.xml", RSS[: RSS.index("<item><title>Empty")])
    assert [type(item).__name__ for item in found] == ["Article", "Article", "ReadFailure"]
    assert isinstance(found[-1], ReadFailure) and "breaks off" in found[-1].reason


def test_a_feed_with_entities_of_its_own(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "f.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RSS.split("?>", 1)[1])
    assert isinstance(found, ReadFailure) and "entities of its own" in found.reason


def test_an_empty_feed(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "f.xml", '<rss version="2.0"><channel><title>x</title></channel></rss>')
    assert isinstance(found, ReadFailure) and "no entries" in found.reason
