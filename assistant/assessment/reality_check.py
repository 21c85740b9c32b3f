"""The check against reality: what is reported to have happened must not contradict what the rulebook says."""

import sys
from collections.abc import Iterator

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.penalties import applicable_penalties
from assistant.documents.problem import Problem, Problems
from assistant.rulebook.answer import contradiction
from assistant.rulebook.case import Case
from assistant.rulebook.case_check import answers_of
from assistant.rulebook.finding import Tone
from assistant.rulebook.penalty import Penalty, Sentence, gravity
from assistant.rulebook.question import Answers
from assistant.system.language import _


def case_problems(assessor: Assessor) -> Problems:
    """Return problems of cases whose outcome the rulebook excludes or denies, or whose sentence it cannot explain.

    Raises:
        EngineError: if the rules engine fails.
    """
    cases = assessor.rulebook.cases
    answers = [answers_of(assessor.rulebook, case) for case in cases]
    assessed = zip(cases, answers, assessor.assess_many(answers), strict=True)
    return tuple(problem for each in assessed for problem in _problems(assessor, *each))


def _problems(assessor: Assessor, case: Case, answers: Answers, assessment: Assessment) -> Iterator[Problem]:
    rulebook = assessor.rulebook
    if assessment.contradictions:
        for clash in map(contradiction, assessment.clashes(rulebook)):
            yield rulebook.problem_at(f"cases.{case.id}.answers", clash.message, clash.remedy)
        return
    for name in case.outcome.findings:
        if assessment.status_of(name).status is Status.EXCLUDED:
            message = _("'{finding}' came true in this case, and the rulebook excludes it.").format(finding=name)
            remedy = _("Correct the rules or the answers: what happened cannot be excluded.")
            yield rulebook.problem_at(f"cases.{case.id}.outcome", message, remedy)
        for denied in _denied(assessor, assessment, name):
            message = _("'{finding}' came true in this case, and '{reassuring}' is established and denies it.")
            message = message.format(finding=name, reassuring=denied)
            remedy = _("Correct the rules: what is reassuring must not hold here.")
            yield rulebook.problem_at(f"cases.{case.id}.outcome", message, remedy)
    yield from _sentence(assessor, case, answers, assessment)


def _denied(assessor: Assessor, assessment: Assessment, name: str) -> Iterator[str]:
    """Yield the established reassuring findings that are incompatible with a finding."""
    for promise in assessor.rulebook.incompatible:
        for other in promise.of if name in promise.of else ():
            finding = assessor.rulebook.finding.get(other)
            if finding is None or finding.tone is not Tone.REASSURING or other == name:
                continue
            if assessment.status_of(other).status is Status.ESTABLISHED:
                yield other


def _sentence(assessor: Assessor, case: Case, answers: Answers, assessment: Assessment) -> Iterator[Problem]:
    """Yield a problem if the sentence is lighter or graver than what a conviction threatens, and nobody says why.

    Sentences for several offences are added up, so only the sentence for one can be too grave.
    """
    sentence, rulebook = case.outcome.sentence, assessor.rulebook
    if sentence is None or case.differs is not None:
        return
    for name in case.outcome.convicted_of:
        finding = rulebook.finding[name]
        applicable = applicable_penalties(rulebook, finding, answers, assessment.valuation)
        penalties = [penalty for penalty, _certain in applicable]
        lowest = min(map(_least, penalties), default=0)
        highest = max(penalties, key=gravity, default=None)
        message = ""
        if _imposed(sentence) < lowest:
            message = _("the sentence is below the least that '{finding}' threatens: {months} months.")
        elif highest is not None and len(case.outcome.convicted_of) == 1 and _exceeds(sentence, highest):
            message = _("the sentence is above the most that '{finding}' threatens.")
        if message:
            message = message.format(finding=name, months=lowest)
            yield rulebook.problem_at(f"cases.{case.id}.outcome.sentence", message, _("Say why in 'differs'."))


def _imposed(sentence: Sentence) -> int:
    """Return the months in prison that a sentence imposes; 0 if it is another kind."""
    if sentence.life:
        return sys.maxsize
    return (sentence.prison.start or sentence.prison.up_to or 0) if sentence.prison else 0


def _least(penalty: Penalty) -> int:
    """Return the fewest months in prison that a penalty demands; 0 if another kind can be imposed instead."""
    prison = penalty.punishments.keys() - {"life"} == {"prison"}
    return (penalty.prison.start or 0) if prison and penalty.prison else 0


def _exceeds(sentence: Sentence, penalty: Penalty) -> bool:
    """Return whether a sentence is life or more months in prison than the gravest penalty allows."""
    if penalty.life or sentence.life:
        return not penalty.life
    if sentence.prison is None or sentence.prison.start is None:
        return False
    return penalty.prison is None or (penalty.prison.up_to is not None and sentence.prison.start > penalty.prison.up_to)
