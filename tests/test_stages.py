"""Stages: the answer comes once the questions of the first stage are asked; the others are offered to make it exact."""

import pytest

from assistant.assessment.assessor import Assessor
from assistant.interview.saved.saved_interview import SavedInterview, as_bytes, from_bytes, restore, to_saved
from assistant.interview.state import begin, open_questions
from assistant.interview.turn import (
    Turn,
    after_checklist,
    after_going_on,
    after_reply,
    left_for_later,
    questions_at,
    step_at,
    turn_before,
)
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer
from assistant.rulebook.ranges import OptionSet
from tests.support.line_by_line import continued
from tests.support.screen_user import person_at

STAYED: dict[str, Reply] = {"serves": True, "left": False, "armed": False}
"""The answers to the first stage."""
SO_FAR = "Here is the answer so far."
ONE_MORE = "1 more question can make this more exact."
NO_MORE = "No more questions. Here is the answer:"
LAWYER = "Has he asked a lawyer?"
PLAN: dict[str, Answer] = {"refusal": "considering", "left_without_leave": False}


@pytest.fixture(scope="module")
def assessor(grouped: Rulebook) -> Assessor:
    return Assessor(grouped)


@pytest.fixture(scope="module")
def real(rulebook: Rulebook) -> Assessor:
    return Assessor(rulebook)


def asked(assessor: Assessor, turn: Turn) -> list[str]:
    return [question.id for question in questions_at(assessor.rulebook, turn)]


def open_ones(assessor: Assessor, **replies: Reply) -> set[str]:
    return {question.id for question in open_questions(assessor.rulebook, begin(assessor, replies))}


def test_after_the_first_stage_the_answer_comes_and_the_rest_is_offered(assessor: Assessor) -> None:
    turn = Turn(begin(assessor, STAYED))
    assert step_at(assessor.rulebook, turn) is None
    assert left_for_later(assessor.rulebook, turn) == 1
    assert asked(assessor, after_going_on(assessor.rulebook, turn)) == ["lawyer"]


def test_while_a_question_is_asked_nothing_is_offered_instead(assessor: Assessor) -> None:
    assert left_for_later(assessor.rulebook, Turn(begin(assessor))) == 0


def test_when_nothing_is_left_going_on_changes_nothing(assessor: Assessor) -> None:
    done = Turn(begin(assessor, {**STAYED, "lawyer": Unknown.SKIPPED}))
    assert left_for_later(assessor.rulebook, done) == 0
    assert after_going_on(assessor.rulebook, done) == done


def test_from_a_revised_question_one_goes_on_to_the_answer_first(assessor: Assessor) -> None:
    back = turn_before(assessor.rulebook, Turn(begin(assessor, STAYED)))
    assert asked(assessor, back) == ["armed"]
    answer = after_going_on(assessor.rulebook, back)
    assert step_at(assessor.rulebook, answer) is None
    assert asked(assessor, after_going_on(assessor.rulebook, answer)) == ["lawyer"]


def test_who_has_gone_on_stays_with_the_later_questions_after_a_step_back(assessor: Assessor) -> None:
    further = after_going_on(assessor.rulebook, Turn(begin(assessor, STAYED)))
    back = turn_before(assessor.rulebook, further)
    assert asked(assessor, back) == ["armed"]
    assert asked(assessor, after_reply(assessor, back, "armed", False)) == ["lawyer"]


def test_an_answer_that_opens_a_question_of_the_first_stage_brings_it_before_the_answer(assessor: Assessor) -> None:
    answer = Turn(begin(assessor, STAYED))
    revised = after_reply(assessor, answer.at("left"), "left", True)
    assert asked(assessor, revised) == ["together"]
    assert step_at(assessor.rulebook, after_reply(assessor, revised, "together", False)) is None


def test_none_of_the_others_is_asked_once_more_before_the_answer(assessor: Assessor) -> None:
    turn = after_checklist(assessor, Turn(begin(assessor, {"serves": True})), {}, ["left", "armed", "together"])
    assert asked(assessor, turn) == ["armed"]


