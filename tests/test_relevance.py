"""Why a question is asked: what each of its answers would make of each finding."""

import random
from datetime import date

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.relevance import Effect, WhyAsked, why_asked
from assistant.explanation.view.reason import why_asked_lines
from assistant.interview.state import begin, reply_to
from assistant.rulebook.program import Atom, ordinal
from assistant.rulebook.question import Answer
from assistant.rulebook.ranges import Point
from assistant.system.message import text
from tests.support.interviews import next_question
from tests.support.random_rulebooks import any_answer, any_answers, any_rulebook, chances, thorough


def passes(atoms: tuple[Atom, ...], answer: Point) -> bool:
    return any(
        answer in atom.values
        if atom.values
        else (atom.low is None or ordinal(answer) >= atom.low) and (atom.high is None or ordinal(answer) <= atom.high)
        for atom in atoms
    )


def told(effect: Effect, answer: Point) -> list[Status]:
    by_status = {
        Status.ESTABLISHED: effect.established,
        Status.EXCLUDED: effect.excluded,
        Status.POSSIBLE: effect.possible,
    }
    return [status for status, atoms in by_status.items() if passes(atoms, answer)]


def said(assessor: Assessor, why: WhyAsked, most: int | None = None) -> list[str]:
    return list(map(text, why_asked_lines(assessor.rulebook, why, most)))


@pytest.mark.parametrize("most_nodes", [1 << 20, 0], ids=["by diagrams", "by Kleene's logic alone"])
@thorough(150)
@given(chances)
def test_each_answer_leads_where_it_is_said_to_lead(most_nodes: int, chance: random.Random) -> None:
    book = any_rulebook(chance, questions=5, facts=3, findings=3, rules=8)
    assessor = Assessor(book, most_nodes)
    answers = any_answers(chance, book, ranges=True)
    question = chance.choice(book.questions)
    answers.pop(question.id, None)
    why = why_asked(assessor, answers, question.id)
    waiting = {
        found.finding
        for found in assessor.assess(answers).with_status(Status.POSSIBLE)
        if question.id in found.waits_for
    }
    assert {effect.finding for effect in why.effects} == waiting
    for _ in range(4):
        answer = any_answer(chance, question)
        after = assessor.assess({**answers, question.id: answer})
        assert passes(why.contradicting, answer) is bool(after.contradictions)
        for effect in why.effects if not after.contradictions else ():
            assert told(effect, answer) == [after.status_of(effect.finding).status]


def test_every_question_that_is_put_has_a_reason(assessor: Assessor) -> None:
    interview = begin(assessor, {"act_date": date(2022, 4, 10), "service_category": "contract"})
    while (question := next_question(assessor.rulebook, interview)) is not None:
        assert why_asked(assessor, interview.answers, question.id).effects
        interview = reply_to(assessor, interview, question.id, "oral" if question.id == "refusal" else _no(question.id))


def _no(question: str) -> Answer:
    answers: dict[str, Answer] = {
        "left_without_leave": False,
        "place": "russia_at_unit",
        "leaving_attempt": "none",
        "surrender_attempt": "none",
        "feigning_attempt": "none",
        "damage_attempt": "none",
        "regime": "special_operation",
        "order": "oral",
        "rank": "officer",
        "criminal_case": "none",
        "discharge": "none",
    }
    return answers.get(question, False)


def test_an_answer_to_the_question_itself_is_left_out_of_account(assessor: Assessor) -> None:
    answered = why_asked(assessor, {"refusal": "oral", "regime": "declared_war"}, "regime")
    assert answered == why_asked(assessor, {"refusal": "oral"}, "regime")


def test_what_an_answer_settles_alone_comes_before_what_needs_others(assessor: Assessor) -> None:
    decides = [effect.decides for effect in why_asked(assessor, {"refusal": "oral"}, "act_date").effects]
    assert decides == sorted(decides, reverse=True)
    assert set(decides) == {True, False}


def test_ranges_that_lead_to_the_same_are_told_as_one(assessor: Assessor) -> None:
    lines = said(assessor, why_asked(assessor, {}, "act_date"))
    unreviewed = "“The law has not been reviewed for this time”: applies with: from 16.01.2026 on;"
    assert any(line.startswith(unreviewed) for line in lines)


def test_of_many_reasons_the_rest_is_counted(assessor: Assessor) -> None:
    why = why_asked(assessor, {}, "act_date")
    lines = said(assessor, why, 2)
    assert len(lines) == 3
    assert lines[-1] == f"It bears on {len(why.effects) - 2} more findings."


def test_a_question_that_cannot_matter_any_more_says_so(assessor: Assessor) -> None:
    why = why_asked(assessor, {"service_category": "guard_police_rank"}, "conscript_months")
    assert why.effects == ()
    assert said(assessor, why) == ["No answer to this question can change a finding any more."]


def test_answers_that_would_contradict_others_are_named(assessor: Assessor) -> None:
    lines = said(assessor, why_asked(assessor, {"letter_filed": True}, "refusal"))
    assert lines[-1].startswith("This would contradict other answers: “No, and he is not thinking of it”, “Not yet")
