"""A strict reader for YAML that is only data: no tags, no aliases, and the place of every value.

It uses the events of PyYAML and not its loaders, because these resolve ``NO`` to false and ``1:30`` to 90, silently
keep only the last of two equal keys, and expand aliases without a limit.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from assistant.documents.problem import Place, Problem, Problems
from assistant.documents.value import Value
from assistant.documents.yaml_reasons import syntax_reason, syntax_remedy
from assistant.system.display_safe import joined, unprintable
from assistant.system.language import _, grouped
from assistant.system.message import Message, message
from assistant.system.os_error import reason_of

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML was built without libyaml: ten times slower, same events
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]  # same interface

MAX_FILE_BYTES: Final = 4 * 1024 * 1024
"""Bytes. The whole rulebook with its sources is a tenth of this."""
MAX_DEPTH: Final = 32
MAX_VALUES: Final = 500_000
"""Two hundred times as many as in the rulebook's largest file; reading them takes about a second."""
AGE_MARK: Final = b"age-encryption.org/v1\n"
"""How every file begins that :mod:`assistant.interview.saved` writes."""
MAX_KEY_CHARACTERS: Final = 200
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NAME = re.compile(r"[\w.-]{1,60}")
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}

Location: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a document to a value."""


class Document(Value):
    """Plain data and the places of its values and of the keys of its mappings."""

    path: str
    data: Any
    places: Mapping[Location, Place]
    keys: Mapping[Location, Place]

    def place(self, location: Location) -> Place:
        """Return the place of a value, or of the nearest enclosing value that has one."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, Place(path=self.path, line=1))


