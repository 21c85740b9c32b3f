"""What else is in the folders that were named, and was not evaluated: told, so that nobody takes it for done."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.scenarios.scenario import scenario_files
from assistant.system.language import _
from assistant.tables.reading.file_types import is_table, spreadsheets_in, tables_below, tables_in


def beside_scenarios(paths: Iterable[Path]) -> Iterator[str]:
    """The tables and spreadsheets in folders of which the scenarios were evaluated, counted."""
    for folder in filter(Path.is_dir, paths):
        if count := len([*tables_in(folder), *tables_below(folder)]):
            told = _("tables in this folder that were not evaluated: {count}.").format(count=count)
            yield f"{folder}: {told} {_apart()}"
        yield from _spreadsheets(folder)


def beside_tables(paths: Iterable[Path], own: Iterable[Path | None]) -> Iterator[str]:
    """What is in folders of which the tables were evaluated, counted; without what is in one's ``own`` folders."""
    results = {os.path.realpath(path) for path in own if path}  # not by Path, which a loop of links would stop
    for folder in paths:
        if not folder.is_dir() or is_table(folder):
            continue
        if scenarios := scenario_files(folder):
            told = _("scenario files in this folder that were not evaluated: {count}.").format(count=len(scenarios))
            yield f"{folder}: {told} {_apart()}"
        below = [each for each in tables_below(folder) if not results & {*map(str, _folders_of(each))}]
        if below:
            told = _("tables in folders inside of this one that were not evaluated: {count}.").format(count=len(below))
            yield f"{folder}: {told} " + _("Name these folders too.")
        yield from _spreadsheets(folder)


def _spreadsheets(folder: Path) -> Iterator[str]:
    if found := spreadsheets_in(folder):
        told = _("spreadsheets in this folder that were not evaluated: {count}.").format(count=len(found))
        yield f"{folder}: {told} " + _("Save them as CSV in UTF-8, with commas.")


def _folders_of(path: Path) -> Iterable[Path]:
    return Path(os.path.realpath(path)).parents


def _apart() -> str:
    return _("Evaluate tables and scenario files one after the other.")
