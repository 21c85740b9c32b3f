"""A table of answers as a table of statuses: read, looked through, and evaluated, a part at a time.

The engine plans its query once for a whole table, and draws the parts through it; what is told of a part waits until
its statuses come out.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import polars
from polars.io.plugins import register_io_source

from assistant.rulebook.model import Rulebook
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import CONTRADICTIONS, ID, input_schema, output_schema
from assistant.tables.reading.errors import Count, Reject, RejectedRows, contradictions, repetition
from assistant.tables.reading.reader import read_table
from assistant.tables.reading.rows import validate_rows
from assistant.tables.reading.seen import SeenIds


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


class _Part(NamedTuple):
    """Some rows on their way through the engine: as they were read, the answers of the sound ones, and the others."""

    batch: Batch
    answers: polars.DataFrame
    rejects: Sequence[Reject]


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
    under_way: deque[_Part] = deque()

    def answers(wanted: Sequence[str] | None, *_pushed_down: object) -> Iterator[polars.DataFrame]:
        for part in _sound_parts(task):
            under_way.append(part)
            yield _engine_input(part.answers, task.rulebook, wanted)

    given = register_io_source(answers, schema=input_schema(task.rulebook))
    statuses = engine.evaluated(given).collect_batches(maintain_order=True, engine="streaming")
    rejected_rows = RejectedRows(task.source)
    rows = rejected = empty = 0
    for part, found in _by_part(statuses, under_way, output_schema(task.rulebook, explain=task.explain)):
        coherent, contradictory = _by_coherence(found)
        told = chain(part.rejects, _contradictory(contradictory, part, task.rulebook))
        rejected_rows.add_rows(len(part.batch.frame) + len(part.batch.rejects))
        rejected_rows.add(len(part.rejects) + len(contradictory), partial(next, told))
        rejects = sorted(told)
        listener.rejects(rejects)
        rows += len(part.batch.frame) + len(part.batch.rejects)
        rejected += len(rejects)
        empty += part.batch.empty
        listener.progress(Progress(rows, rejected, part.batch.done, empty))
        yield coherent[schema.names()]
    if not rows:
        yield polars.DataFrame(schema=schema)


def _sound_parts(task: Task) -> Iterator[_Part]:
    seen, rejected = SeenIds(), RejectedRows(task.source)
    for batch in read_table(task.source, task.rulebook):
        rejected.add_rows(len(batch.frame) + len(batch.rejects))
        answers, rejects = validate_rows(batch, task.rulebook, rejected.add)
        answers, repeated = _without_repetitions(answers, batch, seen, rejected.add)
        yield _Part(batch, answers, [*rejects, *repeated])


def _engine_input(answers: polars.DataFrame, rulebook: Rulebook, wanted: Sequence[str] | None) -> polars.DataFrame:
    """With a column for every question, or for those that are wanted; one that the file has not is unknown."""
    own, told = input_schema(rulebook), set(answers.columns)
    missing = {name: polars.lit(None, dtype) for name, dtype in own.items() if name not in told}
    whole = answers.with_columns(**missing) if missing else answers
    return whole[own.names() if wanted is None else [*wanted]]


def _by_part(
    statuses: Iterable[polars.DataFrame], under_way: deque[_Part], schema: polars.Schema
) -> Iterator[tuple[_Part, polars.DataFrame]]:
    """Each part with the statuses of its rows, which come in their order, but perhaps in other pieces."""
    come = polars.DataFrame(schema=schema)
    for piece in statuses:
        come = come.vstack(piece) if len(come) else piece
        while under_way and len(under_way[0].answers) <= len(come):
            part = under_way.popleft()
            yield part, come.head(len(part.answers))
            come = come.slice(len(part.answers))
    while under_way:  # parts at the end without a sound row, for which nothing comes out
        yield under_way.popleft(), come


def _without_repetitions(
    answers: polars.DataFrame, batch: Batch, seen: SeenIds, count: Count
) -> tuple[polars.DataFrame, Sequence[Reject]]:
    places = seen.repeated(answers[ID], batch.repeated)
    if places.is_empty():
        return answers, ()
    rows = answers[ROW].gather(places).to_list()
    count(len(rows), lambda: Reject(rows[0], (repetition(ID),), ""))
    others = answers.filter(~answers[ROW].is_in(rows))
    return others, [Reject(row, (repetition(ID),), batch.original(row)) for row in rows]


def _by_coherence(statuses: polars.DataFrame) -> tuple[polars.DataFrame, polars.DataFrame]:
    """The rows whose answers do not contradict each other, and those whose do; mostly there are none of these."""
    coherent = statuses[CONTRADICTIONS].is_null()
    return (statuses, statuses.clear()) if coherent.all() else (statuses.filter(coherent), statuses.filter(~coherent))


def _contradictory(statuses: polars.DataFrame, part: _Part, rulebook: Rulebook) -> Iterator[Reject]:
    if statuses.is_empty():
        return
    found = statuses.select(ID, CONTRADICTIONS).join(part.answers.select(ID, ROW), on=ID, how="left")
    for _identifier, combinations, row in found.iter_rows():
        yield Reject(row, contradictions(combinations.split(), rulebook), part.batch.original(row))
