"""Which matches bear on the claim that a question is about: those that report it, deny it, withdraw it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.claims import Match, Moment, same_party
from assistant.denials import DENIES, sorted_denials
from assistant.matcher import Matcher
from assistant.opposition import negated, reports_instead
from assistant.question import Question, QuestionKind
from assistant.speakers import spoken_by
from assistant.terms import number_values, words_of
from index.article import Article
from index.cues import unverified
from index.dates import PartialDate
from index.names import fold
from index.statements import SourceKind, Stance

REPORTS = 0.3
"""Probability, by `assistant.reading`, from which a statement reports the claim. Of what readers labelled, .53 of what has it
does (invented stories .65, real news .47), and .56 of all that do have it, each story left out of training in turn."""
SHARE_REPORTS, LEAST_REPORTS = 0.6, 0.12
"""Where none has it: the share of the best statement's probability from which others report the claim with it, and the least
for any."""
BEARING = 0.42
"""Least score of a statement that answers a question of number, or that reports the claim only beside nothing better."""
AT_HOME = 0.5
"""Share of the question's names, by weight, that the article of a statement needs which bears on the claim: an attack on another
consulate is no answer. Of every second question of `evals.benchmarks.elsewhere` (48, most of them unanswerable) 33 were
abstained from with this and LEAST_SCORE, 19 without, and the same cases of the development suites were right."""
LEAST_SCORE = 0.25
"""Least score of such a statement."""
LONG_BEFORE = 30
"""Days before the best report from which an article tells of another event, unless it fits nearly as well."""
AS_GOOD = 0.85
"""Share of the best score that is "nearly as well"."""
CONTRARY = 0.40
"""Least score of a denial of what a question takes for granted."""
RETOLD = 0.5
"""Cosine from which two statements of one party in two articles are one statement."""
RETRACTION = 0.33
"""Least score of a withdrawal; "that was wrong" is told in few words."""
RETRACTED_CORE = 0.35
"""Share of the best core that a withdrawal needs: of another report of the story, only the names are shared."""
IN_ARTICLE = 0.5
"""Share of the best score that an article needs whose withdrawal may be of the claim."""
SUPPORT = 0.5
"""Share of the question's own terms, names aside, that the bearing units must have between them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What bears on the claim in question."""

    bearing: tuple[Match, ...]
    """Units that report it, best first."""
    denying: tuple[Match, ...]
    """Units that deny this very claim, best first."""
    related: tuple[Match, ...]
    """Units that deny a related but different claim, best first."""
    retracting: tuple[Match, ...]
    """Units that withdraw or correct a report of it, best first."""
    nearby: tuple[Match, ...]
    """Units beside the best ones, by the same party, and others that may hold a figure of the same thing."""
    declining: tuple[Match, ...]
    """Units in which a party would not answer, best first."""
    support: float
    """0 to 1: how much of what is asked the units found have between them."""
    weakest: float
    """0 to 1: the best match of the term of the question that has the worst."""
    closeness: float
    """Cosine of the question's topic and the unit nearest to it."""
    counted: tuple[Match, ...] = ()
    """For a question of number: the units that give one for what is asked, best first."""
    moments: tuple[Moment, ...] = ()
    """For a question of time: the statements that give one, best first."""


