"""The assessment: the status of every finding for given answers, and the reasons for it."""

from collections.abc import Iterable
from enum import Enum

from assistant.engine import Engine
from assistant.logic import (
    CONTRADICTION,
    Clause,
    Literal,
    Program,
    Truth,
    Valuation,
    compile_rules,
    contradictions,
    question_of,
    truth,
)
from assistant.rulebook import Answers, Finding, Rulebook, Tone
from assistant.value import Value


class Status(str, Enum):
    """Whether a finding holds: true, unknown and false of Kleene's logic, in the reader's words."""

    ESTABLISHED = "established"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


class Ground(Value):
    """What one rule says: which of its conditions hold, which are open, which fail."""

    rule: str
    truth: Truth
    contested: bool
    held: tuple[Literal, ...]
    open: tuple[Literal, ...]
    failed: tuple[Literal, ...]


class FindingStatus(Value):
    """The status of a finding. ``shown``: it counts for the reader; ``waits_for``: the questions it depends on."""

    finding: str
    status: Status
    shown: bool
    grounds: tuple[Ground, ...]
    waits_for: tuple[str, ...] = ()


class Assessment(Value):
    """The statuses of all findings, gravest first; none if the answers contradict each other.

    ``facts`` are the grounds of every fact, for explanations; ``contradictions`` are ids of impossible combinations.
    """

    rulebook_hash: str
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
        """The findings that have one of the statuses, gravest first."""
        return tuple(f for f in self.findings if f.status in statuses and shown in (None, f.shown))


class Assessor:
    """Assesses answers by a rulebook; holds the rules engine that does it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.program: Program = compile_rules(rulebook)
        self._engine = Engine(self.program)
        self._gravest_first = sorted(rulebook.findings, key=lambda finding: -finding.severity)
        self._asked = {question.id: index for index, question in enumerate(rulebook.questions)}

    def assess(self, answers: Answers) -> Assessment:
        """The assessment of the answers.

        Raises:
            EngineError: if the rules engine fails; it never answers wrongly instead.
        """
        valuation = self._engine.evaluate(answers)
        contradictory = contradictions(valuation)
        known = () if contradictory else tuple(self._status(valuation, finding) for finding in self._gravest_first)
        return Assessment.model_construct(
            rulebook_hash=self.rulebook.hash,
            findings=known,
            facts={
                head: tuple(_ground(valuation, clause) for clause in self.program.clauses[head])
                for head in self.program.heads
                if head in self.rulebook.fact
            },
            contradictions=contradictory,
            valuation=valuation,
        )

    def _status(self, valuation: Valuation, finding: Finding) -> FindingStatus:
        value = valuation.nodes.get(finding.id)
        status = {True: Status.ESTABLISHED, False: Status.EXCLUDED, None: Status.POSSIBLE}[value]
        waits_for = self._waits_for(valuation, finding.id) if status is Status.POSSIBLE else ()
        comforting = finding.tone is Tone.REASSURING
        return FindingStatus.model_construct(
            finding=finding.id,
            status=status,
            shown=status is Status.ESTABLISHED or (status is Status.POSSIBLE and not comforting),
            grounds=tuple(_ground(valuation, clause) for clause in self.program.clauses[finding.id]),
            waits_for=waits_for,
        )

    def _waits_for(self, valuation: Valuation, head: str) -> tuple[str, ...]:
        """The unanswered questions in the rules that are still unknown, through facts, in the order of questions."""
        waiting: set[str] = set()
        seen = {head}
        heads = [head]
        while heads:
            for clause in self.program.clauses[heads.pop()]:
                if clause.id in valuation.clauses:
                    continue
                for node in _open_nodes(valuation, clause.body):
                    question = question_of(self.program, node)
                    if question is not None:
                        waiting.add(question)
                    elif node not in seen:
                        seen.add(node)
                        heads.append(node)
        return tuple(sorted(waiting, key=self._asked.__getitem__))


def _open_nodes(valuation: Valuation, body: Iterable[Literal]) -> Iterable[str]:
    return (literal.node for literal in body if literal.node not in valuation.nodes)


def _ground(valuation: Valuation, clause: Clause) -> Ground:
    values = [(literal, truth(valuation.nodes, literal)) for literal in clause.body]
    return Ground.model_construct(
        rule=clause.id.removeprefix(CONTRADICTION),
        truth=valuation.clauses.get(clause.id),
        contested=clause.contested,
        held=tuple(literal for literal, value in values if value is True),
        open=tuple(literal for literal, value in values if value is None),
        failed=tuple(literal for literal, value in values if value is False),
    )
