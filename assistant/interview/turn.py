"""The state of the conversation: the interview, and the question or checklist on the screen."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.interview import state as interview
from assistant.interview.state import Checklist, Interview
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.rulebook.vocabulary import FIRST_STAGE


class Turn(NamedTuple):
    """The interview, and what the user went to; nothing if he follows the order of the questionnaire.

    ``asked`` is a question, ``checklist`` the questions of a checklist that was answered before. ``stage``: the last
    stage whose questions are asked in their order; then the answer is shown, until the user goes on.
    """

    interview: Interview
    asked: str | None = None
    checklist: tuple[str, ...] = ()
    stage: int = FIRST_STAGE

    def at(self, asked: str | None = None, checklist: tuple[str, ...] = ()) -> "Turn":
        """Return the turn at a question or a checklist; without either, at the next question."""
        return self._replace(asked=asked, checklist=checklist)

    def after(self, interview: Interview) -> "Turn":
        """Return the turn after a change of the interview, at the next question."""
        return self._replace(interview=interview).at()


def step_at(rulebook: Rulebook, turn: Turn) -> Question | Checklist | None:
    """Return what is on the screen; None if answers contradict each other or no question of the stage is left."""
    if turn.asked is not None:
        return rulebook.question[turn.asked]
    if turn.checklist:
        group = rulebook.group_of[turn.checklist[0]]
        return Checklist(group, tuple(rulebook.question[name] for name in group.questions if name in turn.checklist))
    return interview.next_step(rulebook, turn.interview, turn.stage)


def questions_at(rulebook: Rulebook, turn: Turn) -> tuple[Question, ...]:
    """Return the questions on the screen."""
    step = step_at(rulebook, turn)
    if isinstance(step, Checklist):
        return step.questions
    return () if step is None else (step,)


def after_reply(assessor: Assessor, turn: Turn, question: str, reply: Reply) -> Turn:
    """Return the turn after a reply, at the next question."""
    return turn.after(interview.reply_to(assessor, turn.interview, question, reply))


def after_checklist(
    assessor: Assessor, turn: Turn, replies: Mapping[str, Reply], none_of: Collection[str] = ()
) -> Turn:
    """Return the turn after a checklist, at the next question."""
    return turn.after(interview.check_off(assessor, turn.interview, replies, none_of))


def after_withdrawal(assessor: Assessor, turn: Turn, *questions: str) -> Turn:
    """Return the turn without the replies to some questions, at the same chosen question."""
    return turn._replace(interview=interview.withdraw(assessor, turn.interview, *questions))


def left_for_later(rulebook: Rulebook, turn: Turn) -> int:
    """Return how many questions can still make the answer more exact, once no question of the stage is left."""
    if step_at(rulebook, turn) is not None:
        return 0
    return len(interview.open_questions(rulebook, turn.interview))


def after_going_on(rulebook: Rulebook, turn: Turn) -> Turn:
    """Return the turn at the next question; from the answer after a stage, at the first question of a later one."""
    if step_at(rulebook, turn) is not None:
        return turn.at()
    stages = (rulebook.stage_of(question) for question in interview.open_questions(rulebook, turn.interview))
    return turn._replace(stage=max(turn.stage, next(stages, turn.stage))).at()


def turn_before(rulebook: Rulebook, turn: Turn) -> Turn:
    """Return the turn at the question or checklist before, by the first replies; the same turn if there is none."""
    before = list(turn.interview.replies)
    here = [before.index(question.id) for question in questions_at(rulebook, turn) if question.id in before]
    before = before[: min(here)] if here else before
    if not before:
        return turn
    together = next((each for each in turn.interview.checklists if before[-1] in each), ())
    together = tuple(name for name in together if name in turn.interview.replies)
    return turn.at(checklist=together) if len(together) > 1 else turn.at(before[-1])
