"""Validate rows in SQL for Spark, by the rules of :mod:`assistant.tables.reading.rows`.

This decides only *whether* a row is valid. The other module checks the few invalid rows again, so that their reasons
are the same.
"""

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from sqlglot import exp

from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.tables.column_names import ID
from assistant.tables.reading.batch import ROW
from assistant.tables.reading.rows import MAX_ID_CHARACTERS, TRUTHS
from assistant.tables.sql.stages import alias, any_of, column

BAD: Final = "_bad"
"""The column that is true if a row is invalid."""

_NUMBER: Final = r"\A(?:0|-?[1-9][0-9]{0,17})\z"
_DAY: Final = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
# Java 17 has Unicode 13, Polars a later version, in which these are format characters.
_LATER: Final = r"\x{890}\x{891}\x{13439}-\x{1343F}"
_UNPRINTABLE: Final = rf"[\p{{Cc}}\p{{Cf}}\p{{Zl}}\p{{Zp}}{_LATER}&&[^\x{{200C}}\x{{200D}}]]"
_DTYPES: Final = {
    QuestionType.YES_NO: exp.DType.BOOLEAN,
    QuestionType.CHOICE: exp.DType.TEXT,
    QuestionType.NUMBER: exp.DType.BIGINT,
    QuestionType.DATE: exp.DType.DATE,
}


class Kind(Enum):
    """The kind of values in a column."""

    TEXT = "text"
    TRUTH = "truth"
    WHOLE = "whole number"
    DAY = "day"


SUITABLE_KINDS: Final = {
    QuestionType.YES_NO: (Kind.TRUTH, Kind.TEXT),
    QuestionType.CHOICE: (Kind.TEXT,),
    QuestionType.NUMBER: (Kind.WHOLE, Kind.TEXT),
    QuestionType.DATE: (Kind.DAY, Kind.TEXT),
}
"""The kinds that a column may have, by type of question; text is read as in CSV."""


def answers(rulebook: Rulebook, kinds: Mapping[str, Kind]) -> list[exp.Expr]:
    """Return a typed column for every question, NULL if unknown or missing, and the column ``BAD``."""
    typed = [alias(_answer(question, kinds.get(question.id)), question.id) for question in rulebook.questions]
    mistakes = [_mistaken(question, kinds[question.id]) for question in rulebook.questions if question.id in kinds]
    return [*typed, alias(any_of([*mistakes, _bad_id(kinds)]), BAD)]


def identifier(kinds: Mapping[str, Kind]) -> exp.Expr:
    """Return the id of a row as text, or its number if it has none."""
    numbered = exp.cast(column(ROW), exp.DType.TEXT)
    if ID not in kinds:
        return alias(numbered, ID)
    given = exp.Nullif(this=exp.cast(column(ID), exp.DType.TEXT), expression=exp.convert(""))
    return alias(exp.Coalesce(this=given, expressions=[numbered]), ID)


def _answer(question: Question, kind: Kind | None) -> exp.Expr:
    cell = column(question.id)
    dtype = _DTYPES[question.type]
    if kind is not Kind.TEXT:
        return exp.cast(exp.null() if kind is None else cell, dtype)
    if question.type is QuestionType.YES_NO:
        case = exp.Case()
        for truth in (True, False):
            case = case.when(cell.isin(*(word for word, value in TRUTHS.items() if value is truth)), exp.convert(truth))
        return case
    if question.type is QuestionType.CHOICE:
        return exp.Case().when(cell.isin(*(option.id for option in question.options)), cell)
    pattern = exp.convert(_DAY if question.type is QuestionType.DATE else _NUMBER)
    # `safe`: NULL instead of an error, for example if there is no such day in the calendar.
    value = exp.TryCast(this=cell.copy(), to=exp.DataType.build(dtype), safe=True)
    return exp.Case().when(exp.RegexpLike(this=cell, expression=pattern), value)


def _mistaken(question: Question, kind: Kind) -> exp.Expr:
    """Return whether a cell is neither empty, nor unknown, nor a valid answer; never NULL."""
    cell, value = column(question.id), _answer(question, kind)
    given: exp.Expr = _not_null(cell)
    if kind is Kind.TEXT:
        given = exp.and_(given, cell.isin("", UNKNOWN).not_())
    return exp.and_(given, any_of([exp.Is(this=value, expression=exp.null()), *_beyond(question, value)]))


def _beyond(question: Question, value: exp.Expr) -> Iterator[exp.Expr]:
    lowest, highest = question.lowest, question.highest
    if question.type is QuestionType.DATE:
        lowest, highest = lowest or datetime.date.min, highest or datetime.date.max
    for comparison, bound in ((exp.LT, lowest), (exp.GT, highest)):
        if bound is not None:
            yield comparison(this=value.copy(), expression=_constant(bound))


def _constant(bound: int | datetime.date) -> exp.Expr:
    if isinstance(bound, datetime.date):
        return exp.cast(exp.Literal.string(bound.isoformat()), exp.DType.DATE)
    return exp.convert(bound)


def _bad_id(kinds: Mapping[str, Kind]) -> exp.Expr:
    if kinds.get(ID) is not Kind.TEXT:
        return exp.false()
    given = column(ID)
    bad = any_of(
        [
            exp.RegexpLike(this=given, expression=exp.convert(_UNPRINTABLE)),
            exp.GT(this=exp.Length(this=given.copy()), expression=exp.convert(MAX_ID_CHARACTERS)),
            exp.Anonymous(this="is_valid_utf8", expressions=[given.copy()]).not_(),
        ]
    )
    return exp.and_(_not_null(given), bad)


def _not_null(cell: exp.Column) -> exp.Expr:
    return exp.Is(this=cell.copy(), expression=exp.null()).not_()
