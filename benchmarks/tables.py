"""What the rules cost in a table, beside reading and writing it with no rules: ``python benchmarks/tables.py [ROWS]``.

Each measure is the median of several, in seconds and in seconds of processor time, which a busy machine disturbs less.
The bound is reading the same answers and writing the same statuses. Memory is that of processes that do nothing else.
"""

# ruff: noqa: INP001, S603 - a script, and what it starts is itself

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rule, Rulebook
from assistant.tables.evaluation.engine import TableEngine
from benchmarks.table_answers import answers, write_answers

ROWS = 1_000_000
RUNS = 3
COPIES = (1, 4, 10)
DISTINCT = 2_000


class Cost(NamedTuple):
    """Seconds that passed, and seconds of processor time."""

    passed: float
    worked: float


def cost(work: Callable[[], object], runs: int = RUNS) -> Cost:
    """The medians of some runs."""
    seen = []
    for _ in range(runs):
        passed, worked = time.perf_counter(), time.process_time()
        work()
        seen.append(Cost(time.perf_counter() - passed, time.process_time() - worked))
    return Cost(*(statistics.median(side) for side in zip(*seen, strict=True)))


def tell(what: str, measured: Cost, rows: int = 0) -> None:
    """One line for one measure."""
    rate = f"{rows / measured.passed / 1e6:9.3f} million rows/s" if rows else ""
    sys.stdout.write(f"{what:44}{measured.passed:9.3f} s{measured.worked:9.3f} s{rate}\n")


def multiplied(book: Rulebook, times: int) -> Rulebook:
    """A rulebook with so many copies of all facts, findings and rules, over the same questions."""

    def renamed(identifier: str, copy: int) -> str:
        return identifier if identifier in book.question else f"{identifier}-{copy}"

    def rule(each: Rule, copy: int) -> Rule:
        return each.model_copy(
            update={
                "id": f"{each.id}-{copy}",
                "concludes": tuple(renamed(head, copy) for head in each.heads),
                "when": {renamed(node, copy): value for node, value in each.when.items()},
                "unless": tuple(renamed(node, copy) for node in each.unless),
            }
        )

    copies = range(times)
    return book.replacing(
        facts=tuple(f.model_copy(update={"id": renamed(f.id, copy)}) for copy in copies for f in book.facts),
        findings=tuple(f.model_copy(update={"id": renamed(f.id, copy)}) for copy in copies for f in book.findings),
        rules=tuple(rule(each, copy) for copy in copies for each in book.rules),
    )


def in_memory(book: Rulebook, rows: int) -> None:
    """Rows in memory, for the rulebook and for several copies of it in one."""
    given = answers(book, rows)
    for times in COPIES:
        larger = multiplied(book, times)
        tell(f"prepare {len(larger.rules)} rules", cost(partial(TableEngine, larger)))
        tell(f"{len(larger.rules)} rules, in memory", cost(partial(collected, TableEngine(larger), given)), rows)
    # A new engine, for which no combination is an old one.
    few = given.head(DISTINCT)
    seen = [cost(partial(collected, TableEngine(book, exact=True), few), runs=1).worked for _ in range(RUNS)]
    first = statistics.median(seen)
    sys.stdout.write(f"{'exact statuses of rows unlike each other':44}{first / DISTINCT * 1e3:21.3f} ms a row\n")


def collected(engine: TableEngine, given: polars.DataFrame) -> polars.DataFrame:
    """The statuses of rows in memory, there as well."""
    return engine.evaluate(given.lazy()).collect(engine="streaming")


def read(source: Path) -> polars.DataFrame:
    """The rows of a file."""
    return polars.scan_parquet(source).collect(engine="streaming")


def written(result: polars.DataFrame, target: Path) -> None:
    """Writes rows to a file."""
    result.lazy().sink_parquet(target)


def evaluate_file(engine: TableEngine, source: Path, target: Path) -> None:
    """The statuses of a file's rows, in another file."""
    engine.evaluate(polars.scan_parquet(source)).sink_parquet(target)


def from_file_to_file(book: Rulebook, rows: int, folder: Path) -> None:
    """Parquet to Parquet, and the bound."""
    source, target = folder / "answers.parquet", folder / "statuses.parquet"
    write_answers(book, rows, source)
    for explain in (False, True):
        engine = TableEngine(book, explain=explain)
        result = collected(engine, read(source))
        sides = cost(partial(read, source)), cost(partial(written, result, target))
        bound = Cost(*map(sum, zip(*sides, strict=True)))
        del result
        whole = cost(partial(evaluate_file, engine, source, target))
        named = " with explanations" if explain else ""
        tell(f"read and write{named}, no rules", bound, rows)
        tell(f"Parquet to Parquet{named}", whole, rows)
        sys.stdout.write(f"{'':44}{whole.passed / bound.passed:9.2f} times{whole.worked / bound.worked:6.2f} times\n")


def memory(rows: int, folder: Path) -> None:
    """The most memory of a process that evaluates a file of so many rows."""
    source = folder / "answers.parquet"
    words = [sys.executable, __file__, "--only", str(source), str(folder / "statuses.parquet")]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    sys.stdout.write(f"{f'memory, {rows} rows':44}{int(told) / 1e6:9.3f} GB\n")


def _loaded() -> Rulebook:
    book = load_rulebook(default_folder())
    if not isinstance(book, Rulebook):
        raise SystemExit("\n".join(map(str, book)))
    return book


def main() -> None:
    """Measures everything, or with ``--only`` evaluates one file and tells the memory that took, in kilobytes."""
    book = _loaded()
    if sys.argv[1:2] == ["--only"]:
        evaluate_file(TableEngine(book), *map(Path, sys.argv[2:]))
        # Not getrusage: its peak begins with that of the process that started this one.
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        sys.stdout.write(status["VmHWM"].split()[0])
        return
    rows = int(sys.argv[1]) if sys.argv[1:] else ROWS
    sys.stdout.write(f"{rows} rows, {polars.thread_pool_size()} threads, Polars {polars.__version__}\n")
    in_memory(book, rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        from_file_to_file(book, rows, folder)
        memory(rows, folder)
        write_answers(book, 10 * rows, folder / "answers.parquet")
        memory(10 * rows, folder)


if __name__ == "__main__":
    main()
