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
    _is_rendered = False
    """Whether the lines of the present question have been made for the terminal."""

    def show(self, content: Content, *, is_new: bool) -> None:
        """Show a text; ``is_new`` says that it belongs to another question."""
        if is_new:
            self._is_rendered = False
            self.visible_since = math.inf
        self.update(content)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines to paint."""
        self._is_rendered = True
        return super().render_lines(crop)

    def written(self) -> None:
        """Record the moment, if it is the first at which the terminal has been given the lines."""
        if self._is_rendered and self.visible_since == math.inf:
            self.visible_since = Message().time
