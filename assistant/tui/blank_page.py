"""Nothing at all: what stands on the screen when nobody has pressed a key for some minutes."""

from collections.abc import Sequence

from textual.app import ComposeResult

from assistant.tui.page import KeyHint, Page


class BlankPage(Page):
    """Covers everything. Any key brings back what was there, and is no answer; those that leave, leave."""

    def compose(self) -> ComposeResult:
        """No widget."""
        yield from ()

    def tell(self) -> None:
        """Says nothing."""

    def key_hints(self) -> Sequence[KeyHint]:
        """None."""
        return ()
