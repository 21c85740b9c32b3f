"""Problems, told on standard error."""

import sys
from collections.abc import Iterable

from assistant.yaml_reader import unprintable


def tell(problems: Iterable[object]) -> None:
    """Tells problems, a line each; nothing that a file or its name holds can move the cursor."""
    for problem in problems:
        # A place names a file, and the name of a file can hold anything.
        shown = ("\ufffd" if unprintable(character) or character in "\r\n" else character for character in str(problem))
        sys.stderr.write("".join(shown) + "\n")
