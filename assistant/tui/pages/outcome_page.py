"""The page of the answer: what the case comes to, with links to the findings that say so."""

from collections.abc import Sequence

from assistant.explanation.view.words import contradiction_lines
from assistant.system.language import _
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.literal import literal, literals
from assistant.tui.widgets.outcome_blocks import outcome_blocks, sections
from assistant.tui.widgets.question_text import open_questions_text
from assistant.tui.widgets.reading import Block, row


class OutcomePage(ReadingPage):
    """The outcome of the answers so far. Enter on a line opens its finding."""

    def blocks(self) -> Sequence[Block]:
        """Return how many questions are open, and the outcome; if the answers contradict each other, which."""
        rulebook, interview = self.conversation.rulebook, self.conversation.turn.interview
        title = row(literal(_("The answer"), "bold underline"))
        if interview.assessment.contradictions:
            clashes = literals(*contradiction_lines(rulebook, interview.assessment))
            return [title, *map(Block, clashes)]
        still_open = open_questions_text(self.conversation)
        top = [title] if still_open is None else [title, row(still_open)]
        return [*top, *outcome_blocks(sections(self.conversation), self.width)]
