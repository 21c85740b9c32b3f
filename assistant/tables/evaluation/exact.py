"""Decide the statuses that Kleene's logic leaves open, by a decision diagram of the rulebook.

A finding depends on some questions, and on others that impossible combinations and formulas connect to them; no other
answer changes it. So far fewer combinations have to be decided than there are different rows.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from typing import Final, TypeAlias

import polars

from assistant.assessment.cells import Cells
from assistant.assessment.diagram import diagram_of
from assistant.assessment.space import PointSet
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import CONTRADICTION, Program, Truth, question_of
from assistant.rulebook.question import end_columns
from assistant.tables.evaluation.combinations import Combinations
from assistant.tables.sql.computed import parsed
from assistant.tables.sql.stages import CONTRADICTORY, Stages

Questions: TypeAlias = frozenset[str]

_CANNOT_BE: Final = "_cannot_be"


class Completions:
    """Statuses over all completions of the answers. Its diagram decides one batch of rows at a time."""

    def __init__(self, rulebook: Rulebook, program: Program, stages: Stages, *, ranges: bool = False) -> None:
        """Compile the diagram.

        Raises:
            MemoryError: if the rulebook is too large for decision diagrams; ``decided`` may raise it too.
        """
        self._diagram = diagram_of(program, [question.id for question in rulebook.questions_by_severity])
        self._space = self._diagram.space
        self._impossible = stages.impossible
        self._lock = threading.Lock()  # Polars calls this from several threads
        self._columns = {question: self._columns_of(question, stages, ranges=ranges) for question in self._space.cells}
        connected = list(_connected_questions(program))
        tied = _tied_questions(program, connected)
        ties = {tied[question] for together in connected for question in together}
        self._can_be = [Combinations(self._cells(each), self._can_be_among(each), polars.Boolean) for each in ties]
        all_tied = frozenset[str]().union(*ties)
        self._impossible_ids = Combinations(self._cells(all_tied), self._contradictions, polars.String)
        self._truths = {
            finding: self._truth_of(
                finding, frozenset[str]().union(*(tied[asked] for asked in self._diagram.questions_of(finding)))
            )
            for finding in rulebook.finding
        }

    def decide(self, rows: polars.DataFrame) -> polars.DataFrame:
        """Decide the open truths of rows, and whether their answers can be completed without contradiction."""
        with self._lock:
            rows = self._with_contradictions(rows)
            for finding, truths in self._truths.items():
                is_open = polars.col(finding).is_null() & ~polars.col(CONTRADICTORY)
                rows = rows.with_columns(polars.coalesce(finding, truths.verdicts(rows, is_open)).alias(finding))
            return rows

    def _with_contradictions(self, rows: polars.DataFrame) -> polars.DataFrame:
        """Mark the rows without a possible completion, and the impossible combinations that cause it."""
        known = polars.col(CONTRADICTORY).fill_null(value=False)
        cannot_be = [~each.verdicts(rows, ~known).fill_null(value=True) for each in self._can_be]
        rows = rows.with_columns(known, polars.any_horizontal(polars.lit(value=False), *cannot_be).alias(_CANNOT_BE))
        ids = self._impossible_ids.verdicts(rows, polars.col(_CANNOT_BE)).str.split(" ")
        return rows.with_columns(
            polars.col(CONTRADICTORY) | polars.col(_CANNOT_BE),
            *(
                polars.when(_CANNOT_BE).then(ids.list.contains(combination)).otherwise(polars.col(column)).alias(column)
                for combination, column in self._impossible.items()
            ),
        ).drop(_CANNOT_BE)

    def _columns_of(self, question: str, stages: Stages, *, ranges: bool) -> tuple[Cells, ...]:
        """Return the cells of each column of a question's answer; two columns have the ends of a range."""
        cells = self._space.cells[question]
        if question in stages.computed:
            bounds = cells.lower_bounds or tuple(range(1, len(cells.representatives)))  # no is 0, and yes is 1
            return tuple(
                Cells(parsed(end).name, tuple(range(len(bounds) + 1)), bounds) for end in stages.computed[question]
            )
        if ranges and self._diagram.program.questions[question].is_ordered:
            return tuple(cells._replace(question=name) for name in end_columns(question))
        return (cells,)

    def _cells(self, questions: Questions) -> list[Cells]:
        """Return the cells of the columns of answers to some questions."""
        return [cells for question, columns in self._columns.items() if question in questions for cells in columns]

    def _can_be_among(self, questions: Questions) -> Callable[[Mapping[str, int]], bool]:
        possible = self._project(self._diagram.possible, questions)
        return lambda cells: (self._given(cells) & possible).satisfiable()

    def _contradictions(self, cells: Mapping[str, int]) -> str:
        return " ".join(self._diagram.contradicting(self._given(cells)))

    def _truth_of(self, finding: str, questions: Questions) -> Combinations[Truth]:
        may_hold, may_fail = (self._project(points, questions) for points in self._diagram.outcomes(finding))

        def truth(cells: Mapping[str, int]) -> Truth:
            given = self._given(cells)
            if not (given & may_fail).satisfiable():
                return True
            return None if (given & may_hold).satisfiable() else False

        return Combinations(self._cells(questions), truth, polars.Boolean)

    def _given(self, cells: Mapping[str, int]) -> PointSet:
        points = (self._space.among(question, among) for question, among in self._touched(cells))
        return reduce(lambda left, right: left & right, points, self._space.universe)

    def _touched(self, cells: Mapping[str, int]) -> Iterator[tuple[str, Iterable[int]]]:
        """Yield each question with the cells that its answer touches, given the cell of each column of answers."""
        for question, columns in self._columns.items():
            first, last = columns[0], columns[-1]
            if first.question in cells or last.question in cells:
                most = cells.get(last.question, len(last.representatives) - 1)
                yield question, range(cells.get(first.question, 0), most + 1)

    def _project(self, points: PointSet, questions: Questions) -> PointSet:
        """Project a set of points onto the questions: points that reach the set by changing only other answers."""
        others = (question for question in self._space.cells if question not in questions)
        return reduce(lambda left, question: self._space.exists_over(question, left), others, points)


def _connected_questions(program: Program) -> Iterator[Questions]:
    """Yield the questions of each impossible combination, and of the formulas of each computed question."""
    for head in program.heads:
        if head.startswith(CONTRADICTION):
            (clause,) = program.clauses[head]
            yield frozenset(
                question for literal in clause.body if (question := question_of(program, literal.node)) is not None
            )
    for computed in program.computed:
        asked = {atom.question for each in computed.formulas for atom, _holds in each.conditions}
        yield frozenset(
            {computed.question, *asked, *(name for each in computed.formulas for name in each.formula.inputs)}
        )


def _tied_questions(program: Program, connected: Iterable[Questions]) -> dict[str, Questions]:
    """Return for each question itself and all others that are connected to it, directly or indirectly."""
    tied = {question: frozenset([question]) for question in program.questions}
    for questions in connected:
        together = frozenset[str]().union(*(tied[question] for question in questions))
        tied |= dict.fromkeys(together, together)
    return tied
