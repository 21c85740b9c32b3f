"""Interviews from the first answer to the last."""

import datetime
from collections.abc import Iterator
from typing import Final

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.interview.state import Checklist, Interview, begin, open_questions, reply_to
from assistant.interview.turn import Turn, step_at
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question

FIRST: Final = (datetime.date(2022, 4, 10), datetime.date(2022, 9, 24))
AFTER: Final = (0, 1, 5, 12, 60)
"""After how many answers a summary is taken; after the last of them nothing is left to ask."""


def next_question(rulebook: Rulebook, interview: Interview) -> Question | None:
    """The first open question, also where the program would show a checklist; None if nothing is left to ask."""
    return next(iter(open_questions(rulebook, interview)), None)


def question_at(rulebook: Rulebook, turn: Turn) -> Question | None:
    """The question on the screen; None if there is a checklist, or nothing to ask."""
    step = step_at(rulebook, turn)
    return None if isinstance(step, Checklist) else step


def interviews(assessor: Assessor) -> Iterator[Interview]:
    """Interviews of growing length, each answered so that as many findings as possible apply."""
    for day in FIRST:
        interview = begin(assessor)
        for count in range(AFTER[-1] + 1):
            question = next_question(assessor.rulebook, interview)
            if count in AFTER or question is None:
                yield interview
            if question is None:
                break
            simplest = (day,) if question.id == assessor.rulebook.metadata.date_question else None
            tried = (
                reply_to(assessor, interview, question.id, answer)
                for answer in simplest or assessor.cells[question.id].representatives
            )
            interview = max((after for after in tried if not after.assessment.contradictions), key=_how_much_applies)


def _how_much_applies(interview: Interview) -> tuple[int, int]:
    assessment = interview.assessment
    return len(assessment.with_status(Status.ESTABLISHED)), len(assessment.with_status(Status.POSSIBLE))
