"""The assessment: the status of every finding for given answers, and the reasons for it.

Kleene's logic comes first; what it leaves possible is decided by all the ways in which the answers can be completed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from assistant.assessment.cells import Cells, cells_of
from assistant.assessment.durable import Engine
from assistant.assessment.planned_act import Plan, plan_of
from assistant.documents.value import Value
from assistant.rulebook.evidence import Evidence, evidence
from assistant.rulebook.model import Answers, Finding, GivenBy, Impossible, Rulebook, Tone
from assistant.rulebook.program import (
    CONTRADICTION,
    Clause,
    Literal,
    Program,
    Truth,
    Valuation,
    compile_rules,
    contradictions,
    open_questions_of,
    truth,
)

if TYPE_CHECKING:
    from assistant.assessment.diagram import Diagram, Points


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


class Ground(NamedTuple):
    """What one rule says: which of its conditions hold, which are open, which fail."""

    rule: str
    truth: Truth
    contested: bool
    held: tuple[Literal, ...]
    open: tuple[Literal, ...]
    failed: tuple[Literal, ...]


class FindingStatus(Value):
    """The status of a finding. ``shown``: it counts for the reader; ``waits_for``: the questions it depends on.

    ``planned``: it follows from the act, and that is only planned on every ground that counts; so it *would* follow.

    ``exact``: the rules leave it open one by one, and yet all completions agree; ``whatever``: the questions that stand
    open in these rules and cannot change it. Then no single ground holds, or not every ground fails.
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
        """The grounds that hold if it is established, that may yet hold if it is possible; none if it is excluded.

        If only all completions together establish it, those that may: one of them does.
        """
        if self.status is Status.EXCLUDED:
            return ()
        wanted = True if self.status is Status.ESTABLISHED and not self.exact else None
        return tuple(ground for ground in self.grounds if ground.truth is wanted)

    def cited(self, rulebook: Rulebook) -> Evidence:
        """What the rules cite that support it; if it is excluded, what all its rules cite."""
        return evidence(rulebook, [rulebook.rule[ground.rule] for ground in self.supporting or self.grounds])


class Assessment(Value):
    """The statuses of all findings, warnings first; none if the answers contradict each other.

    ``facts`` are the grounds of every fact, for explanations; ``contradictions`` are ids of impossible combinations,
    those that are given or those that leave no way to complete the answers. ``exact`` is false where the rulebook is
    too large for decision diagrams: then a status may be *possible* although every completion agrees.
    """

    rulebook_hash: str
    exact: bool
    findings: tuple[FindingStatus, ...]
    facts: dict[str, tuple[Ground, ...]]
    contradictions: tuple[str, ...]
    valuation: Valuation

    def status_of(self, finding: str) -> FindingStatus:
        """The status of one finding.

        Raises:
            KeyError: if the assessment has no such finding.
        """
        for found in self.findings:
            if found.finding == finding:
                return found
        raise KeyError(finding)

    def with_status(self, *statuses: Status, shown: bool | None = None) -> tuple[FindingStatus, ...]:
        """The findings that have one of the statuses, in the order of all of them."""
        return tuple(f for f in self.findings if f.status in statuses and shown in (None, f.shown))

    def clashes(self, rulebook: Rulebook) -> tuple[Impossible, ...]:
        """The impossible combinations that :attr:`contradictions` names."""
        return tuple(impossible for impossible in rulebook.impossible if impossible.id in self.contradictions)


