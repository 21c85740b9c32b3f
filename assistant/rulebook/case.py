"""Cases: what is reported to have happened to somebody, as frozen data."""

import datetime
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from typing_extensions import Self

from assistant.documents.value import Value
from assistant.rulebook.penalty import Sentence, Yes, one_of
from assistant.rulebook.ranges import DateRange, days
from assistant.rulebook.vocabulary import Address, Id, NotBlank, Text

_END = {"type": ["integer", "string", "null"]}
Day: TypeAlias = Annotated[
    datetime.date | DateRange,
    BeforeValidator(days),
    WithJsonSchema(
        {
            "type": ["integer", "string", "object"],
            "properties": {"from": _END, "until": _END},
            "additionalProperties": False,
        }
    ),
]
"""A day, as exact as it is reported: a day, a month, a year, or a range of days."""

Written: TypeAlias = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": ["boolean", "integer", "string", "null", "object", "array"],
            "items": {"type": "string"},
            "properties": dict.fromkeys(("from", "over", "up_to", "under", "until"), _END),
            "additionalProperties": False,
        }
    ),
]
"""An answer as it is written, before its question is known. A range is a mapping of bounds or a list of options."""


class CaseSentence(Sentence):
    """What a court imposed: one of the kinds, with an exact term or as exact as it is reported."""

    suspended: Yes | None = None


class CaseOutcome(Value):
    """What came of it: the findings that came true, by what was decided about them. ``happened``: all but offences."""

    model_config = ConfigDict(
        json_schema_extra={
            **one_of("convicted_of", "charged_with", "happened"),
            "dependentRequired": {"sentence": ["convicted_of"]},
        }
    )

    convicted_of: tuple[Id, ...] = ()
    charged_with: tuple[Id, ...] = ()
    happened: tuple[Id, ...] = ()
    sentence: CaseSentence | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.findings or (self.sentence is not None and not self.convicted_of):
            raise ValueError("outcome")
        return self

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of all findings that came true, each once."""
        return tuple(dict.fromkeys((*self.convicted_of, *self.charged_with, *self.happened)))


class Report(Value):
    """Who reported it, when, and where it can be read. ``as_listed``: the report itself was not read."""

    by: NotBlank
    on: Day | None = None
    address: Address | None = None
    as_listed: Yes | None = None


class Case(Value):
    """What is reported to have happened to somebody: evidence of practice, without names of private persons.

    ``answers`` are as in a scenario: what is not reported is left out, and a date or number may be a range.
    ``differs``: why the sentence lies below or above what the provision threatens.
    """

    id: Id
    told: Text
    answers: dict[Id, Written]
    outcome: CaseOutcome
    differs: Text | None = None
    reported: Annotated[tuple[Report, ...], Field(min_length=1)]
