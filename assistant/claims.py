"""Claim: one proposition that statements in several articles are about; and which statements those are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.matching import Vectors, Words, coverage, tokens, weights
from assistant.question import Question
from assistant.shortlist import shortlist
from assistant.terms import stem, tidy, words_of
from index.article import Article
from index.corpus import Corpus
from index.names import fold, short_of
from index.spans import Span, paragraphs, sentences
from index.statements import Statement

WORDWISE = 200
"""Units whose words are compared one by one; the others have too low a cosine and share no word."""
IN_PARAGRAPH = 0.7
"""What a term counts that stands in the unit's paragraph, not in the unit."""
PARAGRAPH = 600
"""Characters of a paragraph that are compared: the embedder reads no more than some 200 words."""
NAME_SHARE = 0.5
"""What a name's weight counts beside the other terms': it says which story, not which event of it."""
JUDGED = 40
"""Matches that the pair model reads beside the question's proposition."""
PAIR_SHARE = 0.16
"""What the pair model's certainty that a unit speaks of the proposition adds to its score, or takes away."""
IN_ARTICLE = 0.6
"""What a name counts that the article has but not the sentence: news names a thing once and then says "the ship"."""
ELSEWHERE = 0.25
"""The same for other words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition, and the statements that are about it."""

    text: str
    """The claim in words: the question's topic, or the content of the statement that puts it best."""
    statements: tuple[Statement, ...]
    """Every statement about it, bearing it out or denying it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a statement's content: what is compared with a question."""

    statement: Statement
    """The statement it is of."""
    article: Article
    """The article it stands in."""
    span: Span
    """The sentence's part that is content."""
    text: str
    """Its words, and those that it points back to."""
    own_text: str
    """Its words alone."""
    paragraph: str
    """The paragraph that it stands in: what its "it" and "they" mean is mostly told there."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit with how well it speaks of a question's topic."""

    unit: Unit
    """The unit."""
    score: float
    """0 to 1, coverage and cosine together."""
    coverage: float
    """0 to 1: the share of the topic's terms, by weight, that the unit or its article has."""
    cosine: float
    """Cosine of unit and topic."""
    terms: dict[str, float]
    """Each term's best match in the unit itself, 0 to 1."""
    core: float
    """0 to 1: how much of the topic's main words, names and circumstances aside, the unit itself has."""
    entailed: float = 0.0
    """Probability (0 to 1) that the unit bears out the question's proposition; 0 where there is none, or no model."""
    contradicted: float = 0.0
    """Probability that it denies the proposition."""
    at_home: float = 1.0
    """0 to 1: the share of the question's names, by weight, that the article has."""


def units_of(articles: Sequence[Article], corpus: Corpus) -> tuple[Unit, ...]:
    """Every statement of some articles, a unit a sentence of its content."""
    found = []
    for article in articles:
        blocks = paragraphs(article.text)
        for statement in corpus.statements(article.id):
            about = " ".join(span.of(article.text) for span in statement.about_spans)
            for span in statement.content_spans:
                for inner in sentences(span.of(article.text)) or (Span(0, len(span)),):
                    part = Span(span.start + inner.start, span.start + inner.end)
                    own = tidy(part.of(article.text))
                    if own:
                        block = next((b for b in blocks if b.start <= part.start < b.end), part)
                        found.append(
                            Unit(statement, article, part, _meant(own, about), own, tidy(block.of(article.text)))
                        )
    return tuple(found)


_POINTER = re.compile(r"^\W*(?:it|this|that|them|these|those|both|all)\b", re.IGNORECASE)


def _meant(own: str, about: str) -> str:
    """A content with what it points back to; where it is no more than a pointer ("it on Wednesday"), that alone."""
    return tidy(about) if about and _POINTER.match(own) else tidy(f"{own} {about}")


