"""Which matches bear on the claim that a question is about: those that report it, deny it, withdraw it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.claims import Match, same_party
from assistant.matcher import Matcher
from assistant.matching import mentions
from assistant.question import Question, QuestionKind
from assistant.terms import STOP, content_words, number_values, stem, words_of
from index.article import Article
from index.cues import negates, unverified
from index.dates import PartialDate
from index.names import fold
from index.statements import SourceKind, Stance

BEARING = 0.5
"""Least score of a unit that speaks of the claim. Chosen on the development suites: below it lie other events."""
NEAR_BEST = 0.58
"""Share of the best score that a unit needs: other words for one event lie close to the best, other events do not."""
OPPOSED_CORE = 0.4
"""Core that a negated statement needs to assert the opposite of the claim, and not of something else."""
LONG_BEFORE = 30
"""Days before the best report from which an article tells of another event, unless it fits nearly as well."""
AS_GOOD = 0.85
"""Share of the best score that is "nearly as well"."""
DENIAL_CORE = 0.25
"""Core of a denial in its own words, below which it is of something else."""
OPPOSED_SCORE = 0.28
"""Least score of a negated statement that denies the claim in words of its own, where the pair model agrees."""
OPPOSED_LEAST_CORE = 0.25
"""Core that it needs where the pair model does not say so."""
OPPOSED_GRANTED = 0.2
"""Probability that it bears the claim out, at most."""
ENTAILED = 0.4
"""Probability from which the pair model's "bears out" stands for shared words."""
SURELY_CONTRADICTED = 0.93
"""Probability from which the pair model's "denies" counts by itself: at even odds only three in five are true."""
CORE = 0.5
"""Share of the best unit's core that a unit needs: to name the same ship is not to speak of the same event."""
RETOLD = 0.5
"""Cosine from which two statements of one party in two articles are one statement."""
LEAST_CORE = 0.05
"""Core that a unit of near meaning needs where another has the whole of it."""
NEAR_COSINE = 0.75
"""Share of the best cosine that does instead: "the horn stayed silent" shares no word with "the siren did not sound"."""
NEAR_BEST_FIRST = 0.45
"""The same where the first report is asked for: it may have been put in quite other words than the later ones."""
DENIAL = 0.40
"""Least score of a denial's content for it to be of this claim; a denial is often put in fewer words than the claim."""
RETRACTION = 0.33
"""Least score of a withdrawal; "that was wrong" is told in few words."""
SAME_REPORT = 0.62
"""Score from which a denial in an article apart is yet of this claim."""
RELATED_COSINE = 0.35
"""Cosine from which a denial on the same subject is told beside a claim that nobody denies."""
RELATED = 0.26
"""Least score of a denial that is of a related claim."""
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
    counted: tuple[Match, ...]
    """For a question of number: every unit with a number in an article on the subject, best first."""
    declining: tuple[Match, ...]
    """Units in which a party would not answer, best first."""
    support: float
    """0 to 1: how much of what is asked the units found have between them."""
    weakest: float
    """0 to 1: the best match of the term of the question that has the worst."""
    closeness: float
    """Cosine of the question's topic and the unit nearest to it."""


