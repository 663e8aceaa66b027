"""Bytes to text: the encoding found, mojibake mended, entities resolved; words and quotation marks left as they are."""

from __future__ import annotations

import codecs
import html
import html.entities
import re
import unicodedata

from index.errors import ReadError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Letters and marks that western European text in Windows-1252 is made of beside ASCII.
_WESTERN = frozenset(
    "‘’“”„‚–—…•€£¥§©®°·½¼¾«»¡¿ªº´\xa0àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒœŠšŽžŸ"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\x85")


def decode(data: bytes, declared: str = "") -> str:
    """The text of the bytes.

    `declared` is the encoding that a server or page names; it is used where the bytes are not UTF-8.

    Raises:
        ReadError: the bytes are no text in any encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text.removeprefix("\ufeff")
    if b"\x00" in data:
        wide = _without_mark(data)
        if wide is None:
            raise ReadError("it holds binary data (NUL bytes) where text was expected; convert it to text first")
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: English text then has NUL as every second byte."""
    for encoding, zeros in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[0:2000:2])):
        if len(zeros) > 3 and zeros.count(0) > 0.8 * len(zeros) and len(data) % 2 == 0:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _legacy(data: bytes, declared: str) -> str:
    nearly = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in nearly)
    sound = sum(character > "\x7f" for character in nearly) - stray
    if sound > 2 * stray:  # UTF-8 with a few bytes of another encoding pasted in
        return re.sub("[\udc80-\udcff]", lambda found: _one_byte(ord(found.group()) - 0xDC00), nearly)
    try:
        western = data.decode("cp1252")
        if all(character < "\x80" or character in _WESTERN for character in western) and not declared:
            return western
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    text = str(best) if best is not None else ""
    # On 32 control bytes over and over it answers with chaos 6 % and coherence 0; on Russian, Greek and Polish with
    # coherence 47 % and more. It gives East Asian text no coherence, and single-byte junk never passes for that.
    junk = best is not None and best.multi_byte_usage < 0.1 and best.percent_coherence == 0 and best.percent_chaos > 5
    if not text or junk or _unlike_text(text):
        raise ReadError("its encoding cannot be told; save it as UTF-8")
    return text


def _one_byte(value: int) -> str:
    try:
        return bytes([value]).decode("cp1252")
    except UnicodeDecodeError:
        return "\ufffd"


def _unlike_text(text: str) -> bool:
    sample = text[:20_000]
    odd = sum(
        unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
        for character in sample
        if character not in "\n\r\t\f"
    )
    return odd > 0.02 * len(sample)


def mend(text: str) -> str:
    """Mojibake mended, HTML entities resolved, line ends made "\\n", control and invisible characters taken out,
    letters composed (NFC); quotation marks, ligatures and words stay as they are."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _mojibake(text)
        # A zero-width space after a comma stands for a space; inside a word it is an allowed break, as a soft hyphen.
        text = re.sub("(?<=[.,;:!?])\u200b+(?=\\w)", " ", text)
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if "&" in text:
        text = re.sub(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", _entity, text)
    return _CONTROLS.sub("", text.replace("\f", "\n\n"))


def _entity(found: re.Match[str]) -> str:
    words = found.group()
    if words[1] != "#" and words[1:] not in html.entities.html5:
        return words  # "&notanentity;" starts like one
    resolved = html.unescape(words)
    return "" if resolved in ("\u00ad", "\u200b") else resolved


_HARMLESS = frozenset("\t‘’“”–—…" + "".join(map(chr, range(0x20, 0x7F))))
"""Of these no mojibake is made: in no code page do the marks stand for bytes that are a letter in UTF-8, unless another
character that is not here follows. Most lines of news hold nothing else, and ftfy takes half the time of reading."""


def _mojibake(text: str) -> str:
    if _HARMLESS.issuperset(text.replace("\n", "")):
        return text
    import ftfy

    settings = ftfy.TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        normalization=None,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        explain=False,
    )
    # ftfy goes line by line, too; most lines have no character that could be mended.
    return "\n".join(
        line if line.isascii() or _HARMLESS.issuperset(line) else ftfy.fix_text(line, settings)
        for line in text.split("\n")
    )
