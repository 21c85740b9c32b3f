"""The evaluation of scenario files, of any number: every scenario with its assessment, and every problem."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from assistant.assessment.assessor import MAX_CASES_PER_PASS, Assessment, Assessor
from assistant.documents.problem import Place, Problem
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import (
    FailedExpectation,
    Scenario,
    contradiction_problems,
    failed_expectations,
    load_scenarios,
    scenario_files,
)
from assistant.system.language import _


class Evaluated(NamedTuple):
    """A scenario, what follows from it, and which of its expectations failed."""

    scenario: Scenario
    assessment: Assessment
    failed_expectations: tuple[FailedExpectation, ...]


class Position(NamedTuple):
    """The file that is being evaluated, the number of files before it, and the number of all files."""

    file: Path
    before: int
    of: int


def _ignore(_position: Position) -> None:
    """Do nothing with the position."""


def evaluate_files(
    assessor: Assessor, paths: Iterable[Path], listener: Callable[[Position], None] = _ignore
) -> Iterator[Evaluated | Problem]:
    """Yield every scenario in the files and in the YAML files of the folders with its assessment, and every problem.

    The files are read and assessed in chunks; of the files before, only the ids and places of scenarios are kept. A bad
    file does not prevent the evaluation of others. Scenarios whose answers contradict each other are problems.

    Raises:
        EngineError: if the rules engine fails.
    """
    files = [(path, file) for path in paths for file in scenario_files(path) or (None,)]
    entries = _entries(files, assessor.rulebook)
    while chunk := list(islice(entries, MAX_CASES_PER_PASS)):
        assessments = assessor.assess_many([entry.answers for _, entry in chunk if isinstance(entry, Scenario)])
        for number, entry in chunk:
            path, file = files[number]
            listener(Position(file or path, number, len(files)))
            if isinstance(entry, Problem):
                yield entry
            else:
                yield from _evaluated(entry, next(assessments), assessor.rulebook)


def _entries(files: Iterable[tuple[Path, Path | None]], rulebook: Rulebook) -> Iterator[tuple[int, Scenario | Problem]]:
    """Yield the scenarios and problems with the number of their file; None means a folder without files."""
    places: dict[str, str] = {}
    for number, (path, file) in enumerate(files):
        if file is None:
            message, remedy = _("there is no scenario file in this folder."), _("Scenario files end in .yaml or .yml.")
            yield number, Problem(place=Place(path=str(path)), message=message, remedy=remedy)
            continue
        for entry in load_scenarios(file, rulebook):
            if isinstance(entry, Scenario) and entry.id in places:
                yield number, _repeated(entry, places[entry.id])
                continue
            if isinstance(entry, Scenario):
                places[entry.id] = str(entry.places[""])
            yield number, entry


def _repeated(scenario: Scenario, first: str) -> Problem:
    """Return the problem of a scenario whose id another one has, at the place ``first``."""
    place = scenario.places[""]
    message, remedy = _("the id '{id}' is here a second time; the first is at {place}."), _("Rename one of them.")
    path, line, column = first.rsplit(":", 2)
    with suppress(OSError):  # a file may have vanished
        if (int(line), int(column)) == (place.line, place.column) and Path(place.path).samefile(path):
            message, remedy = _("this file was evaluated already."), _("Name each file once.")
    return Problem(place=place, message=message.format(id=scenario.id, place=first), remedy=remedy)


def _evaluated(scenario: Scenario, assessment: Assessment, rulebook: Rulebook) -> Iterator[Evaluated | Problem]:
    if assessment.contradictions:
        yield from contradiction_problems(scenario, assessment, rulebook)
    else:
        yield Evaluated(scenario, assessment, failed_expectations(scenario, assessment))
