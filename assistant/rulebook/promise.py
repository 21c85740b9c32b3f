"""What a rulebook promises about its findings, for all answers; ``check --prove`` proves it."""

from enum import Enum
from typing import Annotated

from pydantic import Field

from assistant.documents.value import Value
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.finding import Tone
from assistant.rulebook.source import Citation
from assistant.rulebook.vocabulary import Day, Id, Text


class Incompatible(Value):
    """A promise: no two of these facts and findings are ever established together."""

    id: Id
    of: Annotated[tuple[Id, ...], Field(min_length=2)]


class ExactlyOne(Value):
    """A promise: where the conditions hold, one of these facts and findings can hold and no two are established."""

    id: Id
    when: dict[Id, ConditionValue] = {}
    of: Annotated[tuple[Id, ...], Field(min_length=2)]


class RestsOn(str, Enum):
    """The kind of source that supports a rule."""

    PASSAGE = "passage"
    STATUTE = "statute"


class Never(Value):
    """A promise: where the conditions hold, these findings are never established.

    They are named by ``of``, or selected by tone or by the kind of source that supports one of their rules.
    """

    id: Id
    when: Annotated[dict[Id, ConditionValue], Field(min_length=1)]
    of: tuple[Id, ...] = ()
    tone: Tone | None = None
    rests_on: RestsOn | None = None


class NotExcludedBy(Value):
    """A promise: ``answers`` never exclude a fact or finding that ``in_place_of`` would leave open or establish."""

    id: Id
    answers: Annotated[dict[Id, ConditionValue], Field(min_length=1)]
    in_place_of: Annotated[dict[Id, ConditionValue], Field(min_length=1)]
    when: dict[Id, ConditionValue] = {}
    of: Annotated[tuple[Id, ...], Field(min_length=1)]


class Dangerous(Value):
    """A promise: from a day on, a step is never established, because it does harm; and why.

    The day is compared with the day of the act and with the day of asking.
    """

    id: Id
    step: Id
    start: Day = Field(alias="from")
    text: Text
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]
