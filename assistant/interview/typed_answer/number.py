"""Whole numbers as people write them, with or without a unit, in any language."""

import re
from functools import partial
from typing import Final

from assistant.interview.typed_answer.text import LETTER
from assistant.rulebook.question import Question, Unit
from assistant.system.language import _
from assistant.system.locale import LOCALES, pattern_of_all

_UNIT_NAMED: Final = {
    word: unit for locale in LOCALES.values() for unit, words in locale.units.items() for word in words.split("|")
}
_SIZES: Final = {Unit.DAYS: {"weeks": 7, "days": 1}, Unit.MONTHS: {"years": 12, "months": 1}, Unit.YEARS: {"years": 1}}
"""The units that can be converted into another, the largest first, with the number of units in each.

A month has no fixed number of days, and hours are not rounded to days.
"""
_form = partial(re.compile, flags=re.ASCII)
_WORD: Final = f"{LETTER}+"
_PART: Final = rf"(\d{{1,9}}) ?({_WORD})\.?"
_ONE: Final = _form(_PART)
_PARTS: Final = _form(rf"{_PART}(?:(?:,| (?:{pattern_of_all(lambda locale: locale.between_units)}))? {_PART})*")
_NUMBER: Final = _form(r"(-?\d{1,9})\.?")
_SPACED_DIGITS: Final = _form(r"-?\d+(?: \d+)+")
_SEVERAL: Final = _form(
    rf"(?:(?:{pattern_of_all(lambda locale: locale.before_range)}) )?\d+"
    rf" ?(?:[-–—…/]|\.{{2,3}}| (?:{pattern_of_all(lambda locale: locale.between_range)}) ) ?\d+(?: ?{_WORD}\.?)?"
)
_INEXACT: Final = _form(
    rf"(?:[<>≤≥~≈±] ?|(?:{pattern_of_all(lambda locale: locale.before_inexact)}) )\d+(?: ?{_WORD}\.?)?"
    rf"|\d+ ?(?:\+|(?:{pattern_of_all(lambda locale: locale.after_inexact)})(?: ?{_WORD})?)"
)
_FRACTION: Final = _form(r"-?\d+[.,]\d+")


def number(question: Question, text: str) -> int | str:
    """Return the number in plain text, in the unit of the question, or a message what is wrong with it.

    The message is empty if the text cannot be read at all.
    """
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return int(match[1])
    parts = _ONE.findall(text) if _PARTS.fullmatch(text) else []
    units = [_UNIT_NAMED.get(word, "") for _count, word in parts]
    if not parts or "" in units or len(set(units)) < len(units):
        return _refusal(text)
    sizes = _SIZES[question.unit] if question.unit is not None else {}
    if not sizes.keys() >= set(units):
        return _other_unit(question)
    return sum(int(count) * sizes[unit] for (count, _word), unit in zip(parts, units, strict=True))


def _refusal(text: str) -> str:
    """Return what is wrong with a text that is no number and no number with units."""
    if _SPACED_DIGITS.fullmatch(text):
        return _("There is a space between the digits. Type them together.")
    if _SEVERAL.fullmatch(text) or _INEXACT.fullmatch(text):
        return _("This is not one number. Type the exact number; if you do not know it, the answer is “I don't know”.")
    if _FRACTION.fullmatch(text):
        return _("Only a whole number can be taken.")
    if not re.search("[0-9]", text):
        return _("The number has to be written in figures, as in 12.")
    if text.isdigit():
        return _("This number is too large.")
    return "" if re.search(LETTER, text) else _("Type the figures alone, as in 12.")


def _other_unit(question: Question) -> str:
    if question.unit is None:
        return _("Only the number can be taken, without a word.")
    counted = {
        Unit.DAYS: _("Only days are counted here; a week is seven."),
        Unit.MONTHS: _("Only months are counted here; a year is twelve."),
        Unit.YEARS: _("Only years are counted here."),
    }[question.unit]
    return f"{counted} {question.help}"
