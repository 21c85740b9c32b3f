"""A table of answers as a table of statuses: read, looked through, and evaluated, a part at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars

from assistant.rulebook import Rulebook
from assistant.table.batch import ROW, Batch
from assistant.table.columns import CONTRADICTIONS, ID, input_schema, output_schema
from assistant.table.engine import TableEngine
from assistant.table.fault import Reject, contradiction, repetition
from assistant.table.reading import read_table
from assistant.table.rows import sound_rows
from assistant.table.seen import SeenIds


class Task(NamedTuple):
    """What is to be evaluated, by which rules; with explanations, and with exact statuses."""

    source: Path
    rulebook: Rulebook
    explain: bool = False
    exact: bool = False


class Progress(NamedTuple):
    """How far a table is: rows so far, the rejected among them, and the part of the file that is read, 0 to 1.

    ``empty`` rows are no cases, and not among the ``rows``.
    """

    rows: int = 0
    rejected: int = 0
    done: float = 0
    empty: int = 0


class Listener(NamedTuple):
    """Who is told of rejected rows, in their order, and of progress."""

    rejects: Callable[[Sequence[Reject]], None]
    progress: Callable[[Progress], None]


def result_schema(rulebook: Rulebook, *, explain: bool) -> polars.Schema:
    """The columns of a result. Rows whose answers contradict each other are rejected: there is no column for it."""
    columns = output_schema(rulebook, explain=explain)
    return polars.Schema({name: dtype for name, dtype in columns.items() if name != CONTRADICTIONS})


def evaluated_parts(task: Task, listener: Listener) -> Iterator[polars.DataFrame]:
    """The statuses of the rows of a file, in their order; one part at least, if only an empty one.

    Raises:
        FileFaultError: if the file cannot be evaluated; perhaps only after some rows.
        MemoryError: if exact statuses are asked for and the rulebook is too large for decision diagrams.
    """
    schema = result_schema(task.rulebook, explain=task.explain)
    engine = TableEngine(task.rulebook, explain=task.explain, exact=task.exact)
    seen = SeenIds()
    rows = rejected = empty = 0
    for batch in read_table(task.source, task.rulebook):
        answers, rejects = sound_rows(batch, task.rulebook)
        answers, repeated = _without_repetitions(answers, batch, seen)
        given = _engine_input(answers, task.rulebook)
        statuses = engine.evaluated(given).collect(engine="streaming")
        contradictions = statuses[CONTRADICTIONS]
        contradictory: Iterable[Reject] = ()
        if contradictions.null_count() < len(statuses):
            incoherent = statuses.filter(contradictions.is_not_null())
            contradictory = _contradictory(incoherent, answers, batch, task.rulebook)
            statuses = statuses.filter(contradictions.is_null())
        all_rejects = sorted([*rejects, *repeated, *contradictory])
        listener.rejects(all_rejects)
        rows += len(batch.frame) + len(batch.rejects)
        rejected += len(all_rejects)
        empty += batch.empty
        listener.progress(Progress(rows, rejected, batch.done, empty))
        yield statuses.select(schema.names())
    if not rows:
        yield polars.DataFrame(schema=schema)


def _engine_input(answers: polars.DataFrame, rulebook: Rulebook) -> polars.LazyFrame:
    """With a column for every question; one that the file has not is unknown."""
    return answers.lazy().select(
        polars.col(name) if name in answers.columns else polars.lit(None, dtype).alias(name)
        for name, dtype in input_schema(rulebook).items()
    )


def _without_repetitions(
    answers: polars.DataFrame, batch: Batch, seen: SeenIds
) -> tuple[polars.DataFrame, Sequence[Reject]]:
    places = seen.repeated(answers[ID], batch.repeated)
    if places.is_empty():
        return answers, ()
    rows = answers[ROW].gather(places).to_list()
    others = answers.filter(~answers[ROW].is_in(rows))
    return others, [Reject(row, (repetition(ID),), batch.original(row)) for row in rows]


def _contradictory(
    statuses: polars.DataFrame, answers: polars.DataFrame, batch: Batch, rulebook: Rulebook
) -> Iterator[Reject]:
    texts = {impossible.id: impossible.text for impossible in rulebook.impossible}
    found = statuses.select(ID, CONTRADICTIONS).join(answers.select(ID, ROW), on=ID, how="left")
    for _identifier, contradictions, row in found.iter_rows():
        reasons = tuple(contradiction(texts[each]) for each in contradictions.split())
        yield Reject(row, reasons, batch.original(row))
