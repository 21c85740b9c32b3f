"""Tables in columns with types: Parquet, and Arrow IPC files. What they hold is known before a row is read."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars

from assistant.language import _
from assistant.rulebook import Question, QuestionType, Rulebook
from assistant.table.batch import ROW, Batch
from assistant.table.columns import ID, input_schema, readable
from assistant.table.fault import FileFaultError
from assistant.table.heading import refuse_strange_columns
from assistant.table.rows import row_id
from assistant.table.seen import repeated_hashes

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
TEXT: Final = (polars.String, polars.Categorical, polars.Enum)
SUITING: Final = {
    QuestionType.YES_NO: (polars.Boolean, *TEXT),
    QuestionType.CHOICE: TEXT,
    QuestionType.NUMBER: (*WHOLE, *TEXT),
    QuestionType.DATE: (polars.Date, *TEXT),
}
"""The types of a column that holds answers to a question of a type; text is read as in CSV."""


def read_columns(path: Path, rulebook: Rulebook, *, parquet: bool) -> Iterator[Batch]:
    """The rows of a Parquet file, or of an Arrow IPC file.

    Raises:
        FileFaultError: if it is damaged, promises too much, or its columns do not suit the questions.
    """
    os.environ.setdefault(*_READ_AHEAD)
    try:
        scanned = polars.scan_parquet(path, glob=False) if parquet else polars.scan_ipc(path, glob=False)
        schema = scanned.collect_schema()
        refuse_strange_columns(path, schema, rulebook)
        _refuse_strange_types(path, schema, rulebook)
        promised = scanned.select(polars.len()).collect().item()
        if promised > MOST_ROWS:
            message = _("the file promises {promised} rows; at most {most} are read.")
            message = message.format(promised=promised, most=MOST_ROWS)
            raise FileFaultError(path, message, _("Split it into smaller files."))
        repeated = repeated_hashes(_ids(scanned, schema), promised)
        first = 1
        texts = _as_text(scanned, schema, rulebook)
        cells = sum(2 if dtype == polars.String else 1 for dtype in texts.collect_schema().dtypes())
        for frame in texts.collect_batches(chunk_size=max(CELLS // max(cells, 1), 1), maintain_order=True):
            numbered = frame.with_row_index(ROW, offset=first).with_columns(polars.col(ROW).cast(polars.Int64))
            first += len(frame)
            yield Batch(numbered, (), _Originals(numbered), min((first - 1) / max(promised, 1), 1), repeated)
        if first - 1 != promised:  # when it gives up in a thread of its own, the library ends as if all were read
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


def _as_text(scanned: polars.LazyFrame, schema: polars.Schema, rulebook: Rulebook) -> polars.LazyFrame:
    """Everything in a type that suits, or as text: dictionaries of words may not be the questions' own."""
    own = input_schema(rulebook)
    words = (polars.Categorical, polars.Enum)
    strange = [name for name, dtype in schema.items() if isinstance(dtype, words) and dtype != own[name]]
    return scanned.with_columns(polars.col(strange).cast(polars.String))


def _refuse_strange_types(path: Path, schema: polars.Schema, rulebook: Rulebook) -> None:
    for name, dtype in schema.items():
        suiting = (polars.String, *WHOLE) if name == ID else SUITING[rulebook.question[name].type]
        if not isinstance(dtype, (*suiting, polars.Null)):
            raise strange_type(path, name, str(dtype.base_type()), rulebook.question.get(name))


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
        return written(readable(self._frame.slice(row - self._frame.item(0, ROW), 1)).row(0, named=True))
