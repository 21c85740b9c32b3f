"""Read CSV (RFC 4180) and TSV files in UTF-8, in blocks of bounded size.

Encoding and delimiter are never guessed: a file that seems to have others is refused with a hint.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple

from assistant.system.language import _
from assistant.tables.reading.batch import Batch
from assistant.tables.reading.errors import TableError
from assistant.tables.reading.records import Records, read_records

BLOCK_BYTES: Final = 1 << 23
"""Bytes that are read at once."""
MAX_PIECE_LINES: Final = 1 << 18
"""Lines that are read at once; a block of very short lines, each of them wrong, would have many times as many."""
MAX_LINE_BYTES: Final = 1 << 20
"""Bytes of the longest line; an unclosed quote is detected after as many."""
_BEYOND_ASCII: Final = bytes(range(0x80, 0x100))
_CYRILLIC: Final = bytes(range(0xC0, 0x100))
"""The letters from А to я in Windows-1251."""


class Header(NamedTuple):
    """The names of the columns, and the offset of the first row in bytes."""

    columns: tuple[str, ...]
    offset: int


def read_header(path: Path, file: IO[bytes], separator: str) -> Header:
    """Return the header, which is the first line of a table.

    Raises:
        TableError: if it is no header, or has another encoding or delimiter than expected.
    """
    start = file.read(MAX_LINE_BYTES)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError.at(path, _("this is UTF-16."), _utf8())
    mark = 3 if start.startswith(b"\xef\xbb\xbf") else 0
    line, newline, _rest = start[mark:].partition(b"\n")
    if len(start) == MAX_LINE_BYTES and not newline:
        raise TableError.at(path, _("the first line does not end."), _("Is this a table of text?"))
    text = decode(path, line, 1).removesuffix("\r")
    if not text.strip():
        raise TableError.at(path, _("the table has no header."), _("The first line names the columns."))
    if "\r" in text:
        raise TableError.at(path, _("the lines end in a carriage return alone."), _("Save it with other line ends."))
    if re.fullmatch('"?sep=.?"?', text):
        message, remedy = (
            _("this line is for a spreadsheet only."),
            _("Take it away: the first line names the columns."),
        )
        raise TableError.at(path, message, remedy)
    columns = _names(text, separator)
    if len(columns) < 2:  # noqa: PLR2004  # one column, or malformed quotes
        _refuse_other_separators(path, text, separator)
    if not columns:
        raise TableError.at(path, _("the quotes of the header are in disorder."), _("Mend the first line."))
    return Header(columns, mark + len(line) + len(newline))


def _names(text: str, separator: str) -> tuple[str, ...]:
    """Return the cells of the first line, or none if its quotes are malformed."""
    try:
        return tuple(next(csv.reader([text], delimiter=separator, strict=True)))
    except csv.Error:
        return ()


def _refuse_other_separators(path: Path, text: str, separator: str) -> None:
    shown = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs"), "|": _("vertical lines")}
    for other, name in shown.items():
        if other != separator and len(_names(text, other)) > 1:
            message = _("the cells are separated by {other}, not by {expected}.")
            remedy = _("Save it with the delimiter of its ending: .csv has commas, .tsv has tabs.")
            if other == ";":
                remedy += " " + _("LibreOffice asks for it; Excel takes the list separator of the system's settings.")
            raise TableError.at(path, message.format(other=name, expected=shown[separator]), remedy)


def read_batches(path: Path, file: IO[bytes], header: Header, separator: str, size: int) -> Iterator[Batch]:
    """Return the rows of a table of ``size`` bytes in batches, in the order of the file.

    Raises:
        TableError: if a later part of the file cannot be read.
    """
    file.seek(header.offset)
    carried, line = b"", 2
    for piece, read in _read_pieces(file, header, size):
        end = piece.rfind(b"\n") + 1
        data, carried = (carried + piece[:end], piece[end:]) if end else (b"", carried + piece)
        if data:
            records = read_records(decode(path, data, line), line, header.columns, separator)
            lines = data.count(b"\n")
            if records.rest < lines:
                carried = b"\n".join(data.split(b"\n")[records.rest :]) + carried
            yield _batch(records, read / max(size, 1))
            line += records.rest
            if records.too_long:
                raise _unclosed(path, line)
        if len(carried) > MAX_LINE_BYTES:
            raise _unclosed(path, line) if b'"' in carried else _endless(path, line)
    if carried:
        records = read_records(decode(path, carried, line), line, header.columns, separator)
        yield _batch(records, 1)
        if records.rest < carried.removesuffix(b"\n").count(b"\n") + 1:
            raise _unclosed(path, line + records.rest)


def _read_pieces(file: IO[bytes], header: Header, size: int) -> Iterator[tuple[bytes, int]]:
    """Return the bytes after the header in pieces, each with the number of bytes read so far."""
    read = header.offset
    while read <= size and (block := file.read(BLOCK_BYTES)):  # a file that keeps growing would never end
        read += len(block)
        for piece in split_block(block, MAX_PIECE_LINES):
            yield piece, read


def split_block(block: bytes, most: int) -> Iterator[bytes]:
    """Split a block at the ends of lines into pieces of at most ``most`` lines."""
    half = len(block) // 2
    cut = block.rfind(b"\n", 0, half) + 1 or block.find(b"\n", half) + 1
    if block.count(b"\n") <= most:
        yield block
    else:
        yield from split_block(block[:cut], most)
        yield from split_block(block[cut:], most)


def _batch(records: Records, done: float) -> Batch:
    return Batch(records.frame, records.rejects, records.original, done, empty=records.empty)


def decode(path: Path, data: bytes, line: int) -> str:
    """Decode lines, the first of which has the number ``line`` in the file.

    Raises:
        TableError: if they are not UTF-8, or contain a NUL byte.
    """
    nul = data.find(b"\0")
    if nul >= 0:
        remedy = _("Is this a table of text? If it is UTF-16: {remedy}").format(remedy=_utf8())
        raise TableError.at(path, _("there is a zero byte here."), remedy, line + data.count(b"\n", 0, nul))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        beyond = len(data) - len(data.translate(None, _BEYOND_ASCII))
        cyrillic = len(data) - len(data.translate(None, _CYRILLIC)) > beyond * 3 / 4
        remedy = _("It may be Windows-1251. {remedy}").format(remedy=_utf8()) if cyrillic else _utf8()
        at = line + data.count(b"\n", 0, error.start)
        raise TableError.at(path, _("this is not UTF-8."), remedy, at) from None


def _utf8() -> str:
    return _("Save it as UTF-8 (spreadsheets call it “CSV UTF-8”).")


def _unclosed(path: Path, line: int) -> TableError:
    return TableError.at(path, _("a quote opens here and is never closed."), _("Close it, or take it away."), line)


def _endless(path: Path, line: int) -> TableError:
    return TableError.at(path, _("this line is longer than any row."), _("Is this a table of text?"), line)
