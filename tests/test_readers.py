# ruff: noqa: E501  (pages and articles stand here as they come)
"""Files, folders and streams to articles: what is read, what fails and with which reason."""

import gzip
import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from index.article import Article
from index.dates import PartialDate
from index.readers import Inputs, ReadFailure, ReadOptions, read_inputs
from index.readers import source as sources

STORY = (
    "The ferry Morning Tern ran aground off Cape Hollin on Tuesday night, the coastguard said.\n\n"
    "All 214 passengers were taken ashore by fishing boats. “Nobody was hurt,” said the harbour master, Ada Quill.\n\n"
    "The operator, Hollin Lines, did not answer questions about the state of the engines."
)


def read(*paths: str | Path, **settings: object) -> list[Article | ReadFailure]:
    return list(Inputs([str(path) for path in paths], **settings))  # type: ignore[arg-type]


def one(path: str | Path) -> Article:
    (found,) = read(path)
    assert isinstance(found, Article), found
    return found


def failure(path: str | Path) -> ReadFailure:
    (found,) = read(path)
    assert isinstance(found, ReadFailure), found
    return found


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def pdf(*pages: list[str], title: str = "", password: str = "") -> bytes:
    """A PDF with the given lines of text on its pages."""
    objects: list[bytes] = [b"", b""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 720 Td {shown} ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 %s >> >> >>"
        objects.append(page % (len(objects), font))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out.getvalue())))
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password, algorithm="AES-256")
    sealed = io.BytesIO()
    writer.write(sealed)
    return sealed.getvalue()


# --- text and its encodings ---------------------------------------------------------------------------------------


def test_bare_text_keeps_headline_and_words(tmp_path: Path) -> None:
    text = f"Ferry runs aground off Cape Hollin | Hollin Courier\n\n{STORY}\n\n\nLeave a Reply\n\nYour email address will not be published.\n"
    found = one(write(tmp_path, "ferry.txt", text))
    assert found.id == "ferry"
    assert found.text == f"Ferry runs aground off Cape Hollin | Hollin Courier\n\n{STORY}"
    assert (found.title, found.publisher, found.publisher_from) == (
        "Ferry runs aground off Cape Hollin",
        "Hollin Courier",
        "text",
    )
    assert (found.published, found.date_from, found.language) == (None, "", "en")
    assert found.path == str(tmp_path / "ferry.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    text = f"Ferry aground — café owner “saw it all”\n\n{STORY} It cost €5."
    assert one(write(tmp_path, "a.txt", text.encode(encoding))).text == text


def test_other_single_byte_encoding(tmp_path: Path) -> None:
    text = (
        "Паром сел на мель у мыса\n\n" + "Паром сел на мель во вторник вечером, сообщила береговая охрана острова. " * 6
    )
    found = one(write(tmp_path, "a.txt", text.encode("cp1251")))
    assert found.text == text.strip()
    assert found.language == "ru"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("The mayorâ€™s office said â€œnoâ€\x9d.", "The mayor’s office said “no”."),
        ("The cafÃ© closed.", "The café closed."),
        ("Brack &amp; Sons said &ldquo;no&rdquo; &#8212; twice.", "Brack & Sons said “no” — twice."),
        ('He said ‘no’ and "never".', 'He said ‘no’ and "never".'),
        ("ﬁve ½ litres, №4, x² and ＡＢ", "ﬁve ½ litres, №4, x² and ＡＢ"),
        ("AT&T &c. R&D &notanentity;", "AT&T &c. R&D &notanentity;"),
        ("under\u00adstand,\u200byou", "understand, you"),
    ],
)
def test_mojibake_and_entities_are_mended_and_quotes_stay(tmp_path: Path, broken: str, mended: str) -> None:
    assert one(write(tmp_path, "a.txt", broken)).text == mended


def test_utf8_with_a_stray_byte_of_another_encoding(tmp_path: Path) -> None:
    data = "The café and the naïve “owner” said: ".encode() + b"it\x92s closed, " + "“truly”, señor.".encode()
    assert (
        one(write(tmp_path, "a.txt", data)).text == "The café and the naïve “owner” said: it’s closed, “truly”, señor."
    )


