"""Answers that follow from others by the formulas of computed questions, and answers that cannot both be true.

An answer is exact or a range; so a formula is evaluated for intervals, and its result is what all points of its inputs
can give. It is never narrower than that.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from assistant.rulebook.calendar import MONTHS_IN_YEAR, begun_days, days_later, full_months, full_years, months_later
from assistant.rulebook.computed import Formula, Span
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.model import Impossible, Rulebook
from assistant.rulebook.program import atom_of, decided
from assistant.rulebook.question import Answer, Answers, GivenBy, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, days_between, interval, numbers_between
from assistant.system.language import _

Interval: TypeAlias = tuple[int | None, int | None]
"""The lowest and the highest value, as ordinals; None is an open end."""

COMPUTED = "computed:"
"""The prefix of the ids of contradictions between an answer and what others give for it."""


class Completed(NamedTuple):
    """Answers with those that follow from them, and the computed questions whose answers cannot all be true.

    ``exact``: the computed questions whose inputs are all exact, so that nobody has to be asked.
    """

    answers: Mapping[str, Answer]
    contradicting: tuple[str, ...] = ()
    exact: frozenset[str] = frozenset()


class _Unit(NamedTuple):
    """What is counted between two days: the least there can be, and how the shortest and the longest are counted."""

    least: int
    shortest: Callable[[datetime.date, datetime.date], int]
    longest: Callable[[datetime.date, datetime.date], int]


_UNITS: Final = {
    "days_from": _Unit(1, lambda start, end: begun_days(start, end)[0], lambda start, end: begun_days(start, end)[1]),
    "months_from": _Unit(0, full_months, full_months),
    "years_from": _Unit(0, full_years, full_years),
}
_YES, _NO = (1, 1), (0, 0)


class NothingFitsError(Exception):
    """No answer to a computed question fits the answers that it is computed from."""


def completed(rulebook: Rulebook, answers: Answers) -> Completed:
    """Return the answers with those that they give for computed questions, narrowed by what was said of these."""
    if not rulebook.computed_questions:
        return Completed(answers)
    known = dict(answers)
    contradicting, exact = [], set()
    for question in rulebook.computed_questions:
        applying = [each for each in question.computed if _applies(rulebook, each, known)]
        try:
            value = _narrowed(
                question, [_value_or_none(rulebook, each, known) for each in applying], known.get(question.id)
            )
        except NothingFitsError:
            contradicting.append(question.id)
            continue
        if value is not None:
            known[question.id] = value
        if any(all(_is_exact(known[name]) for name in each.inputs) for each in applying):
            exact.add(question.id)
    return Completed(known, tuple(contradicting), frozenset(exact))


def contradiction_of(rulebook: Rulebook, computed: str) -> Impossible:
    """Return the contradiction of a computed question as an impossible combination of the answers that it is about."""
    question = rulebook.question[computed]

    def asked(names: Iterable[str]) -> list[str]:
        return [name for name in dict.fromkeys(names) if rulebook.question[name].given_by is GivenBy.PERSON]

    when: dict[str, ConditionValue] = dict.fromkeys((*asked(question.needed_questions), computed), True)
    inputs = asked(name for each in question.computed for name in each.inputs)
    texts = " · ".join(rulebook.question[name].text for name in (*inputs, computed))
    message = _("These answers do not fit together: {questions}").format(questions=texts)
    return Impossible.model_construct(id=f"{COMPUTED}{computed}", when=when, text=message)


def _applies(rulebook: Rulebook, formula: Formula, known: Answers) -> bool:
    """Return whether all inputs are answered and all conditions are met for certain."""
    if any(name not in known for name in formula.inputs):
        return False
    for name, value in formula.when.items():
        atom, holds = atom_of(rulebook.question[name], value)
        if name not in known or decided(atom, known[name]) is not holds:
            return False
    return True


def _value_or_none(rulebook: Rulebook, formula: Formula, known: Answers) -> Interval:
    """Return what a formula gives: nothing if only the day of asking does not fit, which nobody has said.

    Raises:
        NothingFitsError: if no values of the inputs fit together.
    """
    try:
        return value(formula, {name: _interval(known[name]) for name in formula.inputs})
    except NothingFitsError:
        if all(rulebook.question[name].given_by is GivenBy.PERSON for name in formula.inputs):
            raise
        return None, None


def value(formula: Formula, ends: Mapping[str, Interval]) -> Interval:
    """Return what a formula gives, with the interval of each of its inputs.

    Raises:
        NothingFitsError: if no values of the inputs fit together.
    """
    if formula.start is not None and formula.to is not None:
        unit = next(unit for unit in _UNITS if getattr(formula, unit) is not None)
        return _between(_UNITS[unit], ends[formula.start], ends[formula.to])
    if formula.larger_of is not None:
        parts = [ends[name] for name in formula.larger_of]
        lows = [low for low, _high in parts if low is not None]
        highs = [high for _low, high in parts if high is not None]
        return max(lows, default=None), max(highs) if len(highs) == len(parts) else None
    assert formula.day is not None  # noqa: S101  # there is no other formula
    days = ends[formula.day]
    if formula.plus is not None:
        return _later(days[0], formula.plus), _later(days[1], formula.plus)
    other = formula.before if formula.before is not None else formula.after
    assert other is not None  # noqa: S101  # as above
    others = ends[other] if isinstance(other, str) else _interval(other)
    return _is_before(days, others) if formula.before is not None else _is_before(others, days)


def _between(unit: _Unit, start: Interval, end: Interval) -> Interval:
    """Return the time between two days: at least from the last start to the first end, at most the other way."""
    (earliest, latest), (first, last) = map(_dates, (start, end))
    if earliest is not None and last is not None and last < earliest:
        raise NothingFitsError
    least = unit.least if latest is None or first is None or first < latest else unit.shortest(latest, first)
    return least, None if earliest is None or last is None else unit.longest(earliest, last)


def _later(start: int | None, span: Span) -> int | None:
    if start is None:
        return None
    day = datetime.date.fromordinal(start)
    later = days_later(day, span.days or 0) if span.days else months_later(day, (span.months or 0) + _months(span))
    return later.toordinal() if later is not None else None


def _months(span: Span) -> int:
    return (span.years or 0) * MONTHS_IN_YEAR


def _is_before(one: Interval, other: Interval) -> Interval:
    """Return whether a day is before another: 1, 0, or both if it depends."""
    if one[1] is not None and other[0] is not None and one[1] < other[0]:
        return _YES
    return _NO if one[0] is not None and other[1] is not None and one[0] >= other[1] else (0, 1)


def _narrowed(question: Question, values: Sequence[Interval], said: Answer | None) -> Answer | None:
    """Return what an answer and computed values have in common; None if nothing is known.

    Raises:
        NothingFitsError: if they have nothing in common.
    """
    intervals = [*values, *(() if said is None else (_interval(said),))]
    lows = [low for low, _high in intervals if low is not None]
    highs = [high for _low, high in intervals if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        raise NothingFitsError
    if low is None and high is None:
        return None
    if question.type is QuestionType.YES_NO:
        return low == 1 if low == high else None
    return numbers_between(low, high) if question.type is QuestionType.NUMBER else days_between(*_dates((low, high)))


def _interval(answer: Answer) -> Interval:
    if isinstance(answer, bool):
        return _YES if answer else _NO
    assert not isinstance(answer, str | OptionSet)  # noqa: S101  # a choice is no input, as check_computed sees to
    return interval(answer)


def _dates(days: Interval) -> tuple[datetime.date | None, datetime.date | None]:
    first, last = (None if end is None else datetime.date.fromordinal(end) for end in days)
    return first, last


def _is_exact(answer: Answer) -> bool:
    return not isinstance(answer, DateRange | NumberRange | OptionSet)
