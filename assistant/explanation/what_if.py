"""What if an answer were different: two assessments compared, and the changes that matter most."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, TypeAlias

from assistant.assessment.assessment import Assessment, FindingStatus, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import nearest_answer, supposed_statuses
from assistant.documents.value import Value
from assistant.rulebook.evidence import Evidence
from assistant.rulebook.finding import Finding, Tone
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers, Question


class Transition(str, Enum):
    """How a finding changes for the reader; only a finding that is shown counts for him (``FindingStatus.shown``)."""

    APPEARS = "appears"
    VANISHES = "vanishes"
    CHANGES = "changes"


class Changed(Value):
    """A finding with different statuses before and after."""

    finding: str
    turn: Transition
    before: FindingStatus
    after: FindingStatus

    def cited(self, rulebook: Rulebook) -> Evidence:
        """Return what the rules behind the status afterwards cite; if it is excluded, those behind the one before."""
        resting = self.after if self.after.status is not Status.EXCLUDED else self.before
        return resting.cited(rulebook)


class WhatIf(Value):
    """Two assessments, and the findings that differ, warnings first. ``supposed`` contains the answers that differ.

    Nothing is compared if the answers of one of them contradict each other.
    """

    supposed: dict[str, Answer]
    before: Assessment
    after: Assessment
    changed: tuple[Changed, ...]


class Suggested(Value):
    """A different answer that is worth a look, and the ids of the findings that it would change, gravest first."""

    question: str
    answer: Answer
    changes: tuple[str, ...]


def what_if(assessor: Assessor, answers: Answers, supposed: Answers) -> WhatIf:
    """Return what would differ if some answers were revised or added.

    Raises:
        EngineError: if the rules engine fails.
    """
    after = assessor.assess({**answers, **supposed})
    # The present answers come last, so that the engine continues from them with the next answer.
    before = assessor.assess(answers)
    return WhatIf.model_construct(
        supposed=dict(supposed), before=before, after=after, changed=changed_findings(before, after)
    )


def changed_findings(before: Assessment, after: Assessment) -> tuple[Changed, ...]:
    """Return the findings whose status differs between two assessments by one rulebook, in the order of the first."""
    then = {status.finding: status for status in after.findings}
    return tuple(
        Changed.model_construct(
            finding=now.finding, turn=_turn(now, then[now.finding]), before=now, after=then[now.finding]
        )
        for now in before.findings
        if now.finding in then and now.status is not then[now.finding].status
    )


def suggestions(assessor: Assessor, answers: Answers, most: int = 9, most_each: int = 2) -> tuple[Suggested, ...]:
    """Return the single answers whose change would matter most: those that make the gravest findings worse come first.

    Findings that follow from the act come before warnings, steps and notes about it.

    Tried are every other option of a choice, the opposite of yes or no, and for a number or a day the nearest answers
    on both sides of every bound that a rule sets. A range is also narrowed, to an answer within it. At most ``most``
    answers are returned, and at most ``most_each`` for one question: for days and numbers, those at the bounds where
    most changes.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    present = supposed_statuses(assessor, answers)
    if present is None:
        return ()
    findings = assessor.rulebook.findings_by_gravity
    rank = {finding.id: place for place, finding in enumerate(findings)}
    suggested: list[tuple[_Weight, Suggested]] = []
    for question in assessor.rulebook.asked_questions:
        if question.id not in answers:
            continue
        ranked = []
        for answer, statuses, step in _others(assessor, answers, question, present):
            changes = [finding for finding in findings if statuses[finding.id] is not present[finding.id]]
            worse = [
                finding for finding in changes if _is_worse(finding.tone, present[finding.id], statuses[finding.id])
            ]
            if changes:
                value = Suggested(question=question.id, answer=answer, changes=tuple(finding.id for finding in changes))
                ranked.append((-step, _weight(rank, worse), value))
        ranked.sort(key=lambda entry: entry[:2])
        suggested += [(weight, value) for _, weight, value in ranked[:most_each]]
    suggested.sort(key=lambda entry: entry[0])
    return tuple(value for _, value in suggested[:most])


def _turn(before: FindingStatus, after: FindingStatus) -> Transition:
    if before.shown is after.shown:
        return Transition.CHANGES
    return Transition.APPEARS if after.shown else Transition.VANISHES


_Weight: TypeAlias = tuple[list[int], list[int]]


def _weight(rank: Mapping[str, int], worse: Sequence[Finding]) -> _Weight:
    """Return a sort key that puts the gravest findings first and an empty sequence last."""
    of_the_act = [rank[finding.id] for finding in worse if finding.kind.of_the_act]
    return [*of_the_act, len(rank)], [*(rank[finding.id] for finding in worse), len(rank)]


def _is_worse(tone: Tone, before: Status, after: Status) -> bool:
    """Return whether the change is bad for the user: a cautionary finding rises, or a reassuring one is lost."""
    if tone is Tone.REASSURING:
        return before is Status.ESTABLISHED
    return _RISING.index(after) > _RISING.index(before)


_RISING: Final = (Status.EXCLUDED, Status.POSSIBLE, Status.ESTABLISHED)


def _others(
    assessor: Assessor, answers: Answers, question: Question, present: dict[str, Status]
) -> Iterator[tuple[Answer, dict[str, Status], int]]:
    """Yield every other answer that contradicts nothing, the statuses that follow, and the step at its bound.

    The step is the sum of the severities of the findings that change across the bound; 0 for an answer without bounds.
    If the present answer is a range, an answer within it narrows it.
    """
    cells, said = assessor.cells[question.id], answers[question.id]
    here = cells.touched(said)
    if not here or not cells.lower_bounds:
        for answer in cells.representatives:
            statuses = None if answer == said else supposed_statuses(assessor, {**answers, question.id: answer})
            if statuses is not None:
                yield answer, statuses, 0
        return
    severity = {finding.id: finding.severity for finding in assessor.rulebook.findings}
    within = here if len(here) > 1 else range(0)
    for outwards in (within, range(here[-1] + 1, len(cells.representatives)), range(here[0] - 1, -1, -1)):
        nearer: dict[str, Status] | None = present
        for at in outwards:
            answer = nearest_answer(cells, at, said)
            statuses = supposed_statuses(assessor, {**answers, question.id: answer})
            if statuses is not None:
                before = nearer or present
                yield answer, statuses, sum(severity[f] for f in statuses if statuses[f] is not before[f])
            nearer = statuses
