"""The rows of a table as Spark reads them, each with its number, and spread over whoever can work.

Rows are numbered through all files of a table, in the order of their names: so a row without an id, the first of two
rows with the same id, and the place of a mistake are what they are when one machine reads them one after another.
"""

import itertools
from collections import Counter
from typing import Any, Final, TypeAlias

from assistant.tables.reading.batch import ROW

Frame: TypeAlias = Any
"""A data frame of Spark, whose types are there only where Spark is."""

_FILE: Final = "_file"
_FEW: Final = 10_000
"""So many rows are sooner evaluated than sent anywhere."""
_UNEVEN: Final = 1.5
"""How many times its share of the rows one task may have."""


def numbered_rows(spark: Any, table: Frame) -> tuple[Frame, int]:
    """The table with the number of each row, from 1; and how many there are."""
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
    if total > _FEW and max(in_tasks.values()) * workers > _UNEVEN * total:
        # What is read at once is at least a row group of Parquet, which may have millions of answers.
        placed = placed.repartition(4 * workers, ROW)
    return placed.drop(_FILE), total