def select(question: Question, matches: Sequence[Match], matcher: Matcher) -> Selection:
    """Sorts matches by what they do to the claim."""
    fitting = _of_year(
        question, [m for m in matches if in_time(question, m.unit.article) and not _of_other_year(question, m)]
    )
    reports = [m for m in fitting if m.unit.statement.stance in {Stance.ASSERTS, Stance.CONFIRMS, Stance.HEDGES}]
    reports = [m for m in reports if m.unit.statement.source_span is not None or not unverified(m.unit.own_text)]
    reports += [m for m in fitting if m.unit.statement.stance is Stance.DENIES and _gives_own_number(question, m)]
    reports = sorted((_own_voice_less(question, m) for m in reports), key=lambda m: -m.score)
    reports = _with_numbers(question, reports)
    reports = _by_speaker(question, reports)
    top = max(reports[0].score if reports else 0.0, 0.85 * max((m.score for m in fitting), default=0.0))
    core = max((m.core for m in reports[:8]), default=0.0)
    closest = max((m.cosine for m in reports[:8]), default=0.0)
    share = NEAR_BEST_FIRST if question.kind is QuestionKind.FIRST else NEAR_BEST
    near = [
        m
        for m in reports
        if m.score >= max(BEARING, share * top) and _of_event(m, core, closest, any(x.entailed for x in reports[:5]))
    ]
    if any(m.entailed >= 0.5 for m in near):
        near = [m for m in near if m.entailed + m.contradicted >= 0.12 or m.score >= 0.9 * top]
    if question.kind is QuestionKind.SAID and question.speaker and not question.terms and not question.context:
        near = [m for m in reports if spoken_by(m, question.speaker)][:6]
    opposed = [m for m in near if opposes(question, m)]
    opposed += [m for m in reports if m not in near and flatly_opposes(question, m)]
    bearing = _of_one_event(question, [m for m in near if m not in opposed])
    bearing += _retold(bearing, reports, matcher)
    denials = sorted(
        [*(m for m in fitting if m.unit.statement.stance is Stance.DENIES), *opposed], key=lambda m: -m.score
    )
    denying, related = _sorted_denials(question, denials, bearing, matcher)
    near_top = 0.0 if question.kind is QuestionKind.HOW_MANY else 0.5  # a corrected figure is one of the figures
    withdrawn = max(RETRACTION, near_top * max((m.score for m in fitting), default=0.0))
    retracting = tuple(
        m for m in fitting if m.unit.statement.stance is Stance.RETRACTS and m.score >= withdrawn and m.at_home >= 0.6
    )
    declining = tuple(m for m in fitting if m.unit.statement.stance is Stance.DECLINES)
    nearby = tuple(
        m for m in reports if m not in near and m.at_home >= 0.6 and (m.score >= 0.4 * top or beside(m, bearing[:3]))
    )
    asked = support(question, [*fitting[:12], *bearing[:8], *denying[:4], *retracting[:3]])
    counted: tuple[Match, ...] = ()
    if question.kind is QuestionKind.HOW_MANY:
        counted = tuple(
            m for m in reports if m.at_home >= 0.75 and m.score >= 0.25 * top and number_values(m.unit.own_text)
        )
    closeness = max((m.cosine for m in fitting), default=0.0)
    return Selection(
        bearing,
        denying,
        related,
        retracting,
        nearby,
        counted,
        declining,
        sum(asked) / len(asked),
        min(asked),
        closeness,
    )


_NEGATION = re.compile(
    r"\b(?:not|no(?!\.\s?\d)|never|none|neither|nobody|nothing|nor|cannot|without|silent|false|untrue|fake|forger(?:y|ies)|forged|hoax|myth|nonsense|fabricat\w+|invention|fairy tale)\b|n[’']t\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\bnot (?:only|far|long|yet clear|be (?:independently )?(?:verified|confirmed|named|reached|identified))\b|\bno (?:doubt|longer|comment|one would)\b|, not \w+[.\"”’]*$|\bnot (?:thirty|\d+)\b",
    re.IGNORECASE,
)


def negated(text: str) -> bool:
    """True where a clause denies what it tells; fixed phrases ("no doubt") and corrections ("seventeen, not thirty") aside."""
    words = re.sub(
        r",? and (?:has|have|had|was|were|is|are|did|would|could) (?:not|never)\b.*$", " ", text
    )  # an addition
    return bool(_NEGATION.search(_NO_NEGATION.sub(" ", words)))


def opposes(question: Question, match: Match) -> bool:
    """True where a statement, by its own negation, asserts the opposite of the claim in question."""
    if (
        question.numbers
        and set(question.numbers) & number_values(match.unit.own_text)
        and not _gives_own_number(question, match)
    ):
        return True
    if question.kind in {
        QuestionKind.HOW_MANY,
        QuestionKind.WHEN,
        QuestionKind.SAID,
        QuestionKind.WHO,
        QuestionKind.WHERE,
        QuestionKind.OTHER,
        QuestionKind.WHY,
    }:
        return False
    if _gives_own_number(question, match):
        return False
    if match.contradicted >= SURELY_CONTRADICTED and match.core >= 0.5:
        return True
    if match.unit.statement.source_span is None:
        return False
    if match.entailed >= 0.5:
        return False
    if match.contradicted < 0.15 and question.proposition and match.granted > OPPOSED_GRANTED:
        return False
    return match.core >= OPPOSED_CORE and negated(match.unit.own_text) != negated(
        question.proposition or question.topic
    )


