"""The rows that were not evaluated, in a table for whoever can mend them: where, why, and how they were written."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from assistant.documents.atomic_file import unwritable
from assistant.tables.reading.errors import Reject, UnwritableError
from assistant.tables.reading.formula import harmless_text

COLUMNS: Final = ("row", "reasons", "original")
FILE_TYPES: Final = (".csv", ".tsv", ".ndjson", ".jsonl")
"""How the names of files for rejected rows end."""


class Rejects:
    """Writes rejected rows as they come. Only this file repeats what stood in them."""

    def __init__(self, file: TextIO, path: Path) -> None:
        """Begins the table in a file that is to have a name; the ending of that is the format."""
        self.file = file
        self._path, self._rows = path, None
        ending = path.suffix.lower()
        if ending in {".csv", ".tsv"}:
            # Every text in quotes: Python before 3.13 has none around a carriage return, which would begin a new row.
            self._rows = csv.writer(
                file,
                delimiter="\t" if ending == ".tsv" else ",",
                lineterminator="\n",
                quoting=csv.QUOTE_NONNUMERIC,
            )
            self._rows.writerow(COLUMNS)

    def write(self, rejects: Sequence[Reject]) -> None:
        """Writes some rows.

        Raises:
            UnwritableError: if they cannot be written.
        """
        try:
            self._write(rejects)
        except OSError as error:
            raise UnwritableError(unwritable(self._path, error)) from error

    def _write(self, rejects: Sequence[Reject]) -> None:
        for reject in rejects:
            cells = (reject.row, " ".join(map(str, reject.reasons)), reject.original)
            if self._rows is None:
                self.file.write(json.dumps(dict(zip(COLUMNS, cells, strict=True)), ensure_ascii=False) + "\n")
            else:
                self._rows.writerow([cells[0], *(harmless_text(cell) for cell in cells[1:])])
