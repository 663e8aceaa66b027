"""The rules that make training pairs."""

from __future__ import annotations

from collections import Counter

import pytest

from evals.training.made_pairs import CONTRADICTION, ENTAILMENT, NEUTRAL, Maker, Pair, made, wrapped


def test_same_seed_same_pairs() -> None:
    assert made("train", 200, seed=3) == made("train", 200, seed=3)
    assert made("train", 200, seed=3) != made("train", 200, seed=4)


def test_splits_share_no_template_and_no_frame() -> None:
    import random

    train, dev = (Maker(split, random.Random(0)) for split in ("train", "dev"))
    for one, other in (
        (train.asserting, dev.asserting),
        (train.denying, dev.denying),
        (train.leaving_open, dev.leaving_open),
    ):
        assert one and other and not set(one) & set(other)
    assert train.frames and dev.frames and not any(frame in train.frames for frame in dev.frames)


@pytest.mark.parametrize("split", ["train", "dev"])
def test_no_place_left_unfilled_and_every_label_present(split: str) -> None:
    pairs = made(split, 500, seed=1)
    assert not [pair for pair in pairs if "{" in pair.premise + pair.hypothesis]
    assert {ENTAILMENT, NEUTRAL, CONTRADICTION} <= {pair.label for pair in pairs}


def test_a_denial_of_nearly_the_claim_contradicts_it() -> None:
    row = Pair("The old bridge was closed today.", "The bridge was closed today.", ENTAILMENT, "public")
    found = Counter((pair.origin, pair.label) for pair in wrapped([row], "train", 100, seed=1))
    assert set(found) == {
        ("wrapped-assert", ENTAILMENT),
        ("wrapped-deny", CONTRADICTION),
        ("wrapped-unsaid", NEUTRAL),
    }


def test_texts_that_cannot_be_quoted_are_left_out() -> None:
    assert wrapped([Pair("Was it closed today?", "It was closed today.", NEUTRAL, "public")], "train", 5, seed=1) == []
