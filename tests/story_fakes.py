"""Made statements of an invented story, as matches and reports, with no reading and no index behind them."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.assessment import Report
from assistant.claims import Match, Unit
from assistant.reports import report_of
from index.article import Article
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

LEAD = "The ferry Sylvie sank off Velm"


def person(name: str, speaks_for: str = "") -> Source:
    return Source(name, SourceKind.PERSON, speaks_for)


def body(name: str, *aliases: str) -> Source:
    return Source(name, SourceKind.ORGANISATION, aliases=aliases)


def outlet(name: str) -> Source:
    return Source(name, SourceKind.OUTLET)


def unnamed(words: str) -> Source:
    return Source(words, SourceKind.UNNAMED, role=words)


@dataclass(frozen=True)
class Told:
    """One sentence of an article; without a source it is the article's own voice."""

    article: str
    """The article's id."""
    publisher: str = ""
    published: str = "2031-05-07"
    """Empty for an undated article."""
    source: Source | None = None
    via: tuple[Source, ...] = ()
    text: str = LEAD
    """What is said; the article consists of it and of who said it."""
    more: str = ""
    """Further words of the article."""
    known: dict[str, object] = field(default_factory=dict)
    """Further fields of the statement."""
    score: float = 0.8
    reports: float | None = None
    """Probability that it reports the claim; None for its score, of a denial none."""
    denies: float | None = None
    """Probability that it denies the claim; None for the score of a denial, else none."""

    @property
    def match(self) -> Match:
        said_by = f", {self.source.name} said." if self.source else "."
        text = f"{self.text}{said_by}\n\n{self.more}".strip()
        article = Article.from_text(
            text, id=self.article, publisher=self.publisher, title=f"Story {self.article}", published=self.published
        )
        span = Span(0, len(self.text))
        cue = text.index("said") if self.source else 0
        statement = Statement(
            id=f"{self.article}@0",
            article_id=self.article,
            source_span=Span(span.end + 2, cue - 1) if self.source else None,
            cue_span=Span(cue, cue + 4) if self.source else None,
            content_spans=(span,),
            source=self.source or Source(self.publisher, SourceKind.OUTLET),
            stance=self.known.get("stance", Stance.ASSERTS),  # type: ignore[arg-type]
            via=self.via,
            said_on=None,
            happened_on=None,
            hedged=bool(self.known.get("hedged")),
            in_title=bool(self.known.get("in_title")),
            own_sight=bool(self.known.get("own_sight")),
        )
        unit = Unit(statement, article, span, self.text, self.text, self.text)
        denial = statement.stance is Stance.DENIES
        reports = (0.0 if denial else self.score) if self.reports is None else self.reports
        denies = (self.score if denial else 0.0) if self.denies is None else self.denies
        return Match(unit, self.score, self.score, self.score, {}, 1.0, reports=reports, denies=denies)

    @property
    def report(self) -> Report:
        return report_of(self.match, str)


def no_copies(id: str) -> tuple[str, ...]:
    """Copies of an article, where there are none."""
    return ()
