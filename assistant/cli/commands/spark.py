"""``assistant evaluate --engine spark``: evaluate a Parquet table with Spark into a folder of Parquet files."""

import re
from pathlib import Path

from assistant.cli.commands.tables import evaluate_one
from assistant.cli.messages import CommandError
from assistant.cli.options import SparkOptions
from assistant.documents.atomic_file import unwritable
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.tables.evaluation.evaluator import Listener, Progress
from assistant.tables.reading.file_types import FILE_TYPES
from assistant.tables.running.run import check_files, rejects_to
from assistant.tables.spark.run import SparkTask, run_on_spark
from assistant.tables.spark.session import SparkFailedError, SparkMissingError


def spark(options: SparkOptions, rulebook: Rulebook) -> int:
    """Evaluate the given table and return the exit code.

    Raises:
        InputError: if the table is no Parquet, or the result cannot be written.
        CommandError: if Spark is missing or fails.
    """
    source, output = options.source, options.output
    if str(source).lower().endswith(tuple(suffix for suffix in FILE_TYPES if suffix != ".parquet")):
        message = _("Spark is given Parquet only: of text it cannot tell which row is in disorder.")
        raise InputError([Problem.of_path(source, message, _("Save it as Parquet, or leave --engine spark out."))])
    if isinstance(output, Path) and (output.exists() or output.is_symlink()):
        raise InputError([unwritable(output, FileExistsError())])
    check_files(None, None, options.rejects, overwrite=False)
    task = SparkTask(options.master, _url(source, pattern=True), str(source), _url(output), rulebook, options.explain)

    def run(listener: Listener) -> Progress:
        with rejects_to(options.rejects, listener, overwrite=False) as (to_file, _unfinished):
            return run_on_spark(task, to_file)

    try:
        return evaluate_one(source, run, options.rejects)
    except (SparkMissingError, SparkFailedError) as error:
        raise CommandError(str(error)) from error


def _url(place: Path | str, *, pattern: bool = False) -> str:
    """Return the URL of a path on this machine; a URL is returned unchanged.

    ``pattern``: escape brackets and asterisks, because Spark takes the name for a pattern.
    """
    if isinstance(place, str):
        return place
    path = str(place.absolute())
    return "file://" + (re.sub(r"([][{}*?\\])", r"\\\1", path) if pattern else path)
