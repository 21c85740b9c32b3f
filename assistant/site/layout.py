"""Where the boxes and lines of a graph stand, by Graphviz (Gansner et al., *A technique for drawing directed graphs*).

It is told how large each box is and writes no text, so it needs no fonts.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from assistant.site.graph import Graph

POINTS: Final = 72
"""Points an inch; sizes here are in points, Graphviz takes and gives inches."""
_BETWEEN_RANKS: Final = 50
_BETWEEN_NODES: Final = 12


class Size(NamedTuple):
    """Width and height."""

    width: float
    height: float


class Box(NamedTuple):
    """A node: its middle and its size."""

    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """Boxes by node, and for each edge, in their order, the control points of its cubic Bézier curves."""

    size: Size
    boxes: Mapping[str, Box]
    curves: tuple[tuple[tuple[float, float], ...], ...]


def layout(graph: Graph, sizes: Mapping[str, Size]) -> Layout:
    """The graph from left to right, the origin at the top left."""
    from pygraphviz import AGraph

    drawn = AGraph(
        directed=True, strict=False, rankdir="LR", ranksep=_BETWEEN_RANKS / POINTS, nodesep=_BETWEEN_NODES / POINTS
    )
    drawn.node_attr.update(shape="box", fixedsize="true", label="")
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    for node, name in names.items():
        width, height = sizes[node]
        drawn.add_node(name, width=round(width / POINTS, 4), height=round(height / POINTS, 4))
    for number, edge in enumerate(graph.edges):
        drawn.add_edge(
            names[edge.tail], names[edge.head], key=str(number), arrowhead="none", tailport="e", headport="w"
        )
    return _read(drawn.draw(format="plain", prog="dot").decode(), graph, names)


def _read(plain: str, graph: Graph, names: Mapping[str, str]) -> Layout:
    """Graphviz's plain format: a line a graph, node or edge, numbers in inches, the origin at the bottom left."""
    size = Size(0, 0)
    boxes: dict[str, Box] = {}
    curves: dict[tuple[str, str], list[tuple[tuple[float, float], ...]]] = {}
    nodes = {name: node for node, name in names.items()}
    for line in plain.splitlines():
        kind, *rest = line.split()
        if kind == "graph":
            size = Size(float(rest[1]) * POINTS, float(rest[2]) * POINTS)
        elif kind == "node":
            x, y, width, height = (float(number) * POINTS for number in rest[1:5])
            boxes[nodes[rest[0]]] = Box(x, size.height - y, width, height)
        elif kind == "edge":
            numbers = [float(number) * POINTS for number in rest[3 : 3 + 2 * int(rest[2])]]
            points = tuple((x, size.height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
            curves.setdefault((nodes[rest[0]], nodes[rest[1]]), []).append(points)
    ends = ((edge.tail, edge.head) for edge in graph.edges)
    return Layout(size, boxes, tuple(curves[end].pop(0) for end in ends))
