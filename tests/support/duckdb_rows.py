"""What a query says in DuckDB, and what the program says of the same people."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers
from assistant.tables.evaluation.engine import TableEngine
from tests.support.table_rows import Row, in_order, table_of


def rows_of_duckdb(
    query: str, book: Rulebook, people: Sequence[Answers], folder: Path, table: str = "scenarios"
) -> list[Row]:
    """The rows that the query gives in DuckDB, over a table of that name."""
    table_of(book, people).collect().write_parquet(folder / "answers.parquet")
    with duckdb.connect() as database:
        database.execute("CREATE SCHEMA cases")
        database.execute(f"CREATE TABLE {table} AS FROM '{folder}/answers.parquet'")
        answer = database.execute(query)
        names = [column[0] for column in answer.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return sorted(rows, key=lambda row: int(row["id"]))


def rows_of_program(book: Rulebook, people: Sequence[Answers], *, explain: bool = True) -> list[Row]:
    return in_order(TableEngine(book, explain=explain).evaluate(table_of(book, people)))
