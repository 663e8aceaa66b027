"""Whom a mention means (`parties.jsonl`), and which claim a denial denies (`denials.jsonl`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.benchmarks.labelled import DenialRow, Mention, PartyRow, indexed
from evals.benchmarks.labelled_claims import as_question
from evals.report import Row, table
from index.article import Article
from index.names import same_name, short_of
from index.spans import Span
from index.statements import Source, SourceKind, Stance, Statement

if TYPE_CHECKING:
    from assistant.api import Assistant

Read = Callable[[Article], Sequence[Statement]]
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was made of one mention."""

    row: PartyRow
    """The article."""
    mention: Mention
    """The mention."""
    source: Source | None
    """The source of the statement that has it; None where no statement does."""

    @property
    def right(self) -> bool:
        """True where the source is the party, or an unnamed one where the text names nobody."""
        if self.source is None:
            return False
        if not self.mention.party:
            return self.source.kind is SourceKind.UNNAMED
        return is_party(self.source, self.mention.party)


def is_party(source: Source, names: Iterable[str]) -> bool:
    """True where a source, or the body it speaks for, bears one of the names."""
    known = [name for name in (source.name, source.speaks_for) if name]
    return any(
        same_name(name, other) or short_of(name, other) or short_of(other, name) for name in names for other in known
    )


def resolve(rows: Sequence[PartyRow], read: Read) -> tuple[Resolved, ...]:
    """Each mention with the source of the statement whose source span it touches."""
    found = []
    for row in rows:
        statements = read(row.article)
        for mention in row.mentions:
            having = [s.source for s in statements if s.source_span and _touch(s.source_span, mention.span)]
            found.append(Resolved(row, mention, having[0] if having else None))
    return tuple(found)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def party_figures(found: Sequence[Resolved]) -> dict[str, Any]:
    """Counts and shares, by kind of mention: "right" of all, and "no statement" where the mention was not found as a
    source; precision, recall and F1 of "unnamed"."""
    figures: dict[str, Any] = {}
    for name, some in _groups(found).items():
        right, missed = sum(one.right for one in some), sum(one.source is None for one in some)
        share = round(right / max(len(some), 1), 4)
        figures[name] = {"mentions": len(some), "right": right, "share": share, "no statement": missed}
    said = [one for one in found if one.source is not None and one.source.kind is SourceKind.UNNAMED]
    gold = sum(not one.mention.party for one in found)
    both = sum(not one.mention.party for one in said)
    figures["unnamed F1"] = round(2 * both / max(len(said) + gold, 1), 4)
    return figures


def _groups(found: Sequence[Resolved]) -> dict[str, list[Resolved]]:
    kinds = sorted({one.mention.kind for one in found})
    return {
        **{kind: [one for one in found if one.mention.kind == kind and one.mention.party] for kind in kinds},
        UNNAMED: [one for one in found if not one.mention.party],
        "all": list(found),
    }


def party_table(found: Sequence[Resolved]) -> str:
    """The figures, a line for each kind of mention."""
    figures = party_figures(found)
    rows: list[Row] = [
        (name, one["mentions"], one["right"], f"{100 * one['share']:.1f}", one["no statement"])
        for name, one in figures.items()
        if isinstance(one, dict)
    ]
    lines = table(("mention", "all", "right", "%", "no statement"), rows)
    return f"{lines}\nunnamed F1 {100 * figures['unnamed F1']:.1f}"


def party_errors(found: Iterable[Resolved]) -> list[dict[str, Any]]:
    """A record for each mention that was resolved wrongly."""
    return [
        {
            "id": one.row.id,
            "mention": one.mention.span.of(one.row.article.text),
            "at": one.mention.span.start,
            "party": list(one.mention.party) or UNNAMED,
            "found": f"{one.source.name} ({one.source.kind}), for {one.source.speaks_for!r}" if one.source else None,
            "text": one.row.article.text,
        }
        for one in found
        if not one.right
    ]


