"""The basic types of rulebook files: ids, days, periods, and texts that a reader sees."""

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, StrictInt, WithJsonSchema, model_validator
from typing_extensions import Self

from assistant.documents.value import Value

UNKNOWN: Final = "unknown"
"""The value for "I don't know" in files of answers; no option may have this name."""
ID_PATTERN = re.compile(r"[a-z][a-z0-9_-]{0,79}")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _well_formed(identifier: str) -> str:
    if not ID_PATTERN.fullmatch(identifier):
        raise ValueError("id")
    return identifier


def day(value: Any) -> datetime.date:
    """Return an ISO 8601 calendar date (``2022-09-24``) as a date; accept no other format.

    Raises:
        ValueError: for anything else, ``2024-02-30`` and datetimes included.
    """
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        raise ValueError("day")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("day") from None


def bound(value: Any) -> int | datetime.date:
    """Return one end of a range: a whole number or a day.

    Raises:
        ValueError: for anything else.
    """
    if isinstance(value, (str, datetime.date)):
        return day(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("bound")  # noqa: TRY004  # pydantic reports value errors and does not catch others
    return value


def by_type(tags: Mapping[type, str], error: str | None = None) -> Discriminator:
    """Return a discriminator of a union by the type of the value, so that errors mention only the member meant."""
    return Discriminator(lambda value: tags.get(type(value)), custom_error_type=error, custom_error_message=error)


Id: TypeAlias = Annotated[
    str, AfterValidator(_well_formed), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"})
]
Day: TypeAlias = Annotated[datetime.date, BeforeValidator(day)]
Bound: TypeAlias = Annotated[int | datetime.date, BeforeValidator(bound)]


FIRST_STAGE: Final = 1
LAST_STAGE: Final = 2


def stage(value: int) -> int:
    """Return the number of a stage.

    Raises:
        ValueError: if there is no such stage.
    """
    if not FIRST_STAGE <= value <= LAST_STAGE:
        raise ValueError("stage")
    return value


Stage: TypeAlias = Annotated[
    StrictInt,
    AfterValidator(stage),
    WithJsonSchema({"type": "integer", "minimum": FIRST_STAGE, "maximum": LAST_STAGE}),
]
"""When a question is asked: 1, before the outcome is shown; or 2, afterwards, to make it more exact."""


LANGUAGE_CODE: Final = re.compile(r"[a-z]{2,3}")


def _language(code: str) -> str:
    if not LANGUAGE_CODE.fullmatch(code):
        raise ValueError("language")
    return code


Language: TypeAlias = Annotated[
    str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE_CODE.pattern}$"})
]
"""The code of a language, as in ``en``."""


class Prose:
    """Marks a field whose text a reader sees, and which is therefore translated."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("too_short")
    return text


NotBlank: TypeAlias = Annotated[
    str, AfterValidator(_not_blank), Field(min_length=1, json_schema_extra={"pattern": r"\S"})
]
Text: TypeAlias = Annotated[NotBlank, Prose()]


ADDRESS: Final = re.compile(r"https?://[^\s/?#@\"<>\\]+([/?#][^\s\"<>\\]*)?")
MAX_ADDRESS_CHARACTERS: Final = 2_000


def _address(text: str) -> str:
    if len(text) > MAX_ADDRESS_CHARACTERS or not ADDRESS.fullmatch(text):
        raise ValueError("address")
    return text


Address: TypeAlias = Annotated[
    str,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": f"^{ADDRESS.pattern}$", "maxLength": MAX_ADDRESS_CHARACTERS}),
]
"""The address of a page that anybody can open."""


class Period(Value):
    """Days from ``from`` to ``until``, both included; a missing end is open."""

    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.start and self.until and self.until < self.start:
            raise ValueError("period")
        return self

    def __contains__(self, when: datetime.date) -> bool:
        return (self.start is None or self.start <= when) and (self.until is None or when <= self.until)

    def __bool__(self) -> bool:
        return self.start is not None or self.until is not None
