"""A text with odd white space and foreign quotation marks made plain, every character at its place."""

from __future__ import annotations

import re

_SPACES = dict.fromkeys(
    map(
        ord,
        "\t\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff\u200b\u2060",
    ),
    " ",
)
_RUN = re.compile(r" {24,}")
"""A stretch of blanks that no sentence has: columns of a table. As line ends they part paragraphs, and no pattern has to
look through them from each of their characters."""
_GERMAN = re.compile(r"[„]([^„“”\n]{1,1500})[“”]")
_SINGLE = re.compile(r"(?<!\w)‘([^‘’“”\n]{2,600}(?:’\w[^‘’“”\n]{0,600}){0,40}?)’(?!\w)")
_STRAIGHT_SINGLE = re.compile(r"(?<![\w'])'([^'\"“”\n]{2,600}(?:'\w[^'\"“”\n]{0,600}){0,40}?[,.?!])'(?![\w'])")
_DOUBLED = re.compile(r"(?<![\w'])''(?=[\w.$£€])|(?<=[\w.,?!…])''(?!')|``")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Sen|Rep|Gov|Supt|Insp|Det|St|[A-Z])(\.)(?=[ \u00a0][A-Z])"
)


def plain(text: str) -> str:
    """The text, as long as it was, with every white space but a line's end a blank, long stretches of blanks line ends, and every sort of double or single
    quotation marks curly double ones: “ and ”. Straight double marks stay."""
    text = text.translate(_SPACES)
    text = _RUN.sub(lambda found: "\n" * len(found.group()), text)
    if "«" in text:
        text = text.replace("«", "“").replace("»", "”")
    if "„" in text:
        text = _GERMAN.sub(r"“\1”", text)
    if "''" in text or "``" in text:
        text = _DOUBLED.sub(
            lambda found: ' "' if found.start() == 0 or not text[found.start() - 1].strip() else '" ', text
        )
    if "‘" in text and "“" not in text and '"' not in text:
        text = _SINGLE.sub(r"“\1”", text)
    if "'" in text and "“" not in text and '"' not in text:
        text = _STRAIGHT_SINGLE.sub(r"“\1”", text)
    return text


def without_stops(text: str) -> str:
    """The text, as long as it was, where the full stop of a title or an initial before a name ("Mr. Mott") is an apostrophe,
    so that patterns that end at a full stop run on."""
    return _ABBREVIATED.sub(lambda found: found.group()[:-1] + "’", text)
