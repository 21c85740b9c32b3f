"""The field in which a day or a number is typed, with its title and a hint or message."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from assistant.explanation.view.question import format_hint
from assistant.rulebook.question import Question
from assistant.system.language import _
from assistant.tui.widgets.entry import Entry
from assistant.tui.widgets.literal import literal

MAX_TYPED_CHARACTERS: Final = 60
"""More than any answer needs: a text that is too long for an answer gets a message and is not cut off."""
ENTRY_LINES: Final = 3
"""Lines of the field: the typed text, the hint, and a free line."""


class AnswerField(Vertical):
    """The field; hidden if the question is not answered by typing."""

    def compose(self) -> ComposeResult:
        """Yield the title and the line side by side, and the hint below them."""
        with Horizontal(id="entry-line"):
            yield Static(id="entry-label")
            yield Entry(id="entry", max_characters=MAX_TYPED_CHARACTERS)
        yield Static(id="entry-hint")

    @property
    def entry(self) -> Entry:
        """The line itself."""
        return self.query_one(Entry)

    def draw(self, question: Question | None, message: str, *, is_typing: bool) -> None:
        """Draw the field for a question, with a message or how to write the answer; hide it if there is no question."""
        self.display = question is not None
        if question is not None:
            hint = literal(message or format_hint(question), "bold" if message else "dim")
            self.query_one("#entry-hint", Static).update(hint)
            self.query_one("#entry-label", Static).update(literal(_("Your answer:"), "bold" if is_typing else ""))
        self.screen.set_focus(self.entry if is_typing else None, scroll_visible=False)
