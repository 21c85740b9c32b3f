"""Write the rejected rows to a table for the person who can correct them: place, reasons, and original text."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from assistant.documents.atomic_file import unwritable
from assistant.documents.problem import InputError
from assistant.tables.reading.errors import Reject
from assistant.tables.reading.file_types import SEPARATORS
from assistant.tables.reading.formula import escape_formula

COLUMNS: Final = ("row", "reasons", "original")


class Rejects:
    """A file for rejected rows. No other output repeats their content."""

    def __init__(self, file: TextIO, path: Path) -> None:
        """Write the header to an open file; ``path`` is its later name, whose suffix is the format."""
        self._file, self._path, self._rows = file, path, None
        suffix = path.suffix.lower()
        if suffix in SEPARATORS:
            # Quote every text: Python before 3.13 does not quote a carriage return, which would begin a new row.
            self._rows = csv.writer(
                file,
                delimiter=SEPARATORS[suffix],
                lineterminator="\n",
                quoting=csv.QUOTE_NONNUMERIC,
            )
            self._rows.writerow(COLUMNS)
            self._file.flush()

    def write(self, rejects: Sequence[Reject]) -> None:
        """Write some rows.

        Raises:
            InputError: if they cannot be written.
        """
        try:
            self._write(rejects)
            self._file.flush()
        except OSError as error:
            raise InputError([unwritable(self._path, error)]) from error

    def _write(self, rejects: Sequence[Reject]) -> None:
        for reject in rejects:
            cells = (reject.row, " ".join(map(str, reject.reasons)), reject.original)
            if self._rows is None:
                self._file.write(json.dumps(dict(zip(COLUMNS, cells, strict=True)), ensure_ascii=False) + "\n")
            else:
                self._rows.writerow([cells[0], *(escape_formula(cell) for cell in cells[1:])])
