"""The page for a window that is too small for any other page."""

from typing import Final

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from assistant.system.language import _
from assistant.tui.pages.page import BarePage
from assistant.tui.widgets.literal import literal

MIN_COLUMNS: Final = 40
MIN_LINES: Final = 12


def is_small(size: Size) -> bool:
    """Return whether a window is too small."""
    return size.width < MIN_COLUMNS or size.height < MIN_LINES


class SmallWindow(BarePage):
    """Cover everything, so that no key answers a question that is not visible."""

    def compose(self) -> ComposeResult:
        """Yield the text."""
        yield Static(id="small")

    def draw(self) -> None:
        """Draw what to do."""
        message = _("This window is too small. Make it at least {width} wide and {height} high. {key} leaves.")
        text = self.conversation.warning or message.format(width=MIN_COLUMNS, height=MIN_LINES, key="Ctrl+Q")
        self.query_one("#small", Static).update(literal(text))

    def draw_keys(self) -> None:
        """Redraw the text, which includes the warning; there is no line of keys."""
        self.redraw()
