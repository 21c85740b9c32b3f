"""Read a table of scenarios in the format that the suffix of its name says; its content has to agree."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from assistant.documents.problem import Problem
from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.system.os_error import reason_of
from assistant.tables.reading import columnar, delimited, json_rows
from assistant.tables.reading.batch import Batch
from assistant.tables.reading.errors import TableError
from assistant.tables.reading.file_types import FILE_TYPES, SEPARATORS
from assistant.tables.reading.header import check_columns

_BEGINNINGS: Final = {
    b"PAR1": (".parquet",),
    b"ARROW1": (".arrow", ".ipc", ".feather"),
    b"PK\x03\x04": (),
    b"\x1f\x8b": (),
    b"\xd0\xcf\x11\xe0": (),
}
"""The first bytes of binary formats, and the suffixes for them; spreadsheets and archives are no tables."""
_FEATHER_1, _ENCRYPTED, _STREAM = b"FEA1", b"PARE", b"\xff\xff\xff\xff"
_UNSUPPORTED: Final = (_FEATHER_1, _ENCRYPTED, _STREAM)
_MARKUP, _JSON = b"<", (b"{", b"[")
_NO_MARKUP: Final = {
    **dict.fromkeys(SEPARATORS, (_MARKUP, *_JSON)),
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), (_MARKUP,)),
}
"""What a text file must not begin with, by suffix: a sign-in page saved instead of the table, or JSON named .csv."""


def read_table(path: Path, rulebook: Rulebook) -> Iterator[Batch]:
    """Return the rows of a table in batches, in the order of the file.

    Raises:
        TableError: if the table cannot be evaluated; perhaps only after some rows.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise TableError([Problem.of_path(path, _("this is a folder, not a file."), _("Name a file."))])
        if not stat.S_ISREG(status.st_mode):
            raise TableError([Problem.of_path(path, _("this is not a regular file."), _("Name a regular file."))])
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            yield from _batches(path, file, rulebook, before.st_size)
            if _changed(before, os.fstat(file.fileno())) or _changed(before, path.stat()):
                message, remedy = _("the file changed while it was read."), _("Evaluate it again when it is finished.")
                raise TableError.at(path, message, remedy)
    except OSError as error:
        message = _("the file cannot be read: {reason}.").format(reason=reason_of(error))
        raise TableError([Problem.of_path(path, message, _("Check its name and its permissions."))]) from error


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino)


def _batches(path: Path, file: IO[bytes], rulebook: Rulebook, size: int) -> Iterator[Batch]:
    suffix = path.suffix.lower()
    _check_content(path, file, suffix)
    if suffix in SEPARATORS:
        separator = SEPARATORS[suffix]
        header = delimited.read_header(path, file, separator)
        check_columns(path, header.columns, rulebook)
        return delimited.read_batches(path, file, header, separator, size)
    if suffix == ".json":
        return json_rows.read_list(path, file, rulebook, size)
    if suffix in {".ndjson", ".jsonl"}:
        return json_rows.read_lines(path, file, rulebook, size)
    if not _is_unicode(path):
        message = _("the name of the file, or of its folder, is not UTF-8.")
        raise TableError([Problem.of_path(path, message, _("Rename it."))])
    return columnar.read_columns(path, file, rulebook, parquet=suffix == ".parquet")


def _is_unicode(path: Path) -> bool:
    """Return whether the name is valid UTF-8, as Polars needs it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_content(path: Path, file: IO[bytes], suffix: str) -> None:
    start = file.read(8)
    file.seek(0)
    if start.startswith(_UNSUPPORTED):
        raise TableError.at(path, *_unsupported_format(start))
    for beginning, suffixes in _BEGINNINGS.items():
        if start.startswith(beginning) and suffix not in suffixes:
            remedy = _("Save it as a table: {endings}.").format(endings=", ".join(FILE_TYPES))
            if suffixes:
                remedy = _("Its name should end in {ending}.").format(ending=suffixes[0])
            raise TableError.at(path, _("the file is not what its name says."), remedy)
    if suffix in _NO_MARKUP and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NO_MARKUP[suffix]):
        raise TableError.at(path, *_wrong_name())
    binary = [beginning for beginning, suffixes in _BEGINNINGS.items() if suffix in suffixes]
    if binary and not start.startswith(tuple(binary)):
        raise TableError.at(path, *_wrong_name())


def _unsupported_format(start: bytes) -> tuple[str, str]:
    """Return the message and remedy for a format that resembles a supported one."""
    if start.startswith(_FEATHER_1):
        return _("this is Feather of version 1."), _("Write it as Feather of version 2, or as Parquet.")
    if start.startswith(_ENCRYPTED):
        return _("this is encrypted Parquet."), _("Write it without encryption.")
    message = _("this is an Arrow stream, which does not say whether it is whole.")
    return message, _("Write it as an Arrow file, or as Parquet.")


def _wrong_name() -> tuple[str, str]:
    return _("the file is not what its name says."), _("Give it the ending of its real format, or save it again.")
