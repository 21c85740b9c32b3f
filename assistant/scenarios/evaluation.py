"""Scenario files through the rules: every scenario with its assessment, and every problem on the way."""

from collections.abc import Iterable
from pathlib import Path

from assistant.assessment.assessor import Assessment, Assessor
from assistant.documents.problem import Place, Problem
from assistant.documents.value import Value
from assistant.scenarios.scenario import (
    Disappointment,
    Scenario,
    contradiction_problems,
    disappointments,
    load_scenarios,
    scenario_files,
)
from assistant.system.language import _


class Evaluated(Value):
    """A scenario, what follows from it, and which of its expectations failed."""

    scenario: Scenario
    assessment: Assessment
    disappointments: tuple[Disappointment, ...]


class Evaluation(Value):
    """What became of a number of files."""

    evaluated: tuple[Evaluated, ...]
    problems: tuple[Problem, ...]


def evaluate_files(assessor: Assessor, paths: Iterable[Path]) -> Evaluation:
    """Every scenario of the files, or of the YAML files in the folders; a bad file does not keep the others back.

    Raises:
        EngineError: if the rules engine fails.
    """
    evaluated: list[Evaluated] = []
    problems: list[Problem] = []
    told: dict[str, Place] = {}
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
                elif entry.id in told:
                    message = _("the id '{id}' is here a second time; the first is at {place}.")
                    message = message.format(id=entry.id, place=told[entry.id])
                    problems.append(Problem(place=entry.places[""], message=message, remedy=_("Rename one of them.")))
                else:
                    told[entry.id] = entry.places[""]
                    evaluated_entry = _evaluated(assessor, entry)
                    problems += contradiction_problems(entry, evaluated_entry.assessment, assessor.rulebook)
                    evaluated.append(evaluated_entry)
    coherent = tuple(one for one in evaluated if not one.assessment.contradictions)
    return Evaluation(evaluated=coherent, problems=tuple(problems))


def _evaluated(assessor: Assessor, scenario: Scenario) -> Evaluated:
    assessment = assessor.assess(scenario.answers)
    failed = () if assessment.contradictions else disappointments(scenario, assessment)
    return Evaluated(scenario=scenario, assessment=assessment, disappointments=failed)
