"""No image of the memory, which holds the answers, is left on disk when the process is killed or crashes."""

import contextlib
import ctypes
import sys

PR_SET_DUMPABLE = 4
"""Linux's ``prctl`` option: a process that is not dumpable leaves no core, and others of the user cannot read it."""


def forbid_core_dumps() -> None:
    """Asks the system for it, as far as it has a way: limits where there are limits, ``prctl`` on Linux.

    Python cannot wipe its memory; this only keeps it off the disk.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
