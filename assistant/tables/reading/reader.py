"""A table of scenarios from a file, by the ending of its name; what it holds has to agree with that."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.system.os_error import reason_of
from assistant.tables.reading import columnar, delimited, json_rows
from assistant.tables.reading.batch import Batch
from assistant.tables.reading.errors import WHOLE, FileFaultError
from assistant.tables.reading.file_types import FILE_TYPES
from assistant.tables.reading.header import refuse_strange_columns

_BEGINNINGS: Final = {
    b"PAR1": (".parquet",),
    b"ARROW1": (".arrow", ".ipc", ".feather"),
    b"PK\x03\x04": (),
    b"\x1f\x8b": (),
    b"\xd0\xcf\x11\xe0": (),
}
"""What files begin with, and the endings that may stand for it; a spreadsheet or an archive is no table."""
_FEATHER_1, _ENCRYPTED, _STREAM = b"FEA1", b"PARE", b"\xff\xff\xff\xff"
_UNREAD: Final = (_FEATHER_1, _ENCRYPTED, _STREAM)
_MARKUP, _JSON = b"<", (b"{", b"[")
_NO_MARKUP: Final = {
    **dict.fromkeys(delimited.SEPARATORS, (_MARKUP, *_JSON)),
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), (_MARKUP,)),
}
"""What text never begins with, by the ending: a page to sign in, saved in place of the table, or JSON called .csv."""


def read_table(path: Path, rulebook: Rulebook) -> Iterator[Batch]:
    """The rows of a table, some at a time, in their order.

    Raises:
        FileFaultError: if it cannot be evaluated; perhaps only after some rows.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FileFaultError(path, _("this is a folder, not a file."), _("Name a file."), WHOLE)
        if not stat.S_ISREG(found.st_mode):
            raise FileFaultError(path, _("this is not a regular file."), _("Name a regular file."), WHOLE)
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            yield from _batches(path, file, rulebook, before.st_size)
            if _changed(before, os.fstat(file.fileno())) or _changed(before, path.stat()):
                message, remedy = _("the file changed while it was read."), _("Evaluate it again when it is finished.")
                raise FileFaultError(path, message, remedy)
    except OSError as error:
        message = _("the file cannot be read: {reason}.").format(reason=reason_of(error))
        raise FileFaultError(path, message, _("Check its name and its permissions."), WHOLE) from error


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino)


def _batches(path: Path, file: IO[bytes], rulebook: Rulebook, size: int) -> Iterator[Batch]:
    ending = path.suffix.lower()
    _refuse_misnamed(path, file, ending)
    if ending in delimited.SEPARATORS:
        separator = delimited.SEPARATORS[ending]
        header = delimited.read_header(path, file, separator)
        refuse_strange_columns(path, header.columns, rulebook)
        return delimited.read_batches(path, file, header, separator, size)
    if ending == ".json":
        return json_rows.read_list(path, file, rulebook, size)
    if ending in {".ndjson", ".jsonl"}:
        return json_rows.read_lines(path, file, rulebook, size)
    if not _is_unicode(path):
        raise FileFaultError(path, _("the name of the file, or of its folder, is not UTF-8."), _("Rename it."), WHOLE)
    return columnar.read_columns(path, file, rulebook, parquet=ending == ".parquet")


def _is_unicode(path: Path) -> bool:
    """Whether the data frame library can take the name."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_misnamed(path: Path, file: IO[bytes], ending: str) -> None:
    start = file.read(8)
    file.seek(0)
    if start.startswith(_UNREAD):
        raise FileFaultError(path, *_unread(start))
    for beginning, endings in _BEGINNINGS.items():
        if start.startswith(beginning) and ending not in endings:
            remedy = _("Save it as a table: {endings}.").format(endings=", ".join(FILE_TYPES))
            if endings:
                remedy = _("Its name should end in {ending}.").format(ending=endings[0])
            raise FileFaultError(path, _("the file is not what its name says."), remedy)
    if ending in _NO_MARKUP and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NO_MARKUP[ending]):
        raise FileFaultError(path, *_misnamed())
    binary = [begin for begin, endings in _BEGINNINGS.items() if ending in endings]
    if binary and not start.startswith(tuple(binary)):
        raise FileFaultError(path, *_misnamed())


def _unread(start: bytes) -> tuple[str, str]:
    """What a file is that is like a table, and is not read."""
    if start.startswith(_FEATHER_1):
        return _("this is Feather of version 1."), _("Write it as Feather of version 2, or as Parquet.")
    if start.startswith(_ENCRYPTED):
        return _("this is encrypted Parquet."), _("Write it without encryption.")
    message = _("this is an Arrow stream, which does not say whether it is whole.")
    return message, _("Write it as an Arrow file, or as Parquet.")


def _misnamed() -> tuple[str, str]:
    return _("the file is not what its name says."), _("Name it after what it is, or write it anew.")
