"""Groups: several questions on one screen, and what "none of the others" may count for."""

import random

import pytest
from hypothesis import given

from assistant.analysis.proof.none_of_the_others import reassured_by_none_of_the_others
from assistant.analysis.proof.subject import subject_of
from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.interview.receipt import receipt, verify
from assistant.interview.saved.saved_interview import SavedInterview, as_bytes, from_bytes, restore, to_saved
from assistant.interview.state import (
    Checklist,
    Interview,
    begin,
    check_off,
    next_step,
    open_questions,
    reply_to,
    withdraw,
)
from assistant.interview.turn import Turn, after_checklist, after_reply, after_withdrawal, questions_at, turn_before
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.finding import Tone
from assistant.rulebook.group import QuestionGroup
from assistant.rulebook.model import Impossible, Rulebook
from assistant.rulebook.question import Answer
from tests.support.line_by_line import conversation
from tests.support.random_rulebooks import any_answer, chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of
from tests.support.screen_user import WIDE, person_at


@pytest.fixture(scope="module")
def assessor(grouped: Rulebook) -> Assessor:
    return Assessor(grouped)


def asked(assessor: Assessor, interview: Interview) -> list[str]:
    step = next_step(assessor.rulebook, interview)
    if step is None:
        return []
    return [question.id for question in step.questions] if isinstance(step, Checklist) else [step.id]


def status(interview: Interview, finding: str) -> Status:
    return interview.assessment.status_of(finding).status


def test_the_open_questions_of_a_group_are_asked_together(assessor: Assessor) -> None:
    assert asked(assessor, begin(assessor)) == ["serves"]
    assert asked(assessor, begin(assessor, {"serves": True})) == ["left", "armed", "together"]


def test_a_member_that_cannot_matter_is_not_on_the_list(assessor: Assessor) -> None:
    # Only what reassures needs to know that he was not armed; and he does not serve.
    left = begin(assessor, {"serves": False, "armed": True})
    assert asked(assessor, left) == ["left"]
    assert asked(assessor, begin(assessor, {"serves": False})) == ["left", "armed", "together"]


def test_the_last_open_member_is_asked_as_a_plain_question(assessor: Assessor) -> None:
    assert asked(assessor, begin(assessor, {"serves": True, "left": True, "armed": False})) == ["together"]


def test_a_question_of_the_second_stage_comes_last_however_grave_it_is(assessor: Assessor) -> None:
    order = [question.id for question in open_questions(assessor.rulebook, begin(assessor))]
    assert order == ["serves", "left", "armed", "together", "lawyer"]


def test_none_of_the_others_counts_at_once_for_what_warns(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor, {"serves": False}), {"left": True}, ["armed", "together"])
    assert interview.answers == {"serves": False, "left": True, "armed": False, "together": False}
    assert status(interview, "prison") is Status.ESTABLISHED
    assert status(interview, "worse") is Status.EXCLUDED
    assert interview.alone == ()


def test_it_counts_for_what_warns_while_a_question_is_asked_once_more(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor, {"serves": True}), {}, ["left", "armed", "together"])
    assert interview.alone == ("armed",)
    for finding in ("prison", "worse"):
        assert status(interview, finding) is Status.EXCLUDED


def test_what_would_reassure_only_through_it_is_asked_once_more_by_itself(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor, {"serves": True}), {}, ["left", "armed", "together"])
    assert status(interview, "safe") is Status.POSSIBLE
    assert interview.alone == ("armed",)
    assert asked(assessor, interview) == ["armed"]
    sure = reply_to(assessor, interview, "armed", False)
    # Now only whether he left is known from the list alone, and the same is true of it.
    assert status(sure, "safe") is Status.POSSIBLE
    assert asked(assessor, sure) == ["left"]
    assert status(reply_to(assessor, sure, "left", False), "safe") is Status.ESTABLISHED


