"""The evaluation of scenario files in the simplest way: one case after the other, everything kept until the end."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.documents.alike import AlikeProblems
from assistant.documents.problem import Problem
from assistant.scenarios.evaluation import Evaluated
from assistant.scenarios.json_report import json_report
from assistant.scenarios.scenario import (
    Scenario,
    contradiction_problems,
    failed_expectations,
    load_scenarios,
    scenario_files,
)
from assistant.scenarios.text_report import failed_expectation_text, text_report


class Reports(NamedTuple):
    """What ``assistant evaluate`` prints: with ``--json``, ``--format jsonl`` and as text, and its messages."""

    json: str
    lines: str
    text: str
    messages: str
    code: int


def evaluated_one_by_one(assessor: Assessor, paths: Iterable[Path], *, with_text: bool = False) -> Reports:
    """Evaluate files in folders that contain nothing but scenario files. Making the text takes longest."""
    rulebook, places = assessor.rulebook, dict[str, str]()
    problems: list[Problem] = []
    plain, texts, failures = [], [], []
    for entry in (each for path in paths for file in scenario_files(path) for each in load_scenarios(file, rulebook)):
        if not isinstance(entry, Scenario):
            problems.append(entry)
            continue
        place = entry.places[""]
        if entry.id in places:
            message, remedy, template = "this file was evaluated already.", "Name each file once.", ""
            if places[entry.id] != str(place):
                remedy = "Rename one of them."
                template = "the id '{id}' is here a second time; the first is at {place}."
                message = template.format(id=entry.id, place=places[entry.id])
            problems.append(Problem(place=place, message=message, remedy=remedy, template=template))
            continue
        places[entry.id] = str(place)
        assessment = assessor.assess(entry.answers)
        if assessment.contradictions:
            problems += contradiction_problems(entry, assessment, rulebook)
            continue
        report = json_report(rulebook, entry, assessment)
        plain.append(report.model_dump(mode="json", by_alias=True, exclude_none=True))
        texts.append(text_report(rulebook, entry, assessment) + "\n\n" if with_text else "")
        evaluated = Evaluated(entry, assessment, failed_expectations(entry, assessment))
        failures += [failed_expectation_text(assessor, evaluated, failed) for failed in evaluated.failed_expectations]
    alike = AlikeProblems()
    messages = [*map(str, alike.listed(problems)), *alike.rest(), *failures]
    return Reports(
        json=json.dumps(plain, ensure_ascii=False, indent=2) + "\n",
        lines="".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in plain),
        text="".join(texts),
        messages="".join(f"{message}\n" for message in messages),
        code=2 if problems else 1 if failures else 0,
    )
