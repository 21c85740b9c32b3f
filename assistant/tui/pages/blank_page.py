"""Nothing at all: what stands on the screen when nobody has pressed a key for some minutes."""

from textual.app import ComposeResult

from assistant.tui.pages.page import BarePage


class BlankPage(BarePage):
    """Covers everything. Any key brings back what was there, and does nothing else; those that leave at once, leave."""

    def compose(self) -> ComposeResult:
        """No widget."""
        yield from ()

    def draw(self) -> None:
        """Says nothing."""
