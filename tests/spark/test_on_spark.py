"""A real Spark says of every row what the program says by itself: the same statuses, reasons and mistakes.

A step of its own (`.ci/run`), because Spark takes hundreds of megabytes, Java, and seconds to start.
"""

import datetime
import itertools
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars
import pytest

from assistant.rulebook.model import Rulebook
from tests.support.project import SOUND, Desk, Outcome, Run
from tests.support.random_rulebooks import any_answers
from tests.support.table_rows import table_of

# Sockets to Java are closed when Python collects them.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

SPARK = ("--engine", "spark", "--master", "local[2]")


def by_id(table: polars.DataFrame) -> list[dict[str, Any]]:
    return sorted(table.rows(named=True), key=lambda row: str(row["id"]))


def in_files(table: polars.DataFrame, folder: Path, files: int) -> Path:
    """The table as a folder of several files, in the order of their names."""
    folder.mkdir()
    size = -(-len(table) // files)
    for at in range(files):
        table.slice(at * size, size).write_parquet(folder / f"part-{at}.parquet")
    return folder


def test_spark_and_the_program_agree_on_every_row_of_the_whole_rulebook(
    run: Run, rulebook: Rulebook, tmp_path: Path
) -> None:
    chance = random.Random("three hundred people")
    table = table_of(rulebook, [any_answers(chance, rulebook) for _ in range(300)]).collect()
    choices = [name for name, dtype in table.schema.items() if isinstance(dtype, polars.Enum)]
    numbers = [name for name, dtype in table.schema.items() if dtype == polars.Int64]
    ids = polars.Series([None if at % 7 == 0 else f"{chance.randrange(250)}" for at in range(300)], dtype=polars.String)
    table = table.with_columns(ids.alias("id"), polars.col(choices).cast(polars.String), polars.col(numbers))
    whole = tmp_path / "cases.parquet"
    table.write_parquet(whole)
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    local = run("evaluate", whole, "--explain", "--output", tmp_path / "here.parquet", "--rejects", here)
    source, output = in_files(table, tmp_path / "cases [1] {a}", 3), tmp_path / "statuses"
    spark = run("evaluate", source, *SPARK, "--explain", "--output", output, "--rejects", there)
    assert (local.code, spark.code, spark.out) == (3, 3, "")
    assert spark.err.replace(str(source), str(whole)).replace(str(there), str(here)) == local.err
    expected = polars.read_parquet(tmp_path / "here.parquet")
    statuses = [name for name, dtype in expected.schema.items() if isinstance(dtype, polars.Enum)]
    expected = expected.with_columns(polars.col(statuses).cast(polars.String))
    found = polars.read_parquet(output / "*.parquet")
    assert found.schema == expected.schema
    assert by_id(found) == by_id(expected)
    assert 20 < len(found) < 280
    assert there.read_text("utf-8") == here.read_text("utf-8")
    assert "the answers contradict each other" in there.read_text("utf-8")
    assert "an earlier row has the same id" in there.read_text("utf-8")


CELLS = {
    "id": ["", "a\x1b[2J", "b" * 200, "c" * 201, "д\u200d", "\u13440", "\U00013439", "=1", "x\n", " ", "\u2028"],
    "day": [
        *("2022-09-24", "2023-02-29", "2024-02-29", "01/02/2024", "2022-3-1", "0000-01-01", "0001-01-01", "9999-12-31"),
        *(
            "+2022-09-1",
            "2022-09-24\n",
            " 2022-09-2",
            "２０２２-09-24",
            "unknown",
            "",
            "2022-09-24T00:00",
            "-001-01-01",
        ),
    ],
    "left": [
        *("true", "TRUE", "True", "ИСТИНА", "истина", "1", "yes", "да", "VRAI", " true", "true ", "true\n"),
        *("false", "FALSE", "False", "ЛОЖЬ", "", "unknown", "Unknown"),
    ],
    "days": [
        "0",
        "11",
        "-1",
        "+1",
        "011",
        "11.0",
        "1e3",
        f"{10**18}",
        f"{10**18 - 1}",
        "",
        "unknown",
        "5\n",
        "٥",
        "-0",
    ],
    "place": ["russia", "Russia", "rusia", " russia", "ukraine", "", "unknown", "ukraine\n", "russia\x00"],
}


def test_a_cell_that_is_no_answer_is_none_for_spark_either(desk: Desk) -> None:
    rows = [{"id": f"{name}-{at}", name: cell} for name, cells in CELLS.items() for at, cell in enumerate(cells)]
    table = polars.DataFrame(rows, schema=dict.fromkeys(CELLS, polars.String))
    assert_same(desk, table)


def test_a_column_with_a_type_is_looked_through_like_one_of_text(desk: Desk) -> None:
    table = polars.DataFrame(
        {
            "id": [1, 2, None, 2, 6, 6, 7],
            "day": [
                datetime.date(2022, 3, 1),
                datetime.date(1, 1, 1),
                None,
                None,
                None,
                datetime.date(9999, 12, 31),
                None,
            ],
            "left": [True, False, None, True, False, True, True],
            "days": [11, -1, 0, 2**31 - 1, None, 3, -128],
        },
        schema_overrides={"id": polars.UInt16, "days": polars.Int32},
    )
    assert_same(desk, table)


DAYS = ["", "2022-09-24", "2022-09", "2022", "2022-13", "0000-01", "9999-12", "2022-9", "unknown"]
ENDS = ["", "2022-09-01", "2022-09-30", "x", "unknown"]


def test_every_pairing_of_a_day_and_two_ends_is_read_alike(desk: Desk) -> None:
    rows = [
        {"id": f"{at}", "day": day, "day_from": first, "day_to": last, "days_from": f"{at % 20}", "days_to": "12"}
        for at, (day, first, last) in enumerate(itertools.product(DAYS, ENDS, ENDS))
    ]
    assert_same(desk, polars.DataFrame(rows))


def test_months_as_text_are_read_alike(desk: Desk) -> None:
    assert_same(desk, polars.DataFrame([{"id": f"{at}", "day": day} for at, day in enumerate(DAYS)]))


def test_ends_with_a_type_are_read_alike(desk: Desk) -> None:
    first, last = datetime.date(2022, 9, 1), datetime.date(2022, 9, 30)
    rows = [(first, None, None), (None, None, 10), (None, last, 11), (last, first, -1), (first, last, None)]
    schema = {"day_from": polars.Date, "day_to": polars.Date, "days_to": polars.Int64}
    assert_same(desk, polars.DataFrame(rows, schema=schema, orient="row"))


def test_rows_that_are_read_at_once_are_spread_over_all_workers(desk: Desk) -> None:
    chance = random.Random("a large row group")
    ids = [f"{chance.randrange(10**6)}" for _ in range(20_000)]
    rows = [{"id": each, "left": chance.choice(["true", "false", "", "no"]), "days": "11"} for each in ids]
    assert_same(desk, polars.DataFrame(rows))
    assert len(list((desk.folder / "statuses").glob("*.parquet"))) > 2


def assert_same(desk: Desk, table: polars.DataFrame) -> None:
    table.write_parquet(desk.folder / "cases.parquet")
    here, there = desk.folder / "here.ndjson", desk.folder / "there.ndjson"
    path, output = desk.folder / "cases.parquet", desk.folder / "statuses"
    local = desk.evaluate(path, "--output", desk.folder / "here.csv", "--rejects", here)
    spark = desk.evaluate(path, *SPARK, "--output", output, "--rejects", there)
    assert spark == local._replace(err=local.err.replace(str(here), str(there)))
    assert spark.code == 3
    assert there.read_text("utf-8") == here.read_text("utf-8")
    expected = desk.folder / "here.parquet"
    desk.evaluate(path, "--output", expected)
    found = polars.read_parquet(output / "*.parquet")
    assert by_id(found) == by_id(polars.read_parquet(expected))
    assert len(found) + there.read_text("utf-8").count("\n") == len(table)
    assert output.stat().st_mode & 0o777 == 0o700


def refused(desk: Desk, tables: Sequence[polars.DataFrame]) -> Outcome:
    """What is told of a folder with these tables; nothing is written."""
    source = desk.folder / "cases"
    source.mkdir()
    for at, table in enumerate(tables):
        table.write_parquet(source / f"part-{at}.parquet")
    outcome = desk.evaluate(source, *SPARK, "--output", desk.folder / "statuses")
    assert (outcome.code, outcome.out) == (2, "")
    assert not (desk.folder / "statuses").exists()
    return outcome._replace(err=outcome.err.replace(f"{source}:", ""))


def test_a_column_that_one_file_alone_has_is_not_passed_over(desk: Desk) -> None:
    tables = [polars.DataFrame({"id": ["a"], "left": [True]}), polars.DataFrame({"id": ["b"], "Left": [True]})]
    assert refused(desk, tables).err == "1:3: there is no question 'Left'. Did you mean 'left'?\n"


def test_a_column_of_another_type_is_refused(desk: Desk) -> None:
    moments = polars.DataFrame({"day": [datetime.datetime(2022, 3, 1, tzinfo=datetime.timezone.utc)]})
    told = "1:1: the column 'day' has the type timestamp. A date has days without a time, or text.\n"
    assert refused(desk, [moments]).err == told


def test_files_that_do_not_agree_on_a_type_are_refused(desk: Desk) -> None:
    assert (
        "Spark failed: " in refused(desk, [polars.DataFrame({"left": [True]}), polars.DataFrame({"left": ["x"]})]).err
    )


def test_a_damaged_file_is_told_and_no_result_is_called_whole(desk: Desk) -> None:
    table = polars.DataFrame({"id": [str(at) for at in range(5000)], "left": [True] * 5000})
    path, output = desk.folder / "cases.parquet", desk.folder / "statuses"
    table.write_parquet(path, compression="uncompressed")
    written = bytearray(path.read_bytes())
    written[100:2000] = b"\xff" * 1900
    path.write_bytes(written)
    outcome = desk.evaluate(path, *SPARK, "--output", output, "--rejects", desk.folder / "rejects.csv")
    assert outcome.code == 2
    assert "Spark failed: " in outcome.err
    assert not (output / "_SUCCESS").exists()
    assert not (desk.folder / "rejects.csv").exists()


def test_what_is_not_there_is_told(desk: Desk) -> None:
    outcome = desk.evaluate(desk.folder / "none", *SPARK, "--output", desk.folder / "statuses")
    assert (outcome.code, outcome.err) == (2, "Spark failed: PATH_NOT_FOUND.\n")


def test_a_master_that_is_none_is_told(run: Run, tmp_path: Path) -> None:
    words = ("--engine", "spark", "--master", "nowhere", "--output", tmp_path / "statuses")
    outcome = run("evaluate", "--rulebook", SOUND, tmp_path / "cases", *words)
    assert outcome.code == 2
    assert "Spark cannot be started with the master nowhere" in outcome.err
