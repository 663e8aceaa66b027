"""Reports: from matched statements to one report an article and root, in time order. Pure functions.

The root is the innermost named party of the chain, as the evaluation suites' format defines it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.assessment import Canonical, Copies, Report
from assistant.claims import Match
from index.dates import PartialDate
from index.names import fold
from index.statements import Source, SourceKind, Stance


def report_of(match: Match, canonical: Canonical) -> Report:
    """The report that a match is, with its root: the innermost named link of its chain."""
    statement, article = match.unit.statement, match.unit.article
    chain = [Source(article.publisher, SourceKind.OUTLET), *statement.via, statement.source]
    if statement.source_span is None and statement.cue_span is None:
        chain = [chain[0]]
    named = [link for link in chain if link.party and (link.kind is not SourceKind.UNNAMED or link.speaks_for)]
    root = canonical(named[-1].party) if named else ""
    innermost = chain[-1]
    anonymous = innermost.kind is SourceKind.UNNAMED and not innermost.speaks_for and (len(chain) > 1)
    outlets = [link.name for link in chain if link.kind is SourceKind.OUTLET and link.name]
    return Report(
        statement=statement,
        article=article,
        outlet=canonical(outlets[-1]) if outlets else "",
        root=root,
        source=innermost,
        anonymous=anonymous,
        date=article.published,
        span_start=match.unit.span.start,
        span_end=match.unit.span.end,
        publisher=canonical(article.publisher) if article.publisher else "",
    )


def reports_of(
    matches: Sequence[Match],
    nearby: Sequence[Match],
    canonical: Canonical,
    copies: Copies,
    ranked: Sequence[Match] = (),
) -> tuple[Report, ...]:
    """One report an article and root, in time order.

    An article's headline and its own voice are no further report where it attributes the claim elsewhere, save for what
    its reporter saw. A lead or a headline in the article's own voice stands on the source that the article names next
    for it. A copy's own voice counts for the text that it copies.

    Args:
        matches: the units that bear the claim out, best first.
        nearby: units near it, denials among them.
        canonical: one name for each party.
        copies: the ids of an article's copies.
        ranked: every unit, best first, among which a lead's source is looked for.
    """
    best: dict[tuple[str, str], Report] = {}
    attributed = {m.unit.article.id for m in matches if m.unit.statement.source_span is not None}
    elsewhere: dict[str, set[str]] = {}
    for m in nearby:
        if m.unit.statement.source_span is not None and m.unit.statement.stance is not Stance.DENIES:
            elsewhere.setdefault(m.unit.article.id, set()).add(report_of(m, canonical).root)
    retelling: list[Report] = []
    for match in matches:
        statement = match.unit.statement
        own_voice = statement.source_span is None
        if own_voice and match.unit.article.id in attributed and not statement.own_sight:
            continue
        headline = statement.in_title or (own_voice and statement.cue_span is not None)
        if headline and match.unit.article.id in elsewhere:
            retelling.append(report_of(match, canonical))
            continue
        report = _on_named_source(match, report_of(match, canonical), ranked, canonical)
        key = (report.article.id, report.root)
        if key not in best or _tells_more(report, best[key]):
            best[key] = report
    roots = {report.root for report in best.values()}
    for report in retelling:  # "it was reported that ...", in an article that quotes a known root on the same matter
        shared = sorted((elsewhere[report.article.id] & roots) - {""})
        if shared and all(other.article.id != report.article.id for other in best.values()):
            best[report.article.id, shared[0]] = replace(report, root=shared[0])
    reports = _drop_repeated_unknown(list(best.values()))
    reports = _of_original(reports, copies)
    return tuple(sorted(reports, key=lambda report: _order(report, reports)))


LEAD = 420
"""Characters of an article, headline aside, in which its lead stands."""
SOURCE_WITHIN = 750
"""Characters after a lead within which the article names who says so."""
LEAD_SOURCE = 0.5
"""Share of the lead's score that what the source says needs."""

LEAD_COSINE = 0.4
"""Cosine of it and the question that it needs."""


def _on_named_source(match: Match, report: Report, ranked: Sequence[Match], canonical: Canonical) -> Report:
    """The report on the root of the source that the article names after its lead: "A laboratory has found it. ... , a
    chemist told the agency"."""
    statement, article = match.unit.statement, match.unit.article
    start = match.unit.span.start
    if statement.source_span is not None or statement.own_sight or statement.stance is Stance.RETRACTS:
        return report
    if start > LEAD + (len(article.title) if article.text.lstrip().startswith(article.title[:60]) else 0):
        return report
    same = [other for other in ranked if other.unit.article.id == article.id]
    if any(other.unit.statement.stance in {Stance.RETRACTS, Stance.DENIES} for other in same):
        return report
    later = [m for m in same if 0 < m.unit.span.start - start <= SOURCE_WITHIN and m.unit.statement.source_span]
    named = min(later, key=lambda m: m.unit.span.start, default=None)
    if named is None or named.score < LEAD_SOURCE * match.score or named.cosine < LEAD_COSINE:
        return report
    source = report_of(named, canonical)
    if named.unit.statement.stance in {Stance.ASSERTS, Stance.CONFIRMS} and source.root and not source.anonymous:
        return replace(report, root=source.root)
    return report


def _tells_more(report: Report, other: Report) -> bool:
    """Body before headline; somebody by name before the body for which he or she speaks."""
    if other.statement.in_title != report.statement.in_title:
        return other.statement.in_title
    return (
        report.source.kind is SourceKind.PERSON
        and other.source.kind is not SourceKind.PERSON
        and bool(report.source.speaks_for)
    )


def _drop_repeated_unknown(reports: list[Report]) -> list[Report]:
    """An unnamed party beside a named one in one article is no further root when nothing but the publisher names it."""
    kept = []
    for report in reports:
        others = [other for other in reports if other is not report and other.article.id == report.article.id]
        weak = not report.root or (report.anonymous and report.root == report.article.publisher)
        if weak and not report.root and any(other.root for other in others):
            continue
        kept.append(report)
    return kept


def _of_original(reports: list[Report], copies: Copies) -> list[Report]:
    """A copy that tells the claim in its own voice stands on the root of the text that it copies."""
    result = []
    for report in reports:
        same_text = set(copies(report.article.id))
        twins = [other for other in reports if other.article.id in same_text]
        if report.statement.source_span is None and twins:
            origin = min(
                [report, *twins],
                key=lambda other: (_day(other.date), not other.article.publisher, other.article.id),
            )
            if report.article.credit and fold(report.article.credit) != fold(report.article.publisher):
                named = [t for t in twins if t.article.publisher and not t.article.credit]
                origin = named[0] if named else origin
            result.append(replace(report, root=origin.root or report.root))
        else:
            result.append(report)
    return result


def _day(when: PartialDate | None) -> date:
    return when.last_day if when is not None else date.max


def _order(report: Report, reports: Sequence[Report]) -> tuple[date, int, str, str]:
    """By day; on one day the cited outlet before the one that cites it, then by the clock where both have one."""
    depth = sum(
        1
        for other in reports
        if other.article.id != report.article.id
        and other.article.publisher
        and fold(other.article.publisher) != fold(report.article.publisher)
        and f" {fold(other.article.publisher)} " in f" {fold(report.article.text)} "
    )
    clock = report.date.clock[11:16] if report.date is not None and report.date.clock else "99"
    return (_day(report.date), depth, clock, report.article.id)
