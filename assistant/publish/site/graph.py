"""The graph that shows how a fact or finding is decided: from conditions through rules to conclusions."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from assistant.documents.value import Value
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.identifier import Thing, identifier
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import atom_of

MAX_RULES: Final = 20
"""The largest number of rules that can be read in one graph. With more, all facts are folded."""
MAX_CONSECUTIVE_RULES: Final = 2
"""The largest number of consecutive rules that fits on a page. Facts further back are folded."""


class Shape(str, Enum):
    """The kind of a node."""

    CONDITION = "condition"
    FACT = "fact"
    RULE = "rule"
    FINDING = "finding"


class Node(Value):
    """A node of a graph. ``node`` is the id of its thing; a condition has the id of its question and a ``value``.

    The rules of a ``folded`` fact are shown in a graph of its own.
    """

    id: str
    shape: Shape
    node: str
    value: ConditionValue | None = None
    folded: bool = False


class Edge(Value):
    """An edge to what its tail decides. ``negated``: a fact must not hold. ``exception``: the tail defeats a rule."""

    tail: str
    head: str
    negated: bool = False
    exception: bool = False


class Graph(Value):
    """The graph of a fact or finding, which is its last node."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of(rulebook: Rulebook, head: str) -> Graph:
    """Return the graph of a fact or finding, as far back as there is room; a folded fact has a graph of its own."""
    graph = _Drawing(rulebook, head, MAX_CONSECUTIVE_RULES).graph
    rules = sum(node.shape is Shape.RULE for node in graph.nodes)
    return graph if rules <= MAX_RULES else _Drawing(rulebook, head, 1).graph


def _distances(rulebook: Rulebook, head: str, steps: int) -> Mapping[str, int]:
    """Return the number of rules on the longest path from each fact in the graph to a head."""
    found = {head: 0}
    for node in reversed(tuple(_foundations_first(rulebook, head, {}))):
        if found.get(node, steps) < steps:
            for fact in _facts_of(rulebook, node):
                found[fact] = max(found.get(fact, 0), found[node] + 1)
    return found


def _foundations_first(rulebook: Rulebook, head: str, seen: dict[str, None]) -> Iterator[str]:
    if head not in seen:
        seen[head] = None
        for fact in _facts_of(rulebook, head):
            yield from _foundations_first(rulebook, fact, seen)
        yield head


def _facts_of(rulebook: Rulebook, head: str) -> Iterator[str]:
    """Yield the facts in the rules for a head."""
    for rule in rulebook.rules_for[head]:
        yield from (node for node in (*rule.when, *rule.unless) if node in rulebook.fact)


class _Drawing:
    def __init__(self, rulebook: Rulebook, head: str, steps: int) -> None:
        self._rulebook = rulebook
        self._folded = {name for name, distance in _distances(rulebook, head, steps).items() if distance >= steps}
        self._nodes: dict[str, Node] = {}
        self._edges: dict[Edge, None] = {}
        last = self._add_head(head)
        nodes = [node for name, node in self._nodes.items() if name != last]
        self.graph = Graph(nodes=(*nodes, self._nodes[last]), edges=tuple(self._edges))

    def _add_head(self, head: str) -> str:
        thing: Thing = self._rulebook.finding.get(head) or self._rulebook.fact[head]
        name = identifier(thing)
        if name in self._nodes:
            return name
        shape, folded = Shape.FINDING if head in self._rulebook.finding else Shape.FACT, head in self._folded
        self._nodes[name] = Node(id=name, shape=shape, node=head, folded=folded)
        if not folded:
            for rule in self._rulebook.rules_for[head]:
                here = identifier(rule)
                self._nodes[here] = Node(id=here, shape=Shape.RULE, node=rule.id)
                for asked, value in rule.when.items():
                    self._add_condition(asked, value, here)
                for asked in rule.unless:
                    self._add_condition(asked, True, here, exception=True)
                self._edges[Edge(tail=here, head=name)] = None
        return name

    def _add_condition(self, asked: str, value: ConditionValue, rule: str, *, exception: bool = False) -> None:
        if asked in self._rulebook.fact:
            name = self._add_head(asked)
            self._edges[Edge(tail=name, head=rule, negated=value is False, exception=exception)] = None
            return
        atom, holds = atom_of(self._rulebook.question[asked], value)
        name = f"{atom.node}:{holds}"
        self._nodes.setdefault(name, Node(id=name, shape=Shape.CONDITION, node=asked, value=value))
        self._edges[Edge(tail=name, head=rule, exception=exception)] = None