class Assessor:
    """Assesses answers by a rulebook; holds the rules engine that does it."""

    def __init__(self, rulebook: Rulebook, most_nodes: int | None = None) -> None:
        """``most_nodes``: how large its decision diagrams may become, if not the usual; with 0 there are none."""
        self.rulebook = rulebook
        self._most_nodes = most_nodes
        self.program: Program = compile_rules(rulebook)
        self._engine = Engine(self.program)

    def ready_for_conversation(self) -> Assessor:
        """The assessor itself, with all the work done that would else fall on somebody's answer.

        That is the diagram, and the garbage collector: going through the rulebook, its compiled forms and the program,
        which never become garbage, it pauses for 80 ms about once in a hundred answers. They are put out of its sight.
        """
        self.assess({})
        gc.freeze()
        gc.collect()  # of nothing; but it counts what is left, by which the next round comes: that is to be a short one
        return self

    def assess(self, answers: Answers) -> Assessment:
        """The assessment of the answers.

        Raises:
            EngineError: if the rules engine fails; it never answers wrongly instead.
        """
        valuation = self._engine.evaluate(answers)
        try:
            return self._assessment(valuation, answers, self.diagram)
        except MemoryError:
            self._most_nodes = 0  # from here on Kleene's logic alone, and the assessments say so
            self.__dict__.pop("diagram", None)
            return self._assessment(valuation, answers, None)

    @cached_property
    def cells(self) -> dict[str, Cells]:
        """The answers that the rules tell apart, by question."""
        return cells_of([self.program])

    @cached_property
    def diagram(self) -> Diagram | None:
        """What all completions say; none where the rulebook is too large. Its sets may raise MemoryError."""
        if self._most_nodes == 0:
            return None
        from assistant.assessment.diagram import MOST_NODES, diagram_of

        gravest_first = [question.id for question in self.rulebook.questions_by_severity]
        diagram = diagram_of(self.program, gravest_first, self._most_nodes or MOST_NODES)
        for finding in self.rulebook.findings:
            for question in diagram.questions_of(finding.id):
                diagram.can_matter(question, finding.id)
        diagram.space.forget_garbage()
        return diagram

    def _assessment(self, valuation: Valuation, answers: Answers, diagram: Diagram | None) -> Assessment:
        contradictory = contradictions(valuation)
        completions = None
        if diagram is not None and not contradictory:
            completions = _Completions(diagram, diagram.space.answering(answers))
            contradictory = completions.contradictions()
        plan = plan_of(self.program, valuation, self.rulebook.metadata.planned, answers)
        known = (
            ()
            if contradictory
            else tuple(self._status(valuation, f, completions, plan) for f in self.rulebook.findings_in_order)
        )
        return Assessment.model_construct(
            rulebook_hash=self.rulebook.hash,
            exact=diagram is not None,
            findings=known,
            facts={
                head: tuple(_ground(valuation, clause) for clause in self.program.clauses[head])
                for head in self.program.heads
                if head in self.rulebook.fact
            },
            contradictions=contradictory,
            valuation=valuation,
        )

    def _open_questions(self, finding: str, valuation: Valuation) -> tuple[str, ...]:
        """Those that a person can answer; the day of asking is given, or nobody can say it."""
        found = open_questions_of(self.program, finding, valuation)
        return tuple(name for name in found if self.rulebook.question[name].given_by is GivenBy.PERSON)

    def _status(
        self, valuation: Valuation, finding: Finding, completions: _Completions | None, plan: Plan | None
    ) -> FindingStatus:
        value = valuation.nodes.get(finding.id)
        planned = plan is not None and finding.kind.of_the_act and plan.alone_supports(finding.id, value)
        waits_for = self._open_questions(finding.id, valuation) if value is None else ()
        whatever: tuple[str, ...] = ()
        exact = False
        if value is None and completions is not None:
            value = completions.truth(finding.id)
            exact = value is not None
            whatever, waits_for = (waits_for, ()) if exact else ((), completions.mattering(finding.id, waits_for))
        status = STATUS_OF[value]
        comforting = finding.tone is Tone.REASSURING
        return FindingStatus.model_construct(
            finding=finding.id,
            status=status,
            shown=status is Status.ESTABLISHED or (status is Status.POSSIBLE and not comforting),
            grounds=tuple(_ground(valuation, clause) for clause in self.program.clauses[finding.id]),
            waits_for=waits_for,
            exact=exact,
            whatever=whatever,
            planned=planned and status is not Status.EXCLUDED,
        )


class _Completions(NamedTuple):
    """All the ways to complete some answers."""

    diagram: Diagram
    points: Points

    def contradictions(self) -> tuple[str, ...]:
        return self.diagram.contradicting(self.points)

    def truth(self, head: str) -> Truth:
        return self.diagram.truth(head, self.points)

    def mattering(self, head: str, questions: Iterable[str]) -> tuple[str, ...]:
        """Those of some questions whose answer can rule out that the head holds, or that it fails."""
        return tuple(
            question
            for question in questions
            if (self.diagram.can_matter(question, head) & self.points).satisfiable()
            and self.diagram.is_open(question, self.points)
        )


def _ground(valuation: Valuation, clause: Clause) -> Ground:
    values = [(literal, truth(valuation.nodes, literal)) for literal in clause.body]
    return Ground(
        rule=clause.id.removeprefix(CONTRADICTION),
        truth=valuation.clauses.get(clause.id),
        contested=clause.contested,
        held=tuple(literal for literal, value in values if value is True),
        open=tuple(literal for literal, value in values if value is None),
        failed=tuple(literal for literal, value in values if value is False),
    )