def test_whoever_is_not_sure_of_it_after_all_is_not_reassured(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor, {"serves": True}), {}, ["left", "armed", "together"])
    doubtful = reply_to(assessor, interview, "armed", Unknown.DONT_KNOW)
    assert status(doubtful, "safe") is Status.POSSIBLE
    assert doubtful.alone == ()
    assert doubtful.replies["left"] is False


def test_a_later_answer_does_not_reassure_through_it_either(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor), {}, ["left", "armed", "together"])
    assert interview.alone == ()
    serves = reply_to(assessor, interview, "serves", True)
    assert status(serves, "safe") is Status.POSSIBLE
    assert asked(assessor, serves) == ["armed"]


def test_a_no_marked_by_hand_reassures(assessor: Assessor) -> None:
    marked = check_off(assessor, begin(assessor, {"serves": True}), {"left": False, "armed": False}, ["together"])
    assert status(marked, "safe") is Status.ESTABLISHED


def test_one_step_back_and_one_undo_take_the_whole_list_back(assessor: Assessor) -> None:
    before = Turn(begin(assessor, {"serves": True}))
    done = after_checklist(assessor, before, {"left": True}, ["armed", "together"])
    back = turn_before(assessor.rulebook, done)
    assert [question.id for question in questions_at(assessor.rulebook, back)] == ["left", "armed", "together"]
    undone = after_withdrawal(assessor, back, "left", "armed", "together")
    assert undone.interview == before.interview
    # A further step back is at the question before the list.
    assert turn_before(assessor.rulebook, back).asked == "serves"


def test_a_member_that_was_revised_by_itself_leaves_the_list(assessor: Assessor) -> None:
    done = after_checklist(assessor, Turn(begin(assessor)), {"left": True}, ["armed", "together"])
    revised = after_reply(assessor, done, "armed", True)
    back = turn_before(assessor.rulebook, revised)
    assert [question.id for question in questions_at(assessor.rulebook, back)] == ["left", "together"]


def test_a_saved_interview_still_asks_by_itself_what_only_none_of_the_others_said(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor), {}, ["left", "armed", "together"])
    saved = from_bytes(as_bytes(to_saved(assessor.rulebook, interview)))
    assert isinstance(saved, SavedInterview)
    restored = restore(saved, assessor.rulebook)
    again = begin(assessor, restored.replies, unsure=restored.unsure)
    assert again.replies == interview.replies
    assert asked(assessor, reply_to(assessor, again, "serves", True)) == ["armed"]


def test_a_receipt_written_in_between_repeats(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor, {"serves": True}), {}, ["left", "armed", "together"])
    made = receipt(assessor.rulebook, interview.answers, assessor.assess(interview.answers))
    assert made.statuses["safe"] is Status.POSSIBLE
    assert verify(assessor, made).same


def test_a_question_withdrawn_is_open_as_before(assessor: Assessor) -> None:
    interview = check_off(assessor, begin(assessor), {}, ["left", "armed", "together"])
    assert withdraw(assessor, interview, "left", "armed", "together") == begin(assessor)


def test_line_by_line_the_numbers_come_first_then_the_others(assessor: Assessor, grouped: Rulebook) -> None:
    lines = conversation(assessor, grouped, ["no", "1", "no", "f all", "q", "q"])
    assert "Question: Which of these is true?" in lines
    assert "The others: no, or don't know?" in lines
    at = lines.index("Your answers:")
    assert lines[at + 1 : at + 4] == [
        "- yes — Did he leave?",
        "- no — Was he armed?",
        "- no — Did others leave with him?",
    ]


@pytest.mark.parametrize("typed", [["0"], ["none"], ["нет"], ["ничего из этого"], ["no"]])
def test_line_by_line_nothing_of_it_is_one_word(assessor: Assessor, grouped: Rulebook, typed: list[str]) -> None:
    lines = conversation(assessor, grouped, ["no", *typed, "q", "q"])
    at = lines.index("Your answers:")
    assert lines[at + 1] == "- no — Did he leave?"
    assert "The others: no, or don't know?" not in lines


