"""The questionnaire as a value: what has been said so far, what follows, and what to ask next."""

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
    """What has been said, in the order in which it was first said, and the assessment of it.

    ``given``: the answers that nobody was asked for, which is the day of asking.
    """

    replies: Mapping[str, Reply]
    given: Answers = {}
    assessment: Assessment

    @property
    def answers(self) -> dict[str, Answer]:
        """Everything that the assessment rests on: what was given, and the replies that say something."""
        return _answers(self.replies, self.given)


def reply_text(question: Question, reply: Reply) -> str:
    """A reply in words: those of the question, or that there is no answer."""
    if isinstance(reply, Unknown):
        return _("I don't know") if reply is Unknown.DONT_KNOW else _("skipped")
    return answer_text(question, reply)


def begin(
    assessor: Assessor, replies: Mapping[str, Reply] | None = None, asked_on: datetime.date | None = None
) -> Interview:
    """An interview in which some replies, by default none, have been made.

    ``asked_on`` is the day of asking; without one it is that among the replies, if there is one. If it is unknown,
    nothing reassures about what is still to be done.
    """
    said, given = dict(replies or {}), {}
    clock = assessor.rulebook.clock_question
    if clock is not None:
        then = said.pop(clock.id, None)
        day = asked_on or (None if isinstance(then, Unknown) else then)
        given = {} if day is None else {clock.id: day}
    return _assessed(assessor, said, given)


def reply_to(assessor: Assessor, interview: Interview, question: str, reply: Reply) -> Interview:
    """The interview after a reply; a question that was replied to before is revised, and nothing else is lost."""
    return _assessed(assessor, {**interview.replies, question: reply}, interview.given)


def with_replies(assessor: Assessor, interview: Interview, replies: Mapping[str, Reply]) -> Interview:
    """The interview as it would be with some replies more, or others than were made."""
    return _assessed(assessor, {**interview.replies, **replies}, interview.given)


def withdraw(assessor: Assessor, interview: Interview, question: str) -> Interview:
    """The interview as if the question had not been put yet."""
    kept = {asked: reply for asked, reply in interview.replies.items() if asked != question}
    return _assessed(assessor, kept, interview.given)


def open_questions(rulebook: Rulebook, interview: Interview) -> tuple[Question, ...]:
    """The questions that can still matter and have no reply, the one that decides most of the gravest first.

    A question can matter while it stands in a rule that is still unknown, for a finding that is still unknown.
    """
    waiting: dict[str, int] = {}
    for finding in interview.assessment.with_status(Status.POSSIBLE):
        for question in finding.waits_for:
            waiting[question] = waiting.get(question, 0) + 1
    candidates = [q for q in rulebook.asked_questions if q.id in waiting and q.id not in interview.replies]
    return tuple(sorted(candidates, key=lambda question: (-question.severity, -waiting[question.id])))


def to_revise(rulebook: Rulebook, interview: Interview) -> tuple[str, ...]:
    """The answered questions of which one has to be revised, because answers contradict each other; else none.

    They are those in the combinations that cannot be. If what is left open cannot but complete one of these, or if it
    is of facts, none of its questions may have an answer: then it can be any answer.
    """
    clashes = interview.assessment.clashes(rulebook)
    named = dict.fromkeys(question for impossible in clashes for question in impossible.when)
    said = [name for name, reply in interview.replies.items() if not isinstance(reply, Unknown)]
    return tuple(name for name in named if name in said) or tuple(said if clashes else ())


def next_question(rulebook: Rulebook, interview: Interview) -> Question | None:
    """The question to ask now; none when nothing open can change a finding, or when answers contradict each other."""
    return next(iter(open_questions(rulebook, interview)), None)


def _answers(replies: Mapping[str, Reply], given: Answers) -> dict[str, Answer]:
    return {**given, **{question: reply for question, reply in replies.items() if not isinstance(reply, Unknown)}}


def _assessed(assessor: Assessor, replies: dict[str, Reply], given: Answers) -> Interview:
    assessment = assessor.assess(_answers(replies, given))
    return Interview.model_construct(replies=replies, given=given, assessment=assessment)
