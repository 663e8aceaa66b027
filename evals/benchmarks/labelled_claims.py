"""Whether a sentence reports a claim, denies it, or does neither: `claims.jsonl`.

Two systems are scored. The *assistant*: the claim is asked as a question of an index that holds every paragraph of its
story as an article, and what its selection makes of the sentence is read off. The *pair model* alone: the sentence and
the claim, its likeliest class. Neither tells "related" from "unrelated": both are "neither" here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.benchmarks.labelled import ClaimRow, indexed
from evals.report import Row, table

if TYPE_CHECKING:
    from assistant.claims import Match
    from assistant.selection import Selection

NEITHER = "neither"
CLASSES = ("same", "denies", NEITHER)
"""What is told apart."""
_LOWER = re.compile(r"^(?:The|A|An|No|People|Nobody|Eight|Sixty|Motorcycles)\b")


@dataclass(frozen=True, slots=True)
class Judged:
    """What one system made of one row."""

    row: ClaimRow
    """The row."""
    said: str
    """One of CLASSES."""
    scores: tuple[float, ...] = ()
    """Of the pair model: probabilities of bearing out, neutral, contradiction; of the assistant: the match's score."""

    @property
    def expected(self) -> str:
        """The row's label as one of CLASSES."""
        return expected_class(self.row)


def expected_class(row: ClaimRow) -> str:
    """The row's label, "related" and "unrelated" made one."""
    return row.label if row.label in CLASSES else NEITHER


def as_question(claim: str) -> str:
    """A claim as a user would ask for it; a question as it is."""
    if claim.endswith("?"):
        return claim
    words = _LOWER.sub(lambda found: found[0].lower(), claim).rstrip(".")
    return f"Is it true that {words}?"


def judge_by_pairs(rows: Sequence[ClaimRow]) -> tuple[Judged, ...]:
    """The pair model's likeliest class for each row; empty where its weights are absent."""
    from assistant.pair_model import CONTRADICTION, ENTAILMENT, load_pair_model
    from assistant.question import parse_question

    model = load_pair_model()
    if model is None:
        return ()
    pairs = [(row.span.of(row.article.text), parse_question(as_question(row.claim)).claim_text) for row in rows]
    names = {ENTAILMENT: "same", CONTRADICTION: "denies"}
    return tuple(
        Judged(row, names.get(int(scores.argmax()), NEITHER), tuple(round(float(score), 4) for score in scores))
        for row, scores in zip(rows, model.score(pairs), strict=True)
    )


def judge_by_assistant(rows: Sequence[ClaimRow], tagger: str | None = None) -> tuple[Judged, ...]:
    """What the assistant's matching and selection make of each row, a story an index."""
    from assistant.chain import Asked, find_step, match_step
    from assistant.matcher import Matcher
    from assistant.question import Filters, parse_question
    from assistant.selection import select
    from index.corpus import Corpus

    judged = []
    for story in dict.fromkeys(row.story for row in rows):
        some = [row for row in rows if row.story == story]
        with indexed((row.article for row in some), tagger) as folder:
            corpus = Corpus.open(folder)
            matcher = Matcher(corpus)
            steps = find_step(corpus) | match_step(corpus, matcher)
            for claim in dict.fromkeys(row.claim for row in some):
                matched = steps.invoke(Asked(parse_question(as_question(claim)), Filters()))
                selection = select(matched.question, matched.matches, matcher)
                judged += [_judged(row, selection, matched.matches) for row in some if row.claim == claim]
    return tuple(judged)


def _judged(row: ClaimRow, selection: Selection, matches: Sequence[Match]) -> Judged:
    best = max((match.score for match in matches if _in(row, match)), default=0.0)
    if any(_in(row, match) for match in (*selection.denying, *selection.retracting)):
        return Judged(row, "denies", (round(best, 4),))
    if any(_in(row, match) for match in selection.bearing):
        return Judged(row, "same", (round(best, 4),))
    return Judged(row, NEITHER, (round(best, 4),))


def _in(row: ClaimRow, match: Match) -> bool:
    unit = match.unit
    return unit.article.id == row.article.id and unit.span.start < row.span.end and row.span.start < unit.span.end


def claim_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Accuracy; precision, recall and F1 of each class; and the mean F1 (0 to 1)."""
    right = sum(one.said == one.expected for one in judged)
    figures: dict[str, Any] = {"rows": len(judged), "accuracy": round(right / max(len(judged), 1), 4)}
    for name in CLASSES:
        said = sum(one.said == name for one in judged)
        gold = sum(one.expected == name for one in judged)
        both = sum(one.said == name == one.expected for one in judged)
        figures[name] = {
            "precision": round(both / max(said, 1), 4),
            "recall": round(both / max(gold, 1), 4),
            "F1": round(2 * both / max(said + gold, 1), 4),
        }
    figures["mean F1"] = round(sum(figures[name]["F1"] for name in CLASSES) / len(CLASSES), 4)
    return figures


def claim_table(judged: Sequence[Judged]) -> str:
    """What was said of the rows of each label and trait; then precision, recall and F1 of each class."""
    labels = Counter(one.row.label for one in judged)
    traits = Counter(trait for one in judged for trait in one.row.traits)
    groups: Mapping[str, list[Judged]] = {
        **{label: [one for one in judged if one.row.label == label] for label in labels},
        **{f"({trait})": [one for one in judged if trait in one.row.traits] for trait in sorted(traits)},
        "all": list(judged),
    }
    rows: list[Row] = []
    for name, some in groups.items():
        said = Counter(one.said for one in some)
        right = sum(one.said == one.expected for one in some)
        rows.append((name, len(some), *(said[c] for c in CLASSES), right, f"{100 * right / max(len(some), 1):.1f}"))
    figures = claim_figures(judged)
    scores: list[Row] = [
        (name, *(f"{100 * figures[name][key]:.1f}" for key in ("precision", "recall", "F1"))) for name in CLASSES
    ]
    first = table(("label", "rows", *CLASSES, "right", "%"), rows)
    return f"{first}\n\n{table(('class', 'P', 'R', 'F1'), scores)}\nmean F1 {100 * figures['mean F1']:.1f}"


def claim_errors(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """A record for each row that was judged wrongly."""
    return [
        {
            "id": one.row.id,
            "claim": one.row.claim,
            "sentence": one.row.span.of(one.row.article.text),
            "label": one.row.label,
            "said": one.said,
            "scores": list(one.scores),
        }
        for one in judged
        if one.said != one.expected
    ]
