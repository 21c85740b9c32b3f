"""What stands in a window that is too small to be read without missing something."""

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
    """Whether a window is too small."""
    return size.width < MIN_COLUMNS or size.height < MIN_LINES


class SmallWindow(BarePage):
    """Covers everything, so that no key answers a question that cannot be seen."""

    def compose(self) -> ComposeResult:
        """One text, and nothing around it."""
        yield Static(id="small")

    def draw(self) -> None:
        """Says what to do."""
        message = _("This window is too small. Make it at least {width} wide and {height} high. {key} leaves.")
        told = self.conversation.warning or message.format(width=MIN_COLUMNS, height=MIN_LINES, key="Ctrl+Q")
        self.query_one("#small", Static).update(literal(told))

    def draw_keys(self) -> None:
        """Show what the next press of the same key would do; there is no line of keys."""
        self.redraw()
