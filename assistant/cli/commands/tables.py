"""``assistant evaluate`` for tables: evaluate one to a stream or a file, or many into a folder."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from assistant.cli.commands.messages import write_messages
from assistant.cli.commands.skipped_files import skipped_with_tables
from assistant.documents.atomic_file import refusal, unwritable
from assistant.documents.problem import Place, Problem
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import ENDINGS as SCENARIOS
from assistant.system.child_process import note_work
from assistant.system.exit_code import BAD_INPUT, DONE, ROWS_REJECTED
from assistant.system.language import _
from assistant.system.output import data_stream
from assistant.tables.evaluation.evaluator import Listener, Progress, Task
from assistant.tables.reading.errors import FileFaultError, Reject, UnwritableError
from assistant.tables.reading.file_types import (
    COLUMN_FORMATS,
    FILE_TYPES,
    LINE_FORMATS,
    RESULT_TYPES,
    is_table,
    spreadsheets_in,
    tables_below,
    tables_in,
)
from assistant.tables.running import overview
from assistant.tables.running.alike import AlikeRejects
from assistant.tables.running.finished import FinishedTables
from assistant.tables.running.many import Folders, TableJob, create_folders, plan_jobs, run_job
from assistant.tables.running.progress import ProgressBar
from assistant.tables.running.quiet import silence_polars
from assistant.tables.running.run import Files, refuse_one_file, rejects_file, run_to_file, run_to_stream

_RESULTS: Final = (*RESULT_TYPES, *overview.FILE_TYPES)
"""Suffixes of files of results."""
_GRAVITY = (DONE, ROWS_REJECTED, BAD_INPUT)
"""Exit codes, the least serious first."""


def evaluate_tables(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Evaluate the given tables and return the exit code."""
    sources = [source for path in options.paths for source in (tables_in(path) if _is_folder(path) else [path])]
    problems = [problem for path in options.paths if (problem := _unsupported_input(path))]
    if problems:
        return _refused(*problems)
    if problem := _check_options(options):
        return _refused(problem)
    many = len(sources) != 1 or options.resume or _is_results_folder(options.output)
    try:
        with silence_polars():
            code = _many(options, rulebook, sources) if many else _one(options, rulebook, sources[0])
    except MemoryError:
        if not options.exact:
            raise
        sys.stderr.write(_("The rulebook is too large for decision diagrams: leave out --exact.") + "\n")
        return BAD_INPUT
    write_messages(skipped_with_tables(options.paths, (options.output, options.rejects)))
    return code


def _problem(path: object, message: str, remedy: str) -> Problem:
    return Problem(place=Place(path=str(path)), message=message, remedy=remedy)


def _is_folder(path: Path) -> bool:
    """Return whether this is a folder of tables; a folder named like a table is reported as an error later."""
    return path.is_dir() and not is_table(path)


def _is_results_folder(output: Path | None) -> bool:
    """Return whether `output` is a directory (existing, or a new name without suffix)."""
    return output is not None and (output.is_dir() or not (output.suffix or output.exists()))


def _unsupported_input(path: Path) -> Problem | None:
    """Return a problem if this is a scenario file, or a folder without tables."""
    if not _is_folder(path):
        remedy = _("Evaluate tables and scenario files one after the other.")
        return _problem(path, _("this is no table."), remedy) if path.suffix.lower() in SCENARIOS else None
    if tables_in(path):
        return None
    remedy = _("The names of tables end in one of {endings}.").format(endings=", ".join(FILE_TYPES))
    if inside := next(tables_below(path), None):
        remedy = _("There are tables in folders inside of it: name these, as in {folder}.").format(folder=inside.parent)
    elif spreadsheets_in(path):
        remedy = _("Save the spreadsheets in it as CSV in UTF-8, with commas.")
    return _problem(path, _("there is no table in this folder."), remedy)


def _check_options(options: argparse.Namespace) -> Problem | None:
    """Return a problem if the options make no sense together, or a name to write to is impossible."""
    for path in filter(None, (options.output, options.rejects)):
        if error := _lookup_error(path):
            return unwritable(path, error)
    if str(options.output) == "-":
        return _problem("-", _("this is no name for a file."), _("Leave --output out: then it is the standard output."))
    form = f".{options.format}" if options.format or not options.output else options.output.suffix.lower()
    if options.explain and form in overview.FILE_TYPES:
        message, remedy = _("figures have no place for explanations."), _("Leave --explain out, or write a table.")
        return _problem(options.output or options.paths[0], message, remedy)
    return None


def _lookup_error(path: Path) -> OSError | None:
    """Return the error of the system if it cannot look for a file of this name, which may be too long."""
    try:
        path.exists()
    except OSError as error:
        return error
    return None


def _check_folders(options: argparse.Namespace, tables: int) -> Problem | None:
    """Return a problem if results or rejected rows of several tables have no folder to go to."""
    if options.output is None or not _can_be_folder(options.output):
        message = _("--resume is for a folder of results.") if tables == 1 else _("several tables do not fit into one.")
        return _problem(options.output or options.paths[0], message, _("Name a folder with --output."))
    if options.rejects and not _can_be_folder(options.rejects):
        remedy = _("Name a folder with {option}.").format(option="--rejects")
        return _problem(options.rejects, _("if results go into a folder, so do the rejected rows."), remedy)
    inputs = [path for path in options.paths if _is_folder(path)]
    for folder in filter(None, (options.output, options.rejects)):
        # The next run would take results for tables.
        if folder.is_dir() and any(path.samefile(folder) for path in inputs):
            return _problem(folder, _("the tables are in this folder."), _("Name another one."))
    return None


