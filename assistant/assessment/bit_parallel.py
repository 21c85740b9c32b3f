"""One pass over a diagram for many cases, which finds the sets of points that the box of each case meets.

The *box* of a case is the points that its answers allow: for each question, a set of cells. As in bit-parallel
simulation (Seshu 1965), the pass gives each node of the diagram one integer with a bit for each case, which says
whether the case's box contains a point of the node's set. From the leaves to the roots, this integer is the union, over
the node's branches, of the cases that allow a cell of the branch and whose box meets the set that the branch leads to.

The nodes are those of a reduced multi-valued diagram (Srinivasan et al. 1990): the binary variables of a question are
read together. So a box may allow any set of cells of a question, although few sets are cubes of their binary codes.
"""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, TypeAlias

from assistant.assessment.space import PointSet, Space

Box: TypeAlias = Mapping[str, Collection[int]]
"""The indexes of the allowed cells by question; a question that is absent allows all of its cells."""

CaseBits: TypeAlias = int
"""A set of cases: bit ``n`` is set if it contains the case with the index ``n``."""

_INDEX: Final = "I"
"""The type of the indexes in an array."""

_EMPTY, _UNIVERSE = range(2)
"""The indexes of the two leaves."""
MAX_NODES: Final = 1 << 20


class MetByBoxes:
    """Some sets of points, prepared for the pass. They must not depend on disputes or on :meth:`Space.said`."""

    def __init__(self, space: Space, sets: Iterable[PointSet]) -> None:
        """Read the diagrams of the sets.

        Raises:
            MemoryError: if they have more than ``MAX_NODES`` nodes.
        """
        self._cells = {question: len(each.representatives) for question, each in space.cells.items()}
        self._bits = {question: tuple(bit for bit, _is_set in space.code(question, 0)) for question in space.cells}
        self._question = {bit: question for question, bits in self._bits.items() for bit in bits}
        self._branch: dict[tuple[str, tuple[int, ...]], int] = {}
        # The nodes one after another, each after those that it leads to: the number of its branches; for each branch,
        # its index and that of the node that it leads to. As objects they would take ten times as much memory.
        self._sizes = array(_INDEX)
        self._branches = array(_INDEX)
        self._belows = array(_INDEX)
        indexes = {space.empty: _EMPTY, space.universe: _UNIVERSE}
        self._roots = [self._read(points, indexes) for points in sets]

    def met_by(self, boxes: Sequence[Box]) -> list[CaseBits]:
        """Return, for each of the sets, the cases whose box meets it."""
        allowing = self._allowing(boxes)
        meeting = [0, (1 << len(boxes)) - 1]
        branches = zip(self._branches, self._belows, strict=True)
        for size in self._sizes:
            cases = 0
            for branch, below in islice(branches, size):
                cases |= allowing[branch] & meeting[below]
            meeting.append(cases)
        return [meeting[root] for root in self._roots]

    def _allowing(self, boxes: Sequence[Box]) -> list[CaseBits]:
        """Return, for each branch, the cases that allow one of its cells."""
        limited: dict[str, CaseBits] = dict.fromkeys(self._cells, 0)
        allowed: dict[tuple[str, int], CaseBits] = {}
        for case, box in enumerate(boxes):
            for question, cells in box.items():
                limited[question] |= 1 << case
                for cell in cells:
                    allowed[question, cell] = allowed.get((question, cell), 0) | 1 << case
        every = (1 << len(boxes)) - 1
        allowing = []
        for question, cells in self._branch:
            cases = every & ~limited[question]
            for cell in cells:
                cases |= allowed.get((question, cell), 0)
            allowing.append(cases)
        return allowing

    def _read(self, points: PointSet, indexes: dict[PointSet, int]) -> int:
        """Return the index of a set's node; add the sets of its diagram to ``indexes``, and their nodes."""
        read: dict[PointSet, tuple[str, list[PointSet]]] = {}
        stack = [points]
        while stack:
            top = stack.pop()
            if top in indexes:
                continue
            if top in read:
                question, subsets = read.pop(top)
                indexes[top] = self._node(question, [indexes[subset] for subset in subsets])
            else:
                read[top] = question, subsets = self._subsets(top)
                stack += [top, *subsets]
        return indexes[points]

    def _subsets(self, points: PointSet) -> tuple[str, list[PointSet]]:
        """Return the first question that a set depends on, and what remains of the set for each of its cells."""
        question = self._question[points.node_var()]  # type: ignore[index]  # it is not a leaf
        subsets = [points]
        for bit in self._bits[question]:
            halves: list[PointSet] = []
            for subset in subsets:
                high, low = subset.cofactors() if subset.node_var() == bit else (subset, subset)  # type: ignore[misc]
                halves += low, high
            subsets = halves
        return question, subsets[: self._cells[question]]

    def _node(self, question: str, subsets: Sequence[int]) -> int:
        """Return the index of the node that leads to these nodes, one for each cell of the question."""
        cells: dict[int, list[int]] = {}
        for cell, below in enumerate(subsets):
            cells.setdefault(below, []).append(cell)
        if len(cells) == 1:
            return subsets[0]
        cells.pop(_EMPTY, None)
        if len(self._sizes) == MAX_NODES:
            raise MemoryError
        branch = self._branch
        self._branches.extend(branch.setdefault((question, tuple(at)), len(branch)) for at in cells.values())
        self._belows.extend(cells)
        self._sizes.append(len(cells))
        return len(self._sizes) + 1
