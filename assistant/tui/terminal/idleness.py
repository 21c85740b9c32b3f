"""A clock that goes on while the device sleeps: opening the lid again must not show answers."""

import sys
import time
from typing import Final

# On Linux, time.monotonic() stops while the device sleeps; on macOS it does too.
_CLOCK: Final = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)


def seconds() -> float:
    """Return the seconds since some fixed moment, including sleep; the clock is never set back."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(getattr(time, _CLOCK))
