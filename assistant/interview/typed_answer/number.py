"""Whole numbers as people write them, with or without a unit, in any language: exact ones and ranges."""

import calendar
import re
from collections.abc import Mapping
from functools import partial
from typing import Final, TypeAlias

from assistant.interview.typed_answer.number_words import in_figures
from assistant.interview.typed_answer.text import LETTER
from assistant.rulebook.question import Question, Unit
from assistant.rulebook.ranges import NumberRange, numbers_between
from assistant.system.language import _
from assistant.system.locale import LOCALES, pattern_of_all

_Counts: TypeAlias = tuple[int, int]
"""The least and the most that an amount can be in another unit: a month is 28 to 31 days."""

_UNIT_NAMED: Final = {
    word: unit for locale in LOCALES.values() for unit, words in locale.units.items() for word in words.split("|")
}
_SIZES: Final = {Unit.DAYS: {"weeks": 7, "days": 1}, Unit.MONTHS: {"years": 12, "months": 1}, Unit.YEARS: {"years": 1}}
"""The units that can be converted into another exactly, with the number of units in each. Hours are not rounded."""
_MONTHS: Final = {"months": 1, "years": 12}
_MAX_MONTHS: Final = 240
_LENGTHS: Final = [calendar.monthrange(2024 + month // 12, month % 12 + 1)[1] for month in range(48)]
form = partial(re.compile, flags=re.ASCII)
_WORD: Final = f"{LETTER}+"
_PART: Final = rf"(\d{{1,9}}) ?({_WORD})\.?"
_EACH_PART: Final = form(_PART)
_PARTS: Final = form(rf"{_PART}(?:(?:,| (?:{pattern_of_all(lambda locale: locale.between_units)}))? {_PART})*")
_INFLECTED: Final = form(rf"(\d)-(?:{pattern_of_all(lambda locale: locale.after_figures)})(?!{LETTER}|\d)")
_NUMBER: Final = form(r"(-?\d{1,9})\.?")
_ONE: Final = f"(?:(?:{pattern_of_all(lambda locale: locale.one)}) )?"
_ONE_UNIT: Final = pattern_of_all(lambda locale: locale.one_unit)
_OF_ONE_UNIT: Final = pattern_of_all(lambda locale: locale.of_one_unit)
_SINGLE: Final = form(f"{_ONE}(?P<unit>{_ONE_UNIT})")
_OF_SINGLE: Final = form(f"{_ONE}(?P<unit>{_ONE_UNIT}|{_OF_ONE_UNIT})")
_SPACED_DIGITS: Final = form(r"-?\d+(?: \d+)+")
_END: Final = rf"(\d{{1,9}})(?: ?({_WORD})\.?)?"
_TWO_ENDS: Final = (
    form(
        rf"(?:(?:{pattern_of_all(lambda locale: locale.before_range)}) )?{_END}"
        rf"(?: ?[-–—…] ?|\.{{2,3}}| (?:{pattern_of_all(lambda locale: locale.between_range)}) ){_END}"
    ),
    form(
        rf"(?:{pattern_of_all(lambda locale: locale.before_between)}) {_END}"
        rf" (?:{pattern_of_all(lambda locale: locale.inside_between)}) {_END}"
    ),
)
_MORE: Final = form(rf"(?:> ?|(?:{pattern_of_all(lambda locale: locale.before_more)}) )(?P<amount>.+)")
_LEAST: Final = form(
    rf"(?:≥ ?|(?:{pattern_of_all(lambda locale: locale.before_least)}) )(?P<amount>.+)"
    rf"|(?P<before>\d+(?: ?{_WORD}\.?(?= ))?) ?(?:\+|(?:{pattern_of_all(lambda locale: locale.after_least)}))"
    rf"(?P<unit> ?{_WORD}\.?)?"
)
_LESS: Final = form(rf"(?:< ?|(?:{pattern_of_all(lambda locale: locale.before_less)}) )(?P<amount>.+)")
_MOST: Final = form(rf"(?:≤ ?|(?:{pattern_of_all(lambda locale: locale.before_most)}) )(?P<amount>.+)")
_ABOUT: Final = form(rf"(?:[~≈±] ?|(?:{pattern_of_all(lambda locale: locale.before_about)}) )(?P<amount>.+)")
# In Russian, the number after its unit means "about": "недели две".
_VAGUE: Final = form(
    rf"(?:{pattern_of_all(lambda locale: locale.before_vague)}) .+|\d+ ?/ ?\d+(?: ?{_WORD}\.?)?"
    rf"|(?:{'|'.join(_UNIT_NAMED)}) \d+(?: ?- ?\d+)?"
)
_FRACTION: Final = form(r"-?\d+[.,]\d+")
_NO_FIGURES: Final = form("[^0-9]*")
_FIGURES: Final = form("[0-9]+")
_NO_LETTERS: Final = form(f"(?:(?!{LETTER}).)*")


def number(question: Question, text: str) -> int | NumberRange | str:
    """Return the number or range in plain text, in the unit of the question, or a message what is wrong with it.

    The message is empty if the text cannot be read at all.
    """
    text = _INFLECTED.sub(r"\1", in_figures(text))
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return int(match[1])
    try:
        bounds = _amount(question, text) or _about(question, text) or _one_sided(question, text)
        return numbers_between(*bounds) if bounds else _two_ends(question, text) or _refusal(question, text)
    except ValueError:
        return _("The first number has to be smaller than the last.")


def _amount(question: Question, text: str, single: re.Pattern[str] = _SINGLE) -> _Counts | None:
    """Return how many of the question's units an amount is, as in "10", "2 weeks" or "month"; None if unknown."""
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return (int(match[1]), int(match[1])) if int(match[1]) >= 0 else None
    one = single.fullmatch(text)
    parts = _parts(f"1 {one['unit']}" if one else text)
    sizes = _SIZES[question.unit] if question.unit is not None else {}
    months = 0
    exactly = 0
    for unit, count in parts.items():
        if unit in sizes:
            exactly += count * sizes[unit]
        elif question.unit is Unit.DAYS and unit in _MONTHS:
            months += count * _MONTHS[unit]
        else:
            return None
    if not parts or months > _MAX_MONTHS:
        return None
    least, most = _days_of(months)
    return exactly + least, exactly + most


def _parts(text: str) -> Mapping[str, int]:
    """Return the counts by unit, or nothing if a word is no unit or one comes twice."""
    parts = _EACH_PART.findall(text) if _PARTS.fullmatch(text) else []
    counts = {_UNIT_NAMED.get(word, ""): int(count) for count, word in parts}
    return {} if "" in counts or len(counts) < len(parts) else counts


def _days_of(months: int) -> _Counts:
    """Return how many days so many consecutive months have at least, and at most."""
    lengths = _LENGTHS * (months // len(_LENGTHS) + 2)
    sums = [sum(lengths[start : start + months]) for start in range(len(_LENGTHS))]
    return min(sums), max(sums)


def _about(question: Question, text: str) -> _Counts | None:
    """Return what "about a month" is. About how many days "about 10 days" are, nobody can know."""
    match = _ABOUT.fullmatch(text)
    amount = _amount(question, match["amount"], _OF_SINGLE) if match else None
    return None if amount is None or amount[0] == amount[1] else amount


def _one_sided(question: Question, text: str) -> tuple[int | None, int | None] | None:
    """Return the bounds of an amount that is only bounded on one side.

    A day that has begun counts as a whole one, so less than 3 days can be 3. Only full months and years count, so more
    than 3 months can be 3.
    """
    less_one = 0 if question.unit is Unit.DAYS else 1
    more_one = 0 if question.unit in {Unit.MONTHS, Unit.YEARS} else 1
    for pattern in (_MORE, _LEAST, _LESS, _MOST):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        amount = _amount(question, match["amount"] or match["before"] + (match["unit"] or ""), _OF_SINGLE)
        if amount is not None:
            least, most = amount
            bounds = {_MORE: (least + more_one, None), _LEAST: (least, None)}
            return {**bounds, _LESS: (None, most - less_one), _MOST: (None, most)}[pattern]
    return None


def _two_ends(question: Question, text: str) -> int | NumberRange | None:
    for pattern in _TWO_ENDS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        low, low_unit, high, high_unit = match.groups()
        first = _amount(question, f"{low} {low_unit or high_unit or ''}".strip())
        last = _amount(question, f"{high} {high_unit or ''}".strip())
        if first is not None and last is not None:
            return numbers_between(first[0], last[1])
    return None


def _refusal(question: Question, text: str) -> str:
    """Return what is wrong with a text that is no number, no number with units, and no range."""
    if _parts(text):
        return _other_unit(question)
    reasons = [
        (_SPACED_DIGITS, _("There is a space between the digits. Type them together.")),
        (_ABOUT, _("It is not clear how much more or less. Type two numbers, as in 8-12.")),
        (_VAGUE, _("It is not clear how much more or less. Type two numbers, as in 8-12.")),
        (_FRACTION, _("Only a whole number can be taken.")),
        (_NO_FIGURES, _("The number has to be written in figures, as in 12.")),
        (_FIGURES, _("This number is too large.")),
        (_NO_LETTERS, _("Type the figures alone, as in 12.")),
    ]
    found = next((reason for pattern, reason in reasons if pattern.fullmatch(text)), "")
    return found or (_other_unit(question) if _has_other_unit(question, text) else "")


def _has_other_unit(question: Question, text: str) -> bool:
    """Return whether a word of the text is a unit that cannot be counted in that of the question."""
    own = _SIZES[question.unit].keys() if question.unit is not None else set[str]()
    known = own | _MONTHS.keys() if question.unit is Unit.DAYS else own
    units = {_UNIT_NAMED[word] for word in re.findall(_WORD, text) if word in _UNIT_NAMED}
    return bool(units - known)


def _other_unit(question: Question) -> str:
    if question.unit is None:
        return _("Only the number can be taken, without a word.")
    counted = {
        Unit.DAYS: _("Only days are counted here; a week is seven."),
        Unit.MONTHS: _("Only months are counted here; a year is twelve."),
        Unit.YEARS: _("Only years are counted here."),
    }[question.unit]
    return f"{counted} {question.help}"