class Matcher:
    """Scores units against topics; keeps the vectors that it computed."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._words = Words(corpus.embed)
        self._vectors: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions) vectors of texts, computed once each."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        if missing:
            if len(self._vectors) > 20_000:
                self._vectors.clear()
                missing = list(dict.fromkeys(texts))
            for text, vector in zip(missing, self._corpus.embed(missing), strict=True):
                self._vectors[text] = vector
        return np.stack([self._vectors[text] for text in texts]) if texts else np.zeros((0, 1), np.float32)

    def match(self, question: Question, units: Sequence[Unit], topic: str = "") -> tuple[Match, ...]:
        """Every unit with its score, best first."""
        if not units:
            return ()
        topic_text = topic or (f"{question.claim_text} {question.context}" if question.context else question.claim_text)
        terms = self._terms(question, units)
        units = shortlist(topic_text or question.text, terms, units, self._corpus)
        wanted = self.vectors([topic_text or question.text])[0]
        alone = self.vectors([unit.text for unit in units]) @ wanted
        around = self.vectors([unit.paragraph[:PARAGRAPH] for unit in units]) @ wanted
        cosines = np.maximum(alone, 0.6 * alone + 0.4 * around)
        articles = {unit.article.id: unit.article for unit in units}
        article_words = {id: tokens(f"{a.title} {a.publisher} {a.text}") for id, a in articles.items()}
        stems = {stem(term) for term in terms}
        shared = np.array([len(stems & {stem(word) for word in words_of(unit.text)}) for unit in units], np.float32)
        near = np.argsort(-(cosines + 0.12 * shared))[:WORDWISE]
        unit_words = {int(i): tokens(f"{units[i].text} {_who(units[i])}") for i in near}
        self._words.load({*terms, *(word for words in unit_words.values() for word in words)})
        self._words.load({word for a in articles.values() for word in tokens(a.title)})
        names = {word for name in question.names for word in words_of(name)}
        own_terms = set(question.terms)
        named = sum(weight for term, weight in terms.items() if term in names) or 1.0
        block_words = {unit.paragraph: tokens(unit.paragraph) for unit in (units[i] for i in unit_words)}
        self._words.load({word for words in block_words.values() for word in words})
        near_by = {text: coverage(terms, words, self._words)[1] for text, words in block_words.items()}
        titled = {id: coverage(terms, tokens(a.title), self._words)[1] for id, a in articles.items()}
        in_article = {id: coverage(terms, words, self._words)[1] for id, words in article_words.items()}
        found = []
        for i, words in unit_words.items():
            unit = units[i]
            _, best = coverage(terms, words, self._words)
            beside = near_by[unit.paragraph]
            reach, title = in_article[unit.article.id], titled[unit.article.id]
            total = sum(terms.values()) or 1.0
            covered = (
                sum(
                    weight
                    * max(
                        best[term],
                        beside[term] * IN_PARAGRAPH,
                        title[term] * IN_ARTICLE,
                        reach[term] * (IN_ARTICLE if term in names else ELSEWHERE),
                    )
                    for term, weight in terms.items()
                )
                / total
            )
            cosine = float(cosines[i])
            score = 0.6 * covered + 0.4 * float(np.clip((cosine - 0.1) / 0.6, 0.0, 1.0)) if terms else cosine
            missing = [term for term in terms if term in names and term in own_terms and reach[term] < 0.6]
            score *= 1 - 0.6 * sum(terms[term] for term in missing) / named if missing else 1.0
            score *= 0.88 if unit.statement.in_title else 1.0
            main = {
                term: w
                for term, w in terms.items()
                if term in own_terms and term not in names and term not in question.circumstance
            }
            core = (
                sum(w * max(best[term], IN_PARAGRAPH * beside[term]) for term, w in main.items()) / sum(main.values())
                if main
                else 1.0
            )
            home = 1.0 - sum(terms[term] for term in missing) / named
            found.append(Match(unit, score, covered, cosine, best, core, at_home=home))
        return self._judged(question, sorted(found, key=lambda match: -match.score))

    def _judged(self, question: Question, ranked: list[Match]) -> tuple[Match, ...]:
        """The best matches read beside the proposition by the pair model, and ranked anew."""
        from assistant.pair_model import CONTRADICTION, ENTAILMENT, load_pair_model

        model = load_pair_model() if question.proposition else None
        if model is None:
            return tuple(ranked)
        first = ranked[:JUDGED]
        scores = model.score([(match.unit.text, question.claim_text) for match in first])
        judged = [
            replace(
                match,
                entailed=float(row[ENTAILMENT]),
                contradicted=float(row[CONTRADICTION]),
                score=match.score
                + PAIR_SHARE * float(row[ENTAILMENT] + row[CONTRADICTION] - 0.5) * min(1.0, 2 * match.score),
            )
            for match, row in zip(first, scores, strict=True)
        ]
        return tuple(sorted([*judged, *ranked[JUDGED:]], key=lambda match: -match.score))

    def _terms(self, question: Question, units: Sequence[Unit]) -> dict[str, float]:
        """The topic's terms, weighted; those of earlier turns count less, the more the question has of its own."""
        from assistant.question import parse_question

        documents = [{stem(word) for word in words_of(unit.text)} for unit in units]
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

    def alike(self, one: str, other: str) -> float:
        """Cosine of two texts."""
        a, b = self.vectors([one, other])
        return float(a @ b)


def _who(unit: Unit) -> str:
    source = unit.statement.source
    links = " ".join(link.name for link in unit.statement.via)
    return f"{source.name} {source.speaks_for} {source.role} {links} {' '.join(source.aliases)}"


def same_party(one: str, other: str) -> bool:
    """True where two names, in articles on one story, stand for one party."""
    return fold(one) == fold(other) or short_of(one, other) or short_of(other, one)
