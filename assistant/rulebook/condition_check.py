"""Checks of conditions: their names exist, and their values suit the questions."""

import datetime
from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import atom_of
from assistant.rulebook.question import Question, QuestionType
from assistant.system.language import _


def check_condition(rulebook: Rulebook, key: str, name: str, value: ConditionValue | int) -> Iterator[Problem]:
    """Yield problems of an entry of ``when``: a name and the value that it must have."""
    if name in rulebook.finding:
        message = _("'{id}' is a finding; rules depend on questions and facts only.").format(id=name)
        yield rulebook.problem_at(key, message, _("Make it a fact that concludes the finding too."))
    elif name in rulebook.fact:
        if not isinstance(value, bool):
            yield rulebook.problem_at(key, _("a fact is true or false."), _("Write true or false."))
    elif name not in rulebook.question:
        message = _("'{id}' is neither a question nor a fact.").format(id=name)
        yield rulebook.problem_at(key, message, nearest(name, {*rulebook.question, *rulebook.fact}))
    else:
        yield from _value(rulebook, key, rulebook.question[name], value)


def _value(rulebook: Rulebook, key: str, question: Question, value: ConditionValue | int) -> Iterator[Problem]:
    if question.type is QuestionType.YES_NO:
        if not isinstance(value, bool):
            yield rulebook.problem_at(key, _("'{id}' takes true or false.").format(id=question.id))
    elif question.type is QuestionType.CHOICE:
        yield from _options(rulebook, key, question, value)
    elif not isinstance(value, Range):
        if isinstance(value, bool) or not suits(question.type, value):
            message = _("'{id}' takes a range.").format(id=question.id)
            yield rulebook.problem_at(key, message, _("Write a mapping, as in {from: 3, up_to: 10}."))
    else:
        yield from _range(rulebook, key, question, value)


def _options(rulebook: Rulebook, key: str, question: Question, value: ConditionValue | int) -> Iterator[Problem]:
    known = [option.id for option in question.options]
    wanted = (value,) if isinstance(value, str) else value
    if not isinstance(wanted, tuple) or not wanted:
        message = _("'{id}' takes one of its options, or a list of them.").format(id=question.id)
        yield rulebook.problem_at(key, message, nearest("", known))
        return
    for option in wanted:
        if option not in known:
            message = _("'{option}' is not an option of '{id}'.").format(option=option, id=question.id)
            yield rulebook.problem_at(key, message, nearest(option, known))


def _range(rulebook: Rulebook, key: str, question: Question, value: Range) -> Iterator[Problem]:
    bounds = [bound for bound in dict(value).values() if bound is not None]
    if not bounds or not all(suits(question.type, bound) for bound in bounds):
        remedy = _("Numbers have over, from, under, up_to; dates have from, until.")
        yield rulebook.problem_at(key, _("this range does not suit '{id}'.").format(id=question.id), remedy)
    elif (value.start is not None and value.over is not None) or (value.under is not None and value.up_to is not None):
        yield rulebook.problem_at(key, _("this range has two bounds on one side."), _("Keep one of them."))
    else:
        atom, _holds = atom_of(question, value)
        if atom.low is not None and atom.high is not None and atom.low > atom.high:
            yield rulebook.problem_at(key, _("nothing is in this range."), _("Exchange its bounds, or mend one."))


def check_exception(rulebook: Rulebook, key: str, name: str) -> Iterator[Problem]:
    """Yield problems of an entry of ``unless``."""
    yes_no = [question.id for question in rulebook.questions if question.type is QuestionType.YES_NO]
    if name in rulebook.fact or name in yes_no:
        return
    if name in rulebook.question:
        message = _("an exception is a fact or a yes/no question, and '{id}' is neither.").format(id=name)
        yield rulebook.problem_at(key, message, _("Derive a fact from it."))
    elif name in rulebook.finding:
        yield from check_condition(rulebook, key, name, True)  # any value: the message is about the name
    else:
        message = _("'{id}' is neither a question nor a fact.").format(id=name)
        yield rulebook.problem_at(key, message, nearest(name, {*rulebook.fact, *yes_no}))


def suits(kind: QuestionType, bound: object) -> bool:
    """Return whether a bound can be compared with the answers to questions of this type."""
    if kind is QuestionType.DATE:
        return isinstance(bound, datetime.date)
    return kind is QuestionType.NUMBER and isinstance(bound, int) and not isinstance(bound, bool)
