"""Validate rows: typed answers for valid rows, all reasons for invalid ones.

All cells of a column are checked at once. Reasons are worded only for invalid rows, by the same
:func:`assistant.rulebook.answer.read_point` that checks scenario files. Only other spellings of the same value are
converted: ``true``, ``True`` and ``TRUE`` (as pandas and spreadsheets write it), but neither ``1`` nor ``Yes``.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import polars

from assistant.rulebook.answer import Mistake, read_point
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.system.display_safe import disguise, joined
from assistant.system.language import _
from assistant.tables.column_names import ID
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import answer_dtype, questions_by_column, with_dates_as_text
from assistant.tables.reading.errors import Count, Reason, Reject, wrong_cell
from assistant.tables.reading.months import is_given, months_as_ends

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
_BOTH: Final = " in both forms"
_ORDER: Final = " in the wrong order"
"""Suffixes of names for mistakes; no id of a rulebook has a space."""
_FIRST, _LAST = datetime.date.min, datetime.date.max


def validate_rows(
    batch: Batch, rulebook: Rulebook, count: Count = lambda _number, _example: None
) -> tuple[polars.DataFrame, tuple[Reject, ...]]:
    """Return ``ROW``, ``id`` and the answers of valid rows, and the invalid rows with their reasons, in order.

    ``count`` is called with the number of invalid rows before their reasons are worded.
    """
    frame = batch.frame
    checked, mistakes = _check(frame, rulebook)
    if checked[_BAD].any() and (with_ends := months_as_ends(frame, rulebook)) is not None:
        frame = with_ends
        checked, mistakes = _check(frame, rulebook)
    bad = checked[_BAD]
    answers = checked.drop(_BAD)
    answers = answers.filter(~bad) if bad.any() else answers
    answers = answers if answers[ROW].is_sorted() else answers.sort(ROW)
    if not bad.any():
        return answers, batch.rejects
    values = frame.filter(bad)
    mistaken = values.select(ROW, *(mistake.alias(column) for column, mistake in mistakes.items()))
    own = frozenset(batch.frame.columns)

    def rejects(some: slice = slice(None)) -> Iterator[Reject]:
        shown = with_dates_as_text(values[some])
        for row, cells in zip(mistaken[some].iter_rows(named=True), shown.iter_rows(named=True), strict=True):
            yield Reject(row[ROW], tuple(dict.fromkeys(_reasons(row, cells, rulebook, own))), batch.original(row[ROW]))

    count(len(values), lambda: next(rejects(slice(1))))
    return answers, tuple(sorted([*batch.rejects, *rejects()]))


def _check(frame: polars.DataFrame, rulebook: Rulebook) -> tuple[polars.DataFrame, dict[str, polars.Expr]]:
    """Return the typed answers and which rows are bad, and by column or by kind of mistake which rows have it.

    A question for which the table has a column of an end gets both of these, in place of its own.
    """
    schema = frame.schema  # a property that computes it at each access
    asked = {name: question for name, question in questions_by_column(rulebook).items() if name in schema}
    ranged = [each for each in rulebook.questions if each.type.is_ordered and set(each.end_columns) & asked.keys()]
    mistakes = {**dict(_mistakes(schema, asked)), **dict(_mistakes_of_ranges(schema, ranged))}
    checked = frame.lazy().with_columns(
        row_id(schema).alias(ID),
        *(typed_answer(question, schema[name], name).alias(name) for name, question in asked.items()),
        polars.any_horizontal(polars.lit(value=False), *mistakes.values()).alias(_BAD),
    )
    if ranged:
        checked = checked.with_columns(*(end for question in ranged for end in _ends(question, asked)))
        checked = checked.drop([question.id for question in ranged if question.id in asked])
    return checked.collect(), mistakes


def _ends(question: Question, asked: Collection[str]) -> Iterator[polars.Expr]:
    """Return the two ends of the typed answers to a question: of an exact answer, the answer itself."""
    for name in question.end_columns:
        known = [polars.col(each) for each in (question.id, name) if each in asked]
        yield polars.coalesce(*known, polars.lit(None, answer_dtype(question))).alias(name)


def row_id(columns: Iterable[str]) -> polars.Expr:
    """Return the id of each row, or its number if it has none."""
    numbered = polars.col(ROW).cast(polars.String)
    if ID not in columns:
        return numbered
    given = polars.col(ID).cast(polars.String)
    return polars.when(given.fill_null("") == "").then(numbered).otherwise(given)


def typed_answer(question: Question, dtype: polars.DataType, name: str) -> polars.Expr:
    """Return the typed answers in the column ``name`` of this dtype; null if unknown or invalid."""
    cell = polars.col(name)
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


def _is_mistake(question: Question, dtype: polars.DataType, name: str) -> polars.Expr:
    """Return whether a cell is neither empty, nor unknown, nor a valid answer."""
    value, given = typed_answer(question, dtype, name), is_given(name, dtype)
    mistaken = given & value.is_null()
    lowest, highest = question.lowest, question.highest
    if question.type is QuestionType.DATE:
        lowest, highest = lowest or _FIRST, highest or _LAST
    if lowest is not None:
        mistaken |= given & (value < lowest)
    if highest is not None:
        mistaken |= given & (value > highest)
    return mistaken.fill_null(value=False)


def _mistakes(schema: polars.Schema, asked: Mapping[str, Question]) -> Iterator[tuple[str, polars.Expr]]:
    """Return by column whether a cell is invalid; columns whose dtype allows only valid answers are left out."""
    if schema.get(ID) == polars.String:
        given = polars.col(ID)
        yield (
            ID,
            (given.str.contains(_UNPRINTABLE) | (given.str.len_chars() > MAX_ID_CHARACTERS)).fill_null(value=False),
        )
    for name, question in asked.items():
        dtype = schema[name]
        if dtype != answer_dtype(question) or question.type.is_ordered:
            yield name, _is_mistake(question, dtype, name)


def _mistakes_of_ranges(schema: polars.Schema, ranged: Iterable[Question]) -> Iterator[tuple[str, polars.Expr]]:
    """Return whether a row has an exact answer and an end, or ends in the wrong order."""
    for question in ranged:
        ends = [name for name in question.end_columns if name in schema]
        if question.id in schema:
            given = polars.any_horizontal([is_given(name, schema[name]) for name in ends])
            yield f"{question.id}{_BOTH}", is_given(question.id, schema[question.id]) & given
        if len(ends) > 1:
            first, last = (typed_answer(question, schema[name], name) for name in ends)
            yield f"{question.id}{_ORDER}", (first > last).fill_null(value=False)


def _reasons(row: dict[str, Any], cells: dict[str, Any], rulebook: Rulebook, own: Collection[str]) -> Iterator[Reason]:
    """Yield the reasons against a row; ``own`` are the columns of the table."""
    if row.get(ID):
        message = _("an id has at most {most} characters, none of them invisible.").format(most=MAX_ID_CHARACTERS)
        yield Reason(ID, message, disguise(cells[ID]))
    for name, question in questions_by_column(rulebook).items():
        if row.get(name):
            mistake = read_point(question, _value_of(question, cells[name]))
            if not isinstance(mistake, Mistake):  # an unsigned number that needs all 64 bits
                mistake = Mistake(_("this number is too large."), _("Take a smaller one, or leave the cell empty."))
            if question.type is QuestionType.YES_NO:
                spellings = _("Write true or false, or as a spreadsheet does: TRUE, FALSE, ИСТИНА, ЛОЖЬ.")
                mistake = mistake._replace(remedy=joined(disguise(str(cells[name]), TRUTHS), spellings))
            yield wrong_cell(name if name in own else question.id, question, mistake)
        if row.get(f"{name}{_BOTH}"):
            message = _("here is an exact answer and an end of a range.")
            yield Reason(name, message, _("Leave one of the two empty."))
        if row.get(f"{name}{_ORDER}"):
            yield Reason(name, _("nothing is in this range."), _("Exchange its bounds, or mend one."))


def _value_of(question: Question, cell: Any) -> Any:
    """Convert a cell of text to the value that a scenario file would have."""
    if isinstance(cell, str) and question.type is QuestionType.YES_NO:
        return TRUTHS.get(cell, cell)
    if isinstance(cell, str) and question.type is QuestionType.NUMBER and _NUMBER.fullmatch(cell):
        return int(cell)
    return cell
