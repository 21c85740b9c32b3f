"""A person is asked little more than the fewest questions that decide everything."""

from assistant.assessment.assessor import Assessor
from tests.support.project import ROOT
from tests.support.questions_asked import asked, real_scenarios

MOST_TIMES_THE_FEWEST = 1.3
EVERY = 25
"""The search for the fewest is slow; ``make bench`` does it for every scenario."""


def test_scenarios_are_asked_little_more_than_the_fewest_questions(assessor: Assessor) -> None:
    scenarios = real_scenarios(assessor.rulebook, ROOT / "tests" / "scenarios")[::EVERY]
    found = [asked(assessor, scenario) for scenario in scenarios]
    total, least = sum(len(each.asked) for each in found), sum(len(each.fewest) for each in found)
    assert total <= MOST_TIMES_THE_FEWEST * least
