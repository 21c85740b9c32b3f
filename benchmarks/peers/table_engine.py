"""Our own engine of tables, with rows in memory as every peer has them."""

import polars

from assistant.assessment.assessment import Status
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.tables.column_names import CONTRADICTIONS
from assistant.tables.evaluation.engine import TableEngine
from benchmarks.peers.task import CONTRADICTORY, Ready, Task
from benchmarks.tables import multiplied


def ready(task: Task, answers: polars.DataFrame) -> Ready:
    """Rows as columns."""
    book = load_rulebook(default_folder())
    if not isinstance(book, Rulebook):
        raise SystemExit("\n".join(map(str, book)))
    engine = TableEngine(multiplied(book, task.copies) if task.copies > 1 else book)

    def run() -> polars.DataFrame:
        return engine.evaluate(answers.lazy()).collect(engine="streaming")

    def truths(result: polars.DataFrame) -> polars.DataFrame:
        def known(finding: str) -> polars.Expr:
            word = polars.col(finding).cast(polars.String)
            open_or_not = polars.when(word == Status.ESTABLISHED.value).then(True).when(word == Status.EXCLUDED.value)
            return open_or_not.then(False).alias(finding)

        contradictory = polars.col(CONTRADICTIONS).is_not_null().alias(CONTRADICTORY)
        return result.select(contradictory, *map(known, task.findings))

    return Ready(run, truths)
