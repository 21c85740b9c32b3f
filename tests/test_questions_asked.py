"""A person is asked little more than the fewest questions that decide everything."""

import pytest

from assistant.assessment.assessor import Assessor
from tests.support.project import ROOT
from tests.support.questions_asked import asked, real_scenarios

MAX_TIMES_THE_FEWEST = 1.3


# The search for the fewest is slow. `make long` does it for more scenarios, and `make bench` for more still.
@pytest.mark.parametrize("every", [200, 25])
def test_scenarios_are_asked_little_more_than_the_fewest_questions(assessor: Assessor, every: int) -> None:
    scenarios = real_scenarios(assessor.rulebook, ROOT / "tests" / "scenarios")[::every]
    found = [asked(assessor, scenario) for scenario in scenarios]
    total, least = sum(len(each.asked) for each in found), sum(len(each.fewest) for each in found)
    assert total <= MAX_TIMES_THE_FEWEST * least
