"""The rulebook: questions, facts, findings, rules and sources, as frozen data.

Nothing here depends on the law of a country. The semantics of rules is defined in :mod:`assistant.rulebook.program`.
"""

from functools import cached_property
from typing import Annotated, TypeAlias

from pydantic import Field, Tag

from assistant.documents.keys import place_around
from assistant.documents.problem import Place, Problem
from assistant.documents.value import Value
from assistant.rulebook.case import Case
from assistant.rulebook.computed_order import in_order
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.finding import Finding, Tone
from assistant.rulebook.group import QuestionGroup
from assistant.rulebook.penalty import gravity
from assistant.rulebook.promise import Dangerous, ExactlyOne, Incompatible, Never, NotExcludedBy
from assistant.rulebook.question import GivenBy, Question
from assistant.rulebook.source import Citation, Sources
from assistant.rulebook.vocabulary import FIRST_STAGE, Day, Id, Language, Period, Text, by_type


class Fact(Value):
    """Something derived from answers and other facts."""

    id: Id
    text: Text


Conclusion: TypeAlias = Annotated[
    Annotated[Id, Tag("head")] | Annotated[tuple[Id, ...], Field(min_length=1), Tag("heads")],
    by_type({str: "head", list: "heads", tuple: "heads"}, "heads"),
]
"""The id of a fact or finding, or several of them."""


class Rule(Value):
    """One legal ground: all conditions in ``when`` must hold, and no exception in ``unless`` may hold."""

    id: Id
    concludes: Conclusion
    when: dict[Id, ConditionValue] = {}
    unless: tuple[Id, ...] = ()
    in_force: Period = Period()
    contested: Text | None = None
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]

    @property
    def heads(self) -> tuple[str, ...]:
        """The ids of the facts and findings that it concludes."""
        return (self.concludes,) if isinstance(self.concludes, str) else self.concludes


class Impossible(Value):
    """A combination of answers that contradict each other."""

    id: Id
    when: Annotated[dict[Id, ConditionValue], Field(min_length=1)]
    text: Text


class OutOfScope(Value):
    """A subject that the rulebook does not cover, mentioned with the questions where a user would expect it."""

    id: Id
    text: Text
    beside: tuple[Id, ...]
    cites: tuple[Citation, ...] = ()


class Planned(Value):
    """The answer that says the act is only planned: findings then state what *would* follow.

    ``text``: how a sentence about that begins, such as *If he refuses*. ``not_asked``: the questions that only what has
    happened can answer; they are asked nevertheless if one of the yes/no questions ``unless`` is answered with yes.
    """

    question: Id
    option: Id
    text: Text | None = None
    not_asked: tuple[Id, ...] = ()
    unless: tuple[Id, ...] = ()


class Remark(Value):
    """A sentence about the law, with its sources."""

    text: Text
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]


class Metadata(Value):
    """Data about the rulebook as a whole. ``date_question`` is the question whose answer periods are compared with.

    ``language``: the language in which it is written.

    ``several``: how several offences are punished together.

    ``text_of``: the day of the text of the law that was read; later changes, up to ``reviewed_until``, are reported.
    """

    id: Id
    language: Language = "en"
    title: Text
    summary: Text
    disclaimer: Text
    text_of: Day | None = None
    reviewed_until: Day
    review: Text
    date_question: Id | None = None
    planned: Planned | None = None
    several: Remark | None = None


class Rulebook(Value):
    """A rulebook in one language.

    ``places`` maps keys such as ``rules.<id>`` to places in the files; ``translations`` maps a language to its texts by
    key (see :mod:`assistant.rulebook.translation`); ``hash`` identifies the folder's contents, including sources.
    """

    metadata: Metadata
    questions: tuple[Question, ...]
    groups: tuple[QuestionGroup, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    impossible: tuple[Impossible, ...] = ()
    out_of_scope: tuple[OutOfScope, ...] = ()
    incompatible: tuple[Incompatible, ...] = ()
    exactly_one_of: tuple[ExactlyOne, ...] = ()
    never: tuple[Never, ...] = ()
    not_excluded_by: tuple[NotExcludedBy, ...] = ()
    dangerous: tuple[Dangerous, ...] = ()
    cases: tuple[Case, ...] = ()
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
    def computed_questions(self) -> tuple[Question, ...]:
        """The questions that are answered from others, each after those that it is computed from."""
        return in_order(self.questions)

    @cached_property
    def group_of(self) -> dict[str, QuestionGroup]:
        """The group of each question that is in one, by the id of the question."""
        return {question: group for group in self.groups for question in group.questions}

    def stage_of(self, question: Question) -> int:
        """Return the stage in which a question is asked."""
        group = self.group_of.get(question.id)
        return group.stage if group is not None else question.stage or FIRST_STAGE

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
    def findings_by_gravity(self) -> tuple[Finding, ...]:
        """The findings, gravest first; among equals, in the order of the files.

        Those with penalties share the places that their severities give them, and take them by their penalties.
        """
        by_severity = sorted(self.findings, key=lambda each: -each.severity)
        punished = [finding for finding in by_severity if finding.penalties]
        by_penalty = iter(sorted(punished, key=lambda each: max(map(gravity, each.penalties)), reverse=True))
        return tuple(next(by_penalty) if finding.penalties else finding for finding in by_severity)

    @cached_property
    def findings_in_order(self) -> tuple[Finding, ...]:
        """The findings in reading order: cautionary before reassuring, then gravest first."""
        return tuple(sorted(self.findings_by_gravity, key=lambda each: each.tone is Tone.REASSURING))

    @cached_property
    def rule(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rules_for(self) -> dict[str, tuple[Rule, ...]]:
        """The rules that conclude a fact or finding, by its id."""
        return {head: tuple(rule for rule in self.rules if head in rule.heads) for head in (*self.fact, *self.finding)}
