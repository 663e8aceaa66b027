"""The timeline's axis and the graph's layout: pure functions, and what they draw."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from assistant.chat.axis import APART, axis_of, days_words
from assistant.chat.graph_layout import WIDTH, lay_out
from assistant.chat.graph_plot import graph_plot
from assistant.chat.graph_tree import graph_tree
from assistant.chat.timeline_plot import timeline
from assistant.dossier import Dossier, dossier
from assistant.dossier_graph import Edge, Graph, Node, NodeKind, Path, Relation
from index.dates import PartialDate
from tests.fake_assistant import ferry_answer


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


# --- the axis


def test_places_keep_the_order_and_the_distances_of_the_days() -> None:
    axis = axis_of(days("2023-03-08", "2023-03-10", "2023-03-16"))
    first, second, third = (axis.place(day) for day in days("2023-03-08", "2023-03-10", "2023-03-16"))
    assert 0 < first < second < third < 100
    assert (third - second) == pytest.approx(3 * (second - first), abs=0.1)
    assert axis.cut is None


def test_one_day_stands_in_the_middle() -> None:
    assert axis_of(days("2023-03-08")).place(date(2023, 3, 8)) == 50.0


@pytest.mark.parametrize(
    "dates",
    [
        ("2016-11-19", "2023-03-09", "2023-03-10"),
        ("2023-03-08", "2023-03-10", "2024-12-01"),
        ("2016-01-01", "2016-01-05", "2023-03-09", "2023-03-12"),
    ],
)
def test_a_gap_that_would_press_all_else_together_is_cut(dates: tuple[str, ...]) -> None:
    found = days(*dates)
    axis = axis_of(found)
    places = [axis.place(day) for day in found]
    assert axis.cut is not None and axis.left_out > 300
    assert places == sorted(places) and len(set(places)) == len(places)
    near = min(after - before for before, after in itertools.pairwise(places))
    assert near > 3


def test_ticks_stand_apart_and_tell_the_year_where_it_changes() -> None:
    axis = axis_of(days("2022-12-20", "2022-12-28", "2023-01-09"))
    ticks = axis.ticks
    assert ticks[0].label == "20 Dec 2022"
    assert sum("2023" in tick.label for tick in ticks) == 1
    assert all(two.place - one.place >= APART for one, two in itertools.pairwise(ticks))


@pytest.mark.parametrize(("number", "said"), [(40, "40 days"), (200, "7 months"), (2300, "6 years")])
def test_what_is_left_out_is_told_in_words(number: int, said: str) -> None:
    assert days_words(number) == said


# --- the timeline


def found() -> Dossier:
    return dossier(ferry_answer())


def test_a_line_for_each_row_and_a_shape_for_each_role() -> None:
    html = timeline(found(), 1)
    assert html.count('<li class="line') == 3
    assert html.count("point publication report") == 2 and html.count("point publication denial") == 1
    assert "The same as a table" in html


def test_a_date_known_to_the_month_is_drawn_as_wide_as_it_is() -> None:
    made = found()
    vague = PartialDate(2019, 4)
    points = (replace(made.points[0], when=vague), *made.points[1:])
    html = timeline(replace(made, points=points), 1)
    assert 'class="range publication"' in html and "Published: April 2019" in html


def test_without_any_date_the_timeline_says_so() -> None:
    html = timeline(replace(found(), points=()), 1)
    assert "No date is known" in html and 'class="plot"' not in html


# --- the graph


def graph(*edges: tuple[str, str, Relation]) -> Graph:
    names = dict.fromkeys(name for start, end, _ in edges for name in (start, end))
    kinds = {"r": NodeKind.ROOT, "o": NodeKind.OUTLET, "a": NodeKind.ARTICLE}
    nodes = tuple(Node(name, kinds[name[0]], f"Name of {name}", "") for name in names)
    return Graph(nodes, tuple(Edge(start, end, relation, "") for start, end, relation in edges))


CITES, CARRIES, COPIES, DENIES = Relation.CITES, Relation.CARRIES, Relation.COPIES, Relation.DENIES


def test_columns_run_from_roots_through_outlets_to_articles() -> None:
    made = graph(("r1", "o1", CITES), ("o1", "o2", CITES), ("o2", "a1", CARRIES), ("r1", "a2", CARRIES))
    layout = lay_out(made, dict.fromkeys((node.id for node in made.nodes), 30))
    x = {id: box.x for id, box in layout.boxes.items()}
    assert x["r1"] < x["o1"] < x["o2"] < x["a1"] == x["a2"]


def test_boxes_do_not_overlap_and_no_edge_runs_through_one() -> None:
    edges = [(f"r{n}", "o1", CITES) for n in range(3)] + [("o1", f"a{n}", CARRIES) for n in range(4)]
    made = graph(*edges, ("r0", "a9", CARRIES), ("r2", "a8", DENIES))
    layout = lay_out(made, dict.fromkeys((node.id for node in made.nodes), 40))
    boxes = list(layout.boxes.values())
    for one in boxes:
        for two in boxes:
            apart = one.x != two.x or one.y + one.height <= two.y or two.y + two.height <= one.y
            assert one is two or apart
    for bends in layout.bends.values():
        for x, y in bends:
            assert not any(box.x <= x <= box.x + WIDTH and box.y <= y <= box.y + box.height for box in boxes)


def test_a_circle_of_outlets_is_drawn_and_told() -> None:
    made = graph(("o1", "o2", CITES), ("o2", "o1", CITES), ("o2", "a1", CARRIES))
    html = graph_plot(replace(found(), graph=made))
    assert "edge circle" in html and "In a circle" in html


def test_copies_and_denials_have_lines_of_their_own() -> None:
    made = graph(("r1", "a1", CARRIES), ("r1", "a2", CARRIES), ("a1", "a2", COPIES), ("r2", "a3", DENIES))
    html = graph_plot(replace(found(), graph=made))
    assert 'class="edge copies"' in html and 'class="edge denies"' in html
    assert "is the same text as" in html and "denies it in" in html


def test_the_outline_keeps_ways_apart_that_cross_in_an_outlet() -> None:
    nodes = graph(("r1", "o1", CITES), ("o1", "a1", CARRIES), ("r2", "o1", DENIES), ("o1", "a2", DENIES)).nodes
    paths = (Path(("r1", "o1", "a1"), denies=False), Path(("r2", "o1", "a2"), denies=True))
    first, second = graph_tree(Graph(nodes, (), paths)).split("Name of r2")
    assert "is cited by" in first and "Name of a1" in first and "Name of a2" not in first and "×" not in first
    assert "× its denial is cited by" in second and "Name of a2" in second and "Name of a1" not in second


def test_the_outline_tells_of_copies_circles_and_whom_a_root_stands_in_for() -> None:
    made = graph(
        ("o1", "o2", CITES), ("o2", "o1", CITES), ("o2", "a1", CARRIES), ("o1", "a2", CARRIES), ("a1", "a2", COPIES)
    )
    nodes = tuple(replace(node, detail="a <b>clerk</b>") if node.id == "o1" else node for node in made.nodes)
    paths = (Path(("o1", "o2", "a1"), denies=False), Path(("o1", "a2"), denies=True))
    html = graph_tree(Graph(nodes, made.edges, paths))
    assert "↺ in a circle with Name of o2" in html and "= the same text as “Name of a2”" in html
    assert "stands in for a &lt;b&gt;clerk&lt;/b&gt;" in html and "× denies it in" in html


def test_a_drawing_that_would_be_unreadable_beside_the_conversation_has_the_outline_below_it() -> None:
    chain = [("r1", "o1", CITES), *((f"o{n}", f"o{n + 1}", CITES) for n in range(1, 6)), ("o6", "a1", CARRIES)]
    paths = (Path(("r1", *(f"o{n}" for n in range(1, 7)), "a1"), denies=False),)
    wide, narrow = graph(*chain), graph(("r1", "a1", CARRIES))
    assert 'class="tree wide"' in graph_plot(replace(found(), graph=replace(wide, paths=paths)))
    assert 'class="tree wide"' not in graph_plot(
        replace(found(), graph=replace(narrow, paths=(Path(("r1", "a1"), False),)))
    )


def test_a_graph_of_many_articles_draws_some_and_lists_all() -> None:
    made = graph(*(("r1", f"a{n}", CARRIES) for n in range(60)))
    html = graph_plot(replace(found(), graph=made))
    assert html.count('class="node article"') == 24 and "36 more articles" in html
    assert html.count("is carried in") == 60
