"""The trained tagger: source, cue and content of every attribution, from weights that come with the package."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError
from index.spans import Span
from index.tagger import Attribution
from index.tagger_words import Window, Words, encoder_folder, load_tokenizer, split_words, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from index.tagger_network import AttributionNetwork

FOLDER = Path(__file__).with_name("models") / "attribution-tagger"
"""Where the trained weights and their model card lie."""

ROOM = 252
"""Word pieces in a window, besides the two special ones: as in training."""
OVERLAP = 64
"""Word pieces read again in the next window, at most."""
BATCH = 8
"""Windows read at once."""

_OUTSIDE, _CONTENT, _SOURCE = 0, 1, 2
_ROLES = (_OUTSIDE, _CONTENT, _CONTENT, _SOURCE, _SOURCE)
_CONTENT_BEGINS = 1


class ModelTagger:
    """A `Tagger` that reads windows of the text with the trained network."""

    def __init__(self, network: AttributionNetwork, tokenizer: Tokenizer, name: str, cue_bias: float = 0.0) -> None:
        self.name = name
        self._network = network.eval()
        self._tokenizer = tokenizer
        self._cue_bias = cue_bias

    @classmethod
    def load(cls, folder: Path = FOLDER) -> ModelTagger:
        """The tagger with the weights in `folder`; ModelError where they are missing or do not fit."""
        from safetensors.torch import load_file

        from index.tagger_network import Shape, new_network

        weights, settings = folder / "model.safetensors", folder / "config.json"
        if not weights.is_file() or not settings.is_file():
            raise ModelError(
                f"no trained tagger in {folder}: expected model.safetensors and config.json. "
                "Install the package again, or use the rules with `--tagger rules`."
            )
        config = json.loads(settings.read_text(encoding="utf-8"))
        network = new_network(encoder_folder(), Shape(**config["shape"]))
        missing, unknown = network.load_state_dict(load_file(weights), strict=False)
        missing = [name for name in missing if not name.startswith("encoder.embeddings.")]
        if missing or unknown:
            raise ModelError(
                f"the weights in {folder} do not fit the network: {len(missing)} missing, {len(unknown)} unknown, "
                f"first {(missing + unknown)[0]}. Install the package again."
            )
        return cls(network.float(), load_tokenizer(), config["name"], config["cue_bias"])

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """Attributions in the order of their content; they may nest."""
        return self.tag_all((text,))[0]

    def tag_all(self, texts: Sequence[str]) -> tuple[tuple[Attribution, ...], ...]:
        """The attributions of each text: the same as `tag` on each, with fuller batches."""
        split = [split_words(text, self._tokenizer) for text in texts]
        jobs = [
            (number, window, owned)
            for number, words in enumerate(split)
            for window, owned in _owners(list(windows(words, ROOM, OVERLAP)))
        ]
        # Windows of like length together: no pass is wasted on padding.
        jobs.sort(key=lambda job: job[1].last - job[1].first)
        found: list[list[Attribution]] = [[] for _ in texts]
        for at in range(0, len(jobs), BATCH):
            batch = jobs[at : at + BATCH]
            read = self._read([(split[number], window) for number, window, _ in batch], [owned for *_, owned in batch])
            for index, cue, roles in read:
                number, window, _ = batch[index]
                made = _attribution(texts[number], split[number], window, cue, roles)
                if made is not None:
                    found[number].append(made)
        return tuple(tuple(sorted(each, key=_order)) for each in found)

    def _read(
        self, items: list[tuple[Words, Window]], owned: list[range]
    ) -> Iterable[tuple[int, tuple[int, int], list[int]]]:
        """For each cue: the item it is in, its first and last word in the window, and the label of every word."""
        import torch

        from index.tagger_network import PART_STATES, make_batch

        network = self._network
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=_computes_in_bfloat16()):
            batch = make_batch(items)
            hidden = network.read(batch)
            scores = network.find_cues(hidden).float()
            scores[:, :, 1] += self._cue_bias
            states = network.cue_chain.decode(scores, batch.mask).tolist()
            cues = [
                (index, first, last)
                for index, (_, window) in enumerate(items)
                for first, last in _runs(states[index][: window.last - window.first])
                if window.first + first in owned[index]
            ]
            if not cues:
                return []
            parts = network.find_parts(hidden, batch, torch.tensor(cues))
            paths = network.part_chain.decode(parts, batch.mask[torch.tensor([cue[0] for cue in cues])]).tolist()
        return [
            (index, (first, last), [PART_STATES[state] for state in path])
            for (index, first, last), path in zip(cues, paths, strict=True)
        ]


def _computes_in_bfloat16() -> bool:
    """Whether the processor multiplies in bfloat16: tagging takes 0.55 of the time there, and 338 attributions of 340
    on 16 articles were the same as in single precision."""
    import torch

    known = torch.cpu.get_capabilities()
    return bool(known.get("amx_bf16") or known.get("avx512_bf16"))


def _owners(found: list[Window]) -> list[tuple[Window, range]]:
    """With each window the words whose cues it decides: up to the middle of what it shares with its neighbours."""
    borders = [0]
    borders += [(after.first + before.last) // 2 for before, after in pairwise(found)]
    return [
        (window, range(borders[index], borders[index + 1] if index + 1 < len(borders) else window.last))
        for index, window in enumerate(found)
    ]


def _runs(states: list[int]) -> list[tuple[int, int]]:
    """First and last (inclusive) index of each run that begins with 1 and goes on with 2."""
    found: list[tuple[int, int]] = []
    for at, state in enumerate(states):
        if state == 1:
            found.append((at, at))
        elif state == 2 and found:
            found[-1] = (found[-1][0], at)
    return found


def _attribution(
    text: str, words: Words, window: Window, cue: tuple[int, int], labels: list[int]
) -> Attribution | None:
    """The spans under the labels; None where the cue has no content."""
    first, last = cue
    marked = list(enumerate(labels[: window.last - window.first], window.first))

    def span(low: int, high: int) -> Span:
        return Span(words.starts[low], words.ends[high])

    source: list[Span] = []
    content: list[Span] = []
    piece = 0
    keyed = []
    for at, label in marked:
        piece += label == _CONTENT_BEGINS
        role = _ROLES[label]
        if not window.first + first <= at <= window.first + last:
            keyed.append((at, (role, piece if role == _CONTENT else 0)))
    for (role, _), group in groupby(keyed, key=lambda item: item[1]):
        indices = [at for at, _ in group]
        if role == _SOURCE:
            source.append(span(indices[0], indices[-1]))
        elif role == _CONTENT and any(text[words.starts[at]].isalnum() for at in indices):
            content.append(span(indices[0], indices[-1]))
    if not content:
        return None
    return Attribution(tuple(source), (span(window.first + first, window.first + last),), tuple(content))


def _order(attribution: Attribution) -> tuple[Span, ...]:
    return (*attribution.content, *attribution.cue)