def test_single_line_ends_become_paragraphs_and_wrapped_text_stays(tmp_path: Path) -> None:
    lines = ["Ferry runs aground", *STORY.split("\n\n")]
    assert one(write(tmp_path, "a.txt", "\n".join(lines))).text == "\n\n".join(lines)
    wrapped = "The ferry ran aground on Tuesday night off\nCape Hollin, and all of its passengers were\ntaken ashore by boats. Nobody was hurt, the\nharbour master said."
    assert one(write(tmp_path, "b.txt", wrapped)).text == wrapped


# --- Markdown -----------------------------------------------------------------------------------------------------


def test_markdown_front_matter_and_marks(tmp_path: Path) -> None:
    page = """---
title: "Ferry aground: 'nobody hurt'"
source: Hollin Courier
date: 2022-09-03T18:20:00
link: https://courier.example/ferry
author: [Ada Quill, Ben Roe]
---
The ferry *Morning Tern* ran **aground** off [Cape Hollin](https://x.example/a_(b) "map"), said the _coastguard_.

## What we know

- It costs 5 * 3 * 2 crowns and file_name_one stays.
- See ![a boat](boat.png)the `log`[^1].

> “Nobody was hurt,” \\*she\\* said.

***

[^1]: https://x.example
"""
    found = one(write(tmp_path, "a.md", page))
    assert found.text == (
        "The ferry Morning Tern ran aground off Cape Hollin, said the coastguard.\n\nWhat we know\n\n"
        "It costs 5 * 3 * 2 crowns and file_name_one stays.\nSee the log.\n\n“Nobody was hurt,” *she* said."
    )
    assert (found.title, found.publisher, found.publisher_from) == (
        "Ferry aground: 'nobody hurt'",
        "Hollin Courier",
        "file",
    )
    assert (str(found.published), found.date_from) == ("2022-09-03", "file")
    assert found.published is not None and found.published.clock.startswith("2022-09-03T18:20")
    assert (found.author, found.url) == ("Ada Quill, Ben Roe", "https://courier.example/ferry")


def test_markdown_front_matter_that_is_no_sound_yaml(tmp_path: Path) -> None:
    found = one(write(tmp_path, "a.md", f"---\ntitle: Ferry: we were wrong\npublisher: The Courier\n---\n{STORY}"))
    assert (found.title, found.publisher, found.text) == ("Ferry: we were wrong", "The Courier", STORY)


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    found = one(write(tmp_path, "a.md", f"# Ferry runs *aground*\n\n{STORY}"))
    assert found.title == "Ferry runs aground"
    assert found.text == f"Ferry runs aground\n\n{STORY}"


def test_a_rule_between_paragraphs_is_no_front_matter(tmp_path: Path) -> None:
    found = one(write(tmp_path, "a.md", f"---\n\n{STORY}\n\n---\n\nMore tomorrow.\n"))
    assert found.text == f"{STORY}\n\nMore tomorrow."


# --- PDF and Word -------------------------------------------------------------------------------------------------


def test_pdf_lines_are_joined_to_paragraphs(tmp_path: Path) -> None:
    first = [
        "Hollin Courier, page one",
        "Ferry runs aground off Cape Hollin",
        "The ferry Morning Tern ran aground off Cape Hollin on Tuesday night, the coast-",
        "guard said. The coastguard sent two boats, and the semi-",
        "Governmental Harbour Board sent another. Nobody was hurt.",
        "All 214 passengers were taken ashore by fishing boats before the tide had turned",
        "in the bay, and a well-known local captain said that the engines of the ship",
        "had stopped.",
        "1",
    ]
    pages = [first] + [
        ["Hollin Courier, page one", "The last passengers came ashore at dawn and were given tea.", str(n)]
        for n in (2, 3)
    ]
    found = one(write(tmp_path, "a.pdf", pdf(*pages)))
    assert found.text.split("\n\n") == [
        "Ferry runs aground off Cape Hollin",
        "The ferry Morning Tern ran aground off Cape Hollin on Tuesday night, the coastguard said. The coastguard sent two "
        "boats, and the semi-Governmental Harbour Board sent another. Nobody was hurt.",
        "All 214 passengers were taken ashore by fishing boats before the tide had turned in the bay, and a well-known local "
        "captain said that the engines of the ship had stopped.",
        "The last passengers came ashore at dawn and were given tea.",
        "The last passengers came ashore at dawn and were given tea.",
    ]
    assert found.title == "Ferry runs aground off Cape Hollin"