def select(question: Question, matches: Sequence[Match], matcher: Matcher) -> Selection:
    """Sorts matches by what they do to the claim."""
    fitting = in_question(question, matches)
    reports = [m for m in fitting if m.unit.statement.stance in {Stance.ASSERTS, Stance.CONFIRMS, Stance.HEDGES}]
    reports = [m for m in reports if m.unit.statement.source_span is not None or not unverified(m.unit.own_text)]
    reports += [m for m in fitting if m.unit.statement.stance is Stance.DENIES and reports_instead(question, m)]
    reports = sorted((_own_voice_less(question, m) for m in reports), key=lambda m: -m.score)
    reports = _with_numbers(question, reports)
    reports = _by_speaker(question, reports)
    top = max(reports[0].score if reports else 0.0, 0.85 * max((m.score for m in fitting), default=0.0))
    best = max((m.reports for m in reports), default=0.0)
    least = max(LEAST_REPORTS, min(REPORTS, SHARE_REPORTS * best))
    near = [m for m in reports if m.reports >= least and _on_matter(m) and not _asks(m)]
    if question.kind is QuestionKind.SAID and question.speaker and not question.terms and not question.context:
        near = [m for m in reports if spoken_by(m, question.speaker)][:6]
    opposed = [m for m in reports if m.denies >= DENIES and m.denies > m.reports and m.at_home >= AT_HOME]
    bearing = _of_one_event(question, [m for m in near if m not in opposed])
    bearing += _retold(bearing, [m for m in reports if m not in opposed], matcher)
    denials = sorted(
        [*(m for m in fitting if m.unit.statement.stance is Stance.DENIES), *opposed], key=lambda m: -m.score
    )
    denying, related = sorted_denials(question, denials)
    bearing = _not_by_deniers(bearing, denying)
    retracting = _retracting(question, fitting)
    declining = tuple(m for m in fitting if m.unit.statement.stance is Stance.DECLINES)
    nearby = tuple(
        m for m in reports if m not in near and m.at_home >= 0.6 and (m.score >= 0.4 * top or beside(m, bearing[:3]))
    )
    asked = support(question, [*fitting[:12], *bearing[:8], *denying[:4], *retracting[:3]])
    closeness = max((m.cosine for m in fitting), default=0.0)
    return Selection(
        bearing,
        denying,
        related,
        retracting,
        nearby,
        declining,
        sum(asked) / len(asked),
        min(asked),
        closeness,
    )


def in_question(question: Question, matches: Sequence[Match]) -> list[Match]:
    """The matches whose time can be the question's."""
    return _of_year(
        question, [m for m in matches if in_time(question, m.unit.article) and not _of_other_year(question, m)]
    )


def _retracting(question: Question, fitting: Sequence[Match]) -> tuple[Match, ...]:
    """What withdraws a report of the claim: told in few words, so that little likeness is enough; where the question
    asks whether a report stands, the likeness of its article counts."""
    near_top = 0.0 if question.kind is QuestionKind.HOW_MANY else 0.5  # a corrected figure is one of the figures
    least = max(RETRACTION, near_top * max((m.score for m in fitting), default=0.0))
    withdrawals = [m for m in fitting if m.unit.statement.stance is Stance.RETRACTS]
    core = max((m.core for m in fitting[:8]), default=0.0)
    found = [
        m
        for m in withdrawals
        if m.score >= least and m.at_home >= 0.6 and (m.core >= RETRACTED_CORE * core or m.granted + m.defied >= 0.5)
    ]
    if found or not question.asks_standing:
        return tuple(found)
    best: dict[str, float] = {}
    for match in fitting:
        best[match.unit.article.id] = max(best.get(match.unit.article.id, 0.0), match.score)
    top = max(best.values(), default=0.0)
    near = [m for m in withdrawals if best[m.unit.article.id] >= max(RETRACTION, IN_ARTICLE * top)]
    return tuple(near[:3])


HOMES = 12
"""Best matches whose articles tell of the matter, whether or not they name all that the question names."""


def on_subject(question: Question, matches: Sequence[Match]) -> list[Match]:
    """The matches in articles on what is asked, of its time, in the order given (best first)."""
    fitting = in_question(question, matches)
    homes = {match.unit.article.id for match in fitting[:HOMES]}
    return [match for match in fitting if match.at_home >= 0.6 or match.unit.article.id in homes]


def beside(match: Match, best: Sequence[Match]) -> bool:
    """True for a statement next to one of the best in its article, by the same party."""
    for other in best:
        if other.unit.article.id == match.unit.article.id and abs(other.unit.span.start - match.unit.span.start) < 420:
            return fold(other.unit.statement.source.party) == fold(match.unit.statement.source.party)
    return False


