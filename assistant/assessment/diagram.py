"""Decision diagrams (Bryant 1986) of a program: what holds for *all* ways of completing some answers, and how often.

A :class:`Space` is the set of all complete answers, one cell a question, written in binary variables. A
:class:`Diagram` is what one program says of every point of a space. A contested clause has one more variable, for the
condition that nobody can answer; it stands for "however the dispute ends".
"""

import mmap
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final, NamedTuple, TypeAlias

from oxidd.bcdd import BCDDFunction, BCDDManager

from assistant.assessment.cells import Cells, cells_of
from assistant.rulebook.model import Answer, Answers
from assistant.rulebook.program import CONTRADICTION, Clause, Program, Truth, Valuation, open_questions_of

Points: TypeAlias = BCDDFunction
"""A set of points of a space."""

MOST_NODES: Final = 1 << 20
"""Nodes of all diagrams of a space together; the real rulebook needs a tenth."""
CACHED_OPERATIONS: Final = 1 << 18
_ROOM: Final = (1 << 30) + (1 << 27)
"""Bytes of addresses that the library claims: a thread of its own has a stack of one GiB, of which it uses little."""


class Space:
    """All complete answers to some questions, earlier questions nearer the root.

    Any operation may raise MemoryError: then the diagrams would have more than ``most_nodes`` nodes. Making one does
    where the system does not give what diagrams need.
    """

    def __init__(self, cells: Iterable[Cells], most_nodes: int = MOST_NODES) -> None:
        self.cells = {each.question: each for each in cells}
        self._most_before_making_room = most_nodes // 2
        _see_that_there_is_room()
        self._manager = BCDDManager(most_nodes, CACHED_OPERATIONS, 1)
        self._bits: dict[str, tuple[int, ...]] = {}
        self._said: dict[str, int] = {}
        for question, each in self.cells.items():
            self._bits[question] = tuple(self._manager.add_vars(max(1, (len(each.simplest) - 1).bit_length())))
            self._said[question] = self._manager.add_vars(1)[0]
        self._disputes: dict[str, int] = {}
        self.nowhere = self._manager.false()
        self.everything = self._manager.true()
        self._cell = {
            question: tuple(self._coded(question, at) for at in range(len(each.simplest)))
            for question, each in self.cells.items()
        }
        self._choice = {question: self._all_of(map(self._manager.var, bits)) for question, bits in self._bits.items()}
        # Binary codes that stand for no cell are no points.
        self.points = self._all_of(self.among(question, range(len(self._cell[question]))) for question in self.cells)

    def among(self, question: str, cells: Iterable[int]) -> Points:
        """The points whose answer to the question lies in one of the cells."""
        return reduce(BCDDFunction.__or__, (self._cell[question][at] for at in cells), self.nowhere)

    def said(self, question: str) -> Points:
        """The points whose answer to the question was said: so a point stands for partial answers as well."""
        return self._manager.var(self._said[question])

    def answering(self, answers: Answers) -> Points:
        """The points that complete the answers; answers to other questions, and to options without a cell, are open."""
        self.make_room()
        located = (
            (question, self.cells[question].cell_of(answers[question]))
            for question in answers
            if question in self.cells
        )
        return self._all_of(self._cell[question][at] for question, at in located if at is not None)

    def whatever(self, question: str, points: Points) -> Points:
        """The points that are in the set, or would be with another answer to the question."""
        return points.exists(self._choice[question])

    def dispute(self, clause: str) -> Points:
        """The points (and outcomes of all disputes) for which the condition of a contested clause is met."""
        if clause not in self._disputes:
            self._disputes[clause] = self._manager.add_vars(1)[0]
        return self._manager.var(self._disputes[clause])

    def however_disputes_end(self, points: Points) -> Points:
        """The points that are in the set for some outcome of the disputes."""
        return points.exists(self._all_of(map(self._manager.var, self._disputes.values())))

    def count(self, points: Points) -> int:
        """How many points a set has, on which neither a dispute bears nor what has been said."""
        variables = self._manager.num_vars()
        return int(points.sat_count(variables)) >> (len(self._disputes) + len(self._said))

    def forget_garbage(self) -> None:
        """Drops what no set needs any more, so that it is not done in the middle of a conversation."""
        self._manager.gc()

    def make_room(self) -> None:
        """Drops what no set needs any more, if it may be much.

        The library does so by itself, in a thread of its own; but no sooner than it has to, and while one operation
        follows the other that thread may not get its turn until there is no room left.
        """
        if self._manager.approx_num_inner_nodes() > self._most_before_making_room:
            self._manager.gc()

    def point(self, points: Points) -> dict[str, int]:
        """The simplest point of a set, as cells; of two, the one with the earlier cells to the earlier questions."""
        chosen: dict[str, int] = {}
        for question, cells in self._cell.items():
            at = next(at for at, cell in enumerate(cells) if (points & cell).satisfiable())
            chosen[question], points = at, points & cells[at]
        return chosen

    def smallest(self, goal: Points, within: Points, quick: bool = False) -> dict[str, Answer] | None:
        """Fewest answers all whose completions within a set reach the goal, then the simplest; none if nothing does.

        Questions are left out greedily, from the last to the first and from the first to the last; small sets of
        answers are then tried all, as far as that takes no more than a moment, unless it has to be quicker still.
        """
        reached = goal & within
        if not reached.satisfiable():
            return None
        point = self.point(reached)
        missed = within & ~goal
        bearing = [q for q in point if self.bears_on(q, reached) or self.bears_on(q, missed)]
        found = min((self._needed(point, order, missed) for order in (bearing[::-1], bearing)), key=len)
        fewer = None if quick else self._fewest(bearing, reached, missed, len(found))
        best = found if fewer is None else fewer
        return {q: self.cells[q].simplest[best[q]] for q in self.cells if q in best}

    def bears_on(self, question: str, points: Points) -> bool:
        """Whether the answer to a question makes a difference to being in the set."""
        return bool(self.whatever(question, points) != points)

    def _needed(self, point: Mapping[str, int], order: Sequence[str], missed: Points) -> dict[str, int]:
        kept = {question: point[question] for question in order}
        for question in order:
            others = (self._cell[q][at] for q, at in kept.items() if q != question)
            if not (self._all_of(others) & missed).satisfiable():
                del kept[question]
        return kept

    def _fewest(self, bearing: Sequence[str], reached: Points, missed: Points, below: int) -> dict[str, int] | None:
        budget = iter(range(_TRIALS))

        def extend(size: int, first: int, reached: Points, missed: Points) -> dict[str, int] | None:
            self.make_room()
            if next(budget, None) is None or not reached.satisfiable():
                return None
            if not missed.satisfiable():
                return {}
            for at in range(first, len(bearing)) if size else ():
                for cell, function in enumerate(self._cell[bearing[at]]):
                    rest = extend(size - 1, at + 1, reached & function, missed & function)
                    if rest is not None:
                        return {bearing[at]: cell, **rest}
            return None

        return next((found for size in range(below) if (found := extend(size, 0, reached, missed)) is not None), None)

    def _coded(self, question: str, cell: int) -> Points:
        bits = self._bits[question]
        return self._all_of(
            self._manager.var(bit) if cell >> (len(bits) - 1 - place) & 1 else self._manager.not_var(bit)
            for place, bit in enumerate(bits)
        )

    def _all_of(self, sets: Iterable[Points]) -> Points:
        return reduce(BCDDFunction.__and__, sets, self.everything)


