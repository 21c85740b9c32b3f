"""Problems, told on standard error."""

import re
import sys
from collections.abc import Iterable

from assistant.system.display_safe import MARK, printable


def tell(problems: Iterable[object]) -> None:
    """Tells problems, a line each; nothing that a file or its name holds can move the cursor."""
    for problem in problems:
        # A place names a file, and the name of a file can hold anything.
        sys.stderr.write(re.sub(r"[\r\n]", MARK, printable(str(problem))) + "\n")
