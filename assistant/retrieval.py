"""Retrieval: dense and keyword search fused, read line by line, as numbered Evidence and as a LangChain retriever.

Which step is worth what: docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.claims import same_party
from assistant.evidence import Evidence
from assistant.hints import Hints, read_hints
from assistant.lines import Lines, Read, Reader, read_lines, telling
from assistant.question import Filters, Question
from index.article import Article
from index.corpus import Corpus
from index.cues import denies
from index.passages import Passage
from index.search import Found
from index.spans import Span
from index.statements import SourceKind, Stance

_DENYING = "denied denies rejected dismissed disputed refuted false untrue baseless"
"""Added to a question's words where a denial is looked for."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much each sign counts, and how the list is spread. Chosen on the dev half of MultiHop-RAG, of which no part
    was kept out of the choice (docs/retrieval.md); the first six are shares of the best."""

    keyword: float = 0.4
    """BM25 of the passage and its headline."""
    line: float = 1.0
    """BM25 of the passage's best sentence for the whole question."""
    part: float = 0.4
    """BM25 of the passage's best sentence for any one part of the question."""
    dense: float = 0.5
    """Cosine of the passage's vector; of a passage that the search by vector did not find, the lowest found."""
    near: float = 0.3
    """Cosine of the question and the nearest of the passage's best sentences."""
    near_clause: float = 0.7
    """Cosine of these sentences and what the question says of an article by the passage's publisher."""
    published: float = 0.8
    """Added where the article is of a date that the question names."""
    named: float = 2.0
    """Added where the question names the article's publisher."""
    pool: int = 60
    """Passages taken from each search."""
    compared: int = 10
    """Of the best passages so far, so many have sentences compared by vector, two each: some 3 ms a passage."""
    local: float = 1.0
    """How far words weigh by what they tell of the passages found (1), or by their rarity in the collection (0)."""
    repeats: int = 4
    """Passages of one article in the list before those of others come first."""
    turns: int = 2
    """Places that a passage falls for each better one of the same publisher, where the question names several."""
    denial: int = 20
    """Passages looked through for a denial, beside those found; 0 for no seat for one."""


RECIPE = Recipe()
"""What `retrieve` uses."""
_LINES_COMPARED = 2
_LEAST_DENIAL = 0.5
"""Share of the best sentence's score from which a sentence that denies is about what is asked."""
_SEAT_FROM = 5
"""Passages asked for from which the last one is kept for a denial."""
_SEATS = 2
"""Places kept for denials at most, one in five: the second for another party than the first."""
_READERS: WeakKeyDictionary[Corpus, Reader] = WeakKeyDictionary()


@dataclass
class _Candidate:
    """One passage in the running."""

    passage: Passage
    """The passage."""
    article: Article
    """Its article."""
    lines: Lines
    """Its sentences."""
    signs: dict[str, float] = field(default_factory=dict)
    """What each search and reading gives it, by the names of the recipe's fields."""
    read: Read = field(default_factory=lambda: Read(np.zeros(0, dtype=np.float32), 0.0))
    """How its sentences meet the question."""
    score: float = 0.0
    """All together."""

    @property
    def line(self) -> str:
        """Its best sentence."""
        return " ".join(self.lines.texts[at] for at in self.read.best(1)) or self.passage.text


