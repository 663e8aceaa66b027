"""Questions made from news articles, each with the sentences that answer it: training data for the reranker.

A question puts one to three sentences of different articles into the frame of one that a fact-checker may ask: shortened,
some words dropped, some replaced by a near word, the name that the sentences share taken away or kept. The frames and
rules are written here; the sentences are those of the articles. No question of a benchmark is used.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.names import find_names

NAME_AT_LEAST, NAME_AT_MOST = 3, 60
"""Sentences that share a name for it to tie a question together: rarer ones make none, commoner ones are "Monday"."""
WORDS_OF_FACT = (9, 45)
"""Words of a sentence that may become a part of a question."""

_VERBS = ("claim", "suggest", "report", "state", "indicate", "say", "describe how", "mention")
_SINGLE = (
    "What does the {p0} article say about {c0}?",
    "Does the {p0} article {v} that {c0}?",
    "Did {p0} report that {c0}?",
    "According to {p0}, is it true that {c0}?",
    "Which {who} {c0}, as reported by {p0}?",
    "Who first reported that {c0}?",
    "Has anybody denied that {c0}?",
    "{c0}",
)
_DOUBLE = (
    "Does the {p0} article {v} that {c0}, while the {p1} article suggests that {c1}?",
    "Do the {p0} article on {c0} and the {p1} article on {c1} agree?",
    "Which {who}, as reported by both {p0} and {p1}, {c0}, and {c1}?",
    "After {p0} reported on {d0} that {c0}, did {p1} {v} that {c1}?",
    "Between the {p0} report on {c0} published on {d0} and the {p1} report on {c1}, was the reporting consistent?",
    "Did the article from '{p0}' on {c0} report a different view compared to the '{p1}' article on {c1}?",
    "Who is the {who} that {c0} according to {p0}, and {c1} as per {p1}?",
)
_TRIPLE = (
    "Which {who}, reported by {p0} and {p1}, {c0}, {c1}, and is said by {p2} to have {c2}?",
    "Does the {p0} article {v} that {c0}, while {p1} discusses {c1}, and another {p2} article alleges that {c2}?",
    "Who is the {who} that {c0} as reported by {p0}, {c1} as per {p1}, and {c2}, according to {p2}?",
)
_FRAMES = {1: _SINGLE, 2: _DOUBLE, 3: _TRIPLE}
_KINDS = ("person", "individual", "company", "organisation", "party", "place", "team", "figure")
_BORDER = re.compile(r"[,;:—–]\s+|\s+(?=(?:who|which|that|while|but|and|as|after|before|because|when|where|to)\s)")
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence of one passage."""

    passage: int
    """Row of the passage that it is of."""
    article: int
    """Row of the article."""
    publisher: str
    """The article's publisher, as a question names it."""
    published: str
    """The article's date in ISO 8601; empty where unknown."""
    text: str
    """The sentence."""


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question and what answers it."""

    text: str
    """As asked."""
    facts: tuple[Fact, ...]
    """The sentences that it was made from."""


def made_questions(
    facts: Sequence[Fact], near: Mapping[str, Sequence[str]], count: int, seed: int
) -> tuple[MadeQuestion, ...]:
    """That many questions. `near` gives, for a word in lower case, words that may stand in its place."""
    rng = random.Random(seed)
    usable = [fact for fact in facts if WORDS_OF_FACT[0] <= len(fact.text.split()) <= WORDS_OF_FACT[1]]
    by_name = _by_name(usable)
    names = sorted(by_name)
    made: list[MadeQuestion] = []
    while len(made) < count:
        size = rng.choices((1, 2, 3), (3, 5, 2))[0]
        name = rng.choice(names)
        chosen = [rng.choice(usable)] if size == 1 and rng.random() < 0.5 else _apart(by_name[name], size, rng)
        made.append(MadeQuestion(_asked(chosen, name if rng.random() < 0.5 else "", near, rng), tuple(chosen)))
    return tuple(made)


def _by_name(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Facts by the names in them, where at least NAME_AT_LEAST articles have the name."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for _, name in find_names(fact.text):
            found[name].append(fact)
    return {
        name: some
        for name, some in found.items()
        if len({fact.article for fact in some}) >= NAME_AT_LEAST and len(some) <= NAME_AT_MOST
    }


def _apart(facts: Sequence[Fact], size: int, rng: random.Random) -> list[Fact]:
    """At most `size` facts, no two of one article."""
    chosen: list[Fact] = []
    for fact in rng.sample(list(facts), len(facts)):
        if len(chosen) < size and all(fact.article != other.article for other in chosen):
            chosen.append(fact)
    return chosen


def _asked(facts: Sequence[Fact], hidden: str, near: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    frame = rng.choice(_FRAMES[len(facts)])
    values = {"v": rng.choice(_VERBS), "who": rng.choice(_KINDS)}
    for number, fact in enumerate(facts):
        values[f"p{number}"] = fact.publisher
        values[f"c{number}"] = clause(fact.text, hidden, near, rng)
        values[f"d{number}"] = _spoken(fact.published)
    return frame.format(**values)


def _spoken(published: str) -> str:
    year, month, day = (published[:10].split("-") + ["", "", ""])[:3]
    return f"{_MONTHS[int(month) - 1]} {int(day)}, {year}" if day else "that day"


def clause(sentence: str, hidden: str, near: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """The sentence as a part of a question: some of it, in other words here and there, without quotation marks.

    `hidden`: a name to take out; empty for none.
    """
    text = re.sub(r"[\"“”‘«»()\[\]]|(?<!\w)'|'(?!\w)", "", sentence).strip().rstrip(".!?…,;")
    text = re.sub(r"\s+", " ", text)
    if hidden:
        text = text.replace(hidden, rng.choice(("", "", "a person", "the company", "they")))
    pieces = [piece for piece in _BORDER.split(text) if piece and piece.strip()]
    lengths = [len(piece.split()) for piece in pieces]
    if sum(lengths) > 12 and len(pieces) > 1 and rng.random() < 0.8:
        first = rng.randrange(len(pieces))
        last = first
        wanted = rng.randint(6, 20)
        while last + 1 < len(pieces) and sum(lengths[first : last + 1]) < wanted:
            last += 1
        while first and sum(lengths[first : last + 1]) < wanted:
            first -= 1
        pieces = pieces[first : last + 1]
    words = " ".join(pieces).split()
    dropped = rng.choice((0.0, 0.1, 0.25, 0.4))
    replaced = rng.choice((0.0, 0.2, 0.4, 0.6))
    kept: list[str] = []
    for word in words:
        if rng.random() < dropped and len(words) > 6 and not word[0].isdigit():
            continue
        choices = near.get(word.lower(), ())
        kept.append(rng.choice(choices) if choices and rng.random() < replaced else word)
    return " ".join(kept or words)
