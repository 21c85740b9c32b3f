"""A finding and its evidence: reported cases, and every quotation and provision, and whether it supports it."""

from collections.abc import Iterator

from textual.content import Content

from assistant.assessment.assessment import Status
from assistant.explanation.similar_cases import CaseEvidence
from assistant.explanation.view.case import TITLE, evidence_lines
from assistant.explanation.view.citation import CitationView
from assistant.explanation.view.finding import FindingView
from assistant.rulebook.evidence import Quotation
from assistant.system.language import _
from assistant.tui.widgets.literal import literal, literals, stacked
from assistant.tui.widgets.reading import Block, row


def summary_blocks(view: FindingView) -> Iterator[Block]:
    """Yield the title, status and text of a finding."""
    yield Block(stacked(literal(f"{view.mark} {view.finding.title}", "bold"), literal(view.labels, "dim")))
    yield Block(literal(view.finding.text))


def case_blocks(view: FindingView, evidence: CaseEvidence) -> Iterator[Block]:
    """Yield the reported cases in which a finding came true; nothing if it is excluded, or no case is known."""
    lines = [] if view.status.status is Status.EXCLUDED else literals(*evidence_lines(view.rulebook, evidence))
    if lines:
        yield row(literal(TITLE, "bold underline"))
        yield from map(Block, lines)


def evidence_blocks(view: FindingView) -> Iterator[Block]:
    """Yield the kinds of ground, the voices for and against, and every quotation and provision."""
    yield row(literal(_("What it rests on, and who says so"), "bold underline"))
    yield Block(stacked(*literals(view.grounds, view.voices)))
    for citation in view.citations:
        yield Block(_citation(citation), citation.source if isinstance(citation.source, Quotation) else None)


def _citation(citation: CitationView) -> Content:
    return stacked(
        literal(citation.label, "dim" if citation.supports else "bold"),
        literal(citation.words, "italic" if isinstance(citation.source, Quotation) else "bold"),
        *literals(*citation.details),
    )