def test_a_saved_interview_is_opened_at_the_answer_and_goes_on_from_there(assessor: Assessor) -> None:
    saved = from_bytes(as_bytes(to_saved(assessor.rulebook, begin(assessor, STAYED))))
    assert isinstance(saved, SavedInterview)
    restored = restore(saved, assessor.rulebook)
    turn = Turn(begin(assessor, restored.replies, unsure=restored.unsure), restored.asked)
    assert step_at(assessor.rulebook, turn) is None
    assert asked(assessor, after_going_on(assessor.rulebook, turn)) == ["lawyer"]


def test_line_by_line_the_answer_says_that_more_can_be_asked_and_how(assessor: Assessor, grouped: Rulebook) -> None:
    said = continued(assessor, grouped, ["1", "no", "q"], STAYED)
    assert SO_FAR in said
    assert f"{ONE_MORE} To go on, type 1." in said
    assert said.index(f"{ONE_MORE} To go on, type 1.") < said.index(f"Question: {LAWYER}")
    assert NO_MORE in said
    assert ONE_MORE not in " ".join(said[said.index(NO_MORE) :])


@pytest.mark.parametrize("typed", ["2", "0", "yes", "d", "11", "-1", "сам"])
def test_line_by_line_only_the_number_that_is_named_goes_on(assessor: Assessor, grouped: Rulebook, typed: str) -> None:
    said = continued(assessor, grouped, [typed], STAYED)
    assert f"Question: {LAWYER}" not in said
    assert "There is no question to answer. To go on with the questions, type 1. Type ? for help." in said
    assert said.count(SO_FAR) == 1
    assert said.count(f"{ONE_MORE} To go on, type 1.") == 2


def test_line_by_line_there_is_no_going_on_when_nothing_is_left(assessor: Assessor, grouped: Rulebook) -> None:
    said = continued(assessor, grouped, ["1"], {**STAYED, "lawyer": True})
    assert "There is no question to answer. Type ? for help." in said


async def test_on_the_screen_one_key_goes_on_from_the_answer(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        screen = await person.presses("1", "1", "1", "2", "2", "3", "3", "0")
        assert SO_FAR in screen
        assert ONE_MORE in screen
        assert "n more questions" in screen
        assert LAWYER in await person.presses("n")
        assert "Which of these is true?" in await person.presses("b")
        assert LAWYER in await person.presses("n")
        last = await person.presses("s")
        assert NO_MORE in last
        assert ONE_MORE not in last
        assert "n more questions" not in last


async def test_on_the_screen_the_key_asks_nothing_when_nothing_is_left(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        await person.presses("1", "d", "n", "d")
        assert NO_MORE in await person.presses("n", "right")


def test_what_only_an_act_that_has_happened_can_answer_is_not_asked_of_a_plan(real: Assessor) -> None:
    planned = real.rulebook.metadata.planned
    assert planned is not None
    has_refused = open_ones(real, refusal="oral", left_without_leave=False)
    assert has_refused & {*planned.not_asked}
    assert not open_ones(real, **PLAN) & {*planned.not_asked}


@pytest.mark.parametrize(
    "refusal", ["oral", "none", Unknown.DONT_KNOW, Unknown.SKIPPED, OptionSet(options=("considering", "oral"))]
)
def test_it_is_asked_of_whoever_may_have_refused(real: Assessor, refusal: Reply) -> None:
    assert "harm_established" in open_ones(real, refusal=refusal, left_without_leave=Unknown.DONT_KNOW)


@pytest.mark.parametrize("act", ["left_without_leave", "equipment_damaged"])
def test_it_is_asked_of_whoever_has_done_something_else_and_is_only_thinking_of_refusing(
    real: Assessor, act: str
) -> None:
    assert "grave_consequences" in open_ones(real, **{**PLAN, act: True})


def test_a_plan_is_asked_about_a_case_that_may_be_about_another_act(real: Assessor) -> None:
    assert "criminal_case" in open_ones(real, **{**PLAN, "surrendered": True})


def test_what_is_not_asked_of_a_plan_is_left_unknown_and_not_taken_as_no(real: Assessor) -> None:
    interview = begin(real, PLAN)
    assert interview.answers == PLAN
    said_no = real.assess({**PLAN, "harm_established": False, "grave_consequences": False})
    assert interview.assessment.findings != said_no.findings


async def test_the_page_of_the_answer_says_how_many_questions_are_open(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        assert "open questions can still matter." in await person.presses("1", "g")
