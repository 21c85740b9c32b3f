"""A date or a number in a table may be a range: its ends in two columns, or a month as text."""

import csv
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
import sqlglot
from hypothesis import given

from assistant.assessment.assessor import Assessor
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers, QuestionType
from assistant.rulebook.ranges import OptionSet
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.evaluation.evaluator import Listener, Task, evaluate_in_parts
from assistant.tables.reading.errors import Reject
from assistant.tables.sql.export import DIALECTS, sql_text
from tests.support.random_rulebooks import (
    any_answer,
    any_answers,
    any_rulebook,
    any_small_rulebook,
    chances,
    question,
    rule,
    rulebook,
    thorough,
)
from tests.support.table_rows import Row, in_order, ranged_table_of, row_of_conversation, row_of_oracle

BOOK = rulebook(
    [question("n", QuestionType.NUMBER), question("d", QuestionType.DATE), question("yes")],
    [
        rule("long", "z", {"n": {"over": 30}}),
        rule("late", "y", {"d": {"from": "2022-09-24"}}),
        rule("both", "x", {"d": {"from": "2022-09-24"}, "yes": True}),
    ],
)


def any_people(chance: random.Random, book: Rulebook, count: int) -> list[Answers]:
    """Answers with ranges; a table has exact answers to choices."""
    return [
        {
            name: any_answer(chance, book.question[name]) if isinstance(answer, OptionSet) else answer
            for name, answer in any_answers(chance, book, ranges=True).items()
        }
        for _ in range(count)
    ]


def evaluated(path: Path, book: Rulebook, **settings: bool) -> tuple[list[Row], list[Reject]]:
    rejects: list[Reject] = []
    parts = evaluate_in_parts(Task(path, book, **settings), Listener(rejects.extend, lambda _progress: None))
    return [row for part in parts for row in part.rows(named=True)], rejects


# What is true of every rulebook


@thorough(60)
@given(chances)
def test_ranges_in_a_table_have_the_statuses_that_the_oracle_gives_them(chance: random.Random) -> None:
    book = any_small_rulebook(chance, questions=8, facts=5, findings=4, more_rules=12)
    people = any_people(chance, book, 6)
    rows = in_order(TableEngine(book, explain=True, ranges=True).evaluate(ranged_table_of(book, people)))
    assert rows == [row_of_oracle(book, at, answers) for at, answers in enumerate(people)]


@thorough(40)
@given(chances)
def test_exact_statuses_of_ranges_in_a_table_are_those_of_an_assessment(chance: random.Random) -> None:
    book = any_small_rulebook(chance, facts=3)
    people = any_people(chance, book, 6)
    rows = in_order(TableEngine(book, explain=True, exact=True, ranges=True).evaluate(ranged_table_of(book, people)))
    assessor = Assessor(book)
    assert rows == [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]


@thorough(20)
@given(chances)
def test_the_query_for_ranges_gives_the_rows_of_the_oracle_in_another_database(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    book = any_small_rulebook(chance, questions=8, facts=5, findings=4, more_rules=12)
    people = any_people(chance, book, 6)
    query = sql_text(book, "duckdb", explain=True, ranges=True)
    rows = rows_of_duckdb(query, ranged_table_of(book, people), tmp_path_factory.mktemp("table"))
    assert rows == [row_of_oracle(book, at, answers) for at, answers in enumerate(people)]


def rows_of_duckdb(query: str, table: polars.LazyFrame, folder: Path) -> list[Row]:
    table.collect().write_parquet(folder / "answers.parquet")
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE scenarios AS FROM '{folder}/answers.parquet'")
        answer = database.execute(query)
        names = [column[0] for column in answer.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return sorted(rows, key=lambda row: int(row["id"]))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_query_for_ranges_says_the_same_in_every_dialect(dialect: str, tmp_path: Path) -> None:
    chance = random.Random("ranges in every dialect")
    book = any_rulebook(chance, 12, 8, 6, 40)
    people = any_people(chance, book, 60)
    (query,) = sqlglot.transpile(sql_text(book, dialect, explain=True, ranges=True), read=dialect, write="duckdb")
    expected = [row_of_oracle(book, at, answers) for at, answers in enumerate(people)]
    assert rows_of_duckdb(query, ranged_table_of(book, people), tmp_path) == expected


# What a table can say


ROWS: Sequence[Mapping[str, Any]] = [
    {"id": "month", "d": "2025-10"},
    {"id": "year", "d": "2022"},
    {"id": "ends", "d_from": "2022-09-01", "d_to": "2022-09-23"},
    {"id": "open", "d_from": "2022-09-24"},
    {"id": "span", "n_from": 28, "n_to": 31},
    {"id": "most", "n_to": 30},
    {"id": "exact", "d": "2022-09-24", "n": 31},
    {"id": "unknown"},
]
STATUSES = {
    "month": ("possible", "established"),
    "year": ("possible", "possible"),
    "ends": ("possible", "excluded"),
    "open": ("possible", "established"),
    "span": ("possible", "possible"),
    "most": ("excluded", "possible"),
    "exact": ("established", "established"),
    "unknown": ("possible", "possible"),
}
COLUMNS = ("id", "d", "d_from", "d_to", "n", "n_from", "n_to")


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".json", ".parquet", ".arrow"])
def test_every_kind_of_table_takes_ranges(suffix: str, exact: bool, tmp_path: Path) -> None:
    path = tmp_path / f"cases{suffix}"
    if suffix == ".csv":
        write_csv(path, ROWS)
    elif suffix == ".json":
        path.write_text(json.dumps(ROWS), "utf-8")
    elif suffix == ".ndjson":
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    else:
        kinds = {name: polars.Int64 if name.startswith("n") else polars.String for name in COLUMNS}
        frame = polars.DataFrame(list(ROWS), schema=kinds)
        ends = [polars.col(name).str.to_date() for name in ("d_from", "d_to")]
        frame = frame.with_columns(*ends)
        frame.write_parquet(path) if suffix == ".parquet" else frame.write_ipc(path)
    rows, rejects = evaluated(path, BOOK, exact=exact)
    assert rejects == []
    assert {row["id"]: (row["z"], row["y"]) for row in rows} == STATUSES


