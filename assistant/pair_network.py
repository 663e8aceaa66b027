"""The network behind `PairModel`: a small BERT encoder that reads two texts at once, and a head for three classes.

Importing this module imports torch (about a second), so only functions that are about to use the network import it.
The encoder is written out here because importing `transformers` for six layers costs as much again as torch itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Pairs of texts as word pieces, one or several in a row, padded to the longest row; every tensor is of shape
    (rows, pieces)."""

    ids: Tensor
    """Numbers of the word pieces."""
    types: Tensor
    """0 for the premise, 1 for the hypothesis."""
    places: Tensor
    """Each piece's place in its pair, from 0."""
    owners: Tensor
    """Which pair each piece is of, counted from 0 along the rows; -1 for padding."""


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
        """New states (rows, pieces, width); `bias` (rows, 1, pieces, pieces) is added to the attention's scores."""
        rows, pieces, width = states.shape
        mixed = self.mix(states).view(rows, pieces, 3, self.heads, width // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        chance = self.chance if self.training else 0.0
        seen = functional.scaled_dot_product_attention(query, key, value, bias.to(query.dtype), chance)
        seen = seen.transpose(1, 2).reshape(rows, pieces, width)
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
        states = self.words(batch.ids) + self.types(batch.types) + self.positions(batch.places)
        states = self.drop(self.norm(states))
        apart = batch.owners[:, None, :, None] != batch.owners[:, None, None, :]
        bias = torch.zeros(apart.shape, dtype=states.dtype).masked_fill(apart, -1e4)
        for layer in self.layers:
            states = layer(states, bias)
        present = batch.owners >= 0
        start = states[present & (batch.places == 0)]
        first = mean_of(states, present & (batch.types == 0), batch.owners)
        second = mean_of(states, present & (batch.types == 1), batch.owners)
        seen = torch.cat([start, first, second, (first - second).abs(), first * second], dim=1)
        logits: Tensor = self.classify(self.drop(functional.gelu(self.dense(self.drop(seen)))))
        return logits


def zeros(rows: int, width: int) -> nn.Embedding:
    """An embedding to load weights into. torch's random first weights import its compiler on the meta device: 2 s."""
    return nn.Embedding(rows, width, _weight=torch.zeros(rows, width))


def mean_of(states: Tensor, chosen: Tensor, owners: Tensor) -> Tensor:
    """Mean over the chosen pieces of each pair: (rows, pieces, width), (rows, pieces) twice -> (pairs, width); zeros
    where none is chosen."""
    whose, count = owners[chosen], int(owners.max()) + 1
    sums = torch.zeros(count, states.shape[2]).index_add(0, whose, states[chosen].float())
    many = torch.zeros(count).index_add(0, whose, torch.ones(len(whose)))
    return (sums / many[:, None].clamp(min=1)).to(states.dtype)


def batch_of(rows: Sequence[Sequence[tuple[list[int], list[int]]]]) -> Batch:
    """Pads rows of (ids, types) of one or several pairs to the longest of them."""
    longest = max(sum(len(ids) for ids, _ in row) for row in rows)
    ids, types, places = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    owners = torch.full((len(rows), longest), -1)
    pair = 0
    for at, row in enumerate(rows):
        start = 0
        for pieces, kinds in row:
            part = slice(start, start + len(pieces))
            ids[at, part], types[at, part] = torch.tensor(pieces), torch.tensor(kinds)
            places[at, part], owners[at, part] = torch.arange(len(pieces)), pair
            start, pair = start + len(pieces), pair + 1
    return Batch(ids, types, places, owners)


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