def flatly_opposes(question: Question, match: Match) -> bool:
    """True for a negated statement by somebody on the claim's subject that says nothing for it: "Not one false ballot went
    into a box" shares few words with "there was cheating"."""
    if question.kind not in _CONTESTABLE or match.unit.statement.source_span is None or not question.premise:
        return False
    own = match.unit.own_text
    if match.granted > OPPOSED_GRANTED or match.at_home < 0.6 or _gives_own_number(question, match):
        return False
    if negated(own) == negated(question.premise):
        return False
    least = OPPOSED_SCORE if match.defied >= 0.5 else OPPOSED_SCORE + 0.06
    return match.score >= least and (match.core >= OPPOSED_LEAST_CORE or match.defied >= 0.5)


_CONTESTABLE = frozenset(
    {
        QuestionKind.FIRST,
        QuestionKind.SOURCE,
        QuestionKind.INDEPENDENT,
        QuestionKind.DENIED,
        QuestionKind.CONFIRMED,
        QuestionKind.YES_NO,
    }
)


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
        published = match.unit.article.published
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
    """True where a statement dates what it tells of into another year than the question's."""
    happened = match.unit.statement.happened_on
    return (
        bool(question.dates) and happened is not None and all(happened.year != wanted.year for wanted in question.dates)
    )


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
    contrary = tuple(
        match
        for match in (*selection.bearing, *selection.nearby)
        if (match.core >= 0.6 or (match.core >= 0.3 and match.defied >= 0.3))
        and match.score >= DENIAL
        and negated(match.unit.own_text)
        and match.unit.statement.source_span is not None
    )
    return replace(selection, bearing=(), denying=(*selection.denying, *contrary[:3])) if contrary else None


def _of_event(match: Match, core: float, closest: float, judged: bool) -> bool:
    """False where a unit shares names alone with the topic: neither its main words nor its meaning are near."""
    if match.core >= CORE * core or match.entailed >= ENTAILED:
        return True
    if judged and core >= 0.9:
        return False
    return match.cosine >= NEAR_COSINE * closest and (core < 0.9 or match.core >= LEAST_CORE)


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


def _gives_own_number(question: Question, match: Match) -> bool:
    """ "Seventeen are missing, not thirty" denies thirty and reports seventeen."""
    words = re.sub(
        r"\bnot\s+[\w-]+|\b(?:nobody|no one|never|none|no|nor)\b[^,;.]*", " ", match.unit.own_text, flags=re.IGNORECASE
    )
    return bool(set(question.numbers) & number_values(words)) and not negates(match.unit.own_text)


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


def spoken_by(match: Match, name: str) -> bool:
    """True where the unit's source, the body it speaks for, an outlet of its chain or its publisher bears the name."""
    statement = match.unit.statement
    parties = [
        statement.source.name,
        statement.source.speaks_for,
        *statement.source.aliases,
        *(v.name for v in statement.via),
    ]
    parties.append(match.unit.article.publisher)
    wanted = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)
    if any(
        party and (same_party(party, wanted) or mentions(wanted, party) or _spelt_alike(party, wanted))
        for party in parties
    ):
        return True
    words = {stem(word) for word in words_of(wanted) if word not in STOP}
    if words and any(words <= {stem(word) for word in words_of(party)} for party in parties if party):
        return True
    head = wanted.split()[-1:]
    titled = fold(f"{statement.source.role} {statement.source.name}").split()
    return bool(head) and head[0].islower() and fold(head[0]) in titled