def retrieve(
    corpus: Corpus, question: Question, limit: int = 10, filters: Filters | None = None, recipe: Recipe = RECIPE
) -> tuple[Evidence, ...]:
    """The passages that speak most to a question, best first.

    Outlets that the question names are searched by themselves, beside all, and come first; so do articles of a date
    that it names. Every passage found is then read sentence by sentence, for the whole question and for its parts, and
    the sentences of the best are compared with it by vector. Where a party denies what is asked about and nobody in
    the list does, or another one, that has the last place.

    Args:
        corpus: the open index.
        question: parsed.
        limit: how many passages at most.
        filters: which articles may be used; None for all.
        recipe: how much each sign counts.
    """
    ids: tuple[str, ...] | None = None
    if filters:
        ids = corpus.article_ids(filters.publishers, filters.since, filters.until)
        if not ids:
            return ()
    hints = read_hints(question.search_text, question.dates, corpus.publisher_names(), corpus.words)
    candidates = _found(corpus, question, hints, ids, recipe)
    _read(corpus, hints, candidates, recipe)
    _weigh(hints, candidates, recipe)
    if recipe.compared and (recipe.near or recipe.near_clause):
        _compare(corpus, question, hints, candidates, recipe)
    ranked = sorted(candidates, key=lambda one: (-one.score, one.passage.id))
    chosen = _spread(ranked, hints.publishers, limit, recipe)
    if recipe.denial and limit >= _SEAT_FROM:
        chosen = _with_denials(corpus, hints, chosen, [*candidates, *_sought(corpus, hints, ids, recipe)])
    return tuple(
        evidence(corpus, number, one.passage, one.article, one.score) for number, one in enumerate(chosen, start=1)
    )


def _found(
    corpus: Corpus, question: Question, hints: Hints, ids: Collection[str] | None, recipe: Recipe
) -> list[_Candidate]:
    """What the searches find among all articles and, by itself, among those of the outlets that are named."""
    query = question.search_text
    bare = " ".join(hints.words) or query
    named = _of_publishers(corpus, hints.publishers, ids) if hints.publishers and recipe.named else None
    searches: list[tuple[str, Sequence[Found]]] = [("keyword", corpus.keyword(bare, recipe.pool, ids))]
    if named:
        searches.append(("keyword", corpus.keyword(bare, recipe.pool, named)))
    searches.append(("dense", corpus.dense(query, recipe.pool, named or ids)))
    made = _candidates(corpus, [hit.passage for _, hits in searches for hit in hits])
    lowest = min((hit.score for hit in searches[-1][1]), default=0.0)
    for one in made.values():
        one.signs["dense"] = lowest
    for sign, hits in searches:
        for hit in hits:
            if hit.passage.id in made:
                made[hit.passage.id].signs[sign] = hit.score
    return list(made.values())


def _candidates(corpus: Corpus, found: Sequence[Passage]) -> dict[str, _Candidate]:
    """Passages by id, with their articles and sentences; without those whose article was removed just now."""
    passages = {passage.id: passage for passage in found}
    articles = {one.id: one for one in corpus.articles({passage.article_id for passage in passages.values()})}
    reader = _READERS.setdefault(corpus, Reader())
    return {
        id: _Candidate(passage, articles[passage.article_id], reader.lines(passage.text, corpus.words))
        for id, passage in passages.items()
        if passage.article_id in articles
    }


def _of_publishers(corpus: Corpus, publishers: Sequence[str], ids: Collection[str] | None) -> tuple[str, ...]:
    """Ids of these publishers' articles, among those allowed; empty where there is none."""
    own = corpus.article_ids(publishers)
    allowed = None if ids is None else set(ids)
    return tuple(id for id in own if allowed is None or id in allowed)


def _read(corpus: Corpus, hints: Hints, candidates: Sequence[_Candidate], recipe: Recipe) -> None:
    """Reads each passage sentence by sentence."""
    whole = corpus.rarity(hints.undated)
    if recipe.local:
        named = set(hints.publishers)
        of_named = [one.lines for one in candidates if one.article.publisher in named]
        local = telling(whole, of_named or [one.lines for one in candidates])
        whole = {word: recipe.local * local[word] + (1 - recipe.local) * weight for word, weight in whole.items()}
    parts = [{word: whole[word] for word in part if word in whole} for part in hints.parts]
    lengths = [length for one in candidates for length in one.lines.lengths]
    mean = max(1.0, float(np.mean(lengths))) if lengths else 1.0
    for one in candidates:
        one.read = read_lines(one.lines, whole, parts, mean)
        one.signs["line"], one.signs["part"] = one.read.whole, one.read.part


