"""Assessment: what the collection says about a claim. Pure functions over statements.

Roots and independence follow the definitions of the evaluation suites' format: the innermost named party of the chain is
the root; parties are different where no name, acronym, spelling or office joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.claims import Claim, same_party
from index.article import Article
from index.dates import PartialDate
from index.names import fold, is_acronym, name_words
from index.rulings import NONE, Rulings
from index.statements import Source, SourceKind, Statement

Canonical = Callable[[str], str]
Copies = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """One article's report of the claim on one source's word."""

    statement: Statement
    """The statement that carries it."""
    article: Article
    """The article it stands in."""
    outlet: str
    """The innermost named outlet of the chain, else the publisher; empty when neither is known."""
    root: str
    """The innermost named party of the chain; empty when no link has a name."""
    source: Source
    """The innermost party, named or not."""
    anonymous: bool
    """True where the innermost party is unnamed, so that the root stands in for it."""
    date: PartialDate | None
    """When it was reported: the article's date; None when unknown."""
    span_start: int = 0
    """First character of the sentence that matched, in the article's text."""
    span_end: int = 0
    """One past its last."""
    publisher: str = ""
    """The article's publisher by the name that stands for all its names; empty when unknown, or as the article has it."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement that denies the claim, or something near it."""

    report: Report
    """Who denies, where, when."""
    of_claim: bool
    """True where it denies this very claim; False where it denies a related but different one."""
    denied: str
    """What it denies, in the article's words."""


class ConflictKind(StrEnum):
    """What the sources disagree on."""

    FIGURES = "figures"
    DATES = "dates"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a disagreement."""

    value: str
    """The figure, date or account in the article's words ("at least nine", "12 April")."""
    reports: tuple[Report, ...]
    """Who gives it; never empty."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that cannot all be right, side by side, never averaged."""

    kind: ConflictKind
    """Figures, dates or accounts."""
    about: str
    """What they count, date or tell of ("dead"); may be empty."""
    sides: tuple[ConflictSide, ...]
    """Two or more, each with its reports."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the collection says about one claim."""

    claim: Claim
    """The claim."""
    reports: tuple[Report, ...]
    """Every report that bears it out, in time order; undated ones last."""
    denials: tuple[Denial, ...]
    """Denials of it and of related claims."""
    retractions: tuple[Report, ...]
    """Statements by which a publisher or source withdrew or corrected its report."""
    copies: tuple[tuple[str, ...], ...]
    """Groups of ids of articles among the reports that are copies or near copies of one text."""
    conflicts: tuple[Conflict, ...]
    """Disagreements that bear on the question."""

    @property
    def first(self) -> Report | None:
        """The earliest dated report; of two on one day the cited precedes the citing. None without reports; the first
        of the undated ones where none is dated."""
        return self.reports[0] if self.reports else None

    @property
    def roots(self) -> tuple[str, ...]:
        """The distinct root sources, in order of first report; an unknown root is the empty string."""
        return tuple(dict.fromkeys(report.root for report in self.reports))

    @property
    def independent_sources(self) -> int:
        """How many different root sources report the claim; an unknown root counts only where it is alone."""
        named = [root for root in self.roots if root]
        return len(named) or len(self.roots)

    @property
    def rivals(self) -> tuple[ConflictSide, ...]:
        """Figures or dates that cannot all be right: who gives one of them bears out no other. Empty where none clash."""
        sides = (c.sides for c in self.conflicts if c.kind in {ConflictKind.FIGURES, ConflictKind.DATES})
        return next(sides, ())

    @property
    def publishers(self) -> tuple[str, ...]:
        """The known publishers that carry the claim, each once under whatever names, in order of first report."""
        names = (report.publisher or report.article.publisher for report in self.reports)
        return tuple(dict.fromkeys(name for name in names if name))


def canonical_names(articles: Sequence[Article], statements: Sequence[Statement], rulings: Rulings = NONE) -> Canonical:
    """One name for each party of a story: short forms, acronyms and spelling variants lead to the fullest name. What
    the user set to be one party, or two, goes before likeness."""
    groups = _Groups(rulings)
    names: list[str] = [article.publisher for article in articles if article.publisher]
    for statement in statements:
        for source in (statement.source, *statement.via):
            if source.kind is not SourceKind.UNNAMED:
                names += [source.name, *(alias for alias in source.aliases if len(alias) > 1)]
            names.append(source.speaks_for)
        names_of_one = [statement.source.name, *statement.source.aliases]
        if statement.source.kind is not SourceKind.UNNAMED:
            groups.join([name for name in names_of_one if name])
    for name in sorted(set(filter(None, names)), key=lambda name: (-len(fold(name).split()), name)):
        groups.join([name])
    _join_sections(groups, names)
    for group in groups.names:
        group.insert(0, max(group, key=lambda n: (len(fold(n).split()), len(n))))
    table = {fold(name): group[0] for group in rulings.join(groups.names) for name in group}
    for name, body in _spokespersons(statements).items():
        if not rulings.parts([name], [body]):
            table[fold(name)] = table.get(fold(body), body)
    return lambda name: table.get(fold(name), name)


_SECTION = re.compile(
    r"\s*(?:\((?:web|online|digital|news|opinion|print|editorial|blog)(?: news)?\)|[-–—|] (?:news|opinion|editorial|online|web|digital|blog)|"
    r"\b(?:newspaper|magazine|website|online(?: news)?|news online|news))$|\.(?:com|org|net)$",
    re.IGNORECASE,
)
"""What a catalogue or an article adds to an outlet's name: "Orle Echo (Online)", "the Orle Echo newspaper"."""


