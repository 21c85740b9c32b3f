"""``assistant relocate``: where quotations stand in articles that have changed, as a patch."""

import argparse
import sys

from assistant.cli.commands.messages import write_messages
from assistant.documents.problem import Place, Problem
from assistant.rulebook.relocation.proposal import Proposal, propose
from assistant.system.exit_code import BAD_INPUT, DONE, FAILED
from assistant.system.language import _
from assistant.system.output import write_data


def relocate(options: argparse.Namespace) -> int:
    """Prints the patch for the catalogue of a folder, and tells what is left to a person.

    The folder is not loaded as a rulebook: where articles have changed it is none.
    """
    if not options.rulebook.is_dir():
        remedy = _("Name a folder that has rules/ in it.")
        write_messages(
            [Problem(place=Place(path=str(options.rulebook)), message=_("there is no such folder."), remedy=remedy)]
        )
        return BAD_INPUT
    found = propose(options.rulebook)
    if not isinstance(found, Proposal):
        write_messages(found)
        return BAD_INPUT
    write_data(found.patch)
    write_messages(found.open)
    if found.moved:
        message = _("With other text around them: {passages}.")
        sys.stderr.write(message.format(passages=", ".join(found.moved)) + "\n")
    if found.reworded:
        message = _("With other words, so that their translations may no longer fit: {passages}.")
        sys.stderr.write(message.format(passages=", ".join(found.reworded)) + "\n")
    if not found.patch and not found.open:
        sys.stderr.write(_("Every quotation stands where it stood.") + "\n")
    return FAILED if found.open else DONE
