"""The assessment: the status of every finding for given answers, and the reasons for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from assistant.assessment.ground import Ground
from assistant.documents.value import Value
from assistant.rulebook.computing import COMPUTED, contradiction_of
from assistant.rulebook.evidence import Evidence, evidence
from assistant.rulebook.model import Impossible, Rulebook
from assistant.rulebook.program import Truth, Valuation


class Status(str, Enum):
    """Whether a finding holds: true, unknown and false of Kleene's logic, in the reader's words."""

    ESTABLISHED = "established"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


STATUS_OF: Final[Mapping[Truth, Status]] = {
    True: Status.ESTABLISHED,
    None: Status.POSSIBLE,
    False: Status.EXCLUDED,
}


class FindingStatus(Value):
    """The status of a finding. ``shown``: it is established, or possible and not reassuring.

    ``waits_for``: the open questions whose answers can settle it. A question whose answer is a range is open if a
    narrower one can.

    ``planned``: every ground that supports it depends on an act that is only planned, so the finding *would* follow.

    ``exact``: the single rules leave it open, but all completions agree; ``whatever``: the open questions in these
    rules, which cannot change the status. Then no single ground holds, or not every ground fails.
    """

    finding: str
    status: Status
    shown: bool
    grounds: tuple[Ground, ...]
    waits_for: tuple[str, ...] = ()
    exact: bool = False
    whatever: tuple[str, ...] = ()
    planned: bool = False

    @property
    def supporting(self) -> tuple[Ground, ...]:
        """The grounds that hold (if established) or can still hold (if possible); empty if it is excluded.

        If it is established only by all completions together, these are the grounds that can hold: in each completion,
        one of them does.
        """
        if self.status is Status.EXCLUDED:
            return ()
        wanted = True if self.status is Status.ESTABLISHED and not self.exact else None
        return tuple(ground for ground in self.grounds if ground.truth is wanted)

    def cited(self, rulebook: Rulebook) -> Evidence:
        """Return the evidence that its supporting rules cite, or that all its rules cite if none supports it."""
        return evidence(rulebook, [rulebook.rule[ground.rule] for ground in self.supporting or self.grounds])


class Assessment(Value):
    """The statuses of all findings, warnings first; empty if the answers contradict each other.

    ``facts`` are the grounds of every fact, for explanations; ``contradictions`` are ids of impossible combinations
    that the answers contain, or that together leave no completion of them. ``exact`` is false if the rulebook is too
    large for decision diagrams: then a status may be *possible* although all completions agree.
    """

    rulebook_hash: str
    exact: bool
    findings: tuple[FindingStatus, ...]
    facts: dict[str, tuple[Ground, ...]]
    contradictions: tuple[str, ...]
    valuation: Valuation

    def status_of(self, finding: str) -> FindingStatus:
        """Return the status of a finding, given by its id.

        Raises:
            KeyError: if the assessment has no such finding.
        """
        for status in self.findings:
            if status.finding == finding:
                return status
        raise KeyError(finding)

    def with_status(self, *statuses: Status, shown: bool | None = None) -> tuple[FindingStatus, ...]:
        """Return the findings with one of the statuses and, if it is given, this value of ``shown``; order is kept."""
        return tuple(f for f in self.findings if f.status in statuses and shown in (None, f.shown))

    def clashes(self, rulebook: Rulebook) -> tuple[Impossible, ...]:
        """Return the impossible combinations that :attr:`contradictions` names."""
        computed = (name.removeprefix(COMPUTED) for name in self.contradictions if name.startswith(COMPUTED))
        return (
            *(impossible for impossible in rulebook.impossible if impossible.id in self.contradictions),
            *(contradiction_of(rulebook, name) for name in computed),
        )
