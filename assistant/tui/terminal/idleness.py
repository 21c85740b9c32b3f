"""The time since the last key, including sleep of the device: opening the lid again must not show answers."""

import sys
import time
from typing import Final

# On Linux, time.monotonic() stops while the device sleeps; on macOS it does too.
_CLOCK: Final = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)


class Idleness:
    """The time since the last key, in seconds."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start counting again, because a key was pressed."""
        self._since = seconds()

    def duration(self) -> float:
        """Return the seconds since the last key."""
        return seconds() - self._since


def seconds() -> float:
    """Return the seconds since some fixed moment, including sleep; the clock is never set back."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(getattr(time, _CLOCK))
