"""Why a finding has its status, as data and as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.assessment.assessment import Assessment, FindingStatus, Status
from assistant.explanation.derivation import Derivation, Step, derivation, short
from assistant.explanation.view.finding import FindingView
from assistant.explanation.view.reason import node_words, short_lines
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program
from assistant.rulebook.question import Answer, Answers
from assistant.system.message import text


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a finding, or for another reason: a rule, a fact, an answer, a dispute or a citation.

    ``id`` is that of the rule, fact, question, passage or statute. ``truth`` is True, False or None (unknown): of a
    rule, whether it holds; of a fact or an answer, whether the condition of the rule above is met; of a citation or a
    dispute, None. ``decisive``: what is above depends on it. ``answer``: the answer that was given, if any.
    """

    step: Step
    id: str
    text: str
    truth: bool | None
    decisive: bool
    answer: Answer | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a finding has its status.

    ``text``: one sufficient reason in short, a line each, indented by two spaces a level. ``reasons``: every rule for
    the finding, the decisive ones first, with all conditions and citations below it.
    """

    finding: str
    status: Status
    text: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        """Return the text."""
        return self.text


def explain(rulebook: Rulebook, program: Program, assessment: Assessment, answers: Answers, finding: str) -> Why:
    """Return why a finding of the assessment has its status."""
    status = assessment.status_of(finding)
    tree = derivation(rulebook, program, assessment, answers, finding)
    return Why(
        finding=finding,
        status=status.status,
        text="\n".join(_lines(rulebook, program, status, tree)),
        reasons=_reasons(rulebook, program, tree.below, {}),
    )


def _lines(rulebook: Rulebook, program: Program, status: FindingStatus, tree: Derivation) -> Iterator[str]:
    view = FindingView(rulebook, status)
    yield text(view.headline)
    if view.exactness is not None:
        yield f"  {text(view.exactness)}"
    for line in short_lines(rulebook, program, short(tree)):
        yield "  " * (line.depth + 1) + text(line.words)


def _reasons(
    rulebook: Rulebook, program: Program, nodes: tuple[Derivation, ...], cache: dict[int, tuple[Reason, ...]]
) -> tuple[Reason, ...]:
    """Return derivation nodes as reasons; those below a fact that several rules share are made once."""
    if id(nodes) not in cache:  # all nodes live as long as the tree, so no other tuple has the same identity
        cache[id(nodes)] = tuple(
            Reason(
                step=node.step,
                id=node.id,
                text=text(node_words(rulebook, program, node)),
                truth=node.truth,
                decisive=node.decisive,
                answer=node.answer,
                reasons=_reasons(rulebook, program, node.below, cache),
            )
            for node in nodes
        )
    return cache[id(nodes)]
