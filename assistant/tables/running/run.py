"""Evaluate one table into files: the result and the rejected rows both appear complete, or neither does."""

import contextlib
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import IO, NamedTuple

import polars

from assistant.documents.atomic_file import refusal, unwritable, whole_file
from assistant.documents.problem import Place, Problem
from assistant.system import output
from assistant.system.language import _
from assistant.tables.evaluation.evaluator import Listener, Progress, Task, evaluated_parts, result_schema
from assistant.tables.reading.errors import UnwritableError
from assistant.tables.reading.file_types import LINE_FORMATS, RESULT_TYPES
from assistant.tables.running.overview import FILE_TYPES, overview
from assistant.tables.running.rejects import Rejects
from assistant.tables.running.writer import Parts, write_stream, write_table


class Files(NamedTuple):
    """Files for the result and the rejected rows (None: to the listener only); ``overwrite``: replace existing ones."""

    output: Path
    rejects: Path | None = None
    overwrite: bool = False


def run_to_stream(task: Task, listener: Listener, stream: IO[bytes], ending: str) -> Progress:
    """Evaluate a table and write the result to a stream in parts; after an error, the stream has some of them.

    Raises:
        FileFaultError: if the table cannot be evaluated.
        KeyboardInterrupt: if the user asks to stop.
    """

    def write(parts: Parts) -> None:
        if ending in FILE_TYPES:
            stream.write(overview(parts, task.rulebook, ending).encode())
        else:
            write_stream(parts, stream, ending)

    return _run(task, listener, write)


def _do_nothing(_unfinished: Path, _rejects: Path | None, _done: Progress) -> None:
    """Do nothing before the files get their names."""


def run_to_file(
    task: Task, listener: Listener, files: Files, before: Callable[[Path, Path | None, Progress], None] = _do_nothing
) -> Progress:
    """Evaluate a table into a file, and its rejected rows into another.

    ``before`` is called when both files are complete, with their temporary names, before they get their final names.

    Raises:
        FileFaultError: if the table cannot be evaluated.
        UnwritableError: if the result cannot be written.
        KeyboardInterrupt: if the user asks to stop. After any error existing files are unchanged.
    """
    schema = result_schema(task.rulebook, explain=task.explain)
    _refuse_unknown_formats(files)
    refuse_one_file(task.source, files.output, files.rejects)
    for path in filter(None, (files.output, files.rejects)):
        with _writing(path):
            if problem := refusal(path, files.overwrite):
                raise UnwritableError(problem)
    with _writing(files.output), ExitStack() as both:
        unfinished = both.enter_context(whole_file(files.output, files.overwrite))
        rejected = None
        if files.rejects is not None:
            rejected = both.enter_context(rejects_file(files.rejects, overwrite=files.overwrite))
            listener = listener._replace(rejects=rejected.write)
        ending = files.output.suffix.lower()
        about = {"rulebook": task.rulebook.hash}

        def write(parts: Parts) -> None:
            with _writing(files.output):  # here, or the error would name the file for rejected rows
                if ending in FILE_TYPES:
                    unfinished.write_text(overview(parts, task.rulebook, ending), encoding="utf-8")
                else:
                    write_table(parts, unfinished, ending, schema, about)

        done = _run(task, listener, write)
        if rejected is not None:
            rejected.file.flush()
        before(unfinished, None if rejected is None else Path(rejected.file.name), done)
        return done


def _refuse_unknown_formats(files: Files) -> None:
    for path, types in ((files.output, (*RESULT_TYPES, *FILE_TYPES)), (files.rejects, LINE_FORMATS)):
        if path is not None and path.suffix.lower() not in types:
            message = _("no format is known by this name.")
            remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(types))
            raise UnwritableError(Problem(place=Place(path=str(path)), message=message, remedy=remedy))


def refuse_one_file(source: Path, output: Path | None, rejects: Path | None) -> None:
    """Check that the table, the result and the rejected rows are different files, before anything is written.

    Raises:
        UnwritableError: if two of them are the same file.
    """
    for path in (output, rejects):
        if path is not None and _are_same_file(path, source):
            raise UnwritableError(_taken(path, _("this is the table itself.")))
    if output is not None and rejects is not None and _are_same_file(output, rejects):
        raise UnwritableError(_taken(rejects, _("the result goes into this file.")))


def _are_same_file(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # at least one does not exist
        return os.path.realpath(path) == os.path.realpath(other)


def _taken(path: Path, message: str) -> Problem:
    return Problem(place=Place(path=str(path)), message=message, remedy=_("Choose another name."))


@contextlib.contextmanager
def rejects_file(path: Path, *, overwrite: bool) -> Iterator[Rejects]:
    """Open a file for rejected rows, which gets its name when it is complete.

    Raises:
        UnwritableError: if the file cannot be written.
    """
    with (
        _writing(path),
        whole_file(path, overwrite) as unfinished,
        unfinished.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file,
    ):
        yield Rejects(file, path)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Convert system errors in writing, such as a full disk, to UnwritableError; also those that Polars reports."""
    try:
        yield
    except (OSError, ValueError, polars.exceptions.PolarsError) as error:
        if output.failed_by(error):  # standard output failed, not this file
            raise
        number = re.search(r"os error (\d+)", str(error))  # Polars gives the number in its text only
        if number is None and isinstance(error, polars.exceptions.PolarsError):
            raise  # not an error in writing
        known = OSError(int(number[1]), os.strerror(int(number[1]))) if number else error
        raise UnwritableError(unwritable(path, known)) from error


def _run(task: Task, listener: Listener, write: Callable[[Parts], None]) -> Progress:
    last = Progress()

    def save_progress(progress: Progress) -> None:
        nonlocal last
        last = progress
        listener.progress(progress)

    # In another thread: Python handles signals in the main thread only, and only while it is not inside Polars.
    with _stop_event() as stop, ThreadPoolExecutor(1) as thread:
        parts = evaluated_parts(task, listener._replace(progress=save_progress))
        thread.submit(write, _until(parts, stop)).result()
    return last


def _until(parts: Parts, stop: threading.Event) -> Parts:
    for part in parts:
        if stop.is_set():
            raise KeyboardInterrupt
        yield part


@contextlib.contextmanager
def _stop_event() -> Iterator[threading.Event]:
    """Return an event that the first Ctrl-C sets; a second one interrupts without waiting for the current part."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
    if stop.is_set():
        raise KeyboardInterrupt
