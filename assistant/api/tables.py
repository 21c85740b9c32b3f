"""A table of cases: row after row, or into a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.assessment.assessment import Status
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.model import Rulebook
from assistant.system.language import _, speaking

if TYPE_CHECKING:
    from assistant.tables.evaluation.evaluator import Progress, Task
    from assistant.tables.reading.errors import Reject


@dataclass(frozen=True, slots=True)
class EvaluatedRow:
    """A row that is evaluated: its id, and the status of every finding.

    With ``explain=True`` also the ids of the rules that hold, of those that may yet hold, and of what the first cite
    (``uk332_1(qualifies)`` where it does not support); else these are empty.
    """

    id: str
    statuses: Mapping[str, Status]
    rules: tuple[str, ...] = ()
    open_rules: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is rejected; ``column`` is empty where no one column is to blame. It never repeats a cell."""

    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem in one line."""
        return " ".join(filter(None, (self.column and f"{self.column}:", self.message, self.remedy)))


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is not evaluated, and every reason why.

    ``row`` is the line in a text file where it begins, and its number from 1 in any other. ``original`` is the row as
    it was written, answers included: guard it as you guard the table.
    """

    row: int
    problems: tuple[RowProblem, ...]
    original: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TableSummary:
    """The numbers of rows of a table whose statuses were written to a file.

    ``rows`` are all rows but the ``empty`` ones, whose cells are all empty; ``rejected`` of these were not evaluated.
    ``rejects`` has the rejected rows, unless they were written to a file.
    """

    rows: int
    rejected: int
    empty: int
    rejects: tuple[RejectedRow, ...]


class TableEvaluation:
    """A table to evaluate. It is read again each time that it is looped over or written."""

    def __init__(self, task: Task) -> None:
        """Keep the table and the rules."""
        self._task = task

    def __iter__(self) -> Iterator[EvaluatedRow | RejectedRow]:
        """Yield every row that is a case, either evaluated or rejected, a few thousand rows in memory at a time.

        Both kinds come in the order of the table; a rejected row may come before evaluated rows that are above it.

        Raises:
            InputError: if the table cannot be evaluated as a whole; perhaps only after some rows.
            MemoryError: if exact statuses are asked for, and the rulebook is too large for them.
        """
        from assistant.tables.evaluation.evaluator import Listener, evaluate_in_parts

        rejects: list[Reject] = []
        parts = evaluate_in_parts(self._task, Listener(rejects.extend, _ignore))
        while True:
            with speaking(self._task.rulebook.language):  # not around a yield: the caller may speak another language
                part = next(parts, None)
            yield from map(_rejected_row, rejects)
            rejects.clear()
            if part is None:
                return
            for row in part.iter_rows(named=True):
                yield _evaluated_row(row, self._task.explain)

    def write(
        self, output: str | os.PathLike[str], *, rejects: str | os.PathLike[str] | None = None, overwrite: bool = False
    ) -> TableSummary:
        """Write the statuses to a file, whole or not at all, and perhaps the rejected rows to another.

        The ending of ``output`` is the format: ``.csv``, ``.tsv``, ``.ndjson``, ``.jsonl``, ``.parquet``, ``.arrow``,
        ``.ipc`` or ``.feather`` for rows, ``.md`` or ``.html`` for figures; that of ``rejects`` is ``.csv``, ``.tsv``,
        ``.ndjson`` or ``.jsonl``. Only the owner of the files can read them. None is encrypted.

        Raises:
            InputError: if the table cannot be evaluated, or a file cannot be written or is there already.
            MemoryError: if exact statuses are asked for, and the rulebook is too large for them.
            KeyboardInterrupt: if the user asks to stop. In all these cases the files are as they were before.
        """
        from assistant.tables.evaluation.evaluator import Listener
        from assistant.tables.running.overview import FILE_TYPES
        from assistant.tables.running.run import Files, run_to_file

        target = Path(output)
        files = Files(target, None if rejects is None else Path(rejects), overwrite)
        rejected: list[RejectedRow] = []

        def add(rows: Sequence[Reject]) -> None:
            rejected.extend(map(_rejected_row, rows))

        with speaking(self._task.rulebook.language):
            if self._task.explain and target.suffix.lower() in FILE_TYPES:
                message = _("figures have no place for explanations.")
                raise InputError([Problem.of_path(target, message)])
            done = run_to_file(self._task, Listener(add, _ignore), files)
        return TableSummary(rows=done.rows, rejected=done.rejected, empty=done.empty, rejects=tuple(rejected))


def evaluate_table(
    table: str | os.PathLike[str], rulebook: Rulebook, *, explain: bool = False, exact: bool = False
) -> TableEvaluation:
    r"""Return the evaluation of a table of cases: go through its rows, or write it to a file.

    The ending of the table's name is its format; ``docs/tables.md`` says what it may contain. Nothing is read before
    the result is used.

    ``explain``: also say which rules hold and what they cite. ``exact``: decide by all ways to complete the answers, as
    an assessment of one case does; this takes longer. Without it a finding may be *possible* although every completion
    agrees.

    Raises:
        InputError: if a question or a finding of the rulebook has the name of another column, such as ``id``.

    >>> from pathlib import Path
    >>> from assistant import load_rulebook
    >>> _ = Path("cases.csv").write_text("id,refusal,arms_handed_in\nA,oral,true\nB,perhaps,false\n")
    >>> for row in evaluate_table("cases.csv", load_rulebook().or_raise()):
    ...     match row:
    ...         case EvaluatedRow(id, statuses):
    ...             print(id, len(statuses))
    ...         case RejectedRow(line, problems):
    ...             print(f"line {line}:", *problems)
    line 3: refusal: this is not an option of 'refusal'. Known: considering, none, oral, silent, written.
    A ...
    """
    from assistant.tables.column_names import check_ids
    from assistant.tables.evaluation.evaluator import Task

    check_ids(rulebook)
    return TableEvaluation(Task(Path(table), rulebook, explain=explain, exact=exact))


def _ignore(_progress: Progress) -> None:
    """Ignore the progress."""


def _rejected_row(reject: Reject) -> RejectedRow:
    problems = tuple(RowProblem(*reason) for reason in reject.reasons)
    return RejectedRow(row=reject.row, problems=problems, original=reject.original)


def _evaluated_row(row: dict[str, Any], explain: bool) -> EvaluatedRow:
    from assistant.tables.column_names import CITATIONS, ID, OPEN_RULES, RULES

    identifier = row.pop(ID)
    explanation = [tuple(row.pop(name).split()) for name in (RULES, OPEN_RULES, CITATIONS)] if explain else []
    return EvaluatedRow(identifier, {finding: Status(status) for finding, status in row.items()}, *explanation)