@pytest.mark.parametrize("typed", ["1 2", "1,2", "1, 2", "1 and 2", "2 и 1", "1. 2."])
def test_line_by_line_several_numbers_may_be_written_as_people_do(
    assessor: Assessor, grouped: Rulebook, typed: str
) -> None:
    lines = conversation(assessor, grouped, ["no", typed, "don't know", "q", "q"])
    at = lines.index("Your answers:")
    assert lines[at + 1 : at + 4] == [
        "- yes — Did he leave?",
        "- yes — Was he armed?",
        "- I don't know — Did others leave with him?",
    ]


@pytest.mark.parametrize("typed", ["4", "1 4", "0 1", "yes", "left", "1 2 maybe", "12"])
def test_line_by_line_what_is_no_number_of_the_list_is_asked_again(
    assessor: Assessor, grouped: Rulebook, typed: str
) -> None:
    lines = conversation(assessor, grouped, ["no", typed, "q", "q"])
    assert "Your answers:" not in lines
    assert lines.count("Question: Which of these is true?") == 2


def test_line_by_line_the_last_question_can_be_cancelled(assessor: Assessor, grouped: Rulebook) -> None:
    lines = conversation(assessor, grouped, ["no", "1", "", "q", "q"])
    assert "Your answers:" not in lines


def test_line_by_line_it_says_why_a_question_is_asked_again(assessor: Assessor, grouped: Rulebook) -> None:
    lines = conversation(assessor, grouped, ["yes", "0", "q", "q"])
    why = "You said no to the others. Because of this no, something would reassure. So it is asked by itself."
    assert lines[lines.index(why) + 1] == "Question: Was he armed?"
    assert "- no (asked once more by itself) — Was he armed?" in lines


async def test_on_the_screen_a_digit_marks_and_0_says_none_of_the_others(grouped: Rulebook) -> None:
    async with person_at(grouped, WIDE) as person:
        text = await person.presses("2")
        assert "Which of these is true?" in text
        assert "[ ] Did he leave?" in text
        text = await person.presses("1")
        assert "[yes] Did he leave?" in text
        text = await person.presses("0")
        assert person.replies == {"serves": False, "left": True, "armed": False, "together": False}
        assert "no — Was he armed?" in text
        assert "no — Did others leave with him?" in text


