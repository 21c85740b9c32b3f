"""Measures peers in turns: each round asks every one of them, so that a busy minute of the machine meets them all."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars

OURS: Final = "table_engine"
OUR_PYTHON: Final = frozenset({OURS, "durable_rules"})
"""The peers that run in our own environment."""
PEERS_PYTHON: Final = Path(sys.prefix) / "peers" / "bin" / "python"
"""Made by ``make bench``."""


class Took(NamedTuple):
    """Seconds in all, seconds of processor time, and the most memory of the process so far, in bytes."""

    passed: float
    worked: float
    peak: int


class Worker:
    """A peer's process, which waits while others work."""

    def __init__(self, peer: str, task: Path, table: Path, rows: int) -> None:
        self.peer, self.rows = peer, rows
        python = sys.executable if peer in OUR_PYTHON else str(PEERS_PYTHON)
        words = [python, "-m", "benchmarks.peers.worker", peer, str(task), str(table)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves

    def end(self) -> None:
        """Lets the process go."""
        self._process.communicate()

    def prepare(self) -> Took:
        """Reads the rows, and brings them into the peer's own form."""
        return self._told(prepare=self.rows)

    def run(self) -> Took:
        """Evaluates the rows."""
        return self._told(run=True)

    def keep(self, target: Path) -> Took:
        """Writes what the last run found."""
        return self._told(keep=str(target))

    def _told(self, **order: Any) -> Took:
        sent, received = self._process.stdin, self._process.stdout
        if sent is None or received is None:
            raise ValueError(self.peer)
        sent.write(json.dumps(order) + "\n")
        sent.flush()
        line = received.readline()
        if not line:
            raise SystemExit(f"{self.peer} ended with an error.")
        return Took(**json.loads(line))


class Measured(NamedTuple):
    """What the rounds found of one peer: runs in memory, reading before, and writing after."""

    peer: str
    rows: int
    runs: list[Took]
    prepared: list[Took]
    kept: list[Took]

    @property
    def seconds(self) -> list[float]:
        """Of each run, a row."""
        return [took.passed / self.rows for took in self.runs]

    @property
    def rate(self) -> float:
        """Rows a second; the median."""
        return 1 / statistics.median(self.seconds)

    @property
    def worked_rate(self) -> float:
        """Rows a second of processor time; the median."""
        return self.rows / statistics.median(took.worked for took in self.runs)

    @property
    def file_rate(self) -> float:
        """Rows a second from file to file, by reading, running and writing one after another."""
        whole = [sum(each.passed for each in parts) for parts in zip(self.prepared, self.runs, self.kept, strict=True)]
        return self.rows / statistics.median(whole)

    @property
    def peak(self) -> int:
        """The most memory, in bytes."""
        return max(took.peak for took in [*self.prepared, *self.runs])

    def times_slower(self, than: "Measured") -> float:
        """How many times as long a row takes; the median of the rounds."""
        return statistics.median(a / b for a, b in zip(self.seconds, than.seconds, strict=True))


def measured(rows: dict[str, int], task: Path, table: Path, rounds: int, folder: Path) -> dict[str, Measured]:
    """The peers with so many rows each, in turns.

    Raises SystemExit if one of them finds another truth than ours in any row.
    """
    found = {peer: Measured(peer, many, [], [], []) for peer, many in rows.items()}
    workers = [Worker(peer, task, table, many) for peer, many in rows.items()]
    try:
        results = {worker.peer: _first(worker, folder) for worker in workers}
        for peer, result in results.items():
            compare(peer, result, results[OURS])
        for _round in range(rounds):
            for worker in workers:
                found[worker.peer].prepared.append(worker.prepare())
                found[worker.peer].runs.append(worker.run())
                found[worker.peer].kept.append(worker.keep(folder / f"{worker.peer}.parquet"))
    finally:
        for worker in workers:
            worker.end()
    return found


def compare(peer: str, theirs: polars.DataFrame, ours: polars.DataFrame) -> None:
    """Ends everything if results differ, be it in one row of one finding."""
    many = min(len(theirs), len(ours))
    left, right = theirs.head(many).select(ours.columns), ours.head(many)
    if not left.equals(right):
        different = [name for name in ours.columns if not left[name].equals(right[name])]
        raise SystemExit(f"{peer} finds something else than the table engine: {', '.join(different)}")


def _first(worker: Worker, folder: Path) -> polars.DataFrame:
    worker.prepare()
    worker.run()
    target = folder / f"{worker.peer}.parquet"
    worker.keep(target)
    return polars.read_parquet(target)


def spread(values: Sequence[float]) -> str:
    """The lowest and the highest, as shares of the median."""
    middle = statistics.median(values)
    return f"{min(values) / middle:.2f}–{max(values) / middle:.2f}"
