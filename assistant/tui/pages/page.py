"""The base classes of pages: a notice, a body and a line of keys, redrawn when language or answers change."""

import gc
from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Final, cast

from textual import events
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from assistant.explanation.view.words import notice_words
from assistant.system.keyboard import key_name
from assistant.system.language import _, use_language
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.entry import Entry
from assistant.tui.widgets.literal import literal
from assistant.tui.widgets.panels import TWO_PANELS_COLUMNS

KeyHint = tuple[str, str]
"""A key and what it does here."""

SECONDS_UNTIL_FREED: Final = 0.1
"""Seconds after which the memory of a closed page is freed."""


class BarePage(Screen[None]):
    """A screen that is redrawn whenever the language, the answers or its width change."""

    ALLOW_SELECT = False  # selected text could be copied, and a clipboard outlives the program

    is_over = False
    """Whether to close the page as soon as no other page covers it."""
    _has_widgets = False
    _drawn_width = 0

    @property
    def field(self) -> Entry | None:
        """The line that takes typed text now, or None; then single keys are commands."""
        return None

    @property
    def takes_letters(self) -> bool:
        """Whether letters are text here, or nothing, but never commands."""
        return self.field is not None

    @property
    def is_ready(self) -> bool:
        """Whether the widgets of the page exist: they are created after it, and removed before it."""
        return self._has_widgets and not self.conversation.is_ending and self in self.app.screen_stack

    def edited(self) -> None:
        """Redraw what depends on the text in the field."""

    def written(self) -> None:
        """Notice that the terminal has been given what was drawn."""

    def draw_keys(self) -> None:
        """Draw the line of keys, if there is one."""

    def paste(self, text: str) -> None:
        """Take pasted text. A page without a field ignores it."""

    async def on_paste(self, event: events.Paste) -> None:
        """Take a paste event that was posted to the page itself."""
        event.stop()
        self.paste(event.text)

    @abstractmethod
    def draw(self) -> None:
        """Draw everything on the page from the current conversation."""

    @property
    def conversation(self) -> Conversation:
        """The conversation that the page shows."""
        return cast("Conversation", self.app)

    def redraw(self) -> None:
        """Redraw the page in the language of the conversation, if its widgets exist."""
        if not self.is_ready:
            return
        self.use_own_language()
        self._drawn_width = self.size.width
        self.draw()

    def use_own_language(self) -> None:
        """Make the language of the conversation that of the process."""
        # The process has one language, which can be that of another conversation: call this before making any text.
        use_language(self.conversation.language)

    def on_mount(self) -> None:
        """Draw the page for the first time."""
        self._has_widgets = True
        self.redraw()

    def on_screen_resume(self) -> None:
        """Redraw the line of keys, which may still show the warning of another page."""
        self.draw_keys()

    def after_drawing(self, callback: Callable[[], object]) -> None:
        """Call a function after the next drawing, unless the page has been closed by then."""
        self.call_after_refresh(lambda: self.is_ready and callback())

    def on_unmount(self) -> None:
        """Free the memory of the page, which contains answers."""
        # Textual caches colours by the lines that they were drawn with, which keeps the text of a thousand widgets.
        StylesCache.get_inner_outer.cache_clear()
        # A page and its widgets refer to each other. Python would free a dozen pages at once, while a key waits.
        # The application sets the timer: one set here would keep the page in its context.
        self.app.call_later(self.app.set_timer, SECONDS_UNTIL_FREED, gc.collect)

    def on_resize(self, event: events.Resize) -> None:
        """Redraw the page for another width."""
        if event.size == self.outer_size:
            event.prevent_default()  # it is laid out for this size already, and Textual would do it again
        if event.size.width != self._drawn_width:
            self.redraw()


class Page(BarePage):
    """A page with the notice above, the line of keys below, and a body between them."""

    def compose(self) -> ComposeResult:
        """Yield the notice, the body and the line of keys."""
        self._set_width_class()
        yield Static(id="notice")
        yield from self.body()
        yield Static(id="keys")

    @abstractmethod
    def body(self) -> Sequence[Widget]:
        """Return the widgets of the body."""

    @abstractmethod
    def draw_body(self) -> None:
        """Draw the body."""

    @abstractmethod
    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of this page besides those to leave and for help, the most important first."""

    def draw(self) -> None:
        """Draw the notice, the body and the line of keys."""
        self._set_width_class()
        self.query_one("#notice", Static).update(literal(notice_words(self.conversation.rulebook), "bold"))
        self.draw_body()
        self.draw_keys()

    def draw_keys(self) -> None:
        """Draw the line of keys."""
        if self.is_ready:
            self.query_one("#keys", Static).update(self._key_line())

    def _set_width_class(self) -> None:
        # Not Textual's breakpoints: they are applied only after a page has been laid out, and lay it out a second time.
        self.set_class(self.size.width >= TWO_PANELS_COLUMNS, "-wide")
        self.set_class(self.size.width < TWO_PANELS_COLUMNS, "-narrow")

    def _key_line(self) -> Content:
        if self.conversation.warning:
            return literal(self.conversation.warning, "bold")
        language = self.conversation.language
        # First, so that no window is too narrow to say how to leave.
        everywhere = [("q", _("leave")), ("?", _("help"))]
        if self.takes_letters:
            everywhere = [("Ctrl+Q", _("leave")), ("F1", _("help"))]
        line = Content()
        for key, does in [*everywhere, *self.key_hints()]:
            hint = Content.assemble(" " if line else "", (f" {key_name(key, language)} ", "bold"), does)
            if line.cell_length + hint.cell_length > self.size.width:
                break  # the page of help has them all
            line = line.append(hint)
        return line


class ClosablePage(Page):
    """A page on top of others, which Esc closes."""

    BINDINGS: ClassVar = bound({"escape,left,b": "close"})

    async def action_close(self) -> None:
        """Close the page."""
        await self.conversation.close_page(self)


def engine_failed() -> str:
    """Return the message for a page whose content could not be computed."""
    return _("The rules engine failed. Nothing of your answers is lost; close this page and try again.")
