"""Lines to and from a terminal or a pipe: plain text, without control codes."""

import re
import textwrap
from collections.abc import Callable
from typing import Final, TypeVar

from assistant.interview.typed_answer.text import layout_hint
from assistant.plain.fixed_words import number_said, yes_or_no
from assistant.plain.typed import Unread, cancels
from assistant.system.display_safe import printable
from assistant.system.language import _
from assistant.system.message import Phrase, text

_MARK: Final = re.compile(r" *(?:- |\S{1,3} {2})?")
"""The mark at the beginning of a line. Further lines are indented by its width."""
Reading = TypeVar("Reading")


class LineIO:
    """Write lines wrapped to a width in columns, and read lines."""

    def __init__(
        self,
        write: Callable[[str], None],
        read: Callable[[], str],
        width: int,
        secret: Callable[[str], str] | None = None,
    ) -> None:
        """Use functions to write a line, to read one, and to read one that is not shown, after a prompt.

        ``read`` and ``secret`` raise EOFError when the input ends. Without a terminal there is no ``secret``: then a
        passphrase is read like any line.
        """
        self.read = read
        self._secret = secret
        self.width = width
        self._write = write

    def say(self, *lines: Phrase) -> None:
        """Write lines, wrapped to the width."""
        for line in map(text, lines):
            mark = _MARK.match(line)
            indent = " " * (mark.end() if mark else 0)
            wrapped = textwrap.wrap(
                printable(line), self.width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
            )
            for each in wrapped or [""]:
                self._write(each)

    def say_verbatim(self, lines: str) -> None:
        """Write the lines of a text without wrapping them."""
        for line in lines.splitlines():
            self._write(printable(line))

    def secret(self, prompt: str) -> str:
        """Ask for a line that is not shown while it is typed.

        Raises:
            EOFError: if the input ends.
        """
        if self._secret is not None:
            return self._secret(prompt + " ")
        self.say(prompt)
        return self.read()

    def asked(self, question: str, reading: Callable[[str], Reading | Unread]) -> Reading | None:
        """Ask until ``reading`` understands a line; return None if the user cancels, with Enter or the key to leave.

        What was not understood is asked again, so that no line is left over for the question that follows.
        """
        self.say(question)
        while not cancels(line := self.read()):
            found = reading(line)
            if not isinstance(found, Unread):
                return found
            self.say(*found.messages)
        return None

    def agreed(self, question: str) -> bool:
        """Return whether the user says yes."""
        return self.asked(question, _agreement) is True

    def numbered(self, word: str, most: int) -> int | None:
        """Return the typed number, from 1 to ``most``, less 1. If it is none, say so and return None."""
        number = number_said(word) or 0
        if 0 < number <= most:
            return number - 1
        self.say(_("Type a number from 1 to {most}.").format(most=most))
        return None


def _agreement(line: str) -> bool | Unread:
    said = yes_or_no(line)
    if said is not None:
        return said
    hint = layout_hint(line, lambda other: len(other) > 1 and yes_or_no(other) is not None)
    return Unread((hint or _("Type the whole word yes or no."),))
