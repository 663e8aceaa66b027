"""Word documents (.docx): paragraphs and tables in order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from index.errors import ReadError
from index.readers.draft import Draft, Fault
from index.readers.source import LARGEST, Source


def read(source: Source) -> Iterator[Draft | Fault]:
    """The file as one draft; who typed it and when stays out, since that is neither byline nor publication date.

    Raises:
        ReadError: it is no sound .docx, unpacks to more than the limit, or holds no text.
    """
    data = source.data()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml"))
            if "word/document.xml" not in archive.namelist():
                raise ReadError("it is no Word document (no word/document.xml inside); save it as .docx")
    except zipfile.BadZipFile:
        hint = "an old or protected Word file" if data.startswith(b"\xd0\xcf\x11\xe0") else "broken or cut off"
        raise ReadError(f"it is no sound .docx ({hint}); save it again as .docx without a password") from None
    if size > LARGEST:
        raise ReadError(f"it unpacks to more than {LARGEST // 1_000_000} MB; split it")
    texts, title = _contents(data)
    if not any(text.strip() for text in texts):
        raise ReadError("it holds no text")
    yield Draft("\n\n".join(text.strip() for text in texts if text.strip()), title=title)


def _contents(data: bytes) -> tuple[list[str], str]:
    from docx import Document
    from docx.table import Table
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        texts: list[str] = []
        title = ""
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    cells = [cell.text.strip() for cell in row.cells]
                    texts.append("\t".join(dict.fromkeys(cell for cell in cells if cell)))  # merged cells come twice
                continue
            texts.append(block.text)
            style = (block.style.name or "").lower() if block.style is not None else ""
            if not title and (style == "title" or style.startswith("heading 1")):
                title = block.text.strip()
    except (LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise ReadError(f"its Word structure is broken ({str(error)[:100]}); save it again as .docx") from None
    return texts, title
