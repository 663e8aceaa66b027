"""Rulings: which names the user set to be one party, or two. They lie beside what the user set for articles, so that
they outlive another ingest, a rebuild and a backup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.catalogue import Catalogue
from index.errors import SettingsError
from index.names import fold
from index.statements import Source, Statement

ORIGIN = "party"
"""Of a row of `overrides`; its id is empty, which no article's is."""
SAME, APART = "same", "apart"
Pair = tuple[str, str]
"""Two names as the user gave them."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the user set; nothing where that is empty."""

    same: tuple[Pair, ...] = ()
    """Names that stand for one party; it goes by the first name of a pair."""
    apart: tuple[Pair, ...] = ()
    """Names that stand for two, however like each other they are."""

    def __bool__(self) -> bool:
        return bool(self.same or self.apart)

    def parts(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """True where a name of the one group is set apart from a name of the other."""
        if not self.apart:
            return False
        here, there = {key(name) for name in some}, {key(name) for name in others}
        return any(
            (key(one) in here and key(other) in there) or (key(one) in there and key(other) in here)
            for one, other in self.apart
        )

    def join(self, groups: Sequence[Sequence[str]]) -> list[list[str]]:
        """The groups of names, those that the user set to be one party put together, the first-named party's first."""
        joined = [list(group) for group in groups]
        for one, other in self.same:
            first, second = _holding(joined, one), _holding(joined, other)
            if first is not None and second is not None and first is not second:
                joined = [group for group in joined if group is not second]
                first.extend(second)
        return joined

    def applied(self, statement: Statement) -> Statement:
        """The statement without other names for its parties, or bodies that they speak for, which are set apart."""
        if not self.apart:
            return statement
        return replace(
            statement, source=self._alone(statement.source), via=tuple(self._alone(link) for link in statement.via)
        )

    def _alone(self, source: Source) -> Source:
        aliases = tuple(alias for alias in source.aliases if not self.parts([source.name], [alias]))
        own = bool(source.speaks_for) and self.parts([source.name], [source.speaks_for])
        return replace(source, aliases=aliases, speaks_for="" if own else source.speaks_for)


NONE = Rulings()


def key(name: str) -> str:
    """A name as rulings compare it: case, accents, punctuation and a leading "the" aside."""
    return fold(name).removeprefix("the ")


def _holding(groups: Sequence[list[str]], name: str) -> list[str] | None:
    return next((group for group in groups if any(key(one) == key(name) for one in group)), None)


def read_rulings(catalogue: Catalogue) -> Rulings:
    """What the user set, in the order of the names."""
    rows = catalogue.rows("SELECT value FROM overrides WHERE id = '' AND origin = ? ORDER BY field", ORIGIN)
    kept = [json.loads(row[0]) for row in rows]
    pairs = {kind: tuple((one, other) for what, one, other in kept if what == kind) for kind in (SAME, APART)}
    return Rulings(pairs[SAME], pairs[APART])


def rule(catalogue: Catalogue, kind: str, one: str, other: str) -> Rulings:
    """Sets two names to be one party (SAME) or two (APART), in place of what was set for them; returns all rulings.

    Raises:
        SettingsError: a name is empty, both are one name, or it contradicts what is set for other names.
    """
    one, other = " ".join(one.split()), " ".join(other.split())
    if not key(one) or not key(other):
        raise SettingsError("A party needs a name with letters or digits. Give two names, each in quotation marks.")
    if key(one) == key(other):
        raise SettingsError(f'"{one}" and "{other}" are one name. Give the names of two sources.')
    with catalogue.transaction():
        _check(_without(read_rulings(catalogue), one, other), kind, one, other)
        catalogue.execute(
            "INSERT OR REPLACE INTO overrides VALUES ('', ?, ?, ?)",
            _field(one, other),
            ORIGIN,
            json.dumps([kind, one, other]),
        )
    return read_rulings(catalogue)


def forget(catalogue: Catalogue, one: str, other: str) -> Rulings:
    """Takes back what was set for two names; returns what is left.

    Raises:
        SettingsError: nothing was set for them.
    """
    field = _field(one, other)
    if not catalogue.rows("SELECT 1 FROM overrides WHERE id = '' AND field = ? AND origin = ?", field, ORIGIN):
        raise SettingsError(f'Nothing is set for "{one}" and "{other}". corroborate sources lists what is.')
    catalogue.execute("DELETE FROM overrides WHERE id = '' AND field = ? AND origin = ?", field, ORIGIN)
    return read_rulings(catalogue)


def is_named(catalogue: Catalogue, name: str) -> bool:
    """True where a publisher or a source of the collection bears the name, or is called by it among others. Reads
    every statement: a second for a million."""
    wanted = key(name)
    if any(key(row[0]) == wanted for row in catalogue.rows("SELECT DISTINCT publisher FROM articles")):
        return True
    words = json.dumps(name.removeprefix("the ").removeprefix("The "))[1:-1]
    pattern = "".join(f"\\{mark}" if mark in "%_\\" else mark for mark in words)
    query = "SELECT 1 FROM statements WHERE record LIKE ? ESCAPE '\\' LIMIT 1"
    return bool(catalogue.rows(query, f"%{pattern}%"))


def _field(one: str, other: str) -> str:
    return json.dumps(sorted((key(one), key(other))))


def _without(rulings: Rulings, one: str, other: str) -> Rulings:
    def kept(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        return tuple(pair for pair in pairs if _field(*pair) != _field(one, other))

    return Rulings(kept(rulings.same), kept(rulings.apart))


def _check(rulings: Rulings, kind: str, one: str, other: str) -> None:
    same = [*rulings.same, (one, other)] if kind == SAME else list(rulings.same)
    apart = [*rulings.apart, (one, other)] if kind == APART else list(rulings.apart)
    names = dict.fromkeys(name for pair in same for name in pair)
    groups = Rulings(tuple(same)).join([[name] for name in names])
    for first, second in apart:
        group = _holding(groups, first)
        if group is not None and group is _holding(groups, second):
            listed = ", ".join(f'"{name}"' for name in group)
            raise SettingsError(
                f'"{first}" and "{second}" cannot be set apart while {listed} are set to be one party. Take one of '
                "these back first: corroborate sources --forget A B"
            )
