"""The conversation as pages and widgets see it: what they may read, and what they may do."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any, Protocol

from textual.screen import Screen

from assistant.assessment.assessor import Assessor
from assistant.interview.turn import Turn
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.tui.widgets.links import Link


class Conversation(Protocol):
    """The part of the application that pages and widgets may use."""

    rulebook: Rulebook
    assessor: Assessor
    language: str
    turn: Turn
    trouble: str
    saved_as: str
    """The name of the file that the interview was opened from or saved to; empty if there is none."""
    saved_replies: Mapping[str, Reply]
    """The replies in that file."""
    is_ending: bool
    """Whether the program is about to end, so that drawing is no longer needed."""
    pressed_at: float
    """When the last key or mouse button was pressed, by the clock of Textual's events."""
    warning: str
    """What a second press of the last key would do; empty if the key needs no second press."""

    def pressed_again(self, warning: str) -> bool:
        """Return whether the same key was pressed just before; if not, show a warning what a second press does."""

    def later(self, callback: Callable[[], Awaitable[None] | None]) -> None:
        """Call a function in the task that handles keys, after the keys that are waiting."""

    def reply(self, question: str, reply: Reply) -> None:
        """Record a reply."""

    def check_off(self, replies: Mapping[str, Reply], none_of: Collection[str]) -> None:
        """Record the replies of a checklist, and no to ``none_of``, as "none of the others"."""

    def withdraw(self, *questions: str) -> None:
        """Take replies back."""

    def ask(self, question: str | None) -> None:
        """Show a question; None for the next open one."""

    def begin_again(self) -> None:
        """Forget every reply."""

    def resume(self, replies: Mapping[str, Reply], asked: str | None, unsure: Iterable[str] = ()) -> None:
        """Continue with saved replies, at the question that was on the screen when they were saved.

        ``unsure`` are the questions that only "none of the others" has answered.

        Raises:
            EngineError: if the rules engine fails; then nothing changes.
        """

    def go_back(self) -> None:
        """Show the question before."""

    async def open_page(self, page: Screen[Any]) -> None:
        """Open a page on top, and return when it can take keys."""

    async def follow(self, link: Link) -> None:
        """Open the target of a link."""

    async def close_page(self, page: Screen[Any]) -> None:
        """Close a page; if others cover it, as soon as they are closed."""

    async def close_pages(self) -> None:
        """Close all pages but the first."""
