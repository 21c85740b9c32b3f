"""``assistant evaluate --engine spark``: evaluate a Parquet table with Spark into a folder of Parquet files."""

import argparse
import re
import sys
from contextlib import ExitStack
from pathlib import Path

from assistant.cli.commands.messages import write_messages
from assistant.cli.commands.tables import check_file, listening, report_rejected
from assistant.documents.problem import Place, Problem
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import BAD_INPUT
from assistant.system.language import _
from assistant.tables.reading.errors import FileFaultError, UnwritableError
from assistant.tables.reading.file_types import FILE_TYPES, LINE_FORMATS
from assistant.tables.running.run import rejects_file
from assistant.tables.spark.run import SparkTask, run_on_spark
from assistant.tables.spark.session import SparkFailedError, SparkMissingError


def evaluate_on_spark(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Evaluate the given table and return the exit code."""
    message = _check_options(options)
    if message:
        sys.stderr.write(message + "\n")
        return BAD_INPUT
    (source,) = options.paths
    problem = _check_places(source, options.output)
    if options.rejects and not problem:
        problem = check_file(options.rejects, LINE_FORMATS, overwrite=False)
    if problem:
        write_messages([problem])
        return BAD_INPUT
    output = _url(options.output)
    task = SparkTask(options.master, _url(source, pattern=True), str(source), output, rulebook, options.explain)
    try:
        with ExitStack() as stack:
            listener = stack.enter_context(listening(source))
            if options.rejects:
                rejected = stack.enter_context(rejects_file(options.rejects, overwrite=False))
                listener = listener._replace(rejects=rejected.write)
            done = run_on_spark(task, listener)
    except FileFaultError as error:
        write_messages(error.problems)
    except UnwritableError as error:
        write_messages([error.problem])
    except (SparkMissingError, SparkFailedError) as error:
        write_messages([error])
    else:
        return report_rejected(source, done, options.rejects)
    return BAD_INPUT


def _check_options(options: argparse.Namespace) -> str | None:
    """Return a message if the options cannot be combined with Spark."""
    if not options.master:
        return _("Name the Spark master with --master: local[2] for this machine, or the URL of a cluster.")
    if options.output is None:
        return _("Name the folder for the result with --output: Spark writes several files.")
    if len(options.paths) != 1:
        return _("Spark takes one table at a time: a file, or a folder of files with the same columns.")
    if options.exact:
        return _("Decision diagrams do not go with Spark: leave --exact out, or --engine spark.")
    if options.json or options.resume or options.overwrite or options.format:
        return _("With --engine spark there is no --json, --format, --resume or --overwrite.")
    return None


def _check_places(source: Path | str, output: Path | str) -> Problem | None:
    """Return a problem if the source is no Parquet, or the output exists."""
    if str(source).lower().endswith(tuple(ending for ending in FILE_TYPES if ending != ".parquet")):
        message = _("Spark is given Parquet only: of text it cannot tell which row is in disorder.")
        remedy = _("Save it as Parquet, or leave --engine spark out.")
        return Problem(place=Place(path=str(source)), message=message, remedy=remedy)
    if isinstance(output, Path) and (output.exists() or output.is_symlink()):
        message, remedy = _("there is a file of this name."), _("Choose another name.")
        return Problem(place=Place(path=str(output)), message=message, remedy=remedy)
    return None


def _url(place: Path | str, *, pattern: bool = False) -> str:
    """Return the URL of a path on this machine; a URL is returned unchanged.

    ``pattern``: escape brackets and asterisks, because Spark takes the name for a pattern.
    """
    if isinstance(place, str):
        return place
    path = str(place.absolute())
    return "file://" + (re.sub(r"([][{}*?\\])", r"\\\1", path) if pattern else path)
