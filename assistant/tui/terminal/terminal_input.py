"""Reading terminal input that is neither text nor a key: bytes that are no UTF-8, and broken escape sequences.

On some of it Textual stops with an exception that quotes what was typed. Other parts, of broken sequences and after an
escape character in a paste, it takes for keys. Here none of that is a key, and reading goes on.
"""

import contextlib
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.keys import Keys
from textual.message import Message

PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"
_ON_KEYPAD: Final = {
    "decimal": ("full_stop", "."),
    "separator": ("comma", ","),
    "divide": ("slash", "/"),
    "multiply": ("asterisk", "*"),
    "subtract": ("minus", "-"),
    "add": ("plus", "+"),
    "equal": ("equals_sign", "="),
}
"""The keys of a keypad that Textual gives no character to, as it gives one to the digits beside them."""
CTRL_Q: Final = "\x11"
_PASTE_TIMEOUT_TICKS: Final = 10
"""How many looks at the clock without input, a tenth of a second each, end a paste that has no end."""
_IDLE_TICKS: Final = 2000
"""So many looks in less than half the time that they take mean that the terminal is gone."""


class PatientParser(XTermParser):
    """Textual's parser, changed to find no key in a paste or a broken sequence, and to go on after either."""

    _paste: str | None = None
    """The text pasted so far; None outside of a paste."""
    _pending = ""
    """Input that may be the beginning of a paste mark."""
    _ticks = 0
    _idle_since = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the events in a piece of input; an empty piece is the end of the input."""
        self._ticks = 0
        if not data:
            yield from super().feed(data)
            return
        data, self._pending = self._pending + data, ""
        while data:
            mark = PASTE_BEGINS if self._paste is None else PASTE_ENDS
            before, found, data = data.partition(mark)
            if not found:
                before, self._pending = _split_partial_mark(mark, before)
            if self._paste is None:
                yield from self._keys(before)
                self._paste = "" if found else None
            else:
                self._paste += before
                if found:
                    yield from self._pasted()

    def tick(self) -> Iterable[Message]:
        """Return the events that follow if no further input has come for a while.

        Textual looks at the clock ten times a second, and without a pause once the terminal is gone: then leave.
        """
        if self._ticks == 0:
            self._idle_since = time.monotonic()
        self._ticks += 1
        if self._ticks > _IDLE_TICKS and time.monotonic() - self._idle_since < _IDLE_TICKS / 20:
            self._ticks = 0
            yield Key("ctrl+q", CTRL_Q)
        if self._paste is not None:
            if self._ticks > _PASTE_TIMEOUT_TICKS:
                yield from self._pasted()
            return
        held, self._pending = self._pending, ""
        yield from self._keys(held)
        timed_out = list(super().tick())
        if len(timed_out) <= 1:  # else they are the characters of a sequence that has no end
            yield from timed_out

    def _pasted(self) -> Iterator[Message]:
        text, self._paste = self._paste or "", None
        yield Paste(text)

    def _keys(self, data: str) -> Iterator[Message]:
        for character in data:
            if character == CTRL_Q:  # also in the middle of a sequence
                super(XTermParser, self).__init__()
                yield Key("ctrl+q", character)
            else:
                yield from _unless_broken(self._events_of(character))

    def _events_of(self, character: str) -> Sequence[Message]:
        try:
            return list(super().feed(character))
        except (ArithmeticError, LookupError, StopIteration, ValueError):
            super(XTermParser, self).__init__()  # a new generator, for this one has ended
            return ()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            return [_with_character(key) for key in super()._sequence_to_key_events(sequence, alt)]
        except (ArithmeticError, LookupError, ValueError):
            return [Key(Keys.Ignore, sequence)]


def _with_character(key: Key) -> Key:
    return Key(*_ON_KEYPAD[key.key]) if key.key in _ON_KEYPAD else key


def _split_partial_mark(mark: str, data: str) -> tuple[str, str]:
    """Split off the end of the data if it may be the beginning of a mark. Return the rest, and that end.

    The first two characters of a mark may as well be the key Esc, which must not wait.
    """
    shortest = 3 if mark == PASTE_BEGINS else 1
    for length in range(len(mark) - 1, shortest - 1, -1):
        if data.endswith(mark[:length]):
            return data[:-length], data[-length:]
    return data, ""


def _unless_broken(events: Sequence[Message]) -> Sequence[Message]:
    """Return the events that one character completes; none if they come from a broken sequence.

    Textual returns the characters of a broken sequence as keys, the escape character as ``^``.
    """
    first = events[0] if len(events) > 1 else None
    return () if isinstance(first, Key) and first.key == "circumflex_accent" else events


def install_patient_parser() -> None:
    """Make Textual use :class:`PatientParser`, and replace bytes that are no UTF-8."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        module: Any = linux_driver
        module.getincrementaldecoder = lambda encoding: partial(getincrementaldecoder(encoding), errors="replace")
        module.XTermParser = PatientParser


@contextlib.contextmanager
def without_flow_control() -> Iterator[None]:
    """Switch off flow control, so that Ctrl+Q and Ctrl+S reach the program; restore it afterwards."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    without = [before[0] & ~termios.IXON, *before[1:]]
    with contextlib.suppress(termios.error):
        termios.tcsetattr(terminal, termios.TCSANOW, without)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
