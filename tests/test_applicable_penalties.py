"""Which penalties of an exposure the answers leave, for the real rulebook."""

import datetime
import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assessment.assessor import Assessor
from assistant.assessment.kleene import known
from assistant.assessment.penalties import ApplicablePenalty, applicable_penalties
from assistant.rulebook.penalty_phrase import penalty_phrase
from assistant.rulebook.program import Valuation
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.rulebook.ranges import DateRange

LIGHT = (
    "up to 2 years in prison, a disciplinary unit for up to 2 years, arrest for up to {months} months, "
    "restriction of service for up to 2 years, or a fine"
)
LIFE = "life in prison or 12 to 20 years in prison"


def applicable(assessor: Assessor, finding: str, answers: Mapping[str, Answer]) -> tuple[ApplicablePenalty, ...]:
    nodes, clauses = known(assessor.program, answers)
    exposure = assessor.rulebook.finding[finding]
    return applicable_penalties(assessor.rulebook, exposure, answers, Valuation(nodes=nodes, clauses=clauses))


BEFORE, AFTER = datetime.date(2022, 9, 23), datetime.date(2022, 9, 24)


@pytest.mark.parametrize(
    ("finding", "answers", "expected"),
    [
        ("uk332_2_1", {}, {"2 to 3 years in prison": True}),
        (
            "uk337_1",
            {},
            {
                "up to 2 years in prison": False,
                "a disciplinary unit for up to 1 year or arrest for up to 6 months": True,
            },
        ),
        ("uk346", {"grave_consequences": True}, {"up to 5 years in prison": True, LIGHT.format(months=3): True}),
        ("uk346", {"grave_consequences": False}, {"up to 5 years in prison": False, LIGHT.format(months=3): True}),
        ("uk347", {"act_date": BEFORE}, {LIGHT.format(months=6): True}),
        ("uk347", {"act_date": AFTER, "place": "ukraine"}, {"up to 5 years in prison": True}),
        ("uk347", {"act_date": AFTER}, {"up to 5 years in prison": False, LIGHT.format(months=6): False}),
        ("uk348", {"act_date": AFTER, "place": "ukraine"}, {"up to 7 years in prison": True}),
        ("uk275", {"act_date": datetime.date(2023, 4, 27)}, {"12 to 20 years in prison": True}),
        ("uk275", {"act_date": datetime.date(2023, 4, 28)}, {LIFE: True}),
        ("uk275", {}, {LIFE: False, "12 to 20 years in prison": False}),
        (
            "uk275",
            {"act_date": DateRange(start=datetime.date(2023, 4, 1), until=datetime.date(2023, 4, 30))},
            {LIFE: False, "12 to 20 years in prison": False},
        ),
        ("liability_abroad", {}, {}),
    ],
)
def test_the_answers_leave_some_penalties_gravest_first(
    assessor: Assessor, finding: str, answers: dict[str, Answer], expected: dict[str, bool]
) -> None:
    left = {penalty_phrase(each.penalty): each.certain for each in applicable(assessor, finding, answers)}
    assert list(left.items()) == list(expected.items())


def any_answer(chance: random.Random, asked: Question) -> Answer:
    if asked.type is QuestionType.YES_NO:
        return chance.choice([True, False])
    if asked.type is QuestionType.CHOICE:
        return chance.choice(asked.options).id
    day = datetime.date(2022, 1, 1) + datetime.timedelta(days=chance.randrange(1700))
    return day if asked.type is QuestionType.DATE else chance.randrange(60)


@given(st.randoms(use_true_random=False))
def test_more_answers_bring_back_no_penalty_and_unsettle_no_certain_one(
    assessor: Assessor, chance: random.Random
) -> None:
    complete = {asked.id: any_answer(chance, asked) for asked in assessor.rulebook.questions}
    some = {name: answer for name, answer in complete.items() if chance.random() < 0.7}
    for finding in (each for each in assessor.rulebook.findings if each.penalties):
        before, after, last = (
            {
                finding.penalties.index(penalty): certain
                for penalty, certain in applicable(assessor, finding.id, answers)
            }
            for answers in ({}, some, complete)
        )
        for earlier, later in ((before, after), (after, last)):
            assert later.keys() <= earlier.keys()
            assert {penalty for penalty, certain in earlier.items() if certain} <= {
                penalty for penalty, certain in later.items() if certain
            }
        assert last, f"no penalty of {finding.id} applies"
