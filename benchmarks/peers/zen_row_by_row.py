"""zen-engine once more, by the call that evaluates one row: what most programs that embed it do."""

import json

import polars
from zen import ZenEngine

from benchmarks.peers import zen
from benchmarks.peers.task import Ready, Task


def ready(task: Task, answers: polars.DataFrame) -> Ready:
    """Rows as dictionaries, and one decision for all."""
    rows = zen.contexts(task.program, answers)
    decision = ZenEngine().create_decision(json.dumps(zen.graph(task.program)))

    def run() -> list[zen.Row]:
        return [decision.evaluate(row) for row in rows]

    return Ready(run, lambda result: zen.truths(task, [row["result"] for row in result]))
