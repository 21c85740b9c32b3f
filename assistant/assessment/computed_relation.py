"""Which cells of answers go together where one answer is computed from others: a constraint on the points of a diagram.

A point names a cell of each question, not a day. So the constraint is wider than the formula: it leaves out a point
only if no days in its cells fit. Statuses and proofs stay right; some that days would decide stay open.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import reduce
from itertools import product
from math import prod
from typing import Final

from assistant.assessment.cells import Cells
from assistant.assessment.space import PointSet, Space
from assistant.rulebook.computing import Interval, NothingFitsError, value
from assistant.rulebook.program import CompiledFormula, ComputedQuestion, Program

MAX_COMBINATIONS: Final = 20_000
"""Of the cells of a formula's inputs; with more, the formula is no constraint."""


def fitting(space: Space, program: Program, computed: ComputedQuestion) -> PointSet:
    """Return the points in which the answer to a computed question may fit the answers that it is computed from."""
    return reduce(
        lambda one, other: one & other,
        (_allowed(space, program, computed.question, formula) for formula in computed.formulas),
        space.universe,
    )


def _allowed(space: Space, program: Program, question: str, compiled: CompiledFormula) -> PointSet:
    names = compiled.formula.inputs
    ends = {name: cell_ends(space.cells[name], program) for name in names}
    if prod(map(len, ends.values())) > MAX_COMBINATIONS:
        return space.universe
    applies = space.universe
    for atom, holds in compiled.conditions:
        inside = space.among(atom.question, space.cells[atom.question].inside(atom))
        applies &= inside if holds else ~inside
    fits = space.empty
    for combination in product(*(range(len(ends[name])) for name in names)):
        chosen = dict(zip(names, combination, strict=True))
        here = reduce(
            lambda one, other: one & other, (space.among(name, [at]) for name, at in chosen.items()), space.universe
        )
        try:
            interval = value(compiled.formula, {name: ends[name][at] for name, at in chosen.items()})
        except NothingFitsError:
            # A question that has no answer, such as the end of what goes on, has some cell in a complete point.
            fits |= here
            continue
        fits |= here & space.among(question, _cells_in(space.cells[question], interval))
    return ~applies | fits


def cell_ends(cells: Cells, program: Program) -> tuple[Interval, ...]:
    """Return the first and the last value of each cell, as ordinals; None is an open end."""
    lowest, highest = program.bounds.get(cells.question, (None, None))
    starts = [lowest, *cells.lower_bounds]
    lasts = [*(bound - 1 for bound in cells.lower_bounds), highest]
    return tuple(zip(starts, lasts, strict=True))


def _cells_in(cells: Cells, interval: Interval) -> Sequence[int]:
    low, high = interval
    if isinstance(cells.representatives[0], bool):  # no is the first cell, and yes the second
        return range(low or 0, (1 if high is None else high) + 1)
    first = 0 if low is None else bisect_right(cells.lower_bounds, low)
    last = len(cells.lower_bounds) if high is None else bisect_right(cells.lower_bounds, high)
    return range(first, last + 1)