async def test_on_the_screen_enter_leaves_the_unmarked_unknown(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        await person.presses("2", "1", "3", "3", "enter")
        unknown = Unknown.DONT_KNOW
        assert person.replies == {"serves": False, "left": True, "armed": unknown, "together": False}


async def test_on_the_screen_enter_alone_answers_nothing_unread(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        text = await person.presses("2", "enter")
        assert person.replies == {"serves": False}
        assert "Mark what is true with a digit." in text


async def test_on_the_screen_a_key_goes_through_all_marks(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        marks = [await person.presses(key) for key in ("2", "1", "1", "1", "1")]
        assert [
            next(mark for mark in ("[ ] Did", "[yes] Did", "[no] Did", "[?] Did") if f"{mark} he leave?" in text)
            for text in marks
        ] == ["[ ] Did", "[yes] Did", "[no] Did", "[?] Did", "[ ] Did"]


async def test_on_the_screen_the_cursor_marks_with_space_and_with_enter(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        text = await person.presses("2", "down", "space")
        assert "[yes] Did he leave?" in text
        assert "Without leave." in text
        assert "[no] Did he leave?" in await person.presses("enter")


async def test_on_the_screen_one_key_takes_the_list_back(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        text = await person.presses("2", "1", "0", "b")
        assert "[yes] Did he leave?" in text
        assert "[no] Was he armed?" in text
        text = await person.presses("x")
        assert person.replies == {"serves": False}
        assert "[ ] Did he leave?" in text


async def test_on_the_screen_the_marks_stay_in_another_language(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        text = await person.presses("2", "1", "l")
        assert "[да] Ушёл ли он?" in text
        await person.presses("0")
        assert person.replies["left"] is True


async def test_on_the_screen_a_question_asked_by_itself_says_why(grouped: Rulebook) -> None:
    async with person_at(grouped) as person:
        text = await person.presses("1", "0")
        assert "You said no to the others." in text
        assert "Was he armed?" in text
        await person.presses("2", "2")
        assert person.app.turn.interview.assessment.status_of("safe").status is Status.ESTABLISHED


@given(chances)
@thorough(200)
def test_whatever_is_answered_nothing_reassures_through_none_of_the_others_alone(chance: random.Random) -> None:
    """In random rulebooks, with the real interview: what reassures does so without the unsure answers."""
    book = any_grouped_book(chance)
    assessor = Assessor(book)
    interview = begin(assessor)
    while (step := next_step(book, interview)) is not None and not interview.assessment.contradictions:
        if isinstance(step, Checklist):
            names = [question.id for question in step.questions]
            none_of = [name for name in names if chance.random() < 1 / 2]
            marks: list[Reply] = [True, False, Unknown.DONT_KNOW]
            replies = {name: chance.choice(marks) for name in names if name not in none_of}
            interview = check_off(assessor, interview, replies, none_of)
        else:
            interview = reply_to(
                assessor, interview, step.id, chance.choice([any_answer(chance, step), Unknown.SKIPPED])
            )
        sure = {name: answer for name, answer in interview.answers.items() if name not in interview.unsure}
        reassured, everything = assessor.assess(sure), assessor.assess(answered(interview))
        if interview.assessment.contradictions:
            continue
        for finding in book.findings:
            shown = interview.assessment.status_of(finding.id).status
            if finding.tone is Tone.REASSURING and shown is Status.ESTABLISHED:
                assert reassured.status_of(finding.id).status is Status.ESTABLISHED
            if finding.tone is Tone.CAUTIONARY:
                assert shown is everything.status_of(finding.id).status


def answered(interview: Interview) -> dict[str, Answer]:
    return {name: reply for name, reply in interview.replies.items() if not isinstance(reply, Unknown)}


def any_grouped_book(chance: random.Random) -> Rulebook:
    """A rulebook of yes/no questions, most of them in one group, in which much hangs on a no."""
    names = [f"q{at}" for at in range(6)]
    heads = [f"z{at}" for at in range(5)]

    def conditions(count: int) -> dict[str, ConditionValue]:
        return {name: chance.random() < 1 / 3 for name in chance.sample(names, count)}

    rules = [
        rule(f"r{at}", head, conditions(chance.randint(1, 3)))
        for at, head in enumerate([*heads, *chance.sample(heads, 3)])
    ]
    impossible = [Impossible(id="i", when=conditions(2), text="t")] if chance.random() < 1 / 3 else []
    book = rulebook_of(map(question, names), rules, impossible=impossible)
    group = QuestionGroup(id="all", stage=1, text="t", questions=tuple(names[1:]))
    tones = {finding.id: chance.choice(list(Tone)) for finding in book.findings}
    findings = tuple(finding.replacing(tone=tones[finding.id]) for finding in book.findings)
    return book.replacing(groups=(group,), findings=findings)


def test_the_proof_finds_what_every_no_at_once_would_reassure_of(grouped: Rulebook) -> None:
    failures = list(reassured_by_none_of_the_others(subject_of(grouped), ask_alone=False))
    assert [(failure.proof, failure.subject) for failure in failures] == [("none_of_the_others", "safe")]
    (example,) = failures[0].examples
    assert example.answers == {"serves": True, "left": False, "armed": False}
    assert list(reassured_by_none_of_the_others(subject_of(grouped))) == []


def test_in_the_real_rulebook_nothing_reassures_through_none_of_the_others(rulebook: Rulebook) -> None:
    subject = subject_of(rulebook)
    assert list(reassured_by_none_of_the_others(subject)) == []
    assert len(list(reassured_by_none_of_the_others(subject, ask_alone=False))) > 10
