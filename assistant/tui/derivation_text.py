"""How a finding came to its status, as lines of a tree."""

from collections.abc import Iterator

from textual.content import Content

from assistant.derivation import Derivation, Step, node_text
from assistant.evidence import Quotation
from assistant.logic import Program
from assistant.rulebook import Rulebook
from assistant.tui.links import Link, QuestionLink
from assistant.tui.literal import hanging, stacked
from assistant.tui.reading import Block

DEEPEST = 8
"""Beyond this no step is indented further: the words need the room."""
_TOLD_ELSEWHERE = {Step.FINDING, Step.CITATION}


def short_text(rulebook: Rulebook, program: Program, node: Derivation, width: int) -> Content:
    """The conditions alone; of rules, only that there are several beside each other."""
    return stacked(*(_line(rulebook, program, *step, width) for step in _conditions(node, 0)))


def full_blocks(rulebook: Rulebook, program: Program, node: Derivation, width: int) -> Iterator[Block]:
    """Every rule, condition and citation. An answer leads to its question, and a quotation to its article."""
    for depth, step in node.walk():
        if step.step is not Step.FINDING:
            yield Block(_line(rulebook, program, depth - 1, step, width), _opens(step), below=0)


def _opens(step: Derivation) -> Link | None:
    if step.step is Step.ANSWER:
        return QuestionLink(step.id)
    return step.source if isinstance(step.source, Quotation) else None


def _conditions(node: Derivation, depth: int) -> Iterator[tuple[int, Derivation]]:
    rules = sum(below.step is Step.RULE for below in node.below)
    for below in node.below:
        if below.step is Step.RULE and rules == 1:
            yield from _conditions(below, depth)
        elif below.step not in _TOLD_ELSEWHERE:
            yield depth, below
            yield from _conditions(below, depth + 1)


def _line(rulebook: Rulebook, program: Program, depth: int, node: Derivation, width: int) -> Content:
    style = {Step.RULE: "bold", Step.CITATION: "italic"}.get(node.step, "") if node.decisive else "dim"
    indent = "  " * min(depth, DEEPEST)
    return hanging(f"{indent}· ", node_text(rulebook, program, node), width, style)
