"""Pairs in the voice of news, for the later stages of training: what was written for it, headlines, texts of other
stories beside each claim and question, and what the assistant itself finds.

Without the last, a network learns from hand-written texts what a denial or an answer sounds like, whatever is asked:
trained on the others alone it took nearly every long sentence for an answer.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evals.training.labelled_readings import CONTEXT, context_pairs, read_labelled
from evals.training.made_pairs import CONTRADICTION, ENTAILMENT, NEUTRAL, Pair
from index.article import Article
from index.attribution import read_statements
from index.names import find_names
from index.spans import sentences
from index.statements import Stance
from index.tagger import Tagger, load_tagger

LABELLED = Path(__file__).parent.parent / "labelled"
WRITTEN, ANSWERS = LABELLED / "pairs.jsonl", LABELLED / "answers.jsonl"
CLAIM, FORM, QUESTION, HEADLINE, CROSSED, ANSWER, CONTENT, SWAPPED, SAME_STORY = (
    "news-claim",
    "news-form",
    "news-question",
    "headline",
    "crossed",
    "answers",
    "news-content",
    "swapped",
    "same-story",
)
"""Origins of the pairs."""
MOST_PER_HEADLINE = 2
"""Sentences of its article that do not tell what a headline tells, for each headline."""
LOOKED_AT = 700
"""Texts of other stories among which the likest are looked for."""
LEAST_WORDS, LEAST_SHARE = 4, 0.45
"""Words, and share of a text's words, that what it attributes needs to stand for it."""
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


def contents(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with only what the text attributes, as the assistant compares it: without who says it. What a text
    denies in so many words is, without the denying word, the claim itself."""
    tagger, known, found = load_tagger("rules"), dict[str, tuple[Stance, str] | None](), list[Pair]()
    for pair in pairs:
        if pair.premise not in known:
            known[pair.premise] = _attributed(pair.premise, tagger)
        told = known[pair.premise]
        if told is None:
            continue
        stance, words = told
        label = pair.label
        if stance is Stance.DENIES and label == CONTRADICTION and len(_content(words) & _content(pair.hypothesis)) >= 2:
            label = ENTAILMENT
        elif stance is Stance.DENIES and label != NEUTRAL:
            continue
        found.append(Pair(words, pair.hypothesis, label, CONTENT))
    return found


def _attributed(text: str, tagger: Tagger) -> tuple[Stance, str] | None:
    """The stance and content of a text's one attribution, where that is most of it."""
    article = Article.from_text(text, publisher="Orle Wire", published="2020-03-04")
    made = [item for item in read_statements(article, tagger) if item.source_span is not None]
    if len(made) != 1 or made[0].stance in {Stance.RETRACTS, Stance.DECLINES}:
        return None
    words = " ".join(span.of(article.text) for span in made[0].content_spans)
    long = max(LEAST_WORDS, LEAST_SHARE * len(text.split()))
    return (made[0].stance, words) if len(words.split()) >= long else None


def swapped(pairs: Sequence[Pair], each: int, rng: random.Random) -> list[Pair]:
    """Texts of other claims with this one's names in place of theirs: the same party, another event. All neutral."""
    texts = [(pair.premise, pair.hypothesis, _names(pair.premise)) for pair in pairs if pair.origin != FORM]
    texts = [text for text in texts if text[2]]
    found: list[Pair] = []
    for hypothesis in dict.fromkeys(pair.hypothesis for pair in pairs):
        own = _names(hypothesis)
        for text, of, theirs in rng.sample(texts, each) if own else ():
            for old, new in zip(rng.sample(theirs, len(theirs)), rng.sample(own, len(own)), strict=False):
                text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text)
            if of != hypothesis:
                found.append(Pair(text, hypothesis, NEUTRAL, SWAPPED))
    return found


def same_story(file: Path, most: int, seed: int) -> list[Pair]:
    """From real articles: a short statement as the claim, beside the sentence that holds it, and beside other
    statements of its article that name the same and share few other words.

    Args:
        file: `articles.jsonl.gz`.
        most: how many pairs.
        seed: of the articles' order.
    """
    rng, tagger = random.Random(seed), load_tagger("rules")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    rng.shuffle(articles)
    pairs: list[Pair] = []
    for article in articles:
        read = Article.from_text(article["text"][:5000], publisher="Orle Wire", published="2018-03-04")
        made = [s for s in read_statements(read, tagger) if not s.in_title and s.stance is not Stance.DECLINES]
        told = [" ".join(span.of(read.text) for span in s.content_spans).replace("\n", " ") for s in made]
        told = [text for text in told if 6 <= len(text.split()) <= 40]
        claims = [t for t in told if len(t.split()) <= 18 and _names(t) and t[0] not in '"“' and not t.endswith("?")]
        for claim in rng.sample(claims, min(2, len(claims))) if len(told) >= 8 else ():
            pairs += _beside(claim, told, read.text)
        if len(pairs) >= most:
            break
    return pairs


