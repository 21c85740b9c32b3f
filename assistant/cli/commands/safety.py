"""``assistant safety``: print what users should know about their own safety before they begin."""

import argparse

from assistant.interview.your_safety import safety_text
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import DONE
from assistant.system.output import write_text


def safety(_options: argparse.Namespace, _rulebook: Rulebook) -> int:
    """Print the text and return the exit code."""
    write_text(safety_text())
    return DONE
