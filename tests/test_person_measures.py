"""The simulated person of the benchmark says what his scenario says, and is asked the same in every way."""

import pytest

from assistant.assessment.assessor import Assessor
from assistant.assessment.cells import cells_of
from assistant.plain.options import offered
from assistant.plain.typed import understood
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from tests.support.questions_asked import real_scenarios
from tests.support.simulated_person import RELATIVE, measured, typed


def test_what_the_person_types_is_read_as_what_he_means(rulebook: Rulebook, assessor: Assessor) -> None:
    cells = cells_of([assessor.program])
    for question in rulebook.questions:
        for answer in [each for each, _texts in offered(question)] or cells[question.id].representatives:
            assert understood(question, typed(question, answer)) == answer
        assert typed(question, Unknown.DONT_KNOW) == "d"


@pytest.mark.parametrize("case", [0, 1])
def test_the_relative_is_asked_the_same_on_the_screen_and_line_by_line(assessor: Assessor, case: int) -> None:
    """It is an error of the benchmark if not."""
    cost = measured(assessor, real_scenarios(assessor.rulebook, RELATIVE)[case])
    assert cost.unknown < cost.questions
    assert cost.keys_on_screen < cost.keys_line_by_line
