"""The reasons for a finding's status in words: the conditions that hold, that fail, or that wait for an answer."""

from collections.abc import Iterator

from assistant.assessment.assessor import FindingStatus, Status
from assistant.assessment.ground import Ground
from assistant.explanation.wording import condition_text
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program
from assistant.system.language import _


def reasons(rulebook: Rulebook, program: Program, status: FindingStatus) -> tuple[str, ...]:
    """Return one line for each rule that explains the status.

    These are the rules that hold if the finding is established, the rules that fail if it is excluded, and else the
    open rules with what each waits for. If only all completions of the answers together decide the status, the first
    line names the questions whose answers cannot change it, and an established finding has the open rules.
    """
    if status.exact:
        return (whatever(rulebook, status), *_by_rule(rulebook, program, status))
    return _by_rule(rulebook, program, status)


def whatever(rulebook: Rulebook, status: FindingStatus) -> str:
    """Return the sentence that the status is the same however the answers are completed."""
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
