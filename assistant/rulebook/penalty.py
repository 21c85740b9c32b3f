"""What an exposure is punished with, as data, and which punishment is graver."""

import sys
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, StrictInt, Tag, WithJsonSchema, model_validator
from typing_extensions import Self

from assistant.documents.value import Value
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.vocabulary import Id, Period, Text


def one_of(*keys: str) -> dict[str, Any]:
    """Return the part of a JSON Schema that requires one of the keys."""
    return {"anyOf": [{"required": [key]} for key in keys]}


_KINDS: Final = (
    "fine",
    "compulsory_work",
    "corrective_work",
    "restriction_of_service",
    "restriction_of_liberty",
    "forced_labour",
    "arrest",
    "disciplinary_unit",
    "prison",
    "life",
)
"""The kinds of punishment in the order of the Code, lightest first."""

Months: TypeAlias = Annotated[StrictInt, WithJsonSchema({"type": "integer", "minimum": 1})]


class Term(Value):
    """A length in months, both ends included. Without ``up_to``, the law names no upper limit here."""

    model_config = ConfigDict(json_schema_extra=one_of("from", "up_to"))

    start: Months | None = Field(default=None, alias="from")
    up_to: Months | None = None

    @model_validator(mode="after")
    def _check_ends(self) -> Self:
        ends = [end for end in (self.start, self.up_to) if end is not None]
        if not ends or ends[0] < 1 or ends != sorted(ends):
            raise ValueError("term")
        return self


Yes: TypeAlias = Literal[True]


class Sentence(Value):
    """Punishments of which a court imposes one.

    Amounts and additional punishments are not part of it: the texts have them.
    """

    model_config = ConfigDict(json_schema_extra=one_of(*_KINDS))

    fine: Yes | None = None
    compulsory_work: Yes | None = None
    corrective_work: Term | None = None
    restriction_of_service: Term | None = None
    restriction_of_liberty: Term | None = None
    forced_labour: Term | None = None
    arrest: Term | None = None
    disciplinary_unit: Term | None = None
    prison: Term | None = None
    life: Yes | None = None

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.punishments:
            raise ValueError("sentence")
        return self

    @property
    def punishments(self) -> dict[str, Term | Yes]:
        """The punishments by kind, gravest first; True for those without a term."""
        named = {kind: getattr(self, kind) for kind in reversed(_KINDS)}
        return {kind: term for kind, term in named.items() if term is not None}


class Penalty(Sentence):
    """What one provision threatens.

    It applies to acts in the period ``in_force`` if all conditions in ``for`` hold. ``unasked`` is one more condition,
    in words, that no question asks about: the penalty is then at most possible. ``id`` names these words for other
    languages.
    """

    model_config = ConfigDict(
        json_schema_extra={**one_of(*_KINDS), "dependentRequired": {"unasked": ["id"]}},
    )

    id: Id | None = None
    conditions: dict[Id, ConditionValue] = Field(default={}, alias="for")
    unasked: Text | None = None
    in_force: Period = Period()
    statute: Id | None = None

    @model_validator(mode="after")
    def _check_named(self) -> Self:
        if self.unasked is not None and self.id is None:
            raise ValueError("unnamed")
        return self


class NoPenalty(Value):
    """Why an exposure has no penalty of its own. It is ranked by severity and never heads the outcome."""

    none: Text


def _penalties_or_reason(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        return "penalties"
    return "reason" if isinstance(value, NoPenalty) or (isinstance(value, dict) and "none" in value) else None


Penalties: TypeAlias = Annotated[
    Annotated[tuple[Penalty, ...], Field(min_length=1), Tag("penalties")] | Annotated[NoPenalty, Tag("reason")],
    Discriminator(_penalties_or_reason, custom_error_type="penalties", custom_error_message="penalties"),
]
"""The penalties that can apply, each by its own provision, or the reason why there is none."""


def gravity(sentence: Sentence) -> tuple[int, ...]:
    """Return a key that sorts sentences, lightest first.

    It compares life, the most months in prison, the fewest, and then the other kinds, the gravest first.
    """
    most = {kind: _most(term) for kind, term in sentence.punishments.items()}
    least = (sentence.prison.start or 0) if sentence.prison else 0
    gravest_first = [most.get(kind, 0) for kind in reversed(_KINDS)]
    return (*gravest_first[:2], least, *gravest_first[2:])


def _most(term: Term | Yes) -> int:
    if isinstance(term, Term):
        return sys.maxsize if term.up_to is None else term.up_to
    return 1
