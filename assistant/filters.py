"""What people type, checked before anything is asked: the question, dates, publishers' names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Filters
from assistant.settings import Settings
from index.article import fold_name
from index.dates import PartialDate, parse_date
from index.errors import SettingsError

NAMES_SHOWN = 8
"""Most publishers that an error lists."""
NEAR = 60.0
"""Likeness (0 to 100, rapidfuzz WRatio) from which a name is offered as the one that was meant."""


def checked_question(text: str, limit: int = Settings().question_limit) -> str:
    """The question without white space at its ends; `limit` is the most characters it may have.

    Raises:
        SettingsError: it is empty or too long.
    """
    question = text.strip()
    if not question:
        raise SettingsError("The question is empty; ask one, as: Who first reported the fire?")
    if len(question) > limit:
        raise SettingsError(f"The question has {len(question)} characters; at most {limit} are read. Shorten it.")
    return question


def read_date(text: str | None, option: str) -> PartialDate | None:
    """The date in `text`; None where it is empty.

    Raises:
        SettingsError: it is no date; the message names `option` and the forms that are understood.
    """
    if not text or not text.strip():
        return None
    when = parse_date(text.strip())
    if when is None:
        raise SettingsError(f'{option}: "{text.strip()}" is not a date. Write it as 2017-09-12, 2017-09 or 2017.')
    return when


def read_dates(since: str | None, until: str | None) -> tuple[PartialDate | None, PartialDate | None]:
    """Both bounds from what was typed; None for one that was left empty.

    Raises:
        SettingsError: one is no date, or the two leave no day.
    """
    first, last = read_date(since, "since"), read_date(until, "until")
    if first and last and first.first_day > last.last_day:
        raise SettingsError(f"The dates leave no day: from {first} until {last}. Give the earlier date first.")
    return first, last


def match_publishers(wanted: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The names in `wanted` as the collection spells them; case and accents aside.

    Raises:
        SettingsError: a name is not in `known`; the message says which are, the nearest by spelling first.
    """
    by_fold = {fold_name(name): name for name in known if name}
    found = []
    for name in wanted:
        if fold_name(name) not in by_fold:
            raise SettingsError(_unknown(name, tuple(by_fold.values())))
        found.append(by_fold[fold_name(name)])
    return tuple(dict.fromkeys(found))


def read_filters(publishers: Sequence[str], since: str | None, until: str | None, known: Sequence[str]) -> Filters:
    """Filters from what was typed.

    Raises:
        SettingsError: a date is no date, the dates leave no day, or a publisher is not in the collection.
    """
    first, last = read_dates(since, until)
    return Filters(match_publishers(publishers, known), first, last)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process

    if not known:
        return f'No article is by "{name}": the collection names no publisher at all. Leave the filter out.'
    near = [
        choice
        for choice, _, _ in process.extract(
            name, known, scorer=fuzz.WRatio, processor=fold_name, limit=3, score_cutoff=NEAR
        )
    ]
    shown = [*near, *(other for other in sorted(known, key=fold_name) if other not in near)][:NAMES_SHOWN]
    rest = len(known) - len(shown)
    more = f" and {rest} more (corroborate sources lists them)" if rest else ""
    meant = f' Did you mean "{near[0]}"?' if near else ""
    return f'No article is by "{name}".{meant} The collection has: {"; ".join(shown)}{more}.'
