"""The pair model that comes with the installation, and the loader where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.pair_model import CONTRADICTION, ENTAILMENT, NEUTRAL, PairModel, load_pair_model

# premise, hypothesis, column
CLEAR = [
    ("The ferry sank off the cape on Monday night.", "The ferry sank.", ENTAILMENT),
    ("According to the harbour master, the ferry sank within an hour.", "The ferry sank.", ENTAILMENT),
    ("The harbour master denied that the ferry sank.", "The ferry sank.", CONTRADICTION),
    ("The harbour master dismissed reports that the ferry sank.", "The ferry sank.", CONTRADICTION),
    ("The harbour master would not say whether the ferry sank.", "The ferry sank.", NEUTRAL),
    ("The ferry did not sink, the harbour master said.", "The ferry sank.", CONTRADICTION),
    (
        "“We never sold the archive,” a spokeswoman for the college said.",
        "The college sold the archive.",
        CONTRADICTION,
    ),
    ("A spokeswoman confirmed that the college sold the archive.", "The college sold the archive.", ENTAILMENT),
    (
        "It is not true that the college sold the archive, the dean said.",
        "The college sold the archive.",
        CONTRADICTION,
    ),
    ("The college was founded in 1874 by two brothers.", "The college sold the archive.", NEUTRAL),
    ("The sirens sounded at noon, three neighbours said.", "The sirens did not sound.", CONTRADICTION),
    ("Three neighbours said the sirens never sounded.", "The sirens did not sound.", ENTAILMENT),
    ("Police said 12 climbers were rescued.", "30 climbers were rescued.", CONTRADICTION),
    ("Police said 12 climbers were rescued.", "Twelve climbers were rescued.", ENTAILMENT),
    ("The governor met the envoys but denied that money was paid.", "Money was paid.", CONTRADICTION),
    ("The governor met the envoys but denied that money was paid.", "The governor met the envoys.", ENTAILMENT),
]


@pytest.fixture(scope="module")
def model() -> PairModel:
    loaded = load_pair_model()
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(("premise", "hypothesis", "column"), CLEAR)
def test_clear_pairs(model: PairModel, premise: str, hypothesis: str, column: int) -> None:
    assert model.score([(premise, hypothesis)])[0].argmax() == column


def test_scores_are_probabilities_in_the_order_given(model: PairModel) -> None:
    scores = model.score([(premise, hypothesis) for premise, hypothesis, _ in CLEAR])
    assert scores.shape == (len(CLEAR), 3)
    assert scores.dtype == np.float32
    assert np.allclose(scores.sum(axis=1), 1, atol=1e-4)
    # Scored one by one the padding differs, and bfloat16 keeps three digits.
    alone = np.concatenate([model.score([(premise, hypothesis)]) for premise, hypothesis, _ in CLEAR])
    assert np.abs(scores - alone).max() < 0.03


def test_more_pairs_than_a_batch(model: PairModel) -> None:
    pairs = [(premise, hypothesis) for premise, hypothesis, _ in CLEAR] * 10
    scores = model.score(pairs)
    assert np.abs(scores[: len(CLEAR)] - scores[-len(CLEAR) :]).max() < 0.03


def test_no_pairs(model: PairModel) -> None:
    assert model.score([]).shape == (0, 3)


@pytest.mark.parametrize(
    "pair", [("", ""), ("", "The ferry sank."), ("The ferry sank. " * 300, "The ferry sank. " * 300)]
)
def test_empty_and_long_texts(model: PairModel, pair: tuple[str, str]) -> None:
    assert np.isfinite(model.score([pair])).all()


def test_loaded_once(model: PairModel) -> None:
    assert load_pair_model() is model
    assert model.name.startswith("claim-pairs-")


def test_none_where_the_weights_are_absent(tmp_path: Path) -> None:
    assert load_pair_model(tmp_path) is None
