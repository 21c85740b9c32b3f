"""Tables in columns with types: Parquet, and Arrow IPC files. What they hold is known before a row is read."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final

import polars

from assistant.rulebook.model import Question, QuestionType, Rulebook
from assistant.system.language import _
from assistant.tables.reading.arrow_file import rows_of_arrow_file
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import ID, input_schema, readable
from assistant.tables.reading.errors import FileFaultError
from assistant.tables.reading.header import refuse_strange_columns
from assistant.tables.reading.rows import row_id
from assistant.tables.reading.seen import repeated_hashes

MOST_ROWS: Final = 1_000_000_000
"""Rows that a file may promise. More are refused before any is read, because the promise may be a lie."""
CELLS: Final = 1 << 22
"""Cells that are read at once, by which the rows are; text counts twice."""
_READ_AHEAD: Final = ("POLARS_ROW_GROUP_PREFETCH_SIZE", "2")
"""Polars has no other way to say how many parts of a file wait for being decoded; by itself it lets many wait."""
WHOLE: Final = (
    *(polars.Int8, polars.Int16, polars.Int32, polars.Int64),
    *(polars.UInt8, polars.UInt16, polars.UInt32, polars.UInt64),
)
_DICTIONARIES: Final = (polars.Categorical, polars.Enum)
TEXT: Final = (polars.String, *_DICTIONARIES)
SUITING: Final = {
    QuestionType.YES_NO: (polars.Boolean, *TEXT),
    QuestionType.CHOICE: TEXT,
    QuestionType.NUMBER: (*WHOLE, *TEXT),
    QuestionType.DATE: (polars.Date, *TEXT),
}
"""The types of a column that holds answers to a question of a type; text is read as in CSV."""


def read_columns(path: Path, file: IO[bytes], rulebook: Rulebook, *, parquet: bool) -> Iterator[Batch]:
    """The rows of a Parquet file, or of an Arrow IPC file, which is open as ``file``.

    Raises:
        FileFaultError: if it is damaged, promises too much, or its columns do not suit the questions.
    """
    os.environ.setdefault(*_READ_AHEAD)
    try:
        held = None if parquet else rows_of_arrow_file(file)
        scanned = polars.scan_parquet(path, glob=False) if parquet else polars.scan_ipc(path, glob=False)
        schema = scanned.collect_schema()
        refuse_strange_columns(path, schema, rulebook)
        table = _readable(path, scanned, rulebook)
        promised = scanned.select(polars.len()).collect().item()
        if promised > MOST_ROWS:
            message = _("the file promises {promised} rows; at most {most} are read.")
            message = message.format(promised=promised, most=MOST_ROWS)
            raise FileFaultError(path, message, _("Split it into smaller files."))
        columns = table.collect_schema()
        repeated = repeated_hashes(_ids(table, columns), promised)
        first = 1
        cells = sum(2 if dtype == polars.String else 1 for dtype in columns.dtypes())
        for frame in table.collect_batches(chunk_size=max(CELLS // max(cells, 1), 1), maintain_order=True):
            numbered = frame.with_row_index(ROW, offset=first).with_columns(polars.col(ROW).cast(polars.Int64))
            first += len(frame)
            yield Batch(numbered, (), _Originals(numbered), min((first - 1) / max(promised, 1), 1), repeated)
        # When it gives up in a thread of its own, the library ends as if all were read.
        if first - 1 != promised or held not in {None, promised}:
            raise FileFaultError(path, _("this is a damaged file."), _("Write it anew."))
    except (polars.exceptions.PolarsError, OSError, ValueError) as error:
        raise FileFaultError(path, _("this is a damaged file."), _("Write it anew.")) from error
    except polars.exceptions.PanicException as error:  # the library gives up on what it does not expect
        raise FileFaultError(path, _("this is a damaged file."), _("Write it anew.")) from error


def _ids(scanned: polars.LazyFrame, schema: polars.Schema) -> polars.LazyFrame:
    """The ids alone; no row where every row has its number for one."""
    if ID not in schema:
        return polars.LazyFrame(schema={ID: polars.String})
    return scanned.select(ID).with_row_index(ROW, offset=1).select(row_id(schema))


def _readable(path: Path, scanned: polars.LazyFrame, rulebook: Rulebook) -> polars.LazyFrame:
    """Every column in a type that suits: dictionaries of words as text, and as unknown what has no value at all.

    Raises:
        FileFaultError: if a column has values of a type that does not suit.
    """
    schema, own = scanned.collect_schema(), input_schema(rulebook)
    strange = [name for name, dtype in schema.items() if not _suits(dtype, rulebook.question.get(name))]
    empty = scanned.select(_is_empty(name, schema[name]) for name in strange).collect(engine="streaming")
    for name in strange:
        if not empty[name].item():
            raise strange_type(path, name, str(schema[name].base_type()), rulebook.question.get(name))
    words = [name for name, dtype in schema.items() if isinstance(dtype, _DICTIONARIES) and dtype != own[name]]
    unknown = [polars.lit(None, own[name]).alias(name) for name in strange]
    return scanned.with_columns(polars.col(words).cast(polars.String), *unknown)


def _suits(dtype: polars.DataType, question: Question | None) -> bool:
    """Whether a column of a type may hold the answers to a question; without a question, ids."""
    return isinstance(dtype, (*(SUITING[question.type] if question else (*TEXT, *WHOLE)), polars.Null))


def _is_empty(name: str, dtype: polars.DataType) -> polars.Expr:
    """Whether a column has no value in any row; NaN is none, for so pandas writes what is missing."""
    cell = polars.col(name)
    return (cell.is_null() | cell.is_nan() if dtype.is_float() else cell.is_null()).all()


def strange_type(path: Path | str, column: str, dtype: str, question: Question | None) -> FileFaultError:
    """The error that a column has a type that does not suit its question; without a question, it is that of ids."""
    message = _("the column '{id}' has the type {type}.").format(id=column, type=dtype)
    return FileFaultError(path, message, _remedy(question))


def written(cells: Mapping[str, Any]) -> str:
    """A row as an object in JSON, which is how it is given back if it is rejected."""
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
    """The rows of a batch by their number, as objects in JSON."""

    def __init__(self, frame: polars.DataFrame) -> None:
        self._frame = frame

    def __call__(self, row: int) -> str:
        return written(self._readable.row(row - self._frame.item(0, ROW), named=True))

    @cached_property
    def _readable(self) -> polars.DataFrame:
        """Made once for the whole batch, and only if a row is rejected: for each row alone it takes far longer."""
        return readable(self._frame)
