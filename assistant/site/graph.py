"""How a fact or finding is decided, as a graph: from conditions over rules to what they conclude."""

from enum import Enum

from assistant.identifier import Thing, identifier
from assistant.logic import atom_of
from assistant.rulebook import ConditionValue, Rulebook
from assistant.value import Value

MOST_RULES = 20
"""A graph with more rules would need a wall to hang on: its facts are folded, each of which has a graph of its own."""


class Shape(str, Enum):
    """What a node is."""

    CONDITION = "condition"
    FACT = "fact"
    RULE = "rule"
    FINDING = "finding"


class Node(Value):
    """A node of a graph. ``node`` and ``value`` are a condition's: the question that is asked, and for what answer.

    A ``folded`` fact stands for rules that another graph shows.
    """

    id: str
    shape: Shape
    node: str
    value: ConditionValue | None = None
    folded: bool = False


class Edge(Value):
    """From what decides to what is decided. ``negated``: a fact that must not be so; ``exception``: that defeats."""

    tail: str
    head: str
    negated: bool = False
    exception: bool = False


class Graph(Value):
    """The graph of a fact or finding, which is its last node."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def folds(self) -> bool:
        """Whether some fact is folded."""
        return any(node.folded for node in self.nodes)


def graph_of(rulebook: Rulebook, head: str) -> Graph:
    """The graph of a fact or finding, whole if it is small, and else with its facts folded."""
    whole = _Drawing(rulebook, head, unfolded=True).graph
    rules = sum(node.shape is Shape.RULE for node in whole.nodes)
    return whole if rules <= MOST_RULES else _Drawing(rulebook, head, unfolded=False).graph


class _Drawing:
    def __init__(self, rulebook: Rulebook, head: str, *, unfolded: bool) -> None:
        self._rulebook = rulebook
        self._unfolded = unfolded
        self._nodes: dict[str, Node] = {}
        self._edges: dict[Edge, None] = {}
        last = self._add_head(head, folded=False)
        nodes = [node for name, node in self._nodes.items() if name != last]
        self.graph = Graph(nodes=(*nodes, self._nodes[last]), edges=tuple(self._edges))

    def _add_head(self, head: str, *, folded: bool) -> str:
        thing: Thing = self._rulebook.finding.get(head) or self._rulebook.fact[head]
        name = identifier(thing)
        if name in self._nodes:
            return name
        shape = Shape.FINDING if head in self._rulebook.finding else Shape.FACT
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
            name = self._add_head(asked, folded=not self._unfolded)
            self._edges[Edge(tail=name, head=rule, negated=value is False, exception=exception)] = None
            return
        atom, holds = atom_of(self._rulebook.question[asked], value)
        name = f"{atom.node}:{holds}"
        self._nodes.setdefault(name, Node(id=name, shape=Shape.CONDITION, node=asked, value=value))
        self._edges[Edge(tail=name, head=rule, exception=exception)] = None
