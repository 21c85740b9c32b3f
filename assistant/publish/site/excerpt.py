"""The source text of a rule, as it is written in its file."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.documents.problem import Place, Problem
from assistant.documents.value import Value
from assistant.documents.yaml_reader import read_text
from assistant.rulebook.model import Rulebook


class Excerpt(Value):
    """A part of a file with its first place and its last line; lines count from 1."""

    text: str
    place: Place
    last_line: int


def excerpts(rulebook: Rulebook, folder: Path) -> Mapping[str, Excerpt]:
    """Return the source text of every rule by its id, from the folder that the rulebook was read from.

    A rule is missing if its file has been deleted or changed since.
    """
    wanted: dict[str, dict[tuple[int, int], str]] = {}
    for rule in rulebook.rules:
        place = rulebook.places.get(f"rules.{rule.id}")
        if place is not None:
            wanted.setdefault(place.path, {})[place.line, place.column] = rule.id
    found: dict[str, Excerpt] = {}
    for path, starts in wanted.items():
        text = read_text(folder / path, path)
        if not isinstance(text, Problem):
            found |= _of_file(text, path, starts)
    return found


class _Position(NamedTuple):
    """A position in a text: line, column and character offset, all counted from 0."""

    line: int
    column: int
    character: int


def _of_file(text: str, path: str, starts: Mapping[tuple[int, int], str]) -> dict[str, Excerpt]:
    found: dict[str, Excerpt] = {}
    open_at: list[_Position] = []
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.MappingStartEvent):
                open_at.append(_position(event.start_mark))
            elif isinstance(event, yaml.MappingEndEvent):
                begin = open_at.pop()
                rule = starts.get((begin.line + 1, begin.column + 1))
                if rule is not None:
                    found[rule] = _excerpt(text, path, begin, _position(event.end_mark))
    except yaml.YAMLError:
        return {}
    return found


def _position(mark: Any) -> _Position:
    return _Position(mark.line, mark.column, mark.index)


def _excerpt(text: str, path: str, begin: _Position, end: _Position) -> Excerpt:
    """Return the excerpt from the dash to the last line with content.

    The parser reports the end of a block only where the next one begins, after empty lines and comments.
    """
    lines = text[begin.character - begin.column : end.character].splitlines()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    place = Place(path=path, line=begin.line + 1, column=begin.column + 1)
    return Excerpt(text=textwrap.dedent("\n".join(lines)), place=place, last_line=begin.line + len(lines))