def test_months_after_many_exact_rows_are_read_and_the_order_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.tables.reading.json_rows.MAX_BATCH_ROWS", 10)
    days = ["2022-09-23", "2022-09-24"] * 12 + ["2022-09"] + ["2022-09-24"] * 12
    path = tmp_path / "cases.ndjson"
    path.write_text("".join(json.dumps({"id": str(at), "d": day}) + "\n" for at, day in enumerate(days)), "utf-8")
    rows, rejects = evaluated(path, BOOK)
    expected = {"2022-09-23": "excluded", "2022-09-24": "established", "2022-09": "possible"}
    assert rejects == []
    assert [(row["id"], row["y"]) for row in rows] == [(str(at), expected[day]) for at, day in enumerate(days)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            {"d": "2022-09-24", "d_from": "2022-09-24"},
            "d: here is an exact answer and an end of a range. Leave one of the two empty.",
        ),
        ({"d": "2022-09", "d_to": "2022-09-24"}, "d: this is not a day, or not written as one."),
        ({"n": "3", "n_to": "4"}, "n: here is an exact answer and an end of a range."),
        ({"n_from": "4", "n_to": "3"}, "n: nothing is in this range. Exchange its bounds, or mend one."),
        ({"n_from": "few"}, "n_from: a whole number is needed here."),
        ({"d_to": "2022-09"}, "d_to: this is not a day, or not written as one."),
        ({"d": "2022-13"}, "d: this is not a day, or not written as one."),
        ({"d": "0000-01"}, "d_from: this is not a day, or not written as one."),
    ],
)
def test_what_is_no_range_rejects_its_row_alone(row: Mapping[str, str], reason: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "cases.csv", [{"id": "bad", **row}, {"id": "good", "d": "2025-10"}])
    rows, rejects = evaluated(path, BOOK)
    assert [each["id"] for each in rows] == ["good"]
    assert [reject.row for reject in rejects] == [2]
    assert str(rejects[0].reasons[0]).startswith(reason)


@pytest.mark.parametrize("suffix", [".ndjson", ".json"])
@pytest.mark.parametrize("several", [["home", "away"], ["home"], []])
def test_several_options_in_one_cell_reject_the_row_and_say_where_they_can_be_written(
    several: list[str], suffix: str, tmp_path: Path
) -> None:
    where = question("where", QuestionType.CHOICE, ["home", "away"])
    book = rulebook([where], [rule("there", "z", {"where": where.options[0].id})])
    cases = [{"id": "bad", "where": several}, {"id": "good", "where": where.options[0].id}]
    path = tmp_path / f"cases{suffix}"
    path.write_text(json.dumps(cases) if suffix == ".json" else "\n".join(map(json.dumps, cases)), "utf-8")
    rows, rejects = evaluated(path, book)
    assert [each["id"] for each in rows] == ["good"]
    (reason,) = rejects[0].reasons
    told = "where: a row takes one option here. Write one, or leave it out; a scenario file takes several."
    assert str(reason) == told


def test_a_month_beyond_the_bounds_is_refused_under_its_own_column(rulebook: Rulebook, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "cases.csv", [{"act_date": "2021-12"}, {"act_date": "2025-10"}], ["act_date"])
    rows, rejects = evaluated(path, rulebook)
    assert len(rows) == 1
    (reason,) = rejects[0].reasons
    assert str(reason) == "act_date: this is too early for 'act_date'. Not before 2022-01-01."
