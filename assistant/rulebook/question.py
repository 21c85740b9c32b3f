"""Questions and answers, as frozen data."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, TypeAlias

from pydantic import StrictBool, StrictInt, Tag

from assistant.documents.value import Value
from assistant.rulebook.computed import Formulas
from assistant.rulebook.ranges import DateRange, Point, Range
from assistant.rulebook.source import Citation
from assistant.rulebook.vocabulary import Bound, Day, Id, Stage, Text, by_type

Answer: TypeAlias = Point | Range
"""A person's answer: exact, or as exact as he knows it."""

Answers: TypeAlias = Mapping[str, Answer]
"""Answers by question. A question that is absent is unknown, whether it was skipped or answered "I don't know"."""


class QuestionType(str, Enum):
    """The type of the answers to a question."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"

    @property
    def is_ordered(self) -> bool:
        """Whether its answers are ordered, so that rules test ranges of them."""
        return self in {QuestionType.NUMBER, QuestionType.DATE}


class Unit(str, Enum):
    """The unit of the answer to a question for a number."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class GivenBy(str, Enum):
    """The source of the answer to a question: a person, or the clock (the day of asking)."""

    PERSON = "person"
    CLOCK = "clock"


class DecidedBy(str, Enum):
    """Who can still change the answer: the man himself, others (his command, a court), or nobody, as it is past."""

    HE = "he"
    OTHERS = "others"
    PAST = "past"


class Option(Value):
    """One option of a choice."""

    id: Id
    text: Text
    help: Text | None = None


class Suggestion(Value):
    """A suggested answer with a reason; it counts only after the user has confirmed it."""

    answer: Annotated[
        Annotated[StrictBool, Tag("bool")] | Annotated[StrictInt, Tag("number")] | Annotated[Id, Tag("option")],
        by_type({bool: "bool", int: "number", str: "option"}),
    ]
    as_of: Day
    reason: Text
    cites: tuple[Citation, ...] = ()


class NamedDays(DateRange):
    """Days that people name by an event, as in "before mobilisation"; ``|`` separates other ways to write it."""

    id: Id
    words: Text

    @property
    def spellings(self) -> tuple[str, ...]:
        """The ways to write it, the one to show first."""
        return tuple(spelling.strip() for spelling in self.words.split("|"))


class Question(Value):
    """A question to the user. ``lowest`` and ``highest`` bound a number or a date, both included.

    ``unit``: what a number counts; a user may type it after the number.

    ``named``: days that a user may type by their name, for a date.

    ``computed``: how its answer follows from others; it is asked only where they are not known.

    ``stage``: when it is asked; by default in the first stage, or in that of its group.

    A question that is ``given_by`` the clock is never asked: its answer is the day of asking.
    """

    id: Id
    type: QuestionType = QuestionType.YES_NO
    given_by: GivenBy = GivenBy.PERSON
    decided_by: DecidedBy | None = None
    text: Text
    help: Text
    options: tuple[Option, ...] = ()
    lowest: Bound | None = None
    highest: Bound | None = None
    unit: Unit | None = None
    named: tuple[NamedDays, ...] = ()
    suggest: Suggestion | None = None
    stage: Stage | None = None
    computed: Formulas = ()
    severity: StrictInt = 0

    @property
    def needed_questions(self) -> tuple[str, ...]:
        """The questions that its answer is computed from."""
        return tuple(dict.fromkeys(name for each in self.computed for name in (*each.inputs, *each.when)))

    @property
    def end_columns(self) -> tuple[str, str]:
        """See :func:`end_columns`."""
        return end_columns(self.id)


def end_columns(question: str) -> tuple[str, str]:
    """Return the columns of a table for the two ends of an answer that is a range of days or numbers."""
    return f"{question}_from", f"{question}_to"
