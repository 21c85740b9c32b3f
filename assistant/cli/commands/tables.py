"""``assistant evaluate`` for tables: evaluate one to a stream or a file, or many into a folder."""

from collections.abc import Sequence
from pathlib import Path

from assistant.cli.commands.skipped_files import skipped_with_tables
from assistant.cli.commands.table_messages import table_messages
from assistant.cli.messages import CommandError, write_messages
from assistant.cli.options import EvaluateOptions
from assistant.documents.atomic_file import unwritable
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import ENDINGS as SCENARIOS
from assistant.system.exit_code import BAD_INPUT, DONE, ROWS_REJECTED
from assistant.system.language import _
from assistant.tables.evaluation.evaluator import Task
from assistant.tables.reading.file_types import (
    COLUMN_FORMATS,
    FILE_TYPES,
    RESULT_TYPES,
    is_table,
    spreadsheets_in,
    tables_below,
    tables_in,
)
from assistant.tables.running import overview
from assistant.tables.running.many import Folders, open_folders, plan_jobs, run_job
from assistant.tables.running.quiet import silence_polars
from assistant.tables.running.run import Files, run_to_file, run_to_output

_CODES_BY_GRAVITY = (DONE, ROWS_REJECTED, BAD_INPUT)
"""Exit codes, the least serious first."""


def evaluate_tables(options: EvaluateOptions, rulebook: Rulebook) -> int:
    """Evaluate the given tables and return the exit code.

    Raises:
        InputError: if there is no table, or no result can be written where the options say.
        CommandError: if the rulebook is too large for exact statuses.
    """
    if problems := [problem for path in options.paths if (problem := _unsupported_input(path))]:
        raise InputError(problems)
    _check_options(options)
    sources = [source for path in options.paths for source in (tables_in(path) if _is_folder(path) else [path])]
    several = len(sources) != 1 or options.resume or _is_results_folder(options.output)
    try:
        with silence_polars():
            code = _many(options, rulebook, sources) if several else _one(options, rulebook, sources[0])
    except MemoryError as error:
        if not options.exact:
            raise
        raise CommandError(_("The rulebook is too large for decision diagrams: leave out --exact.")) from error
    except InputError as error:
        raise InputError(_with_overwrite(problem, options) for problem in error.problems) from error
    write_messages(skipped_with_tables(options.paths, (options.output, options.rejects)))
    return code


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
        return Problem.of_path(path, _("this is no table."), remedy) if path.suffix.lower() in SCENARIOS else None
    if tables_in(path):
        return None
    remedy = _("The names of tables end in one of {endings}.").format(endings=", ".join(FILE_TYPES))
    if inside := next(tables_below(path), None):
        remedy = _("There are tables in folders inside of it: name these, as in {folder}.").format(folder=inside.parent)
    elif spreadsheets_in(path):
        remedy = _("Save the spreadsheets in it as CSV in UTF-8, with commas.")
    return Problem.of_path(path, _("there is no table in this folder."), remedy)


def _check_options(options: EvaluateOptions) -> None:
    """Raise InputError if the options make no sense together, or a name to write to is impossible."""
    for path in filter(None, (options.output, options.rejects)):
        _check_name(path)
    if str(options.output) == "-":
        remedy = _("Leave --output out: then it is the standard output.")
        raise InputError([Problem.of_path("-", _("this is no name for a file."), remedy)])
    file_type = f".{options.format}" if options.format or not options.output else options.output.suffix.lower()
    if options.explain and file_type in overview.FILE_TYPES:
        message, remedy = _("figures have no place for explanations."), _("Leave --explain out, or write a table.")
        raise InputError([Problem.of_path(options.output or options.paths[0], message, remedy)])


def _check_name(path: Path) -> None:
    """Raise InputError if the system cannot look for a file of this name, which may be too long."""
    try:
        path.exists()
    except OSError as error:
        raise InputError([unwritable(path, error)]) from error


def _with_overwrite(problem: Problem, options: EvaluateOptions) -> Problem:
    """Add the option --overwrite to the remedy if the problem is that the file exists."""
    if options.overwrite or problem != unwritable(Path(problem.place.path), FileExistsError()):
        return problem
    return problem.replacing(remedy=_("Choose another name, or say --overwrite."))


def _many(options: EvaluateOptions, rulebook: Rulebook, sources: Sequence[Path]) -> int:
    output = _results_folder(options, len(sources))
    folders = Folders(output, options.rejects, f".{options.format or 'csv'}", options.resume, options.overwrite)
    jobs = plan_jobs(sources, folders)
    code = DONE
    with open_folders(folders) as finished:
        for job in jobs:
            task = Task(job.source, rulebook, explain=options.explain, exact=options.exact)
            with table_messages(job.source, job.rejects) as run:
                run.done = run_job(job, task, folders, finished, run.listener)
            code = max(code, run.code, key=_CODES_BY_GRAVITY.index)
    return code


def _results_folder(options: EvaluateOptions, tables: int) -> Path:
    """Return the folder for results.

    Raises:
        InputError: if results or rejected rows of several tables have no folder to go to.
    """
    if options.output is None or not _can_be_folder(options.output):
        message = _("--resume is for a folder of results.") if tables == 1 else _("several tables do not fit into one.")
        problem = Problem.of_path(options.output or options.paths[0], message, _("Name a folder with --output."))
        raise InputError([problem])
    if options.rejects and not _can_be_folder(options.rejects):
        message = _("if results go into a folder, so do the rejected rows.")
        remedy = _("Name a folder with {option}.").format(option="--rejects")
        raise InputError([Problem.of_path(options.rejects, message, remedy)])
    inputs = [path for path in options.paths if _is_folder(path)]
    for folder in filter(None, (options.output, options.rejects)):
        # The next run would take results for tables.
        if folder.is_dir() and any(path.samefile(folder) for path in inputs):
            raise InputError([Problem.of_path(folder, _("the tables are in this folder."), _("Name another one."))])
    return options.output


def _can_be_folder(path: Path) -> bool:
    """Return whether this is a directory, or a new name without the suffix of a file of results."""
    return path.is_dir() or not (path.exists() or path.suffix.lower() in (*RESULT_TYPES, *overview.FILE_TYPES))


def _one(options: EvaluateOptions, rulebook: Rulebook, source: Path) -> int:
    task = Task(source, rulebook, explain=options.explain, exact=options.exact)
    file_type = f".{options.format or 'csv'}"
    if options.output and options.format:
        message, remedy = _("the ending of its name is the format."), _("Leave --format out.")
        raise InputError([Problem.of_path(options.output, message, remedy)])
    if not options.output and file_type in COLUMN_FORMATS:
        remedy = _("Name one with --output.")
        raise InputError([Problem.of_path(options.format, _("this format needs a file."), remedy)])
    with table_messages(source, options.rejects) as run:
        if options.output:
            files = Files(options.output, options.rejects, options.overwrite)
            run.done = run_to_file(task, run.listener, files)
        else:
            run.done = run_to_output(task, run.listener, file_type, options.rejects, overwrite=options.overwrite)
    return run.code
