"""``assistant serve``: the questionnaire in a browser on this machine."""

import argparse

from assistant.rulebook import Rulebook
from assistant.serve import run


def serve(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Serves until a signal ends it."""
    return run(options.rulebook, rulebook.language, options.port, options.files)
