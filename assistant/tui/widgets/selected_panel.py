"""The third panel of a wide window: the finding under the cursor, with its reasons and evidence."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from assistant.assessment.assessment import FindingStatus
from assistant.explanation.derivation import derivation, short
from assistant.explanation.similar_cases import case_evidence
from assistant.explanation.view.finding import FindingView
from assistant.system.language import _
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.derivation_text import short_text
from assistant.tui.widgets.evidence_blocks import case_blocks, evidence_blocks, summary_blocks
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.panels import panel_width

STEP_LINES: Final = {"up": -2, "down": 2}
"""The lines that an arrow scrolls."""


class SelectedPanel(VerticalScroll, can_focus=False):
    """A finding, why it has its status, and its evidence. Its own page has more."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: FindingStatus | None = None

    def compose(self) -> ComposeResult:
        """Yield the text."""
        yield Static(id="selected")

    def draw(self, conversation: Conversation, view: FindingView | None) -> None:
        """Draw a finding; if there is none, how to choose one."""
        text = self.query_one("#selected", Static)
        if view is None:
            text.update(literal(_("Go to a finding to see here what it rests on."), "dim"))
            return
        rulebook, interview = conversation.rulebook, conversation.turn.interview
        program = conversation.assessor.program
        tree = short(derivation(rulebook, program, interview.assessment, interview.answers, view.finding.id))
        evidence = case_evidence(rulebook, interview.answers, view.finding.id)
        width = max(30, panel_width(self.screen.size.width) - 5)
        text.update(
            stacked(
                *(block.content for block in summary_blocks(view)),
                stacked(
                    literal(_("Why it has this status"), "bold underline"), short_text(rulebook, program, tree, width)
                ),
                *(block.content for block in (*case_blocks(view, evidence), *evidence_blocks(view))),
                line_breaks=2,
            )
        )
        if view.status != self._shown:
            self.scroll_home(animate=False, immediate=True)
        self._shown = view.status

    def move(self, step: str) -> None:
        """Scroll: ``up`` or ``down`` by some lines, ``page_up``, ``page_down``, ``first`` or ``last``."""
        if step in STEP_LINES:
            self.scroll_relative(y=STEP_LINES[step], animate=False, immediate=True)
        else:
            {
                "page_up": self.scroll_page_up,
                "page_down": self.scroll_page_down,
                "first": self.scroll_home,
                "last": self.scroll_end,
            }[step](animate=False)
