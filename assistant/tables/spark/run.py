"""Evaluates a table with Spark: the whole query of the rulebook, from Parquet to Parquet, wherever Spark can reach."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sqlglot import exp

from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from assistant.tables.evaluation.evaluator import Listener, Progress
from assistant.tables.reading.batch import ROW
from assistant.tables.reading.columnar import unsuitable_type
from assistant.tables.reading.columns import CONTRADICTIONS
from assistant.tables.reading.header import check_columns
from assistant.tables.running.recheck import Unsound, recheck_rows
from assistant.tables.spark.checks import BAD, SUITING, Kind, answers, identifier
from assistant.tables.spark.numbered import Frame, numbered_rows
from assistant.tables.spark.session import spark_session
from assistant.tables.sql.assessed import assessed
from assistant.tables.sql.stages import CONTRADICTORY, ID, TABLE, column, staged

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
        numbered, total = numbered_rows(spark, table)
        checked = _checked(numbered, task.rulebook, kinds)
        stages = staged(compile_rules(task.rulebook), rules=task.explain)
        query = assessed(task.rulebook, stages, explain=task.explain).select(column(CONTRADICTORY))
        rejected = 0
        # What is carried is made of every column, so it is made only of rows that are told.
        for some in _batches(_unsound(_statuses(spark, task.rulebook, query, checked, _carried(kinds)))):
            listener.rejects(recheck_rows(some, task.rulebook))
            rejected += len(some)
        sound = checked.where(f"NOT {BAD} AND NOT {_REPEATED}")
        coherent = _statuses(spark, task.rulebook, query, sound, ID).where(f"{CONTRADICTORY} IS NOT TRUE")
        told = coherent.drop(CONTRADICTIONS, CONTRADICTORY).withMetadata(ID, {"rulebook": task.rulebook.hash})
        told.write.mode("errorifexists").parquet(task.output)
    return Progress(total, rejected, 1)


def _statuses(spark: Any, rulebook: Rulebook, query: exp.Select, rows: Frame, carried: str) -> Frame:
    """What the query says of rows, each with ``carried`` in the place of its id: the query does not look at it."""
    rows.selectExpr(f"{carried} AS {ID}", *map(_quoted, rulebook.question)).createOrReplaceTempView(TABLE)
    return spark.sql(query.sql(dialect="spark"))


def _carried(kinds: Mapping[str, Kind]) -> str:
    """What has to be known of a row that is not evaluated."""
    # A day as text: Python has none outside of its calendar, and such a row is unsound anyway.
    cells = ", ".join(
        f"{f'CAST({_cell(name)} AS STRING)' if kind is Kind.DAY else _cell(name)} AS {_quoted(name)}"
        for name, kind in kinds.items()
    )
    return f"struct(`{ROW}`, struct({cells}) AS {_CELLS}, {BAD}, {_REPEATED})"


def _cell(name: str) -> str:
    """The column with the cells of a column as they were written. No id of a rulebook begins with an underscore."""
    return _quoted(f"_cell_{name}")


def _quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql(dialect="spark")


def _kinds(task: SparkTask, table: Frame) -> dict[str, Kind]:
    check_columns(task.shown, table.columns, task.rulebook)
    kinds = {}
    for field in table.schema.fields:
        kind = _KINDS.get(field.dataType.typeName())
        question = task.rulebook.question.get(field.name)
        suiting = SUITING[question.type] if question else (Kind.TEXT, Kind.WHOLE)
        if kind is None or kind not in suiting:
            raise unsuitable_type(task.shown, field.name, field.dataType.typeName(), question)
        kinds[field.name] = kind
    return kinds


def _checked(numbered: Frame, rulebook: Rulebook, kinds: Mapping[str, Kind]) -> Frame:
    """Numbers, cells, ids and answers; whether a row is ``BAD``, and whether its id stood in an earlier sound row."""
    cells = [f"{_quoted(name)} AS {_cell(name)}" for name in kinds]
    looked_at = [each.sql(dialect="spark") for each in (identifier(kinds), *answers(rulebook, kinds))]
    checked = numbered.selectExpr(f"`{ROW}`", *cells, *looked_at)
    repeated = _repeated_ids(numbered, kinds) if ID in kinds else None
    if repeated is None:
        return checked.selectExpr("*", f"FALSE AS {_REPEATED}")
    first = checked.where(f"NOT {BAD}").join(repeated, ID, "left_semi").groupBy(ID).agg({ROW: "min"})
    first = _kept(first.withColumnsRenamed({f"min({ROW})": _FIRST}))
    later = f"coalesce(NOT {BAD} AND `{ROW}` > {_FIRST}, FALSE) AS {_REPEATED}"
    return checked.join(first, ID, "left").selectExpr("*", later).drop(_FIRST)


def _repeated_ids(numbered: Frame, kinds: Mapping[str, Kind]) -> Frame | None:
    """The ids that more than one row has; none if there are no such. Only the column of ids is read for it."""
    ids = numbered.selectExpr(identifier(kinds).sql(dialect="spark"))
    repeated = _kept(ids.groupBy(ID).count().where("count > 1").select(ID))
    return repeated if repeated.count() else None


def _kept(few: Frame) -> Frame:
    """The same rows, computed once: Spark then knows how few they are, and joins them without sorting others."""
    kept = few.persist()
    kept.count()
    return kept


def _unsound(statuses: Frame) -> Iterator[Unsound]:
    """The rows that are not evaluated, in their order, of the statuses of all rows."""
    found = statuses.where(f"{ID}.{BAD} OR {ID}.{_REPEATED} OR {CONTRADICTORY}").selectExpr(
        *(f"{ID}.{each}" for each in (f"`{ROW}`", _CELLS, _REPEATED)),
        f"CASE WHEN NOT {ID}.{BAD} THEN {CONTRADICTIONS} END AS said",
    )
    found = _kept(found)  # sorting looks at everything twice
    if found.count():  # most tables have none
        for row, cells, repeated, said in found.orderBy(ROW).toLocalIterator():
            yield Unsound(row, cells.asDict(), repeated, tuple((said or "").split()))
    found.unpersist()


def _batches(rows: Iterator[Unsound]) -> Iterator[list[Unsound]]:
    while some := list(itertools.islice(rows, _TOGETHER)):
        yield some
