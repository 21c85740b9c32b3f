"""``assistant evaluate``: refuse what cannot be read, and choose between scenario files and tables."""

import os
from pathlib import Path
from typing import Final

from assistant.cli.messages import CommandError
from assistant.cli.options import EvaluateOptions
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import ENDINGS as SCENARIOS
from assistant.scenarios.scenario import scenario_files
from assistant.system.language import _
from assistant.system.os_error import reason_of
from assistant.tables.reading.file_types import FILE_TYPES as TABLES
from assistant.tables.reading.file_types import SPREADSHEETS, is_table, tables_below, tables_in

_PACKED: Final = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".tar")


def evaluate(options: EvaluateOptions, rulebook: Rulebook) -> int:
    """Evaluate the given files and return the exit code.

    Raises:
        InputError: if a file is of an unsupported type, or a result cannot be written.
        CommandError: if the options do not suit the files, or there is not enough memory.
        EngineError: if the rules engine fails.
    """
    try:
        return _evaluate(options, rulebook)
    except MemoryError:
        message = _("There is not enough memory: not everything was evaluated. Evaluate less at a time.")
        raise CommandError(message) from None


def _evaluate(options: EvaluateOptions, rulebook: Rulebook) -> int:
    if problems := [problem for path in options.paths if (problem := _unsupported_input(path))]:
        raise InputError(problems)
    if not _are_tables(options):
        from assistant.cli.commands.scenarios import evaluate_scenarios

        return evaluate_scenarios(options, rulebook)
    if options.json:
        message = _("--json is for scenario files. The format of a table is the ending of --output, or --format.")
        raise CommandError(message)
    from assistant.cli.commands.tables import evaluate_tables

    return evaluate_tables(options, rulebook)


def _unsupported_input(path: Path) -> Problem | None:
    """Return a problem if the path is unreadable or of an unsupported type."""
    suffix = path.suffix.lower()
    try:
        is_folder, is_there = path.is_dir(), path.exists()
        if is_folder:
            os.scandir(path).close()
    except OSError as error:
        message = _("the file or folder cannot be read: {reason}.").format(reason=reason_of(error))
        return Problem.of_path(path, message, _("Check its name and its permissions."))
    if suffix in SPREADSHEETS:
        return Problem.of_path(path, _("this is a spreadsheet."), _("Save it as CSV in UTF-8, with commas."))
    if is_there and not is_folder and suffix in _PACKED:
        return Problem.of_path(path, _("this is a packed file."), _("Unpack it, and name what was in it."))
    if is_there and not is_folder and suffix not in {*TABLES, *SCENARIOS}:
        message = _("by its name, this is neither a scenario file nor a table.")
        remedy = _("Give it the ending of its real format. Scenario files end in {scenarios}; tables end in {tables}.")
        remedy = remedy.format(scenarios=", ".join(SCENARIOS), tables=", ".join(TABLES))
        return Problem.of_path(path, message, remedy)
    if str(path) == "-":
        return Problem.of_path(path, _("standard input is not read."), _("Name a file."))
    return None  # the reader reports a missing file


def _are_tables(options: EvaluateOptions) -> bool:
    """Return whether to evaluate tables: a table is given, or folders with tables, and no scenarios or an output."""
    if any(is_table(path) for path in options.paths):
        return True
    folders = [path for path in options.paths if path.is_dir()]
    others = [path for path in options.paths if path not in folders]
    in_folders = any(scenario_files(folder) for folder in folders)
    if not options.output and (others or in_folders):
        return False
    has_tables = any(tables_in(folder) or next(tables_below(folder), None) for folder in folders)
    return has_tables or bool(options.output and not in_folders and not any(path.exists() for path in others))
