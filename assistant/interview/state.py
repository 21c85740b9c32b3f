"""The questionnaire as a value: the replies so far, their assessment, and the next question."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.none_of_the_others import cautious_assessment
from assistant.documents.value import Value
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.computing import completed
from assistant.rulebook.group import QuestionGroup
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers, Question
from assistant.rulebook.vocabulary import LAST_STAGE

MAX_ON_A_CHECKLIST: Final = 9
"""One for each digit."""


class Checklist(NamedTuple):
    """The questions of a group that are asked together."""

    group: QuestionGroup
    questions: tuple[Question, ...]


class Interview(Value):
    """The replies in the order in which they were first made, and their assessment.

    ``given`` contains the answers that the user was not asked for: the day of asking.

    ``unsure``: the questions that only "none of the others" has answered, with no. ``alone``: those of them that have
    to be asked once more by themselves, because something would reassure through them. Until then the assessment shows
    what reassures as if they had no answer.

    ``checklists``: the questions that were answered together, and can be taken back together.
    """

    replies: Mapping[str, Reply]
    given: Answers = {}
    assessment: Assessment
    unsure: frozenset[str] = frozenset()
    alone: tuple[str, ...] = ()
    checklists: tuple[tuple[str, ...], ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers that may reassure: those given, and the replies that are answers, without those to ask alone."""
        answers = _answers(self.replies, self.given)
        return {question: answer for question, answer in answers.items() if question not in self.alone}


def computed_answers(rulebook: Rulebook, interview: Interview) -> dict[str, Answer]:
    """Return the answers that nobody has given, and that follow from others, by question."""
    known = completed(rulebook, interview.answers).answers
    return {question: answer for question, answer in known.items() if question not in interview.answers}


def begin(
    assessor: Assessor,
    replies: Mapping[str, Reply] | None = None,
    asked_on: datetime.date | None = None,
    unsure: Iterable[str] = (),
) -> Interview:
    """Return an interview with some replies, by default none.

    ``asked_on`` is the day of asking. If it is None, the day among the replies is used. If that is missing or unknown
    too, no finding reassures about what is still to be done.

    ``unsure`` are the questions that only "none of the others" has answered.
    """
    all_replies, given = dict(replies or {}), {}
    clock = assessor.rulebook.clock_question
    if clock is not None:
        then = all_replies.pop(clock.id, None)
        day = asked_on or (None if isinstance(then, Unknown) else then)
        given = {} if day is None else {clock.id: day}
    return _assessed(assessor, all_replies, given, unsure)


def reply_to(assessor: Assessor, interview: Interview, question: str, reply: Reply) -> Interview:
    """Return the interview after a reply. An earlier reply to the question is replaced; all others stay."""
    return with_replies(assessor, interview, {question: reply})


def with_replies(assessor: Assessor, interview: Interview, replies: Mapping[str, Reply]) -> Interview:
    """Return the interview with some replies added or replaced."""
    checklists = _without(interview.checklists, replies)
    all_replies = {**interview.replies, **replies}
    return _assessed(assessor, all_replies, interview.given, interview.unsure.difference(replies), checklists)


def check_off(
    assessor: Assessor, interview: Interview, replies: Mapping[str, Reply], none_of: Collection[str] = ()
) -> Interview:
    """Return the interview after a checklist: ``replies``, and no to ``none_of``, as "none of the others"."""
    all_replies = {**interview.replies, **replies, **dict.fromkeys(none_of, False)}
    together = tuple(question for question in all_replies if question in replies or question in none_of)
    checklists = (*_without(interview.checklists, together), together)
    unsure = interview.unsure.difference(replies).union(none_of)
    return _assessed(assessor, all_replies, interview.given, unsure, checklists)


def withdraw(assessor: Assessor, interview: Interview, *questions: str) -> Interview:
    """Return the interview without the replies to some questions."""
    remaining = {asked: reply for asked, reply in interview.replies.items() if asked not in questions}
    checklists = _without(interview.checklists, questions)
    return _assessed(assessor, remaining, interview.given, interview.unsure.difference(questions), checklists)


