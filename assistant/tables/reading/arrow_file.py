"""Count the rows of an Arrow IPC file, and check that its footer, messages, columns and buffers agree.

Polars trusts the footer and the number of rows of each batch. After one flipped bit it may read fewer rows than there
are, or none. The layout is specified in
https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format, in FlatBuffers.
"""

import os
import struct
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final, NamedTuple

MAGIC: Final = b"ARROW1"
_FIRST: Final = 8
"""Offset of the first message in bytes: after the magic, padded to eight bytes."""
_CONTINUATION: Final = b"\xff\xff\xff\xff"
_MAX_SCHEMA_BYTES: Final = 1 << 20
_DICTIONARY, _RECORDS = 2, 3
"""Message types that the footer lists, in the fields with the same numbers."""
_DICTIONARY_BUFFERS: Final = 2
"""Buffers of a dictionary-encoded column."""
_BUFFERS: Final = {1: 0, 2: 2, 3: 2, 4: 3, 5: 3, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2, 18: 2, 19: 3, 20: 3, 23: 2, 24: 2}
"""Buffers of a column by the number of its type; nested types are left out."""
_TEXT_BUFFERS: Final = 3
"""Buffers of a text column; one of them holds an offset even if there are no rows."""
_ONE_OFFSET_BYTES: Final = 64
"""Bytes of a buffer with one offset, including its padding."""


class _Message(NamedTuple):
    """A message: its offset in the file, its type, its header, and the length of its body in bytes."""

    at: int
    type: int
    header: "_Table"
    body: int


def rows_of_arrow_file(file: IO[bytes]) -> int:
    """Return the number of rows in the file.

    Raises:
        ValueError: if the file is cut off, or its parts contradict each other.
        OSError: if it cannot be read.
    """
    end = file.seek(0, os.SEEK_END) - len(MAGIC) - 4
    file.seek(max(end, 0))
    (length,) = _unpacked("<i", file.read(4), 0)
    start = end - length
    if file.read() != MAGIC or not _FIRST <= start < end:
        raise ValueError("there is no footer")
    file.seek(start)
    footer = _Table.root(file.read(length))
    fields = footer.table(1).tables(1)
    places: dict[int, list[tuple[int, int]]] = {_DICTIONARY: [], _RECORDS: []}
    rows = 0
    for message in _messages(file, start):
        if message.type in places:
            places[message.type].append((message.at, message.body))
        if message.type == _RECORDS:
            rows += _rows(message, fields)
    for kind, in_file in places.items():
        if in_file != sorted((at, body) for at, _length, body in footer.structs(kind, "<qi4xq")):
            raise ValueError("the footer lists other messages")
    return rows


def _messages(file: IO[bytes], end: int) -> Iterator[_Message]:
    """Return the messages in the order of the file, up to the offset ``end``, where the footer begins."""
    at = _first_message(file)
    while at < end:
        file.seek(at)
        prefix = file.read(4)
        (length,) = _unpacked("<i", file.read(4) if prefix == _CONTINUATION else prefix, 0)  # since Arrow 0.15
        if length == 0:
            return
        if not 0 < length <= end - file.tell():
            raise ValueError("a message is longer than the file")
        message = _Table.root(file.read(length))
        body = message.number(3, "<q")
        if not 0 <= body <= end - file.tell():
            raise ValueError("a body is longer than the file")
        yield _Message(at, message.number(1, "<B"), message.table(2), body)
        at = file.tell() + body


def _first_message(file: IO[bytes]) -> int:
    """Return the offset of the first message in bytes; Polars writes a schema before it that is no message."""
    file.seek(_FIRST)
    beginning = file.read(_MAX_SCHEMA_BYTES)
    return _FIRST + next((at for at in range(0, len(beginning), 8) if beginning.startswith(_CONTINUATION, at)), 0)


def _rows(message: _Message, fields: Sequence["_Table"]) -> int:
    """Return the number of rows of a batch, and raise ValueError if its columns and buffers do not agree on it."""
    batch = message.header
    rows: int = batch.number(0, "<q")
    buffers = batch.structs(2, "<qq")
    if any(offset < 0 or length < 0 or offset + length > message.body for offset, length in buffers):
        raise ValueError("a buffer is outside of its body")
    counts = [_DICTIONARY_BUFFERS if field.has(4) else _BUFFERS.get(field.number(2, "<B")) for field in fields]
    if None in counts:  # a nested column is refused later, unless it has no value at all
        return rows
    columns = batch.structs(1, "<qq")
    if len(columns) != len(fields) or any(length != rows or not 0 <= nulls <= rows for length, nulls in columns):
        raise ValueError("the columns are longer or shorter than their batch")
    if len(buffers) != sum(count or 0 for count in counts) + sum(count for (count,) in batch.structs(4, "<q")):
        raise ValueError("there are more or fewer buffers than the columns need")
    filled = [length for _offset, length in buffers if length]
    if not rows and (len(filled) > counts.count(_TEXT_BUFFERS) or max(filled, default=0) > _ONE_OFFSET_BYTES):
        raise ValueError("there are values, but no rows")
    return rows


class _Table:
    """A FlatBuffers table. Fields have numbers; a missing field has the value 0."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at
        self._slots = at - self._get("<i", at)
        self._size = self._get("<H", self._slots)

    @classmethod
    def root(cls, data: bytes) -> "_Table":
        """Return the root table of the data."""
        return cls(data, _unpacked("<I", data, 0)[0])

    def has(self, field: int) -> bool:
        return self._place(field) > 0

    def number(self, field: int, form: str) -> int:
        place = self._place(field)
        return self._get(form, place) if place else 0

    def table(self, field: int) -> "_Table":
        if not self.has(field):
            raise ValueError("a table is missing")
        return _Table(self._data, self._target(self._place(field)))

    def tables(self, field: int) -> list["_Table"]:
        start, count = self._vector(field)
        return [_Table(self._data, self._target(start + 4 * index)) for index in range(count)]

    def structs(self, field: int, form: str) -> list[tuple[Any, ...]]:
        start, count = self._vector(field)
        size = struct.calcsize(form)
        elements = self._data[start : start + count * size]
        if len(elements) != count * size:
            raise ValueError("a list is longer than its message")
        return [*struct.iter_unpack(form, elements)]

    def _vector(self, field: int) -> tuple[int, int]:
        """Return the offset of the first element, and the number of elements."""
        if not self.has(field):
            return 0, 0
        start = self._target(self._place(field))
        return start + 4, self._get("<I", start)

    def _place(self, field: int) -> int:
        slot = 4 + 2 * field
        offset = self._get("<H", self._slots + slot) if slot < self._size else 0
        return self._at + offset if offset else 0

    def _target(self, place: int) -> int:
        return place + self._get("<I", place)

    def _get(self, form: str, place: int) -> int:
        number: int = _unpacked(form, self._data, place)[0]
        return number


def _unpacked(form: str, data: bytes, place: int) -> tuple[Any, ...]:
    if not 0 <= place <= len(data) - struct.calcsize(form):
        raise ValueError("a number is outside of the file")
    return struct.unpack_from(form, data, place)
