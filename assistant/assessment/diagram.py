"""The decision diagram of a program: what holds for *all* completions of some answers.

A :class:`Diagram` contains what one program concludes for every point of a space. A contested clause has one more
variable, for the condition that nobody can answer: the outcome of the dispute.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from assistant.assessment.cells import cells_of
from assistant.assessment.computed_relation import fitting
from assistant.assessment.space import MAX_NODES, PointSet, Space
from assistant.assessment.variable_order import constrained_together
from assistant.rulebook.computing import COMPUTED
from assistant.rulebook.program import CONTRADICTION, Clause, Program, Truth, Valuation, open_questions, rule_of
from assistant.rulebook.question import Answer


class Outcomes(NamedTuple):
    """The points for which a head holds, and fails, for some outcome of the disputes."""

    may_hold: PointSet
    may_fail: PointSet


class Diagram:
    """The conclusions of a program for every point of a space."""

    def __init__(self, program: Program, space: Space) -> None:
        self.program = program
        self.space = space
        self.holds: dict[str, PointSet] = {}
        for atom in program.atoms.values():
            self.holds[atom.node] = space.among(atom.question, space.cells[atom.question].inside(atom))
        for head in program.heads:
            self.holds[head] = self._any_of(map(self.clause, program.clauses[head]))
        self.impossible = {head: self.holds[head] for head in program.heads if head.startswith(CONTRADICTION)}
        for each in program.computed:
            unfit = space.points & ~fitting(space, program, each)
            self.impossible[CONTRADICTION + COMPUTED + each.question] = unfit
        # `valid` depends on the outcomes of disputes; `possible` does not.
        self.valid = space.points & ~self._any_of(self.impossible.values())
        self.possible = space.however_disputes_end(self.valid)
        self._matters: dict[tuple[str, str], PointSet] = {}
        self._outcomes: dict[str, Outcomes] = {}
        self._questions = {
            head: tuple(question for question in space.cells if question in questions)
            for head, questions in open_questions(program, Valuation(nodes={}, clauses={})).items()
        }

    def clause(self, clause: Clause) -> PointSet:
        """Return the points, with outcomes of disputes, for which a clause is met."""
        met = self.space.dispute(rule_of(clause.id)) if clause.contested else self.space.universe
        for literal in clause.body:
            met &= self.holds[literal.node] if literal.holds else ~self.holds[literal.node]
        return met

    def outcomes(self, head: str) -> Outcomes:
        """Return the points for which a head can hold, and for which it can fail."""
        if head not in self._outcomes:
            ends = self.space.however_disputes_end
            holds = self.holds[head]
            self._outcomes[head] = Outcomes(ends(holds & self.valid), ends(self.valid & ~holds))
        return self._outcomes[head]

    def truth(self, head: str, given: PointSet) -> Truth:
        """Return True if a head holds for all points of a set, False if it fails for all, else None."""
        may_hold, may_fail = self.outcomes(head)
        if not (given & may_fail).satisfiable():
            return True
        return None if (given & may_hold).satisfiable() else False

    def surely(self, head: str) -> PointSet:
        """Return the points for which a head holds for all outcomes of the disputes, and is therefore established."""
        return self.possible & ~self.outcomes(head).may_fail

    def never(self, head: str) -> PointSet:
        """Return the points for which a head fails for all outcomes of the disputes."""
        return self.possible & ~self.outcomes(head).may_hold

    def surely_met(self, clause: Clause) -> PointSet:
        """Return the points for which a clause is met for all outcomes of the disputes."""
        return self.possible & ~self.space.however_disputes_end(self.valid & ~self.clause(clause))

    def matters(self, question: str, head: str, given: PointSet, answer: Answer | None = None) -> bool:
        """Return whether, at some of the given points, changing only the answer to this question can settle the head.

        If the present answer is a range, only exact answers within it count.
        """
        if answer is None:
            return bool((self.can_matter(question, head) & given).satisfiable())
        within = self.space.at(question, answer) & self.space.points
        return any(
            (given & ~may & self.space.exists_over(question, may & within)).satisfiable() for may in self.outcomes(head)
        )

    def can_matter(self, question: str, head: str) -> PointSet:
        """Return the points where changing only the answer to this question can settle the head.

        A change that makes the answers contradict each other also counts: who was not captured did not surrender.
        """
        if (question, head) not in self._matters:
            exists_over, points = self.space.exists_over, self.space.points
            self._matters[question, head] = self._any_of(
                exists_over(question, may) & points & ~may for may in self.outcomes(head)
            )
        return self._matters[question, head]

    def is_open(self, question: str, given: PointSet) -> bool:
        """Return whether more than one cell of the question is possible in a set of points."""
        possible = given & self.possible
        cells = (self.space.among(question, [at]) for at in range(len(self.space.cells[question].representatives)))
        return sum((possible & cell).satisfiable() for cell in cells) > 1

    def contradicting(self, given: PointSet) -> tuple[str, ...]:
        """Return a minimal set of impossible combinations that exclude all given points; empty if a point is valid."""
        if (given & self.valid).satisfiable():
            return ()
        needed = dict(self.impossible)
        for head in self.impossible:
            others = self._any_of(points for other, points in needed.items() if other != head)
            if not (given & self.space.points & ~others).satisfiable():
                del needed[head]
        return tuple(head.removeprefix(CONTRADICTION) for head in needed)

    def questions_of(self, head: str) -> tuple[str, ...]:
        """Return the questions on which a head depends, directly or through facts, in the order of its cells."""
        return self._questions[head]

    def _any_of(self, sets: Iterable[PointSet]) -> PointSet:
        return reduce(or_, sets, self.space.empty)


def diagram_of(program: Program, order: Sequence[str] = (), most_nodes: int = MAX_NODES) -> Diagram:
    """Return the diagram of a program in a new space; examples of answers prefer the first questions in ``order``.

    Raises:
        MemoryError: if it would have more than ``most_nodes`` nodes.
    """
    cells = cells_of([program])
    ordered = [cells[question] for question in dict.fromkeys((*order, *cells))]
    return Diagram(program, Space(ordered, most_nodes, constrained_together([program])))
