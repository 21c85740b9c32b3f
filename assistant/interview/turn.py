"""The state of the conversation: the interview, and the question on the screen."""

from typing import NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.interview import state as interview
from assistant.interview.state import Interview
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question


class Turn(NamedTuple):
    """The interview, and the question that the user chose; None if he follows the order of the questionnaire."""

    interview: Interview
    asked: str | None = None


def question_at(rulebook: Rulebook, turn: Turn) -> Question | None:
    """Return the question on the screen; None if answers contradict each other or no question is left."""
    if turn.asked is not None:
        return rulebook.question[turn.asked]
    return interview.next_question(rulebook, turn.interview)


def replied(assessor: Assessor, turn: Turn, question: str, reply: Reply) -> Turn:
    """Return the turn after a reply, at the next question."""
    return Turn(interview.reply_to(assessor, turn.interview, question, reply))


def withdrawn(assessor: Assessor, turn: Turn, question: str) -> Turn:
    """Return the turn without the reply to a question, at the same chosen question."""
    return Turn(interview.withdraw(assessor, turn.interview, question), turn.asked)


def went_back(rulebook: Rulebook, turn: Turn) -> Turn:
    """Return the turn at the question before, in the order of the first replies; the same turn if there is none."""
    before = list(turn.interview.replies)
    here = question_at(rulebook, turn)
    if here is not None and here.id in turn.interview.replies:
        before = before[: before.index(here.id)]
    return Turn(turn.interview, before[-1]) if before else turn
