"""Evaluates a table with Spark: the whole query of the rulebook, from Parquet to Parquet, wherever Spark can reach.

Rows are numbered through all files of a table, in the order of their names: so a row without an id, the first of two
rows with the same id, and the place of a mistake are what they are when one machine reads them one after another.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from sqlglot import exp

from assistant.logic import compile_rules
from assistant.rulebook import Rulebook
from assistant.spark.checks import BAD, SUITING, Kind, answers, identifier
from assistant.spark.session import spark_session
from assistant.sql.assessed import assessed
from assistant.sql.stages import ID, TABLE, staged
from assistant.table.again import Unsound, looked_through_again
from assistant.table.batch import ROW
from assistant.table.columnar import strange_type
from assistant.table.columns import CONTRADICTIONS
from assistant.table.evaluate import Listener, Progress
from assistant.table.heading import refuse_strange_columns

Frame: TypeAlias = Any
"""A data frame of Spark, whose types are there only where Spark is."""

_FILE: Final = "_file"
_CELLS: Final = "_cells"
"""The row as it was written."""
_REPEATED: Final = "_repeated"
_FIRST: Final = "_first"
_TOGETHER: Final = 10_000
"""Unsound rows that are looked through again at once."""
_KINDS: Final = {
    "string": Kind.TEXT,
    "boolean": Kind.TRUTH,
    **dict.fromkeys(("byte", "short", "integer", "long"), Kind.WHOLE),
    "date": Kind.DAY,
}


class SparkTask(NamedTuple):
    """What Spark is to evaluate: ``source`` and ``output`` are URLs; ``shown`` is what the user calls the source."""

    master: str
    source: str
    shown: str
    output: str
    rulebook: Rulebook
    explain: bool = False


def run_on_spark(task: SparkTask, listener: Listener) -> Progress:
    """Evaluates a table, tells its rejected rows in their order, and writes the statuses, as a folder of Parquet files.

    Raises:
        FileFaultError: if it is no table of answers.
        SparkMissingError: if Spark cannot be started.
        SparkFailedError: if it failed; the output, if it is there, then lacks the file ``_SUCCESS``.
    """
    with spark_session(task.master) as spark:
        # All files have a say in what columns there are: none that one file alone has is passed over.
        table = spark.read.option("mergeSchema", "true").parquet(task.source)
        kinds = _kinds(task, table)
        numbered, total = _numbered(spark, table)
        checked = _checked(numbered, task.rulebook, kinds)
        sound = checked.where(f"NOT {BAD} AND NOT {_REPEATED}")
        # The query carries whatever stands in the column of ids.
        whose = f"struct({ID}, `{ROW}`, {_CELLS}) AS {ID}"
        sound.selectExpr(whose, *map(_quoted, task.rulebook.question)).createOrReplaceTempView(TABLE)
        query = assessed(task.rulebook, staged(compile_rules(task.rulebook), rules=task.explain), explain=task.explain)
        statuses = spark.sql(query.sql(dialect="spark"))
        rejected = 0
        for some in _batches(_unsound(checked, statuses)):
            listener.rejects(looked_through_again(some, task.rulebook))
            rejected += len(some)
        told = [_quoted(name) for name in query.named_selects if name not in {ID, CONTRADICTIONS}]
        coherent = statuses.where(f"{CONTRADICTIONS} IS NULL").selectExpr(f"{ID}.{ID} AS {ID}", *told)
        coherent.withMetadata(ID, {"rulebook": task.rulebook.hash}).write.mode("errorifexists").parquet(task.output)
    return Progress(total, rejected, 1)


def _quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql(dialect="spark")


def _kinds(task: SparkTask, table: Frame) -> dict[str, Kind]:
    refuse_strange_columns(task.shown, table.columns, task.rulebook)
    kinds = {}
    for field in table.schema.fields:
        kind = _KINDS.get(field.dataType.typeName())
        question = task.rulebook.question.get(field.name)
        suiting = SUITING[question.type] if question else (Kind.TEXT, Kind.WHOLE)
        if kind is None or kind not in suiting:
            raise strange_type(task.shown, field.name, field.dataType.typeName(), question)
        kinds[field.name] = kind
    return kinds


def _numbered(spark: Any, table: Frame) -> tuple[Frame, int]:
    """The table with the number of each row, from 1; and how many there are."""
    placed = table.selectExpr("*", f"_metadata.file_path AS {_FILE}", f"_metadata.row_index + 1 AS `{ROW}`")
    counts = sorted(map(tuple, placed.groupBy(_FILE).count().collect()))
    total = sum(count for _file, count in counts)
    if len(counts) > 1:
        before = itertools.accumulate((count for _file, count in counts), initial=0)
        offsets = [(file, offset) for (file, _count), offset in zip(counts, before, strict=False)]
        offset = spark.createDataFrame(offsets, f"{_FILE} STRING, _offset BIGINT").hint("broadcast")
        placed = placed.join(offset, _FILE).withColumn(ROW, placed[ROW] + offset["_offset"]).drop("_offset")
    return placed.drop(_FILE), total


def _checked(numbered: Frame, rulebook: Rulebook, kinds: Mapping[str, Kind]) -> Frame:
    """Numbers, cells, ids and answers; whether a row is ``BAD``, and whether its id stood in an earlier sound row."""
    # A day as text: Python has none outside of its calendar, and such a row is unsound anyway.
    cells = [f"CAST({_quoted(n)} AS STRING) AS {_quoted(n)}" if k is Kind.DAY else _quoted(n) for n, k in kinds.items()]
    looked_at = [each.sql(dialect="spark") for each in (identifier(kinds), *answers(rulebook, kinds))]
    checked = numbered.selectExpr(f"`{ROW}`", f"struct({', '.join(cells)}) AS {_CELLS}", *looked_at)
    repeated = _repeated_ids(numbered, kinds) if ID in kinds else None
    if repeated is None:
        return checked.selectExpr("*", f"FALSE AS {_REPEATED}")
    first = checked.where(f"NOT {BAD}").join(repeated, ID, "left_semi").groupBy(ID).agg({ROW: "min"})
    first = first.withColumnsRenamed({f"min({ROW})": _FIRST})
    later = f"coalesce(NOT {BAD} AND `{ROW}` > {_FIRST}, FALSE) AS {_REPEATED}"
    return checked.join(first, ID, "left").selectExpr("*", later).drop(_FIRST)


def _repeated_ids(numbered: Frame, kinds: Mapping[str, Kind]) -> Frame | None:
    """The ids that more than one row has; none if there are no such. Only the column of ids is read for it."""
    ids = numbered.selectExpr(identifier(kinds).sql(dialect="spark"))
    repeated = ids.groupBy(ID).count().where("count > 1").select(ID)
    # Counted, because a look at the first of them would take one partition after another.
    return repeated if repeated.count() else None


def _unsound(checked: Frame, statuses: Frame) -> Iterator[Unsound]:
    """The rows that are not evaluated, in their order."""
    of_cells = checked.where(f"{BAD} OR {_REPEATED}").selectExpr(f"`{ROW}`", _CELLS, _REPEATED, "'' AS said")
    contradictory = statuses.where(f"{CONTRADICTIONS} IS NOT NULL").selectExpr(
        f"{ID}.`{ROW}`", f"{ID}.{_CELLS}", f"FALSE AS {_REPEATED}", f"{CONTRADICTIONS} AS said"
    )
    for row, cells, repeated, said in of_cells.union(contradictory).orderBy(ROW).toLocalIterator():
        yield Unsound(row, cells.asDict(), repeated, tuple(said.split()))


def _batches(rows: Iterator[Unsound]) -> Iterator[list[Unsound]]:
    while some := list(itertools.islice(rows, _TOGETHER)):
        yield some
