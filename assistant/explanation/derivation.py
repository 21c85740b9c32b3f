"""How a finding came to its status: a tree from the finding over its rules and facts to answers and citations."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from assistant.assessment.assessor import Assessment, Ground, Status
from assistant.documents.value import Value
from assistant.explanation.wording import answer_text, basis_word, bearing_word, condition_text, force_word, period_text
from assistant.rulebook.evidence import Evidence, Provision, Quotation, evidence
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Literal, Program, Truth, question_of, truth
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.source import Bearing, StatuteKind
from assistant.system.language import _


class Step(str, Enum):
    """What a node of a derivation is."""

    FINDING = "finding"
    RULE = "rule"
    FACT = "fact"
    ANSWER = "answer"
    DISPUTE = "dispute"
    CITATION = "citation"


class Derivation(Value):
    """A node: what is said there, whether it is true, and the nodes that it follows from.

    ``id`` is that of the finding, rule, fact, question, passage or statute. A *fact* and an *answer* are conditions of
    the rule above them (``condition``), and ``truth`` is that of the condition: a fact that must not hold is true when
    it does not. ``answer`` is what was said, none if nothing was. ``decisive``: on this the status of the node above
    rests, in part or alone; the others are there for completeness. A citation has its ``source``.
    """

    step: Step
    id: str
    truth: Truth = None
    decisive: bool = True
    condition: Literal | None = None
    answer: Answer | None = None
    source: Quotation | Provision | None = None
    below: tuple[Derivation, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Derivation]]:
        """This node and all nodes below it with their depths, from top to bottom."""
        yield depth, self
        for node in self.below:
            yield from node.walk(depth + 1)


class ShortLine(NamedTuple):
    """A line of a shortened derivation: how deep it stands, the node that it tells of, and the words."""

    depth: int
    node: Derivation
    text: str


def derivation(
    rulebook: Rulebook, program: Program, assessment: Assessment, answers: Answers, finding: str
) -> Derivation:
    """How a finding came to its status. Facts that several rules share are one and the same node.

    Raises:
        KeyError: if the assessment has no such finding.
    """
    found = assessment.status_of(finding)
    holds = {Status.ESTABLISHED: True, Status.POSSIBLE: None, Status.EXCLUDED: False}[found.status]
    builder = _Builder(rulebook, program, assessment, answers)
    return Derivation(
        step=Step.FINDING, id=finding, truth=holds, below=builder.rules(found.grounds, holds, found.exact)
    )


def short(node: Derivation) -> Derivation:
    """The derivation cut down to one sufficient reason: without what decides nothing, and without doubts of others.

    Of the rules by which something holds, and of the conditions for which a rule fails, one is enough: the first, an
    answer rather than a fact.
    """
    kept = [
        below
        for below in node.below
        if below.decisive and (below.source is None or below.source.bearing is Bearing.SUPPORTS)
    ]
    if node.step is Step.RULE and node.truth is False:
        kept = sorted(kept, key=lambda below: below.step is not Step.ANSWER)[:1]
    if node.step in {Step.FINDING, Step.FACT} and _held(node) is True:
        kept = kept[:1]
    return node.model_copy(update={"below": tuple(map(short, kept))})


def node_text(rulebook: Rulebook, program: Program, node: Derivation) -> str:
    """A node in words."""
    if node.source is not None:
        return citation_text(node.source, rulebook.language)
    if node.step is Step.FINDING:
        return rulebook.finding[node.id].title
    if node.step is Step.RULE:
        told = {
            True: _("The rule {rule} holds, because:"),
            None: _("The rule {rule} is open:"),
            False: _("The rule {rule} does not hold, because:"),
        }
        return told[node.truth].format(rule=node.id)
    if node.step is Step.DISPUTE:
        return _("Contested: {reason}").format(reason=rulebook.rule[node.id].contested)
    return _condition(rulebook, program, node)


def short_lines(rulebook: Rulebook, program: Program, node: Derivation, depth: int = 0) -> Iterator[ShortLine]:
    """What stands below a node of a shortened derivation: its conditions, and which of several grounds they are of.

    Rules have no names that say anything to who is not at home in the rulebook, and sources are told elsewhere.
    """
    rules = [below for below in node.below if below.step is Step.RULE]
    for below in node.below:
        if below.step is Step.RULE and len(rules) == 1:
            yield from short_lines(rulebook, program, below, depth)
        elif below.step is Step.RULE:
            yield ShortLine(depth, below, _ground(below.truth, rules.index(below) + 1, len(rules)))
            yield from short_lines(rulebook, program, below, depth + 1)
        elif below.step is not Step.CITATION:
            yield ShortLine(depth, below, node_text(rulebook, program, below))
            yield from short_lines(rulebook, program, below, depth + 1)


def _ground(holds: Truth, number: int, total: int) -> str:
    told = {
        True: _("Ground {number} of {total} holds, because:"),
        None: _("Open ground {number} of {total}:"),
        False: _("Ground {number} of {total} does not hold, because:"),
    }
    return told[holds].format(number=number, total=total)


def citation_text(source: Quotation | Provision, language: str) -> str:
    """A citation in short: the words, who says them, where and when; or the provision, its period and its basis.

    Words in a foreign language are followed by their rendering, if there is one.
    """
    if isinstance(source, Provision):
        statute = source.statute
        period, basis = period_text(statute.in_force), basis_word(statute.basis)
        text = _("{reference}, in force {period}, {basis}")
        text = text.format(reference=statute.reference, period=period, basis=basis)
        if statute.kind is StatuteKind.REPORTED_PRACTICE:  # what is done is no law, and so never in force
            text = f"{statute.reference}, {basis}"
    else:
        article = source.article
        text = _("“{words}” — {speaker} ({force}), in {article}, {date}").format(
            words=source.passage.exact,
            speaker=source.speaker.name,
            force=force_word(source.passage.force),
            article=article.title,
            date=article.date_inferred or article.date_shown,
        )
        text = rendered(source, language, text)
    if source.bearing is Bearing.SUPPORTS:
        return text
    return _("{bearing}: {citation}").format(bearing=bearing_word(source.bearing), citation=text)


def rendered(source: Quotation, language: str, text: str) -> str:
    """A text with the rendering of the words that are quoted in it."""
    rendering = source.passage.rendering.get(language)
    return _("{quotation} Rendering: {text}").format(quotation=text, text=rendering) if rendering else text


def _condition(rulebook: Rulebook, program: Program, node: Derivation) -> str:
    condition = condition_text(rulebook, program, node.condition) if node.condition else node.id
    if node.truth and isinstance(node.answer, str):  # of the options that would do, the one that was chosen
        question = rulebook.question[node.id]
        condition = _("{question} — {answer}").format(question=question.text, answer=answer_text(question, node.answer))
    if node.truth is None:
        return _("Not known, would need: {condition}").format(condition=condition)
    if node.truth or node.answer is None:
        told = _("Met: {condition}") if node.truth else _("Not met: {condition}")
        return told.format(condition=condition)
    said = answer_text(rulebook.question[node.id], node.answer)
    return _("Not met: {condition}; the answer is: {answer}").format(condition=condition, answer=said)


def _held(node: Derivation) -> Truth:
    """Whether what the node names holds: for a fact that must not hold, the opposite of its condition's truth."""
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
        self._facts: dict[Literal, Derivation] = {}

    def rules(self, grounds: tuple[Ground, ...], holds: Truth, together: bool = False) -> tuple[Derivation, ...]:
        """The rules for a head, those first on which its truth rests: one that is true, or all that are not false.

        Only ``together`` with all completions they may decide it; then the open ones count too.
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

    def _matters(self, ground: Ground, literal: Literal) -> bool:
        if ground.truth is False:
            return literal in ground.failed
        return ground.truth is True or literal in ground.open

    def _citation(self, source: Quotation | Provision, decisive: bool) -> Derivation:
        cited = source.passage.id if isinstance(source, Quotation) else source.statute.id
        return Derivation(step=Step.CITATION, id=cited, decisive=decisive, source=source)

    def _node(self, literal: Literal, decisive: bool) -> Derivation:
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
