"""Where the boxes and lines of a graph stand, by Graphviz (Gansner et al., *A technique for drawing directed graphs*).

It is told how large each box is and writes no text, so it needs no fonts. All boxes are equally wide, so that they
stand in columns; a line crosses a column where Graphviz has left room for it, and is drawn anew between columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from assistant.publish.site.graph import Graph

POINTS: Final = 72
"""Points an inch; sizes here are in points, Graphviz takes and gives inches."""
_BETWEEN_COLUMNS: Final = 52
_BETWEEN_BOXES: Final = 12
_LOWEST_TOP: Final = 200.0
"""A column that would begin further down is moved up, so that some box is in sight wherever a reader begins."""
_BESIDE_LINE: Final = 6.0

_Points = tuple[tuple[float, float], ...]


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

    @property
    def left(self) -> float:
        """Where lines come in."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Where lines go out."""
        return self.x + self.width / 2


class Layout(NamedTuple):
    """Boxes by node, and for each edge, in their order, the points at which its line leaves and reaches a column.

    So the first and second point stand on both sides of a gap, and so do the third and fourth.
    """

    size: Size
    boxes: Mapping[str, Box]
    lines: tuple[_Points, ...]


def layout(graph: Graph, sizes: Mapping[str, Size]) -> Layout:
    """The graph from left to right, the origin at the top left. All sizes have the same width."""
    from pygraphviz import AGraph

    drawn = AGraph(
        directed=True, strict=False, rankdir="LR", ranksep=_BETWEEN_COLUMNS / POINTS, nodesep=_BETWEEN_BOXES / POINTS
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
    boxes, curves = _read(drawn.draw(format="plain", prog="dot").decode(), {name: node for node, name in names.items()})
    ends = [(edge.tail, edge.head) for edge in graph.edges]
    return _in_columns(boxes, [(end, curves[end].pop(0)) for end in ends])


def _read(plain: str, nodes: Mapping[str, str]) -> tuple[dict[str, Box], dict[tuple[str, str], list[_Points]]]:
    """Graphviz's plain format: a line a graph, node or edge, numbers in inches, the origin at the bottom left."""
    height = 0.0
    boxes: dict[str, Box] = {}
    curves: dict[tuple[str, str], list[_Points]] = {}
    for line in plain.splitlines():
        kind, *rest = line.split()
        if kind == "graph":
            height = float(rest[2]) * POINTS
        elif kind == "node":
            x, y, *size = (float(number) * POINTS for number in rest[1:5])
            boxes[nodes[rest[0]]] = Box(x, height - y, *size)
        elif kind == "edge":
            numbers = [float(number) * POINTS for number in rest[3 : 3 + 2 * int(rest[2])]]
            points = tuple((x, height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
            curves.setdefault((nodes[rest[0]], nodes[rest[1]]), []).append(points)
    return boxes, curves


def _in_columns(boxes: Mapping[str, Box], curves: Sequence[tuple[tuple[str, str], _Points]]) -> Layout:
    """Every column moved up if it begins too far down, and every line drawn from column to column."""
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
    """Where cubic Bézier curves, the end of each being the start of the next, are at an x."""
    return min(_along(points), key=lambda point: abs(point[0] - x))[1]


def _along(points: _Points, steps: int = 16) -> Iterator[tuple[float, float]]:
    for first in range(0, len(points) - 1, 3):
        piece = points[first : first + 4]
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(w * at for w, at in zip(weights, axis, strict=True)) for axis in zip(*piece, strict=True))
            yield x, y
