"""Tables from file to file: beside reading and writing alone, in memory that does not grow, and from untidy text."""

# ruff: noqa: INP001, S603 - a script's other half, and what it starts is another script

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polars

from assistant.rulebook.model import Rulebook
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.evaluation.evaluator import Listener, Task
from assistant.tables.running.run import Files, run_to_file
from benchmarks.table_answers import answers, write_answers
from benchmarks.tables import Cost, collected, evaluate_file, read, written

ROWS = 1_000_000
CSV_ROWS = 100_000
ONE_IS_BAD = 100


def in_turns(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[Cost]]:
    """What each costs in every round."""
    found: dict[str, list[Cost]] = {name: [] for name in works}
    for at in range(rounds + 1):
        for name, work in works.items():
            passed, worked = time.perf_counter(), time.process_time()
            work()
            if at:  # the first warms up
                found[name].append(Cost(time.perf_counter() - passed, time.process_time() - worked))
    return found


def file_lines(book: Rulebook, folder: Path, rounds: int) -> Iterator[str]:
    """Parquet to Parquet: with no rules, by the engine, and by the command."""
    source, target = folder / "million.parquet", folder / "statuses.parquet"
    write_answers(book, ROWS, source)
    engine = TableEngine(book)
    result = collected(engine, read(source))

    def bound() -> None:
        read(source)
        written(result, target)

    works: dict[str, Callable[[], object]] = {
        "reading and writing alone": bound,
        "the table engine": partial(evaluate_file, engine, source, target),
        "`assistant evaluate`": partial(evaluated, book, source, target, None),
    }
    found = in_turns(works, rounds)
    yield "\n## Parquet to Parquet\n"
    yield f"{ROWS:,} rows. The bound: Polars reads the same columns, and writes the same result, with no rules at all."
    yield "The command also looks through every cell for what is no answer, and for ids that come twice.\n"
    yield "| | rows/s | times the bound | by processor time |\n|---|---:|---:|---:|"
    for name, costs in found.items():
        rate = ROWS / statistics.median(cost.passed for cost in costs)
        yield f"| {name} | {rate:,.0f} | {' | '.join(_times(costs, found['reading and writing alone']))} |"


def memory_lines(book: Rulebook, folder: Path, sizes: tuple[int, ...]) -> Iterator[str]:
    """The most memory of processes that evaluate files and do nothing else."""
    yield "\n## Memory\n"
    yield "The most memory of a process that evaluates a Parquet file into another, in MB.\n"
    yield "| rows | the table engine | `assistant evaluate` |\n|---:|---:|---:|"
    for rows in sizes:
        source = folder / "large.parquet"
        write_answers(book, rows, source)
        peaks = [_peak(each, source, folder / "statuses.parquet") for each in ("engine", "command")]
        yield f"| {rows:,} | {' | '.join(f'{peak / 1e6:,.0f}' for peak in peaks)} |"


def csv_lines(book: Rulebook, folder: Path, rounds: int) -> Iterator[str]:
    """A table of text, one row in a hundred of which is bad, beside the time that Polars needs to parse it."""
    source, target, bad = folder / "answers.csv", folder / "statuses.csv", folder / "bad.csv"
    expected = write_untidy(book, source)
    found = in_turns(
        {
            "parse": lambda: polars.read_csv(source, infer_schema=False),
            "command": partial(evaluated, book, source, target, bad),
        },
        rounds,
    )
    told = len(polars.read_csv(bad))
    good = len(polars.read_csv(target))
    if (good, told) != (CSV_ROWS - expected, expected):
        raise SystemExit(f"{expected} rows were spoilt, {told} rejected, {good} evaluated, of {CSV_ROWS}")
    passed, worked = _times(found["command"], found["parse"])
    rate = CSV_ROWS / statistics.median(cost.passed for cost in found["command"])
    yield "\n## Text with mistakes\n"
    yield f"{CSV_ROWS:,} rows of CSV, of which every {ONE_IS_BAD}th is bad, evaluated and written by"
    yield f"`assistant evaluate`: {rate:,.0f} rows/s, {passed} times as long as Polars needs to parse the file"
    yield f"({worked} times by processor time). All {told:,} bad rows were told."


def write_untidy(book: Rulebook, path: Path) -> int:
    """Writes a table in which some rows are no answers, too short, or of an id that stood before; how many."""
    lines = answers(book, CSV_ROWS).write_csv().splitlines()
    asked = lines[0].split(",").index(next(q.id for q in book.questions if q.type.value == "yes_no"))
    spoilt = range(ONE_IS_BAD, len(lines), ONE_IS_BAD)
    for at in spoilt:
        cells = lines[at].split(",")
        mistakes = ([*cells[:asked], "perhaps", *cells[asked + 1 :]], cells[:-3], [lines[1].split(",")[0], *cells[1:]])
        lines[at] = ",".join(mistakes[at // ONE_IS_BAD % len(mistakes)])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return len(spoilt)


def evaluated(book: Rulebook, source: Path, target: Path, rejects: Path | None) -> None:
    """What ``assistant evaluate`` does with a table."""
    listener = Listener(rejects=lambda _rejects: None, progress=lambda _progress: None)
    run_to_file(Task(source, book), listener, Files(target, rejects, overwrite=True))


def _times(costs: list[Cost], bound: list[Cost]) -> tuple[str, str]:
    passed = statistics.median(a.passed / b.passed for a, b in zip(costs, bound, strict=True))
    worked = statistics.median(a.worked / b.worked for a, b in zip(costs, bound, strict=True))
    return f"{passed:.2f}", f"{worked:.2f}"


def _peak(how: str, source: Path, target: Path) -> int:
    words = [sys.executable, "-m", "benchmarks.table_memory", how, str(source), str(target)]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
