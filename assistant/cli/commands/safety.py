"""``assistant safety``: what to know about one's own safety before one begins."""

import argparse

from assistant.interview.your_safety import safety_text
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import DONE
from assistant.system.output import write_text


def safety(_options: argparse.Namespace, _rulebook: Rulebook) -> int:
    """Prints it."""
    write_text(safety_text() + "\n")
    return DONE
