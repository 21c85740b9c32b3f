"""Validate rows: typed answers for valid rows, all reasons for invalid ones.

All cells of a column are checked at once. Reasons are worded only for invalid rows, by the same
:func:`assistant.rulebook.answer.read_point` that checks scenario files. Only other spellings of the same value are
converted: ``true``, ``True`` and ``TRUE`` (as pandas and spreadsheets write it), but neither ``1`` nor ``Yes``.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars

from assistant.rulebook.answer import Mistake, read_point
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.system.display_safe import disguise, joined
from assistant.system.language import _
from assistant.tables.column_names import ID
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import answer_dtype, with_dates_as_text
from assistant.tables.reading.errors import Count, Reason, Reject

TRUTHS: Final = {
    **dict.fromkeys(("true", "True", "TRUE", "ИСТИНА"), True),
    **dict.fromkeys(("false", "False", "FALSE", "ЛОЖЬ"), False),
}
"""Spellings of yes and no in a cell, including those of pandas, and of English and Russian spreadsheets."""
MAX_ID_CHARACTERS: Final = 200

_NUMBER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_UNPRINTABLE: Final = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--\x{200C}\x{200D}]"
_BAD: Final = "bad row"
_FIRST, _LAST = datetime.date.min, datetime.date.max


def validate_rows(
    batch: Batch, rulebook: Rulebook, count: Count = lambda _number, _example: None
) -> tuple[polars.DataFrame, tuple[Reject, ...]]:
    """Return ``ROW``, ``id`` and the answers of valid rows, and the invalid rows with their reasons, in order.

    ``count`` is called with the number of invalid rows before their reasons are worded.
    """
    frame = batch.frame
    schema = frame.schema  # a property that computes it at each access
    asked = [question for question in rulebook.questions if question.id in schema]
    mistakes = dict(_mistakes(schema, asked))
    checked = (
        frame.lazy()
        .with_columns(
            row_id(schema).alias(ID),
            *(typed_answer(each, schema[each.id]).alias(each.id) for each in asked),
            polars.any_horizontal(polars.lit(value=False), *mistakes.values()).alias(_BAD),
        )
        .collect()
    )
    bad = checked[_BAD]
    answers = checked.drop(_BAD)
    answers = answers.filter(~bad) if bad.any() else answers
    answers = answers if answers[ROW].is_sorted() else answers.sort(ROW)
    if not bad.any():
        return answers, batch.rejects
    values = frame.filter(bad)
    mistaken = values.select(ROW, *(mistake.alias(column) for column, mistake in mistakes.items()))

    def rejects(some: slice = slice(None)) -> Iterator[Reject]:
        shown = with_dates_as_text(values[some])
        for row, cells in zip(mistaken[some].iter_rows(named=True), shown.iter_rows(named=True), strict=True):
            yield Reject(row[ROW], tuple(_reasons(row, cells, asked)), batch.original(row[ROW]))

    count(len(values), lambda: next(rejects(slice(1))))
    return answers, tuple(sorted([*batch.rejects, *rejects()]))


def row_id(columns: Iterable[str]) -> polars.Expr:
    """Return the id of each row, or its number if it has none."""
    numbered = polars.col(ROW).cast(polars.String)
    if ID not in columns:
        return numbered
    given = polars.col(ID).cast(polars.String)
    return polars.when(given.fill_null("") == "").then(numbered).otherwise(given)


def typed_answer(question: Question, dtype: polars.DataType) -> polars.Expr:
    """Return the typed answers in a column of this dtype; null if unknown or invalid."""
    cell = polars.col(question.id)
    if dtype == answer_dtype(question):
        return cell
    if dtype != polars.String:
        return cell.cast(answer_dtype(question), strict=False)
    if question.type is QuestionType.YES_NO:
        return polars.when(cell.is_in(_words(True))).then(True).when(cell.is_in(_words(False))).then(False)
    if question.type is QuestionType.DATE:
        # Polars alone would accept "+2022-03-1" and " 2022-03-1" too.
        return polars.when(cell.str.contains(f"^{_DAY}$")).then(cell.str.to_date("%Y-%m-%d", strict=False))
    if question.type is QuestionType.NUMBER:
        return polars.when(cell.str.contains(f"^(?:{_NUMBER.pattern})$")).then(cell.cast(polars.Int64, strict=False))
    return cell.cast(answer_dtype(question), strict=False)


def _words(truth: bool) -> list[str]:
    return [word for word, value in TRUTHS.items() if value is truth]


def _is_mistake(question: Question, dtype: polars.DataType) -> polars.Expr:
    """Return whether a cell is neither empty, nor unknown, nor a valid answer."""
    cell, value = polars.col(question.id), typed_answer(question, dtype)
    given = cell.is_not_null()
    if dtype == polars.String:
        given &= ~cell.is_in(["", UNKNOWN])
    mistaken = given & value.is_null()
    lowest, highest = question.lowest, question.highest
    if question.type is QuestionType.DATE:
        lowest, highest = lowest or _FIRST, highest or _LAST
    if lowest is not None:
        mistaken |= given & (value < lowest)
    if highest is not None:
        mistaken |= given & (value > highest)
    return mistaken.fill_null(value=False)


def _mistakes(schema: polars.Schema, asked: Iterable[Question]) -> Iterator[tuple[str, polars.Expr]]:
    """Return by column whether a cell is invalid; columns whose dtype allows only valid answers are left out."""
    if schema.get(ID) == polars.String:
        given = polars.col(ID)
        yield (
            ID,
            (given.str.contains(_UNPRINTABLE) | (given.str.len_chars() > MAX_ID_CHARACTERS)).fill_null(value=False),
        )
    for question in asked:
        dtype = schema[question.id]
        if dtype != answer_dtype(question) or question.type.is_ordered:
            yield question.id, _is_mistake(question, dtype)


def _reasons(row: dict[str, Any], cells: dict[str, Any], asked: list[Question]) -> Iterator[Reason]:
    if row.get(ID):
        message = _("an id has at most {most} characters, none of them invisible.").format(most=MAX_ID_CHARACTERS)
        yield Reason(ID, message, disguise(cells[ID]))
    for question in asked:
        if row.get(question.id):
            mistake = read_point(question, _value_of(question, cells[question.id]))
            if not isinstance(mistake, Mistake):  # an unsigned number that needs all 64 bits
                mistake = Mistake(_("this number is too large."), _("Take a smaller one, or leave the cell empty."))
            remedy = mistake.remedy
            if question.type is QuestionType.YES_NO:
                spellings = _("Write true or false, or as a spreadsheet does: TRUE, FALSE, ИСТИНА, ЛОЖЬ.")
                remedy = joined(disguise(str(cells[question.id]), TRUTHS), spellings)
            yield Reason(question.id, mistake.message, remedy)


def _value_of(question: Question, cell: Any) -> Any:
    """Convert a cell of text to the value that a scenario file would have."""
    if isinstance(cell, str) and question.type is QuestionType.YES_NO:
        return TRUTHS.get(cell, cell)
    if isinstance(cell, str) and question.type is QuestionType.NUMBER and _NUMBER.fullmatch(cell):
        return int(cell)
    return cell
