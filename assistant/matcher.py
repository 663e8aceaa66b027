"""Matcher: every unit of some articles, scored against a question.

Where there are many, the shortlist leaves those worth embedding; their words are then compared one by one with the
question's, and the best are read by the pair model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.claims import Match, Unit
from assistant.matching import Likeness, Words, as_digits, tokens, weights
from assistant.question import Question, parse_question
from assistant.shortlist import shortlist
from assistant.terms import content_words, stems_of, tidy, words_of
from index.article import Article
from index.corpus import Corpus
from index.spans import sentences
from index.statements import Stance

IN_PARAGRAPH = 0.7
"""What a term counts that stands in the unit's paragraph, not in the unit."""
PARAGRAPH = 600
"""Characters of a paragraph that are compared: the embedder reads no more than some 200 words."""
AROUND = 16
"""Units of a shortlist whose paragraph is embedded: those that are best without. With 16, 24 and 40 the 26 answers of
`shortlist.KEPT` were as near to those without a shortlist, and a paragraph has two and a half times a unit's words."""
WORD_ROUGH = 0.1
"""Cosine by word pieces from which, of a shortlist, the network is asked how near a word is to a term in meaning. Of
the words of the articles found for 26 questions three in ten had it; of the pairs whose cosine by the network was .5 or
more (.6 or more), all but three (.3) in a hundred."""
NAME_SHARE = 0.5
"""What a name's weight counts beside the other terms': it says which story, not which event of it."""
JUDGED = 40
"""Matches that the pair model reads beside the question's proposition, or what it takes for granted."""
PAIR_SHARE = 0.16
"""What the pair model's certainty that a unit speaks of the proposition adds to its score, or takes away."""
IN_ARTICLE = 0.6
"""What a name counts that the article has but not the sentence: news names a thing once and then says "the ship"."""
ELSEWHERE = 0.25
"""The same for other words."""


@dataclass(frozen=True, slots=True)
class _Likes:
    """Each term's best match in some stretches of text."""

    unit: dict[str, float]
    paragraph: dict[str, float]
    title: dict[str, float]
    article: dict[str, float]


_Sift = Callable[[Mapping[str, float], Set[str]], Set[str]]


def _every(terms: Mapping[str, float], words: Set[str]) -> Set[str]:
    return words


class Matcher:
    """Scores units against topics."""

    def __init__(self, corpus: Corpus, pairs: Path | None = None) -> None:
        """`pairs`: folder of the pair model; None for the one that comes with the installation."""
        self._corpus = corpus
        self._pairs = pairs
        self._words = Words(corpus.embed)

    def alike(self, one: str, other: str) -> float:
        """Cosine of two texts."""
        a, b = self._corpus.embed([one, other])
        return float(a @ b)

    def match(self, question: Question, units: Sequence[Unit]) -> tuple[Match, ...]:
        """The units nearest to the question with their scores, best first."""
        if not units:
            return ()
        terms = self._terms(question, units)
        topic = f"{question.claim_text} {question.context}" if question.context else question.claim_text
        many = len(units)
        units = shortlist(topic or question.text, terms, units, self._corpus)
        wanted, asked = self._corpus.embed([topic or question.text, question.search_text])
        own = self._corpus.embed([unit.text for unit in units])
        likes = self._likes(terms, units, self._near if len(units) < many else _every)
        rows = list(range(len(units)))
        if len(units) < many:
            alone = [_scored(question, terms, *one).score for one in zip(units, likes, own @ wanted, strict=True)]
            rows = sorted(rows, key=lambda row: -alone[row])[:AROUND]
        around = own.copy()
        around[rows] = self._corpus.embed([units[row].paragraph[:PARAGRAPH] for row in rows])
        cosines = np.maximum(own @ wanted, 0.6 * (own @ wanted) + 0.4 * (around @ wanted))
        found = [
            replace(
                _scored(question, terms, unit, like, float(cosine)), nearness=float(near), surroundings=float(beside)
            )
            for unit, like, cosine, near, beside in zip(units, likes, cosines, own @ asked, around @ asked, strict=True)
        ]
        return self._judged(question, sorted(found, key=lambda match: -match.score))

    def _likes(self, terms: Mapping[str, float], units: Sequence[Unit], sift: _Sift) -> list[_Likes]:
        """For each unit, how well it, its paragraph, its headline and its article have each term. `sift`: which words
        to compare with the terms by meaning."""
        read = _tokens if any(term.isdigit() or as_digits(term) != term for term in terms) else _content
        unit_words = [read(f"{unit.text} {_who(unit)}") for unit in units]
        articles = {unit.article.id: unit.article for unit in units}
        titles = {id: read(article.title) for id, article in articles.items()}
        blocks = {unit.paragraph: read(unit.paragraph) for unit in units}
        words: Set[str] = {word for some in (*unit_words, *titles.values(), *blocks.values()) for word in some}
        words = sift(terms, words)
        self._words.load({*terms, *words})
        likeness = Likeness(tuple(terms), self._words, words)
        paragraph = {text: likeness.best(some) for text, some in blocks.items()}
        title = {id: likeness.best(some) for id, some in titles.items()}
        whole = {id: likeness.best(read(_all_of(article))) for id, article in articles.items()}
        return [
            _Likes(likeness.best(some), paragraph[unit.paragraph], title[unit.article.id], whole[unit.article.id])
            for unit, some in zip(units, unit_words, strict=True)
        ]

    def _near(self, terms: Mapping[str, float], words: Set[str]) -> Set[str]:
        """The words that may be near a term in meaning, as far as their pieces tell; the others are compared by stem,
        number and spelling alone."""
        asked = sorted(words)
        rough = self._corpus.rough_cosines(list(terms), asked) if terms else None
        if rough is None:
            return words
        return {word for word, near in zip(asked, rough.max(axis=1), strict=True) if near >= WORD_ROUGH}

    def _judged(self, question: Question, ranked: list[Match]) -> tuple[Match, ...]:
        """The best matches read by the pair model beside what the question names or takes for granted."""
        from assistant.pair_model import CONTRADICTION, ENTAILMENT, MODEL_FOLDER, load_pair_model

        model = load_pair_model(self._pairs or MODEL_FOLDER)
        if model is None:
            return tuple(ranked)
        first = ranked[:JUDGED]
        hypothesis = question.hypothesis
        scores = model.score([(told_in(match.unit), hypothesis) for match in first])
        judged = [
            replace(match, granted=float(row[ENTAILMENT]), defied=float(row[CONTRADICTION]))
            for match, row in zip(first, scores, strict=True)
        ]
        if question.names_claim:
            judged = [
                replace(
                    match,
                    score=match.score + PAIR_SHARE * (match.granted + match.defied - 0.5) * min(1.0, 2 * match.score),
                )
                for match in judged
            ]
        return tuple(sorted([*judged, *ranked[JUDGED:]], key=lambda match: -match.score))

    def _terms(self, question: Question, units: Sequence[Unit]) -> dict[str, float]:
        """The topic's terms, weighted; those of earlier turns count less, the more the question has of its own."""
        documents = [stems_of(unit.text) for unit in units]
        own = weights(question.terms, documents)
        own = {term: weight * (0.35 if term in question.circumstance else 1.0) for term, weight in own.items()}
        named = {word for name in question.names for word in words_of(name)}
        if set(own) - named:
            own = {term: weight * (NAME_SHARE if term in named else 1.0) for term, weight in own.items()}
        if not question.context:
            return own
        earlier = weights(parse_question(question.context).terms, documents)
        share = 1.0 if not own else 0.5 if len(own) == 1 else 0.2
        return {**{term: weight * share for term, weight in earlier.items()}, **own}


