"""``assistant template``: write an empty table to fill in, or its data dictionary."""

import argparse

from assistant.cli.commands.messages import write_messages
from assistant.documents.atomic_file import write_whole
from assistant.documents.problem import Place, Problem
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import BAD_INPUT, DONE
from assistant.system.language import _
from assistant.system.output import write_data
from assistant.tables.reading.file_types import FORMATS
from assistant.tables.reading.template import DICTIONARIES, dictionary, empty_table


def template(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Write the template or the dictionary, and return the exit code."""
    known = DICTIONARIES if options.dictionary else FORMATS
    ending = options.output.suffix.lower().removeprefix(".") if options.output else known[0]
    form = options.format or ending
    if options.output and options.output.suffix and form != ending:
        message, remedy = _("the ending of its name is the format."), _("Leave --format out.")
        write_messages([Problem(place=Place(path=str(options.output)), message=message, remedy=remedy)])
        return BAD_INPUT
    if form not in known:
        message = _("no format is known by this name.")
        remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(f".{each}" for each in known))
        write_messages([Problem(place=Place(path=str(options.output or form)), message=message, remedy=remedy)])
        return BAD_INPUT
    content = dictionary(rulebook, form).encode() if options.dictionary else empty_table(rulebook, form)
    if options.output:
        problem = write_whole(options.output, content)
        write_messages([problem] if problem else [])
        return BAD_INPUT if problem else DONE
    write_data(content)
    return DONE
