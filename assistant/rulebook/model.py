"""The rulebook: questions, facts, findings, rules and sources, as frozen data.

Nothing here depends on the law of a country. The semantics of rules is defined in :mod:`assistant.rulebook.program`.
"""

from enum import Enum
from functools import cached_property
from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, StrictBool, StrictInt, Tag

from assistant.documents.keys import place_around
from assistant.documents.problem import Place, Problem
from assistant.documents.value import Value
from assistant.rulebook.question import GivenBy, Question
from assistant.rulebook.source import Citation, Sources
from assistant.rulebook.vocabulary import Bound, Day, Id, Period, Text


class Kind(str, Enum):
    """The kind of a finding."""

    PROTECTION = "protection"
    EXPOSURE = "exposure"
    CONSEQUENCE = "consequence"
    WARNING = "warning"
    STEP = "step"
    NOTE = "note"

    @property
    def of_the_act(self) -> bool:
        """Whether it follows from the act; warnings, steps and notes hold even while the act is only planned."""
        return self in {Kind.PROTECTION, Kind.EXPOSURE, Kind.CONSEQUENCE}


class Tone(str, Enum):
    """Cautionary findings are shown when possible; reassuring ones count only when established."""

    CAUTIONARY = "cautionary"
    REASSURING = "reassuring"


def _form(value: object) -> str | None:
    """Return the tag of the union member that the author meant, so that errors mention only this one."""
    forms = {bool: "bool", str: "option", list: "options", tuple: "options", dict: "range"}
    return "range" if isinstance(value, Range) else forms.get(type(value))


class Fact(Value):
    """Something derived from answers and other facts."""

    id: Id
    text: Text


class Finding(Value):
    """A conclusion for the user. ``looks_ahead``: it is about something still to be done, as every step is."""

    id: Id
    kind: Kind
    tone: Tone
    title: Text
    text: Text
    looks_ahead: StrictBool = False
    severity: StrictInt = 0

    @property
    def reassures_ahead(self) -> bool:
        """Whether it reassures about something still to be done, and therefore depends on the day of asking."""
        return self.tone is Tone.REASSURING and (self.looks_ahead or self.kind is Kind.STEP)


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
    Discriminator(_form),
]
"""True or false, an option, several options, or a range of numbers or days."""


class Rule(Value):
    """One legal ground: all conditions in ``when`` must hold, and no exception in ``unless`` may hold."""

    id: Id
    concludes: Id
    when: dict[Id, ConditionValue] = {}
    unless: tuple[Id, ...] = ()
    in_force: Period = Period()
    contested: Text | None = None
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]


class Impossible(Value):
    """A combination of answers that contradict each other."""

    id: Id
    when: Annotated[dict[Id, ConditionValue], Field(min_length=1)]
    text: Text


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

    They are named by ``of``, or selected by tone or by the kind of source they rest on. A finding rests on passages if
    a passage supports one of its rules.
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


class OutOfScope(Value):
    """A subject that the rulebook does not cover, mentioned with the questions where a user would expect it."""

    id: Id
    text: Text
    beside: tuple[Id, ...]
    cites: tuple[Citation, ...] = ()


class Planned(Value):
    """The answer that says the act is only planned: findings then state what *would* follow."""

    question: Id
    option: Id


class Metadata(Value):
    """Data about the rulebook as a whole. ``date_question`` is the question whose answer periods are compared with.

    ``text_of``: the day of the text of the law that was read; later changes, up to ``reviewed_until``, are reported.
    """

    id: Id
    title: Text
    summary: Text
    disclaimer: Text
    text_of: Day | None = None
    reviewed_until: Day
    review: Text
    date_question: Id | None = None
    planned: Planned | None = None


class Rulebook(Value):
    """A rulebook in one language.

    ``places`` maps keys such as ``rules.<id>`` to places in the files; ``translations`` maps a language to its texts by
    key (see :mod:`assistant.rulebook.translation`); ``hash`` identifies the folder's contents, including sources.
    """

    metadata: Metadata
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    impossible: tuple[Impossible, ...] = ()
    out_of_scope: tuple[OutOfScope, ...] = ()
    incompatible: tuple[Incompatible, ...] = ()
    exactly_one_of: tuple[ExactlyOne, ...] = ()
    never: tuple[Never, ...] = ()
    not_excluded_by: tuple[NotExcludedBy, ...] = ()
    sources: Sources = Sources()
    language: str = "en"
    translations: dict[str, dict[str, str]] = Field(default={}, repr=False)
    places: dict[str, Place] = Field(default={}, repr=False)
    hash: str = ""

    def problem_at(self, key: str, message: str, remedy: str = "") -> Problem:
        """Return a problem at the place of this key, or at the nearest enclosing place."""
        return Problem(place=place_around(self.places, key), message=message, remedy=remedy)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages of its texts, in alphabetical order."""
        return tuple(sorted({self.language, *self.translations}))

    @cached_property
    def question(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def asked_questions(self) -> tuple[Question, ...]:
        """The questions that a person is asked, in the order of the files."""
        return tuple(question for question in self.questions if question.given_by is GivenBy.PERSON)

    @cached_property
    def clock_question(self) -> Question | None:
        """The question whose answer is the day of asking, or None."""
        return next((question for question in self.questions if question.given_by is GivenBy.CLOCK), None)

    @cached_property
    def fact(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def finding(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def questions_by_severity(self) -> tuple[Question, ...]:
        """The questions, gravest first; among equals, in the order of the files."""
        return tuple(sorted(self.questions, key=lambda question: -question.severity))

    @cached_property
    def findings_in_order(self) -> tuple[Finding, ...]:
        """The findings in reading order: cautionary before reassuring, then gravest first, then as in the files."""
        return tuple(sorted(self.findings, key=lambda each: (each.tone is Tone.REASSURING, -each.severity)))

    @cached_property
    def rule(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rules_for(self) -> dict[str, tuple[Rule, ...]]:
        """The rules that conclude a fact or finding, by its id."""
        return {
            head: tuple(rule for rule in self.rules if rule.concludes == head) for head in (*self.fact, *self.finding)
        }
