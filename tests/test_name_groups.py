"""Names are compared only with their like, with the same outcome as if each were compared with all."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from assistant.assessment import _Groups
from index.rulings import NONE, Rulings


class _ComparedWithAll(_Groups):
    """Compares names with every group."""

    def _candidates(self, names: Sequence[str]) -> Sequence[int]:
        return range(len(self.names))


@pytest.mark.parametrize("seed", range(5))
def test_names_are_grouped_as_if_each_were_compared_with_all_groups(seed: int) -> None:
    names = (
        "Ministry of Defence;Defence Ministry;the ministry;Civil Protection Agency;CPA;C.P.A.;Lena Mott;Mott;Lena Mot;"
        "Tarrada Tribune;the Tribune;Orle Echo;Orle;Élise Brandt;Elise Brandt;Brandt;Harbour Board;Harbor Board;"
        "United Ferry Lines;UFL;Ferry Lines;Bram Oduya;B. Oduya;Oduya;Mayor of Orle;Stefan Brandt"
    ).split(";")
    random = Random(seed)
    told = [random.sample(names, random.choice((1, 1, 2, 3))) for _ in range(60)]
    for rulings in (NONE, Rulings(apart=(("Lena Mott", "Mott"),))):
        quick, slow = _Groups(rulings), _ComparedWithAll(rulings)
        for some in told:
            quick.join(some)
            slow.join(some)
        assert quick.names == slow.names
