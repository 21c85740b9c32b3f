"""Tables through the engine of conversations, row by row: slow, and the measure of the fast one."""

from typing import Any

import polars

from assistant.assessment import Assessor
from assistant.rulebook import Rulebook
from assistant.table.columns import CITATIONS, CONTRADICTIONS, ID, OPEN_RULES, RULES, output_schema


def evaluated(rulebook: Rulebook, frame: polars.LazyFrame, *, explain: bool, exact: bool = True) -> polars.LazyFrame:
    """The statuses of every row."""
    del exact
    assessor = Assessor(rulebook)
    rows: list[dict[str, Any]] = []
    for row in frame.collect().iter_rows(named=True):
        answers = {name: value for name, value in row.items() if name != ID and value is not None}
        assessment = assessor.assess(answers)
        statuses = {found.finding: found.status.value for found in assessment.findings}
        told = {ID: row[ID], CONTRADICTIONS: " ".join(assessment.contradictions) or None, **statuses}
        rows.append({**told, **(dict.fromkeys((RULES, OPEN_RULES, CITATIONS), "") if explain else {})})
    return polars.LazyFrame(rows, schema=output_schema(rulebook, explain=explain))
