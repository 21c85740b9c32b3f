"""``assistant evaluate`` for tables: one to a stream or a file, or many into a folder."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.commands.told import tell
from assistant.exit_code import BAD_INPUT, DONE, ROWS_REJECTED
from assistant.language import _
from assistant.problem import Place, Problem
from assistant.rulebook import Rulebook
from assistant.table import overview, rejects, writing
from assistant.table.evaluate import Listener, Progress, Task
from assistant.table.fault import FileFaultError, Reject, UnwritableError
from assistant.table.finished import FinishedTables
from assistant.table.many import Folders, each_of, make_folders, run_one
from assistant.table.progress import ProgressBar
from assistant.table.reading import ENDINGS, is_table
from assistant.table.run import Files, refuse_one_file, rejects_file, run_to_file, run_to_stream
from assistant.written_file import refusal, unwritable


def evaluate_tables(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Evaluates the tables that are named, and returns the exit code."""
    sources = [source for path in options.paths for source in _tables(path)]
    strange = next((path for path in options.paths if not path.is_dir() and not is_table(path)), None)
    if strange is not None:
        message = _("Evaluate tables and scenario files one after the other.")
        return _refused(Problem(place=Place(path=str(strange)), message=_("this is no table."), remedy=message))
    empty = next((path for path in options.paths if path.is_dir() and not _tables(path)), None)
    if empty is not None:
        remedy = _("The names of tables end in one of {endings}.").format(endings=", ".join(ENDINGS))
        message = _("there is no table in this folder.")
        return _refused(Problem(place=Place(path=str(empty)), message=message, remedy=remedy))
    output = options.output
    many = (
        len(sources) != 1
        or options.resume
        or (output is not None and (output.is_dir() or not (output.suffix or output.exists())))
    )
    try:
        return _many(options, rulebook, sources) if many else _one(options, rulebook, sources[0])
    except MemoryError:
        if not options.exact:
            raise
        sys.stderr.write(_("The rulebook is too large for decision diagrams: leave out --exact.") + "\n")
        return BAD_INPUT


def _tables(path: Path) -> Sequence[Path]:
    """The table itself, or those in a folder that are not hidden, in order."""
    if not path.is_dir() or is_table(path):
        return [path]
    return sorted(file for file in path.iterdir() if is_table(file) and not file.name.startswith("."))


def _many(options: argparse.Namespace, rulebook: Rulebook, sources: Sequence[Path]) -> int:
    if options.output is None or (options.output.exists() and not options.output.is_dir()):
        message, remedy = _("several tables do not fit into one."), _("Name a folder with --output.")
        return _refused(Problem(place=Place(path=str(options.output or sources[-1])), message=message, remedy=remedy))
    ending = f".{options.format or 'csv'}"
    folders = Folders(options.output, options.rejects, ending, options.resume, options.overwrite)
    each = each_of(sources, folders)
    if isinstance(each, Problem):
        return _refused(each)
    code = DONE
    try:
        make_folders(folders)
        finished = FinishedTables(options.output)
        for one in each:
            task = Task(one.source, rulebook, explain=options.explain, exact=options.exact)
            bar = ProgressBar(sys.stderr)
            try:
                done = run_one(one, task, folders, listener_of(one.source, bar), finished)
            except FileFaultError as error:
                bar.clear()
                tell(error.problems)
                code = BAD_INPUT
                continue
            finally:
                bar.clear()
            code = max(code, told_rejected(one.source, done, one.rejects), key=_GRAVITY.index)
    except UnwritableError as error:
        return _refused(error.problem)
    except OSError as error:
        return _refused(unwritable(options.output, error))
    return code


def _one(options: argparse.Namespace, rulebook: Rulebook, source: Path) -> int:
    problem = _misnamed(options)
    if problem:
        return _refused(problem)
    task = Task(source, rulebook, explain=options.explain, exact=options.exact)
    bar = ProgressBar(sys.stderr)
    listener = listener_of(source, bar)
    try:
        if options.output:
            done = run_to_file(task, listener, Files(options.output, options.rejects, options.overwrite))
        else:
            with ExitStack() as stack:
                if options.rejects:
                    refuse_one_file(source, None, options.rejects)
                    rejected = stack.enter_context(rejects_file(options.rejects, overwrite=options.overwrite))
                    listener = listener._replace(rejects=rejected.write)
                done = run_to_stream(task, listener, sys.stdout.buffer, f".{options.format or 'csv'}")
    except FileFaultError as error:
        bar.clear()
        return _refused(*error.problems)
    except UnwritableError as error:
        bar.clear()
        return _refused(error.problem)
    finally:
        bar.clear()
    return told_rejected(source, done, options.rejects)


_GRAVITY = (DONE, ROWS_REJECTED, BAD_INPUT)


def listener_of(source: Path | str, bar: ProgressBar) -> Listener:
    """Tells rejected rows on standard error, and progress where somebody watches."""

    def report(rejected: Sequence[Reject]) -> None:
        if rejected:
            bar.clear()
        for reject in rejected:
            tell(f"{source}:{reject.row}: {reason}" for reason in reject.reasons)

    return Listener(report, bar)


def told_rejected(source: Path | str, done: Progress, rejected: Path | None) -> int:
    """Says how many rows were rejected; returns the exit code."""
    if not done.rejected:
        return DONE
    told = _("rows not evaluated: {rejected} of {rows}.").format(rejected=done.rejected, rows=done.rows)
    tell([f"{source}: {told}" + (f" {rejected}" if rejected else "")])
    return ROWS_REJECTED


def _refused(*problems: Problem) -> int:
    tell(problems)
    return BAD_INPUT


def _misnamed(options: argparse.Namespace) -> Problem | None:
    """What about the files that are to be written cannot be."""
    if options.output is None and f".{options.format}" in writing.IN_COLUMNS:
        message, remedy = _("this format needs a file."), _("Name one with --output.")
        return Problem(place=Place(path=options.format), message=message, remedy=remedy)
    if options.format and options.output:
        message, remedy = _("the ending of its name is the format."), _("Leave --format out.")
        return Problem(place=Place(path=str(options.output)), message=message, remedy=remedy)
    for path, endings in ((options.output, (*writing.FORMATS, *overview.ENDINGS)), (options.rejects, rejects.ENDINGS)):
        if path is not None and (problem := _unsuitable(path, endings, overwrite=options.overwrite)):
            return problem
    return None


def unsuitable_rejects(path: Path) -> Problem | None:
    """Why no new file for rejected rows can have a name."""
    return _unsuitable(path, rejects.ENDINGS, overwrite=False)


def _unsuitable(path: Path, endings: Sequence[str], *, overwrite: bool) -> Problem | None:
    if path.suffix.lower() not in endings:
        remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(endings))
        return Problem(place=Place(path=str(path)), message=_("no format is known by this name."), remedy=remedy)
    try:
        return refusal(path, overwrite)
    except (OSError, ValueError) as error:
        return unwritable(path, error)
