"""Rows that another engine found unsound, looked through once more: so each is told in the words it always has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars

from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columnar import written
from assistant.tables.reading.columns import ID
from assistant.tables.reading.errors import Reason, Reject, contradictions, repetition
from assistant.tables.reading.rows import validate_rows


class Unsound(NamedTuple):
    """A row by its number and cells, with the combinations that contradict each other; or its id stood before."""

    row: int
    cells: dict[str, Any]
    repeated: bool = False
    contradictions: tuple[str, ...] = ()


def recheck_rows(rows: Sequence[Unsound], rulebook: Rulebook) -> list[Reject]:
    """The rows of a table, all with the same columns, as what they are: rejected, with every reason.

    A cell is a truth value, a whole number or text; a day is text.
    """
    frame = polars.DataFrame([{ROW: one.row, **one.cells} for one in rows], infer_schema_length=None)
    cells = {one.row: one.cells for one in rows}

    def original(row: int) -> str:
        return written(cells[row])

    _sound, rejects = validate_rows(Batch(frame, (), original, 1), rulebook)
    told = {reject.row: reject for reject in rejects}
    return [told.get(one.row) or Reject(one.row, _reasons(one, rulebook), original(one.row)) for one in rows]


def _reasons(one: Unsound, rulebook: Rulebook) -> tuple[Reason, ...]:
    if one.repeated:
        return (repetition(ID),)
    if one.contradictions:
        return contradictions(one.contradictions, rulebook)
    return (Reason(ID, _("this is not UTF-8.")),)  # which nobody can see any more
