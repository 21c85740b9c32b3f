"""Which penalties of an exposure the answers leave, and which of them are certain."""

from collections.abc import Iterator
from typing import NamedTuple

from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.finding import Finding
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Penalty, gravity
from assistant.rulebook.program import Truth, Valuation, atom_of, decided
from assistant.rulebook.question import Answers


class ApplicablePenalty(NamedTuple):
    """A penalty that can apply if its exposure does. ``certain``: if the exposure applies, it does."""

    penalty: Penalty
    certain: bool


def applicable_penalties(
    rulebook: Rulebook, finding: Finding, answers: Answers, valuation: Valuation
) -> tuple[ApplicablePenalty, ...]:
    """Return the penalties of an exposure that the answers do not rule out, gravest first.

    ``valuation`` is that of the answers' assessment.
    """
    applicable = []
    for penalty in sorted(finding.penalties, key=gravity, reverse=True):
        truths = list(_truths(rulebook, penalty, answers, valuation))
        if False not in truths:
            applicable.append(ApplicablePenalty(penalty, None not in truths))
    return tuple(applicable)


def _truths(rulebook: Rulebook, penalty: Penalty, answers: Answers, valuation: Valuation) -> Iterator[Truth]:
    if penalty.unasked is not None:
        yield None
    conditions: list[tuple[str, ConditionValue]] = [*penalty.conditions.items()]
    asked = rulebook.metadata.date_question
    if penalty.in_force and asked is not None:
        conditions.append((asked, Range(start=penalty.in_force.start, until=penalty.in_force.until)))
    for name, value in conditions:
        if name in rulebook.question:
            atom, holds = atom_of(rulebook.question[name], value)
            truth = decided(atom, answers[name]) if name in answers else None
        else:
            truth, holds = valuation.nodes.get(name), value is True
        yield None if truth is None else truth is holds
