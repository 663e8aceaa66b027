"""The installed MiniLM encoder as plain torch layers, so that its input can carry more than the pieces' vectors.

The layers compute what transformers' BertModel computes (a test holds the two together); they need no import of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional


class LockedDropout(nn.Module):
    """Dropout that leaves out the same features of a whole sequence: random numbers for every word cost too much."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, values: Tensor) -> Tensor:
        """`values` (N, ..., features), some features zero in training and the others scaled up."""
        if not self.training or not self.share:
            return values
        size = (values.shape[0], *[1] * (values.dim() - 2), values.shape[-1])
        return values * ((torch.rand(size) >= self.share).to(values.dtype) / (1 - self.share))


def attend(joined: Tensor, heads: int, mask: Tensor) -> Tensor:
    """(N, W, width) from queries, keys and values joined in `joined` (N, W, 3 x width); `mask` is (N, 1, 1, W).

    In single precision even where the rest runs in half: torch's own kernel is twice as fast backwards in it.
    """
    rows, long, width = joined.shape[0], joined.shape[1], joined.shape[2] // 3
    with torch.autocast("cpu", enabled=False):
        split = joined.float().view(rows, long, 3, heads, width // heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return seen.transpose(1, 2).reshape(rows, long, width)


@dataclass(frozen=True, slots=True)
class EncoderSizes:
    """Sizes of the installed encoder, from its config.json."""

    hidden: int
    """Features of a piece."""
    wide: int
    """Features inside a layer."""
    heads: int
    """Attention heads."""
    layers: int
    """How many layers."""
    pieces: int
    """Entries of the vocabulary."""
    positions: int
    """Longest input, in pieces."""
    norm_eps: float
    """Added under the root of every norm."""

    @classmethod
    def read(cls, folder: Path) -> EncoderSizes:
        """The sizes of the encoder in `folder`."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return cls(
            hidden=config["hidden_size"],
            wide=config["intermediate_size"],
            heads=config["num_attention_heads"],
            layers=config["num_hidden_layers"],
            pieces=config["vocab_size"],
            positions=config["max_position_embeddings"],
            norm_eps=config["layer_norm_eps"],
        )


class Layer(nn.Module):
    """One layer of the encoder, normed after each half."""

    def __init__(self, sizes: EncoderSizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.joined = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.out = nn.Linear(sizes.hidden, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.norm_eps)
        self.widen = nn.Linear(sizes.hidden, sizes.wide)
        self.narrow = nn.Linear(sizes.wide, sizes.hidden)
        self.wide_norm = nn.LayerNorm(sizes.hidden, eps=sizes.norm_eps)
        self.drop = LockedDropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """(B, T, hidden) from the same; `mask` (B, 1, 1, T) is true where a piece stands."""
        seen = self.out(attend(self.joined(hidden), self.heads, mask))
        hidden = self.norm(hidden + self.drop(seen))
        wide = self.narrow(functional.gelu(self.widen(hidden)))
        result: Tensor = self.wide_norm(hidden + self.drop(wide))
        return result


class Embeddings(nn.Module):
    """Vectors of pieces and positions."""

    def __init__(self, sizes: EncoderSizes) -> None:
        super().__init__()
        self.piece = nn.Embedding(sizes.pieces, sizes.hidden)
        self.position = nn.Embedding(sizes.positions, sizes.hidden)
        self.kind = nn.Embedding(2, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.norm_eps)

    def forward(self, pieces: Tensor, more: Tensor) -> Tensor:
        """(B, T, hidden) for `pieces` (B, T), with `more` (B, T, hidden) added before the norm."""
        place = torch.arange(pieces.shape[1])
        result: Tensor = self.norm(self.piece(pieces) + self.position(place) + self.kind.weight[0] + more)
        return result


class Encoder(nn.Module):
    """The installed encoder."""

    def __init__(self, sizes: EncoderSizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.embeddings = Embeddings(sizes)
        self.drop = LockedDropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, pieces: Tensor, more: Tensor, mask: Tensor) -> Tensor:
        """(B, T, hidden) for `pieces` (B, T); `mask` (B, T) is true where a piece stands."""
        hidden: Tensor = self.drop(self.embeddings(pieces, more))
        for layer in self.layers:
            hidden = layer(hidden, mask[:, None, None, :])
        return hidden


_EMBEDDINGS = {
    "piece.weight": "word_embeddings.weight",
    "position.weight": "position_embeddings.weight",
    "kind.weight": "token_type_embeddings.weight",
    "norm.weight": "LayerNorm.weight",
    "norm.bias": "LayerNorm.bias",
}
_LAYER = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "wide_norm": "output.LayerNorm",
}


def installed_encoder(folder: Path, dropout: float = 0.1) -> Encoder:
    """The encoder with the weights in `folder`, as sentence-transformers lays them out."""
    from safetensors.torch import load_file

    sizes = EncoderSizes.read(folder)
    stored = load_file(folder / "model.safetensors")
    weights = {f"embeddings.{ours}": stored[f"embeddings.{theirs}"] for ours, theirs in _EMBEDDINGS.items()}
    for number in range(sizes.layers):
        for part in ("weight", "bias"):
            prefix = f"encoder.layer.{number}"
            weights[f"layers.{number}.joined.{part}"] = torch.cat(
                [stored[f"{prefix}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for ours, theirs in _LAYER.items():
                weights[f"layers.{number}.{ours}.{part}"] = stored[f"{prefix}.{theirs}.{part}"]
    encoder = Encoder(sizes, dropout)
    encoder.load_state_dict(weights)
    return encoder
