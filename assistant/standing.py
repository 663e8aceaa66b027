"""Standing: how well a claim stands, in plain sentences tied to counts. Never whether it is true."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.assessment import Assessment, Conflict, ConflictKind, Report
from assistant.notes import carrier, day_text, listed
from assistant.render import printable
from index.names import fold

NOTHING = "Nothing in this collection answers the question."
"""The standing where there is no claim to assess."""

NAMED = 4
"""Most parties that one sentence names; of more it gives the number and the first ones."""

_NUMBERS = "no one two three four five six seven eight nine ten".split()


def standing(assessment: Assessment | None) -> str:
    """How the claim stands in the collection: sources, confirmation, denials, withdrawals, disagreements.

    "One source: the union, carried by two outlets. No independent confirmation in this collection. No denial of this
    claim on record."

    Args:
        assessment: `Answer.assessment`; None where no claim is in question or nothing was found.
    """
    if assessment is None:
        return NOTHING
    sentences = [*_sources(assessment), *_denials(assessment), *_withdrawals(assessment)]
    sentences += [_disagreement(conflict) for conflict in assessment.conflicts]
    return " ".join(dict.fromkeys(sentences))


def rating(assessment: Assessment | None) -> str:
    """The standing in a few words, of counts alone: "1 source, carried by 2 outlets, not independently
    confirmed; 1 party denies it"."""
    if assessment is None or not (assessment.reports or assessment.denials):
        return "nothing on record"
    number, outlets = assessment.independent_sources, len(_outlets(assessment))
    parts = [_counted(number, "independent source" if number > 1 else "source") if number else "no report"]
    if outlets:
        parts[0] += f", carried by {_counted(outlets, 'outlet')}"
    if number == 1:
        parts[0] += ", not independently confirmed"
    denials = len(deniers(assessment))
    parts.append(_counted(denials, "party denies it", "parties deny it") if denials else "no denial on record")
    if assessment.retractions:
        parts.append("withdrawn or corrected")
    if assessment.conflicts:
        parts.append(_counted(len(assessment.conflicts), "disagreement"))
    return "; ".join(parts)


def number_words(number: int) -> str:
    """ "one", "ten", "11"."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def party(report: Report) -> str:
    """Whom a report's words count for, by name; else the article that carries them."""
    return printable(report.root) or printable(carrier(report))


def deniers(assessment: Assessment) -> tuple[str, ...]:
    """The parties that deny this very claim, each once, in the order of the denials."""
    return tuple(dict.fromkeys(party(denial.report) for denial in assessment.denials if denial.of_claim))


def _sources(assessment: Assessment) -> list[str]:
    if not assessment.reports:
        return ["No report of this claim in this collection."]
    named = [printable(root) for root in assessment.roots if root]
    count = assessment.independent_sources
    if not named:
        lead = "One source, whose name is not known"
    elif count == 1:
        lead = f"One source: {named[0]}"
    elif assessment.rivals:
        lead = f"{_capital(number_words(count))} sources, which do not agree: {_several(named)}"
    else:
        lead = f"{_capital(number_words(count))} independent sources: {_several(named)}"
    found = [f"{lead}{_carried(assessment)}."]
    hidden = dict.fromkeys(printable(report.root) for report in assessment.reports if report.anonymous and report.root)
    if hidden:
        rest = "does not name its source" if len(hidden) == 1 else "do not name their sources"
        found.append(f"{_capital(_several(list(hidden)))} {rest}.")
    for group in assessment.copies:
        found.append(f"{_capital(number_words(len(group)))} of the articles are copies, or near copies, of one text.")
    if count == 1:
        found.append("No independent confirmation in this collection.")
    return found


def _outlets(assessment: Assessment) -> tuple[str, ...]:
    """Known publishers that carry the claim on somebody else's word, or on their own beside it."""
    roots = {fold(root) for root in assessment.roots}
    return tuple(name for name in assessment.publishers if fold(name) not in roots)


def _carried(assessment: Assessment) -> str:
    outlets = len(_outlets(assessment))
    unknown = len({report.article.id for report in assessment.reports if not report.article.publisher})
    parts = []
    if outlets:
        parts.append(f"{number_words(outlets)} {'outlet' if outlets == 1 else 'outlets'}")
    if unknown:
        parts.append(f"{number_words(unknown)} {'article' if unknown == 1 else 'articles'} of unknown publisher")
    return f", carried by {listed(parts)}" if parts else ""


def _denials(assessment: Assessment) -> list[str]:
    parties = deniers(assessment)
    if not parties:
        found = ["No denial of this claim on record."]
        related = {party(denial.report) for denial in assessment.denials}
        if related:
            found.append(f"A related claim is denied by {_several(sorted(related))}.")
        return found
    if len(parties) == 1:
        dates = [denial.report.date for denial in assessment.denials if denial.of_claim and denial.report.date]
        first = min(dates, key=lambda when: when.last_day, default=None)
        return [f"Denied by {parties[0]}" + (f" ({day_text(first)})." if first else ".")]
    return [f"Denied by {number_words(len(parties))} parties: {_several(parties)}."]


def _withdrawals(assessment: Assessment) -> list[str]:
    parties = list(dict.fromkeys(party(report) for report in assessment.retractions))
    return [f"Withdrawn or corrected by {_several(parties)}."] if parties else []


_DISAGREE = {
    ConflictKind.FIGURES: "figures are given{about} that cannot {all} be right",
    ConflictKind.DATES: "dates are given{about} that cannot {all} be right",
    ConflictKind.ACCOUNTS: "accounts of it contradict each other",
}


def _disagreement(conflict: Conflict) -> str:
    number = len(conflict.sides)
    words = _DISAGREE[conflict.kind].format(
        about=f" for “{printable(conflict.about)}”" if conflict.about else "", all="both" if number == 2 else "all"
    )
    return f"{_capital(number_words(number))} {words}."


def _several(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return listed(names)
    return f"{', '.join(names[: NAMED - 1])} and {number_words(len(names) - NAMED + 1)} others"


def _counted(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or word + 's'}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
