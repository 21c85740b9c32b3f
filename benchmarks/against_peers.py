"""Tables beside what others make of them: ``python benchmarks/against_peers.py [OPTIONS]``.

OpenFisca-Core, zen-engine and a plain Python function get the same rulebook, compiled from the same program, and the
same rows. First all results are compared, on every row; a difference ends the benchmark. Then all are timed in turns.
``--write`` puts the results into docs/benchmarks.md, above what was measured once and is kept there; ``--large``
measures growth and memory up to ten million rows.
"""

# ruff: noqa: INP001, S603 - a script, and what it starts is itself

import argparse
import datetime
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from benchmarks.peers.rounds import OURS, PEERS_PYTHON, Measured, measured, spread
from benchmarks.peers.task import Task
from benchmarks.scenario_files import scenario_lines
from benchmarks.table_answers import write_answers
from benchmarks.table_files import csv_lines, file_lines, memory_lines
from benchmarks.tables import multiplied

PAGE: Final = Path("docs/benchmarks.md")
KEPT: Final = "\n## Where we started"
"""The heading of the part of the page that was measured once and is not written again."""
NAMES: Final = {
    OURS: "this table engine",
    "openfisca": "OpenFisca-Core",
    "python_function": "a plain Python function",
    "zen": "zen-engine, its batch call",
    "zen_row_by_row": "zen-engine, row by row",
}
ROWS: Final = {OURS: 1_000_000, "openfisca": 1_000_000, "python_function": 50_000, "zen": 2_000, "zen_row_by_row": 500}
"""Enough for each to take a second or so; how fast a row goes hardly depends on it, as the growth shows."""
FEW: Final = {OURS: 100_000, "openfisca": 100_000, "python_function": 10_000, "zen": 400}
COPIES: Final = (1, 4, 10)
ROUNDS: Final = 5
MOST: Final = 1_000_000
LARGE: Final = 10_000_000


