"""The evaluation of scenario files, of any number: every scenario with its assessment, and every problem."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from assistant.assessment.assessment import Assessment
from assistant.assessment.assessor import MAX_CASES_PER_PASS, Assessor
from assistant.documents.problem import EngineError, Problem
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import (
    FailedExpectation,
    Scenario,
    contradiction_problems,
    failed_expectations,
    load_scenarios,
    scenario_files,
)
from assistant.system.child_process import note_work
from assistant.system.language import _
from assistant.system.message import message


class Evaluated(NamedTuple):
    """A scenario, what follows from it, and which of its expectations failed."""

    scenario: Scenario
    assessment: Assessment
    failed_expectations: tuple[FailedExpectation, ...]


def _ignore(_done: int, _files: int) -> None:
    """Do nothing with the progress."""


def evaluate_files(
    assessor: Assessor, paths: Iterable[Path], listener: Callable[[int, int], None] = _ignore
) -> Iterator[Evaluated | Problem]:
    """Yield every scenario in the files and in the YAML files of the folders with its assessment, and every problem.

    The files are read and assessed in chunks; of the files before, only the ids and places of scenarios are kept. A bad
    file does not prevent the evaluation of others, nor does one for which there is not enough memory. Scenarios whose
    answers contradict each other are problems. ``listener`` gets the number of files that are done, and that of all.

    Raises:
        EngineError: if the rules engine fails; it begins with the place of the scenario.
    """
    files = [(path, file) for path in paths for file in scenario_files(path) or (None,)]
    entries = _entries(files, assessor.rulebook)
    while chunk := list(islice(entries, MAX_CASES_PER_PASS)):
        assessed = _assessed(assessor, [entry for _, entry in chunk if isinstance(entry, Scenario)])
        for number, entry in chunk:
            listener(number, len(files))
            if isinstance(entry, Problem):
                yield entry
            else:
                yield from _evaluated(entry, next(assessed), assessor.rulebook)
    listener(len(files), len(files))


def _entries(files: Iterable[tuple[Path, Path | None]], rulebook: Rulebook) -> Iterator[tuple[int, Scenario | Problem]]:
    """Yield the scenarios and problems with the number of their file; None means a folder without files."""
    places: dict[str, str] = {}
    for number, (path, file) in enumerate(files):
        if file is None:
            missing, remedy = _("there is no scenario file in this folder."), _("Scenario files end in .yaml or .yml.")
            yield number, Problem.of_path(path, missing, remedy)
            continue
        for entry in _read(file, rulebook):
            if isinstance(entry, Scenario) and entry.id in places:
                yield number, _repetition(entry, places[entry.id])
                continue
            if isinstance(entry, Scenario):
                places[entry.id] = str(entry.places[""])
            yield number, entry


def _read(file: Path, rulebook: Rulebook) -> Iterable[Scenario | Problem]:
    note_work(str(file))
    try:
        return load_scenarios(file, rulebook)
    except MemoryError:
        short, remedy = _("there is not enough memory to read this file."), _("Split it into smaller files.")
        return [Problem.of_path(file, short, remedy)]


def _repetition(scenario: Scenario, first: str) -> Problem:
    """Return the problem of a scenario whose id another one has, at the place ``first``."""
    place = scenario.places[""]
    path, line, column = first.rsplit(":", 2)
    with suppress(OSError):  # a file may have vanished
        if (int(line), int(column)) == (place.line, place.column) and Path(place.path).samefile(path):
            again, remedy = _("this file was evaluated already."), _("Name each file once.")
            return Problem(place=place, message=again, remedy=remedy)
    said = message("the id '{id}' is here a second time; the first is at {place}.", id=scenario.id, place=first)
    return Problem.saying(place, said, _("Rename one of them."))


def _assessed(assessor: Assessor, scenarios: Sequence[Scenario]) -> Iterator[Assessment | None]:
    """Yield the assessment of each scenario, or None if there is not enough memory for it."""
    done = 0
    while done < len(scenarios):
        note_work(scenarios[done].places[""].path)
        try:
            for assessment in assessor.assess_many([scenario.answers for scenario in scenarios[done:]]):
                done += 1
                yield assessment
                if done < len(scenarios):
                    note_work(scenarios[done].places[""].path)
        except MemoryError:
            done += 1
            yield None
        except EngineError as error:
            raise EngineError(f"{scenarios[done].places['']}: {error}") from None


def _evaluated(scenario: Scenario, assessment: Assessment | None, rulebook: Rulebook) -> Iterator[Evaluated | Problem]:
    if assessment is None:
        short, remedy = _("there is not enough memory to evaluate this scenario."), _("Close other programs first.")
        yield Problem(place=scenario.places[""], message=short, remedy=remedy)
    elif assessment.contradictions:
        yield from contradiction_problems(scenario, assessment, rulebook)
    else:
        yield Evaluated(scenario, assessment, failed_expectations(scenario, assessment))
