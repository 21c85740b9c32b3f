"""All proofs of a rulebook, and how much of the answer space each finding takes."""

import datetime
from collections.abc import Iterator
from itertools import chain

from assistant.analysis.proof.failure import Failure
from assistant.analysis.proof.promises import (
    answers_that_are_left,
    compatible_after_all,
    excluded_only_by,
    gaps_and_overlaps,
    never_so,
    reassurance_after_the_review,
    reassurance_asked_after_the_review,
    reassurance_that_outlives_its_law,
)
from assistant.analysis.proof.safety import misleading_findings
from assistant.analysis.proof.subject import Subject, subject_of
from assistant.analysis.proof.use import idle_questions, idle_rules, unreachable_findings
from assistant.assessment.diagram import Points
from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.vocabulary import Period


class Share(Value):
    """How much of the answer space gives a finding each status, every cell weighing the same, and when it can be so.

    ``periods``: the days of the act for which it can be established, or at least possible where it never is.
    """

    finding: str
    established: float
    possible: float
    excluded: float
    periods: tuple[Period, ...]


class Proofs(Value):
    """What was proved of a rulebook and what failed. ``answers``: how many complete answers contradict nothing."""

    failures: tuple[Failure, ...]
    shares: tuple[Share, ...]
    answers: int


PROOFS = (
    compatible_after_all,
    gaps_and_overlaps,
    never_so,
    excluded_only_by,
    reassurance_after_the_review,
    reassurance_asked_after_the_review,
    reassurance_that_outlives_its_law,
    misleading_findings,
    unreachable_findings,
    idle_rules,
    idle_questions,
)
"""All proofs, the quickest first."""


def failures_of(subject: Subject) -> Iterator[Failure]:
    """What does not hold, proof by proof as it is asked for; where all answers contradict each other, that alone."""
    proofs = PROOFS if subject.diagram.possible.satisfiable() else (answers_that_are_left,)
    return chain.from_iterable(proof(subject) for proof in proofs)


def prove(rulebook: Rulebook) -> Proofs:
    """Everything that can be proved of a rulebook.

    Raises:
        MemoryError: if it is too large for decision diagrams.
    """
    subject = subject_of(rulebook)
    return Proofs(
        failures=tuple(failures_of(subject)),
        shares=tuple(_share(subject, finding) for finding in rulebook.finding),
        answers=subject.diagram.space.count(subject.diagram.possible),
    )


def _share(subject: Subject, finding: str) -> Share:
    diagram, count = subject.diagram, subject.diagram.space.count
    total = count(diagram.possible) or 1
    surely, never = diagram.surely(finding), diagram.never(finding)
    reached = surely if surely.satisfiable() else diagram.outcomes(finding).may_hold
    return Share(
        finding=finding,
        established=count(surely) / total,
        possible=count(diagram.possible & ~surely & ~never) / total,
        excluded=count(never) / total,
        periods=tuple(_periods(subject, reached)),
    )


def _periods(subject: Subject, reached: Points) -> Iterator[Period]:
    asked = subject.rulebook.metadata.date_question
    if asked is None:
        return
    space = subject.diagram.space
    cells = space.cells[asked]
    firsts = [None, *cells.starts]
    start: int | None = None
    inside = False
    for at, first in enumerate(firsts):
        reaches = (space.among(asked, [at]) & reached).satisfiable()
        if reaches and not inside:
            start, inside = first, True
        elif inside and not reaches:
            yield Period(start=_day(start), until=_day(None if first is None else first - 1))
            inside = False
    if inside:
        yield Period(start=_day(start))


def _day(day: int | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromordinal(day)
