"""Tables of random answers, of any length, that contradict themselves nowhere."""

# ruff: noqa: INP001 - a script's other half

from collections.abc import Iterator
from pathlib import Path

import polars
from polars.io.plugins import register_io_source
from sqlglot import exp

from assistant.assessment.cells import Cells, cells_of
from assistant.rulebook.computing import COMPUTED
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import CONTRADICTION, compile_rules, question_of
from assistant.tables.column_names import ID
from assistant.tables.reading.columns import input_schema
from assistant.tables.sql.computed import parsed
from assistant.tables.sql.stages import TABLE, Stages, alias, column, compile_stages

CHUNK = 500_000
UNKNOWN = 5
"""One answer in so many is unknown from the start; what contradicts another answer becomes unknown as well."""


def answers(book: Rulebook, rows: int, first: int = 0) -> polars.DataFrame:
    """Rows in which every answer that the rules tell apart is as likely; the same ones every time."""
    number = polars.int_range(first, first + rows, eager=True)
    drawn = {
        name: _drawn(cells, number.hash(seed), input_schema(book)[name])
        for seed, (name, cells) in enumerate(cells_of([compile_rules(book)]).items())
    }
    return _coherent(book, polars.DataFrame({ID: "case-" + number.cast(polars.String), **drawn}))


def write_answers(book: Rulebook, rows: int, path: Path) -> None:
    """The rows as Parquet, made and written a part at a time."""

    def parts(*_pushed_down: object) -> Iterator[polars.DataFrame]:
        for first in range(0, rows, CHUNK):
            yield answers(book, min(CHUNK, rows - first), first)

    register_io_source(parts, schema=input_schema(book)).sink_parquet(path)


def _drawn(cells: Cells, chance: polars.Series, dtype: polars.DataType) -> polars.Series:
    simplest = polars.Series(cells.representatives).cast(dtype)
    drawn = simplest.gather(chance % len(simplest))
    return drawn.zip_with(chance // 1000 % UNKNOWN > 0, drawn.clear(len(drawn)))


def _coherent(book: Rulebook, frame: polars.DataFrame) -> polars.DataFrame:
    """Without the first answer of each combination that cannot be, and with an answer wherever one is computed.

    Peers do not compute answers: they get one of those that our engine counts on, and so can find the same.
    """
    program = compile_rules(book)
    stages = compile_stages(program)
    for computed in program.computed:
        wrong = _query(frame, stages, column(stages.impossible[COMPUTED + computed.question]))
        dropped = {computed.question, *(formula.formula.inputs[-1] for formula in computed.formulas)}
        frame = frame.with_columns(polars.when(~wrong).then(name).alias(name) for name in sorted(dropped))
        least = _query(frame, stages, parsed(stages.computed[computed.question].least))
        frame = frame.with_columns(polars.col(computed.question).fill_null(least))
    asked = program.questions.keys() - {each.question for each in program.computed}
    for combination, name in stages.impossible.items():
        if (head := CONTRADICTION + combination) in program.clauses:
            tested = (str(question_of(program, literal.node)) for literal in program.clauses[head][0].body)
            first = next(question for question in tested if question in asked)
            wrong = _query(frame, stages, column(name)).fill_null(value=False)
            frame = frame.with_columns(polars.when(~wrong).then(first).alias(first))
    return frame


def _query(frame: polars.DataFrame, stages: Stages, term: exp.Expr) -> polars.Series:
    query = stages.with_stages(exp.select(alias(term, "found"))).sql(dialect="duckdb")
    return polars.SQLContext({TABLE: frame}, eager=True).execute(query)["found"]
