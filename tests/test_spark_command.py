"""`assistant evaluate --engine spark` where there is no Spark, or where it cannot do what it is asked for.

What it does where there is one is tested in tests/spark, in a step of its own.
"""

import sys
from pathlib import Path

import pytest

from tests.support.project import Desk

SPARK = ("--engine", "spark", "--master", "local[2]")


def test_without_spark_it_says_how_to_get_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "py4j", None)
    outcome = desk.evaluate("s3a://cases/2022", *SPARK, "--output", desk.folder / "statuses")
    assert outcome == (2, "", "Spark is not installed. Install it with: pip install '.[spark]'\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "spark", "cases.parquet", "--output", "statuses"], "Name the Spark master with --master"),
        ([*SPARK, "cases.parquet"], "Name the folder for the result with --output"),
        ([*SPARK, "a.parquet", "b.parquet", "--output", "statuses"], "Spark takes one table at a time"),
        ([*SPARK, "cases.parquet", "--output", "statuses", "--exact"], "Decision diagrams do not go with Spark"),
        ([*SPARK, "cases.parquet", "--output", "statuses", "--overwrite"], "there is no --json, --format, --resume or"),
        ([*SPARK, "cases.csv", "--output", "statuses"], "Spark is given Parquet only"),
        ([*SPARK, "hdfs://host/cases.CSV", "--output", "statuses"], "Spark is given Parquet only"),
        ([*SPARK, "cases.parquet", "--output", "there"], "there is a file of this name"),
        ([*SPARK, "cases.parquet", "--output", "statuses", "--rejects", "bad.pdf"], "no format is known by this name"),
        (["s3a://cases/2022", "--output", "statuses.csv"], "say --engine spark"),
        (["cases.parquet", "--master", "local[2]"], "say --engine spark"),
    ],
)
def test_what_does_not_go_with_spark_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(desk.folder)
    Path("there").mkdir()
    outcome = desk.evaluate(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert [path.name for path in desk.folder.iterdir()] == ["there"]
