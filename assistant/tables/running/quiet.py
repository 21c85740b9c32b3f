"""The data frame library kept quiet: where it gives up, it writes a trace to standard error, past Python.

What is wrong with the file is told by us; the trace says nothing to whoever has the file, and could quote a cell.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.system.output import messages_to

_ERRORS = 2
"""The descriptor of standard error, to which programs write that do not go through Python."""


@contextlib.contextmanager
def silence_polars() -> Iterator[None]:
    """While this lasts, only what goes through ``sys.stderr`` comes to standard error."""
    ours, kept = sys.stderr, os.dup(_ERRORS)
    try:
        with contextlib.suppress(OSError, ValueError):  # a test reads what we write in another way
            if ours.fileno() == _ERRORS:
                ours.flush()
                sys.stderr = messages_to(os.dup(kept), ours)
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _ERRORS)
        yield
    finally:
        os.dup2(kept, _ERRORS)
        os.close(kept)
        if sys.stderr is not ours:
            theirs, sys.stderr = sys.stderr, ours
            theirs.close()
