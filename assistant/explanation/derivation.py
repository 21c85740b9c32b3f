"""The derivation of a finding's status: a tree from the finding through rules and facts to answers and citations."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.ground import Ground
from assistant.documents.value import Value
from assistant.rulebook.evidence import Evidence, Provision, Quotation, evidence
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program, SignedNode, Truth, question_of, truth
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.source import Bearing


class Step(str, Enum):
    """What a node of a derivation is."""

    FINDING = "finding"
    RULE = "rule"
    FACT = "fact"
    ANSWER = "answer"
    DISPUTE = "dispute"
    CITATION = "citation"


class Derivation(Value):
    """A node: a statement, its truth, and the nodes that it follows from.

    ``id`` is the id of the finding, rule, fact, question, passage or statute. A *fact* and an *answer* are conditions
    of the rule above them (``condition``), and ``truth`` is the truth of the condition: if a fact must not hold, it is
    True when the fact does not hold. ``answer`` is the user's answer, None if there is none. ``decisive`` is True if
    the status of the node above depends on this node; other nodes are listed for completeness. A citation has a
    ``source``.
    """

    step: Step
    id: str
    truth: Truth = None
    decisive: bool = True
    condition: SignedNode | None = None
    answer: Answer | None = None
    source: Quotation | Provision | None = None
    below: tuple[Derivation, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Derivation]]:
        """Yield this node and all nodes below it with their depths, in the order of a printed tree."""
        yield depth, self
        for node in self.below:
            yield from node.walk(depth + 1)


def derivation(
    rulebook: Rulebook, program: Program, assessment: Assessment, answers: Answers, finding: str
) -> Derivation:
    """Return the derivation of a finding's status. A fact that several rules share is one and the same node.

    Raises:
        KeyError: if the assessment has no such finding.
    """
    status = assessment.status_of(finding)
    holds = {Status.ESTABLISHED: True, Status.POSSIBLE: None, Status.EXCLUDED: False}[status.status]
    builder = _Builder(rulebook, program, assessment, answers)
    return Derivation(
        step=Step.FINDING, id=finding, truth=holds, below=builder.rules(status.grounds, holds, status.exact)
    )


def short(node: Derivation) -> Derivation:
    """Return the derivation reduced to one sufficient reason.

    Nodes that are not decisive and citations that do not support are left out. If something holds, its first decisive
    rule is enough. If a rule fails, one failed condition is enough: the first answer, or else the first fact.
    """
    shown = [
        below
        for below in node.below
        if below.decisive and (below.source is None or below.source.bearing is Bearing.SUPPORTS)
    ]
    if node.step is Step.RULE and node.truth is False:
        shown = sorted(shown, key=lambda below: below.step is not Step.ANSWER)[:1]
    if node.step in {Step.FINDING, Step.FACT} and _holds(node) is True:
        shown = shown[:1]
    return node.model_copy(update={"below": tuple(map(short, shown))})


def _holds(node: Derivation) -> Truth:
    """Return whether the fact or finding of a node holds; the condition may require that it does not hold."""
    if node.condition is None or node.truth is None:
        return node.truth
    return node.truth is node.condition.holds


class _Builder:
    """Builds the nodes of one assessment."""

    def __init__(self, rulebook: Rulebook, program: Program, assessment: Assessment, answers: Answers) -> None:
        self._rulebook = rulebook
        self._program = program
        self._assessment = assessment
        self._answers = answers
        self._facts: dict[SignedNode, Derivation] = {}

    def rules(self, grounds: tuple[Ground, ...], holds: Truth, together: bool = False) -> tuple[Derivation, ...]:
        """Return the nodes of the rules for a head, decisive rules first.

        Decisive are the rules whose truth is that of the head (``holds``). If ``together``, only all completions of the
        answers taken together decide the head; then open rules are decisive, and failed ones if the head fails.
        """
        wanted: tuple[Truth, ...] = (holds,)
        if together:
            wanted = (None,) if holds else (None, False)
        nodes = [self._rule(ground, ground.truth in wanted) for ground in grounds]
        return tuple(sorted(nodes, key=lambda node: not node.decisive))

    def _rule(self, ground: Ground, decisive: bool) -> Derivation:
        literals = (*ground.failed, *ground.open, *ground.held)
        conditions = [self._node(literal, self._matters(ground, literal)) for literal in literals]
        if ground.contested:
            conditions.append(Derivation(step=Step.DISPUTE, id=ground.rule, decisive=ground.truth is None))
        cited: Evidence = evidence(self._rulebook, [self._rulebook.rule[ground.rule]])
        return Derivation(
            step=Step.RULE,
            id=ground.rule,
            truth=ground.truth,
            decisive=decisive,
            below=(*conditions, *(self._citation(source, ground.truth is not False) for source in cited)),
        )

    def _matters(self, ground: Ground, literal: SignedNode) -> bool:
        if ground.truth is False:
            return literal in ground.failed
        return ground.truth is True or literal in ground.open

    def _citation(self, source: Quotation | Provision, decisive: bool) -> Derivation:
        cited = source.passage.id if isinstance(source, Quotation) else source.statute.id
        return Derivation(step=Step.CITATION, id=cited, decisive=decisive, source=source)

    def _node(self, literal: SignedNode, decisive: bool) -> Derivation:
        value = truth(self._assessment.valuation.nodes, literal)
        question = question_of(self._program, literal.node)
        if question is not None:
            return Derivation(
                step=Step.ANSWER,
                id=question,
                truth=value,
                decisive=decisive,
                condition=literal,
                answer=self._answers.get(question),
            )
        if literal not in self._facts:
            holds = self._assessment.valuation.nodes.get(literal.node)
            below = self.rules(self._assessment.facts[literal.node], holds)
            self._facts[literal] = Derivation(
                step=Step.FACT, id=literal.node, truth=value, condition=literal, below=below
            )
        return self._facts[literal].model_copy(update={"decisive": decisive})
