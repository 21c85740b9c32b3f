"""``assistant verify``: whether a receipt, run again, leads to the same assessment."""

import argparse

from assistant.assessment.assessor import Assessor
from assistant.cli.commands.messages import write_messages
from assistant.interview.receipt import Receipt, load_receipt, verification_lines
from assistant.interview.receipt import verify as run_again
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import BAD_INPUT, DONE, FAILED
from assistant.system.output import write_text


def verify(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Runs a receipt again and says what became of it."""
    given = load_receipt(options.receipt)
    if not isinstance(given, Receipt):
        write_messages(given)
        return BAD_INPUT
    found = run_again(Assessor(rulebook), given)
    for line in verification_lines(rulebook, found):
        write_text(line + "\n")
    return DONE if found.same else FAILED
