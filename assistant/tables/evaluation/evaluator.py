"""Read, validate and evaluate a table of answers in parts.

The engine plans its query once for the whole table and pulls the parts through it. Rejected rows and progress of a part
are reported when its statuses come out.
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
from assistant.tables.column_names import CONTRADICTIONS, ID, check_ids
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.evaluation.rejected_rows import RejectedRows
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import input_schema, output_schema, questions_by_column, ranged_schema
from assistant.tables.reading.errors import Count, Reject, contradictions, repetition
from assistant.tables.reading.reader import read_table
from assistant.tables.reading.repeated_ids import RepeatedIds
from assistant.tables.reading.rows import validate_rows


class Task(NamedTuple):
    """A table to evaluate and the rules; ``explain``: add rules and citations; ``exact``: compute exact statuses."""

    source: Path
    rulebook: Rulebook
    explain: bool = False
    exact: bool = False


class Progress(NamedTuple):
    """The progress of a table: rows so far, rejected rows among them, and the part of the file read, from 0 to 1.

    ``empty`` rows are no cases, and are not counted in ``rows``.
    """

    rows: int = 0
    rejected: int = 0
    done: float = 0
    empty: int = 0


class Listener(NamedTuple):
    """Callbacks for rejected rows, in their order, and for progress."""

    rejects: Callable[[Sequence[Reject]], None]
    progress: Callable[[Progress], None]


class _Part(NamedTuple):
    """Some rows inside of the engine: as they were read, the answers of valid rows, and the rejected rows."""

    batch: Batch
    answers: polars.DataFrame
    rejects: Sequence[Reject]
    has_ranges: bool


def result_schema(rulebook: Rulebook, *, explain: bool) -> polars.Schema:
    """Return the columns of a result. It has none for contradictions, because such rows are rejected."""
    columns = output_schema(rulebook, explain=explain)
    return polars.Schema({name: dtype for name, dtype in columns.items() if name != CONTRADICTIONS})


def evaluate_in_parts(task: Task, listener: Listener) -> Iterator[polars.DataFrame]:
    """Return the statuses of the rows of a file in order, in parts; at least one, which may be empty.

    Raises:
        TableError: if the file cannot be evaluated; perhaps only after some rows.
        MemoryError: if exact statuses are requested, and the rulebook is too large for decision diagrams.
    """
    schema = result_schema(task.rulebook, explain=task.explain)
    rejected_rows = RejectedRows(task.source)
    rows = rejected = empty = 0
    for part, results in _statuses_by_part(task):
        coherent, contradictory = _split_by_coherence(results)
        all_rejects = chain(part.rejects, _contradiction_rejects(contradictory, part, task.rulebook))
        rejected_rows.add_rows(len(part.batch.frame) + len(part.batch.rejects))
        rejected_rows.add(len(part.rejects) + len(contradictory), partial(next, all_rejects))
        rejects = sorted(all_rejects)
        listener.rejects(rejects)
        rows += len(part.batch.frame) + len(part.batch.rejects)
        rejected += len(rejects)
        empty += part.batch.empty
        listener.progress(Progress(rows, rejected, part.batch.done, empty))
        yield coherent[schema.names()]
    if not rows:
        yield polars.DataFrame(schema=schema)


class _Parts:
    """The parts of a table: first those with only exact answers, then, from the first with a range on, all others."""

    def __init__(self, parts: Iterator[_Part]) -> None:
        self._parts = parts
        self._next = next(parts, None)

    def begin_with(self, *, ranges: bool) -> bool:
        """Return whether there is another part, and whether the next one has ranges or not."""
        return self._next is not None and self._next.has_ranges is ranges

    def take(self, *, ranges: bool) -> Iterator[_Part]:
        """Yield the next parts; unless ``ranges``, those before the first with a range."""
        while self._next is not None and (ranges or not self._next.has_ranges):
            yield self._next
            self._next = next(self._parts, None)


def _statuses_by_part(task: Task) -> Iterator[tuple[_Part, polars.DataFrame]]:
    """Yield each part with the statuses of its valid rows. Without ranges, the query is simpler and faster."""
    check_ids(task.rulebook)
    parts = _Parts(_valid_parts(task))
    for ranges in (False, True):
        if parts.begin_with(ranges=ranges):
            engine = TableEngine(task.rulebook, explain=task.explain, exact=task.exact, ranges=ranges)
            yield from _evaluate(task, engine, parts, ranges=ranges)


def _evaluate(
    task: Task, engine: TableEngine, parts: _Parts, *, ranges: bool
) -> Iterator[tuple[_Part, polars.DataFrame]]:
    own = ranged_schema(task.rulebook) if ranges else input_schema(task.rulebook)
    pending: deque[_Part] = deque()

    def answers(wanted: Sequence[str] | None, *_pushed_down: object) -> Iterator[polars.DataFrame]:
        for part in parts.take(ranges=ranges):
            pending.append(part)
            yield _engine_input(part.answers, own, task.rulebook, wanted)

    given = register_io_source(answers, schema=own)
    statuses = engine.evaluate(given).collect_batches(maintain_order=True, engine="streaming")
    yield from _group_by_part(statuses, pending, output_schema(task.rulebook, explain=task.explain))


def _valid_parts(task: Task) -> Iterator[_Part]:
    repeated_ids, rejected = RepeatedIds(), RejectedRows(task.source)
    ends = questions_by_column(task.rulebook).keys() - task.rulebook.question.keys()
    for batch in read_table(task.source, task.rulebook):
        rejected.add_rows(len(batch.frame) + len(batch.rejects))
        rejected.add(len(batch.rejects), partial(next, iter(batch.rejects)))
        answers, rejects = validate_rows(batch, task.rulebook, rejected.add)
        answers, repeated = _drop_repetitions(answers, batch, repeated_ids, rejected.add)
        yield _Part(batch, answers, [*rejects, *repeated], not ends.isdisjoint(answers.columns))


def _engine_input(
    answers: polars.DataFrame, own: polars.Schema, rulebook: Rulebook, wanted: Sequence[str] | None
) -> polars.DataFrame:
    """Return the engine's own columns, or the wanted ones; a question that the file lacks is unknown.

    Where the engine has the two ends of an answer, and the file has exact answers, both ends are the answer.
    """
    given, asked = set(answers.columns), questions_by_column(rulebook)
    missing = {
        name: polars.col(asked[name].id) if asked[name].id in given else polars.lit(None, dtype)
        for name, dtype in own.items()
        if name not in given
    }
    whole = answers.with_columns(**missing) if missing else answers
    return whole[own.names() if wanted is None else [*wanted]]


def _group_by_part(
    statuses: Iterable[polars.DataFrame], parts: deque[_Part], schema: polars.Schema
) -> Iterator[tuple[_Part, polars.DataFrame]]:
    """Return each part with the statuses of its rows, which come in order but in pieces of other sizes."""
    pending = polars.DataFrame(schema=schema)
    for piece in statuses:
        pending = pending.vstack(piece) if len(pending) else piece
        while parts and len(parts[0].answers) <= len(pending):
            part = parts.popleft()
            yield part, pending.head(len(part.answers))
            pending = pending.slice(len(part.answers))
    while parts:  # last parts without a valid row, for which there are no statuses
        yield parts.popleft(), pending


def _drop_repetitions(
    answers: polars.DataFrame, batch: Batch, repeated_ids: RepeatedIds, count: Count
) -> tuple[polars.DataFrame, Sequence[Reject]]:
    places = repeated_ids.find(answers[ID], batch.repeated)
    if places.is_empty():
        return answers, ()
    rows = answers[ROW].gather(places).to_list()
    count(len(rows), lambda: Reject(rows[0], (repetition(ID),), ""))
    others = answers.filter(~answers[ROW].is_in(rows))
    return others, [Reject(row, (repetition(ID),), batch.original(row)) for row in rows]


def _split_by_coherence(statuses: polars.DataFrame) -> tuple[polars.DataFrame, polars.DataFrame]:
    """Split the rows into those without contradictions and those with some; usually there are none of the latter."""
    coherent = statuses[CONTRADICTIONS].is_null()
    return (statuses, statuses.clear()) if coherent.all() else (statuses.filter(coherent), statuses.filter(~coherent))


def _contradiction_rejects(statuses: polars.DataFrame, part: _Part, rulebook: Rulebook) -> Iterator[Reject]:
    if statuses.is_empty():
        return
    rows = statuses.select(ID, CONTRADICTIONS).join(part.answers.select(ID, ROW), on=ID, how="left")
    for _identifier, combinations, row in rows.iter_rows():
        yield Reject(row, contradictions(combinations.split(), rulebook), part.batch.original(row))
