"""Files in the given folders that were not evaluated: reported, so that nobody thinks they were."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.scenarios.scenario import scenario_files
from assistant.system.language import _
from assistant.tables.reading.file_types import is_table, spreadsheets_in, tables_below, tables_in


def skipped_with_scenarios(paths: Iterable[Path]) -> Iterator[str]:
    """Return a message for each folder of scenarios that also has tables or spreadsheets, with their number."""
    for folder in filter(Path.is_dir, paths):
        if count := len([*tables_in(folder), *tables_below(folder)]):
            text = _("tables in this folder that were not evaluated: {count}.").format(count=count)
            yield f"{folder}: {text} {_separately()}"
        yield from _spreadsheets(folder)


def skipped_with_tables(paths: Iterable[Path], own: Iterable[Path | None]) -> Iterator[str]:
    """Return a message for each folder of tables that also has other files, with their number.

    Tables below the folders ``own``, where results and rejected rows go, are not counted.
    """
    results = {os.path.realpath(path) for path in own if path}  # not by Path, which a loop of links would stop
    for folder in paths:
        if not folder.is_dir() or is_table(folder):
            continue
        if scenarios := scenario_files(folder):
            text = _("scenario files in this folder that were not evaluated: {count}.").format(count=len(scenarios))
            yield f"{folder}: {text} {_separately()}"
        below = [each for each in tables_below(folder) if not results & {*map(str, _folders_of(each))}]
        if below:
            text = _("tables in folders inside of this one that were not evaluated: {count}.").format(count=len(below))
            yield f"{folder}: {text} " + _("Name these folders too.")
        yield from _spreadsheets(folder)


def _spreadsheets(folder: Path) -> Iterator[str]:
    if found := spreadsheets_in(folder):
        text = _("spreadsheets in this folder that were not evaluated: {count}.").format(count=len(found))
        yield f"{folder}: {text} " + _("Save them as CSV in UTF-8, with commas.")


def _folders_of(path: Path) -> Iterable[Path]:
    return Path(os.path.realpath(path)).parents


def _separately() -> str:
    return _("Evaluate tables and scenario files one after the other.")
