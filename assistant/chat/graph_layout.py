"""Places of a graph's nodes: columns from roots to articles, and lanes for edges that pass a column. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.dossier_graph import Edge, Graph, NodeKind, Relation, reached

WIDTH, GAP, ROOM = 138, 30, 18
"""Of a box, between columns, and between the boxes of one column, in pixels."""
LANE = 6
"""Height that an edge takes where it passes a column."""
ROUNDS = 4
"""How often the columns are sorted anew, each by what stands before it and after it: enough for some dozen nodes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place, in pixels."""

    x: int
    """Left edge."""
    y: int
    """Upper edge."""
    height: int
    """Of the box."""

    @property
    def middle(self) -> int:
        """Half-way down."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands."""

    boxes: Mapping[str, Box]
    """By the node's id."""
    bends: Mapping[tuple[str, str], tuple[tuple[int, int], ...]]
    """The points through which an edge goes that passes a column, by its start and end; two a column."""


def lay_out(graph: Graph, heights: Mapping[str, int]) -> Layout:
    """The places of a graph's nodes, whose boxes have these heights.

    After Sugiyama, Tagawa and Toda (1981): columns by the longest way, a node of no size where an edge passes a column,
    and each column sorted by the middle of its neighbours.
    """
    column = _columns(graph)
    chains = _chains(graph, column)
    steps = [step for chain in chains for step in pairwise(chain)]
    size = dict(heights)
    for chain in chains:
        for place, id in enumerate(chain):
            column.setdefault(id, column[chain[0]] + place)
            size.setdefault(id, LANE)
    order = [[id for id in column if column[id] == number] for number in range(max(column.values()) + 1)]
    for round in range(ROUNDS):
        _sort(order, steps if round % 2 == 0 else [(end, start) for start, end in steps], round % 2)
    boxes = _placed(order, size)
    bends = {}
    for chain in chains:
        passed = [boxes[id] for id in chain[1:-1]]
        bends[chain[0], chain[-1]] = tuple(
            at for box in passed for at in ((box.x, box.middle), (box.x + WIDTH, box.middle))
        )
    return Layout({id: box for id, box in boxes.items() if id in heights}, bends)


def _columns(graph: Graph) -> dict[str, int]:
    """Each node's column: a root stands first, an outlet after what it cites, articles last."""
    depth = {node.id: 0 for node in graph.nodes if node.kind is not NodeKind.ARTICLE}
    after: dict[str, list[str]] = {}
    for edge in graph.edges:
        closes = edge.start in {edge.end, *reached(edge.end, after)}
        if edge.start in depth and edge.end in depth and not closes:
            after.setdefault(edge.start, []).append(edge.end)  # one that closes a circle is left out: it goes back
    for _ in depth:
        for start, ends in after.items():
            for end in ends:
                depth[end] = max(depth[end], depth[start] + 1)
    last = max(depth.values(), default=-1) + 1
    return depth | {node.id: last for node in graph.nodes if node.kind is NodeKind.ARTICLE}


def _chains(graph: Graph, column: Mapping[str, int]) -> list[list[str]]:
    """Each edge that goes on, as the nodes from its start to its end, with one for each column that it passes."""

    def chain(edge: Edge) -> list[str]:
        passed = range(column[edge.start] + 1, column[edge.end])
        return [edge.start, *(f"{edge.start} > {edge.end} @ {number}" for number in passed), edge.end]

    onward = (e for e in graph.edges if e.relation is not Relation.COPIES and column[e.start] < column[e.end])
    return list({(edge.start, edge.end): chain(edge) for edge in onward}.values())


def _sort(order: list[list[str]], steps: Sequence[tuple[str, str]], backwards: int) -> None:
    """Sorts each column by the mean place of its neighbours in the one that was sorted before it."""
    for ids in reversed(order) if backwards else order:
        place = {id: at / max(1, len(other) - 1) for other in order for at, id in enumerate(other)}
        before: dict[str, list[float]] = {}
        for start, end in steps:
            before.setdefault(end, []).append(place[start])
        pull = {id: sum(before[id]) / len(before[id]) if id in before else place[id] for id in ids}
        ids.sort(key=lambda id: pull[id])


def _placed(order: list[list[str]], size: Mapping[str, int]) -> dict[str, Box]:
    """Boxes from the top down, each column in the middle of the tallest."""
    tall = [sum(size[id] for id in ids) + ROOM * (len(ids) - 1) for ids in order]
    boxes = {}
    for number, ids in enumerate(order):
        room = (max(tall) - tall[number]) // (len(ids) + 1) if ids else 0
        y = 2 + room
        for id in ids:
            boxes[id] = Box(2 + number * (WIDTH + GAP), y, size[id])
            y += size[id] + ROOM + room
    return boxes
