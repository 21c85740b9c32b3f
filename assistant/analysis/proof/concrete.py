"""Days and numbers in the cells of an example that fit together where answers are computed from others."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Final

from assistant.assessment.cells import Cells
from assistant.assessment.computed_relation import cell_ends
from assistant.assessment.diagram import Diagram
from assistant.rulebook.computing import completed
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import ordinal
from assistant.rulebook.question import Answer, QuestionType
from assistant.rulebook.ranges import interval

MAX_TRIALS: Final = 500
"""How many choices of days and numbers are tried in one combination of cells."""


def fitting_answers(rulebook: Rulebook, diagram: Diagram, answers: Mapping[str, Answer]) -> dict[str, Answer] | None:
    """Return answers in the same cells that can all be true, or None if none of those that were tried can."""
    if not rulebook.computed_questions:
        return dict(answers)
    choices = {name: tuple(_choices(rulebook, diagram, name, answer)) for name, answer in answers.items()}
    for chosen in islice(product(*choices.values()), MAX_TRIALS):
        tried: dict[str, Answer] = dict(zip(choices, chosen, strict=True))
        found = _with_computed(rulebook, diagram, tried)
        if found is not None:
            return found
    return None


def _with_computed(rulebook: Rulebook, diagram: Diagram, tried: dict[str, Answer]) -> dict[str, Answer] | None:
    """Return the answers with each computed one changed to a value that the others give; None if it leaves its cell."""
    for question in rulebook.computed_questions:
        if question.id in tried:
            others = {name: answer for name, answer in tried.items() if name != question.id}
            given = completed(rulebook, others).answers.get(question.id)
            values = (
                [] if given is None else _values(diagram.space.cells[question.id], diagram, tried[question.id], given)
            )
            if given is not None and not values:
                return None
            tried = {**tried, question.id: values[0]} if values else tried
    return None if completed(rulebook, tried).contradicting else tried


def _values(cells: Cells, diagram: Diagram, present: Answer, given: Answer) -> list[Answer]:
    """Return the first value that is in the cell of the present answer and among those that are given."""
    if isinstance(present, bool):
        return [present] if present == given else []
    (at,) = cells.touched(present)
    assert not isinstance(given, bool | str)  # noqa: S101  # it is computed for the same question
    lows, highs = zip(cell_ends(cells, diagram.program)[at], interval(given), strict=True)  # type: ignore[arg-type]
    low = max((each for each in (lows[0], lows[1]) if each is not None), default=None)
    high = min((each for each in (highs[0], highs[1]) if each is not None), default=None)
    value = low if low is not None else high
    if value is None or (high is not None and value > high):
        return []
    return [datetime.date.fromordinal(value) if isinstance(present, datetime.date) else value]


def _choices(rulebook: Rulebook, diagram: Diagram, name: str, answer: Answer) -> Iterator[Answer]:
    """Yield the answer, then the last, the first and the middle one of its cell."""
    yield answer
    kind = rulebook.question[name].type
    if not kind.is_ordered:
        return
    cells = diagram.space.cells[name]
    (at,) = cells.touched(answer)
    low, high = cell_ends(cells, diagram.program)[at]
    here = ordinal(answer)  # type: ignore[arg-type]  # an example has exact answers
    others = [high, low, (low + high) // 2 if low is not None and high is not None else None, here + 1, here + 60]
    for other in dict.fromkeys(others):
        within = other is not None and (low is None or low <= other) and (high is None or other <= high)
        if within and other is not None and other != here:
            yield datetime.date.fromordinal(other) if kind is QuestionType.DATE else other
