"""The values that a condition requires of an answer or of a fact, as frozen data."""

from typing import Annotated, TypeAlias

from pydantic import Field, StrictBool, StrictInt, Tag

from assistant.documents.value import Value
from assistant.rulebook.vocabulary import Bound, Day, by_type


class Range(Value):
    """Numbers (``over``, ``from``, ``under``, ``up_to``) or days (``from``, ``until``, both included)."""

    over: StrictInt | None = None
    start: Bound | None = Field(default=None, alias="from")
    under: StrictInt | None = None
    up_to: StrictInt | None = None
    until: Day | None = None


ConditionValue: TypeAlias = Annotated[
    Annotated[StrictBool, Tag("bool")]
    | Annotated[str, Tag("option")]
    | Annotated[tuple[str, ...], Tag("options")]
    | Annotated[Range, Tag("range")],
    by_type({bool: "bool", str: "option", list: "options", tuple: "options", dict: "range", Range: "range"}),
]
"""True or false, an option, several options, or a range of numbers or days."""
