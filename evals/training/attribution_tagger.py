"""Trains the attribution tagger on PolNeAR and measures it on its development part.

    python -m evals.training.attribution_tagger FOLDER_OF_POLNEAR [--epochs 4] [--seed 1] [--output FOLDER]

FOLDER holds train.jsonl.gz and dev.jsonl.gz: one article a line with `text` and `attributions`, each with the roles
source, cue and content as lists of [start, end].
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from evals.training.attribution_scores import Scores, score_texts
from index.model_tagger import FOLDER, ROOM, ModelTagger
from index.spans import Span
from index.tagger import Attribution
from index.tagger_network import AttributionNetwork, Shape, changed_weights, make_batch, new_network
from index.tagger_words import Window, Words, encoder_folder, load_tokenizer, split_words, windows

NAME = "minilm-polnear-1"
WARM_UP = 0.06
CUE_JITTER = 0.1
GRADIENT_LIMIT = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training run is set to."""

    epochs: int = 4
    """Passes over the training part."""
    seed: int = 1
    """Of the order, the window borders, the dropout and the new layers."""
    batch: int = 8
    """Windows a step."""
    encoder_rate: float = 2e-4
    """Highest learning rate of the encoder's layers."""
    head_rate: float = 1e-3
    """Highest learning rate of the new layers."""
    decay: float = 0.01
    """Weight decay."""


@dataclass(frozen=True, slots=True)
class Example:
    """One article, ready to be cut into windows."""

    words: Words
    """Its words."""
    marks: tuple[tuple[int, int, tuple[int, ...]], ...]
    """For each attribution with a cue: the cue's first and last word, and a tuple of (word, role) flattened."""


def read_articles(path: Path) -> list[tuple[str, tuple[Attribution, ...]]]:
    """Text and attributions of each article in a PolNeAR file."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            made = tuple(
                Attribution(*(tuple(Span(*pair) for pair in each[role]) for role in ("source", "cue", "content")))
                for each in record["attributions"]
            )
            found.append((record["text"], made))
    return found


def _indices(text: str, words: Words, spans: tuple[Span, ...]) -> list[int]:
    """The words under the spans, without the marks that close each span, but for quotation marks and brackets."""
    found: list[int] = []
    for span in spans:
        inside = list(range(bisect_right(words.ends, span.start), bisect_left(words.starts, span.end)))
        while len(inside) > 1 and text[words.starts[inside[-1]]] in ",.;:-–—":
            inside.pop()
        found.extend(inside)
    return found


def prepare(text: str, attributions: tuple[Attribution, ...], words: Words) -> Example:
    """Labels by word: 0 outside, 1 and 2 content, 3 and 4 source, kept as pairs so that windows can cut them."""
    marks = []
    for each in attributions:
        cue = _indices(text, words, each.cue)
        source = _indices(text, words, each.source)
        content = _indices(text, words, each.content)
        if not cue or not content:
            continue
        pairs: list[int] = []
        for role, indices in ((1, content), (3, source)):
            for place, at in enumerate(indices):
                joined = place > 0 and indices[place - 1] == at - 1
                pairs += (at, role + int(joined))
        marks.append((cue[0], cue[-1], tuple(pairs)))
    return Example(words, tuple(marks))


def part_states(example: Example, mark: tuple[int, int, tuple[int, ...]], window: Window) -> list[int] | None:
    """The chain's states for one attribution in a window; None where the window lacks its cue or all its content.

    What stands outside the window is cut off: a long quotation begins to be learnt only where its part is.
    """
    pairs = {
        at: label for at, label in zip(mark[2][::2], mark[2][1::2], strict=True) if window.first <= at < window.last
    }
    if mark[0] < window.first or mark[1] >= window.last or not {1, 2} & set(pairs.values()):
        return None
    states = []
    after = False
    previous = 0
    for at in range(window.first, window.last):
        label = pairs.get(at, 0)
        if mark[0] <= at <= mark[1]:
            label = 0
        if label == 2 and previous not in (1, 2):
            label = 1  # the cue stood between
        if label == 4 and at == window.first:
            label = 3  # its beginning is cut off
        if label == 4 and previous not in (3, 4):
            return None  # two sources: the chain has one
        if label == 3 and after:
            return None
        previous = label
        after = after or label == 3
        states.append(label if label in (3, 4) else label + 5 * after)
    return states


def cut(examples: list[Example], generator: random.Random) -> list[tuple[Example, Window]]:
    """All windows of an epoch, with borders shifted at random, shuffled."""
    found = []
    for example in examples:
        opening = generator.randint(ROOM // 4, ROOM)
        found += [(example, window) for window in windows(example.words, ROOM, 0, opening)]
    generator.shuffle(found)
    return found


def window_loss(
    network: AttributionNetwork, items: list[tuple[Example, Window]], generator: random.Random
) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss a word of the cues, and loss an attribution of its parts."""
    batch = make_batch([(example.words, window) for example, window in items])
    cue_states = torch.zeros_like(batch.places)
    cues, states = [], []
    for row, (example, window) in enumerate(items):
        for mark in example.marks:
            first, last = max(mark[0], window.first) - window.first, min(mark[1], window.last - 1) - window.first
            if first > last:
                continue
            cue_states[row, first] = 1
            cue_states[row, first + 1 : last + 1] = 2
            path = part_states(example, mark, window)
            if path is not None:
                cues.append((row, *_jittered(first, last, window.last - window.first, generator)))
                states.append(path + [0] * (batch.mask.shape[1] - len(path)))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = network.read(batch)
        cue_scores = network.find_cues(hidden)
        part_scores = network.find_parts(hidden, batch, torch.tensor(cues)) if cues else None
    cue_loss = network.cue_chain.loss(cue_scores, cue_states, batch.mask).sum() / len(items)
    if part_scores is None:
        return cue_loss, torch.zeros(())
    mask = batch.mask[torch.tensor([cue[0] for cue in cues])]
    part_loss = network.part_chain.loss(part_scores, torch.tensor(states), mask).mean()
    return cue_loss, part_loss


