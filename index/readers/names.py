"""Article ids: the record's own, else the file's stem, a folder before it where two would be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.readers.source import Source


@dataclass(frozen=True, slots=True)
class Named:
    """One article of one input, before it has an id."""

    source: Source
    """Where it stands."""
    number: int
    """Which of the source's records, counted from 1; 0 where the source is one article."""
    own: str
    """The id that the record gives itself; empty where it gives none."""

    @property
    def natural(self) -> str:
        """The id that it has while no other article claims the same."""
        return self.own or (f"{self.source.stem}-{self.number}" if self.number else self.source.stem)

    def behind_folders(self, count: int) -> str:
        """The natural id with that many folders before it, outermost first."""
        return "/".join([*reversed(self.source.folders[:count]), self.natural])

    @property
    def in_full(self) -> str:
        """The id that tells apart two articles of one folder: with the file's ending, or the file before a record's
        id."""
        folder = "/".join(self.source.folders[:1])
        ending = f".{self.source.suffix}" if self.source.suffix else ""
        name = f"{self.source.stem}{ending}/{self.own}" if self.own else f"{self.natural}{ending}"
        return f"{folder}/{name}" if folder else name


def assign(items: Sequence[Named], known: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """(path, number) to id for every item.

    `known` are the articles already in the index, id to path. An article keeps the id that it has there under its
    path; any
    other that would take the same id is put behind its folder. Among new ones, all that would share an id are put
    behind
    their folders (several, where one does not tell them apart), whatever the order in which they come.

    Two records of one file with one id get the same id here: the caller refuses the second.
    """
    given: dict[tuple[str, int], str] = {}
    groups: defaultdict[str, list[Named]] = defaultdict(list)
    for item in items:
        kept = _kept(item, known)
        if kept:
            given[item.source.path, item.number] = kept
        else:
            groups[item.natural].append(item)
    taken = dict(known) | {id: path for (path, _), id in given.items()}
    for natural, group in groups.items():
        places = {item.source.path for item in group}
        if len(places) == 1 and taken.get(natural) in (None, *places):
            ids = [natural] * len(group)
        else:
            ids = _apart(group, taken)
        given.update(((item.source.path, item.number), id) for item, id in zip(group, ids, strict=True))
    return given


def _kept(item: Named, known: Mapping[str, str]) -> str:
    """The id under which this very article is in the index; empty where it is not."""
    forms = [item.behind_folders(count) for count in range(len(item.source.folders) + 1)] + [item.in_full]
    return next((id for id in forms if known.get(id) == item.source.path), "")


def _apart(group: Sequence[Named], taken: Mapping[str, str]) -> list[str]:
    deepest = max(len(item.source.folders) for item in group)
    for count in range(1, deepest + 1):
        ids = [item.behind_folders(count) for item in group]
        owners = defaultdict(set)
        for item, id in zip(group, ids, strict=True):
            owners[id].add(item.source.path)
        free = all(taken.get(id) in (None, item.source.path) for item, id in zip(group, ids, strict=True))
        if free and all(len(paths) == 1 for paths in owners.values()):
            return ids
    return [item.in_full for item in group]
