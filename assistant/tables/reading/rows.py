"""Rows as answers: the sound ones in the types that the engine takes, of each other one every reason why it is none.

All cells are looked at at once, by column; the reasons are put into words only for the rows that have some, by the same
:func:`assistant.rulebook.answer.read_answer` that scenario files go through. Nothing is converted that is not the same:
``true``, ``True`` and ``TRUE`` (as pandas and spreadsheets write it), and neither ``1`` nor ``Yes``.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars

from assistant.rulebook.answer import Mistake, read_answer
from assistant.rulebook.model import Question, QuestionType, Rulebook
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.system.display_safe import disguise, joined
from assistant.system.language import _
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import ID, answer_dtype, readable
from assistant.tables.reading.errors import Count, Reason, Reject

TRUTHS: Final = {
    **dict.fromkeys(("true", "True", "TRUE", "ИСТИНА"), True),
    **dict.fromkeys(("false", "False", "FALSE", "ЛОЖЬ"), False),
}
"""How a cell says yes and no: also as pandas writes it, and as an English or Russian spreadsheet does."""
LONGEST_ID: Final = 200

_NUMBER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_UNPRINTABLE: Final = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--\x{200C}\x{200D}]"
_BAD: Final = "bad row"
_FIRST, _LAST = datetime.date.min, datetime.date.max


def sound_rows(
    batch: Batch, rulebook: Rulebook, count: Count = lambda _number, _example: None
) -> tuple[polars.DataFrame, tuple[Reject, ...]]:
    """``ROW``, ``id`` and the answers of the sound rows, and the others with their reasons, in order.

    ``count`` is called with the number of the others before the reasons are put into words.
    """
    frame = batch.frame
    schema = frame.schema  # made anew each time that it is asked for
    asked = [question for question in rulebook.questions if question.id in schema]
    mistakes = dict(_mistakes(schema, asked))
    checked = (
        frame.lazy()
        .with_columns(
            row_id(schema).alias(ID),
            *(answer(each, schema[each.id]).alias(each.id) for each in asked if schema[each.id] != answer_dtype(each)),
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
        rows = zip(mistaken[some].iter_rows(named=True), readable(values[some]).iter_rows(named=True), strict=True)
        for row, cells in rows:
            yield Reject(row[ROW], tuple(_reasons(row, cells, asked)), batch.original(row[ROW]))

    count(len(values), lambda: next(rejects(slice(1))))
    return answers, tuple(sorted([*batch.rejects, *rejects()]))


def row_id(columns: Iterable[str]) -> polars.Expr:
    """The id of a row, which is its number where it has none."""
    numbered = polars.col(ROW).cast(polars.String)
    if ID not in columns:
        return numbered
    told = polars.col(ID).cast(polars.String)
    return polars.when(told.fill_null("") == "").then(numbered).otherwise(told)


def answer(question: Question, dtype: polars.DataType) -> polars.Expr:
    """The answers in a column of this type; null where it is unknown or no answer."""
    cell = polars.col(question.id)
    if dtype == answer_dtype(question):
        return cell
    if dtype != polars.String:
        return cell.cast(answer_dtype(question), strict=False)
    if question.type is QuestionType.YES_NO:
        return polars.when(cell.is_in(_words(True))).then(True).when(cell.is_in(_words(False))).then(False)
    if question.type is QuestionType.DATE:
        # Read without looking, "+2022-03-1" and " 2022-03-1" would be days too.
        return polars.when(cell.str.contains(f"^{_DAY}$")).then(cell.str.to_date("%Y-%m-%d", strict=False))
    if question.type is QuestionType.NUMBER:
        return polars.when(cell.str.contains(f"^(?:{_NUMBER.pattern})$")).then(cell.cast(polars.Int64, strict=False))
    return cell.cast(answer_dtype(question), strict=False)


def _words(truth: bool) -> list[str]:
    return [word for word, value in TRUTHS.items() if value is truth]


def _mistaken(question: Question, dtype: polars.DataType) -> polars.Expr:
    """Whether there is something in the cell that is no answer and does not say that it is unknown."""
    cell, found = polars.col(question.id), answer(question, dtype)
    told = cell.is_not_null()
    if dtype == polars.String:
        told &= ~cell.is_in(["", UNKNOWN])
    mistaken = told & found.is_null()
    lowest, highest = question.lowest, question.highest
    if question.type is QuestionType.DATE:
        lowest, highest = lowest or _FIRST, highest or _LAST
    if lowest is not None:
        mistaken |= told & (found < lowest)
    if highest is not None:
        mistaken |= told & (found > highest)
    return mistaken.fill_null(value=False)


def _mistakes(schema: polars.Schema, asked: Iterable[Question]) -> Iterator[tuple[str, polars.Expr]]:
    """Whether a cell is mistaken, by column; without the columns whose type admits nothing that could be."""
    if schema.get(ID) == polars.String:
        told = polars.col(ID)
        yield ID, (told.str.contains(_UNPRINTABLE) | (told.str.len_chars() > LONGEST_ID)).fill_null(value=False)
    for question in asked:
        dtype = schema[question.id]
        if dtype != answer_dtype(question) or question.type.is_ordered:
            yield question.id, _mistaken(question, dtype)


def _reasons(row: dict[str, Any], cells: dict[str, Any], asked: list[Question]) -> Iterator[Reason]:
    if row.get(ID):
        message = _("an id has at most {most} characters, none of them invisible.").format(most=LONGEST_ID)
        yield Reason(ID, message, disguise(cells[ID]))
    for question in asked:
        if row.get(question.id):
            mistake = read_answer(question, _as_written(question, cells[question.id]))
            if not isinstance(mistake, Mistake):  # a whole number without a sign that needs all of 64 bits
                mistake = Mistake(_("this number is too large."), _("Take a smaller one, or leave the cell empty."))
            remedy = mistake.remedy
            if question.type is QuestionType.YES_NO:
                told = _("Write true or false, or as a spreadsheet does: TRUE, FALSE, ИСТИНА, ЛОЖЬ.")
                remedy = joined(disguise(str(cells[question.id]), TRUTHS), told)
            yield Reason(question.id, mistake.message, remedy)


def _as_written(question: Question, cell: Any) -> Any:
    """A cell of text as a scenario file would have it."""
    if isinstance(cell, str) and question.type is QuestionType.YES_NO:
        return TRUTHS.get(cell, cell)
    if isinstance(cell, str) and question.type is QuestionType.NUMBER and _NUMBER.fullmatch(cell):
        return int(cell)
    return cell