def _can_be_folder(path: Path) -> bool:
    """Return whether this is a directory, or a new name without the suffix of a file of results."""
    return path.is_dir() or not (path.exists() or path.suffix.lower() in _RESULTS)


def _check_outputs(options: argparse.Namespace) -> Problem | None:
    """Return a problem if the result or the rejected rows of one table cannot be written where the options say."""
    if options.output is None and f".{options.format}" in COLUMN_FORMATS:
        return _problem(options.format, _("this format needs a file."), _("Name one with --output."))
    if options.format and options.output:
        return _problem(options.output, _("the ending of its name is the format."), _("Leave --format out."))
    problem = check_file(options.output, _RESULTS, overwrite=options.overwrite) if options.output else None
    if options.rejects and not problem:
        problem = check_file(options.rejects, LINE_FORMATS, overwrite=options.overwrite)
    return problem


def check_file(path: Path, file_types: Sequence[str], *, overwrite: bool) -> Problem | None:
    """Return a problem if a file of this name cannot be written, or has none of the suffixes."""
    if path.suffix.lower() not in file_types:
        remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(file_types))
        return _problem(path, _("no format is known by this name."), remedy)
    try:
        return refusal(path, overwrite)
    except (OSError, ValueError) as error:
        return unwritable(path, error)


def _many(options: argparse.Namespace, rulebook: Rulebook, sources: Sequence[Path]) -> int:
    problem = _check_folders(options, len(sources))
    if problem:
        return _refused(problem)
    ending = f".{options.format or 'csv'}"
    folders = Folders(options.output, options.rejects, ending, options.resume, options.overwrite)
    jobs = plan_jobs(sources, folders)
    if isinstance(jobs, Problem):
        return _refused(jobs)
    code = DONE
    try:
        with create_folders(folders):
            finished = FinishedTables(options.output)
            for job in jobs:
                task = Task(job.source, rulebook, explain=options.explain, exact=options.exact)
                code = max(code, _run_job(job, task, folders, finished), key=_GRAVITY.index)
    except UnwritableError as error:
        return _refused(_with_overwrite(error.problem, options))
    except OSError as error:
        return _refused(unwritable(options.output, error))
    return code


def _run_job(job: TableJob, task: Task, folders: Folders, finished: FinishedTables) -> int:
    note_work(str(job.source))
    try:
        with listening(job.source) as listener:
            done = run_job(job, task, folders, listener, finished)
    except FileFaultError as error:
        return _refused(*error.problems)
    return report_rejected(job.source, done, job.rejects)


def _with_overwrite(problem: Problem, options: argparse.Namespace) -> Problem:
    """Add the option --overwrite to the remedy if the problem is that the file exists."""
    exists = unwritable(Path(problem.place.path), FileExistsError())
    if problem != exists or options.overwrite:
        return problem
    return exists.model_copy(update={"remedy": _("Choose another name, or say --overwrite.")})


def _one(options: argparse.Namespace, rulebook: Rulebook, source: Path) -> int:
    problem = _check_outputs(options)
    if problem:
        return _refused(_with_overwrite(problem, options))
    task = Task(source, rulebook, explain=options.explain, exact=options.exact)
    note_work(str(source))
    try:
        with ExitStack() as stack:
            listener = stack.enter_context(listening(source))
            if options.output:
                done = run_to_file(task, listener, Files(options.output, options.rejects, options.overwrite))
            else:
                if options.rejects:
                    refuse_one_file(source, None, options.rejects)
                    rejected = stack.enter_context(rejects_file(options.rejects, overwrite=options.overwrite))
                    listener = listener._replace(rejects=rejected.write)
                done = run_to_stream(task, listener, data_stream(), f".{options.format or 'csv'}")
    except FileFaultError as error:
        return _refused(*error.problems)
    except UnwritableError as error:
        return _refused(_with_overwrite(error.problem, options))
    return report_rejected(source, done, options.rejects)


@contextmanager
def listening(source: Path | str) -> Iterator[Listener]:
    """Report rejected rows on standard error, equal reasons summed up, and progress on a terminal."""
    bar, alike = ProgressBar(sys.stderr), AlikeRejects()

    def report(rejected: Sequence[Reject]) -> None:
        if rejected:
            bar.clear()
        write_messages(f"{source}:{line}" for line in alike.lines(rejected))

    try:
        yield Listener(report, bar)
    finally:
        bar.clear()
        write_messages(f"{source}: {line}" for line in alike.rest())


def report_rejected(source: Path | str, done: Progress, rejected: Path | None) -> int:
    """Write the numbers of empty and of rejected rows, and return the exit code."""
    if done.empty:
        text = _("rows with nothing in any cell, which are no cases: {count}.").format(count=done.empty)
        write_messages([f"{source}: {text}"])
    if not done.rejected:
        return DONE
    text = _("rows not evaluated: {rejected} of {rows}.").format(rejected=done.rejected, rows=done.rows)
    where = " " + _("They stand in {file}, each with the reason.").format(file=rejected) if rejected else ""
    write_messages([f"{source}: {text}{where}"])
    return ROWS_REJECTED


def _refused(*problems: Problem) -> int:
    write_messages(problems)
    return BAD_INPUT
