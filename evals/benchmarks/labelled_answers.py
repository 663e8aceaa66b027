"""Whether the assistant answers from the right sentences, and abstains where none answers: `answers.jsonl`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.benchmarks.labelled import LabelledArticle, LabelledQuestion, QuestionSet, indexed
from evals.report import Row, table
from index.spans import Span

if TYPE_CHECKING:
    from assistant.answer import Answer

Ask = Callable[[str], "Answer"]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the assistant made of one question."""

    question: LabelledQuestion
    """The question."""
    abstained: bool
    """True where it did not answer."""
    lead: tuple[str, ...]
    """Ids of the sentences that its first sentence cites; empty in an abstention."""
    cited: tuple[str, ...]
    """Ids of the sentences that any of its sentences cites."""
    text: str
    """What it said."""

    @property
    def answerable(self) -> bool:
        """True where the articles answer the question."""
        return bool(self.question.answers)

    @property
    def right(self) -> bool:
        """True for a rightful abstention, and where the first sentence cites one that answers."""
        if not self.answerable:
            return self.abstained
        return bool({id for part in self.question.answers for id in part} & set(self.lead))

    @property
    def whole(self) -> bool:
        """True where, besides, every part of the answer is cited somewhere in it."""
        return self.right and all(set(part) & set(self.cited) for part in self.question.answers)

    @property
    def strays(self) -> int:
        """How many cited sentences neither answer the question nor bear on it."""
        good = {id for part in self.question.answers for id in part} | set(self.question.also)
        return len(set(self.cited) - good)


def ask_all(sets: Sequence[QuestionSet], tagger: str | None = None) -> tuple[Answered, ...]:
    """Every question, asked of an index of its own set's articles alone."""
    from assistant.api import Assistant

    found = []
    for one in sets:
        with indexed((item.article for item in one.articles), tagger) as folder:
            assistant = Assistant.open(folder)
            found += [answered(question, assistant.ask, one.articles) for question in one.questions]
    return tuple(found)


def ask_together(sets: Sequence[QuestionSet], tagger: str | None = None) -> tuple[Answered, ...]:
    """Every question, asked of one index of all articles."""
    from assistant.api import Assistant

    articles = [item for one in sets for item in one.articles]
    with indexed((item.article for item in articles), tagger) as folder:
        assistant = Assistant.open(folder)
        return tuple(answered(question, assistant.ask, articles) for one in sets for question in one.questions)


def answered(question: LabelledQuestion, ask: Ask, articles: Sequence[LabelledArticle]) -> Answered:
    """Asks one question, and tells which sentences the answer cites."""
    answer = ask(question.question)
    if answer.abstained:
        return Answered(question, True, (), (), answer.text)
    by_id = {item.article.id: item for item in articles}

    def ids(numbers: Iterable[int]) -> tuple[str, ...]:
        citations = [answer.citation(number) for number in numbers]
        return tuple(
            dict.fromkeys(id for c in citations for id in by_id[c.article_id].sentence_ids(Span(c.start, c.end)))
        )

    lead = ids(answer.sentences[0].citations)
    cited = ids(number for sentence in answer.sentences for number in sentence.citations)
    return Answered(question, False, lead, cited, answer.text)


def answer_figures(found: Sequence[Answered]) -> dict[str, Any]:
    """Counts and shares (0 to 1; 0 where there is nothing to count).

    "chosen" is the share of answerable questions whose first sentence cites one that answers; "whole" that of those
    which cite every part; "abstention" has precision, recall and F1 of abstaining.
    """
    open_ones = [one for one in found if one.answerable]
    silent = [one for one in found if one.abstained]
    rightly = sum(not one.answerable for one in silent)
    nothing = len(found) - len(open_ones)
    cited = sum(len(set(one.cited)) for one in found if not one.abstained)
    return {
        "questions": len(found),
        "right": _share(sum(one.right for one in found), len(found)),
        "answerable": len(open_ones),
        "chosen": _share(sum(one.right for one in open_ones), len(open_ones)),
        "whole": _share(sum(one.whole for one in open_ones), len(open_ones)),
        "abstained wrongly": sum(one.abstained for one in open_ones),
        "answered wrongly": sum(not one.abstained and not one.right for one in open_ones),
        "without an answer": nothing,
        "abstention precision": _share(rightly, len(silent)),
        "abstention recall": _share(rightly, nothing),
        "abstention F1": _share(2 * rightly, len(silent) + nothing),
        "stray citations": _share(sum(one.strays for one in found if one.answerable), max(cited, 1)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def answer_table(found: Sequence[Answered]) -> str:
    """How many were right, by kind of question and by what makes it hard, then the figures of `answer_figures`."""
    kinds = dict.fromkeys(one.question.kind for one in found)
    traits = dict.fromkeys(trait for one in found for trait in one.question.traits)
    groups: Mapping[str, list[Answered]] = {
        **{kind: [one for one in found if one.question.kind == kind and one.answerable] for kind in sorted(kinds)},
        **{f"({trait})": [one for one in found if trait in one.question.traits] for trait in sorted(traits)},
        "no answer": [one for one in found if not one.answerable],
        "all": list(found),
    }
    rows: list[Row] = []
    for name, some in groups.items():
        right, silent = sum(one.right for one in some), sum(one.abstained for one in some)
        rows.append((name, len(some), right, f"{100 * _share(right, len(some)):.1f}", silent))
    figures = "\n".join(f"{name}: {value}" for name, value in answer_figures(found).items())
    return f"{table(('question', 'asked', 'right', '%', 'abstained'), rows)}\n\n{figures}"


def answer_rows(found: Iterable[Answered]) -> list[dict[str, Any]]:
    """A record for each question that was not answered wholly right, to look at."""
    return [
        {
            "id": one.question.id,
            "question": one.question.question,
            "expected": [list(part) for part in one.question.answers],
            "lead": list(one.lead),
            "cited": list(one.cited),
            "right": one.right,
            "said": one.text,
        }
        for one in found
        if not one.whole
    ]
