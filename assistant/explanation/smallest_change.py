"""The smallest changes of the answers that give a finding another status.

A change is smaller if it revises fewer answers; if equally many, if it narrows fewer, which are ranges; if equally
many, if it adds fewer. Among equally small changes,
questions of the finding's own rules come before others, graver before lighter ones, and near answers before far ones.
Only questions of the finding's own rules get new answers; other answers are revised only where they would contradict
a change. No change makes the answers contradict each other. The search is exhaustive up to the given sizes unless its
result says that it stopped early.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import nearest_answer, supposed_statuses
from assistant.documents.value import Value
from assistant.rulebook.program import CONTRADICTION
from assistant.rulebook.question import Answer, Answers, QuestionType

if TYPE_CHECKING:
    from assistant.assessment.diagram import Diagram
    from assistant.assessment.space import PointSet

MAX_REVISED: Final = 3
MAX_NARROWED: Final = 3
MAX_NEW: Final = 3
MAX_TRIALS: Final = 3_000
"""About 50 ms."""


class Change(Value):
    """Answers that would give a finding a status; ``revised`` and ``narrowed`` name those that are not new.

    A revised answer contradicts the present one; a narrowed one is within the range that the present answer is.

    ``planned``: the finding would follow from an act that is only planned.
    """

    finding: str
    status: Status
    answers: dict[str, Answer]
    revised: tuple[str, ...]
    narrowed: tuple[str, ...] = ()
    planned: bool = False


class Changes(Value):
    """For each other status that can be reached, one of the smallest changes that reaches it, smallest first.

    If ``complete``, there is no smaller change, and no change of up to ``MAX_REVISED`` revised, ``MAX_NARROWED``
    narrowed and ``MAX_NEW`` new answers leads to a status that is missing here.
    """

    found: tuple[Change, ...]
    complete: bool


Supposed: TypeAlias = tuple[tuple[str, int], ...]
"""Pairs of a question and the cell of its supposed answer."""
Stages: TypeAlias = Sequence[tuple[Sequence[str], int]]
"""Pairs of some questions, and of how many of them the answers are supposed."""


def smallest_changes(assessor: Assessor, answers: Answers, finding: str, most_trials: int = MAX_TRIALS) -> Changes:
    """Return the smallest changes of the answers that would give a finding another status.

    The result contains no change if the answers contradict each other. It contains none and is not complete if the
    rulebook is too large for decision diagrams. The search tries at most ``most_trials`` supposed answers.
    """
    diagram = assessor.diagram
    if diagram is None:
        return Changes(found=(), complete=False)
    try:
        present = supposed_statuses(assessor, answers)
        if present is None:
            return Changes(found=(), complete=True)
        search = _Search(assessor, diagram, answers, finding, present[finding])
        complete = search.run(most_trials)
    except MemoryError:
        return Changes(found=(), complete=False)
    changes = [_change(assessor, answers, finding, status, cube) for status, cube in search.found.items() if cube]
    # The search knows of computed answers only by cells, so it may find what is no change by days.
    true = [each for each in changes if _is_true(assessor, answers, each)]
    return Changes(found=tuple(sorted(true, key=_size)), complete=complete and len(true) == len(search.found))


def _change(assessor: Assessor, answers: Answers, finding: str, status: Status, supposed: Supposed) -> Change:
    new: dict[str, Answer] = {}
    act = assessor.rulebook.metadata.date_question
    for question, at in sorted(supposed, key=lambda one: one[0] != act):  # the day of the act first
        dated = assessor.program.questions[question] is QuestionType.DATE
        # A new day is the one nearest to the act: otherwise an absence could end years before it began.
        day = {**answers, **new}.get(act) if dated and act is not None else None
        new[question] = nearest_answer(assessor.cells[question], at, answers.get(question, day))
    new = {question: new[question] for question, _ in supposed}
    then = assessor.assess({**answers, **new})
    narrowed = tuple(q for q, at in supposed if q in answers and at in assessor.cells[q].touched(answers[q]))
    return Change(
        finding=finding,
        status=status,
        answers=new,
        revised=tuple(question for question in new if question in answers and question not in narrowed),
        narrowed=narrowed,
        planned=any(found.planned for found in then.findings if found.finding == finding),
    )


def _is_true(assessor: Assessor, answers: Answers, change: Change) -> bool:
    if not assessor.rulebook.computed_questions:
        return True
    statuses = supposed_statuses(assessor, {**answers, **change.answers}, [change.finding])
    return statuses is not None and statuses[change.finding] is change.status


def _distance(touched: Sequence[int], cell: int) -> int:
    return min(abs(cell - here) for here in touched)


def _size(change: Change) -> tuple[int, int, int]:
    return len(change.revised), len(change.narrowed), len(change.answers)


class _Region(NamedTuple):
    """The completions of some answers, and the completions among them for which the finding may hold or may fail."""

    completions: PointSet
    may_hold: PointSet
    may_fail: PointSet

    def narrowed(self, points: PointSet) -> _Region:
        """Return the part of this region that lies in a set of points."""
        return _Region(self.completions & points, self.may_hold & points, self.may_fail & points)

    @property
    def status(self) -> Status | None:
        """The status for all completions; None if there is no completion."""
        if not self.completions.satisfiable():
            return None
        if not self.may_fail.satisfiable():
            return Status.ESTABLISHED
        return Status.POSSIBLE if self.may_hold.satisfiable() else Status.EXCLUDED

    def can_be_other_than(self, status: Status) -> bool:
        """Return whether further answers could give another status."""
        other = {Status.ESTABLISHED: self.may_fail, Status.EXCLUDED: self.may_hold, Status.POSSIBLE: self.completions}
        return bool(other[status].satisfiable())


class _Search:
    """A search through supposed answers, the smallest first, that saves the first for each status."""

    def __init__(self, assessor: Assessor, diagram: Diagram, answers: Answers, finding: str, present: Status) -> None:
        self.found: dict[Status, Supposed] = {}
        self._space = space = diagram.space
        self._present = present
        self._trials = 0
        asked = {question.id for question in assessor.rulebook.asked_questions}
        related = tuple(question for question in _related(diagram, finding) if question in asked)
        located = {q: space.cells[q].touched(answers[q]) for q in related if q in answers}
        self._here = {question: touched for question, touched in located.items() if touched}
        self._given = list(self._here)
        self._open = [q for q in diagram.questions_of(finding) if q not in answers and q in asked]
        self._cells = {q: [space.among(q, [at]) for at in range(len(space.cells[q].representatives))] for q in related}
        self._unchanged = [space.universe]
        for question in reversed(self._given):
            self._unchanged.insert(0, self._unchanged[0] & space.at(question, answers[question]))
        self._kept = {question: space.at(question, answers[question]) for question in self._given}
        others = space.answering({q: answer for q, answer in answers.items() if q not in self._here})
        self._start = _Region(diagram.possible, *diagram.outcomes(finding)).narrowed(others)

    def run(self, most_trials: int) -> bool:
        """Search for every other status, and return whether the search ended within ``most_trials``."""
        self._trials = most_trials
        wanted = {status for status in Status if status is not self._present}
        for revised in range(MAX_REVISED + 1):
            roots = []
            for supposed, region in self._revised(0, revised, self._start):
                status = region.status
                if status in wanted:
                    self.found.setdefault(status, supposed)
                if status is Status.POSSIBLE:
                    roots.append((supposed, region))
            sizes = itertools.product(range(MAX_NARROWED + 1), range(MAX_NEW + 1))
            for (narrowed, new), (supposed, region) in itertools.product(sizes, roots):
                if not wanted - self.found.keys():
                    break
                ranges = [q for q, here in self._here.items() if len(here) > 1 and q not in dict(supposed)]
                stages = ((ranges, narrowed), (self._mattering(region), new))
                for more, rest in self._added(stages, region):
                    status = rest.status
                    if status in wanted:
                        self.found.setdefault(status, (*supposed, *more))
            if self._trials < 0 or not wanted - self.found.keys():
                break
        return self._trials >= 0

    def _revised(self, first: int, size: int, region: _Region) -> Iterator[tuple[Supposed, _Region]]:
        """Yield each way to revise ``size`` of the given answers from index ``first`` on, with the resulting region."""
        if not size:
            yield (), region.narrowed(self._unchanged[first])
            return
        for at in range(first, len(self._given) - size + 1):
            question = self._given[at]
            here = self._here[question]
            if size > 1 or region.narrowed(self._unchanged[at + 1]).can_be_other_than(self._present):
                for cell in sorted(range(len(self._cells[question])), key=partial(_distance, here)):
                    if cell in here or not self._may_go_on():
                        continue
                    narrowed = region.narrowed(self._cells[question][cell])
                    if narrowed.can_be_other_than(self._present):
                        for supposed, rest in self._revised(at + 1, size - 1, narrowed):
                            yield ((question, cell), *supposed), rest
            region = region.narrowed(self._kept[question])

    def _added(self, stages: Stages, region: _Region) -> Iterator[tuple[Supposed, _Region]]:
        """Yield each way to narrow some ranges and add some new answers, with the resulting region."""
        (questions, size), *later = stages
        if not size and not later:
            yield (), region
        elif not size:
            yield from self._added(later, region)
        left = sum(count for _questions, count in stages)
        for at, question in enumerate(questions if size else ()):
            for cell in self._here.get(question, range(len(self._cells[question]))):
                if not self._may_go_on():
                    return
                narrowed = region.narrowed(self._cells[question][cell])
                # If the status is settled before the last answer, this was found already as a smaller change.
                if (narrowed.status is Status.POSSIBLE) is (left > 1):
                    for more, rest in self._added(((questions[at + 1 :], size - 1), *later), narrowed):
                        yield ((question, cell), *more), rest

    def _mattering(self, region: _Region) -> list[str]:
        """Return the open questions that affect where the finding may hold or where it may fail."""
        return [
            question
            for question in self._open
            if any(
                self._space.exists_over(question, may) & self._space.points != may
                for may in (region.may_hold, region.may_fail)
            )
        ]

    def _may_go_on(self) -> bool:
        self._space.make_room()
        self._trials -= 1
        return self._trials >= 0


def _related(diagram: Diagram, finding: str) -> tuple[str, ...]:
    """Return the questions of a finding's rules, then those in impossible combinations with them, and so on.

    The gravest come first in each step.
    """
    program = diagram.program
    together = [
        {program.atoms[literal.node].question for literal in clause.body}
        for head in program.heads
        if head.startswith(CONTRADICTION)
        for clause in program.clauses[head]
    ]
    related = list(diagram.questions_of(finding))
    while further := {q for group in together if group.intersection(related) for q in group}.difference(related):
        related += [question for question in diagram.space.cells if question in further]
    return tuple(related)
