"""Markdown: YAML front matter for what is known, the body without its marks for the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.readers.draft import Draft, Fault
from index.readers.encoding import decode
from index.readers.fields import draft_fields, draft_from
from index.readers.source import Source

_FRONT = re.compile(r"\s*---[ \t]*\n(?P<front>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,30}):[ \t]+(?P<value>.+)$")
_HEADING = re.compile(r"^[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"^[ ]{0,3}(?:={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r"^[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)")
_REFERENCE = re.compile(r"^[ ]{0,3}\[\^?[^\]\n]+\]:\s+\S+")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[\^[^\]\s]+\]"), ""),
    (re.compile(r"\[(?P<text>[^\]\[]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"), r"\g<text>"),
    (re.compile(r"\[(?P<text>[^\]\[]+)\]\[[^\]]*\]"), r"\g<text>"),
    (re.compile(r"<(?P<text>https?://[^>\s]+)>"), r"\g<text>"),
    (re.compile(r"</?[A-Za-z][^>\n]*>"), ""),
    (re.compile(r"(?<!\\)`(?P<text>[^`\n]+)`"), r"\g<text>"),
    (re.compile(r"(?<![\\*\w])\*\*\*(?=\S)(?P<text>[^*]+?)(?<=\S)\*\*\*"), r"\g<text>"),
    (re.compile(r"(?<!\\)\*\*(?=\S)(?P<text>.+?)(?<=\S)\*\*", re.DOTALL), r"\g<text>"),
    (re.compile(r"(?<![\w\\])__(?=\S)(?P<text>.+?)(?<=\S)__(?!\w)", re.DOTALL), r"\g<text>"),
    (re.compile(r"(?<![\\*])\*(?=[^\s*])(?P<text>[^*]+?)(?<=[^\s*])\*(?!\*)"), r"\g<text>"),
    (re.compile(r"(?<![\w\\_])_(?=[^\s_])(?P<text>[^_]+?)(?<=[^\s_])_(?![\w_])"), r"\g<text>"),
    (re.compile(r"~~(?=\S)(?P<text>.+?)(?<=\S)~~"), r"\g<text>"),
    (re.compile(r"\\(?P<text>[\\`*_{}\[\]()#+\-.!|>~])"), r"\g<text>"),
)


def read(source: Source) -> Iterator[Draft | Fault]:
    """The file as one draft; without front matter its first heading is the title."""
    text = decode(source.data(), source.charset).replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT.match(text)
    told = front_matter(match["front"]) if match else {}
    known = match is not None and bool(told)
    body = text[match.end() :] if match is not None and known else text
    fields = draft_fields(told)
    plain, heading = plain_text(body)
    yield draft_from({**fields, "title": fields.get("title", "") or heading, "text": plain})


def front_matter(front: str) -> Mapping[str, Any]:
    """Keys and values as strings, also where the YAML is not sound (a title with a colon and no quotes is common)."""
    import yaml

    try:
        # The base loader makes strings of everything: "2021-06-14" and "no" stay what they are.
        found = yaml.load(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        found = None
    if isinstance(found, dict):
        return {str(key): value for key, value in found.items()}
    lines = (_KEY.match(line.strip()) for line in front.splitlines())
    return {line["key"]: line["value"].strip().strip("\"'") for line in lines if line}


def plain_text(markdown: str) -> tuple[str, str]:
    """The text without Markdown's marks, and the first heading (empty where there is none)."""
    lines: list[str] = []
    heading, fenced = "", False
    for line in markdown.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if fenced:
            lines.append(line)
            continue
        above = lines[-1].strip() if lines else ""
        if above and _UNDERLINE.match(line) and len(above) <= 200 and (len(lines) < 2 or not lines[-2].strip()):
            heading = heading or _inline(above)
            lines.append("")
        elif _RULE.match(line) or _REFERENCE.match(line):
            lines.append("")
        elif match := _HEADING.match(line):
            heading = heading or _inline(match["text"])
            lines += ["", match["text"], ""]
        else:
            bare = re.sub(r"^[ ]{0,3}(?:>[ \t]?)+", "", line)
            lines.append(re.sub(r"^[ ]{0,6}[-*+][ \t]+(?=\S)", "", bare).rstrip())
    text = _inline("\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip(), heading.strip()


def _inline(text: str) -> str:
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text
