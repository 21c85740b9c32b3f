"""The page about the user's safety."""

from collections.abc import Sequence

from assistant.interview import your_safety
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.reading import Block


class SafetyPage(ReadingPage):
    """What the user should know before he begins; ``assistant safety`` prints the same."""

    def blocks(self) -> Sequence[Block]:
        """Return the text, a block for each part."""
        return [
            Block(literal(your_safety.title(), "bold")),
            *(
                Block(stacked(literal(part.heading, "bold underline"), *map(literal, part.paragraphs), line_breaks=2))
                for part in your_safety.parts()
            ),
        ]
