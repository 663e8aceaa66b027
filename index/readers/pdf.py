"""PDF: the text of its pages, with line wraps and hyphens at line ends mended."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.errors import ReadError
from index.outlets import name_shaped
from index.readers.draft import Draft, Fault
from index.readers.source import Source

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_TITLE_OF_A_FILE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|indd|pdf|txt|odt|tex|qxd|html?)\b|https?://", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…:][\"”'’»)\]]*$")
SHORT_LINE = 0.8
"""Share of the page's usual line length under which a line that ends a sentence ends a paragraph too."""


def read(source: Source) -> Iterator[Draft | Fault]:
    """The file as one draft.

    Raises:
        ReadError: it is no sound PDF, is protected by a password, or holds pictures of text only.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    data = source.data()
    if b"%PDF-" not in data[:1024]:
        raise ReadError("it ends in .pdf but is no PDF; check how it was saved")
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it reports every mended oddity of a file on standard error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("it is protected by a password; save a copy without one")
        pages = [page.extract_text() or "" for page in reader.pages]
        info = reader.metadata
        title, author = str((info and info.title) or ""), str((info and info.author) or "")
    except (FileNotDecryptedError, DependencyError):
        raise ReadError("it is protected by a password; save a copy without one") from None
    except ReadError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OverflowError,
    ) as error:
        # pypdf lets errors of every kind through where a file is cut off or broken.
        raise ReadError(
            f"its PDF structure is broken ({str(error)[:100] or type(error).__name__}); save it again"
        ) from None
    text = flowing(pages)
    if not text:
        raise ReadError("it holds no text (scanned pages?); run text recognition over it first")
    known = title.strip() if len(title.split()) >= 3 and not _TITLE_OF_A_FILE.search(title) else ""
    person = author.strip() if len(author.split()) >= 2 and name_shaped(author.strip()) else ""
    yield Draft(text, title=known, author=person)


def flowing(pages: Sequence[str]) -> str:
    """Pages as running text: page numbers and running heads left out, lines of a paragraph joined."""
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    running = _running(split)
    lines: list[str] = []
    for page in split:
        kept = [line for line in page if line not in running]
        while kept and (not kept[-1] or _PAGE_NUMBER.fullmatch(kept[-1])):
            kept.pop()
        while kept and (not kept[0] or _PAGE_NUMBER.fullmatch(kept[0])):
            kept.pop(0)
        lines += kept
    return _joined(lines)


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand first or last on most pages of at least three."""
    if len(pages) < 3:
        return set()
    edges: Counter[str] = Counter()
    for page in pages:
        full = [line for line in page if line]
        edges.update(set(full[:1] + full[-1:]))
    return {line for line, count in edges.items() if count >= 3 and count > 0.5 * len(pages)}


def _joined(lines: Sequence[str]) -> str:
    full = sorted(len(line) for line in lines if line)
    usual = full[int(0.8 * (len(full) - 1))] if full else 0
    vocabulary = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(lines).lower()))
    paragraphs: list[str] = []
    current = ""
    for number, line in enumerate(lines):
        if not line:
            if current and (_SENTENCE_END.search(current) or len(current) < SHORT_LINE * usual):
                paragraphs.append(current)
                current = ""
            continue
        current = _with(current, line, vocabulary) if current else line
        following = next((text for text in lines[number + 1 :] if text), "")
        ends = _SENTENCE_END.search(line) and len(line) < SHORT_LINE * usual
        headline = not paragraphs and current == line and _stands_alone(line, following, usual)
        if ends or headline:
            paragraphs.append(current)
            current = ""
    return "\n\n".join([*paragraphs, current] if current else paragraphs)


def _stands_alone(line: str, following: str, usual: int) -> bool:
    """A first line that is clearly shorter than a full one, with a new sentence after it."""
    return len(line) < SHORT_LINE * usual and line[-1] not in ",;-–—" and bool(following) and not following[0].islower()


def _with(before: str, line: str, vocabulary: Counter[str]) -> str:
    """The next line of a paragraph joined on; a hyphen at the line's end goes where the word is written without it."""
    split = re.search(r"([^\W\d_]+)-$", before)
    rest = re.match(r"[^\W\d_]+", line)
    if not split or not rest:
        return f"{before} {line}"
    first, second = split[1], rest.group()
    whole, hyphened = (first + second).lower(), f"{first}-{second}".lower()
    compound = second[0].isupper() or vocabulary[hyphened] > vocabulary[whole]
    return before + line if compound else before[:-1] + line
