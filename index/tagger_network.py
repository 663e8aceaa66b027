"""The network behind the trained tagger: it finds the cues, then for each cue its source and its content.

One pass of the encoder reads a window. A first layer marks the cues in it. For each cue, two small attention layers
read the window again, knowing where the cue stands, and mark the one source and the pieces of content that belong to
it; so nested and broken spans need no linking afterwards. Both markings are decoded as whole sequences.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.tagger_encoder import Encoder, LockedDropout, attend, installed_encoder
from index.tagger_words import BREAKS, QUOTED, SHAPES, Window, Words

CLS, SEP, PAD = 101, 102, 0
NEVER = -1e4

CUE_LABELS = ("O", "B", "I")
PART_LABELS = ("O", "content-B", "content-I", "source-B", "source-I")
# The chain's states: outside and content before the source, the source, outside and content after it. There can so be
# one source only, as in every attribution of the training data.
PART_STATES = (0, 1, 2, 3, 4, 0, 1, 2)
_PART_NEXT = {
    0: (0, 1, 3),
    1: (0, 1, 2, 3),
    2: (0, 1, 2, 3),
    3: (4, 5, 6),
    4: (4, 5, 6),
    5: (5, 6),
    6: (5, 6, 7),
    7: (5, 6, 7),
}
_CUE_NEXT = {0: (0, 1), 1: (0, 1, 2), 2: (0, 1, 2)}

NEAR = 16
FAR = (24, 32, 48, 64, 96, 128)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    width: int = 128
    """Features a word has in the layers that read a window for one cue."""
    heads: int = 4
    """Attention heads of those layers."""
    layers: int = 2
    """How many of them."""
    dropout: float = 0.1
    """Share of features dropped in training."""


class Chain(nn.Module):
    """A linear chain over states: the score of a sequence is the sum of its words' and its transitions' scores."""

    labels: Tensor
    allowed: Tensor
    opening: Tensor

    def __init__(self, labels: tuple[int, ...], following: dict[int, tuple[int, ...]]) -> None:
        super().__init__()
        size = len(labels)
        allowed = torch.full((size, size), NEVER)
        for state, others in following.items():
            allowed[state, list(others)] = 0.0
        opening = torch.full((size,), NEVER)
        # A sequence opens as if something outside stood before it.
        opening[list(following[0])] = 0.0
        self.transitions = nn.Parameter(torch.zeros(size, size))
        self.register_buffer("labels", torch.tensor(labels), persistent=False)
        self.register_buffer("allowed", allowed, persistent=False)
        self.register_buffer("opening", opening, persistent=False)

    def loss(self, scores: Tensor, states: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of `states` (N, W) under `scores` (N, W, labels), one value a sequence (N,)."""
        scores = scores.float()[:, :, self.labels]
        steps = self.transitions + self.allowed
        total = self.opening + scores[:, 0]
        for at in range(1, scores.shape[1]):
            moved = torch.logsumexp(total.unsqueeze(2) + steps, dim=1) + scores[:, at]
            total = torch.where(mask[:, at : at + 1], moved, total)
        gold = scores.gather(2, states.unsqueeze(2)).squeeze(2)
        moves = steps[states[:, :-1], states[:, 1:]]
        gold = (gold * mask).sum(1) + (moves * mask[:, 1:]).sum(1)
        return torch.logsumexp(total, dim=1) - gold

    @torch.inference_mode()
    def decode(self, scores: Tensor, mask: Tensor) -> Tensor:
        """The best states (N, W) for `scores` (N, W, labels); past a sequence's end they mean nothing."""
        scores = scores.float()[:, :, self.labels]
        steps = self.transitions + self.allowed
        total = self.opening + scores[:, 0]
        back = []
        stay = torch.arange(total.shape[1]).expand_as(total)
        for at in range(1, scores.shape[1]):
            best, origin = (total.unsqueeze(2) + steps).max(dim=1)
            inside = mask[:, at : at + 1]
            total = torch.where(inside, best + scores[:, at], total)
            back.append(torch.where(inside, origin, stay))
        state = total.argmax(dim=1)
        path = [state]
        for origin in reversed(back):
            state = origin.gather(1, state.unsqueeze(1)).squeeze(1)
            path.append(state)
        return torch.stack(path[::-1], dim=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors: B windows, T pieces with the two special ones, W words."""

    pieces: Tensor
    """(B, T) vocabulary numbers."""
    attention: Tensor
    """(B, T) true where a piece stands."""
    features: Tensor
    """(B, T, 3) shape, break and quotation of the piece's word, counted from 1; 0 for special pieces."""
    places: Tensor
    """(B, W) index of each word's first piece in `pieces`."""
    mask: Tensor
    """(B, W) true where a word stands."""
    sentences: Tensor
    """(B, W) the word's sentence."""
    paragraphs: Tensor
    """(B, W) the word's paragraph."""


def make_batch(items: list[tuple[Words, Window]]) -> Batch:
    """The windows as one batch, padded to the longest."""
    rows = []
    for words, window in items:
        span = range(window.first, window.last)
        low = words.piece_starts[window.first]
        pieces = [CLS, *words.pieces[low : words.piece_starts[window.last]], SEP]
        features = [(0, 0, 0)]
        for word in span:
            known = (words.shapes[word] + 1, words.breaks[word] + 1, words.quoted[word] + 1)
            features.extend([known] * (words.piece_starts[word + 1] - words.piece_starts[word]))
        features.append((0, 0, 0))
        places = [words.piece_starts[word] - low + 1 for word in span]
        rows.append((pieces, features, places, words.sentences[window.first : window.last],
                     words.paragraphs[window.first : window.last]))  # fmt: skip
    tall = max(len(row[0]) for row in rows)
    wide = max(len(row[2]) for row in rows)
    batch = Batch(
        pieces=torch.full((len(rows), tall), PAD),
        attention=torch.zeros(len(rows), tall, dtype=torch.bool),
        features=torch.zeros(len(rows), tall, 3, dtype=torch.long),
        places=torch.zeros(len(rows), wide, dtype=torch.long),
        mask=torch.zeros(len(rows), wide, dtype=torch.bool),
        sentences=torch.zeros(len(rows), wide, dtype=torch.long),
        paragraphs=torch.zeros(len(rows), wide, dtype=torch.long),
    )
    for number, (pieces, features, places, sentence, paragraph) in enumerate(rows):
        batch.pieces[number, : len(pieces)] = torch.tensor(pieces)
        batch.attention[number, : len(pieces)] = True
        batch.features[number, : len(pieces)] = torch.tensor(features)
        batch.places[number, : len(places)] = torch.tensor(places)
        batch.mask[number, : len(places)] = True
        batch.sentences[number, : len(places)] = torch.tensor(sentence)
        batch.paragraphs[number, : len(places)] = torch.tensor(paragraph)
    return batch


class Reader(nn.Module):
    """One attention layer over a window's words, normed before each half."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.norm = nn.LayerNorm(width)
        self.joined = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.wide_norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)
        self.drop = LockedDropout(shape.dropout)

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """(N, W, width) from the same; `mask` (N, 1, 1, W) is true where a word stands."""
        words = words + self.drop(self.out(attend(self.joined(self.norm(words)), self.heads, mask)))
        result: Tensor = words + self.drop(self.narrow(functional.gelu(self.widen(self.wide_norm(words)))))
        return result


class AttributionNetwork(nn.Module):
    """Encoder, cue layer, and the layers that read a window for one cue."""

    def __init__(self, encoder: Encoder, shape: Shape) -> None:
        super().__init__()
        size = encoder.sizes.hidden
        self.encoder = encoder
        self.drop = LockedDropout(shape.dropout)
        tables = [nn.Embedding(len(kind) + 1, size) for kind in (SHAPES, BREAKS, QUOTED)]
        for table in tables:
            nn.init.zeros_(table.weight)  # the encoder starts from what it knows
        self.features = nn.ModuleList(tables)
        self.cue_scores = nn.Linear(size, len(CUE_LABELS))
        self.cue_chain = Chain((0, 1, 2), _CUE_NEXT)
        width = shape.width
        self.word_in = nn.Linear(size, width)
        self.word_norm = nn.LayerNorm(width)
        self.cue_in = nn.Linear(size, 2 * width)
        self.distance = nn.Embedding(2 * (NEAR + len(FAR)) + 3, width)
        self.sentence_gap = nn.Embedding(7, width)
        self.paragraph_gap = nn.Embedding(5, width)
        self.readers = nn.ModuleList(Reader(shape) for _ in range(shape.layers))
        self.part_norm = nn.LayerNorm(width)
        self.part_scores = nn.Linear(width, len(PART_LABELS))
        self.part_chain = Chain(PART_STATES, _PART_NEXT)

    def read(self, batch: Batch) -> Tensor:
        """(B, W, hidden) one vector a word, from its first piece."""
        more = torch.stack([table(batch.features[:, :, at]) for at, table in enumerate(self.features)]).sum(0)
        hidden = self.encoder(batch.pieces, more, batch.attention)
        picked: Tensor = hidden.gather(1, batch.places.unsqueeze(2).expand(-1, -1, hidden.shape[2]))
        return picked

    def find_cues(self, hidden: Tensor) -> Tensor:
        """(B, W, 3) scores of CUE_LABELS."""
        scores: Tensor = self.cue_scores(self.drop(hidden))
        return scores

    def find_parts(self, hidden: Tensor, batch: Batch, cues: Tensor) -> Tensor:
        """(N, W, 5) scores of PART_LABELS for each row (window, first word, last word inclusive) of `cues` (N, 3)."""
        window, first, last = cues.unbind(1)
        at = torch.arange(hidden.shape[1])
        before = (at - first.unsqueeze(1)).clamp(max=0)
        after = (at - last.unsqueeze(1)).clamp(min=0)
        distance = before + after
        inside = (distance == 0).to(hidden.dtype)
        cue = torch.bmm(inside.unsqueeze(1), hidden[window]).squeeze(1) / inside.sum(1, keepdim=True)
        scale, shift = self.cue_in(self.drop(cue)).chunk(2, dim=1)
        words = self.word_norm(self.word_in(self.drop(hidden)))[window]
        words = words * (1 + scale.unsqueeze(1)) + shift.unsqueeze(1) + self.distance(_bucket(distance))
        row = torch.arange(len(cues))
        sentence = batch.sentences[window]
        paragraph = batch.paragraphs[window]
        words = words + self.sentence_gap((sentence - sentence[row, first].unsqueeze(1)).clamp(-3, 3) + 3)
        words = words + self.paragraph_gap((paragraph - paragraph[row, first].unsqueeze(1)).clamp(-2, 2) + 2)
        mask = batch.mask[window][:, None, None, :]
        for reader in self.readers:
            words = reader(words, mask)
        scores: Tensor = self.part_scores(self.part_norm(words))
        return scores


def _bucket(distance: Tensor) -> Tensor:
    """Signed distances in words as rows of the distance table: near ones each by itself, far ones in ranges."""
    size = distance.abs()
    far = torch.bucketize(size, torch.tensor(FAR), right=True) + NEAR + 1
    bucket = torch.where(size <= NEAR, size, far)
    return torch.where(distance < 0, -bucket, bucket) + NEAR + len(FAR) + 1


def new_network(folder: Path, shape: Shape) -> AttributionNetwork:
    """The network on the encoder in `folder`, its own layers untrained."""
    return AttributionNetwork(installed_encoder(folder, shape.dropout), shape)


def changed_weights(network: AttributionNetwork) -> dict[str, Tensor]:
    """All weights but the encoder's embeddings, which stay as installed."""
    return {name: value for name, value in network.state_dict().items() if not name.startswith("encoder.embeddings.")}
