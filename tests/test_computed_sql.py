"""Computed answers in tables: Polars and DuckDB compute what the assessor does, for all formulas and random days."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
import sqlglot
from hypothesis import given
from sqlglot import exp

from assistant.assessment.assessor import Assessor
from assistant.rulebook.computed import Formula
from assistant.rulebook.question import Answer, QuestionType
from assistant.tables.column_names import CONTRADICTIONS, ID
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.reading.columns import input_schema
from assistant.tables.sql.export import DIALECTS, sql_text
from tests.support.computed_rulebooks import any_book, any_row
from tests.support.random_rulebooks import chances, question, rule, rulebook, thorough


def expected(assessor: Assessor, answers: dict[str, Answer]) -> dict[str, str | None]:
    assessment = assessor.assess(answers)
    if assessment.contradictions:
        return dict.fromkeys(assessor.rulebook.finding)
    return {each.finding: each.status.value for each in assessment.findings}


@given(chances)
@thorough(200)
def test_tables_compute_what_the_assessor_computes(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    book = any_book(chance)
    rows = [any_row(chance) for _ in range(40)]
    assessor = Assessor(book, most_nodes=0)
    schema = input_schema(book)
    frame = polars.DataFrame(
        [{ID: str(at), **{name: row.get(name) for name in book.question}} for at, row in enumerate(rows)], schema=schema
    )
    found = TableEngine(book).evaluate(frame.lazy()).collect().sort(polars.col(ID).cast(polars.Int64))
    path = tmp_path_factory.mktemp("duckdb") / "rows.parquet"
    other = in_duckdb(sql_text(book, "duckdb"), frame, path)
    for at, row in enumerate(rows):
        wanted = expected(assessor, row)
        for got in (found.row(at, named=True), other[str(at)]):
            assert {finding: got[finding] for finding in book.finding} == wanted, (row, got[CONTRADICTIONS])


@pytest.mark.parametrize("unit", ["days", "months", "years"])
@pytest.mark.parametrize("count", [3, -3])
def test_a_day_beyond_the_calendar_is_unknown_in_tables_too(unit: str, count: int, tmp_path: Path) -> None:
    limit = question("limit", QuestionType.DATE)
    computed = Formula.model_validate({"day": "start", "plus": {unit: count}})
    book = rulebook(
        [question("start", QuestionType.DATE), limit.replacing(computed=(computed,))],
        [rule("late", "late", {"limit": {"from": date(2000, 1, 1)}})],
    )
    assessor = Assessor(book, most_nodes=0)
    rows: list[dict[str, Answer]] = [{"start": day} for day in (date.min, date(2022, 1, 31), date.max)]
    frame = polars.DataFrame(
        [{ID: str(at), "start": row["start"]} for at, row in enumerate(rows)],
        schema={ID: polars.String, "start": polars.Date},
    ).with_columns(polars.lit(None, polars.Date).alias("limit"))
    found = TableEngine(book).evaluate(frame.lazy()).collect()
    other = in_duckdb(sql_text(book, "duckdb"), frame, tmp_path / "rows.parquet")
    for at, row in enumerate(rows):
        wanted = expected(assessor, row)["late"]
        assert (found.row(at, named=True)["late"], other[str(at)]["late"]) == (wanted, wanted)


def in_duckdb(query: str, frame: polars.DataFrame, path: Path) -> dict[str, dict[str, Any]]:
    frame.write_parquet(path)
    with duckdb.connect() as there:
        there.read_parquet(str(path)).create_view("scenarios")
        result = there.execute(query)
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {row[ID]: row for row in rows}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_computes_the_same(dialect: str, tmp_path: Path) -> None:
    """As far as sqlglot reads it back: what a dialect's own text means is computed in DuckDB."""
    chance = random.Random(dialect)
    for number in range(6):
        book = any_book(chance)
        frame = polars.DataFrame([{ID: str(at), **any_row(chance)} for at in range(60)], schema=input_schema(book))
        wanted = in_duckdb(sql_text(book, "duckdb"), frame, tmp_path / f"{number}.parquet")
        read_back = sqlglot.parse_one(sql_text(book, dialect), read=dialect)
        for cast in list(read_back.find_all(exp.Cast)):
            if isinstance(cast.this, exp.Div):  # DuckDB rounds such a quotient; all other databases cut it off
                cast.set("this", exp.func("TRUNC", cast.this, copy=False))
        assert in_duckdb(read_back.sql("duckdb"), frame, tmp_path / f"{number}.parquet") == wanted
