"""The least that Textual can be: a label, and Ctrl+Q leaves. A script, to compare with."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Label


class Bare(App[None]):
    """Shows a word."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def compose(self) -> ComposeResult:
        """Nothing but the word."""
        yield Label("bare")


if __name__ == "__main__":
    Bare().run()
