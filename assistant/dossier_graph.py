"""Graph: from root sources through outlets to articles, as nodes and edges. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant.assessment import Report
from assistant.notes import speaker
from index.names import fold
from index.statements import SourceKind


class NodeKind(StrEnum):
    """What a node stands for."""

    ROOT = "root"
    OUTLET = "outlet"
    ARTICLE = "article"


class Relation(StrEnum):
    """What an edge says. Edges run the way the words travelled: from the source to the article."""

    CITES = "cites"
    """The end, an outlet, cites the start."""
    CARRIES = "carries"
    """The end, an article, carries what the start says."""
    COPIES = "copies"
    """The end is a copy, or near copy, of the start; which was first is told by their dates."""
    DENIES = "denies"
    """As cites or carries; what the start says is a denial."""


@dataclass(frozen=True, slots=True)
class Node:
    """A party or an article."""

    id: str
    """Unique in the graph: "party:..." or "article:..."."""
    kind: NodeKind
    """A party that any report stands on is a root, also where it is an outlet."""
    label: str
    """The party's name, or the article's headline, else its id; as the articles have it."""
    detail: str
    """For an article its publisher and id; for a root that stands in for an unnamed party, that party; else empty."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of a chain."""

    start: str
    """Id of the node that the words come from."""
    end: str
    """Id of the node that they come to."""
    relation: Relation
    """What the step is."""
    label: str
    """The stance in the article's terms ("asserts", "denies") for the last step to an article; else empty."""


@dataclass(frozen=True, slots=True)
class Path:
    """The way that one report came."""

    nodes: tuple[str, ...]
    """Ids of nodes, from the root through outlets to the article."""
    denies: bool
    """True where what came this way is a denial."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Who has it from whom."""

    nodes: tuple[Node, ...]
    """Roots first, then outlets, then articles, each in the order in which they came."""
    edges: tuple[Edge, ...]
    """In the order of the reports, each once."""
    paths: tuple[Path, ...] = ()
    """The ways that these edges were made of, each once: where two cross in a node, they alone tell them apart."""

    @property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Groups of two or more parties that cite each other, directly or through others, as ids of nodes."""
        return _circles(self)


@dataclass(frozen=True, slots=True)
class Link:
    """One report, and whether it denies."""

    report: Report
    """The report."""
    denies: bool
    """True where it denies the claim."""


def graph_of(links: Iterable[Link], copies: Sequence[Sequence[str]]) -> Graph:
    """The graph of some reports; `copies` are groups of ids of articles that carry one text."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, Relation], Edge] = {}
    found = list(links)
    paths = dict.fromkeys(_add_chain(link, nodes, edges) for link in found)
    dates = {link.report.article.id: link.report.date for link in found}
    for group in copies:
        ids = [id for id in group if f"article:{id}" in nodes]
        ids.sort(key=lambda id: (dates[id] is None, str(dates[id] or "")))  # stable: undated ones last
        for id in ids[1:]:
            edge = Edge(f"article:{ids[0]}", f"article:{id}", Relation.COPIES, "")
            edges.setdefault((edge.start, edge.end, edge.relation), edge)
    order = list(NodeKind)
    placed = sorted(nodes.values(), key=lambda node: order.index(node.kind))
    return Graph(tuple(placed), tuple(edges.values()), tuple(paths))


def _add_chain(link: Link, nodes: dict[str, Node], edges: dict[tuple[str, str, Relation], Edge]) -> Path:
    report = link.report
    article = report.article
    parties = _parties(report)
    for place, name in enumerate(parties):
        id, root = _party_id(name), place == 0
        known = nodes.get(id)
        detail = speaker(report) if root and report.anonymous else known.detail if known else ""
        kind = NodeKind.ROOT if root or (known and known.kind is NodeKind.ROOT) else NodeKind.OUTLET
        nodes[id] = Node(id, kind, known.label if known else name, detail)
    target = f"article:{article.id}"
    detail = f"{article.publisher}, {article.id}" if article.publisher and article.title else article.id
    nodes.setdefault(target, Node(target, NodeKind.ARTICLE, article.title or article.id, detail))
    steps = [_party_id(name) for name in parties] + [target]
    for start, end in pairwise(steps):
        relation = Relation.DENIES if link.denies else Relation.CARRIES if end == target else Relation.CITES
        label = str(report.statement.stance) if end == target else ""
        edges.setdefault((start, end, relation), Edge(start, end, relation, label))
    return Path(tuple(steps), link.denies)


def _parties(report: Report) -> list[str]:
    """Names from the root outwards to the publisher, none twice in a row; an unknown root is "unknown source"."""
    outlets = [report.publisher or report.article.publisher, *(link.name for link in report.statement.via)]
    if report.source.kind is not SourceKind.OUTLET and any(outlets):
        outlets[max(place for place, name in enumerate(outlets) if name)] = report.outlet  # by its fullest name
    outward = [report.root or "unknown source", *reversed(outlets)]
    found: list[str] = []
    for name in outward:
        if name and (not found or fold(name) != fold(found[-1])):
            found.append(name)
    return found


def _party_id(name: str) -> str:
    return f"party:{fold(name)}"


def _circles(graph: Graph) -> tuple[tuple[str, ...], ...]:
    after: dict[str, set[str]] = {}
    for edge in graph.edges:
        if edge.relation is Relation.CITES:
            after.setdefault(edge.start, set()).add(edge.end)
    reach = {start: reached(start, after) for start in after}
    circles: list[tuple[str, ...]] = []
    for start in after:
        if start in reach[start] and not any(start in circle for circle in circles):
            circles.append(tuple(other for other in after if other in reach[start] and start in reach.get(other, ())))
    return tuple(circles)


def reached(start: str, after: Mapping[str, Iterable[str]]) -> set[str]:
    """What can be reached from a node by one step or more, `after` giving what comes next after each."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in after.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