def _spelt_alike(party: str, wanted: str) -> bool:
    from rapidfuzz import fuzz

    return len(party) > 6 and len(wanted) > 6 and fuzz.ratio(fold(party), fold(wanted)) >= 84


def _sorted_denials(
    question: Question, denials: list[Match], bearing: Sequence[Match], matcher: Matcher
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Denials of the claim, and denials of something near it.

    A denial is of something narrower where it gives a number that the claim does not, or where the party that denies
    itself reports the claim: who says that seventeen fled denies no escape. A denial by whom the question does not ask
    about counts as well.
    """
    denying, related = [], []
    sure = 0.8 * bearing[0].score if bearing else 1.0
    affirming = {
        fold(m.unit.statement.source.party)
        for m in bearing
        if m.score >= sure and m.unit.statement.source_span is not None
    }
    claimed = set(question.numbers)
    for match in denials:
        target = number_values(match.unit.text)
        party = fold(match.unit.statement.source.party)
        best = match.score
        one_claim = len(match.unit.statement.about_spans) <= 1
        narrower = bool(target - claimed) and not claimed and one_claim and question.kind is not QuestionKind.HOW_MANY
        other_number = bool(claimed) and bool(target) and not target & claimed
        affirms = party in affirming and not claimed
        asked = bool(question.speaker) and match.at_home >= 0.6 and spoken_by(match, question.speaker)
        least = (
            RELATED if asked and (match.unit.statement.about_spans or question.kind is QuestionKind.SAID) else DENIAL
        )
        if _gives_own_number(question, match):
            continue
        if _rejects_a_reporter(match, bearing):
            least = min(least, RELATED)
        if _of_another_report(match, bearing) and best < SAME_REPORT:
            least = 2.0
        if least < 2.0 and not asked and not _on_the_claim(match, question):
            least = 2.0
        if best >= least and not narrower and not other_number and not affirms:
            denying.append(match)
        elif best >= RELATED:
            related.append(match)
    if (
        not denying
        and not related
        and question.kind in {QuestionKind.FIRST, QuestionKind.SOURCE, QuestionKind.INDEPENDENT}
    ):
        related = [match for match in denials if match.cosine >= RELATED_COSINE][:1]
    if not denying and not related and question.kind is QuestionKind.DENIED and question.speaker:
        related = [match for match in denials if spoken_by(match, question.speaker)][:2]
    return tuple(denying), tuple(related)


def _on_the_claim(match: Match, question: Question) -> bool:
    """True where a denial has the claim's main words, points back to them, or contradicts it by the pair model."""
    pointing = bool(match.unit.statement.about_spans)
    return pointing or match.core >= DENIAL_CORE or match.granted + match.defied >= 0.5 or not question.terms


def _of_another_report(match: Match, bearing: Sequence[Match]) -> bool:
    """True where a denial only points back ("the allegations") in an article that does not report the claim: what it
    denies is what that article tells."""
    pointing = bool(match.unit.statement.about_spans) and len(content_words(match.unit.own_text)) <= 4
    return pointing and all(m.unit.article.id != match.unit.article.id for m in bearing[:8])


def denied_words(match: Match) -> str:
    """What a denial denies, in the article's words: where it only points back, the first of what it points to."""
    statement = match.unit.statement
    if statement.about_spans and len(content_words(match.unit.own_text)) <= 4:
        return statement.about_spans[0].of(match.unit.article.text)
    return match.unit.own_text


_STATEMENT_WORD = re.compile(
    r"\b(?:statements?|claims?|reports?|allegations?|accusations?|announcements?|stor(?:y|ies)|accounts?|words?|version|testimony)\b",
    re.IGNORECASE,
)


def _rejects_a_reporter(match: Match, bearing: Sequence[Match]) -> bool:
    """True where a denial is of what a party said whose report bears the claim out: "dismissed the statement by the union"."""
    text = match.unit.text
    if not _STATEMENT_WORD.search(text):
        return False
    own = match.unit.statement.source.party
    parties = {m.unit.statement.source.party for m in bearing[:6]} | {m.unit.statement.source.name for m in bearing[:6]}
    return any(party and not same_party(party, own) and mentions(text, party) for party in parties)


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
