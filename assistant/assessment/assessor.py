"""Assessing answers by a rulebook.

Kleene's logic is applied first. What it leaves open is decided by supervaluation: by all completions of the answers.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from assistant.assessment.assessment import STATUS_OF, Assessment, FindingStatus, Status
from assistant.assessment.cells import Cells, cells_of
from assistant.assessment.durable import Engine
from assistant.assessment.ground import MAX_CACHED_STATES, Grounds, State
from assistant.assessment.planned_act import Plan, plan_of
from assistant.rulebook.computing import COMPUTED, Completed, completed
from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import (
    Program,
    Truth,
    Valuation,
    compile_rules,
    contradictions,
    open_questions,
)
from assistant.rulebook.question import Answers, GivenBy

if TYPE_CHECKING:
    from assistant.assessment.completions import Completions, CompletionsOfMany
    from assistant.assessment.diagram import Diagram


MIN_CASES_PER_PASS: Final = 16
"""Cases; to prepare passes over the diagram takes as long as to assess about so many one by one."""
MAX_CASES_PER_PASS: Final = 256
"""Cases of one pass: more need more memory and are hardly faster."""


class Assessor:
    """Assesses answers by a rulebook with a rules engine of its own."""

    def __init__(self, rulebook: Rulebook, most_nodes: int | None = None) -> None:
        """Compile the rulebook.

        ``most_nodes`` limits the nodes of the decision diagrams; None is the default limit, 0 is no diagrams.
        """
        self.rulebook = rulebook
        self._most_nodes = most_nodes
        self.program: Program = compile_rules(rulebook)
        self._engine = Engine(self.program)
        self._personal = {q.id for q in rulebook.questions if q.given_by is GivenBy.PERSON}
        self._grounds = Grounds(self.program)
        # Not a method, which its own cache would keep alive.
        self._status = lru_cache(MAX_CACHED_STATES)(partial(_status, rulebook, self._grounds))

    def ready_for_conversation(self) -> Assessor:
        """Do slow work in advance, so that no answer has to wait for it, and return the assessor.

        This builds the diagram. It also excludes all present objects from garbage collection: checking the rulebook and
        the program, which never become garbage, would take 80 ms about once in a hundred answers.
        """
        self.assess({})
        gc.freeze()
        gc.collect()  # resets the counters that decide when the next collection runs, so that it is a short one
        return self

    def assess(self, answers: Answers) -> Assessment:
        """Assess the answers.

        Raises:
            EngineError: if the rules engine fails, or its result is not what the rules say.
        """
        given = completed(self.rulebook, answers)
        return self._assess(given, partial(self._completions, given.answers))

    def assess_many(self, cases: Sequence[Answers]) -> Iterator[Assessment]:
        """Yield the assessment of each of many cases, faster than one by one.

        Raises:
            EngineError: as :meth:`assess`.
        """
        for start in range(0, len(cases), MAX_CASES_PER_PASS):
            chunk = [completed(self.rulebook, answers) for answers in cases[start : start + MAX_CASES_PER_PASS]]
            for given, completions in zip(chunk, self._completions_of_each(chunk), strict=True):
                yield self._assess(given, completions)

    @cached_property
    def cells(self) -> dict[str, Cells]:
        """The cells of the exact answers, by question: answers in one cell have the same consequences."""
        return cells_of([self.program])

    @cached_property
    def diagram(self) -> Diagram | None:
        """The decision diagram, or None if the rulebook is too large. Operations on its sets may raise MemoryError."""
        if self._most_nodes == 0:
            return None
        from assistant.assessment.diagram import diagram_of
        from assistant.assessment.space import MAX_NODES

        gravest_first = [question.id for question in self.rulebook.questions_by_severity]
        diagram = diagram_of(self.program, gravest_first, self._most_nodes or MAX_NODES)
        for finding in self.rulebook.findings:
            for question in diagram.questions_of(finding.id):
                diagram.can_matter(question, finding.id)
        diagram.space.forget_garbage()
        return diagram

    @cached_property
    def _completions_of_many(self) -> CompletionsOfMany | None:
        """What computes the completions of many cases at once, or None if the rulebook is too large."""
        try:
            if self.diagram is None:
                return None
            from assistant.assessment.completions import CompletionsOfMany

            return CompletionsOfMany(self.diagram, [finding.id for finding in self.rulebook.findings])
        except MemoryError:
            return None

    def _completions_of_each(self, chunk: Sequence[Completed]) -> Sequence[Callable[[], Completions | None]]:
        answers = [given.answers for given in chunk]
        try:
            if len(chunk) >= MIN_CASES_PER_PASS and (many := self._completions_of_many):
                return many.of(answers)
        except MemoryError:  # one by one they need less
            pass
        return [partial(self._completions, each) for each in answers]

    def _completions(self, answers: Answers) -> Completions | None:
        if self.diagram is None:
            return None
        from assistant.assessment.completions import CompletionsOfOne

        return CompletionsOfOne(self.diagram, answers)

    def _assess(self, given: Completed, completions: Callable[[], Completions | None]) -> Assessment:
        valuation = self._engine.evaluate(given.answers)
        try:
            return self._assessment(valuation, given, completions())
        except MemoryError:
            self._most_nodes = 0  # from now on use only Kleene's logic; the assessments have exact=False
            self.__dict__.pop("diagram", None)
            self.__dict__.pop("_completions_of_many", None)
            return self._assessment(valuation, given, None)

    def _assessment(self, valuation: Valuation, given: Completed, completions: Completions | None) -> Assessment:
        contradictory = (*contradictions(valuation), *(COMPUTED + name for name in given.contradicting))
        if completions is not None and not contradictory:
            contradictory = completions.contradictions()
        plan = plan_of(self.program, valuation, self.rulebook.metadata.planned, given.answers)
        statuses = () if contradictory else tuple(self._statuses(valuation, completions, plan))
        return Assessment.model_construct(
            rulebook_hash=self.rulebook.hash,
            exact=completions is not None,
            findings=statuses,
            facts={
                head: self._grounds.of(head, self._grounds.state(head, valuation))
                for head in self.program.heads
                if head in self.rulebook.fact
            },
            contradictions=contradictory,
            valuation=valuation,
        )

    def _statuses(
        self, valuation: Valuation, completions: Completions | None, plan: Plan | None
    ) -> Iterator[FindingStatus]:
        waiting = open_questions(self.program, valuation)
        for finding in self.rulebook.findings_in_order:
            id_ = finding.id
            value = valuation.nodes.get(id_)
            planned = plan is not None and finding.kind.of_the_act and plan.alone_supports(id_, value)
            # The clock answers the questions that a person cannot answer.
            waits_for = tuple(question for question in waiting.get(id_, ()) if question in self._personal)
            whatever: tuple[str, ...] = ()
            exact = False
            if value is None and completions is not None:
                value = completions.truth(id_)
                exact = value is not None
                whatever, waits_for = (waits_for, ()) if exact else ((), completions.relevant(id_, waits_for))
            decided = _Decided(value, waits_for, exact, whatever, planned)
            yield self._status(id_, self._grounds.state(id_, valuation), decided)


class _Decided(NamedTuple):
    """What the completions and the plan say of a finding."""

    value: Truth
    waits_for: tuple[str, ...]
    exact: bool
    whatever: tuple[str, ...]
    planned: bool


def _status(rulebook: Rulebook, grounds: Grounds, finding: str, state: State, decided: _Decided) -> FindingStatus:
    status = STATUS_OF[decided.value]
    reassuring = rulebook.finding[finding].tone is Tone.REASSURING
    return FindingStatus.model_construct(
        finding=finding,
        status=status,
        shown=status is Status.ESTABLISHED or (status is Status.POSSIBLE and not reassuring),
        grounds=grounds.of(finding, state),
        waits_for=decided.waits_for,
        exact=decided.exact,
        whatever=decided.whatever,
        planned=decided.planned and status is not Status.EXCLUDED,
    )
