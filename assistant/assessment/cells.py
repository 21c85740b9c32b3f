"""Cells: for each question its options, or the ranges of answers between the bounds that rules set.

Two answers in one *cell* have the same consequences in every program for which the cells were made, so one of them
represents all; a complete set of answers is one cell per question. So there are finitely many to examine.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.rulebook.program import Atom, Program, ordinal
from assistant.rulebook.question import Answer, QuestionType
from assistant.rulebook.ranges import OptionSet, Point, interval


class Cells(NamedTuple):
    """The cells of a question: an answer in each, and the lower bounds of all but the first."""

    question: str
    representatives: tuple[Point, ...]
    lower_bounds: tuple[int, ...] = ()

    def touched(self, answer: Answer) -> Sequence[int]:
        """Return the indexes of the cells that contain points of an answer; an option in no cell adds none."""
        if isinstance(answer, str | bool | OptionSet):
            points = answer.options if isinstance(answer, OptionSet) else (answer,)
            return [self.representatives.index(point) for point in points if point in self.representatives]
        low, high = interval(answer)
        first = 0 if low is None else bisect_right(self.lower_bounds, low)
        return range(first, len(self.lower_bounds) + 1 if high is None else bisect_right(self.lower_bounds, high) + 1)

    def inside(self, atom: Atom) -> tuple[int, ...]:
        """Return the indexes of the cells whose answers pass the atom's test."""
        if atom.values:
            return tuple(at for at, answer in enumerate(self.representatives) if answer in atom.values)
        return tuple(
            at
            for at, answer in enumerate(self.representatives)
            if (atom.low is None or ordinal(answer) >= atom.low) and (atom.high is None or ordinal(answer) <= atom.high)
        )


def cells_of(programs: Sequence[Program], more_bounds: Mapping[str, Iterable[int]] | None = None) -> dict[str, Cells]:
    """Return the cells by question, fine enough for every program.

    The programs must agree on the type of each question that they share. ``more_bounds`` are further ordinals, by
    question, at which a range has to begin.
    """
    kinds = {question: kind for program in programs for question, kind in program.questions.items()}
    return {
        question: _ranges(question, kind, programs, (more_bounds or {}).get(question, ()))
        if kind.is_ordered
        else Cells(question, _options(question, kind, programs))
        for question, kind in kinds.items()
    }


def lower_bounds(atom: Atom) -> Iterable[int]:
    """Yield the ordinals at which an atom's truth changes: its lowest, and the first above its highest."""
    if atom.low is not None:
        yield atom.low
    if atom.high is not None:
        yield atom.high + 1


def _options(question: str, kind: QuestionType, programs: Sequence[Program]) -> tuple[Point, ...]:
    if kind is QuestionType.YES_NO:
        return (False, True)
    return tuple(dict.fromkeys(o for program in programs for o in program.options.get(question, ())))


def _atoms(program: Program) -> Iterator[Atom]:
    """Yield the tests of the rules, and those of the conditions under which answers are computed."""
    yield from program.atoms.values()
    for computed in program.computed:
        for formula in computed.formulas:
            yield from (atom for atom, _holds in formula.conditions)


def _ranges(question: str, kind: QuestionType, programs: Sequence[Program], more: Iterable[int]) -> Cells:
    bounds = [program.bounds[question] for program in programs if question in program.bounds]
    lows, highs = [low for low, _ in bounds], [high for _, high in bounds]
    # If one program does not bound the answers, they are unbounded, so that every answer lies in a cell.
    lowest = min((low for low in lows if low is not None), default=None) if None not in lows else None
    highest = max((high for high in highs if high is not None), default=None) if None not in highs else None
    atoms = (atom for program in programs for atom in _atoms(program) if atom.question == question)
    cuts = {*more, *(start for atom in atoms for start in lower_bounds(atom))}
    if kind is QuestionType.DATE:  # there is no day before the calendar's first or after its last
        cuts = {cut for cut in cuts if datetime.date.min.toordinal() < cut <= datetime.date.max.toordinal()}
    inner = sorted(cut for cut in cuts if (lowest is None or cut > lowest) and (highest is None or cut <= highest))
    edges = [lowest, *inner]
    ends = [*(cut - 1 for cut in inner), highest]
    representatives = tuple(_representative(kind, start, end) for start, end in zip(edges, ends, strict=True))
    return Cells(question, representatives, tuple(inner))


def _representative(kind: QuestionType, start: int | None, end: int | None) -> Point:
    """Return the lower bound of a range, else its upper bound, else zero; bounds are easiest for a reader to check."""
    value = start if start is not None else end if end is not None else 0
    if kind is not QuestionType.DATE:
        return value
    return datetime.date.fromordinal(value if start is not None or end is not None else _DEFAULT_DAY)


_DEFAULT_DAY = datetime.date(2000, 1, 1).toordinal()
