"""How far a long run is, for somebody who watches: a bar, the rows, the rate, and what remains."""

import time
from typing import Final, TextIO

from assistant.system.language import _, grouped
from assistant.tables.evaluation.evaluator import Progress

WIDTH: Final = 20
"""Characters of the bar."""
_PAUSE: Final = 0.2
"""Seconds between two drawings."""


class ProgressBar:
    """Draws itself over and over in the last line of a terminal; elsewhere it does nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._began = time.monotonic()
        self._drawn = 0.0

    def __call__(self, progress: Progress) -> None:
        """Shows how far it is."""
        now = time.monotonic()
        if self._stream is None or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        self._stream.write(f"\r{progress_line(progress, now - self._began)}\x1b[K")
        self._stream.flush()

    def clear(self) -> None:
        """Takes the bar away, so that something else can be told."""
        if self._stream is not None and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def progress_line(progress: Progress, seconds: float) -> str:
    """The bar, the rows, the rows a second and the time that remains, for a run that lasts ``seconds``."""
    full = round(WIDTH * progress.done)
    rate = progress.rows / seconds if seconds > 0 else 0
    remaining = seconds * (1 - progress.done) / progress.done if progress.done > 0 else 0
    told = _("{rows} rows · {rate} a second · {remaining} left")
    minutes, rest = divmod(round(remaining), 60)
    told = told.format(rows=grouped(progress.rows), rate=grouped(rate), remaining=f"{minutes}:{rest:02}")
    return f"{'█' * full}{'░' * (WIDTH - full)} {told}"
