"""A person is asked little more than the fewest questions that decide everything, and waits little for each."""

import random
import time

import pytest

from assistant.assessment import Assessor
from assistant.cells import cells_of
from assistant.interview import Unknown, begin, next_question, reply_to
from assistant.rulebook import Rulebook
from benchmarks.conversation import p99
from benchmarks.questions_asked import asked, real_scenarios
from tests.conftest import ROOT

MOST_TIMES_THE_FEWEST = 1.3
MEDIAN_MS, P99_MS = 10, 30


@pytest.mark.bench
def test_scenarios_are_asked_little_more_than_the_fewest_questions(assessor: Assessor) -> None:
    scenarios = real_scenarios(assessor.rulebook, ROOT / "tests" / "scenarios")[::5]
    found = [asked(assessor, scenario) for scenario in scenarios]
    total, least = sum(len(each.asked) for each in found), sum(len(each.fewest) for each in found)
    assert total <= MOST_TIMES_THE_FEWEST * least


@pytest.mark.bench
def test_after_an_answer_the_next_question_comes_at_once(rulebook: Rulebook) -> None:
    assessor, chance, waits = Assessor(rulebook), random.Random(1), list[float]()
    cells = cells_of([assessor.program])
    for _ in range(30):
        interview = begin(assessor)
        while question := next_question(rulebook, interview):
            known = chance.random() < 0.85
            reply = chance.choice(cells[question.id].simplest) if known else Unknown.DONT_KNOW
            start = time.perf_counter()
            interview = reply_to(assessor, interview, question.id, reply)
            next_question(rulebook, interview)
            waits.append((time.perf_counter() - start) * 1000)
    assert sorted(waits)[len(waits) // 2] < MEDIAN_MS
    assert p99(waits) < P99_MS
