"""The evaluation of scenario files: every scenario with its assessment, and every problem."""

from collections.abc import Iterable
from pathlib import Path

from assistant.assessment.assessor import Assessment, Assessor
from assistant.documents.problem import Place, Problem
from assistant.documents.value import Value
from assistant.scenarios.scenario import (
    FailedExpectation,
    Scenario,
    contradiction_problems,
    failed_expectations,
    load_scenarios,
    scenario_files,
)
from assistant.system.language import _


class Evaluated(Value):
    """A scenario, what follows from it, and which of its expectations failed."""

    scenario: Scenario
    assessment: Assessment
    failed_expectations: tuple[FailedExpectation, ...]


class Evaluation(Value):
    """The scenarios and problems of some files."""

    evaluated: tuple[Evaluated, ...]
    problems: tuple[Problem, ...]


def evaluate_files(assessor: Assessor, paths: Iterable[Path]) -> Evaluation:
    """Return an assessment of every scenario in the files and in the YAML files of the folders, and all problems.

    A bad file does not prevent the evaluation of others. Scenarios whose answers contradict each other are problems.

    Raises:
        EngineError: if the rules engine fails.
    """
    evaluated: list[Evaluated] = []
    problems: list[Problem] = []
    places: dict[str, Place] = {}
    for path in paths:
        files = scenario_files(path)
        if not files:
            message, remedy = _("there is no scenario file in this folder."), _("Scenario files end in .yaml or .yml.")
            problems.append(Problem(place=Place(path=str(path)), message=message, remedy=remedy))
        for file in files:
            scenarios = load_scenarios(file, assessor.rulebook)
            for entry in scenarios:
                if isinstance(entry, Problem):
                    problems.append(entry)
                elif entry.id in places:
                    message = _("the id '{id}' is here a second time; the first is at {place}.")
                    message = message.format(id=entry.id, place=places[entry.id])
                    problems.append(Problem(place=entry.places[""], message=message, remedy=_("Rename one of them.")))
                else:
                    places[entry.id] = entry.places[""]
                    evaluated_entry = _evaluated(assessor, entry)
                    problems += contradiction_problems(entry, evaluated_entry.assessment, assessor.rulebook)
                    evaluated.append(evaluated_entry)
    coherent = tuple(one for one in evaluated if not one.assessment.contradictions)
    return Evaluation(evaluated=coherent, problems=tuple(problems))


def _evaluated(assessor: Assessor, scenario: Scenario) -> Evaluated:
    assessment = assessor.assess(scenario.answers)
    failed = () if assessment.contradictions else failed_expectations(scenario, assessment)
    return Evaluated(scenario=scenario, assessment=assessment, failed_expectations=failed)
