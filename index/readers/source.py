"""Source: one input (a file, an address, standard input) as bounded bytes; and the files of a folder."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from index.errors import ReadError

LARGEST = 50_000_000
"""Bytes of a file that is read whole, and of one record (a line, a row) of a file that is read by the record."""

# Files that lie beside saved pages and in data folders; nobody means them as articles.
_BESIDE = frozenset(
    "png jpg jpeg gif webp svg ico bmp tif tiff avif mp3 mp4 m4a wav ogg webm mov avi css js mjs map woff woff2 ttf "
    "otf eot yaml yml toml ini cfg lock py pyc ipynb sh log sqlite db".split()
)


@dataclass(frozen=True, slots=True)
class Source:
    """One input."""

    name: str
    """What messages call it: the path or address as given, or "standard input"."""
    path: str
    """Absolute path, address, or "-"; recorded as `Article.path`."""
    suffix: str
    """Which reader: the lower-case ending without a full stop and without .gz; empty where the content decides."""
    stem: str
    """The name without its endings: what the articles are called where they have no id of their own."""
    folders: tuple[str, ...] = ()
    """The folders above it, the nearest first; for an address its host."""
    packed: bool = False
    """True where the bytes are gzip."""
    held: bytes | None = None
    """The bytes, where they can be had only once (addresses, standard input); None for a file."""
    charset: str = ""
    """What the server says the encoding is; empty when nobody says."""
    address: str = ""
    """Where a fetched page came from in the end, after redirects; empty for files."""
    fault: str = ""
    """Why there is nothing to read (no such file, refused address); empty when there is."""

    @classmethod
    def of_file(cls, path: str | Path, name: str = "") -> Source:
        """A file, which need not exist: reading it then fails with the reason."""
        where = Path(os.path.abspath(path))
        stem, suffix = where.stem, where.suffix.lower().lstrip(".")
        packed = suffix == "gz"
        if packed:
            inner = Path(stem)
            stem, suffix = inner.stem, inner.suffix.lower().lstrip(".")
        if where.name.startswith(".") and not suffix:
            stem = where.name.lstrip(".")
        folders = tuple(parent.name for parent in where.parents if parent.name)
        return cls(name or str(path), str(where), suffix, stem, folders, packed)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes as a stream, unpacked.

        Raises:
            ReadError: it cannot be opened, or the stream breaks off while it is read.
        """
        if self.fault:
            raise ReadError(self.fault)
        try:
            with open(self.path, "rb") if self.held is None else io.BytesIO(self.held) as raw:
                yield cast(IO[bytes], gzip.GzipFile(fileobj=raw) if self.packed else raw)
        except FileNotFoundError:
            raise ReadError("there is no such file (it may have gone while it was read)") from None
        except IsADirectoryError:
            raise ReadError("it is a folder where a file was expected") from None
        except EOFError:
            raise ReadError("the gzip data breaks off before its end; fetch or pack the file again") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise ReadError(f"it ends in .gz but is not sound gzip data ({error}); pack it again") from None
        except OSError as error:
            raise ReadError(f"it cannot be read: {error.strerror or error}") from None

    def data(self) -> bytes:
        """All bytes, unpacked; never empty.

        Raises:
            ReadError: it cannot be read, is empty, or is larger than `LARGEST`.
        """
        with self.open() as stream:
            found = stream.read(LARGEST + 1)
        if len(found) > LARGEST:
            raise ReadError(f"it is larger than {LARGEST // 1_000_000} MB; split it, or give it as .jsonl")
        if not found.strip():
            raise ReadError("it is empty")
        return found


def standard_input(stream: IO[bytes] | None = None) -> Source:
    """Standard input, read to its end; its articles are called after a hash of the bytes, so that two different
    texts piped in one after the other stay two articles."""
    import hashlib

    found = (stream or sys.stdin.buffer).read(LARGEST + 1)
    fault = f"it is larger than {LARGEST // 1_000_000} MB" if len(found) > LARGEST else ""
    return Source("standard input", "-", "", hashlib.sha256(found).hexdigest()[:16], held=found, fault=fault)


def files_under(folder: str | Path) -> Iterator[Source]:
    """Every file below a folder in sorted order; hidden ones and what is no document (pictures, style sheets,
    settings) left out. A folder that cannot be listed comes as a source with a fault."""
    faults: list[Source] = []

    def unreadable(error: OSError) -> None:
        broken = Source.of_file(error.filename)
        faults.append(
            Source(broken.name, broken.path, "", broken.stem, fault=f"the folder cannot be read: {error.strerror}")
        )

    found: list[Path] = []
    for parent, children, names in os.walk(folder, onerror=unreadable):
        children[:] = [name for name in children if not name.startswith(".")]
        found += [Path(parent, name) for name in names if not name.startswith(".")]
    yield from faults
    for path in sorted(found):
        source = Source.of_file(path)
        if source.suffix not in _BESIDE:
            yield source


def sniff(data: bytes) -> str:
    """The suffix of the reader that fits the bytes: "pdf", "docx", "html", "feed", "json", "jsonl" or "txt"."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head.lower()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head[:1] == b"{":
        first_line = head.split(b"\n", 1)[0].rstrip()
        return "jsonl" if first_line.endswith(b"}") and b"\n" in data.strip() else "json"
    if head.startswith((b'[{"', b"[\n", b"[ {", b"[\r\n", b"[{")):
        return "json"
    if any(mark in lower[:1000] for mark in (b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower or b"<body" in lower:
        return "html"
    if head.startswith((b"---\n", b"---\r\n")):
        return "md"
    return "txt"
