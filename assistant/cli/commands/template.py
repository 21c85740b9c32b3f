"""``assistant template``: write an empty table to fill in, or its data dictionary."""

import argparse

from assistant.cli.commands.output_file import write_result
from assistant.documents.atomic_file import unknown_format
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import DONE
from assistant.system.language import _
from assistant.tables.reading.file_types import FORMATS
from assistant.tables.reading.template import DICTIONARIES, dictionary, empty_table


def template(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Write the template or the dictionary, and return the exit code."""
    known = DICTIONARIES if options.dictionary else FORMATS
    suffix = options.output.suffix.lower().removeprefix(".") if options.output else known[0]
    form = options.format or suffix
    if options.output and suffix not in {"", form}:
        message, remedy = _("the ending of its name is the format."), _("Leave --format out.")
        raise InputError([Problem.of_path(options.output, message, remedy)])
    if form not in known:
        raise InputError([unknown_format(options.output or form, (f".{each}" for each in known))])
    if options.dictionary:
        write_result(dictionary(rulebook, form), options.output)
    else:
        write_result(empty_table(rulebook, form, ranges=options.ranges), options.output)
    return DONE
