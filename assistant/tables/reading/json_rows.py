"""Read tables in JSON: one object per line (NDJSON), or one list of objects. An invalid line does not stop the rest.

This uses Python's reader. That of Polars takes the last of two equal keys, ignores unknown keys, and fails as a whole.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import polars

from assistant.documents.problem import Place, Problem
from assistant.rulebook.answer import Mistake, read_point
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import QuestionType
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.system.language import _
from assistant.tables.column_names import ID
from assistant.tables.reading.batch import ROW, Batch
from assistant.tables.reading.columns import questions_by_column
from assistant.tables.reading.delimited import MAX_LINE_BYTES, decode
from assistant.tables.reading.errors import Reason, Reject, TableError, wrong_cell
from assistant.tables.reading.header import MAX_REPORTED, shorten, template_hint, unknown_column

MAX_LIST_BYTES: Final = 1 << 28
"""Bytes of the largest file with one list, which is read as a whole; NDJSON may have any size."""
MAX_BATCH_ROWS: Final = 50_000
"""Rows of a batch, unless ``MAX_BATCH_BYTES`` limits it first."""
MAX_BATCH_BYTES: Final = 1 << 25
"""Bytes of the lines of a batch."""
_MAX_DIGITS: Final = 18
_JSON_TYPES: Final = {
    QuestionType.YES_NO: (bool, polars.Boolean),
    QuestionType.NUMBER: (int, polars.Int64),
    QuestionType.CHOICE: (str, polars.String),
    QuestionType.DATE: (str, polars.String),
}
"""The Python type of an answer read from JSON, and the dtype of its column until it is validated."""


class _InvalidNumber(NamedTuple):
    """A number that cannot be an answer: NaN, one with a decimal point or with too many digits."""

    written: str


class _Repeated(NamedTuple):
    """An object in which a key occurs twice."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Repeated:
    entry = dict(pairs)
    if len(entry) < len(pairs):
        first = {key: at for at, (key, _value) in reversed(list(enumerate(pairs)))}
        return _Repeated(next(key for at, (key, _value) in enumerate(pairs) if first[key] != at))
    return entry


def _whole(digits: str) -> int | _InvalidNumber:
    return int(digits) if len(digits.removeprefix("-")) <= _MAX_DIGITS else _InvalidNumber(digits)


_READER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_InvalidNumber, parse_constant=_InvalidNumber, parse_int=_whole
)
_MAX_OBJECT_LINES: Final = 1_000
"""Lines that are searched for the end of the first object, if it takes several."""


def read_lines(path: Path, file: IO[bytes], rulebook: Rulebook, size: int) -> Iterator[Batch]:
    """Return the rows of a file with one object per line, in batches; ``size`` is in bytes.

    Raises:
        TableError: if the file is not UTF-8, or a line is too long.
    """
    first = 1
    # A file that keeps growing would never end.
    while file.tell() <= size and (data := _some_lines(file)):
        too_long = next((number for number, line in enumerate(data) if len(line) > MAX_LINE_BYTES), None)
        if too_long is not None:
            message = _("this line is longer than any row.")
            raise TableError.at(path, message, _("Is this a table of text?"), first + too_long)
        lines = decode(path, b"".join(data), first).removeprefix("\ufeff").split("\n")
        if first == 1:
            _refuse_one_value(path, lines)
        rows = ((number, _line(line), line) for number, line in enumerate(lines, start=first) if line.strip())
        yield _batch(rows, rulebook, file.tell() / max(size, 1))
        first += len(data)


def _refuse_one_value(path: Path, lines: Sequence[str]) -> None:
    """Refuse a file whose first value is a list or takes several lines: one of its lines could look like a row."""
    begins, start = next(((at, line) for at, line in enumerate(lines) if line.strip()), (0, ""))
    if not isinstance(_entry(start), Reason):
        return
    if start.lstrip().startswith("["):
        raise TableError.at(path, _("this is one list in JSON."), _("A list belongs in a .json file: rename it."))
    if isinstance(_entry("\n".join(lines[begins : begins + _MAX_OBJECT_LINES]), whole=False), dict):
        remedy = _("Write each object on a line of its own, or a list of them in a .json file.")
        raise TableError.at(path, _("an object goes over several lines here."), remedy, begins + 1)


def _some_lines(file: IO[bytes]) -> list[bytes]:
    """Return the next lines; a line that is too long is cut."""
    lines: list[bytes] = []
    length = 0
    while len(lines) < MAX_BATCH_ROWS and length < MAX_BATCH_BYTES and (line := file.readline(MAX_LINE_BYTES + 1)):
        lines.append(line)
        length += len(line)
    return lines


def read_list(path: Path, file: IO[bytes], rulebook: Rulebook, size: int) -> Iterator[Batch]:
    """Return the rows of a file with one list of objects, in batches; rows are numbered from 1, ``size`` is in bytes.

    Raises:
        TableError: if the file has no such list, or is too large.
    """
    if size > MAX_LIST_BYTES:
        message = _("the file has {size} bytes; at most {most} are read.").format(size=size, most=MAX_LIST_BYTES)
        raise TableError.at(path, message, _("Write an object a line, and call it .ndjson."))
    text = decode(path, file.read(), 1).removeprefix("\ufeff")
    entries = _entry(text)
    if isinstance(entries, Reason) and (place := _broken_at(path, text)):
        remedy = _("Check brackets, quotes and commas around here.")
        raise TableError([Problem(place=place, message=_("this is no JSON."), remedy=remedy)])
    if not isinstance(entries, list):
        message, remedy = (
            _("this is not a list of objects in JSON."),
            _("A file with an object a line is called .ndjson."),
        )
        raise TableError.at(path, message, remedy)
    for start in range(0, len(entries), MAX_BATCH_ROWS):
        some = enumerate(entries[start : start + MAX_BATCH_ROWS], start=start + 1)
        rows = ((number, entry, json.dumps(entry, ensure_ascii=True)) for number, entry in some)
        yield _batch(rows, rulebook, (start + MAX_BATCH_ROWS) / len(entries))


