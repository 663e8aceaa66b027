"""Packing: short texts that share the rows of a batch, so that little of it is padding (Krell et al. 2021, Efficient
sequence packing without cross-contamination). The network keeps each from seeing the others by its attention mask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def shared_rows(lengths: Sequence[int], widths: Sequence[int], together: int) -> Iterator[tuple[int, list[list[int]]]]:
    """Batches of rows of one width: the width, and which texts (by their places) share each row.

    Args:
        lengths: of the texts, in tokens. Those longer than every width are left out.
        widths: of the rows, rising; a text goes into the narrowest that holds it.
        together: tokens of a batch at most.
    """
    least = 0
    for width in widths:
        fitting = [text for text, length in enumerate(lengths) if least < length <= width]
        rows = [[fitting[at] for at in row] for row in packed([lengths[text] for text in fitting], width)]
        for start in range(0, len(rows), together // width):
            yield width, rows[start : start + together // width]
        least = width


def packed(lengths: Sequence[int], width: int) -> list[list[int]]:
    """Which texts share a row of some width, by their places: the longest first, each into the row with the least room
    that is enough (best fit, decreasing). No text may be longer than a row, or empty."""
    rows: list[list[int]] = []
    with_room: list[list[int]] = [[] for _ in range(width + 1)]
    for text in sorted(range(len(lengths)), key=lambda text: -lengths[text]):
        room = next((room for room in range(lengths[text], width) if with_room[room]), width)
        if with_room[room]:
            row = with_room[room].pop()
        else:
            row = len(rows)
            rows.append([])
        rows[row].append(text)
        with_room[room - lengths[text]].append(row)
    return rows
