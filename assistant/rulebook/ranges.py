"""Answers that are only partly known: a range of days or of numbers, or several options of which one is right.

Its *points* are the exact answers that it may stand for. An answer with one point is always written as that point.
"""

import calendar
import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StrictStr, WithJsonSchema, model_validator
from typing_extensions import Self

from assistant.documents.value import Value
from assistant.rulebook.vocabulary import ISO_DAY, Period, day

Point: TypeAlias = bool | int | str | datetime.date
"""An exact answer: true or false, a number, the id of an option, or a day."""


class DateRange(Period):
    """One of the days from ``start`` (``from`` in files) to ``until``, both included; None leaves an end open."""

    @model_validator(mode="after")
    def _several_days(self) -> Self:
        _check_ends(self.start, self.until)
        return self


class NumberRange(Value):
    """One of the numbers from ``start`` (``from`` in files) to ``up_to``, both included; None leaves an end open."""

    start: StrictInt | None = Field(default=None, alias="from")
    up_to: StrictInt | None = None

    @model_validator(mode="after")
    def _several_numbers(self) -> Self:
        _check_ends(self.start, self.up_to)
        return self


class OptionSet(Value):
    """One of several options of a choice, given by their ids in the order of the question."""

    options: Annotated[tuple[str, ...], Field(min_length=2)]


Range: TypeAlias = DateRange | NumberRange | OptionSet
"""An answer with several points."""

AnswerData: TypeAlias = (
    StrictBool
    | StrictInt
    | StrictStr
    | Annotated[tuple[StrictStr, ...], Field(min_length=2)]
    | dict[str, StrictInt | StrictStr]
)
"""An answer in the notation of scenario files, as JSON can represent it: see :func:`as_data`."""

_MONTH_OR_YEAR: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_BOUNDS_OF_NUMBERS: Final = {"from", "over", "up_to", "under"}
_BOUNDS_OF_DAYS: Final = {"from", "until"}
_End = TypeVar("_End", int, datetime.date)


def interval(answer: int | datetime.date | DateRange | NumberRange) -> tuple[int | None, int | None]:
    """Return the lowest and the highest point of a number, a day or a range as ordinals; None is an open end."""
    if isinstance(answer, DateRange):
        return _ordinal(answer.start), _ordinal(answer.until)
    if isinstance(answer, NumberRange):
        return answer.start, answer.up_to
    number = _ordinal(answer)
    return number, number


def days(value: Any) -> datetime.date | DateRange:
    """Return a day, a month or year in ISO 8601 (``2025-10``, ``2025``), or a mapping of ``from`` and ``until``.

    The ends in a mapping may be months or years too: then the first or the last day counts.

    Raises:
        ValueError: for anything else.
    """
    if isinstance(value, DateRange):
        return value
    if isinstance(value, Mapping):
        ends = _bounds(value, _BOUNDS_OF_DAYS, "days")
        first, last = (None if end is None else _calendar_unit(end) for end in (ends.get("from"), ends.get("until")))
        return days_between(first and first[0], last and last[1])
    return days_between(*_calendar_unit(value))


def numbers(value: Any) -> int | NumberRange:
    """Return a whole number, or a mapping of ``from`` or ``over``, and ``up_to`` or ``under``.

    Raises:
        ValueError: for anything else.
    """
    if isinstance(value, NumberRange) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    bounds = _bounds(value, _BOUNDS_OF_NUMBERS, "numbers")
    if any(isinstance(bound, bool) or not isinstance(bound, int) for bound in bounds.values()):
        raise ValueError("numbers")
    if {"from", "over"} <= bounds.keys() or {"up_to", "under"} <= bounds.keys():
        raise ValueError("two_bounds")
    low = bounds["over"] + 1 if "over" in bounds else bounds.get("from")
    return numbers_between(low, bounds["under"] - 1 if "under" in bounds else bounds.get("up_to"))


def days_between(start: datetime.date | None, until: datetime.date | None) -> datetime.date | DateRange:
    """Return the range of days from ``start`` to ``until``, or the day if they are the same.

    Raises:
        ValueError: if both ends are open, or no day lies between them.
    """
    if start is not None and start == until:
        return start
    _check_ends(start, until)
    return DateRange(start=start, until=until)


def numbers_between(start: int | None, up_to: int | None) -> int | NumberRange:
    """Return the range of numbers from ``start`` to ``up_to``, or the number if they are the same.

    Raises:
        ValueError: if both ends are open, or no number lies between them.
    """
    if start is not None and start == up_to:
        return start
    _check_ends(start, up_to)
    return NumberRange(start=start, up_to=up_to)


def as_data(answer: Point | Range) -> AnswerData:
    """Return an answer in the notation of scenario files, as JSON can represent it."""
    if isinstance(answer, OptionSet):
        return answer.options
    if isinstance(answer, DateRange | NumberRange):
        data: AnswerData = answer.model_dump(mode="json", by_alias=True, exclude_none=True)
        return data
    return answer.isoformat() if isinstance(answer, datetime.date) else answer


def _check_ends(low: _End | None, high: _End | None) -> None:
    if low is None and high is None:
        raise ValueError("no_bounds")
    if low is not None and high is not None and low >= high:
        raise ValueError("nothing_between")


def _ordinal(end: int | datetime.date | None) -> int | None:
    return end.toordinal() if isinstance(end, datetime.date) else end


def _bounds(value: Any, known: set[str], kind: str) -> dict[str, Any]:
    """Return the bounds that a mapping names; one without a value is left open."""
    if not isinstance(value, Mapping) or not value.keys() <= known:
        raise ValueError(kind)
    return {name: bound for name, bound in value.items() if bound is not None}


def _calendar_unit(value: Any) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a day, month or year."""
    text = str(value) if type(value) is int and value > 0 else value
    if not isinstance(text, str) or ISO_DAY.fullmatch(text):
        return day(text), day(text)
    match = _MONTH_OR_YEAR.fullmatch(text)
    if match is None:
        raise ValueError("days")
    year, first, last = int(match[1]), int(match[2] or 1), int(match[2] or 12)
    try:
        return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        raise ValueError("days") from None


def _described(schema: dict[str, Any], bound: dict[str, Any], names: set[str]) -> WithJsonSchema:
    mapping = {"type": "object", "properties": dict.fromkeys(sorted(names), bound), "additionalProperties": False}
    return WithJsonSchema({"anyOf": [schema, {**mapping, "minProperties": 1}]})


_UNIT: Final = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
Days: TypeAlias = Annotated[datetime.date | DateRange, BeforeValidator(days), _described(_UNIT, _UNIT, _BOUNDS_OF_DAYS)]
Numbers: TypeAlias = Annotated[
    int | NumberRange,
    BeforeValidator(numbers),
    _described({"type": "integer"}, {"type": "integer"}, _BOUNDS_OF_NUMBERS),
]
"""A field of a file for a day or a range of days, and for a number or a range of numbers."""