def open_questions(rulebook: Rulebook, interview: Interview) -> tuple[Question, ...]:
    """Return the questions without a reply that can still matter, in the order in which they are asked.

    First come those that have to be asked by themselves before something reassures. The others follow by stage; in a
    stage the graver ones come first, then those that more findings wait for.

    A question can matter as long as it is in an open rule for a finding that is still possible. One that is computed
    is not asked before the questions that it is computed from, nor if their answers are exact. Nobody is asked about
    what has not happened yet.
    """
    waiting: dict[str, int] = {}
    for finding in interview.assessment.with_status(Status.POSSIBLE):
        for question in finding.waits_for:
            waiting[question] = waiting.get(question, 0) + 1
    settled = (interview.replies.keys() - set(interview.alone)) | completed(rulebook, interview.answers).exact
    settled |= _not_happened(rulebook, interview)
    still_open = waiting.keys() - settled
    candidates = [
        q for q in rulebook.asked_questions if q.id in still_open and still_open.isdisjoint(q.needed_questions)
    ]

    def place(question: Question) -> tuple[bool, int, int, int]:
        return (
            question.id not in interview.alone,
            rulebook.stage_of(question),
            -question.severity,
            -waiting[question.id],
        )

    return tuple(sorted(candidates, key=place))


def _not_happened(rulebook: Rulebook, interview: Interview) -> frozenset[str]:
    """Return the questions about what would follow an act that is only planned."""
    planned, replies = rulebook.metadata.planned, interview.replies
    if planned is None or replies.get(planned.question) != planned.option:
        return frozenset()
    has_happened = any(replies.get(name) is True for name in planned.unless)
    return frozenset() if has_happened else frozenset(planned.not_asked)


def to_revise(rulebook: Rulebook, interview: Interview) -> tuple[str, ...]:
    """Return the answered questions of which one has to be revised; empty if the answers do not contradict each other.

    These are the answered questions in the impossible combinations. There may be none, if every completion of the
    answers is impossible or if a combination is of facts: then all answered questions are returned.
    """
    clashes = interview.assessment.clashes(rulebook)
    named = dict.fromkeys(question for impossible in clashes for question in impossible.when)
    answered = [name for name, reply in interview.replies.items() if not isinstance(reply, Unknown)]
    return tuple(name for name in named if name in answered) or tuple(answered if clashes else ())


def next_step(rulebook: Rulebook, interview: Interview, stage: int = LAST_STAGE) -> Question | Checklist | None:
    """Return what to ask now: the next question, or a checklist if others of its group are open too.

    None if no open question up to ``stage`` can change a finding, or if the answers contradict each other.
    """
    still_open = {
        question.id: question
        for question in open_questions(rulebook, interview)
        if rulebook.stage_of(question) <= stage or question.id in interview.alone
    }
    first = next(iter(still_open.values()), None)
    group = rulebook.group_of.get(first.id) if first is not None else None
    if first is None or group is None or first.id in interview.alone:
        return first
    members = [still_open[name] for name in group.questions if name in still_open and name not in interview.alone]
    return Checklist(group, tuple(members[:MAX_ON_A_CHECKLIST])) if len(members) > 1 else first


def _without(checklists: tuple[tuple[str, ...], ...], questions: Collection[str]) -> tuple[tuple[str, ...], ...]:
    remaining = (tuple(name for name in checklist if name not in questions) for checklist in checklists)
    return tuple(checklist for checklist in remaining if len(checklist) > 1)


def _answers(replies: Mapping[str, Reply], given: Answers) -> dict[str, Answer]:
    return {**given, **{question: reply for question, reply in replies.items() if not isinstance(reply, Unknown)}}


def _assessed(
    assessor: Assessor,
    replies: Mapping[str, Reply],
    given: Answers,
    unsure: Iterable[str],
    checklists: tuple[tuple[str, ...], ...] = (),
) -> Interview:
    unsure = frozenset(question for question in unsure if replies.get(question) is False)
    assessment, alone = cautious_assessment(assessor, _answers(replies, given), unsure)
    return Interview.model_construct(
        replies=dict(replies), given=given, assessment=assessment, unsure=unsure, alone=alone, checklists=checklists
    )
