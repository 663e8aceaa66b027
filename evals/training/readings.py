"""Train the network that tells what a statement does to the claim in question, and measure it.

    python -m evals.training.readings ../shared/data --pairs FOLDER --out assistant/models/readings

`--pairs`: a folder that holds the folders 0, 1, 2 and 3, the pair models that were trained without that part of the
labelled questions (`python -m evals.training.claim_pairs ... --stage context --part 0 --out FOLDER/0`): of what it
learnt from, a pair model is surer than of anything that it will read later.

Writes model.safetensors and scores.json. The scores are of four networks, each trained without the part that it is
measured on; the one that is kept is trained on all.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.metrics import average_precision_score
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from assistant.reading import DENIES, REPORTS, Reader
from evals.training.claim_pairs import NEWS
from evals.training.labelled_readings import PARTS, Table, read_labelled, table_of

HIDDEN, DECAY, EPOCHS = 24, 3.0, 30
"""Of each network: hidden units, L2 penalty, passes over the rows."""
TOGETHER = 6
"""Networks, from other first weights, whose logits are averaged: one network of six times as many hidden units."""
CUTS = {REPORTS: (0.2, 0.25, 0.3, 0.35, 0.4), DENIES: (0.15, 0.2, 0.25, 0.3, 0.4)}
"""Probabilities at which precision and recall are given."""


def fit(signs: NDArray[np.float32], labels: NDArray[np.int64]) -> Reader:
    """The network of some rows."""
    scaler = StandardScaler().fit(signs)
    rows = scaler.transform(signs)
    networks = [
        MLPClassifier((HIDDEN,), alpha=DECAY, max_iter=EPOCHS, random_state=seed).fit(rows, labels)
        for seed in range(TOGETHER)
    ]
    inner = np.hstack([one.coefs_[0] for one in networks]), np.hstack([one.intercepts_[0] for one in networks])
    outer = (
        np.vstack([one.coefs_[1] for one in networks]) / TOGETHER,
        np.sum([one.intercepts_[1] for one in networks], axis=0) / TOGETHER,
    )
    return Reader(_single(scaler.mean_), _single(scaler.scale_), _both(inner), _both(outer))


def _single(values: NDArray[Any]) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, np.float32)


def _both(layer: tuple[NDArray[Any], NDArray[Any]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return _single(layer[0]), _single(layer[1])


def save(reader: Reader, folder: Path) -> None:
    """Writes the weights as `assistant.reading.load_reader` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    (inner, bias), (outer, last) = reader.inner, reader.outer
    weights = {"mean": reader.mean, "scale": reader.scale, "inner.weight": inner, "inner.bias": bias}
    save_file(weights | {"outer.weight": outer, "outer.bias": last}, folder / "model.safetensors")


def crossed(table: Table) -> NDArray[np.float32]:
    """What networks trained without a row's part say of it, shape (rows, 3)."""
    found = np.zeros((len(table.labels), 3), np.float32)
    for part in range(PARTS):
        of = table.parts == part
        found[of] = fit(table.signs[~of], table.labels[~of]).probabilities(table.signs[of])
    return found


def scores(table: Table, found: NDArray[np.float32]) -> dict[str, Any]:
    """Average precision, and precision and recall at some cuts: of all rows, invented stories, and real articles."""
    result: dict[str, Any] = {"rows": len(table.labels), "lost": table.lost}
    every = np.ones(len(table.labels), bool)
    for name, of in (("all", every), ("invented", ~table.real), ("real", table.real)):
        for word, column in (("reports", REPORTS), ("denies", DENIES)):
            gold, said = table.labels[of] == column, found[of, column]
            result[f"{name}, {word}"] = {
                "of": int(gold.sum()),
                "average precision": round(float(average_precision_score(gold, said)), 3),
                "precision and recall": {
                    cut: (round(float(gold[said >= cut].mean()), 2), round(float((said >= cut)[gold].mean()), 2))
                    for cut in CUTS[column]
                },
            }
    return result


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description="Train the network that reads what a statement does to a claim.")
    parser.add_argument("data", type=Path, help="folder that holds news/articles.jsonl.gz")
    parser.add_argument("--pairs", type=Path, required=True, help="folder with the pair models 0, 1, 2 and 3")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights and scores")
    options = parser.parse_args()
    table = table_of(read_labelled(), options.data / NEWS, lambda part: options.pairs / str(part))
    save(fit(table.signs, table.labels), options.out)
    told = json.dumps(scores(table, crossed(table)), indent=1)
    (options.out / "scores.json").write_text(told + "\n", encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
