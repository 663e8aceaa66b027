"""What a chat model is shown: numbered evidence and the assessment in plain words, as data that cannot end early."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Answer
from assistant.assessment import Assessment, Denial, Report
from assistant.citations import Citation, Ground, cite
from assistant.evidence import Evidence
from index.article import Article
from index.spans import Span, sentences
from index.statements import Statement

MOST_CHARACTERS = 30_000
"""Of passages beyond those that the draft quotes; about 7,500 tokens, which small local models still take."""
AROUND = 2
"""Sentences of context on either side of a quote that lies in no retrieved passage."""


def gather_grounds(draft: Answer, evidence: Sequence[Evidence]) -> dict[int, Ground]:
    """The draft's citations under their own numbers, in wider context, then the passages that it does not quote,
    best first, numbered on from there."""
    articles = {article.id: article for article in _articles(draft.assessment)}
    articles.update((item.article.id, item.article) for item in evidence)
    statements = _statements(draft.assessment, evidence)
    grounds: dict[int, Ground] = {}
    for citation in draft.citations:
        article = articles.get(citation.article_id)
        span = _stretch(citation, article, evidence)
        text = span.of(article.text) if article else citation.quote
        grounds[citation.number] = Ground(citation, text, span.start, _within(statements, citation.article_id, span))
    left, number = MOST_CHARACTERS, max(grounds, default=0)
    for item in evidence:
        span = item.passage.span
        if any(_covers(item, citation) for citation in draft.citations) or len(span) > left:
            continue
        left, number = left - len(span), number + 1
        shown = cite(number, item.article, span)
        grounds[number] = Ground(shown, shown.quote, span.start, _within(statements, item.article.id, span), False)
    return grounds


def _covers(item: Evidence, citation: Citation) -> bool:
    same = item.article.id == citation.article_id
    return same and item.passage.span.contains(Span(citation.start, citation.end))


def _stretch(citation: Citation, article: Article | None, evidence: Sequence[Evidence]) -> Span:
    """The passage around a quote; without one some sentences around it; the quote alone where the article is not at
    hand."""
    quote = Span(citation.start, citation.end)
    for item in evidence:
        if _covers(item, citation):
            return item.passage.span
    if article is None or quote.of(article.text) != citation.quote:
        return quote
    spans = sentences(article.text)
    inside = [at for at, span in enumerate(spans) if span.overlaps(quote)]
    if not inside:
        return quote
    first, last = spans[max(0, inside[0] - AROUND)], spans[min(len(spans) - 1, inside[-1] + AROUND)]
    return Span(min(first.start, quote.start), max(last.end, quote.end))


def _reports(assessment: Assessment) -> Iterator[Report]:
    yield from assessment.reports
    yield from (denial.report for denial in assessment.denials)
    yield from assessment.retractions
    for conflict in assessment.conflicts:
        for side in conflict.sides:
            yield from side.reports


def _articles(assessment: Assessment | None) -> Iterator[Article]:
    if assessment:
        yield from (report.article for report in _reports(assessment))


def _statements(assessment: Assessment | None, evidence: Sequence[Evidence]) -> tuple[Statement, ...]:
    found = {statement.id: statement for item in evidence for statement in item.statements}
    if assessment:
        found.update((statement.id, statement) for statement in assessment.claim.statements)
        found.update((report.statement.id, report.statement) for report in _reports(assessment))
    return tuple(found.values())


def _within(statements: Iterable[Statement], article_id: str, span: Span) -> tuple[Statement, ...]:
    return tuple(one for one in statements if one.article_id == article_id and one.content_span.overlaps(span))


# ---- in words

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_TURN_TOKENS = re.compile(r"<(?=\||/?s>|start_of_turn|end_of_turn)|\[(?=/?INST\])", re.IGNORECASE)


def neutralised(text: str, fence: str) -> str:
    """Text on one line that can neither end the fence nor pass for a turn of the conversation or an item's heading."""
    inert = _TURN_TOKENS.sub(lambda match: f"{match.group()} ", _CONTROL.sub("", text))
    while fence.lower() in inert.lower():
        inert = re.sub(re.escape(fence), "", inert, flags=re.IGNORECASE)
    return " ".join(inert.replace("<<<", "< < <").replace(">>>", "> > >").split())