def _jittered(first: int, last: int, size: int, generator: random.Random) -> tuple[int, int]:
    """Now and then a border off by one word: found cues are not always exact either."""
    if generator.random() < CUE_JITTER:
        first = max(0, first - 1)
    if generator.random() < CUE_JITTER:
        last = min(size - 1, last + 1)
    return first, last


def _optimizer(network: AttributionNetwork, plan: Plan) -> torch.optim.Optimizer:
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        if name.startswith("encoder.embeddings."):
            weight.requires_grad_(False)
            continue
        rate = plan.encoder_rate if name.startswith("encoder.") else plan.head_rate
        decay = plan.decay if weight.dim() > 1 else 0.0
        groups.setdefault((rate, decay), []).append(weight)
    return torch.optim.AdamW(
        [{"params": weights, "lr": rate, "weight_decay": decay} for (rate, decay), weights in groups.items()]
    )


def _share(step: int, total: int) -> float:
    """Learning rate as a share of its highest: up in a line, then down in a cosine."""
    warm = max(1, int(WARM_UP * total))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))


def train(examples: list[Example], plan: Plan, network: AttributionNetwork) -> Iterator[int]:
    """Trains the network; gives the number of each epoch, from 1, once it is done."""
    generator = random.Random(plan.seed)
    optimizer = _optimizer(network, plan)
    total = plan.epochs * math.ceil(len(cut(examples, random.Random(plan.seed))) / plan.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share(step, total))
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    step, began = 0, time.monotonic()
    for epoch in range(1, plan.epochs + 1):
        network.train()
        sums = [0.0, 0.0]
        items = cut(examples, generator)
        for at in range(0, len(items), plan.batch):
            losses = window_loss(network, items[at : at + plan.batch], generator)
            optimizer.zero_grad()
            torch.autograd.backward(losses[0] + losses[1])
            torch.nn.utils.clip_grad_norm_(weights, GRADIENT_LIMIT)
            optimizer.step()
            schedule.step()
            sums = [before + loss.item() for before, loss in zip(sums, losses, strict=True)]
            step += 1
            if step % 20 == 0:
                print(
                    f"epoch {epoch} step {step}/{total} cue {sums[0] / 20:.3f} parts {sums[1] / 20:.3f} "
                    f"{time.monotonic() - began:.0f} s",
                    flush=True,
                )
                sums = [0.0, 0.0]
        yield epoch


def save(network: AttributionNetwork, folder: Path, cue_bias: float, plan: Plan) -> None:
    """Weights in half precision, and how to load them."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: value.half().contiguous() for name, value in changed_weights(network).items()}
    save_file(weights, folder / "model.safetensors")
    config = {"name": NAME, "shape": asdict(Shape()), "cue_bias": cue_bias, "training": asdict(plan)}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def measure(network: AttributionNetwork, articles: list[tuple[str, tuple[Attribution, ...]]], bias: float) -> Scores:
    """Scores of the network on articles."""
    tagger = ModelTagger(network, load_tokenizer(), NAME, bias)
    found = tagger.tag_all([text for text, _ in articles])
    return score_texts([(text, gold, made) for (text, gold), made in zip(articles, found, strict=True)])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--start", type=Path, default=None, help="folder of weights to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="share of the learning rates to use")
    parser.add_argument("--limit", type=int, default=None, help="train on so many articles only")
    parser.add_argument("--output", type=Path, default=FOLDER, help="where weights and config.json are written")
    options: Any = parser.parse_args(arguments)
    full = Plan(epochs=options.epochs, seed=options.seed)
    plan = replace(full, encoder_rate=full.encoder_rate * options.rate, head_rate=full.head_rate * options.rate)
    torch.manual_seed(plan.seed)
    network = new_network(encoder_folder(), Shape())
    if options.start:
        network.load_state_dict(load_file(options.start / "model.safetensors"), strict=False)
    tokenizer = load_tokenizer()
    articles = read_articles(options.data / "train.jsonl.gz")[: options.limit]
    examples = [prepare(text, gold, split_words(text, tokenizer)) for text, gold in articles]
    held_out = read_articles(options.data / "dev.jsonl.gz")
    for epoch in train(examples, plan, network):
        save(network, options.output, 0.0, plan)
        print(f"epoch {epoch}\n{measure(network, held_out, 0.0)}", flush=True)
    best = max((0.0, 0.25, 0.5, 1.0), key=lambda bias: measure(network, held_out, bias).goal)
    save(network, options.output, best, plan)
    print(f"cue bias {best}\n{measure(network, held_out, best)}", flush=True)


if __name__ == "__main__":
    main()