def _see_that_there_is_room() -> None:
    """Raises MemoryError where a limit keeps the library from its thread: it would end the process without a word."""
    if sys.platform != "win32":
        try:
            mmap.mmap(-1, _ROOM, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ).close()
        except OSError:
            raise MemoryError from None


_TRIALS: Final = 3_000


class Outcomes(NamedTuple):
    """The points for which a head may hold, and may fail, as the disputes end."""

    may_hold: Points
    may_fail: Points


class Diagram:
    """What a program concludes for every point of a space."""

    def __init__(self, program: Program, space: Space) -> None:
        self.program = program
        self.space = space
        self.holds: dict[str, Points] = {}
        for atom in program.atoms.values():
            self.holds[atom.node] = space.among(atom.question, space.cells[atom.question].inside(atom))
        for head in program.heads:
            self.holds[head] = self._any_of(map(self.clause, program.clauses[head]))
        self.impossible = {head: self.holds[head] for head in program.heads if head.startswith(CONTRADICTION)}
        # With the outcomes of disputes; `possible` is without.
        self.valid = space.points & ~self._any_of(self.impossible.values())
        self.possible = space.however_disputes_end(self.valid)
        self._matters: dict[tuple[str, str], Points] = {}
        self._outcomes: dict[str, Outcomes] = {}
        self._questions: dict[str, tuple[str, ...]] = {}

    def clause(self, clause: Clause) -> Points:
        """The points (and outcomes of disputes) for which a clause is met."""
        met = self.space.dispute(clause.id) if clause.contested else self.space.everything
        for literal in clause.body:
            met &= self.holds[literal.node] if literal.holds else ~self.holds[literal.node]
        return met

    def outcomes(self, head: str) -> Outcomes:
        """Where a head may hold and may fail."""
        if head not in self._outcomes:
            ends = self.space.however_disputes_end
            holds = self.holds[head]
            self._outcomes[head] = Outcomes(ends(holds & self.valid), ends(self.valid & ~holds))
        return self._outcomes[head]

    def truth(self, head: str, given: Points) -> Truth:
        """Whether a head holds for all points of a set, for none, or neither."""
        may_hold, may_fail = self.outcomes(head)
        if not (given & may_fail).satisfiable():
            return True
        return None if (given & may_hold).satisfiable() else False

    def surely(self, head: str) -> Points:
        """The points for which a head holds however the disputes end: as complete answers, they establish it."""
        return self.possible & ~self.outcomes(head).may_fail

    def never(self, head: str) -> Points:
        """The points for which a head fails however the disputes end."""
        return self.possible & ~self.outcomes(head).may_hold

    def surely_met(self, clause: Clause) -> Points:
        """The points for which a clause is met however the disputes end."""
        return self.possible & ~self.space.however_disputes_end(self.valid & ~self.clause(clause))

    def can_matter(self, question: str, head: str) -> Points:
        """The points of which some other answer to the question alone would rule out that the head holds, or fails.

        It may do so because the answers would then contradict each other: who was not captured did not surrender.
        """
        if (question, head) not in self._matters:
            whatever, points = self.space.whatever, self.space.points
            self._matters[question, head] = self._any_of(
                whatever(question, may) & points & ~may for may in self.outcomes(head)
            )
        return self._matters[question, head]

    def is_open(self, question: str, given: Points) -> bool:
        """Whether more than one answer to the question is left."""
        possible = given & self.possible
        cells = (self.space.among(question, [at]) for at in range(len(self.space.cells[question].simplest)))
        return sum((possible & cell).satisfiable() for cell in cells) > 1

    def contradicting(self, given: Points) -> tuple[str, ...]:
        """A smallest set of impossible combinations that leave no completion of the answers; empty if there is one."""
        if (given & self.valid).satisfiable():
            return ()
        kept = dict(self.impossible)
        for head in self.impossible:
            others = self._any_of(points for other, points in kept.items() if other != head)
            if not (given & self.space.points & ~others).satisfiable():
                del kept[head]
        return tuple(head.removeprefix(CONTRADICTION) for head in kept)

    def questions_of(self, head: str) -> tuple[str, ...]:
        """The questions that a head depends on, through facts, in the order of the space."""
        if head not in self._questions:
            found = open_questions_of(self.program, head, Valuation(nodes={}, clauses={}))
            self._questions[head] = tuple(question for question in self.space.cells if question in found)
        return self._questions[head]

    def _any_of(self, sets: Iterable[Points]) -> Points:
        return reduce(BCDDFunction.__or__, sets, self.space.nowhere)


def diagram_of(program: Program, order: Sequence[str] = (), most_nodes: int = MOST_NODES) -> Diagram:
    """The diagram of a program in a space of its own; ``order`` puts some questions first.

    Raises:
        MemoryError: if it would have more than ``most_nodes`` nodes.
    """
    cells = cells_of([program])
    return Diagram(program, Space([cells[question] for question in dict.fromkeys((*order, *cells))], most_nodes))
