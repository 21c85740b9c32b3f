"""The blank page, shown when nobody has pressed a key for some minutes."""

from assistant.tui.pages.page import BarePage


class BlankPage(BarePage):
    """Cover everything. Any key closes the page and does nothing else, except the keys that leave at once."""

    def draw(self) -> None:
        """Draw nothing."""