def _weigh(hints: Hints, candidates: Sequence[_Candidate], recipe: Recipe) -> None:
    """Adds up the signs of each passage, each as a share of the best."""
    named = set(hints.publishers)
    for one in candidates:
        published = one.article.published
        one.score = recipe.named * (one.article.publisher in named)
        if published and published.month and any(date.agrees(published) for date in hints.dates):
            one.score += recipe.published
    for sign in ("keyword", "line", "part", "dense"):
        _add(candidates, sign, getattr(recipe, sign))


def _add(candidates: Sequence[_Candidate], sign: str, weight: float) -> None:
    top = max((one.signs.get(sign, 0.0) for one in candidates), default=0.0)
    if top > 0:
        for one in candidates:
            one.score += weight * max(0.0, one.signs.get(sign, 0.0)) / top


def _compare(
    corpus: Corpus, question: Question, hints: Hints, candidates: Sequence[_Candidate], recipe: Recipe
) -> None:
    """Compares the best sentences of the best passages with the question, and with what it says of an article by the
    passage's publisher, by their vectors."""
    best = sorted(candidates, key=lambda one: (-one.score, one.passage.id))[: recipe.compared]
    lines = [[one.lines.texts[at] for at in one.read.best(_LINES_COMPARED)] for one in best]
    query = question.search_text
    texts = [query, *(clause.text for clause in hints.clauses), *(text for some in lines for text in some)]
    vectors = dict(zip(texts, corpus.embed(texts), strict=True))
    for one, some in zip(best, lines, strict=True):
        own = [clause.text for clause in hints.clauses if one.article.publisher in clause.publishers]
        asked = own or [clause.text for clause in hints.clauses] or [query]
        one.signs["near"] = max((float(vectors[query] @ vectors[text]) for text in some), default=0.0)
        one.signs["near_clause"] = max(
            (float(vectors[clause] @ vectors[text]) for clause in asked for text in some), default=0.0
        )
    for sign in ("near", "near_clause"):
        _add(best, sign, getattr(recipe, sign))


def _sought(corpus: Corpus, hints: Hints, ids: Collection[str] | None, recipe: Recipe) -> list[_Candidate]:
    """Passages that hold the question's words beside those of a denial, by whomever."""
    hits = corpus.keyword(" ".join((*hints.undated, _DENYING)), recipe.denial, ids)
    return list(_candidates(corpus, [hit.passage for hit in hits]).values())


