"""The columns of a table of scenarios, before and after the evaluation; readers, engine and writers agree on them here.

Before: ``id`` and one column a question, null where the answer is unknown (skipped and "I don't know" alike).
After: ``id``, the contradictions, and one column a finding, null where the answers contradict each other; with an
explanation also the rules and what they cite.
"""

import datetime
from functools import cache
from typing import Final

import polars

from assistant.assessment.assessor import Status
from assistant.documents.problem import Problem
from assistant.rulebook.model import Question, QuestionType, Rulebook
from assistant.system.language import _

ID: Final = "id"
"""Whose row it is: any text. It is carried along, because not every engine keeps the order of rows."""

CONTRADICTIONS: Final = "contradictions"
"""The ids of the impossible combinations that were answered, with a space between; null if there are none."""

RULES: Final = "rules"
"""The ids of the rules that hold, with a space between; null if the answers contradict each other."""

OPEN_RULES: Final = "open_rules"
"""The ids of the rules that may yet hold, in the same form. A contested rule never gets further than that."""

CITATIONS: Final = "citations"
"""What the rules of ``rules`` cite: ids of passages and statutes, with a space between, each once.

One that only qualifies or contradicts says so: ``uk332_1(qualifies)``.
"""

STATUS: Final = polars.Enum([status.value for status in Status])
"""The dtype of a finding's column."""

_RESERVED: Final = (ID, CONTRADICTIONS, RULES, OPEN_RULES, CITATIONS)


def answer_dtype(question: Question) -> polars.DataType:
    """How a column holds the answers to a question.

    A number outside of 64 bits may be replaced by the nearest inside: no rule can tell the two apart.
    """
    return {
        QuestionType.YES_NO: polars.Boolean(),
        QuestionType.CHOICE: _one_of(tuple(option.id for option in question.options)),
        QuestionType.NUMBER: polars.Int64(),
        QuestionType.DATE: polars.Date(),
    }[question.type]


@cache
def _one_of(words: tuple[str, ...]) -> polars.Enum:
    """Made once, because readers ask for it again with every part of a table."""
    return polars.Enum(words)


def input_schema(rulebook: Rulebook) -> polars.Schema:
    """The columns that the engine takes: ``id`` and one a question, in the order of the rulebook."""
    answers = {question.id: answer_dtype(question) for question in rulebook.questions}
    return polars.Schema({ID: polars.String(), **answers})


def readable(frame: polars.DataFrame) -> polars.DataFrame:
    """The same with days as text; those before the year 1 or after 9999, which Python has none for, as their number."""
    days = polars.col(polars.Date)
    known = polars.when(days.is_between(datetime.date.min, datetime.date.max)).then(days).cast(polars.String)
    return frame.with_columns(known.fill_null(days.to_physical().cast(polars.String)))


def output_schema(rulebook: Rulebook, *, explain: bool = False) -> polars.Schema:
    """The columns that the engine gives: ``id``, contradictions, and one a finding, in the order of the rulebook."""
    explanation = (RULES, OPEN_RULES, CITATIONS) if explain else ()
    return polars.Schema(
        {
            ID: polars.String(),
            CONTRADICTIONS: polars.String(),
            **{finding.id: STATUS for finding in rulebook.findings},
            **dict.fromkeys(explanation, polars.String()),
        }
    )


def clashes(rulebook: Rulebook) -> tuple[Problem, ...]:
    """The questions and findings whose ids are names of columns that every table has; none in most rulebooks."""
    message, remedy = _("the id '{id}' is the name of another column in tables of scenarios."), _("Rename it.")
    keys = [f"questions.{name}" for name in rulebook.question] + [f"findings.{name}" for name in rulebook.finding]
    return tuple(
        rulebook.problem_at(key, message.format(id=name), remedy)
        for key in keys
        if (name := key.partition(".")[2]) in _RESERVED
    )
