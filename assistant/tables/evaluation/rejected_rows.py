"""Count the rejected rows of a table, and refuse a table that has too many."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from assistant.system.language import _, grouped
from assistant.tables.reading.errors import Reject, TableError

MAX_REJECTED_ROWS: Final = 1_000_000
MAX_REJECTED_PART: Final = 0.1
"""Limits for rejected rows: their number, and their part of the rows so far. If both are exceeded, the whole table is
refused: a small compressed file can contain a thousand million invalid rows."""


class RejectedRows:
    """The number of rejected rows of a table; a table with too many is refused."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = self._rejected = 0

    def add_rows(self, rows: int) -> None:
        """Add to the number of rows that were read."""
        self._rows += rows

    def add(self, rejected: int, example: Callable[[], Reject]) -> None:
        """Add to the number of rejected rows; ``example`` returns one of them.

        Raises:
            TableError: if both limits are exceeded.
        """
        self._rejected += rejected
        if rejected and self._rejected > max(MAX_REJECTED_ROWS, self._rows * MAX_REJECTED_PART):
            row = example()
            message = _("of the first {rows} rows, {rejected} cannot be evaluated. Row {row}: {reason}")
            message = message.format(
                rows=grouped(self._rows), rejected=grouped(self._rejected), row=row.row, reason=row.reasons[0]
            )
            raise TableError.at(self._path, message, _("Correct the table first; so many rows are not listed."))
