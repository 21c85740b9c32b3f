"""What may follow, legally, when a soldier refuses to fight: rules, evidence and a questionnaire."""

import os
import sys

__version__ = "0.1.0"

_ROOM = 64 * 1024 * 1024
"""Bytes: more than all compiled modules take."""


def _bytecode_may_be_cut_off() -> bool:
    """Return whether a limit or a full disk could make Python keep half of a compiled module.

    It then fails at every later start, too: ``importlib`` does not notice a short write (before Python 3.14).
    """
    try:
        import resource

        if 0 <= resource.getrlimit(resource.RLIMIT_FSIZE)[0] < _ROOM:
            return True
        disk = os.statvfs(__path__[0])
    except (ImportError, OSError):
        return False
    return disk.f_bavail * disk.f_frsize < _ROOM


if _bytecode_may_be_cut_off():  # here, before any other module of ours is compiled
    sys.dont_write_bytecode = True
