"""How long nobody has pressed a key, also while the device slept: a lid that is opened again must not show answers."""

import sys
import time
from typing import Final

# Linux stops the usual clock of a program while the device sleeps, and macOS the one that Python calls monotonic.
_CLOCK: Final = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)


class Idleness:
    """The time since a key was pressed last, in seconds."""

    def __init__(self) -> None:
        self.end()

    def end(self) -> None:
        """Minds that a key was pressed."""
        self._since = seconds()

    def lasts(self) -> float:
        """How long it lasts by now."""
        return seconds() - self._since


def seconds() -> float:
    """Seconds from some moment on, those of sleep included; never set back."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(getattr(time, _CLOCK))
