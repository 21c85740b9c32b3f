"""The drawing of a graph: boxes with lines of text, and curves between them.

Text is wrapped here, because SVG does not wrap it. The reader's font is not known, so widths are those of a wide one.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from assistant.explanation.view.words import period_words
from assistant.publish.site.context import SiteContext
from assistant.publish.site.graph import Edge, Graph, Node, Shape
from assistant.publish.site.layout import Box, Size, layout
from assistant.rulebook.identifier import Thing
from assistant.system.language import _
from assistant.system.message import text

FONT: Final = 12.0
LEADING: Final = 15.0
_PADDING: Final = 9.0
_BOX_WIDTH: Final = 168.0
"""The width of every box: five columns fit on a page."""
_LABEL_DISTANCE: Final = 4.0
"""The distance of a label from its line."""
_NARROW: Final = frozenset("ijlftrI.,;:'’|!()[]-–· 1")
_WIDE: Final = frozenset("mwMWшщжюфмыШЩЖЮФМЫ@%—")


class Line(NamedTuple):
    """A line of text in a box, and its style: ``text``, ``strong`` or ``code``."""

    text: str
    style: str
    y: float


class Drawn(NamedTuple):
    """A box with its text, and the thing that it links to."""

    about: Thing
    shape: str
    folded: bool
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]


class Curve(NamedTuple):
    """A line between two boxes as an SVG path; ``label`` is above its beginning, where lines are still separate."""

    path: str
    style: str
    label: str
    x: float
    y: float


class Picture(NamedTuple):
    """A graph, ready to be written as SVG."""

    width: float
    height: float
    boxes: tuple[Drawn, ...]
    curves: tuple[Curve, ...]


def picture(site: SiteContext, graph: Graph) -> Picture:
    """Return the drawing of a graph with the words of an site."""
    written = {node.id: list(_written(site, node)) for node in graph.nodes}
    sizes = {node.id: _size(written[node.id]) for node in graph.nodes}
    placed = layout(graph, sizes)
    return Picture(
        width=round(placed.size.width + 2, 1),
        height=round(placed.size.height + 2, 1),
        boxes=tuple(_drawn(site, node, placed.boxes[node.id], written[node.id]) for node in graph.nodes),
        curves=tuple(_curve(edge, points) for edge, points in zip(graph.edges, placed.lines, strict=True)),
    )


def _written(site: SiteContext, node: Node) -> Iterator[tuple[str, str]]:
    room = _BOX_WIDTH - 2 * _PADDING
    if node.shape is Shape.RULE:
        rule = site.rulebook.rule[node.node]
        yield from ((line, "code") for line in _broken(rule.id, room, r"(?<=[-_])", 0.62))
        if rule.in_force:
            yield from ((line, "text") for line in _broken(text(period_words(rule.in_force)), room))
        if rule.contested:
            yield _("contested"), "strong"
    elif node.shape is Shape.CONDITION and node.value is not None:
        condition = site.condition(node.node, node.value)
        yield from ((line, "text") for line in _broken(condition.about.text, room))
        yield from ((line, "strong") for line in _broken(text(condition.wanted), room / 1.08))
    elif node.shape is Shape.FACT:
        yield from ((line, "text") for line in _broken(site.rulebook.fact[node.node].text, room))
    else:
        yield from ((line, "strong") for line in _broken(site.head_text(node.node), room / 1.08))


def _broken(text: str, room: float, at: str = r"(?<=\s)", em: float | None = None) -> Iterator[str]:
    line = ""
    for word in re.split(at, " ".join(text.split())):
        if line and _width((line + word).rstrip(), em) > room:
            yield line.rstrip()
            line = ""
        for letter in word:
            if _width((line + letter).rstrip(), em) > room:  # a word that is wider than a box
                yield line
                line = ""
            line += letter
    yield line.rstrip()


def _width(text: str, em: float | None = None) -> float:
    if em is not None:
        return em * FONT * len(text)
    return FONT * sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.4
    if letter in _WIDE:
        return 0.98
    return 0.74 if letter.isupper() else 0.64


def _size(lines: list[tuple[str, str]]) -> Size:
    return Size(_BOX_WIDTH, len(lines) * LEADING + 2 * _PADDING - 3)


def _drawn(site: SiteContext, node: Node, box: Box, written: list[tuple[str, str]]) -> Drawn:
    left, top = box.x - box.width / 2, box.y - box.height / 2
    lines = (
        Line(text, style, round(top + _PADDING + FONT - 2 + number * LEADING, 1))
        for number, (text, style) in enumerate(written)
    )
    return Drawn(
        about=_about(site, node),
        shape=node.shape.value,
        folded=node.folded,
        x=round(left + 1, 1),
        y=round(top + 1, 1),
        width=round(box.width, 1),
        height=round(box.height, 1),
        lines=tuple(lines),
    )


def _about(site: SiteContext, node: Node) -> Thing:
    rulebook = site.rulebook
    if node.shape is Shape.RULE:
        return rulebook.rule[node.node]
    return rulebook.question[node.node] if node.shape is Shape.CONDITION else site.head(node.node)


def _curve(edge: Edge, points: tuple[tuple[float, float], ...]) -> Curve:
    """Return the curve of an edge: horizontal at both ends of each gap, and straight across the columns between."""
    path = ""
    for (x, y), (next_x, next_y) in zip(points[::2], points[1::2], strict=True):
        turn = (x + next_x) / 2 + 1
        path += f"{'L' if path else 'M'}{x + 1:.1f},{y + 1:.1f} "
        path += f"C{turn:.1f},{y + 1:.1f} {turn:.1f},{next_y + 1:.1f} {next_x + 1:.1f},{next_y + 1:.1f} "
    label = _("unless") if edge.exception else _("not") if edge.negated else ""
    style = "exception" if edge.exception else "negated" if edge.negated else ""
    x, y = points[0]
    return Curve(path.rstrip(), style, label, round(x + 1 + _LABEL_DISTANCE, 1), round(y + 1 - _LABEL_DISTANCE, 1))
