"""Sets of complete answers as binary decision diagrams (Bryant 1986).

A :class:`Space` is the set of all complete answers, one cell per question, encoded in binary variables; its elements
are called points.
"""

import mmap
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Final, TypeAlias

from oxidd.bcdd import BCDDFunction, BCDDManager

from assistant.assessment.cells import Cells
from assistant.assessment.variable_order import force_order
from assistant.rulebook.question import Answer, Answers

PointSet: TypeAlias = BCDDFunction
"""A set of points of a space."""

MAX_NODES: Final = 1 << 20
"""The limit of nodes of all diagrams of a space together; the real rulebook needs an eighth."""
CACHED_OPERATIONS: Final = 1 << 18
_LITTLE_GARBAGE: Final = 1 << 14
"""Nodes; so few are not worth collecting."""
_RESERVED_BYTES: Final = (1 << 30) + (1 << 27)
"""Bytes of address space that the library reserves: its own thread has a stack of 1 GiB, of which it uses little."""


class Space:
    """All complete answers to some questions.

    ``together``: groups of questions whose answers constrain each other; their variables become neighbours.

    Any operation raises MemoryError if the diagrams would have more than ``most_nodes`` nodes; the constructor also
    raises it if the system does not provide the memory that diagrams need.
    """

    def __init__(
        self, cells: Iterable[Cells], most_nodes: int = MAX_NODES, together: Iterable[Collection[str]] = ()
    ) -> None:
        self.cells = {each.question: each for each in cells}
        self._most_nodes = most_nodes
        self._collect_above = most_nodes // 2
        _check_address_space()
        self._manager = BCDDManager(most_nodes, CACHED_OPERATIONS, 1)
        self._bits: dict[str, tuple[int, ...]] = {}
        self._answered: dict[str, int] = {}
        for question in force_order(list(self.cells), together):
            bits = (len(self.cells[question].representatives) - 1).bit_length()
            self._bits[question] = tuple(self._manager.add_vars(max(1, bits)))
            self._answered[question] = self._manager.add_vars(1)[0]
        self._disputes: dict[str, int] = {}
        self.empty = self._manager.false()
        self.universe = self._manager.true()
        literal = (self._manager.not_var, self._manager.var)
        self._cell: dict[str, tuple[PointSet, ...]] = {}
        for question, each in self.cells.items():
            codes = (self.code(question, at) for at in range(len(each.representatives)))
            self._cell[question] = tuple(self._all_of(literal[is_set](bit) for bit, is_set in code) for code in codes)
        self._choice = {question: self._all_of(map(self._manager.var, bits)) for question, bits in self._bits.items()}
        # Binary codes that encode no cell are not points.
        self.points = self._all_of(self.among(question, range(len(self._cell[question]))) for question in self.cells)

    def among(self, question: str, cells: Iterable[int]) -> PointSet:
        """Return the points whose answer to the question lies in one of the cells, given by their indexes."""
        return reduce(BCDDFunction.__or__, (self._cell[question][at] for at in cells), self.empty)

    def said(self, question: str) -> PointSet:
        """Return the points in which the question was answered; so points can represent partial answers too."""
        return self._manager.var(self._answered[question])

    def sure(self, question: str) -> PointSet:
        """Return the points in which the answer to a question is sure, if it was answered."""
        key = f"sure: {question}"
        if key not in self._answered:
            self._answered[key] = self._manager.add_vars(1)[0]
        return self._manager.var(self._answered[key])

    def whatever_was_said(self, points: PointSet) -> PointSet:
        """Return the points that are in the set for some questions answered, and some of them surely."""
        return points.exists(self._all_of(map(self._manager.var, self._answered.values())))

    def answering(self, answers: Answers) -> PointSet:
        """Return the points that complete the answers; ignore answers to unknown questions or without a cell."""
        self.make_room()
        known = (question for question in answers if question in self.cells)
        return self._all_of(self.at(question, answers[question]) for question in known)

    def at(self, question: str, answer: Answer) -> PointSet:
        """Return the points that complete one answer; all points if it has no cell."""
        touched = self.cells[question].touched(answer)
        return self.among(question, touched) if touched else self.universe

    def exists_over(self, question: str, points: PointSet) -> PointSet:
        """Return the points that are in the set for some answer to the question (existential quantification)."""
        return points.exists(self._choice[question])

    def dispute(self, rule: str) -> PointSet:
        """Return the points, with outcomes of disputes, for which the condition of a contested rule is met."""
        if rule not in self._disputes:
            self._disputes[rule] = self._manager.add_vars(1)[0]
        return self._manager.var(self._disputes[rule])

    def however_disputes_end(self, points: PointSet) -> PointSet:
        """Return the points that are in the set for some outcome of the disputes."""
        return points.exists(self._all_of(map(self._manager.var, self._disputes.values())))

    def count(self, points: PointSet) -> int:
        """Return the number of points in a set that depends neither on disputes nor on :meth:`said` or `sure`."""
        variables = self._manager.num_vars()
        return int(points.sat_count(variables)) >> (len(self._disputes) + len(self._answered))

    def forget_garbage(self) -> None:
        """Collect garbage now, so that this does not happen during a conversation."""
        self._manager.gc()
        in_use = self._manager.approx_num_inner_nodes()
        # As much garbage again, but never all the room: else a large rulebook would collect at every call.
        self._collect_above = min(max(2 * in_use, _LITTLE_GARBAGE), (in_use + self._most_nodes) // 2)

    def make_room(self) -> None:
        """Collect garbage if there may be much.

        The library does this itself in a thread of its own, but as late as possible; while operations follow each
        other closely, that thread may not run before the space is full.
        """
        if self._manager.approx_num_inner_nodes() > self._collect_above:
            self.forget_garbage()

    def point(self, points: PointSet) -> dict[str, int]:
        """Return the lexicographically first point of a non-empty set, as the index of a cell for each question."""
        chosen: dict[str, int] = {}
        for question, cells in self._cell.items():
            at = next(at for at, cell in enumerate(cells) if (points & cell).satisfiable())
            chosen[question], points = at, points & cells[at]
        return chosen

    def smallest(self, goal: PointSet, within: PointSet, quick: bool = False) -> dict[str, Answer] | None:
        """Return few answers whose completions in ``within`` are all in ``goal``; None if no point is in both.

        Questions are first removed greedily from one point, from the last to the first and from the first to the last.
        Then, unless ``quick``, all smaller sets of answers are tried, up to a limited number of trials.
        """
        reached = goal & within
        if not reached.satisfiable():
            return None
        point = self.point(reached)
        missed = within & ~goal
        relevant = [q for q in point if self.bears_on(q, reached) or self.bears_on(q, missed)]
        greedy = min((self._reduce(point, order, missed) for order in (relevant[::-1], relevant)), key=len)
        fewer = None if quick else self._search_smaller(relevant, reached, missed, len(greedy))
        best = greedy if fewer is None else fewer
        return {q: self.cells[q].representatives[best[q]] for q in self.cells if q in best}

    def bears_on(self, question: str, points: PointSet) -> bool:
        """Return whether membership in the set depends on the answer to a question."""
        return bool(self.exists_over(question, points) != points)

    def _reduce(self, point: Mapping[str, int], order: Sequence[str], missed: PointSet) -> dict[str, int]:
        """Return a minimal part of a point that excludes all missed points; questions are removed in ``order``."""
        needed = {question: point[question] for question in order}
        for question in order:
            others = (self._cell[q][at] for q, at in needed.items() if q != question)
            if not (self._all_of(others) & missed).satisfiable():
                del needed[question]
        return needed

    def _search_smaller(
        self, relevant: Sequence[str], reached: PointSet, missed: PointSet, below: int
    ) -> dict[str, int] | None:
        """Return the first smallest set of fewer than ``below`` cells that excludes all missed points, or None."""
        budget = iter(range(_MAX_TRIALS))

        def extend(size: int, first: int, reached: PointSet, missed: PointSet) -> dict[str, int] | None:
            self.make_room()
            if next(budget, None) is None or not reached.satisfiable():
                return None
            if not missed.satisfiable():
                return {}
            for at in range(first, len(relevant)) if size else ():
                for cell, function in enumerate(self._cell[relevant[at]]):
                    rest = extend(size - 1, at + 1, reached & function, missed & function)
                    if rest is not None:
                        return {relevant[at]: cell, **rest}
            return None

        return next((cells for size in range(below) if (cells := extend(size, 0, reached, missed)) is not None), None)

    def code(self, question: str, cell: int) -> Iterator[tuple[int, bool]]:
        """Yield the variables of a question, and whether each is true in the binary code of a cell."""
        bits = self._bits[question]
        for place, bit in enumerate(bits):
            yield bit, bool(cell >> (len(bits) - 1 - place) & 1)

    def _all_of(self, sets: Iterable[PointSet]) -> PointSet:
        return reduce(BCDDFunction.__and__, sets, self.universe)


def _check_address_space() -> None:
    """Raise MemoryError if a limit prevents the library's thread from starting, which would end the process."""
    if sys.platform != "win32":
        try:
            mmap.mmap(-1, _RESERVED_BYTES, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ).close()
        except OSError:
            raise MemoryError from None


_MAX_TRIALS: Final = 3_000
"""How many partial sets of answers :meth:`Space.smallest` tries."""
