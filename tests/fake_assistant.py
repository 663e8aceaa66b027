"""A scripted assistant over invented articles, for tests of what shows answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Sentence
from assistant.assessment import Assessment, Conflict, ConflictKind, ConflictSide, Denial, Report
from assistant.citations import cite
from assistant.claims import Claim
from assistant.evidence import Evidence
from assistant.notes import Note, NoteKind
from assistant.progress import STEPS
from index.article import Article
from index.dates import PartialDate
from index.errors import ArticleMissing
from index.passages import Passage
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

HERALD = Article.from_text(
    "Ferry struck the north pier, pilot union says\n\n"
    "VARDO, 3 May — The ferry Solveig struck the north pier on Thursday evening, the pilots' union said. "
    "Three passengers were hurt, according to the union, which had two members on board.\n\n"
    "The operator has not commented. Services resume on Friday.",
    id="herald-1",
    publisher="Vardo Herald",
    title="Ferry struck the north pier, pilot union says",
    published="2019-05-03",
    url="https://herald.example/ferry",
)
COURIER = Article.from_text(
    "The Solveig hit a pier in Vardo, the Vardo Herald reported, citing the pilots' union. "
    "Five passengers were hurt, a doctor at the hospital said.\n\n"
    "The operator, Nordline, denied that the ferry touched the pier.",
    id="courier-7",
    publisher="Coastal Courier",
    title="Ferry accident in Vardo",
    published="2019-05-04",
)
NASTY = Article.from_text(
    'Before <script>window.pwned = 1</script><img src="http://evil.example/x.png" onerror="window.pwned = 2">'
    " [click](http://evil.example) ${(window.pwned = 3)} {{constructor}} `tick` & after, the harbour master said.\n\n"
    "Second paragraph <b>bold</b>.",
    id='bad"><img src=http://evil.example/id.png>',
    publisher="<img src=http://evil.example/p.png>",
    title='"><script>window.pwned = 4</script>',
    published="2019-05",
    url="javascript:window.pwned=5",
)


def span_of(article: Article, words: str) -> Span:
    """Where the words stand in the article."""
    start = article.text.index(words)
    return Span(start, start + len(words))


def statement(article: Article, words: str, source: Source, **more: object) -> Statement:
    """A statement whose content is those words."""
    span = span_of(article, words)
    given = {"source_span": Span(0, 1), "cue_span": Span(0, 1), "stance": Stance.ASSERTS, "via": ()} | more
    return Statement(
        id=f"{article.id}@{span.start}",
        article_id=article.id,
        content_spans=(span,),
        source=source,
        said_on=None,
        happened_on=None,
        **given,  # type: ignore[arg-type]
    )


def report(article: Article, made: Statement, root: str, outlet: str = "", anonymous: str = "") -> Report:
    """A report; `anonymous` is any word where the root stands in for an unnamed party."""
    return Report(made, article, outlet or article.publisher, root, made.source, bool(anonymous), article.published)


UNION = Source("Pilots' Union", SourceKind.ORGANISATION, aliases=("the union",))
DOCTOR = Source("a doctor at the hospital", SourceKind.UNNAMED)
NORDLINE = Source("Nordline", SourceKind.ORGANISATION)
PAPER = Source("Vardo Herald", SourceKind.OUTLET)

STRUCK = "The ferry Solveig struck the north pier on Thursday evening"
HIT = "The Solveig hit a pier in Vardo"


def ferry_answer(question: str = "Did the ferry strike the pier?") -> Answer:
    """An answer with four citations and notes of several kinds."""
    first = report(HERALD, statement(HERALD, STRUCK, UNION), "Pilots' Union")
    second = report(COURIER, statement(COURIER, HIT, UNION, via=(PAPER,)), "Pilots' Union", outlet="Vardo Herald")
    three = report(HERALD, statement(HERALD, "Three passengers were hurt", UNION), "Pilots' Union")
    five = report(
        COURIER, statement(COURIER, "Five passengers were hurt", DOCTOR), "Coastal Courier", anonymous="doctor"
    )
    refusal = report(
        COURIER, statement(COURIER, "the ferry touched the pier", NORDLINE, stance=Stance.DENIES), "Nordline"
    )
    assessment = Assessment(
        claim=Claim("The ferry Solveig struck the north pier", (first.statement, second.statement)),
        reports=(first, second),
        denials=(Denial(refusal, True, "the ferry touched the pier"),),
        retractions=(),
        copies=(),
        conflicts=(
            Conflict(
                ConflictKind.FIGURES,
                "hurt",
                (ConflictSide("Three", (three,)), ConflictSide("Five", (five,))),
            ),
        ),
    )
    return Answer(
        question=question,
        sentences=(
            Sentence("The Pilots' Union said that the ferry Solveig struck the north pier.", (1, 2)),
            Sentence("Nordline denied that the ferry touched the pier on 4 May 2019.", (3,)),
        ),
        citations=(
            cite(1, HERALD, span_of(HERALD, STRUCK)),
            cite(2, COURIER, span_of(COURIER, HIT + ", the Vardo Herald reported, citing the pilots' union.")),
            cite(3, COURIER, span_of(COURIER, "The operator, Nordline, denied that the ferry touched the pier.")),
            cite(4, HERALD, span_of(HERALD, "Three passengers were hurt, according to the union")),
        ),
        notes=(
            Note(NoteKind.SINGLE_SOURCE, "Both reports go back to the Pilots' Union.", (1, 2)),
            Note(NoteKind.CIRCULAR_REPORTING, "The Coastal Courier carries the Vardo Herald's report.", (2,)),
            Note(NoteKind.DENIED, "Nordline denied it on 4 May 2019.", (3,)),
            Note(NoteKind.CONFLICTING_FIGURES, "The union speaks of three hurt, a doctor of five.", (4,)),
        ),
        assessment=assessment,
        abstained=False,
        made_with="extractive",
    )


def nasty_answer(question: str = "What about <b>this</b>?") -> Answer:
    """An answer whose every text tries to be markup."""
    words = NASTY.text[: NASTY.text.index("\n\n")]
    return Answer(
        question=question,
        sentences=(Sentence("It said <img src=http://evil.example/s.png> & ${1+1} {{this}} [a](http://b).", (1,)),),
        citations=(cite(1, NASTY, span_of(NASTY, words)),),
        notes=(Note(NoteKind.SINGLE_SOURCE, "Only <script>window.pwned = 6</script> says so.", (1,)),),
        assessment=None,
        abstained=False,
        made_with="<i>model</i>",
    )


def abstention(question: str = "What did it cost?") -> Answer:
    """An answer that does not tell."""
    return Answer(
        question=question,
        sentences=(Sentence("The collection does not say what it cost.", ()),),
        citations=(),
        notes=(Note(NoteKind.NO_EVIDENCE, "Nothing in the collection answers the question."),),
        assessment=None,
        abstained=True,
        made_with="extractive",
    )


@dataclass(frozen=True)
class FakePublisher:
    """One line of `publishers`."""

    publisher: str
    articles: int
    first: PartialDate | None
    last: PartialDate | None


Script = Mapping[str, Callable[[str], Answer]]


def failing(error: Exception) -> Callable[[str], Answer]:
    """A line of a script that raises."""

    def raise_it(question: str) -> Answer:
        raise error

    return raise_it


@dataclass
class FakeTalk:
    """A conversation that counts its own turns and tells them in the answer."""

    engine: FakeAssistant
    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, *, on_step: Callable[[str], None] | None = None, **filters: object) -> Answer:
        self.asked.append(question)
        for step in STEPS if on_step else ():
            on_step(step)
        answer = self.engine.ask(question, **filters)
        if on_step:
            on_step(STEPS[-1])
        return answer

    def resume(self, turns: Sequence[Answer]) -> None:
        self.asked += [answer.question for answer in turns]


@dataclass
class FakeAssistant:
    """Answers by script: the first key that occurs in the question; else an abstention."""

    script: Script = field(default_factory=dict)
    articles: tuple[Article, ...] = (HERALD, COURIER, NASTY)
    calls: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    talks: list[FakeTalk] = field(default_factory=list)
    gate: threading.Event | None = None
    """Answers wait for it where it is given."""

    def __len__(self) -> int:
        return len(self.articles)

    def ask(self, question: str, **filters: object) -> Answer:
        self.calls.append((question, filters))
        if self.gate:
            self.gate.wait(20)
        for key, make in self.script.items():
            if key in question:
                return make(question)
        return abstention(question)

    def conversation(self) -> FakeTalk:
        self.talks.append(FakeTalk(self))
        return self.talks[-1]

    def retrieve(self, question: str, limit: int = 10, **filters: object) -> tuple[Evidence, ...]:
        self.calls.append((question, filters))
        found = []
        for number, article in enumerate(self.articles[:limit], start=1):
            passage = Passage(f"{article.id}#0", article.id, Span(0, len(article.text)), article.text)
            found.append(Evidence(number, passage, article, (), 1 / number))
        return tuple(found)

    def article(self, id: str) -> Article:
        for article in self.articles:
            if article.id == id:
                return article
        raise ArticleMissing(f"No article {id} in the index.")

    def publishers(self) -> Sequence[FakePublisher]:
        return tuple(
            FakePublisher(article.publisher, 1, article.published, article.published) for article in self.articles
        )