LONGEST = 60
"""Words of a sentence that is read whole."""
AROUND_UNIT = 300
"""Characters before and after a unit within which its sentence is looked for."""


def told_in(unit: Unit) -> str:
    """What the pair model reads of a unit: its sentence with its reporting words, as it learnt to; of a denial, whose
    stance is known, what is denied alone."""
    statement, text = unit.statement, unit.article.text
    if statement.stance in {Stance.DENIES, Stance.RETRACTS, Stance.DECLINES} or statement.source_span is None:
        return unit.text
    low, high = max(0, unit.span.start - AROUND_UNIT), unit.span.end + AROUND_UNIT
    of = [
        part
        for part in sentences(text[low:high])
        if part.end + low > unit.span.start and part.start + low < unit.span.end
    ]
    whole = tidy(text[of[0].start + low : of[-1].end + low]) if of else unit.text
    return whole if len(whole.split()) <= LONGEST else unit.text


def _scored(question: Question, terms: Mapping[str, float], unit: Unit, likes: _Likes, cosine: float) -> Match:
    """A unit with what its likenesses come to."""
    names = {word for name in question.names for word in words_of(name)}
    own_terms = set(question.terms)
    total = sum(terms.values()) or 1.0
    covered = (
        sum(
            weight
            * max(
                likes.unit[term],
                likes.paragraph[term] * IN_PARAGRAPH,
                likes.title[term] * IN_ARTICLE,
                likes.article[term] * (IN_ARTICLE if term in names else ELSEWHERE),
            )
            for term, weight in terms.items()
        )
        / total
    )
    score = 0.6 * covered + 0.4 * float(np.clip((cosine - 0.1) / 0.6, 0.0, 1.0)) if terms else cosine
    named = sum(weight for term, weight in terms.items() if term in names) or 1.0
    missing = [term for term in terms if term in names and term in own_terms and likes.article[term] < 0.6]
    away = sum(terms[term] for term in missing) / named
    score *= (1 - 0.6 * away) * (0.88 if unit.statement.in_title else 1.0)
    main = {
        term: weight
        for term, weight in terms.items()
        if term in own_terms and term not in names and term not in question.circumstance
    }
    core = (
        sum(weight * max(likes.unit[term], IN_PARAGRAPH * likes.paragraph[term]) for term, weight in main.items())
        / sum(main.values())
        if main
        else 1.0
    )
    return Match(unit, score, covered, cosine, likes.unit, core, at_home=1.0 - away)


def _who(unit: Unit) -> str:
    source = unit.statement.source
    links = " ".join(link.name for link in unit.statement.via)
    return f"{source.name} {source.speaks_for} {source.role} {links} {' '.join(source.aliases)}"


def _all_of(article: Article) -> str:
    return f"{article.title} {article.publisher} {article.text}"


_tokens = lru_cache(maxsize=2_000)(tokens)


@lru_cache(maxsize=2_000)
def _content(text: str) -> tuple[str, ...]:
    """As `tokens`, without the numbers, which take two thirds of the time: no term that is none is like a number."""
    return tuple(dict.fromkeys(content_words(text)))
