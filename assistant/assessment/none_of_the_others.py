"""What "none of the others" may count for: it may take a warning away, but nothing may reassure through it alone.

Somebody who says it has read a list, perhaps in haste. So its *no* counts, except where something reassuring would be
established that is not established without it. There the question has to be asked once more by itself.
"""

from collections.abc import Collection

from assistant.assessment.assessment import Assessment, FindingStatus, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import supposed_statuses
from assistant.rulebook.finding import Tone
from assistant.rulebook.question import Answers


def cautious_assessment(
    assessor: Assessor, answers: Answers, unsure: Collection[str]
) -> tuple[Assessment, tuple[str, ...]]:
    """Return the assessment, and the questions to ask alone: what reassures has the status that it has without them.

    ``unsure`` are the questions that only "none of the others" has answered.

    Raises:
        EngineError: if the rules engine fails.
    """
    assessment, alone = assessor.assess(answers), to_ask_alone(assessor, answers, unsure)
    if not alone:
        return assessment, ()
    sure = assessor.assess({question: answer for question, answer in answers.items() if question not in alone})

    def cautious(status: FindingStatus) -> FindingStatus:
        reassures = assessor.rulebook.finding[status.finding].tone is Tone.REASSURING
        return sure.status_of(status.finding) if reassures else status

    return assessment.replacing(findings=tuple(map(cautious, assessment.findings))), alone


def to_ask_alone(assessor: Assessor, answers: Answers, unsure: Collection[str]) -> tuple[str, ...]:
    """Return the questions of which the answer must not count yet, in the order of the rulebook.

    ``unsure`` are the questions that only "none of the others" has answered. Without the returned ones, nothing
    reassuring is established that is not established without all of ``unsure``.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    if not unsure:
        return ()
    reassuring = {finding.id for finding in assessor.rulebook.findings if finding.tone is Tone.REASSURING}
    counted = {question: answer for question, answer in answers.items() if question not in unsure}
    gained = _established(assessor, answers, reassuring)
    gained -= _established(assessor, counted, gained)
    alone = []
    for question in _in_order(assessor, unsure) if gained else ():
        more = {**counted, question: answers[question]}
        if _established(assessor, more, gained):
            alone.append(question)
        else:
            counted = more
    return tuple(alone)


def _in_order(assessor: Assessor, questions: Collection[str]) -> tuple[str, ...]:
    return tuple(question.id for question in assessor.rulebook.questions if question.id in questions)


def _established(assessor: Assessor, answers: Answers, among: Collection[str]) -> set[str]:
    """Return those of the findings that the answers establish; none if the answers contradict each other."""
    statuses = supposed_statuses(assessor, answers, among) or {}
    return {finding for finding in among if statuses.get(finding) is Status.ESTABLISHED}