def test_pdf_title_from_its_metadata(tmp_path: Path) -> None:
    body = ["The ferry ran aground off Cape Hollin on Tuesday night.", "Nobody was hurt."]
    assert (
        one(write(tmp_path, "a.pdf", pdf(body, title="Ferry aground off Hollin"))).title == "Ferry aground off Hollin"
    )
    assert one(write(tmp_path, "b.pdf", pdf(body, title="Microsoft Word - draft2.docx"))).title == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(["Secret text of some length."], password="x"), "password"),
        (pdf([""]), "no text"),
        (b"not a pdf at all", "is no PDF"),
        (pdf(["The ferry ran aground."])[:300], "broken"),
    ],
)
def test_pdf_that_cannot_be_read(tmp_path: Path, content: bytes, reason: str) -> None:
    found = failure(write(tmp_path, "a.pdf", content))
    assert found.name.endswith("a.pdf")
    assert reason in found.reason


def test_docx(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Ferry runs aground off Cape Hollin", 1)
    document.add_paragraph("By Ada Quill, 3 May 2022")
    for paragraph in STORY.split("\n\n"):
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Passengers", "214"
    document.save(str(tmp_path / "a.docx"))
    found = one(tmp_path / "a.docx")
    assert found.text.endswith(f"{STORY}\n\nPassengers\t214")
    assert (found.title, found.author, str(found.published)) == (
        "Ferry runs aground off Cape Hollin",
        "Ada Quill",
        "2022-05-03",
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 old", b"plain"])
def test_docx_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    assert "no sound .docx" in failure(write(tmp_path, "a.docx", content)).reason


# --- bad files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"Leave a Reply\n\n***\n", ""),
        ("a.txt", b"text\x00\x01\x02 with \x00 zeros \x00", "NUL"),
        ("a.txt", bytes(range(128, 160)) * 40, "encoding"),
        ("a.txt", b"\xff\xfe", "no text"),
        ("a.txt.gz", gzip.compress(STORY.encode())[:-30], "breaks off"),
        ("a.txt.gz", b"no gzip at all", "gzip"),
        ("a.json", b'{"title": "x", "text": ', "not sound JSON"),
        ("a.json", b"[" * 100_000, "JSON"),
        ("a.json", b'"just words"', "expected an object"),
        ("a.json", b"[]", "empty"),
        ("a.json", b'{"title": "x", "summary": "y"}', "its fields are title, summary"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"title,summary,when\nx,y,z\n", "no column for the text among title, summary, when"),
        ("a.csv", b"title,text\n", "no other"),
        ("a.rss", b"<html><body>no feed</body></html>", "neither RSS nor Atom"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", "no article text"),
        ("a.html", b"", "empty"),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_failure_with_its_name_and_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = write(tmp_path, name, content)
    (found,) = read(path)
    if not reason:  # a file of nothing but furniture is kept as it is: it is not empty
        assert isinstance(found, Article)
        return
    assert isinstance(found, ReadFailure), found
    assert found.name == str(path)
    assert reason in found.reason


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    write(tmp_path, "b.txt", b"")
    write(tmp_path, "c.txt", STORY)
    kinds = [type(found).__name__ for found in read(tmp_path)]
    assert kinds == ["Article", "ReadFailure", "Article"]


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.seek(sources.LARGEST)
        file.write(b"x")
    assert "larger than 50 MB" in failure(path).reason


def test_gzip_that_unpacks_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.json.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(51):
            file.write(b" " * 1_000_000)
    assert path.stat().st_size < 1_000_000
    assert "larger than 50 MB" in failure(path).reason


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    gone, kept = write(tmp_path, "a.txt", STORY), write(tmp_path, "b.txt", STORY)
    inputs = Inputs([gone, kept])
    gone.unlink()
    first, second = list(inputs)
    assert isinstance(first, ReadFailure) and "no such file" in first.reason
    assert isinstance(second, Article)


def test_no_such_file() -> None:
    assert "no such file" in failure("nowhere/at/all.txt").reason


# --- folders and names --------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_without_hidden_files_and_pictures(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "photo.jpg", "suite.yaml"):
        write(tmp_path, name, STORY)
    assert [found.id for found in read(tmp_path) if isinstance(found, Article)] == ["a", "b", "c"]
    assert len(read(tmp_path)) == 3


def test_a_file_in_a_folder_that_no_reader_fits(tmp_path: Path) -> None:
    write(tmp_path, "old.doc", b"\xd0\xcf\x11\xe0")
    assert "no reader for .doc" in failure(tmp_path).reason


def test_an_empty_folder(tmp_path: Path) -> None:
    assert "no file to read" in failure(tmp_path).reason


@pytest.mark.parametrize("order", [("x/s.txt", "y/s.txt"), ("y/s.txt", "x/s.txt")])
def test_same_stems_are_put_behind_their_folders_in_any_order(tmp_path: Path, order: tuple[str, str]) -> None:
    paths = [write(tmp_path, name, STORY) for name in order]
    ids = {found.path: found.id for found in read(*paths) if isinstance(found, Article)}
    assert ids == {str(tmp_path / "x/s.txt"): "x/s", str(tmp_path / "y/s.txt"): "y/s"}


def test_same_stems_in_folders_of_one_name_and_in_one_folder(tmp_path: Path) -> None:
    for name in ("p/x/s.txt", "q/x/s.txt", "r/t.txt", "r/t.md"):
        write(tmp_path, name, STORY)
    assert [found.id for found in read(tmp_path) if isinstance(found, Article)] == [
        "p/x/s",
        "q/x/s",
        "r/t.md",
        "r/t.txt",
    ]


def test_an_article_keeps_the_id_it_has_in_the_index(tmp_path: Path) -> None:
    first, second = write(tmp_path, "x/s.txt", STORY), write(tmp_path, "y/s.txt", STORY)
    known = {"s": str(first)}
    assert [found.id for found in read(first, second, known=known) if isinstance(found, Article)] == ["s", "y/s"]
    known = {"s": str(first), "y/s": str(second)}
    assert [found.id for found in read(second, known=known) if isinstance(found, Article)] == ["y/s"]


def test_one_path_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", STORY)
    assert len(read(path, tmp_path, path)) == 1


def test_standard_input_is_told_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(json.dumps({"id": "r1", "text": STORY}).encode())

    monkeypatch.setattr("sys.stdin", Piped())
    (found,) = read("-")
    assert isinstance(found, Article)
    assert (found.id, found.text, found.path) == ("r1", STORY, "-")


def test_options_set_only_what_the_file_does_not_tell(tmp_path: Path) -> None:
    told = write(tmp_path, "told.md", f"---\npublisher: The Courier\n---\n{STORY}")
    bare = write(tmp_path, "bare.txt", STORY)
    options = ReadOptions(publisher="Set Press", published=PartialDate(2022, 5))
    first, second = list(read_inputs([told, bare], options))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.publisher, first.publisher_from, str(first.published), first.date_from) == (
        "The Courier",
        "file",
        "2022-05",
        "set",
    )
    assert (second.publisher, second.publisher_from) == ("Set Press", "set")


def test_the_number_of_articles_is_known_before(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    write(tmp_path, "b.jsonl", "".join(json.dumps({"text": STORY}) + "\n" for _ in range(3)))
    assert len(Inputs([tmp_path])) == 4
