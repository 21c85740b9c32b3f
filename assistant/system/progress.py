"""Show the progress of a long run: a bar, the number of things done, the rate, and the time left."""

import time
from typing import Final, TextIO

from assistant.system.language import grouped

BAR_CHARACTERS: Final = 20
"""Characters of the bar."""
_SECONDS_BETWEEN_UPDATES: Final = 0.2
"""Seconds between two updates."""


class ProgressBar:
    """A progress bar in the last line of a terminal; on other streams it does nothing.

    ``text`` has the fields ``count``, ``rate`` (a second) and ``remaining`` (minutes and seconds).
    """

    def __init__(self, stream: TextIO, text: str) -> None:
        self._stream = stream if stream.isatty() else None
        self._text = text
        self._began = time.monotonic()
        self._drawn = 0.0
        self._is_visible = False

    def __call__(self, count: int, done: float) -> None:
        """Redraw the bar, unless it was drawn just before and the work is not done. ``done``: its part, from 0 to 1."""
        if self._stream is None:
            return
        now = time.monotonic()
        if now - self._drawn < _SECONDS_BETWEEN_UPDATES and done < 1:
            return
        self._drawn, self._is_visible = now, True
        self._stream.write(f"\r{progress_line(self._text, count, done, now - self._began)}\x1b[K")
        self._stream.flush()

    def clear(self) -> None:
        """Erase the bar, so that a message can be written."""
        if self._stream is not None and self._is_visible:
            self._is_visible = False
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def progress_line(text: str, count: int, done: float, seconds: float) -> str:
    """Return the bar and the text, after a run of ``seconds``."""
    full = round(BAR_CHARACTERS * done)
    rate = count / seconds if seconds > 0 else 0
    remaining = seconds * (1 - done) / done if done > 0 else 0
    minutes, rest = divmod(round(remaining), 60)
    text = text.format(count=grouped(count), rate=grouped(rate), remaining=f"{minutes}:{rest:02}")
    return f"{'█' * full}{'░' * (BAR_CHARACTERS - full)} {text}"
