"""Evaluate many tables into a folder, one result each; a run that was killed can resume."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assistant import __version__
from assistant.documents.atomic_file import unwritable
from assistant.documents.problem import InputError, Problem
from assistant.system.language import _
from assistant.tables.evaluation.evaluator import Listener, Progress, Task
from assistant.tables.reading.file_types import FINISHED
from assistant.tables.running.finished import Finished, FinishedTables, ResultInputs, digest, name_in_entries
from assistant.tables.running.run import Files, run_to_file


class Folders(NamedTuple):
    """The folders for results and rejected rows, and the suffix of results; ``resume``: finished results are kept."""

    output: Path
    rejects: Path | None
    file_type: str
    resume: bool
    overwrite: bool


class TableJob(NamedTuple):
    """A table to evaluate, and the files for its result and its rejected rows."""

    source: Path
    output: Path
    rejects: Path | None


def plan_jobs(sources: Iterable[Path], folders: Folders) -> list[TableJob]:
    """Return a job for each table.

    Raises:
        InputError: if the results of two tables would have the same name.
    """
    named: dict[str, Path] = {FINISHED.casefold(): folders.output / FINISHED}
    jobs = []
    for source in sources:
        name = source.stem + folders.file_type
        if name.casefold() in named:  # some file systems ignore case
            message = _("the result would have the same name as that of {other}.")
            message = message.format(other=named[name.casefold()])
            raise InputError([Problem.of_path(source, message, _("Rename one of them."))])
        named[name.casefold()] = source
        rejects = folders.rejects / f"{source.stem}.csv" if folders.rejects else None
        jobs.append(TableJob(source, folders.output / name, rejects))
    return jobs


@contextlib.contextmanager
def open_folders(folders: Folders) -> Iterator[FinishedTables]:
    """Create the folders, readable for their owner alone, unless they exist, and yield the results that are finished.

    New folders that remain empty are removed.

    Raises:
        InputError: if a folder cannot be created, or the list of its results cannot be read or written.
    """
    created = []
    try:
        for folder in filter(None, (folders.output, folders.rejects)):
            created += [folder] if _create(folder) else []
        yield FinishedTables(folders.output)
    except OSError as error:
        raise InputError([unwritable(folders.output, error)]) from error
    finally:
        for folder in reversed(created):
            with contextlib.suppress(OSError):  # there is something in it
                folder.rmdir()


def _create(folder: Path) -> bool:
    """Create a folder unless it exists; return whether it is new."""
    try:
        if folder.is_dir():
            return False
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise InputError([unwritable(folder, error)]) from error
    return True


def run_job(job: TableJob, task: Task, folders: Folders, finished: FinishedTables, listener: Listener) -> Progress:
    """Evaluate a table and write its result, unless the run resumes and the result is finished.

    Raises:
        InputError: if the table cannot be evaluated, or the result cannot be written.
        KeyboardInterrupt: if the user asks to stop.
    """
    made = _inputs(task)
    if folders.resume and (before := finished.result(job.output, made, job.rejects)):
        return Progress(before.rows, before.rejected, 1, before.empty)
    overwrite = folders.overwrite or (folders.resume and finished.are_own(job.output, job.rejects))

    def add_entry(unfinished: Path, rejects: Path | None, done: Progress) -> None:
        finished.add(
            Finished(
                made=made,
                output=name_in_entries(job.output),
                digest=digest(unfinished),
                rows=done.rows,
                rejected=done.rejected,
                empty=done.empty,
                rejects_digest=digest(rejects) if rejects else "",
            )
        )

    return run_to_file(task, listener, Files(job.output, job.rejects, overwrite), add_entry)


def _inputs(task: Task) -> ResultInputs:
    try:
        source_digest = digest(task.source)
    except OSError:  # reported when the table is read
        source_digest = ""
    return ResultInputs(
        source=name_in_entries(task.source),
        source_digest=source_digest,
        rulebook=task.rulebook.hash,
        explain=task.explain,
        exact=task.exact,
        program=__version__,
    )
