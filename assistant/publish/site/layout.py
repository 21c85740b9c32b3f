"""The positions of boxes and lines, by Graphviz (Gansner et al., *A technique for drawing directed graphs*, 1993).

Graphviz gets the size of each box and writes no text, so it needs no fonts. All boxes have the same width, so that they
form columns. A line crosses a column where Graphviz has left room for it; between columns we draw our own curve.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from assistant.publish.site.graph import Graph

INCH: Final = 72
"""Points; Graphviz measures in inches."""
_BETWEEN_COLUMNS: Final = 52
_BETWEEN_BOXES: Final = 12
_LOWEST_TOP: Final = 200.0
"""Points. A column that would begin further down is moved up, so that a box of it is visible at the top."""
_BESIDE_LINE: Final = 6.0

_Points = tuple[tuple[float, float], ...]


class Size(NamedTuple):
    """Width and height in points."""

    width: float
    height: float


class Box(NamedTuple):
    """The box of a node: its centre and its size, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The x coordinate at which lines arrive."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The x coordinate at which lines leave."""
        return self.x + self.width / 2


class Layout(NamedTuple):
    """Boxes by node, and for each edge in order the points at which its line leaves and reaches columns.

    The first and second point are on both sides of a gap between columns, as are the third and fourth, and so on.
    """

    size: Size
    boxes: Mapping[str, Box]
    lines: tuple[_Points, ...]


def layout(graph: Graph, sizes: Mapping[str, Size]) -> Layout:
    """Return the layout of a graph from left to right, in points from the top left. All widths must be equal."""
    from pygraphviz import AGraph

    drawn = AGraph(
        directed=True, strict=False, rankdir="LR", ranksep=_BETWEEN_COLUMNS / INCH, nodesep=_BETWEEN_BOXES / INCH
    )
    drawn.node_attr.update(shape="box", fixedsize="true", label="")
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    for node, name in names.items():
        width, height = sizes[node]
        drawn.add_node(name, width=round(width / INCH, 4), height=round(height / INCH, 4))
    for number, edge in enumerate(graph.edges):
        drawn.add_edge(
            names[edge.tail], names[edge.head], key=str(number), arrowhead="none", tailport="e", headport="w"
        )
    boxes, curves = _read(drawn.draw(format="plain", prog="dot").decode(), {name: node for node, name in names.items()})
    ends = [(edge.tail, edge.head) for edge in graph.edges]
    return _in_columns(boxes, [(end, curves[end].pop(0)) for end in ends])


def _read(plain: str, nodes: Mapping[str, str]) -> tuple[dict[str, Box], dict[tuple[str, str], list[_Points]]]:
    """Return the boxes and curves in Graphviz's plain format.

    It has one line for each graph, node and edge. Numbers are in inches from the bottom left.
    """
    height = 0.0
    boxes: dict[str, Box] = {}
    curves: dict[tuple[str, str], list[_Points]] = {}
    for line in plain.splitlines():
        kind, *rest = line.split()
        if kind == "graph":
            height = float(rest[2]) * INCH
        elif kind == "node":
            x, y, *size = (float(number) * INCH for number in rest[1:5])
            boxes[nodes[rest[0]]] = Box(x, height - y, *size)
        elif kind == "edge":
            numbers = [float(number) * INCH for number in rest[3 : 3 + 2 * int(rest[2])]]
            points = tuple((x, height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
            curves.setdefault((nodes[rest[0]], nodes[rest[1]]), []).append(points)
    return boxes, curves


def _in_columns(boxes: Mapping[str, Box], curves: Sequence[tuple[tuple[str, str], _Points]]) -> Layout:
    """Return a layout in which columns that begin too far down are moved up, and lines go from column to column."""
    columns = sorted({box.x for box in boxes.values()})
    crossings = [
        {x: _height_at(x, points) for x in columns if boxes[tail].x < x < boxes[head].x}
        for (tail, head), points in curves
    ]
    up = {}
    for x in columns:
        tops = [box.y - box.height / 2 for box in boxes.values() if box.x == x]
        tops += [crossing[x] - _BESIDE_LINE for crossing in crossings if x in crossing]
        up[x] = max(0.0, min(tops) - _LOWEST_TOP)
    moved = {node: box._replace(y=box.y - up[box.x]) for node, box in boxes.items()}
    half = next(iter(boxes.values())).width / 2
    lines = []
    for ((tail, head), _points), crossing in zip(curves, crossings, strict=True):
        between = [(x + side, y - up[x]) for x, y in crossing.items() for side in (-half, half)]
        lines.append(((moved[tail].right, moved[tail].y), *between, (moved[head].left, moved[head].y)))
    bottom = max([box.y + box.height / 2 for box in moved.values()] + [y for line in lines for _x, y in line])
    return Layout(Size(columns[-1] + half, bottom), moved, tuple(lines))


def _height_at(x: float, points: _Points) -> float:
    """Return the y coordinate at an x of joined cubic Bézier curves, approximated by the nearest of sampled points."""
    return min(_along(points), key=lambda point: abs(point[0] - x))[1]


def _along(points: _Points, steps: int = 16) -> Iterator[tuple[float, float]]:
    for first in range(0, len(points) - 1, 3):
        piece = points[first : first + 4]
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(w * at for w, at in zip(weights, axis, strict=True)) for axis in zip(*piece, strict=True))
            yield x, y