class _Places(Mapping[Location, Place]):
    """Places stored as numbers and created on access, because a file can have many values."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.marks: dict[Location, tuple[int, int]] = {}

    def __getitem__(self, location: Location) -> Place:
        line, column = self.marks[location]
        return Place(path=self._path, line=line, column=column)

    def __contains__(self, location: object) -> bool:
        return location in self.marks

    def __iter__(self) -> Iterator[Location]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


class _SyntaxError(Exception):
    """Reading cannot continue because of ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_bytes(path: Path, shown: str, largest: int = MAX_FILE_BYTES) -> bytes | Problem:
    """Return the contents of a regular file, or a problem.

    A device, a pipe, a folder or a file of more than ``largest`` bytes is rejected without opening it. ``shown`` is the
    name that messages use, here and below.
    """
    place = Place(path=shown)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            os.scandir(path).close()  # an unreadable folder is reported as such
            return Problem(place=place, message=_("this is a folder, not a file."), remedy=_("Name a file."))
        if not stat.S_ISREG(status.st_mode):
            return Problem(place=place, message=_("this is not a regular file."), remedy=_("Name a regular file."))
        if status.st_size > largest:
            said = message(
                "the file has {size} bytes; at most {most} are read.", size=str(status.st_size), most=str(largest)
            )
            return Problem.saying(place, said, _("Split it into smaller files."))
        with path.open("rb") as file:
            content = file.read(largest + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        unreadable = _("the file cannot be read: {reason}.").format(reason=reason_of(error))
        return Problem(place=place, message=unreadable, remedy=_("Check its name and its permissions."))
    if (after.st_size, after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
        changed, remedy = _("the file changed while it was read."), _("Try again when it is finished.")
        return Problem(place=place, message=changed, remedy=remedy)
    return content


def read_text(path: Path, shown: str) -> str | Problem:
    """Return the text of a UTF-8 file, or a problem.

    Control characters and other invisible characters are rejected; a BOM and CRLF are accepted.
    """
    content = read_bytes(path, shown)
    return content if isinstance(content, Problem) else decode(content, shown)


def decode(content: bytes, shown: str) -> str | Problem:
    """Return the text of UTF-8 bytes, or a problem at the first invalid byte or invisible character."""
    if content.startswith(AGE_MARK):
        encrypted, remedy = _("this is an encrypted interview."), _("Open it: assistant ask --open FILE")
        return Problem(place=Place(path=shown), message=encrypted, remedy=remedy)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        place = Place(path=shown, line=line, column=error.start - before.rfind(b"\n"))
        said = message("byte {offset} is not UTF-8.", offset=str(error.start))
        return Problem.saying(place, said, _("Save the file as UTF-8."))
    invisible = {character for character in set(text) if unprintable(character)}
    for offset, character in enumerate(text if invisible else ""):
        if character in invisible:
            line = text.count("\n", 0, offset) + 1
            place = Place(path=shown, line=line, column=offset - text.rfind("\n", 0, offset))
            return Problem.saying(place, _not_allowed(character), _("Delete it; indent with spaces."))
    return text


def _not_allowed(character: str) -> Message:
    return message("the invisible character {code} is not allowed.", code=f"U+{ord(character):04X}")


def named(key: str) -> str:
    """Return a key for a message, or "…" if it is no plain name: an entry without a colon may contain an answer."""
    return key if _NAME.fullmatch(key) else "…"


def read_yaml(path: Path, shown: str | None = None) -> Document | Problems:
    """Return the single document of a YAML file, or all problems. Messages name the path if ``shown`` is None."""
    name = shown or str(path)
    text = read_text(path, name)
    return (text,) if isinstance(text, Problem) else parse_yaml(text, name)


def parse_yaml(text: str, shown: str) -> Document | Problems:
    """Return the single document of a YAML text, or all problems.

    Raises:
        MemoryError: if there is not enough memory.
    """
    reader = _Reader(shown)
    try:
        data = reader.document(yaml.parse(text, Loader=_Parser))
    except _SyntaxError as error:
        return (*reader.problems, error.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path=shown, line=mark.line + 1, column=mark.column + 1) if mark else Place(path=shown, line=1)
        message = joined(_("this is not YAML."), syntax_reason(error, text))
        return (Problem(place=place, message=message, remedy=syntax_remedy(error, text)),)
    except yaml.YAMLError:
        return (Problem(place=Place(path=shown, line=1), message=_("this is not YAML.")),)
    except SystemError:  # what CPython raises if there is no memory for a tuple of many parts
        raise MemoryError from None
    if reader.problems:
        return tuple(reader.problems)
    # Not validated: copying so many values would take longer than reading them.
    return Document.model_construct(path=shown, data=data, places=reader.places, keys=reader.keys)


def _mark(event: yaml.Event) -> tuple[int, int]:
    """Return the line and the column, counted from 1, at which an event begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Reader:
    """Builds plain data from a stream of events; stops at too much depth, too many values, tags and aliases."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self.places = _Places(shown)
        self.keys = _Places(shown)

    def document(self, events: Iterator[yaml.Event]) -> Any:
        next(events)
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self.error(None, _("the file is empty."), _("Write at least one entry."))
        data = self.value(next(events), events, ())
        next(events)
        another = next(events)
        if not isinstance(another, yaml.StreamEndEvent):
            raise self.error(another, _("a second document starts here."), _("Put each document in its own file."))
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], at: Location) -> Any:
        self.places.marks[at] = _mark(event)
        if len(self.places) > MAX_VALUES:
            message = _("there are more than {most} values in the file.").format(most=grouped(MAX_VALUES))
            raise self.error(event, message, _("Split it into smaller files."))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.error(event, _("anchors and aliases are not allowed."), _("Write the value out."))
        if getattr(event, "tag", None):
            raise self.error(event, _("tags are not allowed."), _("Write the plain value."))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if len(at) >= MAX_DEPTH:
            message = _("this is nested more than {most} deep.").format(most=MAX_DEPTH)
            raise self.error(event, message, _("Flatten it."))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, at)
        return self.mapping(events, at)

    def sequence(self, events: Iterator[yaml.Event], at: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.value(event, events, (*at, len(items))))
        return items

    def mapping(self, events: Iterator[yaml.Event], at: Location) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise self.error(event, _("a key has to be plain text."), _("Write a word before the colon."))
            key, mark = self.text(event), _mark(event)
            if len(key) > MAX_KEY_CHARACTERS or "\n" in key or "\r" in key:  # messages name keys, and are one line each
                raise self.error(event, _("a key has to be plain text."), _("Write a word before the colon."))
            where = (*at, key)
            if where in self.keys:
                said = message(
                    "the key '{key}' is here a second time; the first is in line {line}.",
                    key=named(key),
                    line=str(self.keys[where].line),
                )
                self.problems.append(Problem.saying(self.place(event), said, _("Keep one of them.")))
                where = (*where, *mark)  # so that its contents are not reported as duplicates too
            self.keys.marks[where] = mark
            entries[key] = self.value(next(events), events, where)
        return entries

    def scalar(self, event: yaml.ScalarEvent) -> Any:
        text, plain = self.text(event), event.style in (None, "")
        if plain and text in _CONSTANTS:
            return _CONSTANTS[text]
        return int(text) if plain and _INTEGER.fullmatch(text) else text

    def text(self, event: yaml.ScalarEvent) -> str:
        """Return the text of a scalar, checked again because an escape sequence can add an invisible character."""
        text: str = event.value
        if text.isprintable():  # the usual case, and much faster
            return text
        for character in text:
            if unprintable(character):
                raise _SyntaxError(Problem.saying(self.place(event), _not_allowed(character), _("Delete it.")))
        return text

    def place(self, event: yaml.Event) -> Place:
        line, column = _mark(event)
        return Place(path=self.shown, line=line, column=column)

    def error(self, event: yaml.Event | None, message: str, remedy: str) -> _SyntaxError:
        place = self.place(event) if event else Place(path=self.shown, line=1)
        return _SyntaxError(Problem(place=place, message=message, remedy=remedy))
