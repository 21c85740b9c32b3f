"""Run all proofs of a rulebook, and measure the share of the answer space of each finding."""

import datetime
from collections.abc import Iterator
from itertools import chain

from assistant.analysis.proof.failure import Failure
from assistant.analysis.proof.none_of_the_others import reassured_by_none_of_the_others
from assistant.analysis.proof.promises import (
    contradictory_answers,
    dangerous_steps,
    forbidden_exclusions,
    forbidden_findings,
    gaps_and_overlaps,
    incompatible_pairs,
    reassurance_after_the_review,
    reassurance_asked_after_the_review,
    reassurance_that_outlives_its_law,
)
from assistant.analysis.proof.safety import misleading_findings
from assistant.analysis.proof.subject import Subject, subject_of
from assistant.analysis.proof.use import idle_questions, idle_rules, unreachable_findings
from assistant.assessment.space import PointSet
from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.vocabulary import Period


class Share(Value):
    """The part of the answer space, from 0 to 1, in which a finding has each status; every cell has the same weight.

    ``periods``: the days of the act for which it can be established, or possible if it is never established.
    """

    finding: str
    established: float
    possible: float
    excluded: float
    periods: tuple[Period, ...]


class Proofs(Value):
    """The result of all proofs. ``answers``: the number of complete answers without contradiction.

    ``undecided``: what could fail by the cells of answers, and no days and numbers were found with which it does.
    """

    failures: tuple[Failure, ...]
    undecided: tuple[str, ...] = ()
    shares: tuple[Share, ...]
    answers: int


PROOFS = (
    incompatible_pairs,
    gaps_and_overlaps,
    forbidden_findings,
    dangerous_steps,
    forbidden_exclusions,
    reassurance_after_the_review,
    reassurance_asked_after_the_review,
    reassurance_that_outlives_its_law,
    misleading_findings,
    reassured_by_none_of_the_others,
    unreachable_findings,
    idle_rules,
    idle_questions,
)
"""All proofs, the fastest first."""


def failures_of(subject: Subject) -> Iterator[Failure]:
    """Return the failures lazily, proof by proof; if all answers contradict each other, only this failure."""
    proofs = PROOFS if subject.diagram.possible.satisfiable() else (contradictory_answers,)
    return chain.from_iterable(proof(subject) for proof in proofs)


def prove(rulebook: Rulebook) -> Proofs:
    """Run all proofs of a rulebook.

    Raises:
        MemoryError: if the rulebook is too large for decision diagrams.
    """
    subject = subject_of(rulebook)
    failures = tuple(failures_of(subject))
    return Proofs(
        failures=failures,
        undecided=tuple(dict.fromkeys(subject.undecided)),
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


def _periods(subject: Subject, reached: PointSet) -> Iterator[Period]:
    asked = subject.rulebook.metadata.date_question
    if asked is None:
        return
    space = subject.diagram.space
    cells = space.cells[asked]
    firsts = [None, *cells.lower_bounds]
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
