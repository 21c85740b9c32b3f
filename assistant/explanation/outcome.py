"""The outcome of a case: the gravest punishments that its answers leave open, and what to do about it.

It is what every way of showing a case begins with. Exposures are compared by their penalties
(:func:`assistant.rulebook.penalty.gravity`); one without a penalty of its own never counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from assistant.assessment.assessment import Assessment, FindingStatus, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.kleene import known
from assistant.assessment.penalties import ApplicablePenalty, applicable_penalties
from assistant.assessment.supposition import supposed_statuses
from assistant.documents.value import Value
from assistant.rulebook.computing import completed
from assistant.rulebook.finding import Finding, Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Penalty, gravity
from assistant.rulebook.program import Valuation
from assistant.rulebook.question import Answers, DecidedBy, QuestionType
from assistant.rulebook.source import Basis, Bearing


class Threat(Value):
    """An exposure with one of its penalties.

    ``hinges_on``: the open questions that decide whether it applies. ``disputed``: no answer decides it.
    """

    finding: str
    penalty: Penalty
    planned: bool
    hinges_on: tuple[str, ...] = ()
    disputed: bool = False


class Worsening(Value):
    """A yes/no question whose answer can still become yes, and the gravest exposure that this would add."""

    question: str
    threat: Threat


class Outcome(Value):
    """What follows from a case, in the order in which a reader needs it.

    ``at_least``: the gravest exposure that applies. ``up_to``: the gravest that is shown; None if ``at_least`` is as
    grave. For every completion of the answers, its gravest exposure that applies is no lighter than ``at_least``, and
    its gravest that is shown no graver than ``up_to``. ``several``: other exposures apply besides ``at_least``.
    ``no_penalty``: the exposures that are shown and for which the rulebook has no penalty.

    ``steps``, ``warnings`` and ``no_longer`` are ids of findings: what to do, what to beware of, and the
    reassurances of an earlier time that something else has overtaken. ``statutes``: the number of statutes that support
    what is shown; ``statutes_read``: those of them that were read in the official text. ``days_since_review``: from the
    end of the review to the day of asking; None if that day is not known.

    ``worse``: the answers that can still become yes and would add a graver exposure (see :func:`with_worsenings`).
    """

    at_least: Threat | None
    up_to: Threat | None
    several: tuple[str, ...]
    no_penalty: tuple[str, ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    no_longer: tuple[str, ...]
    statutes_read: int
    statutes: int
    days_since_review: int | None
    worse: tuple[Worsening, ...] = ()


def outcome(rulebook: Rulebook, answers: Answers, assessment: Assessment) -> Outcome | None:
    """Return the outcome of answers and their assessment; None if the answers contradict each other."""
    if assessment.contradictions:
        return None
    threats = list(_threats(rulebook, answers, assessment))
    applying = [each.least for each in threats if each.least is not None]
    at_least = max(applying, key=_gravity, default=None)
    up_to = max((each.most for each in threats), key=_gravity, default=None)
    if at_least is not None and up_to is not None and _gravity(up_to) <= _gravity(at_least):
        up_to = None
    read, cited = _basis(rulebook, assessment)
    return Outcome(
        at_least=at_least,
        up_to=up_to,
        several=tuple(each.finding for each in applying if each is not at_least),
        no_penalty=tuple(_without_penalty(rulebook, assessment, {each.most.finding for each in threats})),
        steps=tuple(_steps(rulebook, assessment)),
        warnings=tuple(_of_kind(rulebook, assessment.with_status(Status.ESTABLISHED), Kind.WARNING)),
        no_longer=tuple(_overtaken(rulebook, assessment)),
        statutes_read=read,
        statutes=cited,
        days_since_review=_days_since_review(rulebook, answers),
    )


def with_worsenings(assessor: Assessor, answers: Answers, found: Outcome) -> Outcome:
    """Return an outcome with the answers that can still become yes and would add a graver exposure than ``at_least``.

    They are in the order in which they are asked. One is supposed at a time: others that would add an exposure too are
    no, and those that would only make it graver stay open.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    changeable, nothing_more = _nothing_more(assessor, answers)
    usual = _shown(assessor, nothing_more) or set()
    alone = [each for each in changeable if (_shown(assessor, {**nothing_more, each: True}) or usual) - usual]
    kept = {name: answer for name, answer in nothing_more.items() if name in alone or name not in changeable}
    worse = []
    for question in alone:
        supposed = {**answers, **kept, question: True}
        gravest = _gravest(assessor, supposed, (_shown(assessor, supposed) or usual) - usual)
        if gravest is not None and (found.at_least is None or _gravity(gravest) > _gravity(found.at_least)):
            worse.append(Worsening(question=question, threat=gravest))
    return found.replacing(worse=tuple(worse))


