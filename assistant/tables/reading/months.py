"""Convert months and years in a column of text to the first and the last day of each."""

from typing import Final

import polars

from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.vocabulary import UNKNOWN

_MONTH: Final = "^[0-9]{4}-[0-9]{2}$"
_YEAR: Final = "^[0-9]{4}$"
_FORMAT: Final = "%Y-%m-%d"


def is_given(name: str, dtype: polars.DataType) -> polars.Expr:
    """Return whether a cell is neither empty nor unknown."""
    given = polars.col(name).is_not_null()
    return given & ~polars.col(name).is_in(["", UNKNOWN]) if dtype == polars.String else given


def months_as_ends(frame: polars.DataFrame, rulebook: Rulebook) -> polars.DataFrame | None:
    """Replace months and years by their first and last days, in the columns of ends; return None if there are none.

    In a row where a column of an end has a value too, the month stays.
    """
    dated = [each for each in rulebook.questions if each.type is QuestionType.DATE]
    found = frame
    for question in dated:
        if frame.schema.get(question.id) == polars.String:
            found = _with_ends(found, question)
    return None if found is frame else found


def _with_ends(frame: polars.DataFrame, question: Question) -> polars.DataFrame:
    cell, schema = polars.col(question.id), frame.schema
    is_year = cell.str.contains(_YEAR)
    first_of_month = polars.concat_str(cell, polars.lit("-01")).str.to_date(_FORMAT, strict=False)
    first_of_year = polars.concat_str(cell, polars.lit("-01-01")).str.to_date(_FORMAT, strict=False)
    first = polars.when(is_year).then(first_of_year).when(cell.str.contains(_MONTH)).then(first_of_month)
    last = polars.when(is_year).then(first.dt.offset_by("11mo")).otherwise(first).dt.month_end()
    has_end = [is_given(name, schema[name]) for name in question.end_columns if name in schema]
    is_unit = (first.is_not_null() & ~polars.any_horizontal(polars.lit(value=False), *has_end)).fill_null(value=False)
    if not frame.select(is_unit.any()).item():
        return frame
    ends = {
        name: polars.when(is_unit)
        .then(day.cast(polars.String))
        .otherwise(polars.col(name).cast(polars.String) if name in schema else polars.lit(None, polars.String))
        for name, day in zip(question.end_columns, (first, last), strict=True)
    }
    return frame.with_columns(polars.when(~is_unit).then(cell).alias(question.id), **ends)
