"""Some rows of a table as they were read: not yet known to be answers."""

from collections.abc import Callable
from typing import Final, NamedTuple

import polars

from assistant.tables.reading.errors import Reject

ROW: Final = "row number"
"""The column with each row's line in a text file, or its number from 1. No id of a rulebook has a space."""


class Batch(NamedTuple):
    """Rows in any order: ``ROW``, perhaps ``id``, and some of the questions, as text or in a type that suits them.

    ``rejects`` are the rows that could not be read; ``original`` gives back how a row of ``frame`` was written, by
    its number; ``done`` is how much of the table has been read so far, from 0 to 1; ``repeated`` are the hashes of ids
    that come more than once in the table, where that is known before (see :mod:`assistant.tables.reading.seen`);
    ``empty`` is how many rows of text were passed over because nothing stands in any of their cells.
    """

    frame: polars.DataFrame
    rejects: tuple[Reject, ...]
    original: Callable[[int], str]
    done: float
    repeated: polars.Series | None = None
    empty: int = 0
