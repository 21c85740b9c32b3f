"""How a command ends: exit codes, and problems told on standard error."""

import sys
from collections.abc import Iterable
from typing import Final

from assistant.yaml_reader import unprintable

DONE: Final = 0
FAILED: Final = 1
"""An expectation or a check failed."""
BAD_INPUT: Final = 2
ROWS_REJECTED: Final = 3
"""Some rows of a table were not evaluated; the others were."""
ENGINE_FAILED: Final = 4
INTERRUPTED: Final = 130


def tell(problems: Iterable[object]) -> None:
    """Tells problems, a line each; nothing that a file or its name holds can move the cursor."""
    for problem in problems:
        # A place names a file, and the name of a file can hold anything.
        shown = ("\ufffd" if unprintable(character) or character in "\r\n" else character for character in str(problem))
        sys.stderr.write("".join(shown) + "\n")
