"""Damaged Parquet and Arrow files, and what the program may say of them.

Of a sound table of ``ROWS`` rows, each damaged copy is either refused (exit code 2 and a message), or all its rows are
accounted for, as evaluated or as rejected (exit code 0 or 3). What no format can notice, a changed value, is allowed.
"""

import contextlib
import datetime
import io
import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import polars

from assistant.cli import main
from assistant.system.core_dump import forbid_core_dumps
from tests.support.project import ROOT, SOUND

ROWS: Final = 300
CODECS: Final = ("uncompressed", "snappy", "zstd", "gzip", "lz4", "brotli")
PACKED: Final = ("uncompressed", "lz4", "zstd")


class Damage(NamedTuple):
    """A damaged copy: of which sample, what was done to it, and its bytes."""

    seed: int
    sample: str
    content: bytes

    @property
    def name(self) -> str:
        return f"{self.seed}.{self.sample.rpartition('.')[2]}"


@cache
def samples() -> dict[str, bytes]:
    """Sound tables of every kind, by names whose endings are those of their formats."""
    frame = polars.DataFrame(
        {
            "id": [f"case-{row}" for row in range(ROWS)],
            "left": [row % 3 == 0 if row % 7 else None for row in range(ROWS)],
            "days": [row % 20 for row in range(ROWS)],
            "place": ["russia" if row % 2 else "unknown" for row in range(ROWS)],
            "day": [datetime.date(2022, 3, 1) + datetime.timedelta(row) if row % 5 else None for row in range(ROWS)],
        }
    )
    words = frame.with_columns(polars.col("place").cast(polars.Categorical))
    found: dict[str, bytes] = {}
    for codec in CODECS:
        frame.write_parquet(whole := io.BytesIO(), compression=codec)
        frame.write_parquet(parts := io.BytesIO(), compression=codec, row_group_size=100, data_page_size=200)
        found |= {f"{codec}.parquet": whole.getvalue(), f"{codec} in parts.parquet": parts.getvalue()}
    for packed in PACKED:
        for table, kind in ((frame, ""), (words, " with a dictionary")):
            table.write_ipc(file := io.BytesIO(), compression=packed)
            found[f"{packed}{kind}.arrow"] = file.getvalue()
        frame.write_ipc(file := io.BytesIO(), compression=packed, record_batch_size=100)
        found[f"{packed} in parts.arrow"] = file.getvalue()
        frame.write_ipc(file := io.BytesIO(), compression=packed, compat_level=polars.CompatLevel.oldest())
        found[f"{packed} of old.arrow"] = file.getvalue()
    return found


def damage(seed: int) -> Damage:
    """A damaged copy of a sample: bits, bytes, a cut, or zeros; often near the end, where the footers are."""
    chance = random.Random(seed)
    sample = chance.choice([*samples()])
    content = bytearray(samples()[sample])

    def place() -> int:
        anywhere, near_the_end = chance.randrange(len(content)), len(content) - 1 - int(chance.expovariate(1 / 500))
        return anywhere if chance.random() < 0.5 else max(0, near_the_end)

    match chance.choice(("bit", "bits", "byte", "cut", "gap", "zeros")):
        case "bit":
            content[place()] ^= 1 << chance.randrange(8)
        case "bits":
            for _bit in range(chance.randint(2, 5)):
                content[place()] ^= 1 << chance.randrange(8)
        case "byte":
            content[place()] = chance.randrange(256)
        case "cut":
            del content[place() :]
        case "gap":
            at = place()
            del content[at : at + chance.randint(1, 64)]
        case _:
            at, length = place(), chance.randint(1, 64)
            content[at : at + length] = bytes(len(content[at : at + length]))
    return Damage(seed, sample, bytes(content))


class Told(NamedTuple):
    """What came of a table: the exit code, or below 0 the signal; how many rows are accounted for; what was told."""

    code: int
    rows: int
    told: str


def _words(folder: Path, table: Path) -> list[str]:
    out, rejects = folder / "out.ndjson", folder / "rejects.ndjson"
    words = ["evaluate", "--lang", "en", "--rulebook", SOUND, table, "--output", out, "--rejects", rejects]
    return [*map(str, words), "--overwrite"]


def _told(folder: Path, code: int, told: str) -> Told:
    written = [folder / "out.ndjson", folder / "rejects.ndjson"]
    rows = sum(len(path.read_bytes().splitlines()) for path in written if path.exists())
    for path in written:
        path.unlink(missing_ok=True)
    return Told(code, rows, told)


def by_the_program(folder: Path, table: Path) -> Told:
    """What the program itself says of a table."""
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", *_words(folder, table)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return _told(folder, ran.returncode, ran.stdout + ran.stderr)


def fault_in(folder: Path, told: Told, table: Path) -> str | None:
    """What is wrong with what was said of a damaged table, after which there is nothing else in the folder."""
    left = sorted(path.name for path in folder.iterdir() if path != table)
    if left:
        return f"left: {left}"
    if told.code in {0, 3}:
        return None if told.rows == ROWS else f"exit code {told.code} with {told.rows} rows"
    if told.code != 2 or told.rows:
        return f"exit code {told.code} with {told.rows} rows: {told.told}"
    lines = told.told.splitlines()
    message = bool(lines) and all(line.startswith(f"{table}:") for line in lines)
    return None if message else f"not a message: {told.told}"


def faults(folder: Path, seeds: range) -> Iterator[str]:
    """Every fault in what is said of damaged tables.

    A long-lived process evaluates one after the other; where it crashes, the program itself says what it has to say.
    """
    while seeds:
        words = [folder, seeds.start, seeds.stop, seeds.step]
        worker = subprocess.run(
            [sys.executable, "-m", "tests.support.damaged_tables", *map(str, words)],
            check=False,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        results = [json.loads(line) for line in worker.stdout.splitlines()]
        yield from filter(None, results)
        seeds = seeds[len(results) :]
        if seeds:
            assert worker.returncode < 0, "the worker stopped"
            yield from by_the_program_of(folder, seeds[:1])
            seeds = seeds[1:]


def by_the_program_of(folder: Path, seeds: Iterable[int]) -> Iterator[str]:
    """Every fault in what the program itself says of damaged tables."""
    for seed in seeds:
        one = damage(seed)
        table = folder / one.name
        for path in folder.iterdir():  # what a worker that crashed could not remove
            path.unlink()
        table.write_bytes(one.content)
        if fault := fault_in(folder, by_the_program(folder, table), table):
            yield f"seed {seed}: {fault}"
        table.unlink()


def _evaluate(folder: Path, seeds: range) -> None:
    """Print a line in JSON for every damaged table: its fault, or null."""
    for seed in seeds:
        one = damage(seed)
        table = folder / one.name
        table.write_bytes(one.content)
        out, told = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
            code = main(_words(folder, table))
        fault = fault_in(folder, _told(folder, code, out.getvalue() + told.getvalue()), table)
        table.unlink()
        sys.stdout.write(json.dumps(fault and f"seed {seed}: {fault}") + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    forbid_core_dumps()
    _evaluate(Path(sys.argv[1]), range(*map(int, sys.argv[2:])))
