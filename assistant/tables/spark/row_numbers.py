"""Number the rows of a table that Spark reads, and distribute them over its workers.

Rows are numbered through all files of a table, in the order of the files' names. So ids of rows without one, the first
of two rows with the same id, and the places of errors are the same as if one machine read the files in turn.
"""

import itertools
from collections import Counter
from typing import Any, Final, TypeAlias

from assistant.tables.reading.batch import ROW

Frame: TypeAlias = Any
"""A Spark data frame; its type is known only where Spark is installed."""

_FILE: Final = "_file"
_MIN_DISTRIBUTED_ROWS: Final = 10_000
"""Rows that are evaluated faster than distributed."""
_MAX_UNEVENNESS: Final = 1.5
"""Rows of the largest task, as a multiple of its even share, above which rows are redistributed."""


def number_rows(spark: Any, table: Frame) -> tuple[Frame, int]:
    """Return the table with the number of each row, from 1, and the number of rows."""
    placed = table.selectExpr("*", f"_metadata.file_path AS {_FILE}", f"_metadata.row_index + 1 AS `{ROW}`")
    in_files: Counter[str] = Counter()
    in_tasks: Counter[int] = Counter()
    counted = placed.selectExpr(_FILE, "spark_partition_id() AS task").groupBy(_FILE, "task").count()
    for file, task, count in counted.collect():
        in_files[file] += count
        in_tasks[task] += count
    if len(in_files) > 1:
        before = itertools.accumulate((in_files[file] for file in sorted(in_files)), initial=0)
        offsets = list(zip(sorted(in_files), before, strict=False))
        offset = spark.createDataFrame(offsets, f"{_FILE} STRING, _offset BIGINT").hint("broadcast")
        placed = placed.join(offset, _FILE).withColumn(ROW, placed[ROW] + offset["_offset"]).drop("_offset")
    total = sum(in_files.values())
    workers = spark.sparkContext.defaultParallelism
    if total > _MIN_DISTRIBUTED_ROWS and max(in_tasks.values()) * workers > _MAX_UNEVENNESS * total:
        # A task reads at least one Parquet row group, which may have millions of answers.
        placed = placed.repartition(4 * workers, ROW)
    return placed.drop(_FILE), total
