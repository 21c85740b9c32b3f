"""``assistant evaluate`` for tables: one to a stream or a file, or many into a folder."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

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
from assistant.tables.reading.file_types import FILE_TYPES, is_table, spreadsheets_in, tables_below, tables_in
from assistant.tables.running import overview, rejects
from assistant.tables.running import writer as writing
from assistant.tables.running.alike import AlikeRejects
from assistant.tables.running.finished import FinishedTables
from assistant.tables.running.many import Folders, TableJob, create_folders, plan_jobs, run_job
from assistant.tables.running.progress import ProgressBar
from assistant.tables.running.quiet import silence_polars
from assistant.tables.running.run import Files, refuse_one_file, rejects_file, run_to_file, run_to_stream


def evaluate_tables(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Evaluates the tables that are named, and returns the exit code."""
    sources = [source for path in options.paths for source in _tables(path)]
    strange = [problem for path in options.paths if (problem := _without_tables(path))]
    if strange:
        return _refused(*strange)
    problem = _beside_the_point(options)
    if problem:
        return _refused(problem)
    many = len(sources) != 1 or options.resume or _is_for_results(options.output)
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


def _beside_the_point(options: argparse.Namespace) -> Problem | None:
    """What is asked for in vain."""
    for path in filter(None, (options.output, options.rejects)):
        if reason := _impossible(path):
            return unwritable(path, reason)
    if str(options.output) == "-":
        message, remedy = _("this is no name for a file."), _("Leave --output out: then it is the standard output.")
        return Problem(place=Place(path="-"), message=message, remedy=remedy)
    form = f".{options.format}" if options.format or not options.output else options.output.suffix.lower()
    if options.explain and form in overview.FILE_TYPES:
        message, remedy = _("figures have no place for explanations."), _("Leave --explain out, or write a table.")
        return Problem(place=Place(path=str(options.output or options.paths[0])), message=message, remedy=remedy)
    return None


def _impossible(path: Path) -> OSError | None:
    """Why there can be no file of this name, or none that can be looked for."""
    try:
        path.exists()
    except OSError as error:
        return error
    return None


def _is_for_results(output: Path | None) -> bool:
    """Whether this is the folder for results, even for one; what has no ending is one, unless there is such a file."""
    return output is not None and (output.is_dir() or not (output.suffix or output.exists()))


def _tables(path: Path) -> Sequence[Path]:
    """The table itself, or those in a folder."""
    return tables_in(path) if _is_folder(path) else [path]


def _is_folder(path: Path) -> bool:
    """Whether the tables are in this; a folder that is called like a table will be told."""
    return path.is_dir() and not is_table(path)


def _without_tables(path: Path) -> Problem | None:
    """Why there is no table of this name, or in the folder of this name."""
    place = Place(path=str(path))
    if not _is_folder(path):
        remedy = _("Evaluate tables and scenario files one after the other.")
        is_scenario = path.suffix.lower() in SCENARIOS
        return Problem(place=place, message=_("this is no table."), remedy=remedy) if is_scenario else None
    if tables_in(path):
        return None
    remedy = _("The names of tables end in one of {endings}.").format(endings=", ".join(FILE_TYPES))
    if inside := next(tables_below(path), None):
        remedy = _("There are tables in folders inside of it: name these, as in {folder}.").format(folder=inside.parent)
    elif spreadsheets_in(path):
        remedy = _("Save the spreadsheets in it as CSV in UTF-8, with commas.")
    return Problem(place=place, message=_("there is no table in this folder."), remedy=remedy)


def _is_among(folder: Path, paths: Sequence[Path]) -> bool:
    return folder.is_dir() and any(_is_folder(path) and path.samefile(folder) for path in paths)


