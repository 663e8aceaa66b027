"""The graph of who says so as an outline, for windows too narrow to draw it: sources, who cites them, articles."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.dossier_graph import Graph, Node, NodeKind, Path, Relation

Step = tuple[str, bool]
"""A node's id, and whether what came to it is a denial."""


def graph_tree(graph: Graph, kind: str = "") -> str:
    """The outline. It follows the ways that reports came, so that nobody seems to say what only passed through the same
    outlet. `kind` is "wide" where it stands beside a drawing that does not fit."""
    nodes = {node.id: node for node in graph.nodes}
    roots = dict.fromkeys(path.nodes[0] for path in graph.paths)
    items = ""
    for root in roots:
        paths = [path for path in graph.paths if path.nodes[0] == root]
        items += f"<li>{_party(nodes[root], graph)}{_stands_for(nodes[root])}{_below(paths, 1, graph)}</li>"
    return f'<ul class="tree {kind}" aria-label="Who says so, as an outline">{items}</ul>' if items else ""


def _below(paths: Iterable[Path], depth: int, graph: Graph) -> str:
    """What follows the node at `depth` - 1 of these ways."""
    nodes = {node.id: node for node in graph.nodes}
    steps: dict[Step, list[Path]] = {}
    for path in paths:
        steps.setdefault((path.nodes[depth], path.denies), []).append(path)
    items = ""
    for (id, denies), through in steps.items():
        kind = "denies" if denies else "says"
        if nodes[id].kind is NodeKind.ARTICLE:
            body = _article(nodes[id], denies and depth == 1, graph)
        else:
            how = "× its denial is cited by" if denies else "is cited by"
            body = f'<span class="how">{how}</span> {_party(nodes[id], graph)}{_below(through, depth + 1, graph)}'
        items += f'<li class="{kind}">{body}</li>'
    return f"<ul>{items}</ul>"


def _party(node: Node, graph: Graph) -> str:
    names = {one.id: one.label for one in graph.nodes}
    others = [names[id] for group in graph.circles if node.id in group for id in group if id != node.id]
    circle = f'<span class="also circle">↺ in a circle with {escape(", ".join(others))}</span>' if others else ""
    return f'<span class="party {node.kind}">{escape(node.label)}</span>{circle}'


def _stands_for(root: Node) -> str:
    return f'<span class="also">stands in for {escape(root.detail)}</span>' if root.detail else ""


def _article(node: Node, own_denial: bool, graph: Graph) -> str:
    names = {one.id: one.label for one in graph.nodes}
    ends = [(edge.start, edge.end) for edge in graph.edges if edge.relation is Relation.COPIES]
    same = [names[start if end == node.id else end] for start, end in ends if node.id in (start, end)]
    copies = f'<span class="also">= the same text as “{escape("”, “".join(same))}”</span>' if same else ""
    return f'<span class="how">{"× denies it in" if own_denial else "in"}</span> “{escape(node.label)}”{copies}'
