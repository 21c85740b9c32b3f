"""The state of the conversation: the interview, and the question or checklist on the screen."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.interview import state as interview
from assistant.interview.state import Checklist, Interview
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question


class Turn(NamedTuple):
    """The interview, and what the user went to; nothing if he follows the order of the questionnaire.

    ``asked`` is a question, ``checklist`` the questions of a checklist that was answered before.
    """

    interview: Interview
    asked: str | None = None
    checklist: tuple[str, ...] = ()


def step_at(rulebook: Rulebook, turn: Turn) -> Question | Checklist | None:
    """Return what is on the screen; None if answers contradict each other or no question is left."""
    if turn.asked is not None:
        return rulebook.question[turn.asked]
    if turn.checklist:
        group = rulebook.group_of[turn.checklist[0]]
        return Checklist(group, tuple(rulebook.question[name] for name in group.questions if name in turn.checklist))
    return interview.next_step(rulebook, turn.interview)


def questions_at(rulebook: Rulebook, turn: Turn) -> tuple[Question, ...]:
    """Return the questions on the screen."""
    step = step_at(rulebook, turn)
    if isinstance(step, Checklist):
        return step.questions
    return () if step is None else (step,)


def after_reply(assessor: Assessor, turn: Turn, question: str, reply: Reply) -> Turn:
    """Return the turn after a reply, at the next question."""
    return Turn(interview.reply_to(assessor, turn.interview, question, reply))


def after_checklist(
    assessor: Assessor, turn: Turn, replies: Mapping[str, Reply], none_of: Collection[str] = ()
) -> Turn:
    """Return the turn after a checklist, at the next question."""
    return Turn(interview.check_off(assessor, turn.interview, replies, none_of))


def after_withdrawal(assessor: Assessor, turn: Turn, *questions: str) -> Turn:
    """Return the turn without the replies to some questions, at the same chosen question."""
    return Turn(interview.withdraw(assessor, turn.interview, *questions), turn.asked, turn.checklist)


def turn_before(rulebook: Rulebook, turn: Turn) -> Turn:
    """Return the turn at the question or checklist before, by the first replies; the same turn if there is none."""
    before = list(turn.interview.replies)
    here = [before.index(question.id) for question in questions_at(rulebook, turn) if question.id in before]
    before = before[: min(here)] if here else before
    if not before:
        return turn
    together = next((each for each in turn.interview.checklists if before[-1] in each), ())
    together = tuple(name for name in together if name in turn.interview.replies)
    return Turn(turn.interview, checklist=together) if len(together) > 1 else Turn(turn.interview, before[-1])
