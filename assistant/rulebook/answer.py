"""Reading of answers that are written in a file, with a message for each invalid answer."""

import datetime
import re
from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias

from assistant.documents.problem import Place, Problem
from assistant.documents.yaml_model import nearest
from assistant.documents.yaml_reader import named
from assistant.rulebook.model import Impossible, Rulebook
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, Point, days, numbers
from assistant.rulebook.vocabulary import UNKNOWN, day
from assistant.system.display_safe import disguise, joined
from assistant.system.language import _
from assistant.system.message import Message, message, text


class Unknown(Enum):
    """Two ways of not answering, which the rules treat alike."""

    DONT_KNOW = "dont_know"
    SKIPPED = "skipped"


Reply: TypeAlias = Answer | Unknown

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


class Mistake(NamedTuple):
    """Why a value is not an answer to a question. It never repeats the value, which may be a person's answer.

    ``template``: as of a :class:`~assistant.documents.problem.Problem`.
    """

    message: str
    remedy: str
    template: str = ""

    def at(self, place: Place, field: str = "") -> Problem:
        """Return the problem that this is at a place in a file."""
        return Problem(place=place, message=self.message, remedy=self.remedy, template=self.template, field=field)


def read_answer(question: Question, value: Any) -> Answer | Mistake:
    """Return a value from a file as an answer to the question, or a mistake; nothing is guessed.

    Only days are converted, from text to dates. A month, a mapping of bounds and a list of options become ranges; a
    range with one point becomes that point.
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


def read_point(question: Question, value: Any) -> Point | Mistake:
    """Return an exact answer, as :func:`read_answer` does, or a mistake also where it would return a range."""
    if question.type is QuestionType.DATE:
        try:
            return _within(question, day(value))
        except ValueError:
            return Mistake(_("this is not a day, or not written as one."), _("Write year-month-day, as in 2022-09-24."))
    answer = read_answer(question, value)
    if isinstance(answer, DateRange | NumberRange | OptionSet):
        return Mistake(_("an exact answer is needed here."), "")
    return answer


def unknown_question(rulebook: Rulebook, name: str) -> Mistake:
    """Return what is wrong with the name of a question that the rulebook does not have."""
    return _unknown(message("there is no question '{id}'.", id=named(name)), name, rulebook.question)


def unknown_finding(rulebook: Rulebook, name: str) -> Mistake:
    """Return what is wrong with the name of a finding that the rulebook does not have."""
    return _unknown(message("there is no finding '{id}'.", id=named(name)), name, rulebook.finding)


def _unknown(said: Message, name: str, known: Collection[str]) -> Mistake:
    return Mistake(text(said), joined(disguise(name, known), nearest(name, known)), str(said.key))


def contradiction(impossible: Impossible) -> Mistake:
    """Return what is wrong with answers that are an impossible combination."""
    said = _("the answers contradict each other: {text}").format(text=impossible.text)
    return Mistake(said, _("Change one of them, or leave it out."))


def _yes_no(_question: Question, value: Any) -> Answer | Mistake:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return Mistake(_("true or false is needed here."), _("Take the quotes away."))
    remedy = _("Write true or false: in small letters, without quotes or spaces.")
    return Mistake(_("true or false is needed here."), remedy)


def _option(question: Question, value: Any) -> Answer | Mistake:
    options = [option.id for option in question.options]
    named_options = value.options if isinstance(value, OptionSet) else value
    if isinstance(named_options, str):
        named_options = [named_options]
    if isinstance(named_options, list | tuple) and named_options and all(each in options for each in named_options):
        if len(set(named_options)) < len(named_options):
            return Mistake(_("an option is here twice."), _("Another may be meant: name each option once."))
        chosen = tuple(option for option in options if option in named_options)
        return chosen[0] if len(chosen) == 1 else OptionSet(options=chosen)
    said = _("this is not an option of '{id}'.").format(id=question.id)
    return Mistake(said, nearest("", options))  # all options: only the nearest would reveal the value


def _number(question: Question, value: Any) -> Answer | Mistake:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Mistake(_("a whole number is needed here."), _("Take the quotes away."))
    if not isinstance(value, Mapping | NumberRange) and (isinstance(value, bool) or not isinstance(value, int)):
        return Mistake(_("a whole number is needed here."), _("Write digits alone, at most 18, as in 12 or -3."))
    try:
        answer = numbers(value)
    except ValueError as error:
        return _not_a_range(str(error), _("Write a range of numbers as {from: 28, up_to: 31}; one end may be missing."))
    return _all_within(question, answer)


def _day(question: Question, value: Any) -> Answer | Mistake:
    try:
        answer = days(value)
    except ValueError as error:
        if not isinstance(value, Mapping):
            remedy = _("Write year-month-day, as in 2022-09-24, or only the month or the year, as in 2022-09.")
            return Mistake(_("this is not a day, or not written as one."), remedy)
        remedy = _("Write a range of days as {from: 2022-09-21, until: 2022-10-31}; one end may be missing.")
        return _not_a_range(str(error), remedy)
    return _all_within(question, answer)


def _not_a_range(reason: str, remedy: str) -> Mistake:
    messages = {
        "no_bounds": (_("this range has no bounds."), _("Give one end, or write unknown.")),
        "nothing_between": (_("nothing is in this range."), _("Exchange its bounds, or mend one.")),
        "two_bounds": (_("this range has two bounds on one side."), _("Keep one of them.")),
    }
    return Mistake(*messages.get(reason, (_("this is not a range that an answer can be."), remedy)))


def _all_within(question: Question, answer: int | datetime.date | DateRange | NumberRange) -> Answer | Mistake:
    """Return the answer if each end that it names lies within the bounds of the question."""
    if isinstance(answer, DateRange | NumberRange):
        for end in dict(answer).values():
            within = None if end is None else _within(question, end)
            if isinstance(within, Mistake):
                return within
        return answer
    return _within(question, answer)


def _within(question: Question, value: int | datetime.date) -> Point | Mistake:
    lowest, highest = question.lowest, question.highest
    is_day = isinstance(value, datetime.date)
    if lowest is not None and value < lowest:  # type: ignore[operator]  # the loader saw to it that bounds suit the type
        said = _("this is too early for '{id}'.") if is_day else _("this is too little for '{id}'.")
        remedy = _("Not before {bound}.") if is_day else _("Not less than {bound}.")
        return Mistake(said.format(id=question.id), remedy.format(bound=lowest))
    if highest is not None and value > highest:  # type: ignore[operator]  # as above
        said = _("this is too late for '{id}'.") if is_day else _("this is too much for '{id}'.")
        remedy = _("Not after {bound}.") if is_day else _("Not more than {bound}.")
        return Mistake(said.format(id=question.id), remedy.format(bound=highest))
    return value
