"""Why a finding has its status, in words: the conditions that hold, that fail, or that wait for an answer."""

from collections.abc import Iterator

from assistant.assessment.assessor import FindingStatus, Ground, Status
from assistant.explanation.wording import condition_text
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program
from assistant.system.language import _


def reasons(rulebook: Rulebook, program: Program, status: FindingStatus) -> tuple[str, ...]:
    """One line a rule: the rules that hold if the finding is established, else what stands in each rule's way.

    Before them, if only all completions together decide it, the questions whose answers cannot change that.
    """
    if status.exact:
        return (whatever(rulebook, status), *_by_rule(rulebook, program, status))
    return _by_rule(rulebook, program, status)


def whatever(rulebook: Rulebook, status: FindingStatus) -> str:
    """That the status of a finding is the same however the answers are completed."""
    if not status.whatever:
        return _("This is so however the disputed rules are read.")
    questions = " ".join(rulebook.question[question].text for question in status.whatever)
    return _("This is so whatever the answer to: {questions}").format(questions=questions)


def _by_rule(rulebook: Rulebook, program: Program, status: FindingStatus) -> tuple[str, ...]:
    if status.status is Status.ESTABLISHED and not status.exact:
        return tuple(_holds(rulebook, program, ground) for ground in status.grounds if ground.truth is True)
    if status.status is Status.EXCLUDED:
        return tuple(_fails(rulebook, program, ground) for ground in status.grounds if ground.truth is False)
    return tuple(
        line for ground in status.grounds if ground.truth is None for line in _waits(rulebook, program, ground)
    )


def _holds(rulebook: Rulebook, program: Program, ground: Ground) -> str:
    conditions = "; ".join(condition_text(rulebook, program, literal) for literal in ground.held)
    return _("{rule} holds: {conditions}").format(rule=ground.rule, conditions=conditions)


def _fails(rulebook: Rulebook, program: Program, ground: Ground) -> str:
    conditions = "; ".join(condition_text(rulebook, program, literal) for literal in ground.failed)
    return _("{rule} fails, because this does not hold: {conditions}").format(rule=ground.rule, conditions=conditions)


def _waits(rulebook: Rulebook, program: Program, ground: Ground) -> Iterator[str]:
    if ground.contested:
        reason = rulebook.rule[ground.rule].contested or ""
        yield _("{rule} is contested: {reason}").format(rule=ground.rule, reason=reason)
    if ground.open:
        conditions = "; ".join(condition_text(rulebook, program, literal) for literal in ground.open)
        yield _("{rule} waits for: {conditions}").format(rule=ground.rule, conditions=conditions)
