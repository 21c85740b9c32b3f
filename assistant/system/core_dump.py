"""Prevent core dumps: the memory contains answers and must not be written to disk when the process crashes."""

import contextlib
import ctypes
import sys

PR_SET_DUMPABLE = 4
"""Linux's ``prctl`` option: a process that is not dumpable writes no core, and other processes cannot read it."""


def forbid_core_dumps() -> None:
    """Forbid core dumps where the system allows it: by a resource limit on Unix, and also by ``prctl`` on Linux.

    Python cannot erase its memory; this only keeps it off the disk. Errors are ignored.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
