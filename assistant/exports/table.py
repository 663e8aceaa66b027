"""CSV: the reports, denials and withdrawals, one a line."""

from __future__ import annotations

import csv
import io
from datetime import date

from assistant.answer import Answer
from assistant.dossier import Row, dossier
from assistant.exports.words import chain_words, iso
from assistant.render import printable, web_address

COLUMNS = (
    "kind", "publisher", "chain", "root", "unnamed", "source", "published", "said", "event", "stance", "hedged",
    "quote", "article_id", "start", "end", "title", "url",
)  # fmt: skip
"""Names of the columns. `published`, `said` and `event` are ISO 8601, no more exact than known; empty when unknown."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(answer: Answer, made: date) -> str:
    """One line a row of the dossier, in its order, each cell in quotation marks; an answer without a claim has the
    names of the columns alone. The day of the export is not in it.

    A cell that a spreadsheet program would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
    """
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in dossier(answer).rows:
        writer.writerow([cell(value) for value in _values(row)])
    return lines.getvalue()


def cell(text: str) -> str:
    """The text on one line, such that no spreadsheet program computes it."""
    plain = printable(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _values(row: Row) -> tuple[str, ...]:
    return (
        str(row.role),
        row.publisher,
        chain_words(row),
        row.root,
        "yes" if row.anonymous else "no",
        row.who,
        iso(row.reported),
        iso(row.said),
        iso(row.happened),
        str(row.stance),
        "yes" if row.hedged else "no",
        row.quote,
        row.article_id,
        str(row.start),
        str(row.end),
        row.title,
        web_address(row.url),
    )
