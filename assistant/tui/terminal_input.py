"""What a keyboard or a paste sends that is no text and no key: bytes that are no UTF-8, sequences that make no sense.

Textual stops at either with an exception that quotes what was typed. Here they are no key, and it reads on.
"""

import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable
from functools import partial
from typing import Any

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys
from textual.message import Message


class PatientParser(XTermParser):
    """Textual's parser, which goes on after a sequence that it cannot read."""

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events in a piece of input; what is behind a sequence that breaks the parser is dropped."""
        try:
            yield from super().feed(data)
        except (ArithmeticError, LookupError, StopIteration, ValueError):
            super(XTermParser, self).__init__()  # a new generator, for this one has ended

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            return list(super()._sequence_to_key_events(sequence, alt))
        except (ArithmeticError, LookupError, ValueError):
            return [Key(Keys.Ignore, sequence)]


def read_patiently() -> None:
    """Let Textual read the terminal in this way."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        module: Any = linux_driver
        module.getincrementaldecoder = lambda encoding: partial(getincrementaldecoder(encoding), errors="replace")
        module.XTermParser = PatientParser
