"""Dossier: all that an answer holds on its claim: reports, timeline, graph, disagreements. Pure functions.

    dossier(answer) -> Dossier, the parts that the page's tabs and the exports show

Texts are as the articles have them: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import Answer
from assistant.assessment import Assessment, Conflict, ConflictKind, Report
from assistant.dossier_graph import Graph, Link, graph_of
from assistant.notes import Note, speaker
from assistant.phrasing import quote_span
from assistant.question import QuestionKind, parse_question
from assistant.render import chain
from assistant.standing import rating, standing
from assistant.terms import stem, tidy, words_of
from index.dates import PartialDate
from index.spans import Span
from index.statements import Stance

LONGEST_CLAIM = 300
"""Most characters of a report that may stand as the claim in a sentence."""


class Role(StrEnum):
    """What a row does to the claim."""

    REPORT = "report"
    DENIAL = "denial"
    RELATED_DENIAL = "related-denial"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Row:
    """One report, denial or withdrawal, with where it stands."""

    role: Role
    """What it does to the claim."""
    number: int
    """Number of the answer's citation that shows this quote; 0 where the answer cites it nowhere."""
    publisher: str
    """Of the article; empty when unknown."""
    chain: tuple[str, ...]
    """Names from the publisher inwards, as the article gives them; "unknown publisher" for an unknown one."""
    outlet: str
    """The innermost named outlet of the chain, else the publisher; empty when neither is known."""
    root: str
    """The root source; empty when no link of the chain has a name."""
    anonymous: bool
    """True where the innermost party is unnamed, so that the root stands in for it."""
    who: str
    """The innermost party in words, with the body spoken for."""
    stance: Stance
    """What the cue says of the words."""
    hedged: bool
    """True where the article says that it is alleged, unconfirmed or not verified."""
    reported: PartialDate | None
    """When the article was published; None when unknown."""
    said: PartialDate | None
    """When it was said, where the article tells; else None."""
    happened: PartialDate | None
    """When that happened which it tells of, where the sentence dates it; else None."""
    quote: str
    """`Article.text[start:end]`, word for word: the sentence that carries it, with its attribution."""
    start: int
    """First character of the quote in the article's text."""
    end: int
    """One past its last."""
    content: str
    """The words attributed, without their attribution; on one line."""
    article_id: str
    """The article."""
    statement_id: str
    """The statement."""
    title: str
    """The article's headline; empty when unknown."""
    url: str
    """The article's address as it was given; empty when unknown. Check its scheme before making a link."""
    about: str
    """For a denial in so many words what it denies, as the article puts it; empty where it asserts the opposite."""

    @property
    def place(self) -> tuple[str, int, int]:
        """What tells two rows apart: article and offsets."""
        return (self.article_id, self.start, self.end)


class DateKind(StrEnum):
    """Which of a report's three dates a point is."""

    EVENT = "event"
    STATEMENT = "statement"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of the timeline."""

    kind: DateKind
    """Which date it is."""
    when: PartialDate
    """The date, as exactly as it is known."""
    row: int
    """Position in `Dossier.rows` of the report, denial or withdrawal."""
    role: Role
    """That row's role."""

    @property
    def first_day(self) -> date:
        """Where the mark begins: the earliest day that the date can mean."""
        return self.when.first_day

    @property
    def last_day(self) -> date:
        """Where it ends: the same day where the day is known."""
        return self.when.last_day


