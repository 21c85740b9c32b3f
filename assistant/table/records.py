"""Lines of text as records: which cells each has, or why it is none.

Lines without a quote are counted through all at once; only those with one go through Python's reader, in strict mode,
so that the two agree.
"""

import csv
from collections.abc import Callable
from typing import Final, NamedTuple

import polars

from assistant.language import _
from assistant.table.batch import ROW
from assistant.table.fault import Reason, Reject

_LINE: Final = "line"
_END: Final = "unexpected end of data"
_TOO_LONG: Final = "field larger than field limit"
"""How Python's reader words that a quote is not closed, and that a cell is longer than ``csv.field_size_limit``."""


class Records(NamedTuple):
    """What some lines hold; ``frame`` has ``ROW`` and the cells as text.

    ``rest``: the first line of a record that does not end, else how many lines there are. ``too_long``: more lines
    would not end it either. ``original``: how a record was written.
    """

    frame: polars.DataFrame
    rejects: tuple[Reject, ...]
    rest: int
    too_long: bool
    original: Callable[[int], str]


def read_records(text: str, first: int, columns: tuple[str, ...], separator: str) -> Records:
    """The records of a text, the first line of which has the number ``first`` in its file."""
    lines = polars.Series(_LINE, [text.removesuffix("\n")]).str.split("\n").explode()
    quoted = _quoted_records(lines, separator)
    plain = polars.LazyFrame({ROW: polars.int_range(0, len(lines), eager=True), _LINE: lines}).filter(~quoted.taken)
    torn = polars.lit(value=False)
    if "\r" in text:
        plain = plain.with_columns(polars.col(_LINE).str.strip_suffix("\r"))
        torn = polars.col(_LINE).str.contains("\r", literal=True)
    counted = (
        plain.filter(polars.col(_LINE) != "")
        .with_columns(cells=polars.col(_LINE).str.count_matches(separator, literal=True) + 1, torn=torn)
        .collect(engine="streaming")
    )
    whole = (counted["cells"] == len(columns)) & ~counted["torn"]
    rejects = [
        (row, Reason("", _("a carriage return stands inside of the line.")) if torn else _uneven(cells, len(columns)))
        for row, cells, torn in counted.filter(~whole).select(ROW, "cells", "torn").iter_rows()
    ]
    frame = _parsed(counted.filter(whole), columns, separator)
    whole_quoted = [(row, *cells) for row, cells in quoted.cells.items() if len(cells) == len(columns)]
    if whole_quoted:
        # By column, not by row: a name may stand in the header but once, and rows would be looked at for their types.
        among = dict(zip(frame.columns, map(list, zip(*whole_quoted, strict=True)), strict=True))
        frame = polars.concat([frame, polars.DataFrame(among, schema=frame.schema)]).sort(ROW)
    uneven = ((row, cells) for row, cells in quoted.cells.items() if len(cells) != len(columns))
    rejects += [(row, _uneven(len(cells), len(columns))) for row, cells in uneven]
    rejects += [(row, Reason("", _("the quotes of this row are in disorder."))) for row in quoted.disordered]

    def original(row: int) -> str:
        start = row - first
        return "\n".join(lines[start : start + quoted.spans.get(start, 1)]).removesuffix("\r")

    return Records(
        frame=frame.with_columns(polars.col(ROW) + first),
        rejects=tuple(Reject(row + first, (reason,), original(row + first)) for row, reason in sorted(rejects)),
        rest=quoted.rest,
        too_long=quoted.too_long,
        original=original,
    )


class _Quoted(NamedTuple):
    """The records with quotes, by their first line; ``taken`` says of every line whether it belongs to one."""

    cells: dict[int, list[str]]
    disordered: list[int]
    spans: dict[int, int]
    taken: polars.Series
    rest: int
    too_long: bool


def _quoted_records(lines: polars.Series, separator: str) -> _Quoted:
    with_quotes = lines.str.contains('"', literal=True)
    cells: dict[int, list[str]] = {}
    disordered: list[int] = []
    spans: dict[int, int] = {}
    rest, too_long = len(lines), False
    written = lines.to_list() if with_quotes.any() else []
    after = 0
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
            disordered.append(start)
        spans[start] = reader.line_num
        after = start + reader.line_num
    taken = with_quotes
    inside = [at for start, span in spans.items() for at in range(start, start + span) if span > 1]
    if inside or rest < len(lines):
        numbers = polars.int_range(0, len(lines), eager=True)
        taken = taken | numbers.is_in(inside) | (numbers >= rest)
    return _Quoted(cells, disordered, spans, taken, rest, too_long)


def _parsed(counted: polars.DataFrame, columns: tuple[str, ...], separator: str) -> polars.DataFrame:
    schema = dict.fromkeys(columns, polars.String)
    if counted.is_empty():
        return polars.DataFrame(schema={ROW: polars.Int64, **schema})
    text: str = counted[_LINE].str.join("\n").item()
    cells = polars.read_csv(
        text.encode(), has_header=False, schema=schema, separator=separator, quote_char=None, raise_if_empty=False
    )
    return cells.select(counted[ROW], polars.all())


def _uneven(cells: int, columns: int) -> Reason:
    message = _("cells in this row: {cells}, in the header: {columns}.")
    return Reason("", message.format(cells=cells, columns=columns))
