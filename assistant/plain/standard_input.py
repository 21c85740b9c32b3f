"""Lines from standard input: from a pipe in UTF-8 as from a file, from a terminal in its own encoding."""

import sys
from typing import IO, Final

from assistant.documents.problem import Place, Problem
from assistant.system.language import _

MAX_LINE_CHARACTERS: Final = 1000
"""A longer line is refused."""
_MAX_LINE_BYTES: Final = 4 * MAX_LINE_CHARACTERS + 2
_MARK: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class NoTextError(Exception):
    """The input is no text. The exception has the problem, which quotes nothing of the input."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Lines:
    """The lines of a stream of bytes."""

    def __init__(self, stream: IO[bytes], terminal_encoding: str | None = None) -> None:
        """Read from a stream. ``terminal_encoding`` is None for a pipe, which has to be UTF-8."""
        self._stream = stream
        self._terminal_encoding = terminal_encoding
        self._number = 0
        self._offset = 0

    def next_line(self) -> str:
        """Return the next line, without its end.

        Raises:
            EOFError: if there is none, or the input cannot be read.
            NoTextError: if it comes from a pipe and is no text.
        """
        try:
            line = rest = self._stream.readline(_MAX_LINE_BYTES)
            length = len(line)
            while rest and not rest.endswith(b"\n"):
                rest = self._stream.readline(_MAX_LINE_BYTES)
                length += len(rest)
        except OSError:
            raise EOFError from None
        if not line:
            raise EOFError
        self._number += 1
        text = self._text(line) if self._terminal_encoding is None else line.decode(self._terminal_encoding, "replace")
        self._offset += length
        return text.rstrip("\r\n")

    def _text(self, line: bytes) -> str:
        if self._number == 1:
            if line.startswith(_UTF_16):
                raise self._refused(0, _("this is UTF-16."))
            line = line.removeprefix(_MARK)
        if b"\0" in line:
            raise self._refused(line.index(b"\0"), _("there is a zero byte here. Is this UTF-16?"))
        is_cut_off = len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n")  # perhaps inside a character
        try:
            return line.decode("utf-8", "replace" if is_cut_off else "strict")
        except UnicodeDecodeError as error:
            raise self._refused(
                error.start, _("byte {offset} is not UTF-8.").format(offset=self._offset + error.start)
            ) from None

    def _refused(self, at: int, message: str) -> NoTextError:
        place = Place(path=_("standard input"), line=self._number, column=at + 1)
        return NoTextError(Problem(place=place, message=message, remedy=_("Send it as UTF-8.")))


def lines_of_standard_input() -> Lines:
    """Return the lines of standard input."""
    return Lines(sys.stdin.buffer, sys.stdin.encoding if sys.stdin.isatty() else None)
