"""Words that several formats share."""

from __future__ import annotations

from assistant.dossier import DateKind, DisagreementKind, Dossier, Role, Row
from assistant.notes import day_text
from assistant.render import date_words, printable
from assistant.why import STANCE_WORDS, UNKNOWN_ROOT
from index.dates import PartialDate
from index.statements import Stance

ROLE_WORDS = {
    Role.REPORT: "Report",
    Role.DENIAL: "Denial",
    Role.RELATED_DENIAL: "Denial of a related claim",
    Role.RETRACTION: "Withdrawal or correction",
}
DISAGREEMENT_WORDS = {
    DisagreementKind.FIGURES: "Figures",
    DisagreementKind.DATES: "Dates",
    DisagreementKind.ACCOUNTS: "Accounts",
    DisagreementKind.DENIAL: "Reported and denied",
}
DATE_WORDS = {
    DateKind.EVENT: "Event, as told",
    DateKind.STATEMENT: "Said",
    DateKind.PUBLICATION: "Published",
}
CAUTION = "This tells how a claim stands in one collection of articles. It does not say whether the claim is true."
"""Stands in every export that people read."""
ASPECT = "Who reports the claim and who denies it in one collection of articles, counted; no verdict on the claim."
"""What a ClaimReview's rating is of."""


def role_words(row: Row) -> str:
    """What the row does to the claim; a denial without a word for it says so."""
    opposite = row.role is Role.DENIAL and row.stance is not Stance.DENIES
    return f"{ROLE_WORDS[row.role]}, by asserting the opposite" if opposite else ROLE_WORDS[row.role]


def claim_words(found: Dossier) -> str:
    """The claim, and to whom its words are attributed; empty where there is none."""
    if not found.claim:
        return ""
    return f"“{found.claim}” (attributed to {printable(found.claim_by)})" if found.claim_by else found.claim


def chain_words(row: Row) -> str:
    """ "Coast Post ← Velm Gazette ← Seamen's Union"."""
    return " ← ".join(printable(name) for name in row.chain)


def root_words(row: Row) -> str:
    """The root by name; says so where it stands in for an unnamed party."""
    name = printable(row.root) or UNKNOWN_ROOT
    return f"{name}, for an unnamed party" if row.anonymous else name


def stance_words(row: Row) -> str:
    """The stance, and whether there is a reservation."""
    words = STANCE_WORDS[row.stance]
    return f"{words}, with a reservation" if row.hedged and row.stance is not Stance.HEDGES else words


def dates_of(row: Row) -> tuple[tuple[str, str], ...]:
    """The row's dates with their names: publication always, "no date" where unknown; the others where known."""
    found = [("Published", date_words(row.reported))]
    found += [("Said", day_text(row.said))] if row.said else []
    found += [("Event, as told", day_text(row.happened))] if row.happened else []
    return tuple(found)


def quoted(words: str) -> str:
    """The words in quotation marks; as they are where they come in some."""
    return words if words[:1] in ('"', "“", "„", "«") else f"“{words}”"


def iso(when: PartialDate | None) -> str:
    """ISO 8601, no more exact than it is known; empty for none."""
    return str(when) if when else ""
