"""One table from file to file: the result and the rejected rows appear whole, or neither does."""

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
from assistant.tables.running.overview import FILE_TYPES, overview
from assistant.tables.running.rejects import Rejects
from assistant.tables.running.writer import Parts, write_stream, write_table


class Files(NamedTuple):
    """Where the result and the rejected rows go (none: to the listener); whether over files that are there already."""

    output: Path
    rejects: Path | None = None
    overwrite: bool = False


def run_to_stream(task: Task, listener: Listener, stream: IO[bytes], ending: str) -> Progress:
    """Evaluates a table and writes the result to a stream, as far as it comes.

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


def _nothing_more(_beside: Path, _rejects: Path | None, _done: Progress) -> None:
    """Nothing is to be done before the files get their names."""


def run_to_file(
    task: Task, listener: Listener, files: Files, before: Callable[[Path, Path | None, Progress], None] = _nothing_more
) -> Progress:
    """Evaluates a table into a file, and its rejected rows into another.

    ``before`` is called when both are whole, by the names that they have until then, and before they get their own.

    Raises:
        FileFaultError: if the table cannot be evaluated.
        UnwritableError: if the result cannot be written.
        KeyboardInterrupt: if the user asks to stop. In all these cases the files are as they were before.
    """
    schema = result_schema(task.rulebook, explain=task.explain)
    refuse_one_file(task.source, files.output, files.rejects)
    for path in filter(None, (files.output, files.rejects)):
        with _writing(path):
            if problem := refusal(path, files.overwrite):
                raise UnwritableError(problem)
    with _writing(files.output), ExitStack() as both:
        beside = both.enter_context(whole_file(files.output, files.overwrite))
        rejected = None
        if files.rejects is not None:
            rejected = both.enter_context(rejects_file(files.rejects, overwrite=files.overwrite))
            listener = listener._replace(rejects=rejected.write)
        ending = files.output.suffix.lower()
        about = {"rulebook": task.rulebook.hash}

        def write(parts: Parts) -> None:
            with _writing(files.output):  # here, because around the file for rejected rows it would be that one's error
                if ending in FILE_TYPES:
                    beside.write_text(overview(parts, task.rulebook, ending), encoding="utf-8")
                else:
                    write_table(parts, beside, ending, schema, about)

        done = _run(task, listener, write)
        if rejected is not None:
            rejected.file.flush()
        before(beside, None if rejected is None else Path(rejected.file.name), done)
        return done


def refuse_one_file(source: Path, output: Path | None, rejects: Path | None) -> None:
    """Sees to it that neither the result nor the rejected rows go into the table itself, or into each other.

    Raises:
        UnwritableError: if one would; before anything is written.
    """
    for path in (output, rejects):
        if path is not None and _are_one(path, source):
            raise UnwritableError(_taken(path, _("this is the table itself.")))
    if output is not None and rejects is not None and _are_one(output, rejects):
        raise UnwritableError(_taken(rejects, _("the result goes into this file.")))


def _are_one(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # one of them at least is not there
        return os.path.realpath(path) == os.path.realpath(other)


def _taken(path: Path, message: str) -> Problem:
    return Problem(place=Place(path=str(path)), message=message, remedy=_("Choose another name."))


@contextlib.contextmanager
def rejects_file(path: Path, *, overwrite: bool) -> Iterator[Rejects]:
    """A file for rejected rows.

    Raises:
        UnwritableError: if it cannot be written.
    """
    with (
        _writing(path),
        whole_file(path, overwrite) as beside,
        beside.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file,
    ):
        yield Rejects(file, path)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Whatever the system says of a full disk, by itself or through the data frame library, as our error."""
    try:
        yield
    except (OSError, ValueError, polars.exceptions.PolarsError) as error:
        if output.failed_by(error):  # a result on standard output, beside a file for rejected rows
            raise
        number = re.search(r"os error (\d+)", str(error))  # the library says it in words only
        if number is None and isinstance(error, polars.exceptions.PolarsError):
            raise  # it is not the writing that failed
        known = OSError(int(number[1]), os.strerror(int(number[1]))) if number else error
        raise UnwritableError(unwritable(path, known)) from error


def _run(task: Task, listener: Listener, write: Callable[[Parts], None]) -> Progress:
    last = Progress()

    def note(progress: Progress) -> None:
        nonlocal last
        last = progress
        listener.progress(progress)

    # In a thread of its own, because signals come to the main thread only, and only while it is not in the library.
    with _stop_asked() as stop, ThreadPoolExecutor(1) as thread:
        parts = evaluated_parts(task, listener._replace(progress=note))
        thread.submit(write, _until(parts, stop)).result()
    return last


def _until(parts: Parts, stop: threading.Event) -> Parts:
    for part in parts:
        if stop.is_set():
            raise KeyboardInterrupt
        yield part


@contextlib.contextmanager
def _stop_asked() -> Iterator[threading.Event]:
    """Set once the user presses Ctrl-C; a second time does not wait for the part that is being evaluated."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def asked(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
    if stop.is_set():
        raise KeyboardInterrupt
