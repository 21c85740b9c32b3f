"""What every peer is given, and what it hands back: one compiled rulebook, and a way to evaluate rows by it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import polars

from assistant.documents.value import Value
from assistant.rulebook.program import Program

CONTRADICTORY = "contradictory"


class Task(Value):
    """A program, the findings that are asked for, and of how many copies of our rulebook it was made."""

    program: Program
    findings: tuple[str, ...]
    copies: int


class Ready(NamedTuple):
    """Rows in the peer's own form, waiting. ``run`` evaluates them all and is what is timed; ``truths`` is not.

    ``truths`` makes of a result one column a finding, true, false, or null where it is unknown, and ``contradictory``.
    """

    run: Callable[[], Any]
    truths: Callable[[Any], polars.DataFrame]


def as_numbers(answers: polars.DataFrame) -> polars.DataFrame:
    """The answers with every day as its ordinal, without the ids; a choice is text."""
    epoch = 719163  # of 1970-01-01
    days = [name for name, dtype in answers.schema.items() if dtype == polars.Date]
    return answers.drop("id").with_columns(
        polars.col(days).to_physical().cast(polars.Int64) + epoch, polars.col(polars.Enum).cast(polars.String)
    )
