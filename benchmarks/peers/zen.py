"""zen-engine: a decision graph with one node of expressions, as its editor would write it, and its batch call.

The batch call is several times faster than evaluating row by row, which is why it is what is timed.
"""

from typing import Any, TypeAlias

import polars
from zen import ZenEngine

from assistant.rulebook.program import Program
from benchmarks.peers.rails import Language, Rails, Step, compiled
from benchmarks.peers.task import CONTRADICTORY, Ready, Task, as_numbers

ZEN = Language(Rails("true", "false"), null="null", equals="==", differs="!=", negation="not ", variable="$.")

Row: TypeAlias = dict[str, Any]


def ready(task: Task, answers: polars.DataFrame) -> Ready:
    """Rows as dictionaries, which is what the engine takes."""
    requests = [{"key": "rules", "context": row} for row in contexts(task.program, answers)]
    engine = ZenEngine({"loader": {"type": "static", "content": {"rules": graph(task.program)}}})

    def run() -> list[Row]:
        found: list[Row] = engine.evaluate_batch(requests)
        return found

    return Ready(run, lambda result: truths(task, [row["data"]["result"] for row in result]))


def truths(task: Task, found: list[Row]) -> polars.DataFrame:
    """What was found, as every peer tells it."""
    rails = compiled(task.program, ZEN._replace(variable="")).rails
    columns: dict[str, list[bool | None]] = {CONTRADICTORY: [row[CONTRADICTORY] for row in found]}
    for finding in task.findings:
        true, false = rails[finding]
        columns[finding] = [True if row[true] else False if row[false] else None for row in found]
    return polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.Boolean))


def contexts(program: Program, answers: polars.DataFrame) -> list[Row]:
    """The rows under names that its language can tell from a subtraction: ids have hyphens."""
    names = {question: f"q{at}" for at, question in enumerate(program.questions)}
    return as_numbers(answers.select("id", *names)).rename(names).to_dicts()


def graph(program: Program) -> Row:
    """The program as a decision graph in the JSON Decision Model."""
    found = compiled(program, ZEN)
    steps = [*found.steps, Step(CONTRADICTORY, found.contradictory)]
    expressions = [{"id": step.name, "key": step.name, "value": step.term} for step in steps]
    at = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": at},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "rules",
                "position": at,
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": at},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }
