"""Read Parquet and Arrow IPC files, whose columns and types are known before any row is read."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final

import polars

from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.system.language import _
from assistant.tables.column_names import ID
from assistant.tables.reading.arrow_file import rows_of_arrow_file
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import answer_dtype, questions_by_column, with_dates_as_text
from assistant.tables.reading.errors import TableError
from assistant.tables.reading.header import check_columns
from assistant.tables.reading.repeated_ids import repeated_hashes
from assistant.tables.reading.rows import row_id

MAX_ROWS: Final = 1_000_000_000
"""Rows that a file may declare. Files that declare more are refused unread, because the number may be wrong."""
MAX_BATCH_CELLS: Final = 1 << 22
"""Cells in a batch, which limit its rows; a cell of text counts twice."""
_READ_AHEAD: Final = ("POLARS_ROW_GROUP_PREFETCH_SIZE", "2")
"""How many row groups Polars may read ahead. It has no other setting for it, and by default reads many."""
WHOLE_NUMBERS: Final = (
    *(polars.Int8, polars.Int16, polars.Int32, polars.Int64),
    *(polars.UInt8, polars.UInt16, polars.UInt32, polars.UInt64),
)
_DICTIONARIES: Final = (polars.Categorical, polars.Enum)
TEXT: Final = (polars.String, *_DICTIONARIES)
SUITABLE_DTYPES: Final = {
    QuestionType.YES_NO: (polars.Boolean, *TEXT),
    QuestionType.CHOICE: TEXT,
    QuestionType.NUMBER: (*WHOLE_NUMBERS, *TEXT),
    QuestionType.DATE: (polars.Date, *TEXT),
}
"""The dtypes that a column may have, by type of question; text is read as in CSV."""


def read_columns(path: Path, file: IO[bytes], rulebook: Rulebook, *, parquet: bool) -> Iterator[Batch]:
    """Return the rows of a Parquet or Arrow IPC file in batches; ``file`` is the same file, opened.

    Raises:
        TableError: if the file is damaged, declares too many rows, or its columns do not suit the questions.
    """
    os.environ.setdefault(*_READ_AHEAD)
    try:
        counted = None if parquet else rows_of_arrow_file(file)
        scanned = polars.scan_parquet(path, glob=False) if parquet else polars.scan_ipc(path, glob=False)
        schema = scanned.collect_schema()
        check_columns(path, schema, rulebook)
        table = _readable(path, scanned, rulebook)
        promised = scanned.select(polars.len()).collect().item()
        if promised > MAX_ROWS:
            message = _("the file promises {promised} rows; at most {most} are read.")
            message = message.format(promised=promised, most=MAX_ROWS)
            raise TableError.at(path, message, _("Split it into smaller files."))
        columns = table.collect_schema()
        repeated = repeated_hashes(_ids(table, columns), promised)
        first = 1
        cells = sum(2 if dtype == polars.String else 1 for dtype in columns.dtypes())
        for frame in table.collect_batches(chunk_size=max(MAX_BATCH_CELLS // max(cells, 1), 1), maintain_order=True):
            numbered = frame.with_row_index(ROW, offset=first).with_columns(polars.col(ROW).cast(polars.Int64))
            first += len(frame)
            yield Batch(numbered, (), _Originals(numbered), min((first - 1) / max(promised, 1), 1), repeated)
        # If a reading thread of Polars fails, iteration ends as if all rows were read.
        if first - 1 != promised or counted not in {None, promised}:
            raise _damage_error(path)
    except TableError:
        raise
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError, ValueError) as error:
        raise _damage_error(path) from error


def _damage_error(path: Path) -> TableError:
    return TableError.at(path, _("this is a damaged file."), _("Save it again."))


def _ids(scanned: polars.LazyFrame, schema: polars.Schema) -> polars.LazyFrame:
    """Return the ids alone, or an empty table if the file has no ids and rows are known by their numbers."""
    if ID not in schema:
        return polars.LazyFrame(schema={ID: polars.String})
    return scanned.select(ID).with_row_index(ROW, offset=1).select(row_id(schema))


def _readable(path: Path, scanned: polars.LazyFrame, rulebook: Rulebook) -> polars.LazyFrame:
    """Convert every column to a suitable dtype: dictionaries to text, columns without any value to nulls.

    Raises:
        TableError: if a column has values of an unsuitable dtype.
    """
    schema, asked = scanned.collect_schema(), questions_by_column(rulebook)
    own = {ID: polars.String(), **{name: answer_dtype(question) for name, question in asked.items()}}
    unsuitable = [name for name, dtype in schema.items() if not _suits(dtype, asked.get(name))]
    empty = scanned.select(_is_empty(name, schema[name]) for name in unsuitable).collect(engine="streaming")
    for name in unsuitable:
        if not empty[name].item():
            raise unsuitable_type_error(path, name, str(schema[name].base_type()), asked.get(name))
    words = [name for name, dtype in schema.items() if isinstance(dtype, _DICTIONARIES) and dtype != own[name]]
    unknown = [polars.lit(None, own[name]).alias(name) for name in unsuitable]
    return scanned.with_columns(polars.col(words).cast(polars.String), *unknown)


def _suits(dtype: polars.DataType, question: Question | None) -> bool:
    """Return whether a column of this dtype may hold answers to the question, or ids if there is no question."""
    return isinstance(dtype, (*(SUITABLE_DTYPES[question.type] if question else (*TEXT, *WHOLE_NUMBERS)), polars.Null))


def _is_empty(name: str, dtype: polars.DataType) -> polars.Expr:
    """Return whether all rows lack a value in this column; NaN counts as missing, because pandas writes it so."""
    cell = polars.col(name)
    return (cell.is_null() | cell.is_nan() if dtype.is_float() else cell.is_null()).all()


def unsuitable_type_error(path: Path | str, column: str, dtype: str, question: Question | None) -> TableError:
    """Return the error for a column with an unsuitable type; without a question, it is the column of ids."""
    message = _("the column '{id}' has the type {type}.").format(id=column, type=dtype)
    return TableError.at(path, message, _remedy(question))


def row_as_json(cells: Mapping[str, Any]) -> str:
    """Return a row as a JSON object, the form in which a rejected row is shown to the user."""
    return json.dumps({key: value for key, value in cells.items() if key != ROW}, default=str, ensure_ascii=False)


def _remedy(question: Question | None) -> str:
    if question is None:
        return _("An id is a text or a whole number.")
    return {
        QuestionType.YES_NO: _("A yes/no question has truth values, or text."),
        QuestionType.CHOICE: _("A choice has the ids of its options as text."),
        QuestionType.NUMBER: _("A number has whole numbers, or text."),
        QuestionType.DATE: _("A date has days without a time, or text."),
    }[question.type]


class _Originals:
    """The rows of a batch as JSON objects, by row number."""

    def __init__(self, frame: polars.DataFrame) -> None:
        self._frame = frame

    def __call__(self, row: int) -> str:
        return row_as_json(self._readable.row(row - self._frame.item(0, ROW), named=True))

    @cached_property
    def _readable(self) -> polars.DataFrame:
        """Convert the whole batch once, and only if a row is rejected: row by row it would take far longer."""
        return with_dates_as_text(self._frame)