def _bare(name: str) -> str:
    """An outlet's name without its section; the name itself where nothing else is in it."""
    bare = _SECTION.sub("", re.sub(r"^[Tt]he\s+", "", name.strip()))
    return fold(_SECTION.sub("", bare)) or fold(name)


def _join_sections(groups: _Groups, names: Sequence[str]) -> None:
    """Puts the sections and the media of one outlet together: they are one publisher."""
    by_bare: dict[str, list[str]] = {}
    for name in dict.fromkeys(name for name in names if name):
        by_bare.setdefault(_bare(name), []).append(name)
    for bare, found in by_bare.items():
        if len(found) > 1 and any(fold(name) != bare for name in found):
            groups.merge(found)


def _spokespersons(statements: Sequence[Statement]) -> dict[str, str]:
    """Persons whom some article calls the voice of one body, with that body: in another article, which names them without
    their office, they are that body as well."""
    bodies: dict[str, set[str]] = {}
    for statement in statements:
        for source in (statement.source, *statement.via):
            if source.kind is SourceKind.PERSON and source.speaks_for and " " in source.name:
                bodies.setdefault(source.name, set()).add(source.speaks_for)
    return {name: next(iter(found)) for name, found in bodies.items() if len(found) == 1}


class _Groups:
    """Groups of names, each of one party, in the order in which they were met. Names are compared only with groups
    that have a first letter, a word or an acronym in common with them: five hundred names, each compared with
    all groups, took .2 s of an answer."""

    def __init__(self, rulings: Rulings) -> None:
        self.names: list[list[str]] = []
        self._rulings = rulings
        self._fullest: list[str] = []
        self._having: dict[str, set[int]] = {}
        self._settled: dict[tuple[str, ...], int] = {}
        self._changes = 0

    def join(self, names: Sequence[str]) -> None:
        """Puts names of one party into the first group that is that party's, or into a new one."""
        key = tuple(names)
        if not names or self._settled.get(key) == self._changes:
            return  # the same names with nothing changed since: most statements have the source of the one before
        group = next((group for group in self._candidates(names) if self._is_of(names, group)), None)
        if group is None:
            group = len(self.names)
            self.names.append([])
            self._fullest.append("")
        self.names[group].extend(name for name in names if name not in self.names[group])
        fullest = max(self.names[group], key=lambda name: (len(fold(name).split()), len(name)))
        if fullest != self._fullest[group] or self._rulings:
            self._changes += 1
            self._fullest[group] = fullest
            for sign in _signs(fullest):
                self._having.setdefault(sign, set()).add(group)
        self._settled[key] = self._changes

    def merge(self, names: Sequence[str]) -> None:
        """Puts the groups of some names together, but for those that the user set apart."""
        holding = [group for group in self.names if set(group) & set(names)]
        for group in holding[1:]:
            if not self._rulings.parts(holding[0], group):
                holding[0].extend(name for name in group if name not in holding[0])
                self.names.remove(group)

    def _candidates(self, names: Sequence[str]) -> Sequence[int]:
        if any(is_acronym(name) for name in names):
            return range(len(self.names))
        signs = {"ACRONYM"}.union(*(_signs(name) for name in names))
        return sorted(set().union(*(self._having.get(sign, set()) for sign in signs)))

    def _is_of(self, names: Sequence[str], group: int) -> bool:
        if self._rulings.parts(names, self.names[group]):
            return False
        fullest = self._fullest[group]
        return any(_of_one(name, fullest) for name in names)


@lru_cache(maxsize=200_000)
def _of_one(one: str, other: str) -> bool:
    """Whether two names can stand for one party; kept, for an article's statements ask it again and again."""
    return _comparable(one, other) and (same_party(one, other) or _spelling_variant(one, other))


@lru_cache(maxsize=100_000)
def _signs(name: str) -> frozenset[str]:
    """What two comparable names have in common: see `_comparable`."""
    return _distinct(name) | {f"^{fold(name)[:1]}", *(("ACRONYM",) if is_acronym(name) else ())}


def _comparable(one: str, other: str) -> bool:
    """False where two names cannot be one party's, told without comparing them: no word in common, no acronym, and
    no equal first letter, which two spellings have."""
    return (
        fold(one)[:1] == fold(other)[:1]
        or not _distinct(one).isdisjoint(_distinct(other))
        or is_acronym(one)
        or is_acronym(other)
    )


@lru_cache(maxsize=100_000)
def _distinct(name: str) -> frozenset[str]:
    return frozenset(name_words(name))


def _spelling_variant(one: str, other: str) -> bool:
    """Two spellings of one name: nearly equal letters, and the same number of words."""
    from rapidfuzz import fuzz

    a, b = fold(one).split(), fold(other).split()
    if len(a) != len(b) or min(len(fold(one)), len(fold(other))) < 6:
        return False
    return (
        all((x == y or (len(x) > 4 and fuzz.ratio(x, y) >= 75 and x[0] == y[0])) for x, y in zip(a, b, strict=True))
        and fuzz.ratio(fold(one), fold(other)) >= 86
    )


def copy_groups(reports: Sequence[Report], copies: Copies) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more of the reports' articles that are copies of one text."""
    ids = list(dict.fromkeys(report.article.id for report in reports))
    groups: list[set[str]] = []
    for id in ids:
        group = {id, *(other for other in copies(id) if other in ids)}
        joined = next((g for g in groups if g & group), None)
        if joined is not None:
            joined |= group
        elif len(group) > 1:
            groups.append(group)
    return tuple(tuple(id for id in ids if id in group) for group in groups if len(group) > 1)


def own_cause(report: Report, claim_text: str) -> bool:
    """True where the root speaks of itself: a party in its own cause."""
    return bool(report.root) and bool(re.search(rf"\b{re.escape(fold(report.root))}\b", fold(claim_text)))
