"""``assistant safety``: what to know about one's own safety before one begins."""

import argparse

from assistant.exit_code import DONE
from assistant.output import write_text
from assistant.rulebook import Rulebook
from assistant.your_safety import safety_text


def safety(_options: argparse.Namespace, _rulebook: Rulebook) -> int:
    """Prints it."""
    write_text(safety_text() + "\n")
    return DONE