def _with_denials(
    corpus: Corpus, hints: Hints, chosen: list[_Candidate], candidates: Sequence[_Candidate]
) -> list[_Candidate]:
    """The list, its last places given to those who deny what is asked about: where none in the list does, to the
    passage that denies most nearly; then to one of another party that denies it and is not heard in the list. Where
    all of the list denies, the last place is for what does not.

    What denies is a sentence with a word of denial and at least half the score of the best sentence, by the words'
    rarity in the collection: a denial is told by what it is about, not by how it differs from the others."""
    rarity = corpus.rarity(hints.undated)
    mean = max(1.0, float(np.mean([length for one in candidates for length in one.lines.lengths] or [1])))
    scores = {one.passage.id: one.lines.scores(rarity, mean) for one in candidates}
    least = _LEAST_DENIAL * max((float(some.max(initial=0.0)) for some in scores.values()), default=0.0)
    seats = min(_SEATS, len(chosen) // _SEAT_FROM)
    if not least or not seats:
        return chosen
    denials: dict[str, tuple[float, str]] = {}
    for one in candidates:
        told = zip(one.lines.texts, scores[one.passage.id], strict=True)
        found = [(float(score), text) for text, score in told if score >= least and denies(text)]
        if found:
            denials[one.passage.id] = max(found)
    there = {one.passage.id for one in chosen}
    if there <= denials.keys():
        reports = [one for one in candidates if one.passage.id not in denials]
        return [*chosen[:-1], max(reports, key=lambda one: (one.score, one.passage.id))] if reports else chosen
    heard = [_denier(corpus, one, denials[one.passage.id][1]) for one in chosen if one.passage.id in denials]
    seated: list[_Candidate] = []
    others = {id: one for one in candidates if (id := one.passage.id) in denials and id not in there}
    for id, one in sorted(others.items(), key=lambda other: (denials[other[0]][0], other[0]), reverse=True):
        party = _denier(corpus, one, denials[id][1])
        if not heard or (party and not any(same_party(party, other) for other in heard)):
            heard.append(party)
            seated.append(one)
        if len(seated) == seats:
            break
    leaving = [one.passage.id for one in reversed(chosen) if one.passage.id not in denials][: len(seated)]
    kept = [one for one in chosen if one.passage.id not in leaving]
    return [*kept, *reversed(seated[: len(chosen) - len(kept)])]


def _denier(corpus: Corpus, one: _Candidate, sentence: str) -> str:
    """Who denies something in a sentence of a passage, as the article's statements have it; empty where they do not
    tell."""
    start = one.passage.span.start + max(0, one.passage.text.find(sentence))
    place = Span(start, start + len(sentence))
    for statement in corpus.statements(one.article.id):
        if statement.stance is Stance.DENIES and statement.source.kind is not SourceKind.UNNAMED:
            spans = [statement.source_span, statement.cue_span, *statement.content_spans]
            if any(span is not None and span.overlaps(place) for span in spans):
                return statement.source.party
    return ""


def _spread(ranked: Sequence[_Candidate], named: Sequence[str], limit: int, recipe: Recipe) -> list[_Candidate]:
    """The first of a ranked list, with turns for the outlets that are named, few passages of one article, and none
    whose best sentence stands in the list already (reprints) before all others are in."""
    rest = list(ranked)
    later: list[_Candidate] = []
    chosen: list[_Candidate] = []
    taken: dict[str, int] = {}
    turns: dict[str, int] = {}
    told: set[str] = set()
    several = len(named) > 1
    while rest and len(chosen) < limit:
        at = 0
        if several:
            cost = [place + recipe.turns * turns.get(one.article.publisher, 0) for place, one in enumerate(rest)]
            at = int(np.argmin(cost))
        one = rest.pop(at)
        line = " ".join(one.line.split()).casefold()
        if taken.get(one.article.id, 0) >= recipe.repeats or line in told:
            later.append(one)
            continue
        taken[one.article.id] = taken.get(one.article.id, 0) + 1
        turns[one.article.publisher] = turns.get(one.article.publisher, 0) + 1
        told.add(line)
        chosen.append(one)
    return (chosen + later + rest)[:limit]


def evidence(corpus: Corpus, number: int, passage: Passage, article: Article, score: float) -> Evidence:
    """One passage with the statements whose content begins in it."""
    statements = tuple(
        statement
        for statement in corpus.statements(article.id)
        if passage.span.start <= statement.content_spans[0].start < passage.span.end
    )
    return Evidence(number, passage, article, statements, score)


class CorpusRetriever(BaseRetriever):
    """The retrieval as LangChain knows it: a question in, documents out; their metadata has article, offsets, score."""

    corpus: Any
    """The open Corpus."""
    limit: int = 10
    """How many documents at most."""

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        from assistant.question import parse_question

        return [
            Document(
                page_content=item.passage.text,
                metadata={
                    "article_id": item.article.id,
                    "publisher": item.article.publisher,
                    "title": item.article.title,
                    "published": str(item.article.published or ""),
                    "url": item.article.url,
                    "start": item.passage.span.start,
                    "end": item.passage.span.end,
                    "score": item.score,
                },
            )
            for item in retrieve(self.corpus, parse_question(query), self.limit)
        ]