def _of_year(question: Question, matches: list[Match]) -> list[Match]:
    """Where a question asks of a year in which no article was published, only articles that name the year tell of it."""
    years = {wanted.year for wanted in question.dates}
    published = {m.unit.article.published.year for m in matches if m.unit.article.published is not None}
    if not years or not published or min(published) <= max(years):
        return matches
    naming = [m for m in matches if any(str(year) in f"{m.unit.article.title} {m.unit.article.text}" for year in years)]
    return naming or matches


def _of_one_event(question: Question, bearing: Sequence[Match]) -> tuple[Match, ...]:
    """Without what articles tell that came out long before the best one, unless it fits nearly as well: last year's fire is
    another fire."""
    if not bearing or question.dates:
        return tuple(bearing)
    best = bearing[0]
    when = best.unit.article.published
    if when is None:
        return tuple(bearing)
    kept = []
    for match in bearing:
        published = match.unit.article.published or match.unit.statement.happened_on
        earlier = published is not None and (when.first_day - published.last_day).days > LONG_BEFORE
        if not earlier or match.score >= AS_GOOD * best.score:
            kept.append(match)
    return tuple(kept)


def _retold(bearing: Sequence[Match], reports: Sequence[Match], matcher: Matcher) -> tuple[Match, ...]:
    """Reports in other articles of what the same party says there, in other words: a charge is retold with its sums and
    names, not with the words of the question."""
    found: list[Match] = []
    for base in [m for m in bearing if m.unit.statement.source.kind is not SourceKind.UNNAMED][:4]:
        if base.unit.statement.source_span is None:
            continue
        party = base.unit.statement.source.party
        for match in reports:
            if match in bearing or match in found or match.unit.article.id == base.unit.article.id:
                continue
            if (
                match.unit.statement.source_span is None
                or not party
                or not same_party(match.unit.statement.source.party, party)
            ):
                continue
            if matcher.alike(match.unit.text, base.unit.text) >= RETOLD:
                found.append(match)
    return tuple(found)


def _of_other_year(question: Question, match: Match) -> bool:
    """True where a statement dates what it tells of into another year than the question's, which its article never names."""
    happened = match.unit.statement.happened_on
    if not question.dates or happened is None or any(happened.year == wanted.year for wanted in question.dates):
        return False
    article = match.unit.article
    return question.kind in _OF_TIME or not any(
        str(day.year) in f"{article.title} {article.text}" for day in question.dates
    )


_OF_TIME = frozenset({QuestionKind.WHEN, QuestionKind.HOW_MANY})


_ZERO = re.compile(
    r"\b(?:no|none|nobody|nothing|nor|never|neither|zero)\b|\bnot (?:\w+ ){0,2}?(?:an?|any|one|single)\b|n[’']t (?:\w+ ){0,2}?(?:an?|any|one|anything)\b",
    re.IGNORECASE,
)
"""Words by which a sentence gives nought as the number."""


def unmet_premise(question: Question, selection: Selection) -> Selection | None:
    """For a question that takes something for granted which a source denies: that denial; None where there is none."""
    if question.kind not in {
        QuestionKind.WHEN,
        QuestionKind.WHY,
        QuestionKind.WHO,
        QuestionKind.WHERE,
        QuestionKind.HOW_MANY,
    }:
        return None
    least = 0.4 if question.kind is QuestionKind.HOW_MANY else 0.6  # "no arrests" answers "how many"
    contrary = tuple(
        match
        for match in (*selection.bearing, *selection.nearby)
        if (match.core >= least or (match.core >= 0.3 and match.defied >= 0.3))
        and match.score >= CONTRARY
        and (
            negated(match.unit.own_text)
            if question.kind is not QuestionKind.HOW_MANY
            else _ZERO.search(match.unit.own_text)
        )
        and match.unit.statement.source_span is not None
    )
    return replace(selection, bearing=(), denying=(*selection.denying, *contrary[:3])) if contrary else None


