"""``assistant diff``: compare two rulebooks, or two days in one."""

import argparse
from pathlib import Path

from assistant.analysis.comparison import compare_days, compare_rulebooks
from assistant.analysis.comparison_report import comparison_report
from assistant.cli.messages import CommandError, write_messages
from assistant.documents.problem import Problem
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.exit_code import BAD_INPUT, DONE, FAILED
from assistant.system.language import _
from assistant.system.output import write_data, write_text


def diff(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Print the differences and return the exit code."""
    sides = [load_rulebook(folder) for folder in options.folders]
    loaded = [in_language(side, rulebook.language) for side in sides if isinstance(side, Rulebook)]
    if len(loaded) < len(sides):
        for folder, side in zip(options.folders, sides, strict=True):
            write_messages(_with_folder(problem, folder) for problem in (side if isinstance(side, tuple) else ()))
        return BAD_INPUT
    try:
        comparison = compare_rulebooks(*loaded) if loaded else compare_days(rulebook, *options.dates)
    except ValueError as error:
        raise CommandError(_("These cannot be compared: {reason}").format(reason=error)) from error
    except MemoryError as error:
        message = _("The rulebook is too large for decision diagrams: nothing was compared.")
        raise CommandError(message) from error
    if options.json:
        write_data(comparison.as_json(indent=2) + "\n")
    else:
        write_text(comparison_report(comparison, [*loaded, rulebook][0]) + "\n")
    return DONE if comparison.same else FAILED


def _with_folder(problem: Problem, folder: Path) -> str:
    """Return a problem with the folder before its place, because two folders have files of the same names."""
    return str(problem) if problem.place.path == str(folder) else f"{folder}/{problem}"
