"""An application in which one task handles all input, in order.

Keys, pastes, resizes, results of background work, and clicks on links are handled in the task of the application.
Textual by itself passes keys to the queues of widgets. Then a key typed ahead can reach another question than the one
it was meant for, and a page can be closed while it is still opening.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Final

from textual.app import App
from textual.events import Event, InputEvent, Key, MouseDown, Paste
from textual.message import Message
from textual.screen import Screen

from assistant.system.exit_code import CRASHED
from assistant.tui.pages.blank_page import BlankPage
from assistant.tui.pages.page import BarePage
from assistant.tui.terminal import idleness
from assistant.tui.terminal.keys import on_all_layouts

KEYS_TO_LEAVE_AT_ONCE: Final = frozenset(on_all_layouts("ctrl+q"))
"""The keys that leave without a question, before all keys that are still waiting."""
KEYS_TO_LEAVE: Final = frozenset((*on_all_layouts("q"), *on_all_layouts("ctrl+c")))
"""The keys that leave a blank screen if no answers would be lost."""


class SerialApp(App[None], inherit_bindings=False):
    """Pass keys to the page on top, and open and close pages."""

    AUTO_FOCUS: ClassVar[str | None] = None  # each page decides which of its lines has the cursor
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(self) -> None:
        self.crash: BaseException | None = None
        self.is_ending = False
        self.pressed_at = 0.0
        self.warning = ""
        self._warned = ""
        self.last_input = idleness.seconds()
        super().__init__()
        self.animation_level = "none"

    @property
    def has_something_to_lose(self) -> bool:
        """Whether leaving would lose answers."""
        return False

    @property
    def screen_takes_commands(self) -> bool:
        """Whether single keys are commands on the page on top."""
        return not isinstance(self.screen, BarePage) or not self.screen.takes_letters

    def post_message(self, message: Message) -> bool:
        """Leave at once on the keys for it, even if other keys are waiting. Return whether the message was posted."""
        if isinstance(message, Key) and message.key in KEYS_TO_LEAVE_AT_ONCE and not self.is_ending:
            self.leave(0)
        return super().post_message(message)

    async def on_event(self, event: Event) -> None:
        """Pass keys and pastes to the page on top, one at a time and in the order of typing."""
        if not isinstance(event, InputEvent | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self.last_input = idleness.seconds()
        if isinstance(event, Key | MouseDown):
            self.pressed_at = event.time
        if self.is_ending:
            return
        if isinstance(self.screen, BlankPage):
            await self._wake(event)
        elif isinstance(event, Key):
            await self._press(event)
        elif isinstance(event, Paste):
            if isinstance(self.screen, BarePage) and self.screen.is_ready:
                self.screen.paste(event.text)
        else:
            if isinstance(event, MouseDown):
                self.clear_warning()
            await super().on_event(event)

    def pressed_again(self, warning: str) -> bool:
        if self._warned == warning:
            return True
        self.warning = warning
        return False

    def clear_warning(self) -> None:
        """Remove the warning, so that the next press of a key counts as the first."""
        if self.warning:
            self.warning = ""
            self._draw_keys()

    def later(self, callback: Callable[[], Awaitable[None] | None]) -> None:
        self.call_later(callback)

    async def open_page(self, page: Screen[Any]) -> None:
        await self.push_screen(page)

    async def close_page(self, page: Screen[Any]) -> None:
        if isinstance(page, BarePage):
            page.is_over = True
        while isinstance(top := self.screen, BarePage) and top.is_over:
            await self.pop_screen()

    async def close_pages(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def leave(self, code: int) -> None:
        """End the program with an exit code."""
        self.is_ending = True
        self.exit(return_code=code)

    def copy_to_clipboard(self, text: str) -> None:
        """Do nothing: a clipboard outlives the program."""

    def panic(self, *_renderables: object) -> None:
        """Stop. Print nothing of what Textual would print: it may contain answers."""
        self._stop(RuntimeError())

    async def _press(self, key: Key) -> None:
        """Let the page on top handle a key. Before the first page is ready, do nothing."""
        page = self.screen
        if not isinstance(page, BarePage) or not page.is_ready:
            return
        self.app_focus = True
        self._warned, self.warning = self.warning, ""
        field = page.field
        if field is not None and await field.take(key):
            page.edited()
        elif not (page.takes_letters and key.is_printable):
            await self._check_bindings(key.key, priority=True)
        if self.warning != self._warned:
            self._draw_keys()
        await asyncio.sleep(0)  # let a waiting key that leaves at once take effect

    async def _wake(self, event: Event) -> None:
        """Close the blank page. The key or click that does so has no other effect, unless it leaves."""
        if isinstance(event, Key) and event.key in KEYS_TO_LEAVE and not self.has_something_to_lose:
            self.leave(0)
        elif isinstance(event, Key | MouseDown):
            self._mouse_down_widget = None  # else the release is a click if the button was last pressed here
            await self.close_page(self.screen)

    def _draw_keys(self) -> None:
        if isinstance(self.screen, BarePage):
            self.screen.use_own_language()
            self.screen.draw_keys()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Give the terminal what was drawn, and let the page know."""
        super()._display(screen, renderable)
        if isinstance(screen, BarePage) and screen.is_ready:
            screen.written()

    async def _close_all(self) -> None:
        """Close all pages, in tests only: before the program ends it would take a second for sixty pages."""
        if self.is_headless:
            await super()._close_all()

    def _handle_exception(self, error: Exception) -> None:
        """Stop. Textual would print the exception with the values of local variables."""
        self._stop(error)

    def _stop(self, error: Exception) -> None:
        self.crash = self.crash or error
        self.is_ending = True
        self._return_code = CRASHED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
