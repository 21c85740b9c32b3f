"""Check rows again that another engine found invalid, so that their reasons have the usual wording."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars

from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.tables.column_names import ID
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columnar import row_as_json
from assistant.tables.reading.errors import Reason, Reject, contradictions, repetition
from assistant.tables.reading.rows import validate_rows


class InvalidRow(NamedTuple):
    """An invalid row: its number and cells, whether its id is repeated, and the ids of impossible combinations."""

    row: int
    cells: dict[str, Any]
    repeated: bool = False
    contradictions: tuple[str, ...] = ()


def recheck_rows(rows: Sequence[InvalidRow], rulebook: Rulebook) -> list[Reject]:
    """Return the rows as rejected, with every reason; all rows have the same columns.

    A cell is a truth value, a whole number or text; a date is text.
    """
    frame = polars.DataFrame([{ROW: row.row, **row.cells} for row in rows], infer_schema_length=None)
    cells = {row.row: row.cells for row in rows}

    def original(row: int) -> str:
        return row_as_json(cells[row])

    _valid, rejects = validate_rows(Batch(frame, (), original, 1), rulebook)
    known = {reject.row: reject for reject in rejects}
    return [known.get(row.row) or Reject(row.row, _reasons(row, rulebook), original(row.row)) for row in rows]


def _reasons(row: InvalidRow, rulebook: Rulebook) -> tuple[Reason, ...]:
    if row.repeated:
        return (repetition(ID),)
    if row.contradictions:
        return contradictions(row.contradictions, rulebook)
    return (Reason(ID, _("this is not UTF-8.")),)  # the conversion to text has hidden the invalid bytes
