"""Statuses for hypothetical answers, computed by decision diagrams, which is much faster than a full assessment."""

import datetime
from collections.abc import Iterable

from assistant.assessment.assessment import STATUS_OF, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.cells import Cells
from assistant.assessment.kleene import known
from assistant.rulebook.computing import completed
from assistant.rulebook.program import Atom, Valuation, open_questions, ordinal
from assistant.rulebook.question import Answer, Answers, GivenBy, Question
from assistant.rulebook.ranges import DateRange, OptionSet, Point, interval


def supposed_statuses(
    assessor: Assessor, answers: Answers, findings: Iterable[str] | None = None
) -> dict[str, Status] | None:
    """Return the statuses that an assessment of the answers would give, by finding; None if the answers contradict.

    ``findings`` are the ids of the wanted findings; None is all.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    given = completed(assessor.rulebook, answers)
    if given.contradicting:
        return None
    diagram = assessor.diagram
    if diagram is not None:
        try:
            points = diagram.space.answering(given.answers)
            if not (points & diagram.valid).satisfiable():
                return None
            wanted = assessor.rulebook.finding if findings is None else findings
            return {finding: STATUS_OF[diagram.truth(finding, points)] for finding in wanted}
        except MemoryError:
            pass  # the assessor reaches the same limit and handles it
    assessment = assessor.assess(answers)
    if assessment.contradictions:
        return None
    return {each.finding: each.status for each in assessment.findings}


def waiting_for(assessor: Assessor, answers: Answers, question: str) -> tuple[str, ...]:
    """Return the findings that wait for an open question, as an assessment of the answers would list them.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    if assessor.rulebook.question[question].given_by is not GivenBy.PERSON:
        return ()
    given = completed(assessor.rulebook, answers)
    diagram = assessor.diagram
    if diagram is not None:
        try:
            points = diagram.space.answering(given.answers)
            possible = (points & diagram.valid).satisfiable() and not given.contradicting
            if not possible or not diagram.is_open(question, points):
                return ()
            nodes, clauses = known(assessor.program, given.answers)
            open_ones = open_questions(assessor.program, Valuation.model_construct(nodes=nodes, clauses=clauses))
            return tuple(
                finding.id
                for finding in assessor.rulebook.findings_in_order
                if question in diagram.questions_of(finding.id)
                and diagram.truth(finding.id, points) is None
                and diagram.matters(question, finding.id, points, given.answers.get(question))
                and question in open_ones.get(finding.id, ())
            )
        except MemoryError:
            pass  # as above
    waiting = assessor.assess(answers).with_status(Status.POSSIBLE)
    return tuple(each.finding for each in waiting if question in each.waits_for)


def nearest_answer(cells: Cells, at: int, present: Answer | None) -> Point:
    """Return the answer in cell ``at`` that is nearest to the present one: if they touch, the first that is in both.

    If there is no present answer, or its type has no order, return the representative of the cell.
    """
    if present is None or isinstance(present, str | bool | OptionSet):
        return cells.representatives[at]
    low, high = interval(present)
    start = cells.lower_bounds[at - 1] if at else None
    end = cells.lower_bounds[at] - 1 if at < len(cells.lower_bounds) else None
    touched = cells.touched(present)
    if at in touched:
        # A range has at least one end, and a cell that it touches at an open end is bounded on its other side.
        ends = [bound for bound in (start, low) if bound is not None]
        number = max(ends) if ends else min(bound for bound in (end, high) if bound is not None)
    else:
        # The first and the last cell may be unbounded on one side, but never on the side of the present answer.
        number = start if at > touched[-1] else end  # type: ignore[assignment]
    return datetime.date.fromordinal(number) if isinstance(present, datetime.date | DateRange) else number


def answers_among(
    question: Question, cells: Cells, among: Iterable[int], within: Answer | None = None
) -> tuple[Atom, ...]:
    """Return the answers in some cells as few atoms: one for all options, or one for each contiguous range.

    If a range is given as ``within``, other answers are left out.
    """
    chosen = sorted(among)
    if not chosen:
        return ()
    if not question.type.is_ordered:
        options = tuple(cells.representatives[at] for at in chosen)
        return (Atom(node=question.id, question=question.id, values=options),)  # type: ignore[arg-type]  # by its type
    runs: list[list[int]] = []
    for at in chosen:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    low, high = (None, None) if within is None else interval(within)  # type: ignore[arg-type]  # its type has an order
    return tuple(_range(question, cells, run[0], run[-1], (low, high)) for run in runs)


def _range(question: Question, cells: Cells, first: int, last: int, within: tuple[int | None, int | None]) -> Atom:
    lows = [cells.lower_bounds[first - 1] if first else question.lowest, within[0]]
    highs = [cells.lower_bounds[last] - 1 if last < len(cells.lower_bounds) else question.highest, within[1]]
    low = max((ordinal(bound) for bound in lows if bound is not None), default=None)
    high = min((ordinal(bound) for bound in highs if bound is not None), default=None)
    return Atom(node=question.id, question=question.id, low=low, high=high)
