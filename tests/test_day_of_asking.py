"""The day of asking: given by the clock, asked of nobody, and the end of reassurance about what is still to be done."""

from datetime import date

import pytest

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.relevance import why_asked
from assistant.explanation.smallest_change import smallest_changes
from assistant.explanation.what_if import suggestions
from assistant.interview.receipt import receipt, verify
from assistant.interview.saved import restore, to_saved
from assistant.interview.state import Interview, begin, open_questions, reply_to, with_replies, withdraw
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers
from assistant.scenarios.evaluation import Evaluated
from tests.support.interviews import next_question

THEN, TODAY = date(2022, 4, 10), date(2026, 11, 28)
ASKED_ON = "asked_on"


@pytest.fixture
def dmitri(evaluated: tuple[Evaluated, ...]) -> dict[str, Answer]:
    answers = next(
        each.scenario.answers for each in evaluated if each.scenario.id == "dmitri-refuses-with-eight-others"
    )
    return {asked: answer for asked, answer in answers.items() if asked != ASKED_ON}


def ahead(rulebook: Rulebook) -> set[str]:
    return {finding.id for finding in rulebook.findings if finding.reassures_ahead}


def established(found: Interview | Assessment) -> set[str]:
    assessment = found if isinstance(found, Assessment) else found.assessment
    return {each.finding for each in assessment.with_status(Status.ESTABLISHED)}


def _asked_on(answers: Answers, day: date | None) -> dict[str, Answer]:
    others = {asked: answer for asked, answer in answers.items() if asked != ASKED_ON}
    return others if day is None else {**others, ASKED_ON: day}


# Every scenario on the first day after the review. A later day lies in the same period, and unknown settles less.
@pytest.mark.parametrize(
    ("asked_on", "every"),
    [
        (date(2026, 1, 16), 1),
        (TODAY, 10),
        (None, 10),
        pytest.param(TODAY, 1, marks=pytest.mark.long),
        pytest.param(None, 1, marks=pytest.mark.long),
    ],
)
def test_no_scenario_reassures_about_what_is_still_to_be_done_when_it_is_asked_after_the_review(
    assessor: Assessor, rulebook: Rulebook, evaluated: tuple[Evaluated, ...], asked_on: date | None, every: int
) -> None:
    assert len(ahead(rulebook)) == 12
    people = [_asked_on(each.scenario.answers, asked_on) for each in evaluated[::every]]
    for answers, assessment in zip(people, assessor.assess_many(people), strict=True):
        assert not established(assessment) & ahead(rulebook), answers


def test_every_reassurance_about_what_is_still_to_be_done_was_one_on_some_day_but_what_others_decide(
    rulebook: Rulebook, evaluated: tuple[Evaluated, ...]
) -> None:
    reassured = set[str]().union(*(established(each.assessment) for each in evaluated))
    decided_by_others = {"unfitness_is_a_ground", "discharge_for_family_reported", "asylum_granted_there"}
    assert ahead(rulebook) - reassured == decided_by_others


def test_the_same_answers_reassure_on_the_day_of_the_act_and_not_today(
    assessor: Assessor, dmitri: dict[str, Answer]
) -> None:
    then, today = (established(begin(assessor, dmitri, day)) for day in (THEN, TODAY))
    assert {"discharge_possible", "transfer_possible", "serve_out_term"} <= then - today
    assert "law_may_have_changed" in today - then


def test_nobody_is_asked_for_the_day_and_no_finding_waits_for_it(assessor: Assessor) -> None:
    interview = begin(assessor)
    assert ASKED_ON not in {question.id for question in open_questions(assessor.rulebook, interview)}
    while (question := next_question(assessor.rulebook, interview)) is not None:
        assert question.id != ASKED_ON
        interview = reply_to(assessor, interview, question.id, Unknown.DONT_KNOW)
    assert all(ASKED_ON not in (*found.waits_for, *found.whatever) for found in interview.assessment.findings)
    assert why_asked(assessor, {}, ASKED_ON).effects == ()


def test_the_day_stays_whatever_is_said_revised_supposed_or_withdrawn(assessor: Assessor) -> None:
    interview = reply_to(assessor, begin(assessor, None, TODAY), "refusal", "oral")
    assert dict(interview.replies) == {"refusal": "oral"}
    assert interview.answers == {ASKED_ON: TODAY, "refusal": "oral"}
    assert with_replies(assessor, interview, {"refusal": "silent"}).answers[ASKED_ON] == TODAY
    assert withdraw(assessor, interview, "refusal").answers == {ASKED_ON: TODAY}


def test_another_day_is_never_suggested(assessor: Assessor, dmitri: dict[str, Answer]) -> None:
    answers = {**dmitri, ASKED_ON: TODAY}
    assert all(each.question != ASKED_ON for each in suggestions(assessor, answers, most=99, most_each=9))
    for finding in ("discharge_possible", "law_may_have_changed"):
        assert all(ASKED_ON not in change.answers for change in smallest_changes(assessor, answers, finding).found)


def test_an_interview_that_is_opened_again_is_asked_today(assessor: Assessor, rulebook: Rulebook) -> None:
    saved = to_saved(rulebook, begin(assessor, {"refusal": "oral"}, THEN))
    assert [said.question for said in saved.replies] == ["refusal"]
    assert begin(assessor, restore(saved, rulebook).replies, TODAY).answers[ASKED_ON] == TODAY


def test_a_scenario_that_is_gone_on_with_is_asked_today_and_else_on_its_own_day(assessor: Assessor) -> None:
    replies: dict[str, Answer] = {"refusal": "oral", ASKED_ON: THEN}
    assert begin(assessor, replies, TODAY).answers[ASKED_ON] == TODAY
    assert begin(assessor, replies).answers[ASKED_ON] == THEN
    assert dict(begin(assessor, replies).replies) == {"refusal": "oral"}


def test_a_receipt_keeps_the_day_on_which_it_was_made(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Answer]
) -> None:
    interview = begin(assessor, dmitri, THEN)
    made = receipt(rulebook, interview.answers, interview.assessment)
    assert made.answers[ASKED_ON] == "2022-04-10"
    assert verify(assessor, made).same


def test_a_plan_for_a_day_that_has_passed_is_told_nothing_of_what_lawyers_said_then(
    assessor: Assessor, dmitri: dict[str, Answer]
) -> None:
    planned = {**dmitri, "refusal": "considering"}
    said_then = {"refusal_not_prosecuted_then", "right_to_refuse_claimed", "no_prosecutions_known_then"}
    assert said_then <= established(begin(assessor, planned, THEN))
    assert not said_then & established(begin(assessor, planned, TODAY))
    assert said_then <= established(begin(assessor, dmitri, TODAY))


def test_a_rulebook_without_the_question_is_asked_on_no_day(small: Assessor) -> None:
    assert begin(small, None, TODAY).answers == {}
