"""``assistant safety``: what to know about one's own safety before one begins."""

import argparse
import sys

from assistant.exit_code import DONE
from assistant.rulebook import Rulebook
from assistant.your_safety import safety_text


def safety(_options: argparse.Namespace, _rulebook: Rulebook) -> int:
    """Prints it."""
    sys.stdout.write(safety_text() + "\n")
    return DONE
