"""The questionnaire as a value: the replies so far, their assessment, and the next question."""

import datetime
from collections.abc import Mapping

from assistant.assessment.assessor import Assessment, Assessor, Status
from assistant.documents.value import Value
from assistant.explanation.wording import answer_text
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers, Question
from assistant.system.language import _


class Interview(Value):
    """The replies in the order in which they were first made, and their assessment.

    ``given`` contains the answers that the user was not asked for: the day of asking.
    """

    replies: Mapping[str, Reply]
    given: Answers = {}
    assessment: Assessment

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers behind the assessment: those given, and the replies that are answers."""
        return _answers(self.replies, self.given)


def reply_text(question: Question, reply: Reply) -> str:
    """Return a reply in the words of its question, or that it is not known or skipped."""
    if isinstance(reply, Unknown):
        return _("I don't know") if reply is Unknown.DONT_KNOW else _("skipped")
    return answer_text(question, reply)


def begin(
    assessor: Assessor, replies: Mapping[str, Reply] | None = None, asked_on: datetime.date | None = None
) -> Interview:
    """Return an interview with some replies, by default none.

    ``asked_on`` is the day of asking. If it is None, the day among the replies is used. If that is missing or unknown
    too, no finding reassures about what is still to be done.
    """
    said, given = dict(replies or {}), {}
    clock = assessor.rulebook.clock_question
    if clock is not None:
        then = said.pop(clock.id, None)
        day = asked_on or (None if isinstance(then, Unknown) else then)
        given = {} if day is None else {clock.id: day}
    return _assessed(assessor, said, given)


def reply_to(assessor: Assessor, interview: Interview, question: str, reply: Reply) -> Interview:
    """Return the interview after a reply. An earlier reply to the question is replaced; all others stay."""
    return _assessed(assessor, {**interview.replies, question: reply}, interview.given)


def with_replies(assessor: Assessor, interview: Interview, replies: Mapping[str, Reply]) -> Interview:
    """Return the interview with some replies added or replaced."""
    return _assessed(assessor, {**interview.replies, **replies}, interview.given)


def withdraw(assessor: Assessor, interview: Interview, question: str) -> Interview:
    """Return the interview without the reply to a question."""
    remaining = {asked: reply for asked, reply in interview.replies.items() if asked != question}
    return _assessed(assessor, remaining, interview.given)


def open_questions(rulebook: Rulebook, interview: Interview) -> tuple[Question, ...]:
    """Return the questions without a reply that can still matter: graver first, then those that more findings wait for.

    A question can matter as long as it is in an open rule for a finding that is still possible.
    """
    waiting: dict[str, int] = {}
    for finding in interview.assessment.with_status(Status.POSSIBLE):
        for question in finding.waits_for:
            waiting[question] = waiting.get(question, 0) + 1
    candidates = [q for q in rulebook.asked_questions if q.id in waiting and q.id not in interview.replies]
    return tuple(sorted(candidates, key=lambda question: (-question.severity, -waiting[question.id])))


def to_revise(rulebook: Rulebook, interview: Interview) -> tuple[str, ...]:
    """Return the answered questions of which one has to be revised; empty if the answers do not contradict each other.

    These are the answered questions in the impossible combinations. There may be none, if every completion of the
    answers is impossible or if a combination is of facts: then all answered questions are returned.
    """
    clashes = interview.assessment.clashes(rulebook)
    named = dict.fromkeys(question for impossible in clashes for question in impossible.when)
    said = [name for name, reply in interview.replies.items() if not isinstance(reply, Unknown)]
    return tuple(name for name in named if name in said) or tuple(said if clashes else ())


def next_question(rulebook: Rulebook, interview: Interview) -> Question | None:
    """Return the question to ask now.

    None if no open question can change a finding, or if the answers contradict each other.
    """
    return next(iter(open_questions(rulebook, interview)), None)


def _answers(replies: Mapping[str, Reply], given: Answers) -> dict[str, Answer]:
    return {**given, **{question: reply for question, reply in replies.items() if not isinstance(reply, Unknown)}}


def _assessed(assessor: Assessor, replies: dict[str, Reply], given: Answers) -> Interview:
    assessment = assessor.assess(_answers(replies, given))
    return Interview.model_construct(replies=replies, given=given, assessment=assessment)
