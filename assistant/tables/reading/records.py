"""Split lines of text into records: the cells of each valid one, and the reason for each invalid one.

Lines without a quote are read all at once, with a mark after each. The column of the mark then shows whether the line
had the right number of cells, which Polars does not report. Only lines with a quote go through Python's reader, in its
strict mode, so that the two agree.
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
    """The lines of a text, the first of which has the number ``first`` in its file; split when first needed."""

    def __init__(self, text: str, first: int) -> None:
        self._text, self._first = text.removesuffix("\n"), first
        self.spans: dict[int, int] = {}

    @cached_property
    def lines(self) -> polars.Series:
        """The lines without line ends."""
        return polars.Series("line", [self._text]).str.split("\n").explode()

    def __call__(self, row: int) -> str:
        """Return the text of the record that begins in a line."""
        start = row - self._first
        span = self.spans.get(start, 1)
        record: str = self.lines[start] if span == 1 else "\n".join(self.lines[start : start + span])
        return record.removesuffix("\r")


def read_records(text: str, first: int, columns: tuple[str, ...], separator: str) -> Records:
    """Return the records of a text, the first line of which has the number ``first`` in its file."""
    original = Originals(text, first)
    parsed = _parse_with_marks(text, columns, separator)
    whole = (parsed["mark"] == _MARK) & (parsed["over"] == "")
    quoted = _quoted_records(original, separator) if '"' in text else _Quoted({}, [], None, len(parsed), too_long=False)
    plain = polars.repeat(value=True, n=len(parsed), eager=True) if quoted.taken is None else ~quoted.taken
    malformed = Reason(
        "",
        _("the quotes of this row are in disorder."),
        _("Put the whole cell in quotes, and write a quote inside of it twice."),
    )
    rejects = [(row, malformed) for row in quoted.malformed]
    if "\r" in text:
        torn = plain & original.lines.str.strip_suffix("\r").str.contains("\r", literal=True)
        torn_reason = Reason("", _("a carriage return stands inside of the line."), _("Take it away."))
        rejects += [(row, torn_reason) for row in torn.arg_true()]
        plain &= ~torn
    records = {row: cells for row, cells in quoted.cells.items() if any(cells)}
    uneven = {row: len(cells) for row, cells in records.items() if len(cells) != len(columns)}
    empty = len(quoted.cells) - len(records)
    cells = parsed.drop("mark", "over")
    if (blank := _is_blank(cells) & plain & whole).any():
        whole &= ~blank
        empty += int(blank.sum()) if len(columns) > 1 else 0  # of one column, they are blank lines
    if len(odd := (plain & ~(whole | blank)).arg_true()):
        lines = original.lines.gather(odd).str.strip_suffix("\r")
        filled = lines.str.strip_chars(separator) != ""
        empty += int((~filled & (lines != "")).sum())
        counts = lines.filter(filled).str.count_matches(separator, literal=True) + 1
        uneven |= zip(odd.filter(filled), counts, strict=True)
    rejects += [(row, _cell_count_reason(cells, len(columns))) for row, cells in uneven.items()]
    frame = cells.with_columns(polars.int_range(first, first + len(parsed)).alias(ROW))
    if not (plain & whole).all():
        frame = frame.filter(plain & whole)
    frame = _append(frame, [(*cells, row + first) for row, cells in records.items() if len(cells) == len(columns)])
    return Records(
        frame=frame,
        rejects=tuple(Reject(row + first, (reason,), original(row + first)) for row, reason in sorted(rejects)),
        rest=quoted.rest,
        too_long=quoted.too_long,
        original=original,
        empty=empty,
    )


def _parse_with_marks(text: str, columns: tuple[str, ...], separator: str) -> polars.DataFrame:
    """Return the cells of every line; in ``mark`` and ``over`` the mark and nothing if their number is right."""
    end = f"{separator}{_MARK}\n"
    lines = (text.replace("\r\n", "\n") if "\r" in text else text).replace("\n", end)
    last = "" if lines.endswith(end) else end
    # No column of a checked table is named "mark" or "over", for neither is a question.
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


def _is_blank(cells: polars.DataFrame) -> polars.Series:
    """Return for each row whether all its cells are empty."""
    first_is_empty = cells.to_series() == ""
    if not first_is_empty.any():  # usually the first cell is an id
        return first_is_empty
    return cells.select(polars.all_horizontal(polars.all() == "")).to_series()


def _cell_count_reason(cells: int, columns: int) -> Reason:
    message = _("cells in this row: {cells}, in the header: {columns}.").format(cells=cells, columns=columns)
    if cells < columns:
        return Reason("", message, _("Give it a cell for each column, an empty one for what is not known."))
    return Reason("", message, _("Put a cell that holds a delimiter in quotes, or take away what is too much."))


class _Quoted(NamedTuple):
    """The records with quotes, by their first line; ``taken``: for every line, whether it belongs to one."""

    cells: dict[int, list[str]]
    malformed: list[int]
    taken: polars.Series | None
    rest: int
    too_long: bool


def _quoted_records(original: Originals, separator: str) -> _Quoted:
    with_quotes = original.lines.str.contains('"', literal=True)
    written = original.lines.to_list()
    cells: dict[int, list[str]] = {}
    malformed: list[int] = []
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
            malformed.append(start)
        original.spans[start] = reader.line_num
        after = start + reader.line_num
    taken = with_quotes
    inside = [at for start, span in original.spans.items() for at in range(start, start + span) if span > 1]
    if inside or rest < len(written):
        numbers = polars.int_range(0, len(written), eager=True)
        taken = taken | numbers.is_in(inside) | (numbers >= rest)
    return _Quoted(cells, malformed, taken, rest, too_long)


def _append(frame: polars.DataFrame, rows: Iterable[tuple[str | int, ...]]) -> polars.DataFrame:
    """Append rows to a frame."""
    # By column: from rows, Polars would infer the types.
    added = dict(zip(frame.columns, map(list, zip(*rows, strict=True)), strict=False))
    if not added:
        return frame
    return polars.concat([frame, polars.DataFrame(added, schema=frame.schema)])
