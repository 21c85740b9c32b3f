"""Which rows of a table are answers, told in SQL: what :mod:`assistant.tables.reading.rows` says, said to Spark.

Only *whether* a row is sound is decided here. The few that are not are looked through again by the other module, so
that their reasons are the same.
"""

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from sqlglot import exp

from assistant.rulebook.model import Question, QuestionType, Rulebook
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.tables.reading.batch import ROW
from assistant.tables.reading.rows import LONGEST_ID, TRUTHS
from assistant.tables.sql.stages import ID, aliased, any_of, column

BAD: Final = "_bad"
"""The column that says whether something in a row is no answer."""

_NUMBER: Final = r"\A(?:0|-?[1-9][0-9]{0,17})\z"
_DAY: Final = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
# Java 17 knows Unicode 13, and the data frame library later editions, in which these have become format characters.
_LATER: Final = r"\x{890}\x{891}\x{13439}-\x{1343F}"
_UNPRINTABLE: Final = rf"[\p{{Cc}}\p{{Cf}}\p{{Zl}}\p{{Zp}}{_LATER}&&[^\x{{200C}}\x{{200D}}]]"
_DTYPES: Final = {
    QuestionType.YES_NO: exp.DType.BOOLEAN,
    QuestionType.CHOICE: exp.DType.TEXT,
    QuestionType.NUMBER: exp.DType.BIGINT,
    QuestionType.DATE: exp.DType.DATE,
}


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    TRUTH = "truth"
    WHOLE = "whole number"
    DAY = "day"


SUITING: Final = {
    QuestionType.YES_NO: (Kind.TRUTH, Kind.TEXT),
    QuestionType.CHOICE: (Kind.TEXT,),
    QuestionType.NUMBER: (Kind.WHOLE, Kind.TEXT),
    QuestionType.DATE: (Kind.DAY, Kind.TEXT),
}
"""The kinds of a column that holds answers to a question of a type; text is read as in CSV."""


def answers(rulebook: Rulebook, kinds: Mapping[str, Kind]) -> list[exp.Expr]:
    """Every question as a column of a type that suits it, NULL where it is unknown or has no column; and ``BAD``."""
    typed = [aliased(_answer(question, kinds.get(question.id)), question.id) for question in rulebook.questions]
    mistakes = [_mistaken(question, kinds[question.id]) for question in rulebook.questions if question.id in kinds]
    return [*typed, aliased(any_of([*mistakes, _bad_id(kinds)]), BAD)]


def identifier(kinds: Mapping[str, Kind]) -> exp.Expr:
    """The id of a row as text, which is its number where it has none."""
    numbered = exp.cast(column(ROW), exp.DType.TEXT)
    if ID not in kinds:
        return aliased(numbered, ID)
    told = exp.Nullif(this=exp.cast(column(ID), exp.DType.TEXT), expression=exp.convert(""))
    return aliased(exp.Coalesce(this=told, expressions=[numbered]), ID)


def _answer(question: Question, kind: Kind | None) -> exp.Expr:
    cell = column(question.id)
    dtype = _DTYPES[question.type]
    if kind is not Kind.TEXT:
        return exp.cast(exp.null() if kind is None else cell, dtype)
    if question.type is QuestionType.YES_NO:
        said = exp.Case()
        for truth in (True, False):
            said = said.when(cell.isin(*(word for word, value in TRUTHS.items() if value is truth)), exp.convert(truth))
        return said
    if question.type is QuestionType.CHOICE:
        return exp.Case().when(cell.isin(*(option.id for option in question.options)), cell)
    pattern = exp.convert(_DAY if question.type is QuestionType.DATE else _NUMBER)
    # `safe`, or else the dialect has it fail, as where the day is none of the calendar.
    found = exp.TryCast(this=cell.copy(), to=exp.DataType.build(dtype), safe=True)
    return exp.Case().when(exp.RegexpLike(this=cell, expression=pattern), found)


def _mistaken(question: Question, kind: Kind) -> exp.Expr:
    """Whether there is something in the cell that is no answer and does not say that it is unknown; never NULL."""
    cell, found = column(question.id), _answer(question, kind)
    told: exp.Expr = _not_null(cell)
    if kind is Kind.TEXT:
        told = exp.and_(told, cell.isin("", UNKNOWN).not_())
    return exp.and_(told, any_of([exp.Is(this=found, expression=exp.null()), *_beyond(question, found)]))


def _beyond(question: Question, found: exp.Expr) -> Iterator[exp.Expr]:
    lowest, highest = question.lowest, question.highest
    if question.type is QuestionType.DATE:
        lowest, highest = lowest or datetime.date.min, highest or datetime.date.max
    for comparison, bound in ((exp.LT, lowest), (exp.GT, highest)):
        if bound is not None:
            yield comparison(this=found.copy(), expression=_constant(bound))


def _constant(bound: int | datetime.date) -> exp.Expr:
    if isinstance(bound, datetime.date):
        return exp.cast(exp.Literal.string(bound.isoformat()), exp.DType.DATE)
    return exp.convert(bound)


def _bad_id(kinds: Mapping[str, Kind]) -> exp.Expr:
    if kinds.get(ID) is not Kind.TEXT:
        return exp.false()
    told = column(ID)
    bad = any_of(
        [
            exp.RegexpLike(this=told, expression=exp.convert(_UNPRINTABLE)),
            exp.GT(this=exp.Length(this=told.copy()), expression=exp.convert(LONGEST_ID)),
            exp.Anonymous(this="is_valid_utf8", expressions=[told.copy()]).not_(),
        ]
    )
    return exp.and_(_not_null(told), bad)


def _not_null(cell: exp.Column) -> exp.Expr:
    return exp.Is(this=cell.copy(), expression=exp.null()).not_()