def _nothing_more(assessor: Assessor, answers: Answers) -> tuple[list[str], Answers]:
    """Return the yes/no questions whose answer can still become yes, and the answers if none of them does.

    A choice without an answer gets the option with the fewest exposures. No answer is added that contradicts others.
    """
    rulebook = assessor.rulebook
    by_stage = sorted(rulebook.asked_questions, key=lambda each: (rulebook.stage_of(each), -each.severity))
    can_change = [
        each
        for each in by_stage
        if each.decided_by in {DecidedBy.HE, DecidedBy.OTHERS}
        and not each.computed
        and answers.get(each.id) is not True
    ]
    changeable = [each.id for each in can_change if each.type is QuestionType.YES_NO]
    supposed: Answers = answers
    for question in can_change:
        if question.id in answers or question.type not in {QuestionType.YES_NO, QuestionType.CHOICE}:
            continue
        added = [False] if question.type is QuestionType.YES_NO else [option.id for option in question.options]
        ways = [{**supposed, question.id: answer} for answer in added]
        found = [(len(shown), at) for at, way in enumerate(ways) if (shown := _shown(assessor, way)) is not None]
        if found:
            supposed = ways[min(found)[1]]
    return changeable, supposed


def _shown(assessor: Assessor, answers: Answers) -> set[str] | None:
    """Return the exposures with a penalty that are not excluded; None if the answers contradict each other."""
    punished = (finding.id for finding in assessor.rulebook.findings if finding.penalties)
    statuses = supposed_statuses(assessor, answers, punished)
    if statuses is None:
        return None
    return {finding for finding, status in statuses.items() if status is not Status.EXCLUDED}


def _gravest(assessor: Assessor, answers: Answers, exposures: Collection[str]) -> Threat | None:
    """Return the gravest penalty that some exposures can have."""
    given = completed(assessor.rulebook, answers).answers
    nodes, clauses = known(assessor.program, given)
    valuation = Valuation.model_construct(nodes=nodes, clauses=clauses)
    threats = (
        Threat(finding=each, penalty=applicable.penalty, planned=False)
        for each in exposures
        for applicable in applicable_penalties(assessor.rulebook, assessor.rulebook.finding[each], given, valuation)
    )
    return max(threats, key=lambda each: (_gravity(each), each.finding), default=None)


class _Range(NamedTuple):
    """The gravest penalty that an exposure can have, and the one that it has at least; None if it may not apply."""

    most: Threat
    least: Threat | None


def _threats(rulebook: Rulebook, answers: Answers, assessment: Assessment) -> Iterator[_Range]:
    known = completed(rulebook, answers).answers
    for status in assessment.findings:
        finding = rulebook.finding[status.finding]
        if status.shown and finding.penalties:
            applicable = applicable_penalties(rulebook, finding, known, assessment.valuation)
            if applicable:
                yield _range(finding, status, applicable)


def _without_penalty(rulebook: Rulebook, assessment: Assessment, punished: Collection[str]) -> Iterator[str]:
    for status in assessment.findings:
        exposed = rulebook.finding[status.finding].kind is Kind.EXPOSURE
        if status.shown and exposed and status.finding not in punished:
            yield status.finding


def _range(finding: Finding, status: FindingStatus, applicable: Sequence[ApplicablePenalty]) -> _Range:
    def threat(penalty: Penalty) -> Threat:
        return Threat(
            finding=finding.id,
            penalty=penalty,
            planned=status.planned,
            hinges_on=status.waits_for,
            disputed=status.status is Status.POSSIBLE and not status.waits_for,
        )

    certain = next((each.penalty for each in applicable if each.certain), applicable[-1].penalty)
    return _Range(threat(applicable[0].penalty), threat(certain) if status.status is Status.ESTABLISHED else None)


def _gravity(threat: Threat) -> tuple[int, ...]:
    return gravity(threat.penalty)


def _steps(rulebook: Rulebook, assessment: Assessment) -> Iterator[str]:
    """Yield the steps that apply unless he has taken them already, and then those that apply in any case."""
    for status in assessment.with_status(Status.POSSIBLE, shown=True):
        his_own = {rulebook.question[name].decided_by for name in status.waits_for} == {DecidedBy.HE}
        if his_own and rulebook.finding[status.finding].kind is Kind.STEP:
            yield status.finding
    yield from _of_kind(rulebook, assessment.with_status(Status.ESTABLISHED), Kind.STEP)


def _of_kind(rulebook: Rulebook, statuses: Sequence[FindingStatus], kind: Kind) -> Iterator[str]:
    return (status.finding for status in statuses if rulebook.finding[status.finding].kind is kind)


def _overtaken(rulebook: Rulebook, assessment: Assessment) -> Iterator[str]:
    """Yield the findings that do not apply, and that one that applies has overtaken."""
    applying = {status.finding for status in assessment.with_status(Status.ESTABLISHED)}
    for finding in rulebook.findings_in_order:
        if finding.overtaken is not None and finding.overtaken.by in applying and finding.id not in applying:
            yield finding.id


def _days_since_review(rulebook: Rulebook, answers: Answers) -> int | None:
    day = answers.get(rulebook.clock_question.id) if rulebook.clock_question is not None else None
    return (day - rulebook.metadata.reviewed_until).days if isinstance(day, datetime.date) else None


def _basis(rulebook: Rulebook, assessment: Assessment) -> tuple[int, int]:
    """Return how many statutes support the findings that are shown, and how many of these were read as a text."""
    cited = {
        each.statute: rulebook.sources.statute[each.statute].basis
        for status in assessment.findings
        if status.shown
        for ground in status.supporting or status.grounds
        for each in rulebook.rule[ground.rule].cites
        if each.statute is not None and each.bearing is Bearing.SUPPORTS
    }
    return sum(basis is Basis.CHECKED for basis in cited.values()), len(cited)
