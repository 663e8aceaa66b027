"""The graph of who says so, as SVG, and the same in words: root sources at the left, articles at the right."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from textwrap import wrap

from assistant.chat.graph_layout import WIDTH, Box, Layout, lay_out
from assistant.chat.graph_tree import graph_tree
from assistant.dossier import Dossier
from assistant.dossier_graph import Edge, Graph, Node, NodeKind, Relation

LETTERS, LINES = 16, 3
"""Most characters in a line of a box, and most lines."""
LINE, PAD = 15, 9
"""Height of a line and the space above and below the text, in pixels."""
ARTICLES = 24
"""Most articles that are drawn; the list in words has them all."""
SMALLEST = 0.78
"""How far the drawing may shrink beside the conversation: its letters are 12.5 pixels high."""
WIDEST = 700
"""Pixels; a wider drawing has to be moved sideways, so the outline stands below it."""
RELATION_WORDS = {
    Relation.CITES: "is cited by",
    Relation.CARRIES: "is carried in",
    Relation.COPIES: "is the same text as",
    Relation.DENIES: "denies it in",
}


def graph_plot(found: Dossier) -> str:
    """The graph, what its lines mean, and its edges in words."""
    graph = found.graph
    if not graph.nodes:
        return '<p class="none">Nothing in this collection reports or denies the claim.</p>'
    drawn = _drawn(graph)
    lines = {node.id: _lines(node) for node in drawn.nodes}
    layout = lay_out(drawn, {id: _height(found) for id, found in lines.items()})
    edges = "".join(_edge(edge, layout, graph.circles) for edge in drawn.edges)
    nodes = "".join(_node(node, lines[node.id], layout.boxes[node.id]) for node in drawn.nodes)
    width = max(box.x for box in layout.boxes.values()) + WIDTH + (34 if _has(drawn, Relation.COPIES) else 4)
    height = max(box.y + box.height for box in layout.boxes.values()) + 4
    counts = _counts(graph)
    left_out = len(graph.nodes) - len(drawn.nodes)
    sideways = " It is wider than this panel: move it sideways, or read the outline below it." if width > WIDEST else ""
    more = f'<p class="faint">{left_out} more articles stand in the list below.</p>' if left_out else ""
    return (
        f'<p class="faint">{escape(counts)} <span class="across">Read from left to right: who says it, who cites that, '
        f"where it stands.{sideways}</span></p>"
        f'<div class="scroller graph" tabindex="0" role="region" aria-label="Graph of sources">'
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'style="min-width:{round(width * SMALLEST)}px" role="img" '
        f'aria-label="{escape(counts)} The list below has the same in words.">{_ARROWS}{edges}{nodes}</svg></div>'
        f"{_legend(graph)}{more}{graph_tree(graph, 'wide' if width > WIDEST else '')}{_words(graph)}"
    )


_ARROWS = (
    "<defs>"
    + "".join(
        f'<marker id="arrow-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8Z" class="arrow {name}"/></marker>'
        for name in ("says", "denies", "circle")
    )
    + "</defs>"
)


def _counts(graph: Graph) -> str:
    numbers = {kind: sum(node.kind is kind for node in graph.nodes) for kind in NodeKind}
    words = [
        f"{numbers[kind]} {word if numbers[kind] == 1 else word + 's'}"
        for kind, word in ((NodeKind.ROOT, "source"), (NodeKind.OUTLET, "outlet"), (NodeKind.ARTICLE, "article"))
        if numbers[kind]
    ]
    lead = ", ".join(words[:-1]) + (f" and {words[-1]}" if len(words) > 1 else words[-1])
    return f"{lead}."


def _drawn(graph: Graph) -> Graph:
    """The graph with at most `ARTICLES` articles."""
    articles = [node.id for node in graph.nodes if node.kind is NodeKind.ARTICLE]
    hidden = set(articles[ARTICLES:])
    nodes = tuple(node for node in graph.nodes if node.id not in hidden)
    return Graph(nodes, tuple(edge for edge in graph.edges if not {edge.start, edge.end} & hidden))


def _lines(node: Node) -> tuple[str, ...]:
    lines = wrap(" ".join(node.label.split()), LETTERS, max_lines=LINES, placeholder="…") or ["?"]
    if node.kind is NodeKind.ARTICLE:
        publisher = node.detail.rsplit(", ", 1)[0] if ", " in node.detail else ""
        lines = [*lines, *wrap(publisher, LETTERS, max_lines=1, placeholder="…")]
    return tuple(lines)


def _height(lines: tuple[str, ...]) -> int:
    return 2 * PAD + LINE * len(lines) - 3


def _node(node: Node, lines: tuple[str, ...], box: Box) -> str:
    kind = str(node.kind)
    title = escape(node.label + (f" ({node.detail})" if node.detail else ""))
    rows = "".join(
        f'<tspan x="{box.x + WIDTH // 2}" dy="{LINE if at else 0}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    radius = {NodeKind.ROOT: 14, NodeKind.OUTLET: 5, NodeKind.ARTICLE: 0}[node.kind]
    return (
        f'<g class="node {kind}" data-tip-title="{kind.capitalize()}" data-tip="{title}">'
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="{radius}"/>'
        f'<text x="{box.x + WIDTH // 2}" y="{box.y + PAD + 10}" text-anchor="middle">{rows}</text></g>'
    )


def _edge(edge: Edge, layout: Layout, circles: tuple[tuple[str, ...], ...]) -> str:
    start, end = layout.boxes[edge.start], layout.boxes[edge.end]
    if edge.relation is Relation.COPIES:
        right = start.x + WIDTH
        bow = right + 26
        path = f"M{right} {start.middle}C{bow} {start.middle} {bow} {end.middle} {right} {end.middle}"
        middle = (start.middle + end.middle) // 2
        return (
            f'<path class="edge copies" d="{path}"/><text class="tag copies" x="{right + 22}" y="{middle + 4}">=</text>'
        )
    circle = any(edge.start in group and edge.end in group for group in circles)
    kind = "denies" if edge.relation is Relation.DENIES else "circle" if circle else "says"
    if end.x <= start.x:  # back, or within a column: around the left
        left = min(start.x, end.x) - 31
        path = f"M{start.x} {start.middle}C{left} {start.middle} {left} {end.middle} {end.x - 1} {end.middle}"
        return f'<path class="edge {kind}" d="{path}" marker-end="url(#arrow-{kind})"/>'
    at = [(start.x + WIDTH, start.middle), *layout.bends.get((edge.start, edge.end), ()), (end.x - 1, end.middle)]
    path = f"M{at[0][0]} {at[0][1]}"
    for (left, y), (right, to) in pairwise(at):
        half = (left + right) // 2
        path += f"C{half} {y} {half} {to} {right} {to}"
    tag = ""
    if kind == "denies":
        (left, y), (right, to) = at[0], at[1]
        x, y = (left + right) // 2, (y + to) // 2
        tag = f'<circle class="knot" cx="{x}" cy="{y}" r="8"/><text class="tag denies" x="{x}" y="{y + 5}">×</text>'
    return f'<path class="edge {kind}" d="{path}" marker-end="url(#arrow-{kind})"/>{tag}'


def _has(graph: Graph, relation: Relation) -> bool:
    return any(edge.relation is relation for edge in graph.edges)


def _legend(graph: Graph) -> str:
    entries = [("says", "says it, or carries it")]
    entries += [("denies", "× denies it")] if _has(graph, Relation.DENIES) else []
    entries += [("copies", "= copies of one text")] if _has(graph, Relation.COPIES) else []
    entries += [("circle", "cite each other in a circle")] if graph.circles else []
    items = "".join(
        f'<li><svg width="34" height="10" aria-hidden="true" focusable="false">'
        f'<path class="edge {kind}" d="M1 5H33"/></svg> {words}</li>'
        for kind, words in entries
    )
    return f'<ul class="legend" aria-label="What the lines mean">{items}</ul>'


def _words(graph: Graph) -> str:
    names = {node.id: node for node in graph.nodes}
    items = "".join(
        f"<li>{_name(names[edge.start])} {RELATION_WORDS[edge.relation]} {_name(names[edge.end])}</li>"
        for edge in graph.edges
    )
    circles = "".join(
        f"<li>In a circle: {', '.join(_name(names[id]) for id in circle)} cite each other.</li>"
        for circle in graph.circles
    )
    return f'<details class="words"><summary>The same in words</summary><ul>{items}{circles}</ul></details>'


def _name(node: Node) -> str:
    if node.kind is not NodeKind.ARTICLE:
        return f"<strong>{escape(node.label)}</strong>"
    return f"“{escape(node.label)}” <span class='faint'>({escape(node.detail)})</span>"