def _not_by_deniers(bearing: Sequence[Match], denying: Sequence[Match]) -> tuple[Match, ...]:
    """Without what a party says that denies the claim more surely than this reports it: "an old transformer, and no attack
    from outside, caused the blackout" is not for the attack."""
    surest: dict[str, float] = {}
    for match in denying:
        if match.unit.statement.source_span is not None and match.unit.statement.source.party:
            party = fold(match.unit.statement.source.party)
            surest[party] = max(surest.get(party, 0.0), match.denies)
    return tuple(m for m in bearing if m.reports >= surest.get(fold(m.unit.statement.source.party), 0.0))


def _on_matter(match: Match) -> bool:
    """True where a statement is near enough to the question, and its article names enough of what it names."""
    return match.at_home >= AT_HOME and match.score >= (LEAST_SCORE if match.reports >= REPORTS else BEARING)


def _asks(match: Match) -> bool:
    """True for a headline or a sentence in an article's own voice that asks, and states nothing."""
    return match.unit.statement.source_span is None and match.unit.own_text.rstrip('”"’ ').endswith("?")


def in_time(question: Question, article: Article) -> bool:
    """False where an article cannot tell of the time that the question names: published before it, or years after it
    without a word of that year."""
    for wanted in question.dates:
        published = article.published
        if published is None:
            continue
        if published.last_day < wanted.first_day:
            return False
        if published.year > wanted.year and str(wanted.year) not in f"{article.title} {article.text}":
            return False
    return True


def _own_voice_less(question: Question, match: Match) -> Match:
    """Who said it is asked for: what an article says in its own voice stands behind what it attributes."""
    if question.kind not in {QuestionKind.SOURCE, QuestionKind.INDEPENDENT, QuestionKind.FIRST, QuestionKind.SAID}:
        return match
    return replace(match, score=match.score * 0.88) if match.unit.statement.source_span is None else match


def _with_numbers(question: Question, reports: list[Match]) -> list[Match]:
    """Where the claim gives a number, only statements that give it report the claim."""
    if not question.numbers or question.kind in {QuestionKind.HOW_MANY, QuestionKind.WHEN}:
        return reports
    wanted = set(question.numbers)
    having = [m for m in reports if wanted & (number_values(m.unit.text) | number_values(_content(m)))]
    return having if having and having[0].score >= 0.3 else reports


def _content(match: Match) -> str:
    return " ".join(span.of(match.unit.article.text) for span in match.unit.statement.content_spans)


def _by_speaker(question: Question, reports: list[Match]) -> list[Match]:
    """Where one party's words are asked for, those come first, and alone where they speak of the topic."""
    if not question.speaker or question.kind in {QuestionKind.DENIED, QuestionKind.FIRST, QuestionKind.YES_NO}:
        return reports
    if question.kind is QuestionKind.SAID:
        return [match for match in reports if spoken_by(match, question.speaker)]
    own = [match for match in reports if spoken_by(match, question.speaker)]
    return own if own and own[0].score >= 0.3 else reports


def support(question: Question, matches: Sequence[Match]) -> tuple[float, ...]:
    """For each of the question's own terms, names aside, its best match (0 to 1) in some matches; never empty."""
    names = {word for name in question.names for word in words_of(name)}
    own = [term for term in question.terms if term not in names]
    if not own or not matches:
        return (1.0,) if matches else (0.0,)
    return tuple(max(match.terms.get(term, 0.0) for match in matches) for term in own)


def dated(question: Question, match: Match) -> bool:
    """True where a unit is of the very day that the question names: told, or happened, or published on it."""
    days = [day for day in question.dates if day.day is not None]
    if not days:
        return True
    statement = match.unit.statement
    known: list[PartialDate] = [
        day for day in (statement.said_on, statement.happened_on, match.unit.article.published) if day is not None
    ]
    return any(day.agrees(wanted) for day in known for wanted in days)
