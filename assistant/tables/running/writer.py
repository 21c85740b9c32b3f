"""A table of statuses as a file: in the format that its ending names, a part at a time."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final, TypeAlias

import polars
from polars.io.plugins import register_io_source

from assistant.tables.reading.columns import ID
from assistant.tables.reading.formula import harmless

Parts: TypeAlias = Iterator[polars.DataFrame]
"""A result a part at a time; at least one."""
LINES: Final = (".csv", ".tsv", ".ndjson", ".jsonl")
"""Formats that can be written to a stream, a line after another."""
IN_COLUMNS: Final = (".parquet", ".arrow", ".ipc", ".feather")
"""Formats that are complete only at the end."""
FORMATS: Final = (*LINES, *IN_COLUMNS)
_SEPARATOR: Final = {".csv": ",", ".tsv": "\t"}


def write_stream(parts: Parts, stream: IO[bytes], ending: str) -> None:
    """Writes a result to an open stream.

    Raises:
        OSError: if it cannot be written.
    """
    header = True
    for part in parts:
        if ending in {".csv", ".tsv"}:
            text = part.with_columns(harmless(ID)).write_csv(include_header=header, separator=_SEPARATOR[ending])
        else:
            text = part.write_ndjson()
        stream.write(text.encode())  # not by the library itself: it does not say why it cannot
        header = False


def write_table(parts: Parts, path: Path, ending: str, schema: polars.Schema, about: Mapping[str, str]) -> None:
    """Writes a result under a name; ``about`` goes into it where the format has a place for it.

    Raises:
        OSError: if it cannot be written.
        polars.exceptions.PolarsError: likewise.
    """
    table = register_io_source(lambda *_pushed_down: parts, schema=schema)
    if ending in {".csv", ".tsv"}:
        table.with_columns(harmless(ID)).sink_csv(path, separator=_SEPARATOR[ending])
    elif ending in {".ndjson", ".jsonl"}:
        table.sink_ndjson(path)
    elif ending == ".parquet":
        table.sink_parquet(path, metadata=dict(about))
    else:
        table.sink_ipc(path)
