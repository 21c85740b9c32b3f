"""``assistant verify``: run a receipt again, and compare the assessments."""

import argparse

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import InputError
from assistant.interview.receipt import Receipt, load_receipt, verification_lines
from assistant.interview.receipt import verify as run_again
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import DONE, FAILED
from assistant.system.output import write_text


def verify(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Run a receipt again, print what differs, and return the exit code."""
    receipt = load_receipt(options.receipt)
    if not isinstance(receipt, Receipt):
        raise InputError(receipt)
    verification = run_again(Assessor(rulebook), receipt)
    for line in verification_lines(rulebook, verification):
        write_text(line + "\n")
    return DONE if verification.same else FAILED
