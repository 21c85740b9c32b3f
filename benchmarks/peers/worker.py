"""One peer in a process of its own: ``python -m benchmarks.peers.worker PEER TASK TABLE``, which obeys lines of JSON.

``{"prepare": ROWS}`` takes the first rows of the table, ``{"run": true}`` evaluates them, ``{"keep": PATH}`` writes
what the last run found as Parquet. Each is answered with the seconds that it took, in all and of processor time, and
the most memory of the process so far, in bytes.
"""

import gc
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import polars

from benchmarks.peers.task import Task


def peak() -> int:
    """The most memory that the process has had, in bytes."""
    # Not getrusage: its peak begins with that of the process that started this one.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return int(status["VmHWM"].split()[0]) * 1024


def main() -> None:
    """Obeys until there are no more lines."""
    name, task_file, table = sys.argv[1:]
    task = Task.model_validate_json(Path(task_file).read_text("utf-8"))
    peer = importlib.import_module(f"benchmarks.peers.{name}")
    waiting: Any = None
    result: Any = None
    for line in sys.stdin:
        order = json.loads(line)
        if "run" in order:
            result = None  # that of the run before would be taken down within the time of this one
            gc.collect()
        passed, worked = time.perf_counter(), time.process_time()
        if "prepare" in order:
            waiting = peer.ready(task, polars.read_parquet(table, n_rows=order["prepare"]))
        elif "run" in order:
            result = waiting.run()
        else:
            waiting.truths(result).write_parquet(order["keep"])
        told = {"passed": time.perf_counter() - passed, "worked": time.process_time() - worked, "peak": peak()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
