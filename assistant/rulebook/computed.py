"""Questions that are answered from the answers to others, as frozen data: days between, a day plus a span, an order."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Final, TypeAlias

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictInt,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import Self

from assistant.documents.value import Value
from assistant.rulebook.calendar import MONTHS_IN_YEAR
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.vocabulary import ID_PATTERN, Id, day


def _question_or_day(value: Any) -> Any:
    """Return a day, or the id of a question.

    Raises:
        ValueError: if it is neither; one error, where a union of types would have one for each.
    """
    if isinstance(value, str) and ID_PATTERN.fullmatch(value):
        return value
    try:
        return day(value)
    except ValueError:
        raise ValueError("question or day") from None


QuestionOrDay: TypeAlias = Annotated[
    datetime.date | str,
    BeforeValidator(_question_or_day),
    WithJsonSchema({"type": "string", "pattern": rf"^(\d{{4}}-\d{{2}}-\d{{2}}|{ID_PATTERN.pattern})$"}),
]
"""The id of a question for a date, or a fixed day."""


_PARTS: Final = ("days_from", "months_from", "years_from", "to", "day", "plus", "before", "after", "larger_of")
_KEY_SETS: Final = (
    *({unit, "to"} for unit in ("days_from", "months_from", "years_from")),
    {"day", "plus"},
    {"day", "before"},
    {"day", "after"},
    {"larger_of"},
)
_ONE_FORMULA: Final = [
    {"required": sorted(keys), "properties": {part: False for part in _PARTS if part not in keys}} for keys in _KEY_SETS
]


class Span(Value):
    """A length of time that is added to a day: a number of days, of months or of years."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    days: StrictInt | None = None
    months: StrictInt | None = None
    years: StrictInt | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(part is not None for part in (self.days, self.months, self.years)) != 1:
            raise ValueError("span")
        return self

    @property
    def leaves_the_calendar(self) -> bool:
        """Whether no two days of the calendar are so far from each other."""
        most = {"days": datetime.date.max.toordinal(), "years": datetime.MAXYEAR}
        most["months"] = MONTHS_IN_YEAR * datetime.MAXYEAR
        return any(abs(count) >= most[unit] for unit, count in dict(self).items() if count is not None)


class Formula(Value):
    """One way to compute an answer. It is used where the answers meet ``when``.

    It is one of these: the days, full months or full years from one day ``to`` another; a ``day`` plus a span; whether
    a ``day`` is ``before`` or ``after`` another; the larger of several numbers or days.
    """

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_FORMULA})  # type: ignore[dict-item]  # it is JSON

    days_from: Id | None = None
    months_from: Id | None = None
    years_from: Id | None = None
    to: Id | None = None
    day: Id | None = None
    plus: Span | None = None
    before: QuestionOrDay | None = None
    after: QuestionOrDay | None = None
    larger_of: Annotated[tuple[Id, ...], Field(min_length=2)] | None = None
    when: dict[Id, ConditionValue] = {}

    @model_validator(mode="after")
    def _one_formula(self) -> Self:
        given = {name for name, part in dict(self).items() if part is not None and name != "when"}
        if given not in _KEY_SETS:
            raise ValueError("formula")
        return self

    @property
    def start(self) -> str | None:
        """The question for the first of two days that are counted from, or None."""
        return self.days_from or self.months_from or self.years_from

    @property
    def inputs(self) -> tuple[str, ...]:
        """The questions whose answers are needed, besides those of ``when``."""
        return tuple(dict.fromkeys(self._inputs()))

    @property
    def repeated_inputs(self) -> tuple[str, ...]:
        """The questions that are named twice, as if a day were compared with itself."""
        return tuple(name for name, count in Counter(self._inputs()).items() if count > 1)

    def _inputs(self) -> Iterator[str]:
        for part in (self.start, self.to, self.day, self.before, self.after, *(self.larger_of or ())):
            if isinstance(part, str):
                yield part


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class _OneOrMany:
    """Says in the JSON Schema that one mapping is as good as a list of them."""

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        many = handler(core_schema)
        return {"anyOf": [many["items"], many]}


Formulas: TypeAlias = Annotated[tuple[Formula, ...], BeforeValidator(_as_list), _OneOrMany()]
"""One formula, or several: each that applies says something, and all of them have to agree."""