def _no_folder(options: argparse.Namespace, tables: int) -> Problem | None:
    """Why results and rejected rows have no folders to go into."""
    message, remedy = _("several tables do not fit into one."), _("Name a folder with --output.")
    if tables == 1:
        message = _("--resume is for a folder of results.")
    if options.output is None or not _can_be_folder(options.output):
        return Problem(place=Place(path=str(options.output or options.paths[0])), message=message, remedy=remedy)
    if options.rejects and not _can_be_folder(options.rejects):
        message = _("if results go into a folder, so do the rejected rows.")
        remedy = _("Name a folder with {option}.").format(option="--rejects")
        return Problem(place=Place(path=str(options.rejects)), message=message, remedy=remedy)
    return None


def _can_be_folder(path: Path) -> bool:
    """Whether it is one, or there is nothing yet of a name that is not that of a file."""
    return path.is_dir() or not (path.exists() or path.suffix.lower() in {*writing.FORMATS, *overview.FILE_TYPES})


def _many(options: argparse.Namespace, rulebook: Rulebook, sources: Sequence[Path]) -> int:
    problem = _no_folder(options, len(sources))
    if problem:
        return _refused(problem)
    crowded = next(
        (path for path in (options.output, options.rejects) if path and _is_among(path, options.paths)), None
    )
    if crowded is not None:  # the next time, results would be taken for tables
        message, remedy = _("the tables are in this folder."), _("Name another one.")
        return _refused(Problem(place=Place(path=str(crowded)), message=message, remedy=remedy))
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
    """The same, but it is also told how a file that is there already can be written over."""
    taken = unwritable(Path(problem.place.path), FileExistsError())
    if problem != taken or options.overwrite:
        return problem
    return taken.model_copy(update={"remedy": _("Choose another name, or say --overwrite.")})


def _one(options: argparse.Namespace, rulebook: Rulebook, source: Path) -> int:
    problem = _misnamed(options)
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


_GRAVITY = (DONE, ROWS_REJECTED, BAD_INPUT)


@contextmanager
def listening(source: Path | str) -> Iterator[Listener]:
    """Report rejected rows on standard error, alike ones summed up, and progress where somebody watches."""
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
    """Says how many rows were rejected, and how many were empty; returns the exit code."""
    if done.empty:
        told = _("rows with nothing in any cell, which are no cases: {count}.").format(count=done.empty)
        write_messages([f"{source}: {told}"])
    if not done.rejected:
        return DONE
    told = _("rows not evaluated: {rejected} of {rows}.").format(rejected=done.rejected, rows=done.rows)
    where = " " + _("They stand in {file}, each with the reason.").format(file=rejected) if rejected else ""
    write_messages([f"{source}: {told}{where}"])
    return ROWS_REJECTED


def _refused(*problems: Problem) -> int:
    write_messages(problems)
    return BAD_INPUT


def _misnamed(options: argparse.Namespace) -> Problem | None:
    """What about the files that are to be written cannot be."""
    if options.output is None and f".{options.format}" in writing.IN_COLUMNS:
        message, remedy = _("this format needs a file."), _("Name one with --output.")
        return Problem(place=Place(path=options.format), message=message, remedy=remedy)
    if options.format and options.output:
        message, remedy = _("the ending of its name is the format."), _("Leave --format out.")
        return Problem(place=Place(path=str(options.output)), message=message, remedy=remedy)
    for path, endings in (
        (options.output, (*writing.FORMATS, *overview.FILE_TYPES)),
        (options.rejects, rejects.FILE_TYPES),
    ):
        if path is not None and (problem := _unsuitable(path, endings, overwrite=options.overwrite)):
            return problem
    return None


def unsuitable_rejects(path: Path) -> Problem | None:
    """Why no new file for rejected rows can have a name."""
    return _unsuitable(path, rejects.FILE_TYPES, overwrite=False)


def _unsuitable(path: Path, endings: Sequence[str], *, overwrite: bool) -> Problem | None:
    if path.suffix.lower() not in endings:
        remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(endings))
        return Problem(place=Place(path=str(path)), message=_("no format is known by this name."), remedy=remedy)
    try:
        return refusal(path, overwrite)
    except (OSError, ValueError) as error:
        return unwritable(path, error)
