"""Standard output and standard error: what is written arrives whole, or the exit code says that it did not.

Python's own streams are not enough. Unbuffered (``PYTHONUNBUFFERED``), a write that the system takes only half of is
lost without an error; argparse drops the errors of ``--help``; and an error on standard error would cut off the data on
standard output.
"""

import codecs
import contextlib
import io
import os
import select
import sys
from typing import IO, Any, Final, TextIO

from typing_extensions import Buffer

_ERRORS: Final = "assistant.question-mark"
"""The name of our error handler for characters that an encoding does not have."""


class _Losses:
    """What this process could not write, without an error that would have ended it."""

    letter = False
    message = False

    def replace(self, error: UnicodeError) -> tuple[str, int]:
        """Put question marks for what an encoding does not have: the error handler of standard output."""
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lost = error.object[error.start : error.end]
        self.letter = self.letter or any(character.isalnum() for character in lost)
        return "?" * len(lost), error.end


_losses: Final = _Losses()
codecs.register_error(_ERRORS, _losses.replace)


class WholeWrites(io.RawIOBase):
    """Write all bytes to a file, however few it takes at a time; after an error, drop whatever still comes.

    ``error`` is the first error. It is also raised, unless ``quiet``.
    """

    def __init__(self, file: io.RawIOBase, *, quiet: bool = False) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self._file = file
        self._quiet = quiet

    def write(self, data: Buffer, /) -> int:
        rest = memoryview(data).cast("B")
        size = len(rest)
        try:
            while len(rest) and self.error is None:
                taken = self._file.write(rest)
                if taken is None:
                    select.select([], [self._file], [])
                else:
                    rest = rest[taken:]
        except BaseException as error:  # an interruption, too, ends the output
            self.error = error
            if not (self._quiet and isinstance(error, OSError)):
                raise
            _losses.message = _losses.message or not isinstance(error, BrokenPipeError)
        return size

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()


_replaced: Final[list[TextIO]] = []
"""Python's own streams. They would close their files if nothing held them."""


def open_streams() -> None:
    """Replace this process's standard streams by such that write all or remember the error.

    A stream that the caller has closed is None. Messages then go nowhere; writing data fails.
    """
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, flags)  # the lowest that is free, so that no other file gets its number
            setattr(sys, name, os.fdopen(handle, "r" if name == "stdin" else "w"))
    _replaced.extend((sys.stdout, sys.stderr))
    sys.stdout = _whole(sys.stdout, errors=_ERRORS)
    sys.stderr = _whole(sys.stderr, errors="replace", quiet=True)


def messages_to(handle: int, like: TextIO) -> TextIO:
    """Return a stream like standard error that writes to another descriptor, and closes it."""
    file = io.FileIO(handle, "w")
    return _text(file, like.encoding, "replace", quiet=True, each_line=True)


def _whole(stream: TextIO, errors: str, *, quiet: bool = False) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    with contextlib.suppress(OSError, ValueError):  # a test catches what is written in memory
        stream.fileno()
        file: Any = getattr(stream.buffer, "raw", stream.buffer)
        each_line = quiet or stream.line_buffering or stream.write_through
        return _text(file, stream.encoding, errors, quiet=quiet, each_line=each_line)
    stream.reconfigure(errors="replace")
    return stream


def _text(file: io.RawIOBase, encoding: str, errors: str, *, quiet: bool, each_line: bool) -> TextIO:
    buffer = io.BufferedWriter(WholeWrites(file, quiet=quiet))
    return io.TextIOWrapper(buffer, encoding=encoding, errors=errors, line_buffering=each_line)


def write_text(text: str) -> None:
    """Write a text for people, in the encoding of their terminal.

    Raises:
        OSError: It cannot be written. That nobody reads any further is no error: the command goes on to its exit code.
    """
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(text)


def write_data(content: str | bytes) -> None:
    """Write what other programs read: a text always in UTF-8.

    Raises:
        OSError: as for :func:`write_text`.
    """
    with contextlib.suppress(BrokenPipeError):
        data_stream().write(content.encode(errors="replace") if isinstance(content, str) else content)


def data_stream() -> IO[bytes]:
    """Return the stream of bytes behind standard output, for data that is written as it comes.

    Raises:
        OSError: from its ``write``, if that fails; a BrokenPipeError, too, because the rest would be made for nobody.
    """
    sys.stdout.flush()
    return sys.stdout.buffer


def flush() -> None:
    """Hand over what was written so far.

    Raises:
        OSError: It cannot be written; a BrokenPipeError if nobody reads any further.
    """
    sys.stdout.flush()
    if error := _error_of(sys.stdout):
        raise error


def has_lost_letters() -> bool:
    """Return whether a letter or a digit could not be written in the encoding of the terminal."""
    return _losses.letter


def has_lost_messages() -> bool:
    """Return whether a message could not be written to standard error, although somebody would read it."""
    return _losses.message


def failed_by(error: Exception) -> bool:
    """Return whether this is the error by which standard output failed."""
    return _error_of(sys.stdout) is error


def drop_the_rest() -> None:
    """Let nothing more be written to standard output, not even what Python would try again at its end."""
    if raw := _raw(sys.stdout):
        raw.error = raw.error or BrokenPipeError()


def _error_of(stream: TextIO) -> BaseException | None:
    raw = _raw(stream)
    return raw.error if raw else None


def _raw(stream: TextIO) -> WholeWrites | None:
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw if isinstance(raw, WholeWrites) else None
