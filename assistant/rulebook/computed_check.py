"""Consistency checks of computed questions: what they are computed from exists, and has the types that it needs."""

from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.computed import Formula
from assistant.rulebook.computed_order import circle
from assistant.rulebook.condition_check import check_condition
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import GivenBy, Question, QuestionType, Unit
from assistant.system.language import _


def check_computed(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield all problems of the computed questions of a rulebook."""
    for question in rulebook.questions:
        key = f"questions.{question.id}.computed"
        if question.computed and question.given_by is GivenBy.CLOCK:
            message = _("the clock answers this question, so it is not computed.")
            yield rulebook.problem_at(key, message, _("Delete 'computed' or 'given_by'."))
        for index, formula in enumerate(question.computed):
            here = f"{key}.{index}" if f"{key}.{index}" in rulebook.places else key
            yield from _result(rulebook, here, question, formula)
            for name in formula.repeated_inputs:
                message = _("'{id}' is named twice in this formula.").format(id=name)
                yield rulebook.problem_at(here, message, _("Name two different questions."))
            if formula.plus is not None and formula.plus.leaves_the_calendar:
                message = _("this span is longer than the calendar.")
                yield rulebook.problem_at(here, message, _("Write a shorter span."))
            for name in formula.inputs:
                yield from _input(rulebook, here, question, formula, name)
            for name, value in formula.when.items():
                yield from _condition(rulebook, f"{here}.when.{name}", name, value)
    path = circle(rulebook.questions)
    if path:
        message = _("these questions are computed from each other in a circle: {path}.").format(path=" → ".join(path))
        yield rulebook.problem_at(f"questions.{path[0]}.computed", message, _("Break the circle."))


def _result(rulebook: Rulebook, key: str, question: Question, formula: Formula) -> Iterator[Problem]:
    """Yield a problem if the type or the unit of a question is not that of what a formula gives."""
    types = {QuestionType.NUMBER, QuestionType.DATE}
    if formula.larger_of is None:
        types = {QuestionType.NUMBER if formula.start else QuestionType.DATE if formula.plus else QuestionType.YES_NO}
    unit = Unit.DAYS if formula.days_from else Unit.MONTHS if formula.months_from else Unit.YEARS
    if question.type not in types or (formula.start and question.unit not in {None, unit}):
        message = _("what is computed here does not suit the question '{id}'.").format(id=question.id)
        remedy = _("Time between days is a number in its unit, a day plus a span is a date, an order is yes or no.")
        yield rulebook.problem_at(key, message, remedy)


def _input(rulebook: Rulebook, key: str, question: Question, formula: Formula, name: str) -> Iterator[Problem]:
    wanted = question.type if formula.larger_of is not None else QuestionType.DATE
    fitting = {each.id for each in rulebook.questions if each.type is wanted}
    if name not in rulebook.question:
        message = _("'{id}' is not a question.").format(id=name)
        yield rulebook.problem_at(key, message, nearest(name, fitting))
    elif name not in fitting:
        message = _("'{id}' has another type than is needed here.").format(id=name)
        yield rulebook.problem_at(key, message, nearest("", fitting))


def _condition(rulebook: Rulebook, key: str, name: str, value: object) -> Iterator[Problem]:
    if name in rulebook.fact:
        message = _("'{id}' is a fact, and answers are computed before facts.").format(id=name)
        yield rulebook.problem_at(key, message, _("Name a question."))
    else:
        yield from check_condition(rulebook, key, name, value)  # type: ignore[arg-type]  # a ConditionValue
