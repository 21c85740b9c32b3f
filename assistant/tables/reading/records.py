"""Split lines of text into records: the cells of each valid one, and the reason for each invalid one.

Lines without a quote are split all at once. Only lines with a quote go through Python's reader, in its strict mode.
"""

import csv
from collections.abc import Iterable
from typing import Final, NamedTuple

import polars

from assistant.system.language import _
from assistant.tables.reading.batch import ROW
from assistant.tables.reading.errors import Reason, Reject

_END: Final = "unexpected end of data"
_TOO_LONG: Final = "field larger than field limit"
"""Messages of Python's reader for an unclosed quote, and for a cell longer than ``csv.field_size_limit``."""


class Records(NamedTuple):
    """The records of some lines; ``frame`` has ``ROW`` and the cells as text, in any order.

    ``rest``: the first line of an incomplete record, else the number of lines.
    ``too_long``: more lines would not complete this record either.
    ``original``: returns the text of a record.
    ``empty``: the number of rows with only empty cells, as spreadsheets leave them at the end; like blank lines they
    are no records.
    """

    frame: polars.DataFrame
    rejects: tuple[Reject, ...]
    rest: int
    too_long: bool
    original: "Originals"
    empty: int


class Originals:
    """The lines of a text without line ends, the first of which has the number ``first`` in its file."""

    def __init__(self, text: str, first: int) -> None:
        self.lines = polars.Series([text.removesuffix("\n")]).str.split("\n").explode()
        self.spans: dict[int, int] = {}
        self._first = first

    def __call__(self, row: int) -> str:
        """Return the text of the record that begins in a line."""
        start = row - self._first
        span = self.spans.get(start, 1)
        record: str = self.lines[start] if span == 1 else "\n".join(self.lines[start : start + span])
        return record.removesuffix("\r")


def read_records(text: str, first: int, columns: tuple[str, ...], separator: str) -> Records:
    """Return the records of a text, the first line of which has the number ``first`` in its file."""
    original = Originals(text, first)
    lines = original.lines.str.strip_suffix("\r") if "\r" in text else original.lines
    quoted = _quoted_records(original, separator)
    torn = lines.str.contains("\r", literal=True) & ~quoted.lines
    blank = (lines.str.strip_chars(separator) == "") & ~quoted.lines
    plain = polars.DataFrame({ROW: polars.int_range(len(lines), eager=True), "cells": lines})
    plain = plain.filter(~(quoted.lines | torn | blank)).with_columns(polars.col("cells").str.split(separator))
    counts = plain["cells"].list.len()
    even = plain if (counts == len(columns)).all() else plain.filter(counts == len(columns))
    frame = even["cells"].list.to_struct(fields=columns).struct.unnest().with_columns(even[ROW])
    records = {row: cells for row, cells in quoted.cells.items() if any(cells)}
    frame = _append(frame, [(*cells, row) for row, cells in records.items() if len(cells) == len(columns)])
    uneven = {row: len(cells) for row, cells in records.items() if len(cells) != len(columns)}
    uneven |= zip(plain[ROW].filter(counts != len(columns)), counts.filter(counts != len(columns)), strict=True)
    by_count = {count: _cell_count_reason(count, len(columns)) for count in set(uneven.values())}
    reasons = {
        **dict.fromkeys(quoted.malformed, _malformed()),
        **dict.fromkeys(torn.arg_true(), _torn()),
        **{row: by_count[count] for row, count in uneven.items()},
    }
    return Records(
        frame=frame.with_columns(polars.col(ROW) + first),
        rejects=tuple(Reject(row + first, (reasons[row],), original(row + first)) for row in sorted(reasons)),
        rest=quoted.rest,
        too_long=quoted.too_long,
        original=original,
        empty=len(quoted.cells) - len(records) + int((blank & (lines != "")).sum()),
    )


def _malformed() -> Reason:
    remedy = _("Put the whole cell in quotes, and write a quote inside of it twice.")
    return Reason("", _("the quotes of this row are in disorder."), remedy)


def _torn() -> Reason:
    return Reason("", _("there is a carriage return inside the line."), _("Take it away."))


def _cell_count_reason(cells: int, columns: int) -> Reason:
    message = _("cells in this row: {cells}, in the header: {columns}.").format(cells=cells, columns=columns)
    if cells < columns:
        return Reason("", message, _("Give it a cell for each column, an empty one for what is not known."))
    return Reason("", message, _("Put a cell that holds a delimiter in quotes, or take away what is too much."))


class _Quoted(NamedTuple):
    """The records with quotes, by their first line; ``lines``: for every line, whether it belongs to one."""

    cells: dict[int, list[str]]
    malformed: list[int]
    lines: polars.Series
    rest: int
    too_long: bool


def _quoted_records(original: Originals, separator: str) -> _Quoted:
    with_quotes = original.lines.str.contains('"', literal=True)
    written = original.lines.to_list() if with_quotes.any() else []
    cells: dict[int, list[str]] = {}
    malformed: list[int] = []
    rest, too_long, after = len(original.lines), False, 0
    for start in with_quotes.arg_true().to_list():
        if start < after:  # inside of the record before
            continue
        reader = csv.reader((f"{written[at]}\n" for at in range(start, len(written))), delimiter=separator, strict=True)
        try:
            cells[start] = next(reader)
        except csv.Error as error:
            too_long = str(error).startswith(_TOO_LONG)
            if too_long or str(error) == _END:
                rest = start
                break
            malformed.append(start)
        original.spans[start] = reader.line_num
        after = start + reader.line_num
    inside = [at for start, span in original.spans.items() for at in range(start, start + span) if span > 1]
    numbers = polars.int_range(len(original.lines), eager=True)
    return _Quoted(cells, malformed, with_quotes | numbers.is_in(inside) | (numbers >= rest), rest, too_long)


def _append(frame: polars.DataFrame, rows: Iterable[tuple[str | int, ...]]) -> polars.DataFrame:
    """Append rows to a frame."""
    # By column: from rows, Polars would infer the types.
    added = dict(zip(frame.columns, map(list, zip(*rows, strict=True)), strict=False))
    if not added:
        return frame
    return polars.concat([frame, polars.DataFrame(added, schema=frame.schema)])
