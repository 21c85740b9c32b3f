"""The conversation as pages and widgets see it: what they may read, and what they may do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from textual.screen import Screen

from assistant.assessment.assessor import Assessor
from assistant.interview.turn import Turn
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.tui.widgets.links import Link


class Conversation(Protocol):
    """What a page may read and do."""

    rulebook: Rulebook
    assessor: Assessor
    language: str
    turn: Turn
    trouble: str
    kept_as: str
    """The name of the file that it was opened from or saved to; empty if there is none."""
    kept_replies: Mapping[str, Reply]
    """The replies in that file."""
    is_ending: bool
    """Whether the program is about to end, so that nothing need be drawn any more."""
    pressed_at: float
    """When the last key or mouse button was pressed, by the clock of Textual's events."""
    warning: str
    """What the next press of the same key would do; empty if it needs no second one."""

    def pressed_again(self, warning: str) -> bool:
        """Return whether the key of this action was also the one before; if not, show what a second press does."""

    def later(self, callback: Callable[[], Awaitable[None] | None]) -> None:
        """Call back in the task that handles keys, in its turn among them."""

    def reply(self, question: str, reply: Reply) -> None:
        """Takes a reply."""

    def withdraw(self, question: str) -> None:
        """Takes a reply back."""

    def ask(self, question: str | None) -> None:
        """Puts a question on the screen; none: whatever comes next."""

    def begin_again(self) -> None:
        """Forgets every reply."""

    def resume(self, replies: Mapping[str, Reply], asked: str | None) -> None:
        """Goes on with replies that were saved, and with the question that was on the screen."""

    def go_back(self) -> None:
        """Puts the question before on the screen."""

    async def open_page(self, page: Screen[Any]) -> None:
        """Shows a page on top of this one."""

    async def follow(self, link: Link) -> None:
        """Goes where a place leads to."""

    async def close_page(self, page: Screen[Any]) -> None:
        """Close a page, and show the one below it."""

    async def close_pages(self) -> None:
        """Returns to the question and the findings."""
