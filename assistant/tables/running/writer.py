"""Write a table of statuses in parts, in the format that the suffix of the file says."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TypeAlias

import polars
from polars.io.plugins import register_io_source

from assistant.tables.column_names import ID
from assistant.tables.reading.file_types import SEPARATORS
from assistant.tables.reading.formula import escape_formulas

Parts: TypeAlias = Iterator[polars.DataFrame]
"""The parts of a result; at least one."""


def write_stream(parts: Parts, stream: IO[bytes], suffix: str) -> None:
    """Write a result to an open stream.

    Raises:
        OSError: if it cannot be written.
    """
    header = True
    for part in parts:
        if suffix in SEPARATORS:
            text = part.with_columns(escape_formulas(ID)).write_csv(include_header=header, separator=SEPARATORS[suffix])
        else:
            text = part.write_ndjson()
        stream.write(text.encode())  # not by Polars, which does not report the cause of an error
        header = False


def write_table(parts: Parts, path: Path, suffix: str, schema: polars.Schema, about: Mapping[str, str]) -> None:
    """Write a result to a file; ``about`` becomes its metadata if the format has any.

    Raises:
        OSError: if it cannot be written.
        polars.exceptions.PolarsError: likewise.
    """
    table = register_io_source(lambda *_pushed_down: parts, schema=schema)
    if suffix in SEPARATORS:
        table.with_columns(escape_formulas(ID)).sink_csv(path, separator=SEPARATORS[suffix])
    elif suffix in {".ndjson", ".jsonl"}:
        table.sink_ndjson(path)
    elif suffix == ".parquet":
        table.sink_parquet(path, metadata=dict(about))
    else:
        table.sink_ipc(path)
