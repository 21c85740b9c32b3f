"""The very text of a rule, as it stands in its file."""

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
    """A part of a file, and where it stands there; lines count from 1."""

    text: str
    place: Place
    last_line: int


def excerpts(rulebook: Rulebook, folder: Path) -> Mapping[str, Excerpt]:
    """The text of every rule by its id, from the folder that the rulebook was read from.

    A rule whose file has gone or changed meanwhile has none.
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
    """Line and column count from 0, as the characters of the text do."""

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
    """From the dash to the last letter: a block's end is told only where the next thing begins, after comments."""
    kept = text[begin.character - begin.column : end.character].splitlines()
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):
        kept.pop()
    place = Place(path=path, line=begin.line + 1, column=begin.column + 1)
    return Excerpt(text=textwrap.dedent("\n".join(kept)), place=place, last_line=begin.line + len(kept))
