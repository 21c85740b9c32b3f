"""Typed numbers and days, exact or only partly known: an answer, or a message what is wrong.

The words of all languages are understood at any time. What is not certain is asked again
(``docs/decisions/0019-what-is-typed-is-certain-or-asked-again.md``).
"""

import datetime
import re
from typing import Final, TypeAlias

from assistant.explanation.view.question import format_hint
from assistant.interview.typed_answer.days import days
from assistant.interview.typed_answer.number import number
from assistant.interview.typed_answer.text import (
    LETTER,
    has_mixed_alphabets,
    hidden_character,
    layout_hint,
    normalized,
    with_digits,
)
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange
from assistant.system.language import _
from assistant.system.message import text as say

Typed: TypeAlias = int | datetime.date | NumberRange | DateRange

MAX_ANSWER_CHARACTERS: Final = 50
"""Enough for every usual spelling of a day, or of two."""


def is_typed(question: Question) -> bool:
    """Return whether the question is answered by typing a number or a day."""
    return question.type.is_ordered


def typed_answer(question: Question, text: str) -> Typed | str:
    """Return the answer, or a message why the text is none; it never quotes the text."""
    written, hint = normalized(text), say(format_hint(question))
    if not written:
        return _("Nothing is typed yet. {hint}").format(hint=hint)
    hidden = hidden_character(text)
    if hidden:
        return hidden
    if any(character.isdigit() and not character.isascii() for character in written):
        message = _("Only the digits 0 to 9 are read.")
        return f"{message} {hint}"
    answer = _read(question, written) if len(text) <= MAX_ANSWER_CHARACTERS else ""
    if isinstance(answer, str):
        return f"{answer or _unreadable(question, text)} {hint}"
    ends = dict(answer).values() if isinstance(answer, DateRange | NumberRange) else (answer,)
    wrong = next((end for end in ends if end is not None and not _within(question, end)), None)
    return answer if wrong is None else _bounds_message(question, wrong)


def _read(question: Question, written: str) -> Typed | str:
    if question.type is not QuestionType.DATE:
        return number(question, written)
    named = (each for each in question.named if written in map(normalized, each.spellings))
    return next((DateRange(start=each.start, until=each.until) for each in named), None) or days(written)


def _is_readable(question: Question, written: str) -> bool:
    return len(written) <= MAX_ANSWER_CHARACTERS and not isinstance(_read(question, written), str)


def _unreadable(question: Question, text: str) -> str:
    written = normalized(text)
    if _is_readable(question, with_digits(written)):
        return _("There is a letter where a digit should be, such as O for 0.")
    if hint := layout_hint(text, lambda other: _is_readable(question, other)):
        return hint
    if has_mixed_alphabets(written):
        return _("A word in it has Latin and Cyrillic letters. Type it with one keyboard layout.")
    message = _("This cannot be read.")
    if re.search(LETTER, written):
        message += " " + _("If you do not know the answer, it is “I don't know”.")
    return message


def _within(question: Question, answer: int | datetime.date) -> bool:
    low, high = question.lowest, question.highest
    return (low is None or low <= answer) and (high is None or answer <= high)  # type: ignore[operator]  # see answer.py


def _bounds_message(question: Question, answer: int | datetime.date) -> str:
    low, high = question.lowest, question.highest
    too_low = low is not None and answer < low  # type: ignore[operator]  # see answer.py
    bound = low if too_low else high
    if isinstance(bound, datetime.date):
        text = _("Not before {bound}.") if too_low else _("Not after {bound}.")
        text = text.format(bound=say(bound))
        return text + " " + _("Check the day and type it again. If you do not know it, the answer is “I don't know”.")
    text = (_("Not less than {bound}.") if too_low else _("Not more than {bound}.")).format(bound=bound)
    return text + " " + _("Check the number and type it again. If you do not know it, the answer is “I don't know”.")
