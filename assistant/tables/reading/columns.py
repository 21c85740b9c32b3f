"""The columns of a table of scenarios before and after the evaluation, shared by readers, engine and writers.

Before: ``id`` and one column per question, null if the answer is unknown (skipped and "I don't know" alike).
After: ``id``, the contradictions, and one column per finding, null if the answers contradict each other; with an
explanation also the rules and their citations.
"""

import datetime
from functools import cache
from typing import Final

import polars

from assistant.assessment.assessment import Status
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.tables.column_names import CITATIONS, CONTRADICTIONS, ID, OPEN_RULES, RULES

STATUS: Final = polars.Enum([status.value for status in Status])
"""The dtype of a finding's column."""


def answer_dtype(question: Question) -> polars.DataType:
    """Return the dtype of a column with answers to a question.

    A number outside of 64 bits may be replaced by the nearest one inside: no rule distinguishes the two.
    """
    return {
        QuestionType.YES_NO: polars.Boolean(),
        QuestionType.CHOICE: _enum(tuple(option.id for option in question.options)),
        QuestionType.NUMBER: polars.Int64(),
        QuestionType.DATE: polars.Date(),
    }[question.type]


@cache
def _enum(words: tuple[str, ...]) -> polars.Enum:
    """Return the dtype of these words; cached, because readers need it again for every batch."""
    return polars.Enum(words)


def input_schema(rulebook: Rulebook) -> polars.Schema:
    """Return the input columns of the engine: ``id`` and one per question, in the order of the rulebook."""
    answers = {question.id: answer_dtype(question) for question in rulebook.questions}
    return polars.Schema({ID: polars.String(), **answers})


def ranged_schema(rulebook: Rulebook) -> polars.Schema:
    """Return the input columns of the engine for ranges: of a date or a number it has the two ends.

    Of an exact answer both ends are the same; of a range, an open end is null; of an unknown answer, both are.
    """
    answers: dict[str, polars.DataType] = {}
    for question in rulebook.questions:
        names = question.end_columns if question.type.is_ordered else (question.id,)
        answers |= dict.fromkeys(names, answer_dtype(question))
    return polars.Schema({ID: polars.String(), **answers})


def questions_by_column(rulebook: Rulebook) -> dict[str, Question]:
    """Return the question of each column that a table may have besides ``id``: its own, and those of its ends."""
    ends = {name: each for each in rulebook.questions if each.type.is_ordered for name in each.end_columns}
    return {**rulebook.question, **ends}


def with_dates_as_text(frame: polars.DataFrame) -> polars.DataFrame:
    """Convert dates to text; those outside of the years 1 to 9999, which Python lacks, to their day number."""
    days = polars.col(polars.Date)
    known = polars.when(days.is_between(datetime.date.min, datetime.date.max)).then(days).cast(polars.String)
    return frame.with_columns(known.fill_null(days.to_physical().cast(polars.String)))


def output_schema(rulebook: Rulebook, *, explain: bool = False) -> polars.Schema:
    """Return the output columns of the engine: ``id``, contradictions, and one per finding, in the rulebook's order."""
    explanation = (RULES, OPEN_RULES, CITATIONS) if explain else ()
    return polars.Schema(
        {
            ID: polars.String(),
            CONTRADICTIONS: polars.String(),
            **{finding.id: STATUS for finding in rulebook.findings},
            **dict.fromkeys(explanation, polars.String()),
        }
    )
