"""Pairs in the voice of news, for the last two stages of training: what was written for it, headlines, and texts of
other stories beside each claim and question.

Without the last, a network learns from hand-written texts what a denial or an answer sounds like, whatever is asked:
trained on the others alone it took nearly every long sentence for an answer.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.training.made_pairs import CONTRADICTION, ENTAILMENT, NEUTRAL, Pair
from index.spans import sentences

LABELLED = Path(__file__).parent.parent / "labelled"
WRITTEN, ANSWERS = LABELLED / "pairs.jsonl", LABELLED / "answers.jsonl"
CLAIM, FORM, QUESTION, HEADLINE, CROSSED, ANSWER = (
    "news-claim",
    "news-form",
    "news-question",
    "headline",
    "crossed",
    "answers",
)
"""Origins of the pairs."""
MOST_PER_HEADLINE = 2
"""Sentences of its article that do not tell what a headline tells, for each headline."""
LOOKED_AT = 700
"""Texts of other stories among which the likest are looked for."""
_COMMON = frozenset("that with from have says said after over this their they will about".split())
_OF_REPORTS = frozenset({"yes-no", "denied", "confirmed", "first", "independent"})


def written(split: str) -> list[Pair]:
    """The pairs of `evals/labelled/pairs.jsonl` of one split ("train" or "dev"); each claim in all its forms."""
    pairs: list[Pair] = []
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] != split:
            continue
        first = QUESTION if row["claim"].endswith("?") else CLAIM
        hypotheses = [(row["claim"], first), *((form, FORM) for form in row.get("forms", ()))]
        for label in (ENTAILMENT, NEUTRAL, CONTRADICTION):
            pairs += [Pair(text, claim, label, origin) for text in row[label] for claim, origin in hypotheses]
    return pairs


def headlines(file: Path, most: int, seed: int) -> list[Pair]:
    """From real articles: a headline that its first sentences bear out, and later sentences that name the same and tell
    something else.

    Args:
        file: `articles.jsonl.gz`, records with `title` and `text`.
        most: how many headlines.
        seed: of their choice.
    """
    rng = random.Random(seed)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    rng.shuffle(articles)
    pairs: list[Pair] = []
    for article in articles:
        title = re.sub(r"\s+", " ", article["title"]).strip()
        asked = _content(title)
        if len(asked) < 4 or len(title.split()) > 18 or title.endswith("?") or ":" in title:
            continue
        body = article["text"][:6000]
        found = [body[s.start : s.end].replace("\n", " ") for s in sentences(body)]
        found = [text for text in found if 8 <= len(text.split()) <= 50]
        lead = next((t for t in found[:2] if len(_content(t) & asked) >= max(3, len(asked) // 2)), "")
        rest = [text for text in found[5:] if 1 <= len(_content(text) & asked) <= 2]
        if len(found) < 10 or len(rest) < MOST_PER_HEADLINE or lead.strip() in {"", title}:
            continue
        pairs.append(Pair(lead, title, ENTAILMENT, HEADLINE))
        pairs += [Pair(text, title, NEUTRAL, HEADLINE) for text in rng.sample(rest, MOST_PER_HEADLINE)]
        if len(pairs) >= most * (1 + MOST_PER_HEADLINE):
            break
    return pairs


def crossed(pairs: Sequence[Pair], like: int, random_ones: int, rng: random.Random) -> list[Pair]:
    """Each claim or question beside texts that were written for another: those that share most words with it, and some
    drawn by chance. All neutral."""
    texts = [(pair.premise, pair.hypothesis, _content(pair.premise)) for pair in pairs]
    found: list[Pair] = []
    for hypothesis in dict.fromkeys(pair.hypothesis for pair in pairs):
        words = _content(hypothesis)
        pool = [text for text in rng.sample(texts, min(LOOKED_AT, len(texts))) if text[1] != hypothesis]
        near = sorted(pool, key=lambda text: -len(text[2] & words))[:like]
        found += [Pair(text[0], hypothesis, NEUTRAL, CROSSED) for text in [*near, *rng.sample(pool, random_ones)]]
    return found


def answering(part: int) -> list[Pair]:
    """Questions and sentences of every second set of `evals/labelled/answers.jsonl`: does the sentence answer. `part`:
    0 for those trained on, 1 for the others."""
    pairs: list[Pair] = []
    for number, line in enumerate(ANSWERS.read_text(encoding="utf-8").splitlines()):
        if number % 2 == part:
            pairs += _answering(json.loads(line))
    return pairs


def _answering(row: dict[str, list[dict[str, object]]]) -> Iterator[Pair]:
    texts: dict[str, str] = {}
    for article in row["articles"]:
        text, spans = str(article["text"]), article["sentences"]
        for number, (start, end) in enumerate(spans, 1):  # type: ignore[arg-type, var-annotated]
            texts[f"{article['id']}.{number}"] = text[start:end]
    for question in row["questions"]:
        gold = {id for part in question["answers"] for id in part}  # type: ignore[attr-defined]
        beside = set(question.get("also", []))  # type: ignore[call-overload]
        for id, text in texts.items():
            if id in beside or (id in gold and question["kind"] in _OF_REPORTS):
                continue  # whether it affirms or denies, the labels do not say
            yield Pair(text, str(question["question"]), ENTAILMENT if id in gold else NEUTRAL, ANSWER)


def _content(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower())) - _COMMON


def by_origin(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each origin, in the order given."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.origin].append(pair)
    return groups
