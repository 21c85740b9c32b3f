"""A line to type in: Textual's own input, without its clipboard actions."""

from collections.abc import Mapping
from typing import Final

from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

from assistant.system.language import _
from assistant.tui.widgets.literal import printable

_ACTIONS_LEFT_OUT: Final = {"submit", "cut", "copy", "paste"}
"""Actions of the input that are left out: the page submits, and a clipboard outlives the program."""
_EDITING: Final[Mapping[str, str]] = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action not in _ACTIONS_LEFT_OUT
    for key in binding.key.split(",")
} | {"ctrl+h": "delete_left"}
_UNDECODABLE: Final = "\N{REPLACEMENT CHARACTER}"
"""The character for a byte from the keyboard that is no UTF-8."""


class Entry(Input, inherit_bindings=False):
    """A line of input; its page hands it every key, in the order of typing (see :mod:`assistant.tui.terminal.keys`)."""

    def __init__(self, *, id: str, max_characters: int, secret: bool = False) -> None:  # noqa: A002  # as in Textual
        super().__init__(
            id=id, max_length=max_characters, password=secret, compact=True, select_on_focus=False, classes="entry"
        )
        self.cursor_blink = False
        self.refused = False
        """Whether the last key was text that does not fit or cannot be shown."""

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  # as in Textual
        """Return False: the page decides whether a letter is text or a command, even if the cursor is here."""
        return False

    async def take(self, key: Key) -> bool:
        """Edit the text with a key. Return whether the key is text or an editing key."""
        self.refused = False
        if key.is_printable and key.character is not None:
            self.refused = not self.put(key.character)
            return True
        action = _EDITING.get(key.key)
        if action is None:
            return False
        await self.run_action(action)
        return True

    def put(self, text: str) -> bool:
        """Replace the selection, or insert text at the cursor. Return whether it fits and can be shown."""
        if text == _UNDECODABLE or "\n" in text or text != printable(text):
            return False
        before = len(self.value) - len(self.selected_text)
        if self.max_length is not None and before + len(text) > self.max_length:
            return False
        self.replace(text, *self.selection)
        return True


def refused_text() -> str:
    """Return the message for text that a line does not accept."""
    return _("This does not fit here: too long, or no text.")
