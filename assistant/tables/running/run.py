"""Evaluate one table into files: the result and the rejected rows both appear complete, or neither does."""

import contextlib
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import polars

from assistant.documents.atomic_file import refusal, unknown_format, unwritable, whole_file
from assistant.documents.problem import InputError, Problem
from assistant.system import output
from assistant.system.language import _
from assistant.tables.evaluation.evaluator import Listener, Progress, Task, evaluate_in_parts, result_schema
from assistant.tables.reading.file_types import LINE_FORMATS, RESULT_TYPES
from assistant.tables.running.overview import FILE_TYPES, overview
from assistant.tables.running.rejects import Rejects
from assistant.tables.running.writer import Parts, write_stream, write_table


class Files(NamedTuple):
    """Files for the result and the rejected rows (None: to the listener only); ``overwrite``: replace existing ones."""

    output: Path
    rejects: Path | None = None
    overwrite: bool = False


def run_to_output(
    task: Task, listener: Listener, file_type: str, rejects: Path | None = None, *, overwrite: bool = False
) -> Progress:
    """Evaluate a table and write the result to standard output in parts; after an error, it has some of them.

    Raises:
        InputError: if the table cannot be evaluated, or the rejected rows cannot be written.
        KeyboardInterrupt: if the user asks to stop.
    """
    check_files(task.source, None, rejects, overwrite=overwrite)
    stream = output.data_stream()

    def write(parts: Parts) -> None:
        if file_type in FILE_TYPES:
            stream.write(overview(parts, task.rulebook, file_type).encode())
        else:
            write_stream(parts, stream, file_type)

    with rejects_to(rejects, listener, overwrite=overwrite) as (to_file, _unfinished):
        return _run(task, to_file, write)


def run_to_file(
    task: Task, listener: Listener, files: Files, before: Callable[[Path, Path | None, Progress], None] | None = None
) -> Progress:
    """Evaluate a table into a file, and its rejected rows into another.

    ``before`` is called when both files are complete, with their temporary names, before they get their final names.

    Raises:
        InputError: if the table cannot be evaluated, or the result cannot be written.
        KeyboardInterrupt: if the user asks to stop. After any error existing files are unchanged.
    """
    schema = result_schema(task.rulebook, explain=task.explain)
    check_files(task.source, files.output, files.rejects, overwrite=files.overwrite)
    with (
        _writing(files.output),
        whole_file(files.output, files.overwrite) as unfinished,
        rejects_to(files.rejects, listener, overwrite=files.overwrite) as (to_file, unfinished_rejects),
    ):
        file_type = files.output.suffix.lower()
        about = {"rulebook": task.rulebook.hash}

        def write(parts: Parts) -> None:
            with _writing(files.output):  # here, or the error would name the file for rejected rows
                if file_type in FILE_TYPES:
                    unfinished.write_text(overview(parts, task.rulebook, file_type), encoding="utf-8")
                else:
                    write_table(parts, unfinished, file_type, schema, about)

        done = _run(task, to_file, write)
        if before is not None:
            before(unfinished, unfinished_rejects, done)
        return done


def check_files(source: Path | None, output: Path | None, rejects: Path | None, *, overwrite: bool) -> None:
    """Check the names of files before anything is read or written.

    Raises:
        InputError: if a name has no known format, is that of the table or of both files, or is taken.
    """
    for path, file_types in ((output, (*RESULT_TYPES, *FILE_TYPES)), (rejects, LINE_FORMATS)):
        if path is not None and path.suffix.lower() not in file_types:
            raise InputError([unknown_format(path, file_types)])
        if path is not None and source is not None and _are_same_file(path, source):
            raise InputError([Problem.of_path(path, _("this is the table itself."), _("Choose another name."))])
    if output is not None and rejects is not None and _are_same_file(output, rejects):
        raise InputError([Problem.of_path(rejects, _("the result goes into this file."), _("Choose another name."))])
    for path in filter(None, (output, rejects)):
        with _writing(path):
            if problem := refusal(path, overwrite):
                raise InputError([problem])


def _are_same_file(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # at least one does not exist
        return os.path.realpath(path) == os.path.realpath(other)


@contextlib.contextmanager
def rejects_to(path: Path | None, listener: Listener, *, overwrite: bool) -> Iterator[tuple[Listener, Path | None]]:
    """Yield a listener that writes the rejected rows to a file instead of reporting them, and its temporary name.

    The file gets its name when it is complete. Without a path, yield the given listener and None.

    Raises:
        InputError: if the file cannot be written.
    """
    if path is None:
        yield listener, None
        return
    with (
        _writing(path),
        whole_file(path, overwrite) as unfinished,
        unfinished.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file,
    ):
        yield listener._replace(rejects=Rejects(file, path).write), unfinished


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Convert system errors in writing, such as a full disk, to InputError; also those that Polars reports."""
    try:
        yield
    except (OSError, ValueError, polars.exceptions.PolarsError) as error:
        if isinstance(error, InputError) or output.failed_by(error):  # the table or standard output, not this file
            raise
        number = re.search(r"os error (\d+)", str(error))  # Polars gives the number in its text only
        if number is None and isinstance(error, polars.exceptions.PolarsError):
            raise  # not an error in writing
        known = OSError(int(number[1]), os.strerror(int(number[1]))) if number else error
        raise InputError([unwritable(path, known)]) from error


def _run(task: Task, listener: Listener, write: Callable[[Parts], None]) -> Progress:
    last = Progress()

    def save_progress(progress: Progress) -> None:
        nonlocal last
        last = progress
        listener.progress(progress)

    # In another thread: Python handles signals in the main thread only, and only while it is not inside Polars.
    with _stop_event() as stop, ThreadPoolExecutor(1) as thread:
        parts = evaluate_in_parts(task, listener._replace(progress=save_progress))
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
