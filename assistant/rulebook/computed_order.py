"""The order of computed questions: each after those that it is computed from."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from assistant.rulebook.question import Question


def in_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the computed questions, each after those that it is computed from; or as in the files."""
    computed = {question.id: question for question in questions if question.computed}
    try:
        return tuple(computed[name] for name in _sorter(computed.values()).static_order())
    except CycleError:
        return tuple(computed.values())


def circle(questions: Iterable[Question]) -> tuple[str, ...]:
    """Return a circle of computed questions, with equal first and last; empty if there is none."""
    try:
        _sorter([question for question in questions if question.computed]).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _sorter(computed: Iterable[Question]) -> TopologicalSorter[str]:
    computed = list(computed)
    names = {question.id for question in computed}
    return TopologicalSorter({each.id: sorted(names.intersection(each.needed_questions)) for each in computed})
