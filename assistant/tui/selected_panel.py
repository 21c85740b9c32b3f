"""The finding under the cursor, beside the others where the window is wide enough for three panels."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from assistant.assessment import FindingStatus
from assistant.derivation import derivation, short
from assistant.language import _
from assistant.tui.derivation_text import short_text
from assistant.tui.evidence_blocks import evidence_blocks, summary_blocks
from assistant.tui.literal import literal, stacked
from assistant.tui.page import Conversation


class SelectedPanel(VerticalScroll, can_focus=False):
    """What a finding says, why, and what it rests on; its own page has more."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="selected")

    def draw(self, conversation: Conversation, found: FindingStatus | None) -> None:
        """Shows a finding, or how to get one shown."""
        text = self.query_one("#selected", Static)
        if found is None:
            text.update(literal(_("Go to a finding to see here what it rests on."), "dim"))
            return
        rulebook, interview = conversation.rulebook, conversation.turn.interview
        program = conversation.assessor.program
        tree = short(derivation(rulebook, program, interview.assessment, interview.answers, found.finding))
        width = max(30, self.screen.size.width // 3 - 5)
        text.update(
            stacked(
                *(block.content for block in summary_blocks(conversation, interview, found)),
                stacked(
                    literal(_("Why it has this status"), "bold underline"), short_text(rulebook, program, tree, width)
                ),
                *(block.content for block in evidence_blocks(rulebook, found, conversation.language)),
                apart=2,
            )
        )
        self.scroll_home(animate=False, immediate=True)
