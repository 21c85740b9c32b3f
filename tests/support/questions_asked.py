"""How many questions a scenario is asked, beside the fewest that would do."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.interview.state import begin, open_questions, reply_to
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import Scenario, load_scenarios, scenario_files
from tests.support.interviews import next_question

ORDERS = 4


class Asked(NamedTuple):
    """The questions that a scenario was asked, and the fewest found."""

    scenario: str
    asked: tuple[str, ...]
    fewest: tuple[str, ...]


def asked(assessor: Assessor, scenario: Scenario) -> Asked:
    interview = begin(assessor)
    while question := next_question(assessor.rulebook, interview):
        reply = scenario.answers.get(question.id, Unknown.DONT_KNOW)
        interview = reply_to(assessor, interview, question.id, reply)
    return Asked(scenario.id, tuple(interview.replies), fewest(assessor, scenario, tuple(interview.replies)))


def fewest(assessor: Assessor, scenario: Scenario, enough: tuple[str, ...]) -> tuple[str, ...]:
    chance = random.Random(scenario.id)
    every = tuple(question.id for question in assessor.rulebook.asked_questions)
    orders = [enough, enough[::-1], every[::-1], *(chance.sample(every, len(every)) for _ in range(ORDERS))]
    found = (_left_out(assessor, scenario, order) for order in orders)
    return min((enough, *found), key=len)


def _left_out(assessor: Assessor, scenario: Scenario, order: Sequence[str]) -> tuple[str, ...]:
    kept = list(order)
    for question in order:
        fewer = [other for other in kept if other != question]
        if _suffices(assessor, scenario, fewer):
            kept = fewer
    return tuple(kept)


def _suffices(assessor: Assessor, scenario: Scenario, questions: Iterable[str]) -> bool:
    replies: dict[str, Reply] = {q: scenario.answers.get(q, Unknown.DONT_KNOW) for q in questions}
    interview = begin(assessor, replies)
    return not interview.assessment.contradictions and not open_questions(assessor.rulebook, interview)


def real_scenarios(rulebook: Rulebook, folder: Path) -> list[Scenario]:
    loaded = (load_scenarios(file, rulebook) for file in scenario_files(folder))
    return [scenario for scenarios in loaded for scenario in scenarios if isinstance(scenario, Scenario)]
