"""The network behind `PairModel`: a small BERT encoder that reads two texts at once, and a head for three classes.

Importing this module imports torch (about a second), so only functions that are about to use the network import it.
The encoder is written out here because importing `transformers` for six layers costs as much again as torch itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

WORDS = "words.weight"
"""The one parameter that is not in the model's own file: the word embeddings are those of the sentence encoder."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder."""

    vocabulary: int = 30522
    """Word pieces."""
    positions: int = 512
    """Longest input in word pieces."""
    width: int = 384
    """Dimensions of one word piece."""
    inner: int = 1536
    """Dimensions inside a feed-forward block."""
    heads: int = 12
    """Attention heads; divides `width`."""
    layers: int = 6
    """Encoder layers."""
    classes: int = 3
    """Outputs of the head."""
    dropout: float = 0.1
    """Share of activations dropped in training."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of texts as word pieces, padded to the longest; every tensor is of shape (pairs, pieces)."""

    ids: Tensor
    """Numbers of the word pieces."""
    types: Tensor
    """0 for the premise, 1 for the hypothesis."""
    present: Tensor
    """True where there is a word piece, False for padding."""


class Layer(nn.Module):
    """One encoder layer, normalised after each block as in BERT."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.chance = shape.dropout
        self.mix = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.out_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.down_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """New states (pairs, pieces, width); `bias` (pairs, 1, 1, pieces) is added to the attention's scores."""
        pairs, pieces, width = states.shape
        mixed = self.mix(states).view(pairs, pieces, 3, self.heads, width // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        chance = self.chance if self.training else 0.0
        seen = functional.scaled_dot_product_attention(query, key, value, bias.to(query.dtype), chance)
        seen = seen.transpose(1, 2).reshape(pairs, pieces, width)
        states = self.out_norm(states + self.drop(self.out(seen)))
        inner = self.down(functional.gelu(self.up(states)))
        normed: Tensor = self.down_norm(states + self.drop(inner))
        return normed


class PairNetwork(nn.Module):
    """Logits of entailment, neutral and contradiction for pairs of texts."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = zeros(shape.vocabulary, shape.width)
        self.positions = zeros(shape.positions, shape.width)
        self.types = zeros(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.drop = nn.Dropout(shape.dropout)
        self.dense = nn.Linear(5 * shape.width, shape.width)
        self.classify = nn.Linear(shape.width, shape.classes)

    def forward(self, batch: Batch) -> Tensor:
        """Logits (pairs, classes).

        The head sees the first piece, the mean of each text, and how the two means differ: the encoder was made to
        compare means of texts, so this starts from what it can already do.
        """
        places = torch.arange(batch.ids.shape[1])
        states = self.words(batch.ids) + self.types(batch.types) + self.positions(places)
        states = self.drop(self.norm(states))
        bias = torch.zeros(batch.present.shape).masked_fill(~batch.present, -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, bias)
        first = mean_of(states, batch.present & (batch.types == 0))
        second = mean_of(states, batch.present & (batch.types == 1))
        seen = torch.cat([states[:, 0], first, second, (first - second).abs(), first * second], dim=1)
        logits: Tensor = self.classify(self.drop(functional.gelu(self.dense(self.drop(seen)))))
        return logits


def zeros(rows: int, width: int) -> nn.Embedding:
    """An embedding to load weights into. torch's random first weights import its compiler on the meta device: 2 s."""
    return nn.Embedding(rows, width, _weight=torch.zeros(rows, width))


def mean_of(states: Tensor, chosen: Tensor) -> Tensor:
    """Mean over the chosen pieces: (pairs, pieces, width), (pairs, pieces) -> (pairs, width); zeros where none is."""
    weights = chosen.to(states.dtype)[:, :, None]
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def batch_of(encoded: list[tuple[list[int], list[int]]]) -> Batch:
    """Pad (ids, types) of several pairs to the longest of them."""
    longest = max(len(ids) for ids, _ in encoded)
    ids = torch.zeros(len(encoded), longest, dtype=torch.long)
    types = torch.zeros_like(ids)
    present = torch.zeros(len(encoded), longest, dtype=torch.bool)
    for row, (pieces, kinds) in enumerate(encoded):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        types[row, : len(pieces)] = torch.tensor(kinds)
        present[row, : len(pieces)] = True
    return Batch(ids, types, present)


def weights_of_bert(bert: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A BERT checkpoint's tensors under the names used here; the head is not among them."""
    plain = {"word_embeddings": "words", "position_embeddings": "positions", "token_type_embeddings": "types"}
    named = {f"{ours}.weight": bert[f"embeddings.{theirs}.weight"] for theirs, ours in plain.items()}
    named |= {f"norm.{part}": bert[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")}
    blocks = {
        "out": "attention.output.dense",
        "out_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "down_norm": "output.LayerNorm",
    }
    layers = 1 + max(int(name.split(".")[2]) for name in bert if name.startswith("encoder.layer."))
    for number in range(layers):
        theirs = f"encoder.layer.{number}"
        for part in ("weight", "bias"):
            mixed = [bert[f"{theirs}.attention.self.{kind}.{part}"] for kind in ("query", "key", "value")]
            named[f"layers.{number}.mix.{part}"] = torch.cat(mixed)
            for ours, block in blocks.items():
                named[f"layers.{number}.{ours}.{part}"] = bert[f"{theirs}.{block}.{part}"]
    return named
