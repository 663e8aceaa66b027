"""A chat model's reply as sentences with the numbers that they cite. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.spans import sentences

NO_ANSWER = "NO ANSWER"
"""What the model is asked to reply where the evidence does not tell."""
MOST = 20_000
"""Characters of a reply that are read: a model in a loop may go on for ever."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence of a reply, not yet checked."""

    text: str
    """Without its markers."""
    numbers: tuple[int, ...]
    """The numbers that it cites, in their order, each once; they may name nothing."""


_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_MARKER = re.compile(r"[ \t]*[\[【]\^?(\d{1,3}(?:\s*[,;–-]\s*\^?\d{1,3})*)(?:†[^\]】]*)?[\]】]")
_BULLET = re.compile(r"^[ \t]*(?:[-*•+]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_STOPPED = re.compile(r"[.!?…][\"'”’»)]*$")
_OPENS = re.compile(r"\s*[\"'“‘(«]*[A-Z\d]")
_TURNS_BACK = re.compile(
    r"(?:he|she|it|they|this|that|these|those|such|both|his|her|its|their|however|but|yet|the (?:former|latter))\b",
    re.IGNORECASE,
)


def says_no_answer(reply: str) -> bool:
    """True where the reply is the token for "the evidence does not tell" and nothing else of weight."""
    words = re.sub(r"[^A-Za-z ]", " ", _THOUGHT.sub(" ", reply)).split()
    return [word.upper() for word in words[:2]] == NO_ANSWER.split() and len(words) <= 3


def read_reply(reply: str, *, finished: bool = True) -> tuple[Drafted, ...]:
    """The sentences of a reply, markers taken off: "... of the town. [1][2]", "... of the town [1, 2]." or "[1-3]".

    A marker after a full stop belongs to the sentence before it, one that opens a line to the sentence after it.
    Thoughts, headings and list marks are left out, a sentence said twice is kept once. `finished` is False where the
    model was cut off: a last sentence without its full stop is left out then.
    """
    plain = _EMPHASIS.sub(r"\2", _BULLET.sub("", _HEADING.sub("", _THOUGHT.sub(" ", reply[:MOST]))))
    found: dict[str, Drafted] = {}
    for block in plain.splitlines():
        if not block.strip():
            continue
        for drafted in _read_line(block.strip()):
            seen = found.get(drafted.text)
            numbers = tuple(dict.fromkeys((*(seen.numbers if seen else ()), *drafted.numbers)))
            found[drafted.text] = Drafted(drafted.text, numbers)
    drafts = list(found.values())
    if drafts and not _STOPPED.search(drafts[-1].text):
        last = drafts.pop()
        if finished and len(reply) <= MOST:
            drafts.append(Drafted(f"{last.text}.", last.numbers))
    return tuple(drafts)


def _read_line(line: str) -> list[Drafted]:
    text, markers, at = "", [], 0
    for match in _MARKER.finditer(line):
        text += line[at : match.start()]
        markers.append((len(text), _numbers(match.group(1))))
        at = match.end()
        if _STOPPED.search(text) and _OPENS.match(line, at):
            text += "\n\n"  # a marker after a full stop ends the sentence, with white space after it or without
    text += line[at:]
    ends: list[tuple[str, int]] = []
    for span in sentences(text):
        piece = span.of(text)
        if ends and _odd(ends[-1][0]):
            ends[-1] = (f"{ends[-1][0]} {piece}", span.end)  # a quotation that runs over a full stop
        else:
            ends.append((piece, span.end))
    cited: list[list[int]] = [[] for _ in ends]
    for place, numbers in markers:
        if ends:
            owner = next((which for which, (_, end) in enumerate(ends) if end >= place), len(ends) - 1)
            cited[owner] += numbers
    return [
        Drafted(_tidied(piece), tuple(dict.fromkeys(numbers)))
        for (piece, _), numbers in zip(ends, cited, strict=True)
        if re.search(r"\w", piece)
    ]


def _odd(piece: str) -> bool:
    return piece.count('"') % 2 == 1 or piece.count("“") > piece.count("”")


def _tidied(piece: str) -> str:
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(piece.split()))


def _numbers(inside: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"\s*[,;]\s*", inside):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found += range(ends[0], ends[-1] + 1) if len(ends) == 2 and ends[1] - ends[0] < 20 else ends
    return found


def leans_back(text: str) -> bool:
    """True for a sentence that cannot be understood without the one before it ("It was denied ...")."""
    return bool(_TURNS_BACK.match(text))