class DisagreementKind(StrEnum):
    """What a disagreement is about."""

    FIGURES = "figures"
    DATES = "dates"
    ACCOUNTS = "accounts"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement."""

    value: str
    """The figure, date or account in the article's words."""
    rows: tuple[Row, ...]
    """Who gives it, where and when; never empty."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the sources say against each other, side by side."""

    kind: DisagreementKind
    """Figures, dates, accounts; or what is reported against what is denied."""
    about: str
    """What the values count or date ("dead"); may be empty."""
    sides: tuple[Side, ...]
    """Two or more."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What an answer holds on its claim."""

    question: str
    """As it was understood on its own."""
    claim: str
    """The claim in a sentence: the question's own where it puts one, else a report's words; empty without a claim."""
    claim_by: str
    """To whom an article attributes the words of the claim; empty where they are the question's."""
    standing: str
    """How the claim stands, in sentences; see `assistant.standing`."""
    rating: str
    """The same in a few words of counts."""
    notes: tuple[Note, ...]
    """The answer's notes."""
    rows: tuple[Row, ...]
    """Reports, then denials of the claim, denials of related ones, withdrawals; each in time order, undated last."""
    points: tuple[Point, ...]
    """Every known date of every row, earliest first; a date that two of a row's kinds share comes twice."""
    undated: tuple[Row, ...]
    """Rows of which no date at all is known."""
    graph: Graph
    """Who has it from whom."""
    disagreements: tuple[Disagreement, ...]
    """Figures, dates and accounts side by side."""


def dossier(answer: Answer) -> Dossier:
    """The dossier of an answer; without an assessment its rows, points, graph and disagreements are empty."""
    assessment = answer.assessment
    question = answer.standalone_question or answer.question
    if assessment is None:
        words = standing(None)
        return Dossier(question, "", "", words, rating(None), answer.notes, (), (), (), Graph((), ()), ())
    rows = tuple(_rows(answer, assessment))
    claim, claim_by = _claim(answer, assessment, rows)
    return Dossier(
        question=question,
        claim=claim,
        claim_by=claim_by,
        standing=standing(assessment),
        rating=rating(assessment),
        notes=answer.notes,
        rows=rows,
        points=points_of(rows),
        undated=tuple(row for row in rows if not any((row.reported, row.said, row.happened))),
        graph=graph_of(_links(assessment), assessment.copies),
        disagreements=tuple(_disagreements(answer, assessment, rows)),
    )


def row_of(answer: Answer, report: Report, role: Role, about: str = "") -> Row:
    """One report of the answer's assessment as a row."""
    article, made, span = report.article, report.statement, quote_span(report)
    return Row(
        role=role,
        number=_cited(answer, report, span),
        publisher=article.publisher,
        chain=chain(report),
        outlet=report.outlet,
        root=report.root,
        anonymous=report.anonymous,
        who=speaker(report),
        stance=made.stance,
        hedged=made.hedged,
        reported=report.date,
        said=made.said_on,
        happened=made.happened_on,
        quote=span.of(article.text),
        start=span.start,
        end=span.end,
        content=tidy(" … ".join(part.of(article.text) for part in made.content_spans)),
        article_id=article.id,
        statement_id=made.id,
        title=article.title,
        url=article.url,
        about=tidy(about) if made.stance is Stance.DENIES else "",
    )


def points_of(rows: tuple[Row, ...]) -> tuple[Point, ...]:
    """Every known date of the rows, earliest first; of one day events before statements before publications."""
    found = [
        Point(kind, when, place, row.role)
        for place, row in enumerate(rows)
        for kind, when in (
            (DateKind.EVENT, row.happened),
            (DateKind.STATEMENT, row.said),
            (DateKind.PUBLICATION, row.reported),
        )
        if when is not None
    ]
    order = list(DateKind)
    return tuple(sorted(found, key=lambda point: (point.first_day, point.last_day, order.index(point.kind), point.row)))


