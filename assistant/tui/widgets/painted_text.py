"""A text that knows since when it is on the screen."""

import math

from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static


class PaintedText(Static):
    """The words of a question, which know since when they are on the screen."""

    in_sight_since = math.inf
    """By the clock of Textual's events; never, while other words are."""
    _number = 0
    """Which of the questions so far this is."""

    def show(self, content: Content, *, other: bool) -> None:
        """Show words; ``other``: those of another question."""
        if other:
            self._number += 1
            self.in_sight_since = math.inf
        self.update(content)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines to paint, and note when that is done for the first time."""
        if self.in_sight_since == math.inf:
            self.call_after_refresh(self._was_painted, self._number)
        return super().render_lines(crop)

    def _was_painted(self, number: int) -> None:
        if number == self._number and self.in_sight_since == math.inf:
            self.in_sight_since = Message().time
