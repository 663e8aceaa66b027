"""ClaimReview: schema.org JSON-LD whose rating is a count of sources and denials, never a verdict.

Types and properties are those of https://schema.org/ClaimReview and https://schema.org/Claim. There is no
`ratingValue`: a number on a scale would say how true the claim is, and this program does not tell that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from assistant.answer import Answer
from assistant.assessment import Report
from assistant.dossier import Role, Row, dossier
from assistant.exports.words import ASPECT
from assistant.render import printable, web_address
from index.article import Article
from index.errors import SettingsError
from index.names import fold
from index.statements import SourceKind


def to_claimreview(answer: Answer, made: date) -> str:
    """A ClaimReview as JSON-LD, safe inside a page's script element.

    `itemReviewed` is a Claim whose `author` are the root sources, whose `appearance` are the articles that report it
    and whose `firstAppearance` is the earliest dated of them; `citation` are articles that deny or withdraw it. No
    `author` of the review is given: whoever publishes it adds who that is.

    Raises:
        SettingsError: the answer has no claim to review.
    """
    text = json.dumps(claimreview(answer, made), ensure_ascii=False, indent=2)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def claimreview(answer: Answer, made: date) -> dict[str, Any]:
    """The same as plain data. Raises SettingsError where the answer has no claim to review."""
    assessment, found = answer.assessment, dossier(answer)
    if assessment is None or not found.rows:
        raise SettingsError(
            "This answer has no claim to review: the collection does not tell. Ask about a claim that is on record, or "
            "choose the format markdown, html or json."
        )
    rating = found.rating[:1].upper() + found.rating[1:]
    reports = _by_article(row for row in found.rows if row.role is Role.REPORT)
    others = _by_article(row for row in found.rows if row.role in (Role.DENIAL, Role.RETRACTION))
    articles = {one.article.id: one.article for one in _all_reports(answer)}
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "name": printable(answer.question),
            "datePublished": made.isoformat(),
            "inLanguage": "en",
            "claimReviewed": printable(found.claim),
            "reviewAspect": ASPECT,
            "reviewBody": printable(" ".join(sentence.text for sentence in answer.sentences)),
            "reviewRating": {
                "@type": "Rating",
                "alternateName": rating,
                "ratingExplanation": printable(found.standing),
            },
            "itemReviewed": _without_empty(
                {
                    "@type": "Claim",
                    "name": printable(found.claim),
                    "author": [_author(report) for report in _roots(assessment.reports)],
                    "appearance": [_appearance(articles[id], rows) for id, rows in reports.items()],
                    "firstAppearance": _first(assessment.first, reports),
                }
            ),
            "citation": [_appearance(articles[id], rows) for id, rows in others.items()],
        }
    )


def _all_reports(answer: Answer) -> list[Report]:
    found = answer.assessment
    if found is None:
        return []
    return [*found.reports, *(denial.report for denial in found.denials), *found.retractions]


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(row)
    return found


def _first(first: Report | None, reports: dict[str, list[Row]]) -> dict[str, Any]:
    """The earliest dated report; of articles without a date none is the first, unless there is but one."""
    if first is None or first.article.id not in reports or (first.date is None and len(reports) > 1):
        return {}
    return _appearance(first.article, reports[first.article.id])


def _appearance(article: Article, rows: list[Row]) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "NewsArticle",
            "headline": printable(article.title),
            "identifier": printable(article.id),
            "url": web_address(article.url),
            "datePublished": str(article.published or ""),
            "inLanguage": article.language,
            "author": {"@type": "Person", "name": printable(article.author)} if article.author else {},
            "publisher": _party("NewsMediaOrganization", article.publisher) if article.publisher else {},
            "hasPart": [{"@type": "Quotation", "text": row.quote} for row in rows],
        }
    )


def _roots(reports: Iterable[Report]) -> list[Report]:
    """One report for each root that has a name."""
    found: dict[str, Report] = {}
    for report in reports:
        if report.root:
            found.setdefault(report.root, report)
    return list(found.values())


def _author(report: Report) -> dict[str, Any]:
    root, source = report.root, report.source
    if fold(root) in {fold(report.outlet), fold(report.article.publisher)}:
        return _party("NewsMediaOrganization", root)
    person = source.kind is SourceKind.PERSON and not source.speaks_for
    return _party("Person" if person else "Organization", root)


def _party(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": printable(name)}


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}