def _cited(answer: Answer, report: Report, quote: Span) -> int:
    """The citation that shows most of the report's words, the shortest of several; 0 where none shows any."""
    best, number = (0, 0, 0), 0
    for one in answer.citations:
        if one.article_id == report.article.id:
            shown = Span(one.start, one.end)
            score = (_shared(shown, report.statement.content_span), _shared(shown, quote), -len(shown))
            if score[1] and score > best:
                best, number = score, one.number
    return number


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _rows(answer: Answer, assessment: Assessment) -> Iterator[Row]:
    seen: set[tuple[Role, tuple[str, int, int]]] = set()
    made = [row_of(answer, report, Role.REPORT) for report in assessment.reports]
    for denial in sorted(assessment.denials, key=lambda one: (not one.of_claim, _day(one.report))):
        role = Role.DENIAL if denial.of_claim else Role.RELATED_DENIAL
        made.append(row_of(answer, denial.report, role, denial.denied))
    made += [row_of(answer, report, Role.RETRACTION) for report in sorted(assessment.retractions, key=_day)]
    for row in made:
        # Two statements of one sentence are one row to a reader, unless they stand on different roots.
        key = (row.role, (f"{row.article_id}\x1f{row.root}", row.start, row.end))
        if key not in seen:
            seen.add(key)
            yield row


def _day(report: Report) -> date:
    return report.date.last_day if report.date else date.max


def _claim(answer: Answer, assessment: Assessment, rows: tuple[Row, ...]) -> tuple[str, str]:
    """The claim in a sentence, and to whom its words are attributed.

    A question that is itself a statement, and leans on no question before it, is the claim. Else the report that shares
    most words with the topic puts it best, the earlier of two, one that tells of a denial last; where nothing reports
    it, what is withdrawn or denied does. A yes-or-no question without its auxiliary ("the ferry strike the pier") is
    no sentence that anybody would print.
    """
    asked, alone = parse_question(answer.question), answer.standalone_question in ("", answer.question)
    if alone and not asked.text.endswith("?") and asked.kind in (QuestionKind.YES_NO, QuestionKind.OTHER):
        return tidy(asked.text), ""
    wanted = {stem(word) for word in words_of(assessment.claim.text)}

    def fit(row: Row) -> tuple[bool, int]:
        words = {stem(word) for word in words_of(row.content)}
        return words.isdisjoint(_DENYING), len(wanted & words)

    candidates = [row for row in rows if row.role is Role.REPORT and _sentence(row.content)]
    if candidates:
        best = max(candidates, key=fit)
        return best.content.strip(_QUOTES), best.root or best.who
    withdrawn = next((row.content for row in rows if row.role is Role.RETRACTION and _sentence(row.content)), "")
    denied = next((row.about for row in rows if row.role is Role.DENIAL and _sentence(row.about)), "")
    return (withdrawn or denied or tidy(assessment.claim.text)).strip(_QUOTES), ""


_DENYING = frozenset(stem(word) for word in "deny denied denies denial refute refuted reject rejected".split())


_QUOTES = '“”"‘ ,'
"""What a claim's words do not begin or end with: whoever shows them puts them in quotation marks."""


def _sentence(words: str) -> bool:
    return len(words.split()) >= 4 and len(words) <= LONGEST_CLAIM


def _links(assessment: Assessment) -> Iterator[Link]:
    for report in assessment.reports:
        yield Link(report, denies=False)
    for denial in assessment.denials:
        if denial.of_claim:
            yield Link(denial.report, denies=True)


def _disagreements(answer: Answer, assessment: Assessment, rows: tuple[Row, ...]) -> Iterator[Disagreement]:
    for conflict in assessment.conflicts:
        yield _disagreement(answer, conflict)
    denials = tuple(row for row in rows if row.role is Role.DENIAL)
    reports = tuple(row for row in rows if row.role is Role.REPORT)
    if denials and reports:
        yield Disagreement(
            DisagreementKind.DENIAL, "", (Side("Reported", reports), Side("Denied, or the opposite asserted", denials))
        )


def _disagreement(answer: Answer, conflict: Conflict) -> Disagreement:
    sides = tuple(
        Side(tidy(side.value), tuple(row_of(answer, report, Role.REPORT) for report in side.reports))
        for side in conflict.sides
    )
    # Accounts are of the claim itself, which stands above them.
    about = "" if conflict.kind is ConflictKind.ACCOUNTS else tidy(conflict.about)
    return Disagreement(DisagreementKind(conflict.kind.value), about, sides)
