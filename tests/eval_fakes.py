"""A scripted assistant and answers made in one line, for the tests of suites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.answer import Answer, Sentence
from assistant.assessment import Assessment, Report
from assistant.citations import Citation, cite
from assistant.claims import Claim
from assistant.notes import Note, NoteKind
from index.article import Article
from index.errors import ArticleMissing
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

LAMP = Article.from_text(
    "The lamp failed at nine, the keeper said.", id="lamp-1", publisher="Skerry Post", published="2020-02-03"
)
FOG = Article.from_text(
    "Fog hid the rock, a pilot told the Skerry Post.", id="fog-2", publisher="Tide", published="2020-02-04"
)
ARTICLES = {article.id: article for article in (LAMP, FOG)}


def quote(number: int, article: Article, words: str) -> Citation:
    """A citation of the words where they stand in the article."""
    start = article.text.index(words)
    return cite(number, article, Span(start, start + len(words)))


CITATIONS = (quote(1, LAMP, "The lamp failed at nine"), quote(2, FOG, "Fog hid the rock"))


def answer(
    *sentences: tuple[str, tuple[int, ...]],
    notes: tuple[Note, ...] = (),
    citations: tuple[Citation, ...] = CITATIONS,
    assessment: Assessment | None = None,
) -> Answer:
    """An answer of those sentences."""
    made = tuple(Sentence(text, numbers) for text, numbers in sentences)
    return Answer("?", made, citations, notes, assessment, abstained=False, made_with="extractive")


def abstention(*notes: NoteKind) -> Answer:
    """An abstention with notes of those kinds."""
    made = tuple(Note(kind, "Nothing in the collection tells.") for kind in notes)
    return Answer("?", (Sentence("The collection does not tell.", ()),), (), made, None, True, "extractive")


def note(kind: NoteKind, *numbers: int) -> Note:
    """A note that cites those numbers."""
    return Note(kind, "A remark.", numbers)


def report(article: Article, root: str, outlet: str, source: Source, anonymous: str = "") -> Report:
    """A report of the article's first words; anonymous where any word is given."""
    made = Statement(
        id=f"{article.id}@0",
        article_id=article.id,
        source_span=Span(0, 1),
        cue_span=Span(1, 2),
        content_spans=(Span(0, 8),),
        source=source,
        stance=Stance.ASSERTS,
        via=(),
        said_on=None,
        happened_on=None,
    )
    return Report(made, article, outlet, root, source, bool(anonymous), article.published)


def assessment(*reports: Report) -> Assessment:
    """An assessment of those reports alone."""
    claim = Claim("the lamp failed", tuple(one.statement for one in reports))
    return Assessment(claim, reports, (), (), (), ())


KEEPER = Source("Ansa Holm", SourceKind.PERSON, speaks_for="Lighthouse Service", aliases=("the keeper", "LS"))
PILOT = Source("a pilot", SourceKind.UNNAMED)


@dataclass
class ScriptedAssistant:
    """Answers from a table; a value that is an exception is raised."""

    answers: Mapping[str, Answer | Exception]
    """Question to answer."""
    articles: Mapping[str, Article] = field(default_factory=lambda: ARTICLES)
    """What `article` knows."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Every question with "alone" or the number of its conversation."""
    conversations: int = 0
    """How many were begun."""

    def _answer(self, question: str, where: str) -> Answer:
        self.asked.append((where, question))
        found = self.answers[question]
        if isinstance(found, Exception):
            raise found
        return found

    def ask(self, question: str) -> Answer:
        return self._answer(question, "alone")

    def conversation(self) -> ScriptedTalk:
        self.conversations += 1
        return ScriptedTalk(self._answer, str(self.conversations))

    def article(self, id: str) -> Article:
        if id not in self.articles:
            raise ArticleMissing(f"found no article {id!r}")
        return self.articles[id]


@dataclass
class ScriptedTalk:
    """One conversation of the scripted assistant."""

    answer: Callable[[str, str], Answer]
    """The assistant's own table."""
    number: str
    """Which conversation it is."""

    def ask(self, question: str) -> Answer:
        return self.answer(question, self.number)
