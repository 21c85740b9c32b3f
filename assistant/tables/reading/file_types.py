"""Which files are tables, by their names alone: what a command has to know before it loads what reads them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FILE_TYPES: Final = (".csv", ".tsv", ".ndjson", ".jsonl", ".json", ".parquet", ".arrow", ".ipc", ".feather")
"""What the names of tables end in."""

FINISHED: Final = "finished.ndjson"
"""The list, in a folder of results, of the tables that are finished: an entry a line."""

SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")
"""What the names of spreadsheets end in, which are no tables until somebody saves them as such."""


def is_table(path: Path) -> bool:
    """Whether the name of a file is that of a table."""
    return path.suffix.lower() in FILE_TYPES


def tables_in(folder: Path) -> list[Path]:
    """The tables in a folder that are not hidden, in order; those in folders inside of it are not among them.

    Raises:
        OSError: if the folder cannot be looked into.
    """
    return sorted(file for file in folder.iterdir() if is_table(file) and not file.name.startswith("."))


def spreadsheets_in(folder: Path) -> list[Path]:
    """The spreadsheets in a folder, in order; not the hidden ones, nor those that only mark another as open.

    Raises:
        OSError: if the folder cannot be looked into.
    """
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in SPREADSHEETS and not file.name.startswith((".", "~$"))
    )


def tables_below(folder: Path) -> Iterator[Path]:
    """The tables in the folders inside of a folder, as far as these can be looked into.

    Nothing that is hidden is among them, and no results.
    """
    for inside, folders, files in os.walk(folder):
        folders[:] = [] if FINISHED in files else [name for name in folders if not name.startswith(".")]
        if Path(inside) != folder and FINISHED not in files:
            yield from (Path(inside) / name for name in files if is_table(Path(name)) and not name.startswith("."))