def main() -> None:
    """Measures everything in one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    parser.add_argument("--large", action="store_true", help="measure growth and memory up to ten million rows")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is timed")
    options = parser.parse_args()
    book = load_rulebook(default_folder())
    if not isinstance(book, Rulebook):
        raise SystemExit("\n".join(map(str, book)))
    lines = []
    with tempfile.TemporaryDirectory() as name:
        for line in page(book, Path(name), options.rounds, large=options.large):
            lines.append(line)
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    if options.write:
        _written_before, heading, kept = PAGE.read_text("utf-8").partition(KEPT)
        PAGE.write_text("\n".join(lines) + f"\n{heading}{kept}", "utf-8")


def page(book: Rulebook, folder: Path, rounds: int, *, large: bool) -> Iterator[str]:
    """The lines of the page, as they are found."""
    table, most = folder / "answers.parquet", LARGE if large else MOST
    write_answers(book, most, table)
    yield from _heading(book, rounds, large=large)
    found = measured(ROWS, _task(book, 1, folder), table, rounds, folder)
    yield from _in_memory(found)
    yield from _by_rows(_task(book, 1, folder), table, most, rounds)
    yield from _by_rules(book, folder, table, rounds)
    yield from file_lines(book, folder, rounds)
    yield from _peers_files(found)
    yield from memory_lines(book, folder, (MOST, 3 * MOST, LARGE) if large else (MOST // 4, MOST))
    yield from csv_lines(book, folder, rounds)
    yield from scenario_lines(book, folder)
    yield f"\nLoad of the machine at the end, by other programs and this one: {_load()}."


def _task(book: Rulebook, copies: int, folder: Path) -> Path:
    larger = multiplied(book, copies) if copies > 1 else book
    task = Task(program=compile_rules(larger), findings=tuple(larger.finding), copies=copies)
    target = folder / f"task-{copies}.json"
    target.write_text(task.model_dump_json(), "utf-8")
    return target


def _heading(book: Rulebook, rounds: int, *, large: bool) -> Iterator[str]:
    options = '"--write --large"' if large else "--write"
    yield "# Benchmarks of tables\n"
    yield f"Written by `make bench BENCH={options}`; nothing here was typed in, except in a last part on where we"
    yield "started. Every peer got the same program and the same rows, of whose answers a fifth is unknown, and found"
    yield "the same in every row before any was timed. Times are medians of rounds in which all take turns. What counts"
    yield "is the ratios: they depend less on the machine.\n"
    yield f"- {_machine()}; {datetime.datetime.now(datetime.timezone.utc).date()}; load at the start {_load()}"
    yield f"- {_versions()}"
    sizes = f"{len(book.questions)} questions, {len(book.rules)} rules, {len(book.facts)} facts"
    yield f"- {rounds} rounds"
    yield f"- the rulebook: {sizes}, {len(book.findings)} findings, {len(book.impossible)} impossible combinations"


def _in_memory(found: dict[str, Measured]) -> Iterator[str]:
    ours = found[OURS]
    yield "\n## In memory\n"
    yield "From rows in the form that each likes best to the truth of every finding. Spread: shortest to longest time,"
    yield "as shares of the median. Other work on the machine disturbs processor time least; ours works on all cores.\n"
    yield "| | rows | rows/s | spread | rows a second of processor time | as slow as ours, times | by processor time |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for peer, each in found.items():
        slower = f"{each.times_slower(ours):,.1f}", f"{ours.worked_rate / each.worked_rate:,.1f}"
        rates = f"{each.rate:,.0f}", spread(each.seconds), f"{each.worked_rate:,.0f}"
        yield f"| {NAMES[peer]} | {' | '.join((f'{each.rows:,}', *rates, *slower))} |"


def _by_rows(task: Path, table: Path, most: int, rounds: int) -> Iterator[str]:
    yield "\n## With more rows\n"
    yield "Rows a second in memory, and the most memory of the process in MB, its rows included.\n"
    yield f"| rows | {NAMES[OURS]} | MB | {NAMES['openfisca']} | MB |\n|---:|---:|---:|---:|---:|"
    rows = 10_000
    while rows <= most:
        found = measured({OURS: rows, "openfisca": rows}, task, table, rounds, table.parent)
        cells = (cell for each in found.values() for cell in (f"{each.rate:,.0f}", f"{each.peak / 1e6:,.0f}"))
        yield f"| {rows:,} | {' | '.join(cells)} |"
        rows *= 10


def _by_rules(book: Rulebook, folder: Path, table: Path, rounds: int) -> Iterator[str]:
    yield "\n## With more rules\n"
    yield "So many copies of all facts, findings and rules over the same questions; rows a second in memory.\n"
    yield f"| rules | {' | '.join(NAMES[peer] for peer in FEW)} |\n|---:|{'---:|' * len(FEW)}"
    for copies in COPIES:
        found = measured(FEW, _task(book, copies, folder), table, rounds, folder)
        yield f"| {copies * len(book.rules):,} | {' | '.join(f'{each.rate:,.0f}' for each in found.values())} |"


def _peers_files(found: dict[str, Measured]) -> Iterator[str]:
    yield "\nThe peers, by reading, converting, evaluating and writing one after another, rows a second:"
    yield "; ".join(f"{NAMES[peer]} {each.file_rate:,.0f}" for peer, each in found.items() if peer != OURS) + "."


def _machine() -> str:
    cpu = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if "model name" in line
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu[0] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory"


def _versions() -> str:
    asked = "import importlib.metadata as m; print(*map(m.version, ('openfisca-core', 'numpy', 'zen-engine')))"
    told = subprocess.run([PEERS_PYTHON, "-c", asked], check=True, capture_output=True, text=True).stdout
    fisca, numpy, zen = told.split()
    python = platform.python_version()
    return f"Polars {polars.__version__}, OpenFisca-Core {fisca} on numpy {numpy}, zen-engine {zen}, Python {python}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
