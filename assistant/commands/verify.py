"""``assistant verify``: whether a receipt, run again, leads to the same assessment."""

import argparse

from assistant.assessment import Assessor
from assistant.commands.told import tell
from assistant.exit_code import BAD_INPUT, DONE, FAILED
from assistant.output import write_text
from assistant.receipt import Receipt, load_receipt, verification_lines
from assistant.receipt import verify as run_again
from assistant.rulebook import Rulebook


def verify(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Runs a receipt again and says what became of it."""
    given = load_receipt(options.receipt)
    if not isinstance(given, Receipt):
        tell(given)
        return BAD_INPUT
    found = run_again(Assessor(rulebook), given)
    for line in verification_lines(rulebook, found):
        write_text(line + "\n")
    return DONE if found.same else FAILED
