"""Computed answers in tables: Polars and DuckDB compute what the assessor does, for all formulas and random days."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import polars
import pytest
import sqlglot
from hypothesis import given

from assistant.assessment.assessor import Assessor
from assistant.rulebook.computed import Formula
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, QuestionType
from assistant.tables.column_names import CONTRADICTIONS, ID
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.reading.columns import input_schema
from assistant.tables.sql.export import DIALECTS, sql_text
from tests.support.random_rulebooks import chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of

FORMULAS: Final[dict[str, list[Any]]] = {
    "number": [
        {"days_from": "start", "to": "end"},
        {"months_from": "start", "to": "end"},
        {"years_from": "start", "to": "end"},
        {"days_from": "start", "to": "end", "when": {"home": True}},
        {"days_from": "start", "to": "end", "when": {"home": False, "start": {"from": date(2022, 1, 31)}}},
        {"larger_of": ["number", "other"]},
        {"months_from": "limit", "to": "end"},
    ],
    "limit": [
        {"day": "start", "plus": {"months": 1}},
        {"day": "start", "plus": {"months": -13}},
        {"day": "start", "plus": {"years": 4}},
        {"day": "end", "plus": {"days": -3}},
        {"larger_of": ["start", "end"]},
    ],
    "early": [
        {"day": "start", "before": "end"},
        {"day": "start", "after": date(2022, 2, 28)},
        {"day": "limit", "after": "end"},
    ],
}
FIRST: Final = date(2022, 1, 25)


def any_book(chance: random.Random) -> Rulebook:
    computed = {name: _some(chance, formulas) for name, formulas in FORMULAS.items()}
    if any("number" in each.get("larger_of", ()) for each in computed["number"]):
        computed["number"] = [each for each in computed["number"] if "number" not in each.get("larger_of", ())]
    kinds = {
        "start": QuestionType.DATE,
        "end": QuestionType.DATE,
        "limit": QuestionType.DATE,
        "number": QuestionType.NUMBER,
        "other": QuestionType.NUMBER,
        "early": QuestionType.YES_NO,
        "home": QuestionType.YES_NO,
    }
    asked = [
        question(name, kind).replacing(computed=tuple(map(Formula.model_validate, computed.get(name, ()))))
        for name, kind in kinds.items()
    ]
    days = [FIRST + timedelta(days=chance.randint(0, 60)) for _ in range(2)]
    return rulebook_of(
        asked,
        [
            rule("r1", "z1", {"number": {"from": chance.randint(0, 5), "up_to": chance.randint(5, 40)}}),
            rule("r2", "z2", {"limit": {"from": min(days)}}),
            rule("r3", "z3", {"limit": {"until": max(days)}, "early": True}),
            rule("r4", "z4", {"early": False}),
            rule("r5", "z5", {"number": {"over": chance.randint(0, 40)}, "home": True}),
            rule("r6", "z6", {"other": {"from": 3}, "start": {"from": days[0]}, "end": {"from": days[1]}}),
        ],
    )


def _some(chance: random.Random, formulas: list[Any]) -> list[Any]:
    return chance.sample(formulas, chance.choice([0, 1, 1, 2]))


def any_row(chance: random.Random) -> dict[str, Answer]:
    day = FIRST + timedelta(days=chance.choice([0, 1, 5, 6, 30, 34, 35, 36, 365, 1495, 1496]))
    later = day + timedelta(days=chance.choice([-1, 0, 1, 2, 3, 28, 29, 31, 59, 400, 1461]))
    row: dict[str, Answer] = {
        "start": day,
        "end": later,
        "limit": later,
        "number": chance.randint(0, 40),
        "other": chance.randint(0, 9),
        "early": chance.choice([True, False]),
        "home": chance.choice([True, False]),
    }
    often = {"start": 0.9, "end": 0.9, "limit": 0.2, "number": 0.3, "other": 0.5, "early": 0.3, "home": 0.7}
    return {name: answer for name, answer in row.items() if chance.random() < often[name]}


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
        (read_back,) = sqlglot.transpile(sql_text(book, dialect), read=dialect, write="duckdb")
        assert in_duckdb(read_back, frame, tmp_path / f"{number}.parquet") == wanted