def _entry(text: str, *, whole: bool = True) -> Any:
    """Parse a text, or only its first value unless ``whole``; return a :class:`Reason` if it is no JSON."""
    try:
        return _READER.decode(text) if whole else _READER.raw_decode(text.lstrip())[0]
    except RecursionError:
        return Reason("", _("this is nested too deep."), _("A row is one flat object."))
    except ValueError:
        return Reason("", _("this is no JSON."), _("A row is one flat object, on a line of its own."))


def _line(text: str) -> Any:
    """Parse a line; return a :class:`Reason` if it cannot be a row."""
    entry = _entry(text)
    if not isinstance(entry, list):
        return entry
    return Reason("", _("this is a list in JSON, and no object."), _("A file with a list of objects is called .json."))


def _broken_at(path: Path, text: str) -> Place | None:
    """Return the place of the syntax error, or None if the text is empty, or only continues after a valid value."""
    try:
        json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        if text.strip() and error.msg != "Extra data":
            return Place(path=str(path), line=error.lineno, column=error.colno)
    except RecursionError:  # the caller reports that this is no list of objects
        pass
    return None


def _batch(rows: Iterable[tuple[int, Any, str]], rulebook: Rulebook, done: float) -> Batch:
    asked = questions_by_column(rulebook)
    columns: dict[str, list[Any]] = {column: [] for column in (ROW, ID, *asked)}
    kinds = {name: _JSON_TYPES[question.type][0] for name, question in asked.items()}
    ends = asked.keys() - rulebook.question.keys()
    originals: dict[int, str] = {}
    rejects: list[Reject] = []
    for number, entry, original in rows:
        originals[number] = original
        if isinstance(entry, dict) and _has_valid_types(entry, kinds):
            columns[ROW].append(number)
            identifier = entry.get(ID)
            columns[ID].append(None if identifier is None else str(identifier))
            for question in kinds:
                value = entry.get(question)
                columns[question].append(None if value == UNKNOWN else value)
        else:
            rejects.append(Reject(number, tuple(_reasons(entry, rulebook)), original))
    schema = {
        ROW: polars.Int64,
        ID: polars.String,
        **{name: _JSON_TYPES[question.type][1] for name, question in asked.items()},
    }
    frame = polars.DataFrame(columns, schema=schema)
    frame = frame.drop(name for name in ends if frame[name].is_null().all())
    return Batch(frame, tuple(rejects), originals.__getitem__, min(done, 1))


def _has_valid_types(entry: dict[str, Any], kinds: dict[str, type]) -> bool:
    for key, value in entry.items():
        kind = type(value)
        if value is None:
            valid = key in kinds or key == ID
        elif key == ID:
            valid = kind is int or (kind is str and _encodable(value))
        else:
            valid = key in kinds and (kind is kinds[key] or value == UNKNOWN) and (kind is not str or _encodable(value))
        if not valid:
            return False
    return True


def _encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a character: \ud800 alone
        return False
    return True


def _reasons(entry: Any, rulebook: Rulebook) -> Iterator[Reason]:
    if isinstance(entry, Reason):
        yield entry
        return
    if isinstance(entry, _Repeated):
        yield Reason(shorten(entry.key), _("this key is here a second time."), _("Take one of them away."))
        return
    if not isinstance(entry, dict):
        yield Reason("", _("this is no JSON object."), _("A row is one flat object."))
        return
    asked = questions_by_column(rulebook)
    yield from _unknown([key for key in entry if key != ID and key not in asked], rulebook)
    for key, value in entry.items():
        question = asked.get(key)
        if key == ID:
            if not (value is None or type(value) is int or (isinstance(value, str) and _encodable(value))):
                yield Reason(ID, _("an id is a text or a whole number."))
        elif question is not None and question.type is QuestionType.CHOICE and isinstance(value, list):
            remedy = _("Write one, or leave it out; a scenario file takes several.")
            yield Reason(key, _("a row takes one option here."), remedy)
        elif question is not None and value is not None and value != UNKNOWN:
            answer = read_point(question, value if type(value) in {bool, int, str} else ())
            if isinstance(answer, Mistake):
                yield wrong_cell(key, question, answer)


def _unknown(keys: list[str], rulebook: Rulebook) -> Iterator[Reason]:
    """Return a reason for each key that is no question, up to ``MAX_REPORTED`` of them, and one for the rest."""
    for key in keys[:MAX_REPORTED]:
        yield Reason("", *unknown_column(key, rulebook))
    if len(keys) > MAX_REPORTED:
        message = _("more keys that are no questions: {count}.").format(count=len(keys) - MAX_REPORTED)
        yield Reason("", message, template_hint())
