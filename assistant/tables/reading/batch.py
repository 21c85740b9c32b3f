"""Some rows of a table as they were read, before they are validated."""

from collections.abc import Callable
from typing import Final, NamedTuple

import polars

from assistant.tables.reading.errors import Reject

ROW: Final = "row number"
"""The column with each row's line in a text file, or else its number from 1. No id of a rulebook has a space."""


class Batch(NamedTuple):
    """Rows in any order: ``ROW``, perhaps ``id``, and some of the questions, as text or in a type that suits them.

    ``rejects``: the rows that could not be read.
    ``original``: returns the text of a row of ``frame`` as it was written, by its number.
    ``done``: the part of the table that has been read so far, from 0 to 1.
    ``repeated``: the hashes of ids that occur more than once in the table, if this is known in advance (see
    :mod:`assistant.tables.reading.repeated_ids`).
    ``empty``: the number of rows of text that were skipped because all their cells are empty.
    """

    frame: polars.DataFrame
    rejects: tuple[Reject, ...]
    original: Callable[[int], str]
    done: float
    repeated: polars.Series | None = None
    empty: int = 0
