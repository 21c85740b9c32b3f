"""The list of choices of a turn, with the cursor on one of them or on none."""

from collections.abc import Sequence

from textual.content import Content

from assistant.rulebook.answer import Reply
from assistant.system.keyboard import key_name
from assistant.tui.widgets.choices import FlowingChoices
from assistant.tui.widgets.literal import hanging
from assistant.tui.widgets.offers import Choice


class ReplyChoices(FlowingChoices):
    """The choices of a turn: replies to the question, or what can be done when there is none."""

    def __init__(self) -> None:
        super().__init__(id="choices")
        self.choices: Sequence[Choice] = ()
        self._prompts: Sequence[Content] = ()

    def set_choices(self, choices: Sequence[Choice], language: str, width: int) -> None:
        """Set the choices and their texts, wrapped to ``width`` columns. :meth:`draw` shows them."""
        self.choices = choices
        self._prompts = [
            hanging(f"{key_name(choice.key, language):>2}  ", choice.text, width, mark_style="bold")
            for choice in choices
        ]

    def draw(self, highlighted: int | None) -> None:
        """Show the choices, with the cursor on the choice of this index, or on none."""
        self.offer(self._prompts, highlighted)

    @property
    def line_count(self) -> int:
        """How many lines all choices take."""
        return sum(self._line_counts())

    @property
    def at_cursor(self) -> Choice | None:
        """The choice under the cursor, or None."""
        index = self.highlighted
        return None if index is None or index >= len(self.choices) else self.choices[index]

    def with_key(self, key: str) -> Choice | None:
        """Return the choice of a key, or None."""
        return next((choice for choice in self.choices if choice.key == key), None)

    def index_of_reply(self, reply: Reply | None) -> int | None:
        """Return the index of the choice that gives a reply, or None."""
        if reply is None:
            return None
        return next((index for index, choice in enumerate(self.choices) if choice.reply == reply), None)

    def lines_of(self, choice: Choice) -> tuple[int, int]:
        """Return the first line of a choice in the panel, and the line after its last."""
        index = self.choices.index(choice)
        counts = self._line_counts()
        top = self.virtual_region.y + sum(counts[:index])
        return top, top + counts[index]

    def _line_counts(self) -> Sequence[int]:
        return [prompt.plain.count("\n") + 1 for prompt in self._prompts]
