"""Reading of answers that are written in a file, with a message for each invalid answer."""

import datetime
import re
from collections.abc import Collection
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias

from assistant.documents.yaml_model import nearest
from assistant.documents.yaml_reader import named
from assistant.rulebook.model import Impossible, Rulebook
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.rulebook.vocabulary import UNKNOWN, day
from assistant.system.display_safe import disguise, joined
from assistant.system.language import _


class Unknown(Enum):
    """Two ways of not answering, which the rules treat alike."""

    DONT_KNOW = "dont_know"
    SKIPPED = "skipped"


Reply: TypeAlias = Answer | Unknown

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


class Mistake(NamedTuple):
    """Why a value is not an answer to a question. It never repeats the value, which may be a person's answer."""

    message: str
    remedy: str


def read_answer(question: Question, value: Any) -> Answer | Mistake:
    """Return a value from a file as an answer to the question, or a mistake; nothing is guessed.

    Only days are converted, from text to dates.
    """
    answer = {
        QuestionType.YES_NO: _yes_no,
        QuestionType.CHOICE: _option,
        QuestionType.NUMBER: _number,
        QuestionType.DATE: _day,
    }[question.type](question, value)
    if isinstance(answer, Mistake) and isinstance(value, str):
        known = {"true", "false", UNKNOWN, *(option.id for option in question.options)}
        return answer._replace(remedy=joined(disguise(value, known), answer.remedy))
    return answer


def unknown_question(rulebook: Rulebook, name: str) -> Mistake:
    """Return what is wrong with the name of a question that the rulebook does not have."""
    return _unknown(_("there is no question '{id}'."), name, rulebook.question)


def unknown_finding(rulebook: Rulebook, name: str) -> Mistake:
    """Return what is wrong with the name of a finding that the rulebook does not have."""
    return _unknown(_("there is no finding '{id}'."), name, rulebook.finding)


def _unknown(message: str, name: str, known: Collection[str]) -> Mistake:
    return Mistake(message.format(id=named(name)), joined(disguise(name, known), nearest(name, known)))


def contradiction(impossible: Impossible) -> Mistake:
    """Return what is wrong with answers that are an impossible combination."""
    message = _("the answers contradict each other: {text}").format(text=impossible.text)
    return Mistake(message, _("Change one of them, or leave it out."))


def _yes_no(_question: Question, value: Any) -> Answer | Mistake:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return Mistake(_("true or false is needed here."), _("Take the quotes away."))
    remedy = _("Write true or false: in small letters, without quotes or spaces.")
    return Mistake(_("true or false is needed here."), remedy)


def _option(question: Question, value: Any) -> Answer | Mistake:
    options = [option.id for option in question.options]
    if isinstance(value, str) and value in options:
        return value
    message = _("this is not an option of '{id}'.").format(id=question.id)
    return Mistake(message, nearest("", options))  # all options: only the nearest would reveal the value


def _number(question: Question, value: Any) -> Answer | Mistake:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Mistake(_("a whole number is needed here."), _("Take the quotes away."))
    if isinstance(value, bool) or not isinstance(value, int):
        return Mistake(_("a whole number is needed here."), _("Write digits alone, at most 18, as in 12 or -3."))
    return _within(question, value)


def _day(question: Question, value: Any) -> Answer | Mistake:
    try:
        return _within(question, day(value))
    except ValueError:
        return Mistake(_("this is not a day, or not written as one."), _("Write year-month-day, as in 2022-09-24."))


def _within(question: Question, value: int | datetime.date) -> Answer | Mistake:
    lowest, highest = question.lowest, question.highest
    is_day = isinstance(value, datetime.date)
    if lowest is not None and value < lowest:  # type: ignore[operator]  # the loader saw to it that bounds suit the type
        message = _("this is too early for '{id}'.") if is_day else _("this is too little for '{id}'.")
        remedy = _("Not before {bound}.") if is_day else _("Not less than {bound}.")
        return Mistake(message.format(id=question.id), remedy.format(bound=lowest))
    if highest is not None and value > highest:  # type: ignore[operator]  # as above
        message = _("this is too late for '{id}'.") if is_day else _("this is too much for '{id}'.")
        remedy = _("Not after {bound}.") if is_day else _("Not more than {bound}.")
        return Mistake(message.format(id=question.id), remedy.format(bound=highest))
    return value
