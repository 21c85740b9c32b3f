"""Show the progress of a long run: a bar, the rows, the rate, and the time left."""

import time
from typing import Final, TextIO

from assistant.system.language import _, grouped
from assistant.tables.evaluation.evaluator import Progress

BAR_CHARACTERS: Final = 20
"""Characters of the bar."""
_PAUSE: Final = 0.2
"""Seconds between two updates."""


class ProgressBar:
    """A progress bar in the last line of a terminal; on other streams it does nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._began = time.monotonic()
        self._drawn = 0.0

    def __call__(self, progress: Progress) -> None:
        """Redraw the bar, unless it was drawn just before."""
        now = time.monotonic()
        if self._stream is None or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        self._stream.write(f"\r{progress_line(progress, now - self._began)}\x1b[K")
        self._stream.flush()

    def clear(self) -> None:
        """Erase the bar, so that a message can be written."""
        if self._stream is not None and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def progress_line(progress: Progress, seconds: float) -> str:
    """Return the bar, the rows, the rows per second and the time left, after a run of ``seconds``."""
    full = round(BAR_CHARACTERS * progress.done)
    rate = progress.rows / seconds if seconds > 0 else 0
    remaining = seconds * (1 - progress.done) / progress.done if progress.done > 0 else 0
    text = _("{rows} rows · {rate} a second · {remaining} left")
    minutes, rest = divmod(round(remaining), 60)
    text = text.format(rows=grouped(progress.rows), rate=grouped(rate), remaining=f"{minutes}:{rest:02}")
    return f"{'█' * full}{'░' * (BAR_CHARACTERS - full)} {text}"