def describe_evidence(grounds: dict[int, Ground], fence: str) -> str:
    """One item a number: where it is from, the quote, and the text around it."""
    lines: list[str] = []
    for number, ground in grounds.items():
        citation = ground.citation
        lines.append(
            f"[{number}] publisher: {neutralised(citation.publisher, fence) or 'unknown'}; published: "
            f"{citation.published or 'unknown'}; headline: {neutralised(citation.title, fence) or 'unknown'}"
        )
        quote, text = neutralised(citation.quote, fence), neutralised(ground.text, fence)
        lines += [f"    quote: {quote}"] + ([f"    around it: {text}"] if text != quote else [])
    return "\n".join(lines) or "none"


def describe_assessment(draft: Answer, grounds: dict[int, Ground], fence: str) -> str:
    """Reports in time order with root and chain, denials, retractions, conflicts, and the notes, a line each."""
    lines = list(_assessed(draft.assessment, grounds)) if draft.assessment else []
    for note in draft.notes:
        lines.append(f"Note ({note.kind}): {note.text} {_marked(note.citations)}")
    return "\n".join(neutralised(line, fence) for line in lines) or "nothing"


def describe_draft(draft: Answer, fence: str) -> str:
    """The draft's sentences with their markers, a line each."""
    lines = (f"{sentence.text} {_marked(sentence.citations)}" for sentence in draft.sentences)
    return "\n".join(neutralised(line, fence) for line in lines)


def _assessed(assessment: Assessment, grounds: dict[int, Ground]) -> Iterator[str]:
    yield f"The claim: {assessment.claim.text}"
    yield f"Independent sources that report it: {assessment.independent_sources}"
    for place, report in enumerate(assessment.reports, start=1):
        yield f"Report {place} in time order: {_told(report, grounds)}"
    for group in assessment.copies:
        publishers = {report.article.id: report.article.publisher for report in assessment.reports}
        yield "Copies of one text: " + ", ".join(publishers.get(name) or name for name in group)
    for denial in assessment.denials:
        yield _denied(denial, grounds)
    for report in assessment.retractions:
        yield f"Withdrawn or corrected: {_told(report, grounds)}"
    for conflict in assessment.conflicts:
        sides = "; against it ".join(
            f"{side.value} ({', '.join(_told(report, grounds) for report in side.reports)})" for side in conflict.sides
        )
        yield f"Sources disagree on {conflict.kind} {conflict.about}: {sides}"


def _denied(denial: Denial, grounds: dict[int, Ground]) -> str:
    what = "Denied" if denial.of_claim else "A related but different claim is denied"
    return f"{what}: {denial.denied}, by {_told(denial.report, grounds)}"


def _told(report: Report, grounds: dict[int, Ground]) -> str:
    statement = report.statement
    links = [report.article.publisher or "unknown publisher", *(source.name for source in statement.via)]
    links.append(statement.source.name or "unknown source")
    chain = ", which cites ".join(dict.fromkeys(links))
    root = f"root source {report.root or 'unknown'}" + (" (quotes an unnamed party)" if report.anonymous else "")
    hedged = ", as alleged or unverified" if statement.hedged else ""
    return f"{report.date or 'undated'}, {chain}; {root}{hedged} {_marked(_numbers(report, grounds))}".strip()


def _numbers(report: Report, grounds: dict[int, Ground]) -> tuple[int, ...]:
    """Under which numbers a report's own words were shown; one is enough."""
    for number, ground in grounds.items():
        shown = Span(ground.start, ground.start + len(ground.text))
        if ground.citation.article_id == report.article.id and shown.overlaps(report.statement.content_span):
            return (number,)
    return ()


def _marked(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)
