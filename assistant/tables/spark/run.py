"""Evaluate a table with Spark: the whole query of the rulebook, from Parquet to Parquet."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlglot import exp

from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from assistant.tables.column_names import CONTRADICTIONS, ID, check_ids
from assistant.tables.evaluation.evaluator import Listener, Progress
from assistant.tables.reading.batch import ROW
from assistant.tables.reading.columnar import unsuitable_type_error
from assistant.tables.reading.columns import questions_by_column
from assistant.tables.reading.header import check_columns
from assistant.tables.running.recheck import InvalidRow, recheck_rows
from assistant.tables.running.run import check_files, rejects_to
from assistant.tables.spark.checks import BAD, SUITABLE_KINDS, Kind, answers, identifier, is_month
from assistant.tables.spark.row_numbers import Frame, number_rows
from assistant.tables.spark.session import spark_session
from assistant.tables.sql.stages import CONTRADICTORY, TABLE, answer_columns, any_of, column, compile_stages
from assistant.tables.sql.status_query import status_query

_CELLS: Final = "_cells"
"""The row with its original cells."""
_REPEATED: Final = "_repeated"
_FIRST: Final = "_first"
_BATCH_ROWS: Final = 10_000
"""Invalid rows that are checked again in one batch."""
_KINDS: Final = {
    "string": Kind.TEXT,
    "boolean": Kind.TRUTH,
    **dict.fromkeys(("byte", "short", "integer", "long"), Kind.WHOLE),
    "date": Kind.DAY,
}


class SparkTask(NamedTuple):
    """A table for Spark: ``source`` and ``output`` are URLs; ``shown`` is the user's name for the source.

    ``rejects`` is the file for rejected rows (None: to the listener only).
    """

    master: str
    source: str
    shown: str
    output: str
    rulebook: Rulebook
    explain: bool = False
    rejects: Path | None = None


def run_on_spark(task: SparkTask, listener: Listener) -> Progress:
    """Evaluate a table, report its rejected rows in order, and write the statuses to a folder of Parquet files.

    Raises:
        TableError: if this is no table of answers.
        InputError: if a question or a finding has the name of another column, or the rejected rows cannot be written.
        SparkMissingError: if Spark cannot be started.
        SparkFailedError: if Spark fails; an output that it began lacks the file ``_SUCCESS``.
    """
    check_ids(task.rulebook)
    check_files(None, None, task.rejects, overwrite=False)
    with (
        rejects_to(task.rejects, listener, overwrite=False) as (to_file, _unfinished),
        spark_session(task.master) as spark,
    ):
        # Merge the schemas of all files: else a column that only one file has could be ignored.
        table = spark.read.option("mergeSchema", "true").parquet(task.source)
        kinds = _kinds(task, table)
        numbered, total = number_rows(spark, table)
        ranges = _has_ranges(table, task.rulebook, kinds)
        program = compile_rules(task.rulebook)
        checked = _check_rows(numbered, task.rulebook, kinds, ranges=ranges)
        stages = compile_stages(program, rules=task.explain, ranges=ranges)
        asked = answer_columns(program, ranges=ranges)[1:]
        query = status_query(task.rulebook, stages, explain=task.explain).select(column(CONTRADICTORY))
        rejected = 0
        # The original cells take every column, so they are carried only for rows that are reported.
        for batch in _batches(_invalid(_statuses(spark, asked, query, checked, _report_columns(kinds)))):
            to_file.rejects(recheck_rows(batch, task.rulebook))
            rejected += len(batch)
        valid = checked.where(f"NOT {BAD} AND NOT {_REPEATED}")
        coherent = _statuses(spark, asked, query, valid, ID).where(f"{CONTRADICTORY} IS NOT TRUE")
        results = coherent.drop(CONTRADICTIONS, CONTRADICTORY).withMetadata(ID, {"rulebook": task.rulebook.hash})
        results.write.mode("errorifexists").parquet(task.output)
    return Progress(total, rejected, 1)


def _has_ranges(table: Frame, rulebook: Rulebook, kinds: Mapping[str, Kind]) -> bool:
    """Return whether the table has a column of an end, or a month as text; without ranges the query is simpler."""
    if kinds.keys() - rulebook.question.keys() - {ID}:
        return True
    months = [month for question in rulebook.questions if (month := is_month(question, kinds)) is not None]
    return bool(months) and not table.where(any_of(months).sql(dialect="spark")).isEmpty()


def _statuses(spark: Any, asked: Iterable[str], query: exp.Select, rows: Frame, carried: str) -> Frame:
    """Return the statuses of the rows, with ``carried`` in place of the id, which the query only copies."""
    rows.selectExpr(f"{carried} AS {ID}", *map(_quote, asked)).createOrReplaceTempView(TABLE)
    return spark.sql(query.sql(dialect="spark"))


def _report_columns(kinds: Mapping[str, Kind]) -> str:
    """Return the expression of all that a report on a rejected row needs."""
    # Dates as text: Python lacks some of them, which are invalid anyway.
    cells = ", ".join(
        f"{f'CAST({_cell(name)} AS STRING)' if kind is Kind.DAY else _cell(name)} AS {_quote(name)}"
        for name, kind in kinds.items()
    )
    return f"struct(`{ROW}`, struct({cells}) AS {_CELLS}, {BAD}, {_REPEATED})"


def _cell(name: str) -> str:
    """Return the column of a question's original cells. No id of a rulebook begins with an underscore."""
    return _quote(f"_cell_{name}")


