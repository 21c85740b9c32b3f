"""An answer as it is written in a file, and what is wrong with one that does not suit its question."""

import datetime
from typing import Any, NamedTuple

from assistant.language import _
from assistant.printable import disguise, joined
from assistant.rulebook import Answer, Question, QuestionType
from assistant.vocabulary import UNKNOWN, day
from assistant.yaml_model import nearest


class Mistake(NamedTuple):
    """Why a value is no answer to a question. It never repeats the value, which may be a person's answer."""

    message: str
    remedy: str


def read_answer(question: Question, value: Any) -> Answer | Mistake:
    """The value as an answer to the question; nothing is guessed or converted."""
    found = {
        QuestionType.YES_NO: _yes_no,
        QuestionType.CHOICE: _option,
        QuestionType.NUMBER: _number,
        QuestionType.DATE: _day,
    }[question.type](question, value)
    if isinstance(found, Mistake) and isinstance(value, str):
        known = {"true", "false", UNKNOWN, *(option.id for option in question.options)}
        return found._replace(remedy=joined(disguise(value, known), found.remedy))
    return found


def _yes_no(_question: Question, value: Any) -> Answer | Mistake:
    if isinstance(value, bool):
        return value
    remedy = _("Write true or false: in small letters, without quotes or spaces.")
    return Mistake(_("true or false has to stand here."), remedy)


def _option(question: Question, value: Any) -> Answer | Mistake:
    options = [option.id for option in question.options]
    if isinstance(value, str) and value in options:
        return value
    message = _("this is not an option of '{id}'.").format(id=question.id)
    return Mistake(message, nearest("", options))  # all of them: the nearest to the value would tell what it says


def _number(question: Question, value: Any) -> Answer | Mistake:
    if isinstance(value, bool) or not isinstance(value, int):
        return Mistake(_("a whole number has to stand here."), _("Write digits alone, at most 18, as in 12 or -3."))
    return _within(question, value)


def _day(question: Question, value: Any) -> Answer | Mistake:
    try:
        return _within(question, day(value))
    except ValueError:
        return Mistake(_("this is not a day, or not written as one."), _("Write year-month-day, as in 2022-09-24."))


def _within(question: Question, value: int | datetime.date) -> Answer | Mistake:
    lowest, highest = question.lowest, question.highest
    if lowest is not None and value < lowest:  # type: ignore[operator]  # the loader saw to it that bounds suit the type
        return Mistake(_("this is too little for '{id}'.").format(id=question.id), _least(lowest))
    if highest is not None and value > highest:  # type: ignore[operator]  # as above
        return Mistake(_("this is too much for '{id}'.").format(id=question.id), _most(highest))
    return value


def _least(bound: int | datetime.date) -> str:
    return _("The least is {bound}.").format(bound=bound)


def _most(bound: int | datetime.date) -> str:
    return _("The most is {bound}.").format(bound=bound)
