"""Texts that share rows."""

from __future__ import annotations

import pytest

from index.packing import packed, shared_rows


@pytest.mark.parametrize("lengths", [[], [8], [3, 8, 5, 5, 2, 1], [2] * 9, list(range(1, 9)) * 20])
def test_rows_hold_every_text_once_and_no_more_than_fits(lengths: list[int]) -> None:
    rows, left = packed(lengths, sorted(range(len(lengths)), key=lambda text: -lengths[text]), 8)
    assert not left
    assert sorted(text for row in rows for text in row) == list(range(len(lengths)))
    assert all(0 < sum(lengths[text] for text in row) <= 8 for row in rows)
    assert len(rows) <= 1.3 * sum(lengths) / 8 + 1


def test_a_text_opens_the_narrowest_row_or_fills_a_wider_one_and_batches_are_no_larger_than_said() -> None:
    lengths = [3, 4, 5, 8, 9, 1, 4, 7, 2]
    batches = list(shared_rows(lengths, (4, 8), 16))
    assert all(len(rows) * width <= 16 for width, rows in batches)
    found = {text: width for width, rows in batches for row in rows for text in row}
    # The one of nine is too long; those of three and one fill up the rows of the ones of five and seven.
    assert found == {1: 4, 6: 4, 8: 4, 0: 8, 2: 8, 3: 8, 5: 8, 7: 8}
    assert [3] in [row for _, rows in batches for row in rows], "nothing fits beside the one of eight"


def test_no_rows_where_there_is_no_width() -> None:
    assert list(shared_rows([1, 2], (), 16)) == []
