"""Silence Polars: when it panics, it writes a trace to standard error directly, not through Python.

This program reports what is wrong with the file. The trace would not help its owner, and could quote a cell.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.system.output import messages_to

_ERRORS = 2
"""The file descriptor of standard error, which native code writes to."""


@contextlib.contextmanager
def silence_polars() -> Iterator[None]:
    """Let only ``sys.stderr`` write to standard error inside of this context."""
    ours, saved = sys.stderr, os.dup(_ERRORS)
    try:
        with contextlib.suppress(OSError, ValueError):  # tests replace sys.stderr by a stream without a descriptor
            if ours.fileno() == _ERRORS:
                ours.flush()
                sys.stderr = messages_to(os.dup(saved), ours)
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _ERRORS)
        yield
    finally:
        os.dup2(saved, _ERRORS)
        os.close(saved)
        if sys.stderr is not ours:
            theirs, sys.stderr = sys.stderr, ours
            theirs.close()
