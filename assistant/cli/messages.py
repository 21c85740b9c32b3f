"""Messages for the user on standard error."""

import re
import sys
from collections.abc import Iterable

from assistant.system.display_safe import REPLACEMENT, printable


class CommandError(Exception):
    """A command that cannot do what was asked; carries the message for the user."""


def write_messages(messages: Iterable[object]) -> None:
    """Write each message as one line; control characters in a file or its name are shown, not sent to the terminal."""
    for message in messages:
        # A place names a file, and the name of a file can hold anything.
        sys.stderr.write(re.sub(r"[\r\n]", REPLACEMENT, printable(str(message))) + "\n")
