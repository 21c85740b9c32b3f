"""``assistant relocate``: find quotations again in articles that have changed, and print a patch."""

import argparse
import sys

from assistant.cli.messages import write_messages
from assistant.documents.problem import InputError, Problem
from assistant.rulebook.relocation.proposal import Proposal, propose
from assistant.system.exit_code import DONE, FAILED
from assistant.system.language import _
from assistant.system.output import write_data


def relocate(options: argparse.Namespace) -> int:
    """Print the patch for a folder's catalogue, report what a person has to do, and return the exit code.

    The folder is not loaded as a rulebook, because it is invalid while articles have changed.
    """
    if not options.rulebook.is_dir():
        remedy = _("Name a folder that has rules/ in it.")
        raise InputError([Problem.of_path(options.rulebook, _("there is no such folder."), remedy)])
    proposal = propose(options.rulebook)
    if not isinstance(proposal, Proposal):
        raise InputError(proposal)
    write_data(proposal.patch)
    write_messages(proposal.open)
    if proposal.moved:
        message = _("With other text around them: {passages}.")
        sys.stderr.write(message.format(passages=", ".join(proposal.moved)) + "\n")
    if proposal.reworded:
        message = _("With other words, so that their translations may no longer fit: {passages}.")
        sys.stderr.write(message.format(passages=", ".join(proposal.reworded)) + "\n")
    if not proposal.patch and not proposal.open:
        sys.stderr.write(_("Every quotation is where it was.") + "\n")
    return FAILED if proposal.open else DONE
