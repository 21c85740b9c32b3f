"""A plain Python function, generated from the rules: what somebody would write who needs no engine."""

from collections.abc import Callable
from typing import Any, TypeAlias

import polars

from assistant.rulebook.program import Program
from benchmarks.peers.rails import Language, Rails, compiled
from benchmarks.peers.task import CONTRADICTORY, Ready, Task, as_numbers

PYTHON = Language(Rails("True", "False"), null="None", equals="is", differs="is not", negation="not ")

Row: TypeAlias = tuple[bool | None, ...]


def ready(task: Task, answers: polars.DataFrame) -> Ready:
    """Rows as tuples, which Python hands on fastest."""
    rows = as_numbers(answers.select("id", *task.program.questions)).rows()
    assess = _function(task.program, task.findings)

    def run() -> list[Row]:
        return [assess(*row) for row in rows]

    def truths(result: list[Row]) -> polars.DataFrame:
        columns = dict.fromkeys([CONTRADICTORY, *task.findings], polars.Boolean)
        return polars.DataFrame(result, schema=columns, orient="row")

    return Ready(run, truths)


def _function(program: Program, findings: tuple[str, ...]) -> Callable[..., Row]:
    found = compiled(program, PYTHON)
    asked = ", ".join(f"q{at}" for at in range(len(program.questions)))
    rails = [found.rails[finding] for finding in findings]
    results = [f"True if {each.true} else False if {each.false} else None" for each in rails]
    lines = [
        f"def assess({asked}):",
        *(f"    {step.name} = {step.term}" for step in found.steps),
        f"    return ({', '.join([found.contradictory, *results])})",
    ]
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)  # noqa: S102 - our own text
    made: Callable[..., Row] = names["assess"]
    return made
