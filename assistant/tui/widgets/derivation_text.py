"""How a finding got its status, as lines of a tree."""

from collections.abc import Iterator

from textual.content import Content

from assistant.explanation.derivation import Derivation, Step
from assistant.explanation.view.reason import node_words, short_lines
from assistant.rulebook.evidence import Quotation
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program
from assistant.system.message import Phrase
from assistant.tui.widgets.links import Link, QuestionLink
from assistant.tui.widgets.literal import hanging, stacked
from assistant.tui.widgets.reading import Block, row

MAX_INDENT_STEPS = 8
"""Deeper steps are not indented further: the text needs the columns."""


def short_text(rulebook: Rulebook, program: Program, node: Derivation, width: int) -> Content:
    """Return the conditions only; rules appear only where there are several."""
    lines = short_lines(rulebook, program, node)
    return stacked(*(_line(line.depth, line.node, line.words, width) for line in lines))


def full_blocks(rulebook: Rulebook, program: Program, node: Derivation, width: int) -> Iterator[Block]:
    """Yield every rule, condition and citation. An answer links to its question, a quotation to its article."""
    for depth, step in node.walk():
        if step.step is not Step.FINDING:
            line = _line(depth - 1, step, node_words(rulebook, program, step), width)
            yield row(line, _target(step))


def _target(step: Derivation) -> Link | None:
    if step.step is Step.ANSWER:
        return QuestionLink(step.id)
    return step.source if isinstance(step.source, Quotation) else None


def _line(depth: int, node: Derivation, words: Phrase, width: int) -> Content:
    style = {Step.RULE: "bold", Step.CITATION: "italic"}.get(node.step, "") if node.decisive else "dim"
    indent = "  " * min(depth, MAX_INDENT_STEPS)
    return hanging(f"{indent}· ", words, width, style)
