"""A number or a day as somebody types it: either what he means, or what to tell him."""

import datetime
import re
from typing import Final

from assistant.language import _
from assistant.rulebook import Question, QuestionType
from assistant.wording import day_text

LONGEST: Final = 10
_TYPED: Final = "0123456789.-"  # every other key keeps its meaning
_DAY: Final = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})|(?P<Y>\d{4})-(?P<M>\d{1,2})-(?P<D>\d{1,2})")
_NUMBER: Final = re.compile(r"-?\d{1,9}")


def is_typed(question: Question) -> bool:
    """Whether a question is answered by typing."""
    return question.type.is_ordered


def can_be_typed(text: str) -> bool:
    """Whether the keyboard could have given this text."""
    return 0 < len(text) <= LONGEST and all(character in _TYPED for character in text)


def format_hint(question: Question) -> str:
    """How to write the answer."""
    if question.type is QuestionType.DATE:
        return _("Day, month and year, as in 24.09.2022; then Enter.")
    return _("A whole number; then Enter.")


def typed_answer(question: Question, text: str) -> int | datetime.date | str:
    """The answer; if the text is none, a message that never repeats it."""
    if not text:
        return _("Nothing is typed yet. {hint}").format(hint=format_hint(question))
    answer = _day(text) if question.type is QuestionType.DATE else _number(text)
    if answer is None:
        return _("This cannot be read. {hint}").format(hint=format_hint(question))
    if isinstance(answer, str) or _within(question, answer):
        return answer
    return _bounds_message(question)


def _day(text: str) -> datetime.date | str | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    try:
        return datetime.date(*(int(parts[big] or parts[big.lower()]) for big in "YMD"))
    except ValueError:
        return _("There is no such day in the calendar.")


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _within(question: Question, answer: int | datetime.date) -> bool:
    low, high = question.lowest, question.highest
    return (low is None or low <= answer) and (high is None or answer <= high)  # type: ignore[operator]  # see answer.py


def _bounds_message(question: Question) -> str:
    low, high = (
        day_text(bound) if isinstance(bound, datetime.date) else bound for bound in (question.lowest, question.highest)
    )
    if low is None:
        return _("It can be {high} at most.").format(high=high)
    if high is None:
        return _("It has to be {low} at least.").format(low=low)
    return _("It has to lie between {low} and {high}.").format(low=low, high=high)
