"""Recognize tables by their file names; a command needs this before it loads the heavy readers."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}
"""The delimiter of the cells in delimited text, by the suffix of the file's name."""

LINE_FORMATS: Final = (*SEPARATORS, ".ndjson", ".jsonl")
"""Suffixes of tables that can be written to a stream, line by line."""

COLUMN_FORMATS: Final = (".parquet", ".arrow", ".ipc", ".feather")
"""Suffixes of tables that are complete only at the end."""

RESULT_TYPES: Final = (*LINE_FORMATS, *COLUMN_FORMATS)
"""Suffixes of the files that statuses can be written to, row by row."""

FILE_TYPES: Final = (*LINE_FORMATS, ".json", *COLUMN_FORMATS)
"""Suffixes of the names of tables."""

FORMATS: Final = (*(suffix.removeprefix(".") for suffix in SEPARATORS), "ndjson", "parquet", "arrow")
"""Names of the formats, one for each, where no name of a file has a suffix."""

FINISHED: Final = "finished.ndjson"
"""The file in a folder of results that lists the finished tables, one entry per line."""

SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")
"""Suffixes of the names of spreadsheets, which have to be saved as tables first."""


def is_table(path: Path) -> bool:
    """Return whether this is the name of a table."""
    return path.suffix.lower() in FILE_TYPES


def tables_in(folder: Path) -> list[Path]:
    """Return the tables in a folder, sorted, without hidden files and without those in subfolders.

    Raises:
        OSError: if the folder cannot be read.
    """
    return sorted(file for file in folder.iterdir() if is_table(file) and not file.name.startswith("."))


def spreadsheets_in(folder: Path) -> list[Path]:
    """Return the spreadsheets in a folder, sorted, without hidden files and lock files.

    Raises:
        OSError: if the folder cannot be read.
    """
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in SPREADSHEETS and not file.name.startswith((".", "~$"))
    )


def tables_below(folder: Path) -> Iterator[Path]:
    """Return the tables in the subfolders of a folder, as far as these can be read.

    Hidden files and folders, and folders of results, are left out.
    """
    for inside, folders, files in os.walk(folder):
        folders[:] = [] if FINISHED in files else [name for name in folders if not name.startswith(".")]
        if Path(inside) != folder and FINISHED not in files:
            yield from (Path(inside) / name for name in files if is_table(Path(name)) and not name.startswith("."))
