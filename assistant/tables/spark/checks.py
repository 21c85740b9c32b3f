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
_MONTH_OR_YEAR: Final = r"\A[0-9]{4}(?:-[0-9]{2})?\z"
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


def answers(rulebook: Rulebook, kinds: Mapping[str, Kind], *, ranges: bool) -> list[exp.Expr]:
    """Return a typed column for every question, NULL if unknown or missing, and the column ``BAD``.

    With ``ranges``, a number and a date have two columns, of their ends.
    """
    typed: list[exp.Expr] = []
    mistakes: list[exp.Expr] = []
    for question in rulebook.questions:
        kind = kinds.get(question.id)
        if ranges and question.type.is_ordered:
            typed += map(alias, _ends(question, kinds), question.end_columns)
            mistakes += _mistakes_of_range(question, kinds)
        else:
            typed.append(alias(_answer(question, question.id, kind), question.id))
            if kind is not None:
                mistakes.append(_mistaken(question, question.id, kind))
    return [*typed, alias(any_of([*mistakes, _bad_id(kinds)]), BAD)]


def is_month(question: Question, kinds: Mapping[str, Kind]) -> exp.Expr | None:
    """Return whether the answer in a row is a month or a year; None if no row can have one."""
    if question.type is not QuestionType.DATE or kinds.get(question.id) is not Kind.TEXT:
        return None
    return exp.RegexpLike(this=column(question.id), expression=exp.convert(_MONTH_OR_YEAR))


def identifier(kinds: Mapping[str, Kind]) -> exp.Expr:
    """Return the id of a row as text, or its number if it has none."""
    numbered = exp.cast(column(ROW), exp.DType.TEXT)
    if ID not in kinds:
        return alias(numbered, ID)
    given = exp.Nullif(this=exp.cast(column(ID), exp.DType.TEXT), expression=exp.convert(""))
    return alias(exp.Coalesce(this=given, expressions=[numbered]), ID)


def _ends(question: Question, kinds: Mapping[str, Kind]) -> tuple[exp.Expr, exp.Expr]:
    """Return the two ends of the answers: of an exact answer the answer, of a month its first and its last day."""
    points = _points(question, kinds)
    columns = [[_answer(question, name, kinds[name])] if name in kinds else [] for name in question.end_columns]
    nothing = exp.cast(exp.null(), _DTYPES[question.type])
    first, last = (
        exp.Coalesce(this=nothing.copy(), expressions=[*point, *end])
        for point, end in zip(points, columns, strict=True)
    )
    return first, last


def _points(question: Question, kinds: Mapping[str, Kind]) -> tuple[list[exp.Expr], list[exp.Expr]]:
    """Return what the question's own column says of the first end, and of the last."""
    if question.id not in kinds:
        return [], []
    exact = _answer(question, question.id, kinds[question.id])
    months = is_month(question, kinds)
    if months is None:
        return [exact], [exact.copy()]
    alone = exp.and_(months, _any_end(question, kinds).not_())
    year = exp.EQ(this=exp.Length(this=column(question.id)), expression=exp.convert(4))
    first_of_month, first_of_year, last_of_year = (_day_of(question, rest) for rest in ("-01", "-01-01", "-12-31"))
    first = exp.Case().when(exp.and_(alone, year), first_of_year).when(alone.copy(), first_of_month)
    last_of_month = exp.LastDay(this=first_of_month.copy())
    last = exp.Case().when(exp.and_(alone.copy(), year.copy()), last_of_year).when(alone.copy(), last_of_month)
    return [exact, first], [exact.copy(), last]


def _day_of(question: Question, rest: str) -> exp.Expr:
    text = exp.DPipe(this=column(question.id), expression=exp.convert(rest), safe=True)
    return exp.TryCast(this=text, to=exp.DataType.build(exp.DType.DATE), safe=True)


def _any_end(question: Question, kinds: Mapping[str, Kind]) -> exp.Expr:
    return any_of(_is_given(name, kinds[name]) for name in question.end_columns if name in kinds)


def _mistakes_of_range(question: Question, kinds: Mapping[str, Kind]) -> Iterator[exp.Expr]:
    """Yield whether an end is invalid, whether an exact answer is or has an end beside it, whether the ends cross."""
    ends = [name for name in question.end_columns if name in kinds]
    yield from (_mistaken(question, name, kinds[name]) for name in ends)
    if question.id in kinds:
        given = _is_given(question.id, kinds[question.id])
        for point in _points(question, kinds):
            value = exp.Coalesce(this=point[0], expressions=point[1:]) if point[1:] else point[0]
            yield exp.and_(given.copy(), _is_invalid(question, value))
        yield exp.and_(given.copy(), _any_end(question, kinds))
    if len(ends) > 1:
        first, last = (_answer(question, name, kinds[name]) for name in ends)
        yield exp.Coalesce(this=exp.GT(this=first, expression=last), expressions=[exp.false()])


def _answer(question: Question, name: str, kind: Kind | None) -> exp.Expr:
    cell = column(name)
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


def _mistaken(question: Question, name: str, kind: Kind) -> exp.Expr:
    """Return whether a cell is neither empty, nor unknown, nor a valid answer; never NULL."""
    return exp.and_(_is_given(name, kind), _is_invalid(question, _answer(question, name, kind)))


def _is_given(name: str, kind: Kind) -> exp.Expr:
    """Return whether a cell is neither empty nor unknown; never NULL."""
    given = _not_null(column(name))
    return exp.and_(given, column(name).isin("", UNKNOWN).not_()) if kind is Kind.TEXT else given


def _is_invalid(question: Question, value: exp.Expr) -> exp.Expr:
    return any_of([exp.Is(this=value, expression=exp.null()), *_beyond(question, value)])


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
