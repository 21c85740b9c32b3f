"""Lines of text as records: which cells each has, or why it is none.

Lines without a quote are read all at once, with a mark behind each: where it stands afterwards tells how many cells the
line had, which the data frame library does not. Only lines with a quote go through Python's reader, in its strict mode,
so that the two agree.
"""

import csv
from collections.abc import Iterable
from functools import cached_property
from typing import Final, NamedTuple

import polars

from assistant.system.language import _
from assistant.tables.reading.batch import ROW
from assistant.tables.reading.errors import Reason, Reject

_MARK: Final = "#"
_END: Final = "unexpected end of data"
_TOO_LONG: Final = "field larger than field limit"
"""How Python's reader words that a quote is not closed, and that a cell is longer than ``csv.field_size_limit``."""


class Records(NamedTuple):
    """What some lines hold; ``frame`` has ``ROW`` and the cells as text, in any order.

    ``rest``: the first line of a record that does not end, else how many lines there are. ``too_long``: more lines
    would not end it either. ``original``: how a record was written. ``empty``: how many rows have cells with nothing in
    any of them, as spreadsheets leave them at the end; like blank lines they are no records.
    """

    frame: polars.DataFrame
    rejects: tuple[Reject, ...]
    rest: int
    too_long: bool
    original: "Originals"
    empty: int


class Originals:
    """The lines of a text, the first of which has the number ``first`` in its file; made when they are needed."""

    def __init__(self, text: str, first: int) -> None:
        self._text, self._first = text.removesuffix("\n"), first
        self.spans: dict[int, int] = {}

    @cached_property
    def lines(self) -> polars.Series:
        """The lines, without their ends."""
        return polars.Series("line", [self._text]).str.split("\n").explode()

    def __call__(self, row: int) -> str:
        """How the record was written that begins in a line."""
        start = row - self._first
        span = self.spans.get(start, 1)
        record: str = self.lines[start] if span == 1 else "\n".join(self.lines[start : start + span])
        return record.removesuffix("\r")


def read_records(text: str, first: int, columns: tuple[str, ...], separator: str) -> Records:
    """The records of a text, the first line of which has the number ``first`` in its file."""
    original = Originals(text, first)
    parsed = _marked(text, columns, separator)
    whole = (parsed["mark"] == _MARK) & (parsed["over"] == "")
    quoted = _quoted_records(original, separator) if '"' in text else _Quoted({}, [], None, len(parsed), too_long=False)
    plain = polars.repeat(value=True, n=len(parsed), eager=True) if quoted.taken is None else ~quoted.taken
    disorder = Reason(
        "",
        _("the quotes of this row are in disorder."),
        _("Put the whole cell in quotes, and write a quote inside of it twice."),
    )
    rejects = [(row, disorder) for row in quoted.disordered]
    if "\r" in text:
        torn = plain & original.lines.str.strip_suffix("\r").str.contains("\r", literal=True)
        torn_reason = Reason("", _("a carriage return stands inside of the line."), _("Take it away."))
        rejects += [(row, torn_reason) for row in torn.arg_true()]
        plain &= ~torn
    records = {row: cells for row, cells in quoted.cells.items() if any(cells)}
    uneven = {row: len(cells) for row, cells in records.items() if len(cells) != len(columns)}
    empty = len(quoted.cells) - len(records)
    cells = parsed.drop("mark", "over")
    if (bare := _bare(cells) & plain & whole).any():
        whole &= ~bare
        empty += int(bare.sum()) if len(columns) > 1 else 0  # of one column, they are blank lines
    if len(odd := (plain & ~(whole | bare)).arg_true()):
        lines = original.lines.gather(odd).str.strip_suffix("\r")
        told = lines.str.strip_chars(separator) != ""
        empty += int((~told & (lines != "")).sum())
        uneven |= zip(odd.filter(told), lines.filter(told).str.count_matches(separator, literal=True) + 1, strict=True)
    rejects += [(row, _uneven(cells, len(columns))) for row, cells in uneven.items()]
    frame = cells.with_columns(polars.int_range(first, first + len(parsed)).alias(ROW))
    if not (plain & whole).all():
        frame = frame.filter(plain & whole)
    frame = _joined(frame, [(*cells, row + first) for row, cells in records.items() if len(cells) == len(columns)])
    return Records(
        frame=frame,
        rejects=tuple(Reject(row + first, (reason,), original(row + first)) for row, reason in sorted(rejects)),
        rest=quoted.rest,
        too_long=quoted.too_long,
        original=original,
        empty=empty,
    )


def _marked(text: str, columns: tuple[str, ...], separator: str) -> polars.DataFrame:
    """The cells of every line, and in ``mark`` and ``over`` what follows them: the mark and nothing, if all is well."""
    end = f"{separator}{_MARK}\n"
    lines = (text.replace("\r\n", "\n") if "\r" in text else text).replace("\n", end)
    last = "" if lines.endswith(end) else end
    # A name of a column has no quote, and none is "mark" or "over" in a table that is read: they would be unknown.
    schema = dict.fromkeys([*map(str, range(len(columns))), "mark", "over"], polars.String)
    data = f"{separator.join(schema)}\n{lines}{last}".encode()
    cells = polars.read_csv(
        data,
        schema=schema,
        separator=separator,
        quote_char=None,
        truncate_ragged_lines=True,
        empty_string_is_null=False,
    )
    return cells.rename({str(number): column for number, column in enumerate(columns)})


def _bare(cells: polars.DataFrame) -> polars.Series:
    """Whether there is nothing in any cell of a row."""
    begins_bare = cells.to_series() == ""
    if not begins_bare.any():  # it has an id, which is the first cell as a rule
        return begins_bare
    return cells.select(polars.all_horizontal(polars.all() == "")).to_series()


def _uneven(cells: int, columns: int) -> Reason:
    message = _("cells in this row: {cells}, in the header: {columns}.").format(cells=cells, columns=columns)
    if cells < columns:
        return Reason("", message, _("Give it a cell for each column, an empty one for what is not known."))
    return Reason("", message, _("Put a cell that holds a delimiter in quotes, or take away what is too much."))


class _Quoted(NamedTuple):
    """The records with quotes, by their first line; ``taken`` says of every line whether it belongs to one."""

    cells: dict[int, list[str]]
    disordered: list[int]
    taken: polars.Series | None
    rest: int
    too_long: bool


def _quoted_records(original: Originals, separator: str) -> _Quoted:
    with_quotes = original.lines.str.contains('"', literal=True)
    written = original.lines.to_list()
    cells: dict[int, list[str]] = {}
    disordered: list[int] = []
    rest, too_long, after = len(written), False, 0
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
        original.spans[start] = reader.line_num
        after = start + reader.line_num
    taken = with_quotes
    inside = [at for start, span in original.spans.items() for at in range(start, start + span) if span > 1]
    if inside or rest < len(written):
        numbers = polars.int_range(0, len(written), eager=True)
        taken = taken | numbers.is_in(inside) | (numbers >= rest)
    return _Quoted(cells, disordered, taken, rest, too_long)


def _joined(frame: polars.DataFrame, rows: Iterable[tuple[str | int, ...]]) -> polars.DataFrame:
    """The frame with some more rows at its end."""
    # By column, not by row: rows would be looked through for their types.
    added = dict(zip(frame.columns, map(list, zip(*rows, strict=True)), strict=False))
    if not added:
        return frame
    return polars.concat([frame, polars.DataFrame(added, schema=frame.schema)])
