"""Answers as a table, and what the conversation engine and the oracle would write into its other columns."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import polars

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import rule_of
from assistant.rulebook.question import Answers, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange
from assistant.tables.reading.columns import input_schema, ranged_schema
from assistant.tables.sql.citations import citation_label
from tests.support.oracle import Truth, statuses

Row: TypeAlias = dict[str, Any]
LARGEST = 2**63 - 1
DAY = (
    "this is not a day, or not written as one. Write year-month-day, as in 2022-09-24. "
    "A month is written as in 2022-09; a range goes into day_from and day_to."
)
WHOLE = (
    "a whole number is needed here. Write digits alone, at most 18, as in 12 or -3. "
    "A range goes into days_from and days_to."
)
"""What is said of a cell that is no day, and of one that is no whole number, in the rulebook ``sound/``."""
STATUS_OF = {True: Status.ESTABLISHED, False: Status.EXCLUDED, None: Status.POSSIBLE}


def table_of(book: Rulebook, people: Sequence[Answers]) -> polars.LazyFrame:
    """One row a person, whose id is his number."""
    numbers = [question.id for question in book.questions if question.type is QuestionType.NUMBER]
    rows = [
        {**answers, **{n: max(-LARGEST, min(LARGEST, int(str(answers[n])))) for n in numbers if n in answers}}
        for answers in people
    ]
    return polars.LazyFrame(
        [{"id": str(at), **row} for at, row in enumerate(rows)], schema=input_schema(book), infer_schema_length=None
    )


def ranged_table_of(book: Rulebook, people: Sequence[Answers]) -> polars.LazyFrame:
    """One row a person, with two columns for the ends of each number and date."""
    rows: list[Row] = []
    for at, answers in enumerate(people):
        row: Row = {"id": str(at)}
        for name, answer in answers.items():
            asked = book.question[name]
            if not asked.type.is_ordered:
                row[name] = answer
                continue
            ends = dict(answer).values() if isinstance(answer, DateRange | NumberRange) else (answer, answer)
            row |= dict(zip(asked.end_columns, map(_fitting, ends), strict=True))
        rows.append(row)
    return polars.LazyFrame(rows, schema=ranged_schema(book), infer_schema_length=None)


def _fitting(end: Any) -> Any:
    return max(-LARGEST, min(LARGEST, end)) if type(end) is int else end


def in_order(frame: polars.LazyFrame) -> list[Row]:
    """The rows of a result, in the order of the people."""
    return sorted(frame.collect(engine="streaming").rows(named=True), key=lambda row: int(row["id"]))


def row_of_conversation(assessor: Assessor, at: int, answers: Answers) -> Row:
    """The row with its explanation, as the conversation engine's assessment has it."""
    assessment: Assessment = assessor.assess(answers)
    told = assessment.contradictions
    # A rule with several heads has a clause for each, and they hold alike.
    rules = {rule_of(clause): truth for clause, truth in assessment.valuation.clauses.items()}
    return _row(
        assessor.rulebook,
        at,
        told,
        {found.finding: found.status for found in assessment.findings},
        {rule: rules.get(rule) for rule in assessor.rulebook.rule},
    )


def row_of_oracle(book: Rulebook, at: int, answers: Answers) -> Row:
    """The row with its explanation, as the oracle has it."""
    known = statuses(book, answers)
    told = [name for name, holds in known.impossible.items() if holds]
    return _row(book, at, told, {f: STATUS_OF[known.heads[f]] for f in book.finding}, known.rules)


def _row(
    book: Rulebook, at: int, told: Sequence[str], findings: Mapping[str, Status], rules: Mapping[str, Truth]
) -> Row:
    held = [rule for rule in book.rule if rules[rule] is True]
    holding = {citation_label(citation) for rule in held for citation in book.rule[rule].cites}
    in_order = dict.fromkeys(citation_label(c) for rule in book.rules if not rule.contested for c in rule.cites)
    cited = [label for label in in_order if label in holding]
    reasons = {"rules": held, "open_rules": [rule for rule in book.rule if rules[rule] is None], "citations": cited}
    return {
        "id": str(at),
        "contradictions": " ".join(told) or None,
        **{finding: None if told else findings[finding].value for finding in book.finding},
        **{name: None if told else " ".join(labels) for name, labels in reasons.items()},
    }
