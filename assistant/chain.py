"""The steps from a question to an answer, joined as LangChain Runnables, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer
from assistant.answerable import answers
from assistant.assessment import Assessment, Denial, canonical_names, copy_groups
from assistant.claims import Claim, Match, Unit, units_of
from assistant.conflicts import conflicts_of
from assistant.counts import counts
from assistant.denials import denied_words
from assistant.evidence import Evidence
from assistant.matcher import Matcher
from assistant.matching import Words
from assistant.moments import with_moments
from assistant.question import Filters, Question, QuestionKind
from assistant.reading import read
from assistant.reports import report_of, reports_of
from assistant.retrieval import retrieve
from assistant.selection import Selection, in_question, in_time, select, unmet_premise
from assistant.writer import Findings, abstain, write
from index.corpus import Corpus

POOL = 40
"""Passages that retrieval brings for an answer; a claim takes in every statement of their articles."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what retrieval brought for it."""

    question: Question
    """Parsed."""
    evidence: tuple[Evidence, ...]
    """Ranked passages."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A question with the units of the articles found, scored."""

    question: Question
    """Parsed."""
    evidence: tuple[Evidence, ...]
    """Ranked passages."""
    matches: tuple[Match, ...]
    """Units, best first."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A question with the claim it is about, assessed; `findings` is None where nothing answers it."""

    question: Question
    """Parsed."""
    evidence: tuple[Evidence, ...]
    """Ranked passages."""
    matches: tuple[Match, ...]
    """Units, best first."""
    findings: Findings | None
    """What the writer needs; None for an abstention."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the articles that may be used."""

    question: Question
    """Parsed."""
    filters: Filters
    """Empty for all articles."""


Writer = Callable[[Answer, Sequence[Evidence]], Answer]


def find_step(corpus: Corpus) -> Runnable[Asked, Found]:
    """Question → ranked evidence."""

    def run(asked: Asked) -> Found:
        return Found(asked.question, retrieve(corpus, asked.question, POOL, asked.filters))

    return RunnableLambda(run, name="retrieve")


def match_step(corpus: Corpus, matcher: Matcher) -> Runnable[Found, Matched]:
    """Evidence → every statement of its articles and of their copies, scored against the question."""

    def run(found: Found) -> Matched:
        ids = list(dict.fromkeys(item.article.id for item in found.evidence))
        articles = list(corpus.articles(ids))
        units: tuple[Unit, ...] = units_of(articles, corpus)
        matches = matcher.match(found.question, units)
        fitting = {id(match) for match in in_question(found.question, matches)}
        return Matched(
            found.question, found.evidence, read(found.question, matches, [id(match) in fitting for match in matches])
        )

    return RunnableLambda(run, name="match")


def assess_step(corpus: Corpus, matcher: Matcher) -> Runnable[Matched, Assessed]:
    """Scored statements → the claim, its reports, denials and conflicts."""
    words = Words(corpus.embed)

    def run(matched: Matched) -> Assessed:
        selection = select(matched.question, matched.matches, matcher)
        findings = assess(matched.question, selection, corpus, words, matched.matches)
        return Assessed(matched.question, matched.evidence, matched.matches, findings)

    return RunnableLambda(run, name="assess")


def write_step(writer: Writer | None) -> Runnable[Assessed, Answer]:
    """Findings → the verified answer; a chat model's wording passes the same checks."""

    def run(assessed: Assessed) -> Answer:
        if assessed.findings is None:
            return abstain(assessed.question, assessed.matches)
        draft = write(assessed.findings)
        if not draft.sentences:
            return abstain(assessed.question, assessed.matches)
        return writer(draft, assessed.evidence) if writer else draft

    return RunnableLambda(run, name="write")


def answer_chain(corpus: Corpus, writer: Writer | None = None) -> Runnable[Asked, Answer]:
    """Retrieval, matching, assessment and writing in one."""
    matcher = Matcher(corpus)
    return find_step(corpus) | match_step(corpus, matcher) | assess_step(corpus, matcher) | write_step(writer)


def assess(
    question: Question, selection: Selection, corpus: Corpus, words: Words, matches: Sequence[Match]
) -> Findings | None:
    """The assessment of the claim in question; None where the collection does not tell."""
    articles = {match.unit.article.id: match.unit.article for match in matches}
    statements = [statement for id in articles for statement in corpus.statements(id)]
    canonical = canonical_names(list(articles.values()), statements, corpus.rulings())
    selection = with_moments(question, selection, matches)
    asks_number = question.kind is QuestionKind.HOW_MANY
    figures = counts(question, matches, canonical, words) if asks_number else ()
    selection = replace(selection, counted=tuple(figure.match for figure in figures))
    answered = answers(question, selection)
    if not answered or (asks_number and not figures):
        contrary = unmet_premise(question, selection)
        if contrary is None and not answered:
            return None
        selection = contrary or selection
    reports = reports_of(
        selection.bearing,
        [*(m for m in selection.nearby if m.core >= 0.5), *selection.denying, *selection.related],
        canonical,
        corpus.copies,
        matches,
    )
    denials = [
        Denial(report_of(match, canonical), True, denied_words(match)) for match in _one_a_party(selection.denying)
    ] + [Denial(report_of(match, canonical), False, denied_words(match)) for match in _one_a_party(selection.related)]
    retractions = tuple(dict.fromkeys(report_of(match, canonical) for match in selection.retracting))
    conflicts = conflicts_of(question, selection, figures, canonical)
    if asks_number and not figures and not denials:
        return None
    assessment = Assessment(
        claim=Claim(
            question.topic or question.text, tuple(m.unit.statement for m in (*selection.bearing, *selection.denying))
        ),
        reports=reports,
        denials=tuple(denials),
        retractions=retractions,
        copies=copy_groups(reports, corpus.copies),
        conflicts=conflicts,
    )
    ranked = tuple(match for match in matches if in_time(question, match.unit.article))
    return Findings(question, selection, assessment, figures, lambda match: report_of(match, canonical), ranked)


def _one_a_party(matches: Sequence[Match]) -> list[Match]:
    """The best denial of each party in each article."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for match in matches:
        key = (match.unit.article.id, match.unit.statement.source.party)
        if key not in seen:
            seen.add(key)
            kept.append(match)
    return kept