@dataclass(frozen=True, slots=True)
class Denied:
    """What was made of one denial."""

    row: DenialRow
    """The article."""
    said: tuple[int, ...]
    """Places, from 0, of the claims that the assistant takes it to deny."""
    stance: bool
    """True where a statement of the sentence has the stance of a denial."""
    party: bool
    """True where such a statement is of the right party."""

    @property
    def right(self) -> bool:
        """True where the claims are those labelled, no more and no less."""
        return set(self.said) == set(self.row.denied)


def judge_denials(rows: Sequence[DenialRow], read: Read, tagger: str | None = None) -> tuple[Denied, ...]:
    """Asks, for each claim of each article, whether it is true, and takes note of the denials and withdrawals that
    the answer's assessment has of it in the sentence that denies. A story is an index."""
    from assistant.api import Assistant

    found = []
    for story in dict.fromkeys(row.story for row in rows):
        some = [row for row in rows if row.story == story]
        with indexed((row.article.article for row in some), tagger) as folder:
            assistant = Assistant.open(folder)
            found += [_denied(row, assistant, read) for row in some]
    return tuple(found)


def _denied(row: DenialRow, assistant: Assistant, read: Read) -> Denied:
    article, sentence = row.article.article, row.article.sentences[row.denial - 1]
    said = []
    for place, claim in enumerate(row.claims):
        assessment = assistant.ask(as_question(f"{claim.text}.")).assessment
        reports = [one.report for one in assessment.denials if one.of_claim] if assessment else []
        reports += assessment.retractions if assessment else ()
        spans = [Span(one.span_start, one.span_end) for one in reports if one.article.id == article.id]
        if any(_touch(span, sentence) for span in spans):
            said.append(place)
    denying = [s for s in read(article) if s.stance is Stance.DENIES and _of_sentence(s, sentence)]
    return Denied(row, tuple(said), bool(denying), any(is_party(s.source, row.by) for s in denying))


def _of_sentence(statement: Statement, sentence: Span) -> bool:
    spans = [*statement.content_spans, *(s for s in (statement.cue_span, statement.source_span) if s)]
    return any(_touch(span, sentence) for span in spans)


def denial_figures(found: Sequence[Denied]) -> dict[str, Any]:
    """Rows wholly right; precision, recall and F1 over pairs of claim and denial; and, of the denials that are said to
    be one ("content", "anaphora", "order"), how many have the stance and the right party."""
    gold = sum(len(one.row.denied) for one in found)
    said = sum(len(one.said) for one in found)
    both = sum(len(set(one.said) & set(one.row.denied)) for one in found)
    told = [one for one in found if one.row.how in ("content", "anaphora", "order") and one.row.denied]
    return {
        "rows": len(found),
        "wholly right": sum(one.right for one in found),
        "precision": round(both / max(said, 1), 4),
        "recall": round(both / max(gold, 1), 4),
        "F1": round(2 * both / max(said + gold, 1), 4),
        "denials in words": len(told),
        "stance found": sum(one.stance for one in told),
        "party found": sum(one.party for one in told),
    }


def denial_table(found: Sequence[Denied]) -> str:
    """How many were wholly right, by how the reader knows what is denied; then the figures."""
    hows = Counter(one.row.how for one in found)
    rows: list[Row] = []
    for how in (*hows, "all"):
        some = [one for one in found if how in ("all", one.row.how)]
        right = sum(one.right for one in some)
        none = sum(not one.said for one in some)
        rows.append((how, len(some), right, f"{100 * right / len(some):.1f}", none))
    figures = "\n".join(f"{name}: {value}" for name, value in denial_figures(found).items())
    return f"{table(('told by', 'rows', 'right', '%', 'none found'), rows)}\n\n{figures}"


def denial_errors(found: Iterable[Denied]) -> list[dict[str, Any]]:
    """A record for each denial that was not wholly right."""
    return [
        {
            "id": one.row.id,
            "text": one.row.article.article.text,
            "denial": one.row.article.sentences[one.row.denial - 1].of(one.row.article.article.text),
            "claims": [claim.text for claim in one.row.claims],
            "denied": list(one.row.denied),
            "said": list(one.said),
            "stance": one.stance,
            "party": one.party,
        }
        for one in found
        if not one.right
    ]
