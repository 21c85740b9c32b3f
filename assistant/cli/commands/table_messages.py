"""The messages and the progress on standard error while a table is evaluated."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.cli.messages import write_messages
from assistant.documents.problem import Problems
from assistant.system.child_process import note_work
from assistant.system.exit_code import BAD_INPUT, DONE, ROWS_REJECTED
from assistant.system.language import _
from assistant.system.progress import ProgressBar
from assistant.tables.evaluation.evaluator import Listener, Progress
from assistant.tables.reading.errors import Reject, TableError
from assistant.tables.running.reject_summary import RejectSummary


@dataclass
class TableRun:
    """The evaluation of a table: who listens to it, how far it came, and the exit code."""

    listener: Listener
    done: Progress = field(default_factory=Progress)
    code: int = DONE


@contextmanager
def table_messages(source: Path | str, rejects: Path | None) -> Iterator[TableRun]:
    """Report on the table that the block evaluates: rejected rows, equal reasons summed up; then ``done``, or why not.

    ``rejects``: the file for the rejected rows, if there is one.
    """
    note_work(str(source))
    bar = ProgressBar(sys.stderr, _("{count} rows · {rate} a second · {remaining} left"))
    alike = RejectSummary()

    def report(rejected: Sequence[Reject]) -> None:
        if rejected:
            bar.clear()
        write_messages(f"{source}:{line}" for line in alike.lines(rejected))

    run = TableRun(Listener(report, lambda progress: bar(progress.rows, progress.done)))
    problems: Problems = ()
    try:
        yield run
    except TableError as error:
        run.code, problems = BAD_INPUT, error.problems
    finally:
        bar.clear()
        write_messages(f"{source}: {line}" for line in alike.rest())
    write_messages(problems)
    if run.code == DONE and not run.done.rows:
        text = _("there is no case in this table.")
        write_messages([f"{source}: {text}"])
    if run.done.empty:
        text = _("rows with nothing in any cell, which are no cases: {count}.").format(count=run.done.empty)
        write_messages([f"{source}: {text}"])
    if run.done.rejected:
        run.code = ROWS_REJECTED
        text = _("rows not evaluated: {rejected} of {rows}.").format(rejected=run.done.rejected, rows=run.done.rows)
        where = " " + _("They are in {file}, each with its reason.").format(file=rejects) if rejects else ""
        write_messages([f"{source}: {text}{where}"])
