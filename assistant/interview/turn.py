"""Where the conversation stands: what has been said, and which question is on the screen."""

from typing import NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.interview import state as interview
from assistant.interview.state import Interview
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question


class Turn(NamedTuple):
    """The interview, and the question that the user went to; none if he takes what comes next."""

    interview: Interview
    asked: str | None = None


def question_at(rulebook: Rulebook, turn: Turn) -> Question | None:
    """The question on the screen; none when answers contradict each other, or nothing is left to ask."""
    if turn.asked is not None:
        return rulebook.question[turn.asked]
    return interview.next_question(rulebook, turn.interview)


def replied(assessor: Assessor, turn: Turn, question: str, reply: Reply) -> Turn:
    """The turn after a reply: whatever comes next."""
    return Turn(interview.reply_to(assessor, turn.interview, question, reply))


def withdrawn(assessor: Assessor, turn: Turn, question: str) -> Turn:
    """The turn in which a question has not been put yet."""
    return Turn(interview.withdraw(assessor, turn.interview, question), turn.asked)


def went_back(rulebook: Rulebook, turn: Turn) -> Turn:
    """The turn with the question before: in the order in which questions were first replied to."""
    before = list(turn.interview.replies)
    here = question_at(rulebook, turn)
    if here is not None and here.id in turn.interview.replies:
        before = before[: before.index(here.id)]
    return Turn(turn.interview, before[-1]) if before else turn