def _quote(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql(dialect="spark")


def _kinds(task: SparkTask, table: Frame) -> dict[str, Kind]:
    check_columns(task.shown, table.columns, task.rulebook)
    kinds: dict[str, Kind] = {}
    asked = questions_by_column(task.rulebook)
    for field in table.schema.fields:
        kind = _KINDS.get(field.dataType.typeName())
        question = asked.get(field.name)
        suiting = SUITABLE_KINDS[question.type] if question else (Kind.TEXT, Kind.WHOLE)
        if kind is None or kind not in suiting:
            raise unsuitable_type_error(task.shown, field.name, field.dataType.typeName(), question)
        kinds[field.name] = kind
    return kinds


def _check_rows(numbered: Frame, rulebook: Rulebook, kinds: Mapping[str, Kind], *, ranges: bool) -> Frame:
    """Return numbers, cells, ids and answers, whether a row is ``BAD``, and whether an earlier valid row has its id."""
    cells = [f"{_quote(name)} AS {_cell(name)}" for name in kinds]
    typed = [each.sql(dialect="spark") for each in (identifier(kinds), *answers(rulebook, kinds, ranges=ranges))]
    checked = numbered.selectExpr(f"`{ROW}`", *cells, *typed)
    repeated = _repeated_ids(numbered, kinds) if ID in kinds else None
    if repeated is None:
        return checked.selectExpr("*", f"FALSE AS {_REPEATED}")
    first = checked.where(f"NOT {BAD}").join(repeated, ID, "left_semi").groupBy(ID).agg({ROW: "min"})
    first = _cache(first.withColumnsRenamed({f"min({ROW})": _FIRST}))
    later = f"coalesce(NOT {BAD} AND `{ROW}` > {_FIRST}, FALSE) AS {_REPEATED}"
    return checked.join(first, ID, "left").selectExpr("*", later).drop(_FIRST)


def _repeated_ids(numbered: Frame, kinds: Mapping[str, Kind]) -> Frame | None:
    """Return the ids that more than one row has, or None if there are none; only the column of ids is read."""
    ids = numbered.selectExpr(identifier(kinds).sql(dialect="spark"))
    repeated = _cache(ids.groupBy(ID).count().where("count > 1").select(ID))
    return repeated if repeated.count() else None


def _cache(few: Frame) -> Frame:
    """Compute the rows once: Spark then knows that they are few, and joins them without sorting the others."""
    cached = few.persist()
    cached.count()
    return cached


def _invalid(statuses: Frame) -> Iterator[InvalidRow]:
    """Return the rows that are not evaluated, in order, from the statuses of all rows."""
    rows = statuses.where(f"{ID}.{BAD} OR {ID}.{_REPEATED} OR {CONTRADICTORY}").selectExpr(
        *(f"{ID}.{each}" for each in (f"`{ROW}`", _CELLS, _REPEATED)),
        f"CASE WHEN NOT {ID}.{BAD} THEN {CONTRADICTIONS} END AS said",
    )
    rows = _cache(rows)  # sorting computes its input twice
    if rows.count():  # most tables have none
        for row, cells, repeated, said in rows.orderBy(ROW).toLocalIterator():
            yield InvalidRow(row, cells.asDict(), repeated, tuple((said or "").split()))
    rows.unpersist()


def _batches(rows: Iterator[InvalidRow]) -> Iterator[list[InvalidRow]]:
    while batch := list(itertools.islice(rows, _BATCH_ROWS)):
        yield batch
