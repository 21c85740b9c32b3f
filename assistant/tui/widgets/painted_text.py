"""A text that records when it was first painted."""

import math

from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static


class PaintedText(Static):
    """The text of the question. It records since when the question is visible."""

    visible_since = math.inf
    """When the present question was first painted, by the clock of Textual's events; infinite before that."""
    _number = 0
    """A count of the questions shown so far."""

    def show(self, content: Content, *, is_new: bool) -> None:
        """Show a text; ``is_new`` says that it belongs to another question."""
        if is_new:
            self._number += 1
            self.visible_since = math.inf
        self.update(content)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines to paint; after the first time, record the moment."""
        if self.visible_since == math.inf:
            self.call_after_refresh(self._was_painted, self._number)
        return super().render_lines(crop)

    def _was_painted(self, number: int) -> None:
        if number == self._number and self.visible_since == math.inf:
            self.visible_since = Message().time
