"""``assistant evaluate --engine spark``: evaluate a Parquet table with Spark into a folder of Parquet files."""

import re
from pathlib import Path

from assistant.cli.commands.table_messages import table_messages
from assistant.cli.messages import CommandError
from assistant.cli.options import SparkOptions
from assistant.documents.atomic_file import unwritable
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.tables.reading.file_types import FILE_TYPES
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
    given, result = _url(source, pattern=True), _url(output)
    task = SparkTask(options.master, given, str(source), result, rulebook, options.explain, options.rejects)
    try:
        with table_messages(source, options.rejects) as run:
            run.done = run_on_spark(task, run.listener)
    except (SparkMissingError, SparkFailedError) as error:
        raise CommandError(str(error)) from error
    return run.code


def _url(place: Path | str, *, pattern: bool = False) -> str:
    """Return the URL of a path on this machine; a URL is returned unchanged.

    ``pattern``: escape brackets and asterisks, because Spark takes the name for a pattern.
    """
    if isinstance(place, str):
        return place
    path = str(place.absolute())
    return "file://" + (re.sub(r"([][{}*?\\])", r"\\\1", path) if pattern else path)
