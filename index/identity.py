"""Which stored article an article just read is: by where it was read from first, then by its id.

An id as SUITE_FORMAT has it comes from the record or the file's name, so files of two folders may bring the same one.
Within one run the readers put the folder in front of both. Here the same is done across runs, so that two runs over
two folders give the ids that one run over both gives, and no article takes the place of a stranger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article
from index.catalogue import Catalogue, Held
from index.records import read_article

SEPARATOR = "/"
"""Between a folder's name and an id."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An article under the id that it has in the index."""

    article: Article
    """With its id there."""
    held: Held | None
    """What the index holds of it; None where it is new."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Old and new ids of stored articles that must make room first."""


def place_of(path: str) -> str:
    """Where an article was read from, so that it is told again from any working folder."""
    if not path or path == "-" or "://" in path:
        return path
    return str(Path(path).absolute())


def base_of(id: str) -> str:
    """An id without the folders put in front of it."""
    return id.rsplit(SEPARATOR, 1)[-1]


def from_name(id: str, place: str) -> bool:
    """True where the id comes from the file's name: its stem, or "stem-N" in a file of several."""
    name = Path(place).name
    stem, base = name.split(".", 1)[0], base_of(id)
    if base in (stem, Path(name).stem):
        return True
    head, _, number = base.rpartition("-")
    return number.isdigit() and head in (stem, Path(name).stem)


def settle(article: Article, catalogue: Catalogue, same: Callable[[Article, Held], bool]) -> Settled:
    """Finds an article's place among those stored. `same` tells whether it and a stored one say the same under
    whatever id: a file that was moved, unchanged, is no new article."""
    place, base = place_of(article.path), base_of(article.id)
    near = catalogue.held("base = ?", base)
    here = [held for held in near if held.place == place and _alike(held.id, article.id)]
    if place in ("", "-"):
        return _settle_stream(article, near, same)
    if here:
        return _settle_known(article, here, near)
    for held in near:
        if _alike(held.id, article.id) and _is_the_same(article, held, same):
            return Settled(replace(article, id=held.id), held)
    strangers = [held for held in near if held.id in (article.id, base) and held.place not in ("", "-")]
    clash = any(held.id == article.id for held in near)
    if not clash and article.id != _in_folder(base, place):
        return Settled(article, None)
    taken = {held.id for held in near}
    renamed = []
    for held in strangers:
        new = _free(base, held.place, taken)
        taken.add(new)
        renamed.append((held.id, new))
    own = _free(base, place, taken) if clash else article.id
    return Settled(replace(article, id=own), None, tuple(renamed))


def _settle_known(article: Article, here: list[Held], near: list[Held]) -> Settled:
    """The same place brought it before: the longer of the two ids is the one that is unique in more company."""
    held = next((one for one in here if one.id == article.id), here[0])
    taken = {one.id for one in near}
    if len(article.id) > len(held.id) and article.id not in taken:
        return Settled(article, replace(held, id=article.id), ((held.id, article.id),))
    return Settled(replace(article, id=held.id), held)


def _settle_stream(article: Article, near: list[Held], same: Callable[[Article, Held], bool]) -> Settled:
    """A stream has no name, and two texts piped in are two articles; a record with its own address is one."""
    for held in near:
        if held.id == article.id and (held.place != "-" or _is_the_same(article, held, same)):
            return Settled(article, held)
    if all(held.id != article.id for held in near):
        return Settled(article, None)
    own = f"{article.id}-{hashlib.sha256(article.text.encode()).hexdigest()[:8]}"
    return Settled(replace(article, id=own), next((held for held in near if held.id == own), None))


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or longer.endswith(SEPARATOR + shorter)


def _is_the_same(article: Article, held: Held, same: Callable[[Article, Held], bool]) -> bool:
    url = read_article(held.id, held.record, "").url
    if article.url and article.url == url:
        return True
    moved = "://" not in held.place and not Path(held.place).exists()
    return (moved or held.place == "-") and same(replace(article, id=held.id), held)


def _in_folder(base: str, place: str, depth: int = 1) -> str:
    folders = Path(place.split("://", 1)[-1]).parent.parts[-depth:]
    return SEPARATOR.join([folder.strip(SEPARATOR) for folder in folders if folder.strip(SEPARATOR)] + [base])


def _free(base: str, place: str, taken: set[str]) -> str:
    """The id with its folder in front; with more folders, and at last a number, where that is taken."""
    for depth in range(1, len(Path(place).parts)):
        if _in_folder(base, place, depth) not in taken | {base}:
            return _in_folder(base, place, depth)
    stem = _in_folder(f"{Path(place).name}{SEPARATOR}{base}", place)
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 10**6))) if name not in taken)
