"""Standard output and standard error: everything is written completely, or the exit code reports that it was not.

Python's own streams are not enough. If they are unbuffered (``PYTHONUNBUFFERED``), the rest of a write that the system
accepts only in part is lost without an error; argparse ignores the errors of ``--help``; and an error on standard error
would cut off the data on standard output.
"""

import codecs
import contextlib
import io
import os
import select
import stat
import sys
from collections.abc import Iterator
from typing import IO, Any, Final, TextIO

from typing_extensions import Buffer

_ERROR_HANDLER: Final = "assistant.question-mark"
"""The name of our error handler for characters that an encoding does not contain."""


class _Losses:
    """Whether this process lost a letter or a message in its output without being ended by an error."""

    letter = False
    message = False

    def replace(self, error: UnicodeError) -> tuple[str, int]:
        """Replace characters that the encoding does not contain by question marks (an error handler for codecs)."""
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lost = error.object[error.start : error.end]
        self.letter = self.letter or any(character.isalnum() for character in lost)
        return "?" * len(lost), error.end


_losses: Final = _Losses()
codecs.register_error(_ERROR_HANDLER, _losses.replace)


class WholeWrites(io.RawIOBase):
    """Write all bytes to a file, even if it accepts few at a time; after an error, discard all further bytes.

    ``error`` is the first error. It is also raised, unless it is an OSError and the file is ``quiet``.
    """

    def __init__(self, file: io.RawIOBase, *, quiet: bool = False) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self._file = file
        self._quiet = quiet

    def write(self, data: Buffer, /) -> int:
        """Write all of ``data``, waiting if the file cannot accept more, and return its size in bytes."""
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
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Return whether the file is a terminal."""
        return self._file.isatty()


_original_streams: Final[list[TextIO]] = []
"""Python's own streams. They would close their files if nothing referred to them."""


def open_streams() -> None:
    """Replace this process's standard streams by streams that write everything or remember the error.

    A stream that the calling process has closed is None in Python. Messages are then discarded; writing data fails.
    """
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, flags)  # gets the lowest free number, which no other file can then get
            setattr(sys, name, os.fdopen(handle, "r" if name == "stdin" else "w"))
    _original_streams.extend((sys.stdout, sys.stderr))
    sys.stdout = _whole(sys.stdout, errors=_ERROR_HANDLER)
    sys.stderr = _whole(sys.stderr, errors="replace", quiet=True)


def messages_to(handle: int, like: TextIO) -> TextIO:
    """Return a stream that behaves like standard error, but writes to the descriptor ``handle``, which it owns."""
    file = io.FileIO(handle, "w")
    return _text(file, like.encoding, "replace", quiet=True, each_line=True)


def _whole(stream: TextIO, errors: str, *, quiet: bool = False) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    with contextlib.suppress(OSError, ValueError):  # a stream in memory, as in tests, has no descriptor
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
    """Write a text for people to standard output, in the encoding of the terminal.

    Raises:
        OSError: It cannot be written. A broken pipe is no error: the command continues to its exit code.
    """
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(text)


def write_data(content: str | bytes) -> None:
    """Write data for other programs to standard output; a text is always encoded in UTF-8.

    Raises:
        OSError: as for :func:`write_text`.
    """
    with contextlib.suppress(BrokenPipeError):
        data_stream().write(content.encode(errors="replace") if isinstance(content, str) else content)


def data_stream() -> IO[bytes]:
    """Return the byte stream of standard output, for data that is written while it is computed.

    Raises:
        OSError: from its ``write``; also a BrokenPipeError, so that the rest is not computed without a reader.
    """
    sys.stdout.flush()
    return sys.stdout.buffer


@contextlib.contextmanager
def whole_or_absent() -> Iterator[None]:
    """Take back what the block has written to standard output if an exception ends the block."""
    sys.stdout.flush()
    end = end_of_output()
    try:
        yield
        with contextlib.suppress(BrokenPipeError):  # as in write_data
            flush()  # there may be no room for the last part
    except BaseException:
        drop_the_rest()
        take_back(end)
        raise


def end_of_output() -> int | None:
    """Return where standard output ends, or None if it cannot be taken back.

    That is so if it is not a regular file, if something follows in it, or if it is also the file of messages.
    """
    try:
        handle = sys.stdout.fileno()
        status, position = os.fstat(handle), os.lseek(handle, 0, os.SEEK_END if _appends(handle) else os.SEEK_CUR)
        shared = os.path.samestat(status, os.fstat(sys.stderr.fileno()))
    except OSError:  # a pipe, or a stream in memory, as in tests
        return None
    return position if stat.S_ISREG(status.st_mode) and position == status.st_size and not shared else None


def _appends(handle: int) -> bool:
    """Return whether a file was opened to append to it, as by ``>>`` in a shell."""
    if sys.platform == "win32":
        return False
    import fcntl  # not on Windows

    return bool(fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_APPEND)


def take_back(end: int | None) -> None:
    """Take back what was written to standard output since :func:`end_of_output`, unless that returned None."""
    if end is not None:
        os.ftruncate(sys.stdout.fileno(), end)
        os.lseek(sys.stdout.fileno(), end, os.SEEK_SET)


def flush() -> None:
    """Flush standard output.

    Raises:
        OSError: Something could not be written; a BrokenPipeError if the reader has gone.
    """
    sys.stdout.flush()
    if error := _error_of(sys.stdout):
        raise error


def has_lost_letters() -> bool:
    """Return whether a letter or digit was replaced because the encoding of the terminal does not contain it."""
    return _losses.letter


def has_lost_messages() -> bool:
    """Return whether a message could not be written to standard error for another reason than a broken pipe."""
    return _losses.message


def failed_by(error: Exception) -> bool:
    """Return whether this is the error that made standard output fail."""
    return _error_of(sys.stdout) is error


def drop_the_rest() -> None:
    """Discard all further output to standard output, including what Python would flush when it exits."""
    if raw := _raw(sys.stdout):
        raw.error = raw.error or BrokenPipeError()


def _error_of(stream: TextIO) -> BaseException | None:
    raw = _raw(stream)
    return raw.error if raw else None


def _raw(stream: TextIO) -> WholeWrites | None:
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw if isinstance(raw, WholeWrites) else None
