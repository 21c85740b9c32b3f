"""Scenario files: the answers of a person, and optionally the expected statuses of some findings."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from assistant.assessment.assessment import Assessment, Status
from assistant.documents.problem import MAX_PROBLEMS, Place, Problem, Problems, first_problems, in_order
from assistant.documents.value import Value
from assistant.documents.yaml_model import as_model
from assistant.documents.yaml_reader import Document, Location, read_yaml
from assistant.rulebook.answer import Mistake, contradiction, read_answer, unknown_finding, unknown_question
from assistant.rulebook.case import Written
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer
from assistant.rulebook.vocabulary import UNKNOWN, NotBlank
from assistant.system.language import _

ENDINGS: Final = (".yaml", ".yml")
"""What the names of scenario files end in."""


class Scenario(Value):
    """One situation. A question that is left out was skipped, one in ``unknown`` is not known: for the rules the same.

    ``places`` maps ``""``, ``answers.<question>`` and ``expect.<finding>`` to their places in the file.
    """

    id: str
    title: str = ""
    answers: dict[str, Answer]
    unknown: tuple[str, ...] = ()
    expect: dict[str, tuple[Status, ...]] = {}
    places: dict[str, Place] = Field(default={}, repr=False)


class FailedExpectation(Value):
    """A finding whose status is not among those that the scenario expects."""

    finding: str
    expected: tuple[Status, ...]
    actual: Status
    place: Place


def _several(wanted: Any) -> Any:
    return [wanted] if isinstance(wanted, str) else wanted


_UNKNOWN: Final = (None, UNKNOWN)
"""The notations of an answer that is not known: no value, as in an empty cell of a table, or the word."""
_WORDS: Final = {"enum": [status.value for status in Status]}
Expected: TypeAlias = Annotated[
    tuple[Status, ...],
    Field(min_length=1),
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [_WORDS, {"type": "array", "items": _WORDS, "minItems": 1}]}),
]
"""One status, or a list of statuses of which any is accepted."""


class ScenarioEntry(Value):
    """A scenario as it is written: the answers by question, and the expected statuses by finding."""

    id: NotBlank
    title: str = ""
    answers: dict[str, Written]
    expect: dict[str, Expected] = {}


def scenario_files(path: Path) -> tuple[Path, ...]:
    """Return the file itself, or every YAML file in a folder and its subfolders, sorted. Hidden ones are left out.

    Unreadable folders, links to folders, and folders named like YAML files are returned too, so that reading them gives
    a problem.
    """
    if not path.is_dir():
        return (path,)
    unreadable: list[OSError] = []
    found: list[Path] = []
    for folder, folders, files in os.walk(path, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        named = [name for name in (*files, *folders) if Path(name).suffix.lower() in ENDINGS and name[0] != "."]
        found += [Path(folder, name) for name in {*named, *links}]
    return tuple(sorted([*found, *(Path(error.filename) for error in unreadable)]))


def load_scenarios(path: Path, rulebook: Rulebook) -> tuple[Scenario, ...] | Problems:
    """Return the scenarios of a YAML file that contains one mapping or a list of mappings, or its problems."""
    document = read_yaml(path)
    if isinstance(document, tuple):
        return document
    locations: list[Location] = [()]
    if isinstance(document.data, list):
        locations = [(index,) for index in range(len(document.data))]
    if not locations:
        message, remedy = (
            _("the file has no scenario."),
            _("Write one mapping with 'id' and 'answers', or a list of them."),
        )
        return (Problem(place=document.place(()), message=message, remedy=remedy),)
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for location in locations:
        read = _scenario(document, location, rulebook)
        if isinstance(read, Scenario):
            scenarios.append(read)
        else:
            problems += read
        if len(problems) > MAX_PROBLEMS:
            break
    return tuple(first_problems(in_order(problems))) if problems else tuple(scenarios)


def failed_expectations(scenario: Scenario, assessment: Assessment) -> tuple[FailedExpectation, ...]:
    """Return the findings whose status is not among those that the scenario expects."""
    return tuple(
        FailedExpectation(finding=finding, expected=expected, actual=actual, place=scenario.places[f"expect.{finding}"])
        for finding, expected in scenario.expect.items()
        if (actual := assessment.status_of(finding).status) not in expected
    )


def contradiction_problems(scenario: Scenario, assessment: Assessment, rulebook: Rulebook) -> Problems:
    """Return a problem for each impossible combination among the answers of a scenario."""
    return tuple(clash.at(scenario.places[""]) for clash in map(contradiction, assessment.clashes(rulebook)))


def _scenario(document: Document, location: Location, rulebook: Rulebook) -> Scenario | Problems:
    entry = as_model(document, ScenarioEntry, location)
    problems = [*(entry if isinstance(entry, tuple) else ()), *first_problems(_problems(document, location, rulebook))]
    if problems or isinstance(entry, tuple):
        return tuple(problems)
    known = {question: value for question, value in entry.answers.items() if value not in _UNKNOWN}
    return Scenario(
        id=entry.id,
        title=entry.title,
        answers={asked: _answer(rulebook, asked, value) for asked, value in known.items()},
        unknown=tuple(question for question, value in entry.answers.items() if value in _UNKNOWN),
        expect=entry.expect,
        places={
            "": document.place(location),
            **{
                f"{section}.{key}": document.keys[(*location, section, key)]
                for section in ("answers", "expect")
                for key in getattr(entry, section)
            },
        },
    )


def _answer(rulebook: Rulebook, question: str, value: Any) -> Answer:
    answer = read_answer(rulebook.question[question], value)
    if isinstance(answer, Mistake):  # pragma: no cover  # _problems reported it
        raise TypeError(question)
    return answer


def _problems(document: Document, location: Location, rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the problems of answers and expectations with this rulebook; sections that are no mappings are skipped."""
    for asked, value in _section(document, location, "answers").items():
        place = document.keys[(*location, "answers", asked)]
        if asked not in rulebook.question:
            yield unknown_question(rulebook, asked).at(place)
        elif value not in _UNKNOWN:
            answer = read_answer(rulebook.question[asked], value)
            if isinstance(answer, Mistake):
                yield answer.at(document.place((*location, "answers", asked)), asked)
    for finding in _section(document, location, "expect"):
        if finding not in rulebook.finding:
            yield unknown_finding(rulebook, finding).at(document.keys[(*location, "expect", finding)])


def _section(document: Document, location: Location, name: str) -> Mapping[str, Any]:
    entry = document.data
    for step in location:
        entry = entry[step]
    section = entry.get(name) if isinstance(entry, Mapping) else None
    return section if isinstance(section, Mapping) else {}
