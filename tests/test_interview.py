"""The conversation: one question at a time, the gravest first, and nothing that was said is lost."""

from datetime import date

import pytest

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.interview.state import Interview, begin, open_questions, reply_to, withdraw
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer
from tests.support.interviews import next_question


def asked(assessor: Assessor, interview: Interview) -> list[str]:
    return [question.id for question in open_questions(assessor.rulebook, interview)]


def test_the_gravest_question_that_can_matter_is_asked_first(assessor: Assessor, rulebook: Rulebook) -> None:
    places = [(rulebook.stage_of(each), -each.severity) for each in open_questions(rulebook, begin(assessor))]
    assert places == sorted(places)
    first = next_question(rulebook, begin(assessor))
    assert first is not None
    assert first.severity == max(question.severity for question in rulebook.questions)


def test_of_equally_grave_questions_the_one_that_decides_more_is_asked_first(small: Assessor) -> None:
    # Both findings hang on whether he left; each of the others decides one.
    assert asked(small, begin(small)) == ["left", "day", "days", "place"]


def test_what_an_answer_has_decided_is_asked_no_more(small: Assessor) -> None:
    left = reply_to(small, begin(small), "left", True)
    assert asked(small, left) == ["days", "place"]
    assert asked(small, reply_to(small, left, "place", "ukraine")) == []
    assert next_question(small.rulebook, reply_to(small, left, "place", "ukraine")) is None


@pytest.mark.parametrize("reply", list(Unknown))
def test_a_question_that_was_not_answered_is_not_put_again(small: Assessor, reply: Unknown) -> None:
    interview = reply_to(small, begin(small), "left", reply)
    assert "left" not in asked(small, interview)
    assert interview.answers == {}
    assert interview.replies == {"left": reply}


def test_skipping_and_not_knowing_are_the_same_to_the_rules(assessor: Assessor, rulebook: Rulebook) -> None:
    skipped, not_known = (
        begin(assessor, {question.id: reply for question in rulebook.questions[:20]}) for reply in Unknown
    )
    assert skipped.assessment == not_known.assessment == begin(assessor).assessment
    assert asked(assessor, skipped) == asked(assessor, not_known)


def test_a_revised_answer_keeps_its_place_and_everything_said_after_it(small: Assessor) -> None:
    replies: dict[str, Reply] = {"left": True, "place": Unknown.SKIPPED, "days": 11}
    interview = begin(small, replies)
    assert interview.assessment.status_of("prison").status is Status.ESTABLISHED
    revised = reply_to(small, interview, "left", False)
    assert list(revised.replies.items()) == [("left", False), ("place", Unknown.SKIPPED), ("days", 11)]
    assert revised.assessment.status_of("prison").status is Status.EXCLUDED
    assert interview.replies == replies


def test_a_revision_says_what_saying_so_at_once_would_have_said(assessor: Assessor) -> None:
    first: dict[str, Reply] = {"act_date": date(2022, 4, 1), "refusal": "oral", "service_category": "contract"}
    revised = reply_to(assessor, begin(assessor, first), "act_date", date(2022, 9, 24))
    assert revised.assessment == begin(assessor, {**first, "act_date": date(2022, 9, 24)}).assessment


def test_a_withdrawn_answer_is_as_if_never_given(small: Assessor) -> None:
    interview = begin(small, {"left": True, "days": 11})
    withdrawn = withdraw(small, interview, "days")
    assert withdrawn == begin(small, {"left": True})
    assert "days" in asked(small, withdrawn)


def test_answers_that_contradict_each_other_end_the_questions_until_one_is_revised(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    interview = begin(assessor, {"refusal": "none", "letter_filed": True})
    assert interview.assessment.contradictions
    assert next_question(rulebook, interview) is None
    assert next_question(rulebook, reply_to(assessor, interview, "letter_filed", False)) is not None


def test_every_question_that_is_asked_can_still_change_a_finding(assessor: Assessor, rulebook: Rulebook) -> None:
    answers: dict[str, Reply] = {"act_date": date(2022, 10, 1), "service_category": "mobilised", "refusal": "oral"}
    interview = begin(assessor, answers)
    waited_for = {
        question for finding in interview.assessment.with_status(Status.POSSIBLE) for question in finding.waits_for
    }
    # What is computed is asked after the questions that it is computed from.
    assert set(asked(assessor, interview)) == waited_for - set(answers) - {"absence_days"}


def test_the_questions_come_to_an_end(assessor: Assessor, rulebook: Rulebook) -> None:
    said: dict[str, Answer] = {"act_date": date(2022, 4, 10), "service_category": "contract", "refusal": "none"}
    interview = begin(assessor)
    while (question := next_question(rulebook, interview)) is not None:
        assert question.id not in interview.replies
        interview = reply_to(assessor, interview, question.id, said.get(question.id, Unknown.DONT_KNOW))
    assert len(interview.replies) <= len(rulebook.questions)