def _beside(claim: str, told: Sequence[str], text: str) -> list[Pair]:
    names, words = set(_names(claim)), _content(claim)
    others = [t for t in told if t != claim and len(_content(t) & words) <= max(1, len(words) // 4)]
    others.sort(key=lambda t: -(3 * len(set(_names(t)) & names) + len(_content(t) & words)))
    if len(others) < 3:
        return []
    hypothesis = claim.strip('"“”., ')
    pairs = [Pair(other, hypothesis, NEUTRAL, SAME_STORY) for other in others[:3]]
    at = text.find(claim)
    whole = next((text[s.start : s.end] for s in sentences(text) if s.start <= at < s.end), "").replace("\n", " ")
    if at >= 0 and 8 <= len(whole.split()) <= 60 and whole.strip('"“”. ') != hypothesis:
        pairs.append(Pair(whole.strip(), hypothesis, ENTAILMENT, SAME_STORY))
    return pairs


def _names(text: str) -> list[str]:
    return [name for _, name in find_names(f"Then {text}")]


STAGES = ("news", "crossed", "contents", "story", CONTEXT)
"""The stages after the public data, each begun from the weights of the one before."""


def context_stage(news: Path, part: int | None, seed: int) -> list[Pair]:
    """The last stage: statements as the assistant found them, labelled by readers, twice each, and some of the texts
    that were written.

    Args:
        news: `articles.jsonl.gz`.
        part: of the labelled questions, the one left out; None for none.
        seed: of all that is drawn.
    """
    rng, own = random.Random(seed), by_origin(written("train"))
    claims, forms, questions = own[CLAIM], own[FORM], own[QUESTION]
    chosen = context_pairs([one for one in read_labelled() if one.part != part], news) * 2
    chosen += rng.sample(claims, 900) + rng.sample(questions, 700) + rng.sample(forms, 900)
    told = contents(rng.sample([*claims, *questions], 1500))
    chosen += rng.sample(told, min(700, len(told))) + rng.sample(crossed(questions, 2, 1, rng), 300)
    rng.shuffle(chosen)
    return chosen


def stage_pairs(stage: str, replay: Callable[[int, int, int], list[Pair]], news: Path, seed: int) -> list[Pair]:
    """What one stage is trained on, shuffled.

    Args:
        stage: one of STAGES but the last.
        replay: gives so many public, made and wrapped pairs, for what was learnt before not to be lost.
        news: `articles.jsonl.gz`, for the headlines.
        seed: of all that is drawn.
    """
    rng = random.Random(seed)
    own = by_origin(written("train"))
    claims, forms, questions = own[CLAIM], own[FORM], own[QUESTION]
    head = headlines(news, 3500, 9)
    if stage == "news":
        chosen = claims * 3 + forms + questions * 4 + head[:9000] + replay(9000, 3000, 2000)
    elif stage == "crossed":
        answers = answering(0)
        chosen = questions * 2 + crossed(questions, 4, 5, rng) * 2 + claims * 2 + crossed(claims, 2, 2, rng)
        chosen += rng.sample(forms, 4000) + crossed(rng.sample(forms, 3000), 1, 1, rng)
        chosen += answers + [pair for pair in answers if pair.label == ENTAILMENT] * 3
        chosen += head[:5000] + replay(5000, 2000, 1000)
    elif stage == "story":
        answers, told = answering(0), contents([*claims, *forms, *questions])
        chosen = rng.sample(questions, 1200) + rng.sample(claims, 2400) + rng.sample(forms, 2000)
        chosen += rng.sample(told, min(5500, len(told))) + crossed(questions, 2, 2, rng)
        chosen += answers + [pair for pair in answers if pair.label == ENTAILMENT] * 3
        chosen += swapped([*claims, *forms, *questions, *told], 3, rng) + same_story(news, 6400, 4)
        chosen += head[7000:8500] + replay(2500, 1000, 500)
    else:
        answers, told = answering(0), contents([*claims, *forms, *questions])
        chosen = rng.sample(questions, 1500) + rng.sample(claims, 2200) + rng.sample(forms, 2300) + told
        chosen += crossed(questions, 3, 3, rng) + crossed(claims, 1, 1, rng)
        chosen += crossed([pair for pair in told if not pair.hypothesis.endswith("?")], 1, 1, rng)
        chosen += answers + [pair for pair in answers if pair.label == ENTAILMENT] * 3
        chosen += head[5000:7000] + replay(3000, 1200, 500)
    rng.shuffle(chosen)
    return chosen


def by_origin(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each origin, in the order given."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.origin].append(pair)
    return groups
