"""Scenario files by the thousand, beside peers on the same cases: ``python benchmarks/scenario_files.py``.

``benchmarks/against_peers.py`` puts the same into its page.
"""

# ruff: noqa: INP001, S603 - a script, and what it starts is itself

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polars

from assistant.assessment.diagram import diagram_of
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from assistant.scenarios.scenario import load_scenarios, scenario_files
from assistant.tables.column_names import ID
from benchmarks.peers.rounds import OURS, measured
from benchmarks.peers.task import Task
from benchmarks.table_answers import answers

ANSWERS: Final = 12
GROWTH: Final = (100, 1_000, 10_000)
PEERS: Final = {"durable_rules": "durable-rules alone", "openfisca": "OpenFisca-Core", "zen": "zen-engine"}
ROWS: Final = {OURS: 1_000, "durable_rules": 1_000, "openfisca": 1_000, "zen": 400}
ROUNDS: Final = 3


class Cost(NamedTuple):
    """Processor time in seconds, and the most memory in bytes."""

    worked: float
    peak: int


def scenario_lines(book: Rulebook, folder: Path) -> Iterator[str]:
    """Yield the part of the page about scenario files."""
    cases = coherent(book, few_answers(answers(book, GROWTH[-1] + GROWTH[-1] // 10))).head(GROWTH[-1])
    table, task = folder / "cases.parquet", folder / "task.json"
    cases.head(max(ROWS.values())).write_parquet(table)
    program = compile_rules(book)
    task.write_text(Task(program=program, findings=tuple(book.finding), copies=1).model_dump_json(), "utf-8")
    found = measured(ROWS, task, table, ROUNDS, folder)
    yield "\n## Scenario files\n"
    yield f"Cases with {ANSWERS} answers each. The peers have them in memory, and find only what the rules say without"
    yield "completions. The command reads a YAML file for each case, runs durable-rules and compares the result with a"
    yield "second evaluator, decides by all completions, and writes every finding with its reasons as JSON.\n"
    yield "| | cases a second of processor time |\n|---|---:|"
    for peer, name in PEERS.items():
        yield f"| {name} | {found[peer].worked_rate:,.0f} |"
    write_files(cases, folder / "cases")
    yield f"| reading the files, and nothing else | {_reading_rate(book, folder / 'cases'):,.0f} |"
    costs = {files: _evaluated(folder / "cases", files) for files in GROWTH}
    yield f"| `assistant evaluate` | {GROWTH[-1] / costs[GROWTH[-1]].worked:,.0f} |"
    yield "\nThe whole command, with its start:\n"
    yield "| files | seconds of processor time | files a second | MB |\n|---:|---:|---:|---:|"
    for files, cost in costs.items():
        yield f"| {files:,} | {cost.worked:.1f} | {files / cost.worked:,.0f} | {cost.peak / 1e6:,.0f} |"


def few_answers(cases: polars.DataFrame) -> polars.DataFrame:
    """Return the cases with so few answers as a person gives: others become unknown, at random, always the same."""
    questions = [name for name in cases.columns if name != ID]
    chance = {name: polars.col(ID).hash(seed) for seed, name in enumerate(questions)}
    drawn = cases.select(ID, **chance).unpivot(index=ID, variable_name="question", value_name="chance")
    chosen = drawn.filter(polars.col("chance").rank("ordinal").over(ID) <= ANSWERS)
    chosen = chosen.with_columns(kept=True).pivot("question", index=ID, values="kept")
    wide = cases.select(ID).join(chosen, on=ID, how="left", maintain_order="left")
    return cases.select(
        ID, *(polars.when(wide[name].fill_null(value=False)).then(name).alias(name) for name in questions)
    )


def coherent(book: Rulebook, cases: polars.DataFrame) -> polars.DataFrame:
    """Return the cases whose answers some completion contains."""
    diagram = diagram_of(compile_rules(book))
    known = ({name: value for name, value in row.items() if value is not None} for row in cases.iter_rows(named=True))
    return cases.filter([(diagram.space.answering(row) & diagram.possible).satisfiable() for row in known])


def write_files(cases: polars.DataFrame, folder: Path) -> None:
    """Write a file for each case, in a folder for each step of the growth."""
    for at, row in enumerate(cases.iter_rows(named=True)):
        group = folder / str(next(place for place, most in enumerate(GROWTH) if at < most))
        group.mkdir(parents=True, exist_ok=True)
        said = "".join(
            f"  {name}: {_written(value)}\n" for name, value in row.items() if name != ID and value is not None
        )
        text = f"id: {row[ID]}\nanswers:{'' if said else ' {}'}\n{said}"
        (group / f"{row[ID]}.yaml").write_text(text, "utf-8")


def _written(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool | int) else str(value)


def _reading_rate(book: Rulebook, folder: Path) -> float:
    """Return the files read in a second of processor time."""
    rates = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        files = scenario_files(folder / "1")
        for file in files:
            load_scenarios(file, book)
        rates.append(len(files) / (time.process_time() - begun))
    return statistics.median(rates)


_MEASURED: Final = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
"""
"""Runs a command from a small process: the peak of a process begins with that of the process that started it."""


def _evaluated(folder: Path, files: int) -> Cost:
    """Evaluate the first files in a process, and return what it cost."""
    groups = [str(folder / str(place)) for place, most in enumerate(GROWTH) if most <= files]
    words = [sys.executable, "-m", "assistant", "evaluate", "--json", *groups]
    done = subprocess.run([sys.executable, "-c", _MEASURED, *words], check=True, capture_output=True, text=True)
    code, worked, peak = json.loads(done.stdout)
    if code:
        raise SystemExit(f"a scenario could not be evaluated:\n{done.stderr}")
    return Cost(worked, peak)


def main() -> None:
    """Print the part of the page."""
    book = load_rulebook(default_folder())
    if not isinstance(book, Rulebook):
        raise SystemExit("\n".join(map(str, book)))
    with tempfile.TemporaryDirectory() as name:
        for line in scenario_lines(book, Path(name)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
